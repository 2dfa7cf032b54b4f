import type { Platform } from "./model-entry.ts";

const bedrockArn = /^arn:aws[a-z-]*:bedrock:/;
const bedrockGeography = /^(?:us|eu|apac|au|jp|ca|us-gov|global)\.(?=[a-z])/;
const bedrockVendor =
  /^(?:ai21|amazon|anthropic|cohere|deepseek|google|meta|minimax|mistral|moonshot|moonshotai|nvidia|openai|qwen|writer|xai|zai)\.(?=[a-z])/;
/** Vendors whose models also go by the plain name, so that the name in front of the dot tells nothing about them. */
const strippedVendor = /^(?:anthropic|amazon|openai|moonshotai|moonshot|zai|xai)\.(?=[a-z])/;

/** Written by frameworks in front of an id, as in `bedrock:us.anthropic...` or `anthropic:messages:claude-...`. */
const providerPrefixes: Readonly<Record<string, Platform | undefined>> = {
  anthropic: "anthropic",
  anthropic_bedrock: "bedrock",
  "aws-bedrock": "bedrock",
  azure: "azure-openai",
  azure_openai: "azure-openai",
  bedrock: "bedrock",
  bedrock_converse: "bedrock",
  deepseek: "deepseek",
  fireworks: "fireworks",
  gateway: undefined,
  google: undefined,
  "google-gla": "gemini",
  "google-vertex": "vertex",
  google_anthropic_vertex: "vertex",
  google_genai: "gemini",
  google_vertexai: "vertex",
  groq: "groq",
  mistral: "mistral",
  mistralai: "mistral",
  openai: "openai",
  "openai-chat": "openai",
  "openai-responses": "openai",
  openrouter: "openrouter",
  together: "together",
  vertex: "vertex",
  vertexai: "vertex",
  xai: "xai",
};

/** The first part of a path, as gateways write it. A part that only names the maker tells nothing of the platform. */
const gatewayPrefixes: Readonly<Record<string, Platform | undefined>> = {
  azure: "azure-openai",
  azure_ai: "foundry",
  bedrock: "bedrock",
  bedrock_converse: "bedrock",
  deepseek: "deepseek",
  fireworks_ai: "fireworks",
  gemini: "gemini",
  groq: "groq",
  models: "gemini",
  openrouter: "openrouter",
  projects: "vertex",
  publishers: "vertex",
  together_ai: "together",
  vertex_ai: "vertex",
};

const providerPrefix = new RegExp(
  `^(${Object.keys(providerPrefixes).join("|")}):(?:(?:chat|completion|converse|messages|responses):)?(?=[a-z])`,
);

/**
 * Endings that choose a variant or a version of one model. `claude-v2` keeps its ending: without it no model name is
 * left.
 */
const suffix =
  /(?:\[1m\]|:(?:thinking|beta|free|batch|extended)|(?<!^claude(?:-instant)?)-v\d+(?::\d+)?(?::\d+k)?|@(?:latest|default))$/;
const datedVersion = /@(\d{8})$/;
const openAiSnapshot = /^((?:gpt-|o\d).*)-\d{4}-\d{2}-\d{2}$/;

/** The forms of one id that the catalog is asked for. */
export interface ModelIdForms {
  /** The plain name, with a Vertex version written as a date at the end. */
  readonly name: string;
  /** The same without the version of a Vertex id, which pins a version of the model named in front of it. */
  readonly unpinned: string;
  /** The Bedrock id with its vendor, without geography and version suffix; absent for other ids. */
  readonly bedrock?: string;
}

/**
 * Takes a model id as written in code (a plain name, a Bedrock id, profile or ARN, a Vertex or a gateway form) and
 * returns its normalised forms, or undefined for an ARN that hides which model it stands for.
 */
export function modelIdForms(raw: string): ModelIdForms | undefined {
  let id = raw.trim().toLowerCase();
  if (id.startsWith("arn:")) {
    const model = bedrockArn.test(id) ? /:(?:foundation-model|inference-profile)\/(.+)$/.exec(id) : null;
    if (!model?.[1]) return undefined;
    id = model[1];
  }
  id = id.slice(id.lastIndexOf("/") + 1).replace(providerPrefix, "");
  id = id.replace(bedrockGeography, "");
  const qualified = bedrockVendor.test(id) ? stripSuffixes(id) : undefined;
  id = stripSuffixes(id.replace(strippedVendor, ""));
  if (id === "") return undefined;

  const pinned = plainName(id.replace(datedVersion, "-$1"));
  const unpinned = plainName(stripSuffixes(id.replace(datedVersion, "")));
  return { name: pinned, unpinned, ...(qualified === undefined ? {} : { bedrock: qualified }) };
}

function stripSuffixes(id: string): string {
  let before: string;
  do {
    before = id;
    id = id.replace(suffix, "");
  } while (id !== before);
  return id;
}

function plainName(id: string): string {
  if (id.startsWith("claude-")) return id.replace(/(?<=\d)\.(?=\d)/g, "-");
  return id.replace(openAiSnapshot, "$1");
}

/**
 * Takes a model id as written in code and returns the name the catalog compares, lower case and without platform,
 * geography and version parts; undefined for an ARN that hides which model it stands for.
 */
export function normalizeModelId(raw: string): string | undefined {
  return modelIdForms(raw)?.name;
}

/**
 * Takes a model id as written in code and returns the geography a Bedrock id names: `us`, `eu`, `global`, `region` for
 * an id without one, which is served where it is called; undefined for ids of other platforms.
 */
export function geographyOf(raw: string): string | undefined {
  if (platformOf(raw) !== "bedrock") return undefined;
  const id = raw.trim().toLowerCase();
  const name = id.slice(id.lastIndexOf("/") + 1).replace(providerPrefix, "");
  return /^[a-z-]+(?=\.)/.exec(bedrockGeography.exec(name)?.[0] ?? "")?.[0] ?? "region";
}

/** Takes a model id as written in code and returns the platform it is meant for, undefined if the id does not tell. */
export function platformOf(raw: string): Platform | undefined {
  const id = raw.trim().toLowerCase();
  if (id.startsWith("arn:")) return bedrockArn.test(id) ? "bedrock" : undefined;

  const prefix = providerPrefix.exec(id)?.[1];
  if (prefix !== undefined) return providerPrefixes[prefix];
  const slash = id.indexOf("/");
  const gateway = slash > 0 ? gatewayPrefixes[id.slice(0, slash)] : undefined;
  if (gateway !== undefined) return gateway;

  const last = id.slice(id.lastIndexOf("/") + 1);
  if (bedrockVendor.test(last.replace(bedrockGeography, ""))) return "bedrock";
  return /@(?:\d{8}|latest|default)$/.test(last) ? "vertex" : undefined;
}
