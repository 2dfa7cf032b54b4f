import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import type { Platform } from "../../request/request.ts";
import { recordEntry } from "../../value/construct.ts";
import { accessPath, literalText } from "../../value/inspect.ts";
import type { ArgumentValue, OpaqueValue, RecordEntryValue, RecordValue, Value } from "../../value/value.ts";
import { addressText, clientOption } from "../client-option.ts";
import { constructionOf, receiverOf } from "../construction.ts";
import { platformOfHost } from "../openai.ts";

/** Which translation a provider of the AI SDK uses for prompts and marks. */
export type Translation =
  "anthropic" | "bedrock" | "openai" | "openrouter" | "alibaba" | "compatible" | "gemini" | "plain";

/** Where a model of the AI SDK sends its requests. */
export interface ModelTarget {
  readonly translation: Translation;
  readonly platform: Platform | undefined;
  /** Keys of `providerOptions` under which the provider looks for its options, best first. */
  readonly optionKeys: readonly string[];
  /** False: InvokeModel, which takes no mark for the request as a whole. */
  readonly acceptsAutomaticMark: boolean;
  /** The id of the model. */
  readonly model: RecordEntryValue | undefined;
  /** The package of the provider; undefined where a gateway or a registry chooses it. */
  readonly package?: string | undefined;
  /** What the model was made with beside its id. */
  readonly settings?: RecordView | undefined;
  /** True: the gateway of Vercel stands between the SDK and the provider. */
  readonly isGateway?: boolean;
}

type Provider = Omit<ModelTarget, "model" | "package" | "settings" | "isGateway">;

const anthropicProvider: Provider = {
  translation: "anthropic",
  platform: "anthropic",
  optionKeys: ["anthropic"],
  acceptsAutomaticMark: true,
};
const bedrockProvider: Provider = {
  translation: "bedrock",
  platform: "bedrock",
  optionKeys: ["amazonBedrock", "bedrock"],
  acceptsAutomaticMark: false,
};
const openAiProvider: Provider = {
  translation: "openai",
  platform: "openai",
  optionKeys: ["openai"],
  acceptsAutomaticMark: false,
};
const openRouterProvider: Provider = {
  translation: "openrouter",
  platform: "other",
  optionKeys: ["openrouter", "anthropic"],
  acceptsAutomaticMark: true,
};
const alibabaProvider: Provider = {
  ...openRouterProvider,
  translation: "alibaba",
  optionKeys: ["alibaba"],
  acceptsAutomaticMark: false,
};
/** Any server of Chat Completions; what stands under its key goes into the body as it is. */
const compatibleProvider: Provider = {
  ...alibabaProvider,
  translation: "compatible",
  optionKeys: ["openaiCompatible"],
};
const geminiProvider: Provider = {
  ...openAiProvider,
  translation: "gemini",
  platform: "gemini",
  optionKeys: ["google"],
};
const plainProvider: Provider = {
  ...openAiProvider,
  translation: "plain",
  platform: "other",
  optionKeys: [],
};

/** Packages by the beginning of their names; the longer one stands first. */
const packages: readonly (readonly [RegExp, Provider])[] = [
  [
    /^@ai-sdk\/amazon-bedrock\/(?:anthropic|mantle)/,
    { ...anthropicProvider, platform: "bedrock", acceptsAutomaticMark: false },
  ],
  [/^@ai-sdk\/google-vertex\/anthropic/, { ...anthropicProvider, platform: "vertex" }],
  [/^@ai-sdk\/amazon-bedrock/, bedrockProvider],
  [/^@ai-sdk\/anthropic/, anthropicProvider],
  [/^@ai-sdk\/azure/, { ...openAiProvider, platform: "azure-openai", optionKeys: ["azure", "openai"] }],
  [/^@ai-sdk\/openai$/, openAiProvider],
  [
    /^@ai-sdk\/google-vertex/,
    { ...geminiProvider, platform: "vertex", optionKeys: ["googleVertex", "vertex", "google"] },
  ],
  [/^@ai-sdk\/google/, geminiProvider],
  [/^@openrouter\/ai-sdk-provider/, openRouterProvider],
  [/^@ai-sdk\/alibaba/, alibabaProvider],
  [/^@ai-sdk\/openai-compatible/, compatibleProvider],
  [/^@ai-sdk\/|ai-sdk-provider|ai-provider/, plainProvider],
];

