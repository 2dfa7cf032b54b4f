import { presentEntry, viewRecord, type RecordView } from "../dialects/record-view.ts";
import type { LoweredRequest, Platform } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { asList, literalText } from "../value/inspect.ts";
import type { RecordEntryValue, Value } from "../value/value.ts";
import { openAiRequest } from "./openai.ts";

/** Keys that only bodies of Chat Completions have. */
const chatKeys = ["max_completion_tokens", "response_format", "frequency_penalty", "logprobs", "n"];

/** True for tools of the type `function`, a system message at the head, and other signs of Chat Completions. */
export function hasOpenAiShape(view: RecordView): boolean {
  if (chatKeys.some((key) => presentEntry(view, key))) return true;
  const tools = asList(presentEntry(view, "tools")?.value)?.elements ?? [];
  if (tools.some(({ value }) => presentEntry(viewRecord(value), "function"))) return true;
  const messages = asList(presentEntry(view, "messages")?.value)?.elements ?? [];
  const first = viewRecord(messages[0]?.value);
  // Messages takes the system text beside the messages; a system message may only come later there.
  return literalText(presentEntry(first, "role")?.value) === "system";
}

/** The request a body of Chat Completions or Responses in a data file is; undefined for other data. */
export function rawOpenAiBody(value: Value, view: RecordView, site: Span): LoweredRequest | undefined {
  const model = literalText(presentEntry(view, "model")?.value);
  if (model === undefined) return undefined;
  const isOwn = /^(?:gpt-|o\d|chatgpt-)/.test(model);
  const isChat = hasRoles(view, "messages") && (isOwn || hasOpenAiShape(view));
  const isResponses =
    hasRoles(view, "input") ||
    (presentEntry(view, "instructions") !== undefined && presentEntry(view, "input") !== undefined);
  if (!isChat && !isResponses) return undefined;
  const platform: Platform | undefined = isOwn ? "openai" : undefined;
  return openAiRequest(value, { site, sdk: "json", use: "asset", platform });
}

/** A record of a batch of OpenAI: `{custom_id, method, url, body}`. */
export function rawOpenAiRecord(view: RecordView, site: Span): LoweredRequest | undefined {
  const url = literalText(presentEntry(view, "url")?.value);
  const body = presentEntry(view, "body");
  if (!body || url === undefined || !/\/(?:chat\/completions|responses)$/.test(url)) return undefined;
  if (!presentEntry(view, "custom_id") || !isRecord(body)) return undefined;
  return openAiRequest(body.value, { site, sdk: "json", use: "batch", platform: "openai" });
}

function isRecord({ value }: RecordEntryValue): boolean {
  return value.type === "record";
}

/** True where the value under a key is a list of objects with roles. */
export function hasRoles(view: RecordView, key: string): boolean {
  const elements = asList(presentEntry(view, key)?.value)?.elements;
  return elements !== undefined && elements.length > 0 && elements.every(({ value }) => hasRole(value));
}

function hasRole(value: Value): boolean {
  return presentEntry(viewRecord(value), "role")?.value.type === "text";
}
