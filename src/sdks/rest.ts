import { lowerAnthropic } from "../dialects/anthropic.ts";
import { lowerConverse } from "../dialects/converse.ts";
import { lowerGemini, lowerGeminiCache } from "../dialects/gemini.ts";
import { presentEntry, viewRecord } from "../dialects/record-view.ts";
import { RequestDraft } from "../dialects/request-draft.ts";
import type { LoweredRequest } from "../request/request.ts";
import { recordEntry } from "../value/construct.ts";
import { accessPath, asList, literalText } from "../value/inspect.ts";
import type { ArgumentValue, CallEvent, OpaqueValue, RecordEntryValue, Value } from "../value/value.ts";
import { assembleRequest, bodyEntry } from "./assemble-request.ts";
import { clientOption } from "./client-option.ts";
import { lowerInvokeModel, parsedJson } from "./invoke-model.ts";
import { openAiRequest } from "./openai.ts";
import { readEndpoint, type Endpoint } from "./rest-endpoint.ts";
import type { Sdk } from "./sdk.ts";

/** Last names of functions and methods that send a body to an address. */
const senders = new Set([
  "fetch",
  "$fetch",
  "ofetch",
  "axios",
  "post",
  "request",
  "stream",
  "Request",
  "got",
  "ky",
  "build_request",
]);

/** Requests over plain HTTP: `fetch`, axios, got, requests, httpx, aiohttp and urllib. */
export const rest: Sdk = {
  name: "rest",
  fromCall(call) {
    if (call.callee.type !== "opaque" || !isSender(call.callee)) return undefined;
    const url = urlOf(call);
    const base = baseOf(call.callee);
    const known = url && readEndpoint(url, base);
    const body = (known || url?.type !== "text" || literalText(url) === undefined) && bodyOf(call);
    const endpoint = known ?? (body && endpointOfBody(body, call));
    return body && endpoint ? requestsOf(endpoint, body, call) : undefined;
  },
};

/** The address that a client puts in front of paths: axios and httpx have a base, ky and got a prefix. */
function baseOf(callee: OpaqueValue): Value | undefined {
  const names = ["baseURL", "prefixUrl", "prefix", "baseUrl"];
  const given = names.map((name) => clientOption(callee, "base_url", name).value);
  return given.find((value) => value !== undefined);
}

function isSender(callee: OpaqueValue): boolean {
  const { root, steps } = accessPath(callee);
  const named = steps.at(-1) ?? (root.kind === "import" || root.kind === "global" ? root.name : "");
  const name = named === "default" || named === "*" ? (root.kind === "import" ? root.module : "") : named;
  // Fetching through a proxy, a plugin or with retries goes by all sorts of names.
  return senders.has(name) || /fetch|^undici$/i.test(name);
}

function urlOf({ arguments: given }: CallEvent): Value | undefined {
  const named = given.find(({ name }) => name === "url");
  if (named) return named.value;
  const positional = given.filter(({ name, stretch }) => name === undefined && !stretch);
  const [first, second] = positional;
  if (first?.value.type === "record") return bodyEntry(first.value, "url")?.value;
  // `request("POST", url)`.
  return /^post$/i.test(literalText(first?.value) ?? "") ? second?.value : first?.value;
}

/** Names under which Python's libraries and the options of JavaScript's take a body. */
const bodyKeys = ["json", "data", "content", "body"];

function bodyOf({ arguments: given, callee }: CallEvent): RecordEntryValue | undefined {
  const named = given.find(({ name }) => name !== undefined && bodyKeys.includes(name));
  if (named) return bodyValue(argumentEntry(named));
  const records = given.filter(({ name, stretch, value }) => {
    return name === undefined && !stretch && (value.type === "record" || value.type === "opaque");
  });
  for (const argument of records) {
    const view = viewRecord(argument.value)!;
    if (argument.value.type === "record" && isBody(argument.value)) return argumentEntry(argument);
    const entry = bodyKeys.map((key) => presentEntry(view, key)).find((found) => found);
    if (entry) return bodyValue(entry);
  }
  // `axios.post(url, body)` with a body that is made elsewhere.
  const second = given[1];
  const isPost = callee.type === "opaque" && accessPath(callee).steps.at(-1) === "post";
  return isPost && second?.value.type === "opaque" && !second.stretch
    ? bodyValue(argumentEntry(second))
    : undefined;
}