/** Makers of models as gateways and registries write them in front of an id. */
const makers: Readonly<Record<string, Provider>> = {
  anthropic: anthropicProvider,
  bedrock: bedrockProvider,
  "amazon-bedrock": bedrockProvider,
  openai: openAiProvider,
  azure: { ...openAiProvider, platform: "azure-openai" },
  google: geminiProvider,
  vertex: geminiProvider,
  openrouter: openRouterProvider,
};

/** Reads the value of `model`; undefined where nothing tells which provider it belongs to. */
export function readModel(entry: RecordEntryValue | undefined): ModelTarget | undefined {
  if (!entry) return undefined;
  const { value, span } = entry;
  if (value.type === "text") return gatewayTarget(recordEntry(value, span, entry.entrySpan, entry.frame));
  if (value.type === "record" && value.class) return ownTarget(value);
  return value.type === "opaque" ? targetOf(value, 0) : undefined;
}

/** A model of a class in view, as the AI SDK wants one: it has a `provider` and a `modelId`. */
function ownTarget(instance: RecordValue): ModelTarget | undefined {
  const view = viewRecord(instance);
  const model = presentEntry(view, "modelId");
  const maker = literalText(presentEntry(view, "provider")?.value)?.replace(/[.].*$/, "");
  if (!model || maker === undefined) return undefined;
  return { ...(Object.hasOwn(makers, maker) ? makers[maker]! : plainProvider), model };
}

/** Wrappers around a model hardly nest deeper. */
const maximumHops = 5;

function targetOf(value: OpaqueValue, hops: number): ModelTarget | undefined {
  const { origin } = value;
  if (hops > maximumHops || origin.kind !== "call" || origin.callee.type !== "opaque") return undefined;
  const first = origin.arguments[0];
  if (!first || first.stretch) return undefined;
  const custom = customModel(origin.callee, literalText(first.value));
  if (custom)
    return custom.type === "opaque" ? targetOf(custom, hops + 1) : readModel(recordEntry(custom, first.span));
  const { root } = accessPath(origin.callee);
  const wrapped = wrappedModel(value);
  if (wrapped)
    return wrapped.value.type === "opaque" ? targetOf(wrapped.value, hops + 1) : readModel(wrapped);
  const id = argumentEntry(first);
  if (root.kind !== "import") return makerTarget(id, /[:/]/);
  if (isGateway(origin.callee)) return gatewayTarget(id);
  if (gatewayModules.has(root.module)) return makerTarget(id, /[:>]/);
  const provider = packages.find(([pattern]) => pattern.test(root.module))?.[1];
  // What traces or limits a model is handed it, and gives it back.
  if (!provider) return first.value.type === "opaque" ? targetOf(first.value, hops + 1) : undefined;
  const platform = platformOf(provider, origin.callee);
  const settings = viewRecord(origin.arguments[1]?.value);
  return { ...optionsOf(provider, root.module), platform, model: id, package: root.module, settings };
}

/** The model around which `wrapLanguageModel({ model, middleware })` and its like put something. */
function wrappedModel({ origin }: OpaqueValue): RecordEntryValue | undefined {
  const [first] = origin.kind === "call" ? origin.arguments : [];
  const entry = presentEntry(first?.value.type === "record" ? viewRecord(first.value) : undefined, "model");
  return entry && entry.value.type !== "constant" ? entry : undefined;
}

/** The model inside of all that is wrapped around it. */
function innermost(entry: RecordEntryValue): RecordEntryValue {
  let inner = entry;
  for (let hops = 0; hops < maximumHops; hops++) {
    const wrapped = inner.value.type === "opaque" ? wrappedModel(inner.value) : undefined;
    if (!wrapped) break;
    inner = wrapped;
  }
  return inner;
}

