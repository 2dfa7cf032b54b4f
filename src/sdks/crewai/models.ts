import type { RecordEntryValue } from "../../value/value.ts";
import { recordEntry, text } from "../../value/construct.ts";
import { literalText } from "../../value/inspect.ts";
import { addressText } from "../client-option.ts";
import { constructionOf, findArgument, type Construction } from "../construction.ts";
import { anthropicWire, bedrockWire, geminiWire, openAiWire, type Wire } from "../lower-chat.ts";

/** The model of an agent or a call: whose format it speaks, and what becomes of CrewAI's own marks. */
export interface CrewModel {
  readonly wire: Wire;
  readonly model: RecordEntryValue | undefined;
  /**
   * `stamped`: they become marks of Anthropic; `needless`: the provider caches by itself; `lost`: the provider has
   * marks, and CrewAI writes none.
   */
  readonly marks: "stamped" | "needless" | "lost";
  /** Other keys that the model was made with. */
  readonly made: Construction | undefined;
}

type Kind = Pick<CrewModel, "wire" | "marks">;

const anthropic: Kind = { wire: anthropicWire, marks: "stamped" };
const bedrock: Kind = { wire: bedrockWire, marks: "lost" };
const openai: Kind = { wire: openAiWire, marks: "needless" };
const gemini: Kind = { wire: geminiWire, marks: "needless" };

/** What stands in front of the slash of a model's name, or in `provider`. */
const providers: Readonly<Record<string, Kind>> = {
  anthropic,
  claude: anthropic,
  bedrock,
  aws: bedrock,
  openai,
  azure: { wire: { ...openAiWire, platform: "azure-openai" }, marks: "needless" },
  azure_openai: { wire: { ...openAiWire, platform: "azure-openai" }, marks: "needless" },
  gemini,
  google: gemini,
};

/** The model an `llm` argument names or holds; undefined for models whose wire format is not read. */
export function crewModelOf(entry: RecordEntryValue | undefined): CrewModel | undefined {
  if (!entry) return { ...openai, model: undefined, made: undefined };
  const made = constructionOf(entry.value);
  const isModel = made !== undefined && /(?:^|\.)LLM$/.test(made.name) && /^crewai\b/.test(made.module ?? "");
  const named = isModel ? findArgument(made, ["model"], 0) : made ? undefined : entry;
  if (!named) return undefined;
  const options = isModel ? made : undefined;
  const isForeign = options && findArgument(options, ["is_litellm"])?.value.type === "constant";
  const kind = isForeign ? undefined : kindOf(named, options);
  return kind && { ...kind, made: options };
}

function kindOf(
  named: RecordEntryValue,
  made: Construction | undefined,
): Omit<CrewModel, "made"> | undefined {
  const known = literalText(named.value);
  const id = known ?? addressText(named.value);
  const provider = made && literalText(findArgument(made, ["provider"])?.value);
  if (provider !== undefined) return withModel(provider, named);
  // Who marks messages for a model that nobody can read thinks of Claude.
  if (id === undefined)
    return { ...anthropic, wire: { ...anthropicWire, platform: undefined }, model: named };
  const slash = id.indexOf("/");
  if (slash > 0) {
    const rest = text(id.slice(slash + 1), named.span);
    const model = known === undefined ? named : recordEntry(rest, named.span, named.entrySpan);
    return withModel(id.slice(0, slash), model);
  }
  if (/^claude-/.test(id)) return { ...anthropic, model: named };
  if (/^gemini-/.test(id)) return { ...gemini, model: named };
  return {
    ...(/^(?:[a-z]{2,6}\.)?\w+\.[\w-]+/.test(id) && !/^gpt/.test(id) ? bedrock : openai),
    model: named,
  };
}

function withModel(provider: string, model: RecordEntryValue): Omit<CrewModel, "made"> | undefined {
  return Object.hasOwn(providers, provider) ? { ...providers[provider]!, model } : undefined;
}
