import type { Dialect, Platform } from "../../request/request.ts";
import { literalText } from "../../value/inspect.ts";
import type { RecordEntryValue } from "../../value/value.ts";
import { constructionOf, findArgument, type Construction } from "../construction.ts";

/** The model of an agent: whose wire format it speaks, and how it places cache points by itself. */
export interface StrandsModel {
  readonly dialect: Exclude<Dialect, "nova">;
  readonly platform: Platform | undefined;
  readonly model: RecordEntryValue | undefined;
  /** How it was made; undefined for a model id alone, and for the default model. */
  readonly made: Construction | undefined;
}

const classes: Readonly<Record<string, Pick<StrandsModel, "dialect" | "platform">>> = {
  BedrockModel: { dialect: "converse", platform: "bedrock" },
  AnthropicModel: { dialect: "anthropic", platform: "anthropic" },
  OpenAIModel: { dialect: "openai", platform: "openai" },
  GeminiModel: { dialect: "gemini", platform: "gemini" },
};

/** The model of an agent; undefined for classes whose wire format is not read. */
export function strandsModelOf(agent: Construction): StrandsModel | undefined {
  const entry = findArgument(agent, ["model"], 0);
  // An agent without a model, or with the id of one, talks to Amazon Bedrock.
  const bedrock = { dialect: "converse", platform: "bedrock", made: undefined } as const;
  const isOptions = entry?.value.type === "record";
  if (!entry || isOptions) return { ...bedrock, model: undefined };
  if (entry.value.type === "text") return { ...bedrock, model: entry };
  const made = constructionOf(entry.value);
  // Blocks are written in the form of Converse whatever the model is.
  if (!made) return { ...bedrock, platform: undefined, model: undefined };
  if (!Object.hasOwn(classes, made.name)) return undefined;
  return { ...classes[made.name]!, model: findArgument(made, ["model_id", "modelId"]), made };
}

/** What a model's options say about the checkpoints the SDK places. */
export interface CacheOptions {
  /** `cache_prompt`: behind the system text. */
  readonly prompt: RecordEntryValue | undefined;
  /** `cache_tools`: behind the tools. */
  readonly tools: RecordEntryValue | undefined;
  /** `cache_config`. */
  readonly config: CacheConfig | undefined;
}

export interface CacheConfig {
  readonly entry: RecordEntryValue;
  /** False where `auto` finds a model that it does not know to cache. */
  readonly isActive: boolean;
  readonly ttl: RecordEntryValue | undefined;
  readonly toolsTtl: RecordEntryValue | undefined;
  readonly systemTtl: RecordEntryValue | undefined;
}

/** Reads the options of a model that concern caching. */
export function cacheOptionsOf({ made, model, dialect }: StrandsModel): CacheOptions {
  if (!made) return { prompt: undefined, tools: undefined, config: undefined };
  const config = findArgument(made, ["cache_config", "cacheConfig"]);
  return {
    prompt: findArgument(made, ["cache_prompt", "cachePrompt"]),
    tools: findArgument(made, ["cache_tools", "cacheTools"]),
    config: config && readConfig(config, model, dialect),
  };
}

function readConfig(
  entry: RecordEntryValue,
  model: RecordEntryValue | undefined,
  dialect: StrandsModel["dialect"],
): CacheConfig {
  const made = constructionOf(entry.value);
  const fields = made ?? { arguments: [{ ...entry, name: undefined, stretch: false }] };
  const strategy = literalText(findArgument(fields, ["strategy"], made ? 0 : undefined)?.value) ?? "auto";
  const id = literalText(model?.value);
  const isKnown = id === undefined || /claude|anthropic/i.test(id) || dialect === "anthropic";
  return {
    entry,
    isActive: strategy !== "auto" || isKnown,
    ttl: findArgument(fields, ["ttl", "messagesTTL"]),
    toolsTtl: findArgument(fields, ["tools_ttl", "toolsTTL"]),
    systemTtl: findArgument(fields, ["system_prompt_ttl"]),
  };
}