const gatewayModules: ReadonlySet<string> = new Set(["ai", "@ai-sdk/gateway"]);

/** Whether a function makes models of the Vercel gateway: `gateway(id)`, `createGateway()(id)`. */
function isGateway(callee: OpaqueValue): boolean {
  const { root, steps } = accessPath(callee);
  if (root.kind !== "import" || !gatewayModules.has(root.module)) return false;
  const name = root.name === "*" || root.name === "default" ? (steps[0] ?? "") : root.name;
  return /gateway/i.test(name);
}

/** A provider without marks reads its options, such as a cache key, under its own name. */
function optionsOf(provider: Provider, module: string): Provider {
  if (provider.translation !== "plain") return provider;
  const name = module.replace(/^.*\//, "").replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return { ...provider, optionKeys: [name] };
}

/** The model that `customProvider({ languageModels })` has under a name. */
function customModel(callee: OpaqueValue, name: string | undefined): Value | undefined {
  const receiver = receiverOf(callee);
  const made = receiver && /^(?:languageModel|chatModel)$/.test(receiver.method) ? receiver.object : callee;
  const provider = constructionOf(made);
  if (name === undefined || !provider || !/^(?:experimental_)?customProvider$/.test(provider.name))
    return undefined;
  const options = viewRecord(provider.arguments[0]?.value);
  return presentEntry(viewRecord(presentEntry(options, "languageModels")?.value), name)?.value;
}

/** An own address of the provider that is not the maker's. */
function platformOf(provider: Provider, callee: OpaqueValue): Platform | undefined {
  const { value } = clientOption(callee, "baseURL", "baseURL");
  if (!value) return provider.platform;
  const address = addressText(value);
  if (address === undefined) return undefined;
  if (address.includes("api.anthropic.com")) return "anthropic";
  return platformOfHost(address);
}

/** A model the Vercel gateway is asked for, by `maker/id`: it takes the options of the maker's own provider. */
function gatewayTarget(model: RecordEntryValue): ModelTarget | undefined {
  const target = makerTarget(model, /\//);
  return target && throughGateway(target);
}

function throughGateway(target: ModelTarget): ModelTarget {
  return { ...target, platform: target.platform === "bedrock" ? "bedrock" : "other", isGateway: true };
}

/** The maker in front of a separator: an id may begin with it although the rest of the text is not known. */
function makerTarget(model: RecordEntryValue, separator: RegExp): ModelTarget | undefined {
  const text = addressText(model.value) ?? "";
  const end = text.search(separator);
  if (end <= 0) return undefined;
  const maker = text.slice(0, end);
  const provider = Object.hasOwn(makers, maker) ? makers[maker]! : plainProvider;
  return { ...provider, model };
}

function argumentEntry({ value, span, entrySpan }: ArgumentValue): RecordEntryValue {
  return recordEntry(value, span, entrySpan);
}

/**
 * The provider whose options somebody wrote, for a model that does not tell its own.
 * @param entry the value of `model`; absent where there is none
 */
export function targetOfOptions(keys: ReadonlySet<string>, entry?: RecordEntryValue): ModelTarget {
  const providers: readonly (readonly [string, Provider])[] = [
    ["anthropic", anthropicProvider],
    ["bedrock", bedrockProvider],
    ["amazonBedrock", bedrockProvider],
    ["openrouter", openRouterProvider],
    ["openai", openAiProvider],
  ];
  const provider = providers.find(([key]) => keys.has(key))?.[1] ?? plainProvider;
  const id = entry && idForGateway(entry.value);
  if (id) return throughGateway({ ...provider, model: id });
  return { ...provider, platform: undefined, model: entry && innermost(entry) };
}

/** The id that the Vercel gateway is asked for, which need not be in view. */
function idForGateway(value: Value): RecordEntryValue | undefined {
  if (value.type !== "opaque" || value.origin.kind !== "call" || value.origin.callee.type !== "opaque")
    return undefined;
  const [first] = value.origin.arguments;
  return first && !first.stretch && isGateway(value.origin.callee) ? argumentEntry(first) : undefined;
}
