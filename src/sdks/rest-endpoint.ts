import type { Platform } from "../request/request.ts";
import { recordEntry, text } from "../value/construct.ts";
import type { OpaqueValue, RecordEntryValue, TextValue, Value } from "../value/value.ts";
import { literalText } from "../value/inspect.ts";
import { addressText } from "./client-option.ts";
import { platformOfHost } from "./openai.ts";

/** What stands for a part of an address that is not readable. */
export const gap = "\u2026";

/** An address that takes requests to a model. */
export interface Endpoint {
  readonly api:
    | "messages"
    | "count"
    | "batches"
    | "rawPredict"
    | "converse"
    | "invoke"
    | "openai"
    | "gemini"
    | "geminiCount"
    | "geminiCache";
  /** Undefined: the host is not readable. */
  readonly platform: Platform | undefined;
  /** The model, where it stands in the address. */
  readonly model: RecordEntryValue | undefined;
}

const apis: readonly (readonly [RegExp, Endpoint["api"]])[] = [
  [/\/v1\/messages\/count_tokens$/, "count"],
  [/\/v1\/messages\/batches$/, "batches"],
  [/\/v1\/messages$/, "messages"],
  [/\/anthropic\/models\/([^/]+):(?:r|streamR)awPredict$/, "rawPredict"],
  [/\/model\/([^/]+)\/converse(?:-stream)?$/, "converse"],
  [/\/model\/([^/]+)\/invoke(?:-with-response-stream)?$/, "invoke"],
  [/\/models\/([^/:]+):(?:g|streamG)enerateContent$/, "gemini"],
  [/\/models\/([^/:]+):countTokens$/, "geminiCount"],
  [/googleapis\.com\/.*\/cachedContents$/, "geminiCache"],
  [/\/chat\/completions$/, "openai"],
  [/\/v1\/responses$|^https:\/\/[^/]*(?:openai|azure)\.com\/.*\/responses$/, "openai"],
];

/** Reads an address, with the base of the client it belongs to in front; undefined for one that is no model's. */
export function readEndpoint(url: Value, base: Value | undefined): Endpoint | undefined {
  const path = addressText(url);
  if (path === undefined) return undefined;
  const isWhole = path.includes("://") || path.startsWith(gap);
  const prefix = isWhole ? "" : ((base && addressText(base)) ?? gap);
  const isJoined = isWhole || path.startsWith("/") || prefix.endsWith("/");
  const address = (prefix + (isJoined ? "" : "/") + path).replace(/[?#].*$/s, "").replace(/\/$/, "");
  for (const [pattern, api] of apis) {
    const match = pattern.exec(address);
    if (!match) continue;
    return { api, platform: platformOf(api, address), model: modelIn(url, match[1], path) };
  }
  return undefined;
}

function platformOf(api: Endpoint["api"], address: string): Platform | undefined {
  if (api === "converse" || api === "invoke") return "bedrock";
  if (api === "rawPredict") return "vertex";
  if (api.startsWith("gemini")) return address.includes("aiplatform") ? "vertex" : "gemini";
  const host = /^https?:\/\/([^/]+)/.exec(address)?.[1];
  if (host === undefined || host === gap) return undefined;
  if (/api\.anthropic\.com$/.test(host)) return "anthropic";
  return platformOfHost(host);
}

/** The model between two slashes: the text itself, or the value that fills it. */
function modelIn(url: Value, part: string | undefined, path: string): RecordEntryValue | undefined {
  if (part === undefined || url.type !== "text") return undefined;
  const span = url.parts[0]?.span;
  if (!span) return undefined;
  if (!part.includes(gap)) return recordEntry(text(decoded(part), span), span);
  if (part !== gap) return undefined;
  const index = holesBefore(url, path.indexOf(`/${part}`) + 1);
  const hole = holesOf(url)[index];
  if (!hole) return undefined;
  const value = unquoted(hole);
  return recordEntry(value, hole.span);
}

function holesOf({ parts }: TextValue): readonly OpaqueValue[] {
  return parts.flatMap((part) => (part.kind === "hole" ? [part.hole] : []));
}

function holesBefore({ parts }: TextValue, end: number): number {
  let length = 0;
  let holes = 0;
  for (const part of parts) {
    if (length >= end) break;
    length += part.kind === "literal" ? part.text.length : gap.length;
    if (part.kind === "hole") holes++;
  }
  return holes;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** `encodeURIComponent(model)` and `quote(model)` send the model. */
function unquoted(value: OpaqueValue): Value {
  const { origin } = value;
  const inner =
    origin.kind === "operation"
      ? origin.operands[0]
      : origin.kind === "call"
        ? origin.arguments[0]?.value
        : undefined;
  return inner && (inner.type === "opaque" || literalText(inner) !== undefined) ? inner : value;
}
