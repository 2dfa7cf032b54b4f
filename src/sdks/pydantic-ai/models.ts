import type { Dialect, Platform } from "../../request/request.ts";
import { recordEntry, text } from "../../value/construct.ts";
import { literalText } from "../../value/inspect.ts";
import type { RecordEntryValue, Value } from "../../value/value.ts";
import { addressText } from "../client-option.ts";
import { constructionOf, findArgument, type Construction } from "../construction.ts";

/** The model of an agent: whose wire format it speaks, and to whom. */
export interface AgentModel {
  readonly dialect: Exclude<Dialect, "nova">;
  readonly platform: Platform | undefined;
  readonly model: RecordEntryValue | undefined;
  readonly made: Construction | undefined;
  /** How the settings that place marks begin; undefined: there are none. */
  readonly settings: "anthropic" | "bedrock" | "openrouter" | undefined;
}

type Kind = Pick<AgentModel, "dialect" | "platform" | "settings">;

/** What the part of a name in front of the colon stands for; `gateway/` in front of it changes nothing here. */
const providers: Readonly<Record<string, Kind>> = {
  anthropic: { dialect: "anthropic", platform: "anthropic", settings: "anthropic" },
  bedrock: { dialect: "converse", platform: "bedrock", settings: "bedrock" },
  openrouter: { dialect: "openai", platform: "other", settings: "openrouter" },
  openai: { dialect: "openai", platform: "openai", settings: undefined },
  "openai-chat": { dialect: "openai", platform: "openai", settings: undefined },
  "openai-responses": { dialect: "openai", platform: "openai", settings: undefined },
  azure: { dialect: "openai", platform: "azure-openai", settings: undefined },
  "azure-responses": { dialect: "openai", platform: "azure-openai", settings: undefined },
  google: { dialect: "gemini", platform: "gemini", settings: undefined },
  "google-gla": { dialect: "gemini", platform: "gemini", settings: undefined },
  "google-vertex": { dialect: "gemini", platform: "vertex", settings: undefined },
  "google-cloud": { dialect: "gemini", platform: "vertex", settings: undefined },
};

const classes: Readonly<Record<string, Kind>> = {
  AnthropicModel: providers["anthropic"]!,
  BedrockConverseModel: providers["bedrock"]!,
  OpenAIModel: providers["openai"]!,
  OpenAIChatModel: providers["openai"]!,
  OpenAIResponsesModel: providers["openai"]!,
  GoogleModel: providers["google"]!,
  OpenRouterModel: providers["openrouter"]!,
};

/** The model an argument names or holds; undefined for models whose wire format is not read. */
export function agentModelOf(entry: RecordEntryValue): AgentModel | undefined {
  const id = literalText(entry.value) ?? addressText(entry.value);
  if (id !== undefined) return ofName(id, entry);
  const made = constructionOf(entry.value);
  if (!made || !Object.hasOwn(classes, made.name)) return undefined;
  const kind = classes[made.name]!;
  return {
    ...kind,
    platform: platformOf(made) ?? kind.platform,
    model: findArgument(made, ["model_name"], 0),
    made,
  };
}

function ofName(id: string, entry: RecordEntryValue): AgentModel | undefined {
  const [, provider, name] = /^(?:gateway\/)?([a-z][\w-]*):(.+)$/.exec(id) ?? [];
  if (provider === undefined || name === undefined || !Object.hasOwn(providers, provider)) return undefined;
  const isKnown = literalText(entry.value) !== undefined;
  const model = isKnown ? recordEntry(text(name, entry.span), entry.span, entry.entrySpan) : entry;
  return { ...providers[provider]!, model, made: undefined };
}

/** The service behind a client that is given to the model's provider: `AnthropicProvider(anthropic_client=...)`. */
function platformOf(made: Construction): Platform | undefined {
  const provider = findArgument(made, ["provider"]);
  const named = literalText(provider?.value);
  if (named !== undefined && Object.hasOwn(providers, named)) return providers[named]!.platform;
  const inner = constructionOf(provider?.value);
  if (inner?.name === "OpenRouterProvider") return "other";
  const client = inner && constructionOf(clientOf(inner));
  if (client && /Bedrock/.test(client.name)) return "bedrock";
  if (client && /Vertex/.test(client.name)) return "vertex";
  const address =
    (inner && findArgument(inner, ["base_url"])) ?? (client && findArgument(client, ["base_url"]));
  return address ? "other" : undefined;
}

function clientOf(provider: Construction): Value | undefined {
  return findArgument(provider, ["anthropic_client", "openai_client", "bedrock_client", "client"])?.value;
}