/**
 * Tells a request by what is sent where the address is not readable, as in a client for servers of the user's choice: the
 * headers that only this API has, or a body that no other service takes.
 */
function endpointOfBody({ value }: RecordEntryValue, { arguments: given }: CallEvent): Endpoint | undefined {
  const hasHeader = given.some(({ name, value: options }) => {
    const headers = name === "headers" ? options : bodyEntry(options, "headers")?.value;
    const keys = headers?.type === "record" ? [...headers.entries.keys()] : [];
    return keys.some((key) => key.toLowerCase() === "anthropic-version");
  });
  const view = value.type === "record" ? viewRecord(value) : undefined;
  const has = (key: string): boolean => presentEntry(view, key) !== undefined;
  const isBodyOfMessages = has("messages") && has("system") && has("max_tokens");
  if (!hasHeader && !isBodyOfMessages) return undefined;
  return { api: has("requests") ? "batches" : "messages", platform: undefined, model: undefined };
}

function bodyValue(entry: RecordEntryValue): RecordEntryValue {
  const value = parsedJson(entry.value, entry.span);
  return value ? { ...entry, value } : entry;
}

function isBody(value: Value): boolean {
  return ["messages", "input", "requests", "contents"].some((key) => bodyEntry(value, key) !== undefined);
}

function argumentEntry({ value, span, entrySpan }: ArgumentValue): RecordEntryValue {
  return recordEntry(value, span, entrySpan);
}

function requestsOf(
  { api, platform, model }: Endpoint,
  entry: RecordEntryValue,
  call: CallEvent,
): readonly LoweredRequest[] | undefined {
  const { value: body, span } = entry;
  const view = viewRecord(body);
  const facts = { site: call.span, sdk: "http", platform, use: "send" } as const;
  switch (api) {
    case "openai":
      return view && [openAiRequest(body, facts)];
    case "converse":
      return view && [assembleRequest(lowerConverse(body, span), { ...facts, model })];
    case "invoke": {
      const lowered = lowerInvokeModel(entry, model);
      return lowered && [assembleRequest(lowered, { ...facts, model })];
    }
    case "gemini":
    case "geminiCount": {
      const use = api === "gemini" ? "send" : "count";
      return view && [assembleRequest(lowerGemini(body, span), { ...facts, use, model })];
    }
    case "geminiCache": {
      const lowered = view && lowerGeminiCache(body, span);
      return (
        lowered && [assembleRequest(lowered, { ...facts, use: "cache", model: bodyEntry(body, "model") })]
      );
    }
    case "batches":
      return batchRequests(body, { ...facts, use: "batch" });
    case "messages":
    case "count":
    case "rawPredict": {
      // Other services have messages, too.
      if (!view || (platform === undefined && !bodyEntry(body, "messages"))) return undefined;
      const lowered = lowerAnthropic(body, span, { acceptsAutomaticMark: true });
      const use = api === "count" ? "count" : "send";
      return [assembleRequest(lowered, { ...facts, use, model: model ?? bodyEntry(body, "model") })];
    }
  }
}

type Facts = Pick<LoweredRequest, "site" | "sdk" | "platform" | "use">;

function batchRequests(body: Value, facts: Facts): readonly LoweredRequest[] | undefined {
  const requests = bodyEntry(body, "requests");
  const params = (asList(requests?.value)?.elements ?? []).flatMap(({ value, stretch }) => {
    const entry = stretch ? undefined : bodyEntry(value, "params");
    return entry ? [entry] : [];
  });
  const known = params.map(({ value, span }) => {
    const lowered = lowerAnthropic(value, span, { acceptsAutomaticMark: true });
    return assembleRequest(lowered, { ...facts, model: bodyEntry(value, "model") });
  });
  if (known.length > 0) return known;
  const unknown =
    requests?.value.type === "opaque" ? requests.value : body.type === "opaque" ? body : undefined;
  if (!unknown) return undefined;
  const draft = new RequestDraft("anthropic");
  draft.addUnresolved("body", unknown, facts.site);
  return [assembleRequest(draft.finish(), { ...facts, model: undefined })];
}
