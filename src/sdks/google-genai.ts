import { lowerGemini, lowerGeminiCache } from "../dialects/gemini.ts";
import { viewRecord } from "../dialects/record-view.ts";
import type { LoweredRequest, Platform } from "../request/request.ts";
import { list, record, recordEntry, text } from "../value/construct.ts";
import { accessPath, asList } from "../value/inspect.ts";
import type { CallEvent, OpaqueValue, RecordEntryValue, RecordValue, Value } from "../value/value.ts";
import { assembleRequest, bodyEntry, namesOnPath } from "./assemble-request.ts";
import { callBody } from "./call-body.ts";
import { earlierTurns } from "./chat-body.ts";
import {
  argumentEntry,
  constructionOf,
  findArgument,
  receiverOf,
  type Construction,
} from "./construction.ts";
import type { Sdk } from "./sdk.ts";

type Operation = "generate" | "count" | "cache" | "chat";

const operations: Readonly<Record<string, Operation>> = {
  "models.generate_content": "generate",
  "models.generate_content_stream": "generate",
  "models.generateContent": "generate",
  "models.generateContentStream": "generate",
  "models.count_tokens": "count",
  "models.countTokens": "count",
  "caches.create": "cache",
};

const chatMethods = new Set(["send_message", "send_message_stream", "sendMessage", "sendMessageStream"]);
const modules = /^(?:google\b|@google\/|@google-cloud\/vertexai|vertexai\b)/;

/**
 * The Google Gen AI SDKs for Python and JavaScript, and the two they replace (`google.generativeai`,
 * `vertexai.generative_models`).
 */
export const googleGenai: Sdk = {
  name: "google-genai",
  fromCall(call) {
    const receiver = receiverOf(call.callee);
    if (call.callee.type !== "opaque" || !receiver || call.isNew) return undefined;
    const request =
      chatRequest(receiver, call) ?? legacyRequest(receiver, call) ?? clientRequest(call.callee, call);
    return request && [request];
  },
};

function clientRequest(callee: OpaqueValue, call: CallEvent): LoweredRequest | undefined {
  const { steps } = accessPath(callee);
  const name = steps.slice(-2).join(".");
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  const body = operation && callBody(call);
  if (!body || (operation === "cache" && !isGoogle(callee) && !hasConfigOfGoogle(body))) return undefined;
  return requestOf(operation, body, platformOf(callee), call);
}

function isGoogle(value: OpaqueValue): boolean {
  return namesOnPath(value).some((name) => modules.test(name) || /genai|gemini|^Google[A-Z]/i.test(name));
}

/** A client out of view is Google's where the options are an object of its classes. */
function hasConfigOfGoogle(body: Value): boolean {
  return modules.test(constructionOf(bodyEntry(body, "config")?.value)?.module ?? "");
}

/** A client made with `vertexai=True` talks to Vertex AI; one that is not seen made may, too. */
function platformOf(value: OpaqueValue): Platform | undefined {
  const { values } = accessPath(value);
  const client = values.map((each) => constructionOf(each)).find((made) => made !== undefined);
  if (!client) return undefined;
  const isVertex = findArgument(client, ["vertexai"])?.value;
  if (isVertex?.type === "constant" && isVertex.value === true) return "vertex";
  return isVertex && isVertex.type !== "constant" ? undefined : "gemini";
}

function requestOf(
  operation: Operation,
  body: Value,
  platform: Platform | undefined,
  { span }: CallEvent,
): LoweredRequest | undefined {
  if (!viewRecord(body)) return undefined;
  const flat = flattened(body, span);
  const lowered = operation === "cache" ? lowerGeminiCache(flat, span) : lowerGemini(flat, span);
  const use = operation === "cache" ? "cache" : operation === "count" ? "count" : "send";
  return assembleRequest(lowered, {
    site: span,
    sdk: "google-genai",
    platform,
    use,
    model: bodyEntry(body, "model"),
  });
}

/** The arguments and the fields of their `config` as one body, with the SDK's classes as the objects they stand for. */
function flattened(body: Value, span: CallEvent["span"]): RecordValue {
  const result = record(span);
  const config = asRecord(bodyEntry(body, "config")?.value);
  for (const part of [asRecord(body), config]) {
    const view = viewRecord(part);
    for (const [key, entry] of view?.entries ?? []) {
      if (key !== "config" && key !== "model") result.entries.set(key, plainEntry(entry));
    }
    result.rest.push(...(view?.rest ?? []));
    if (part?.type !== "record") continue;
    for (const key of part.removed) if (!result.entries.has(key)) result.removed.add(key);
  }
  return result;
}

/** An object of a class of the SDK as a record of its named arguments; other values stay. */
function asRecord(value: Value | undefined): Value | undefined {
  const made = constructionOf(value);
  if (!value || !made || made.module === undefined || !modules.test(made.module)) return value;
  if (/^(?:UserContent|ModelContent|createUserContent|createModelContent)$/.test(made.name))
    return contentOf(made);
  const part = partOf(made);
  if (part) return part;
  const named = made.arguments.filter(({ name }) => name !== undefined);
  if (named.length === 0) return viewRecord(made.arguments[0]?.value) ? made.arguments[0]!.value : value;
  const result = record(made.span);
  for (const { name } of named) {
    const entry = findArgument(made, [name!]);
    if (entry) result.entries.set(name!, entry);
  }
  for (const { value: rest, stretch } of made.arguments)
    if (stretch && rest.type === "opaque") result.rest.push(rest);
  return result;
}

function contentOf(made: Construction): RecordValue {
  const role = /model/i.test(made.name) ? "model" : "user";
  const parts = findArgument(made, ["parts"], 0);
  const content = record(made.span, [["role", recordEntry(text(role, made.span), made.span)]]);
  if (parts) content.entries.set("parts", parts);
  return content;
}

/** `Part.from_text(text=...)`, `Part.from_bytes(...)`, `Part.from_uri(...)` and their JavaScript functions. */
function partOf(made: Construction): RecordValue | undefined {
  const kind = /^(?:Part\.from_|createPartFrom)(text|bytes|uri|base64|data|image)$/i
    .exec(made.name)?.[1]
    ?.toLowerCase();
  if (kind === undefined) return undefined;
  const { span } = made;
  const content = findArgument(made, ["text", "data", "file_uri", "fileUri", "uri", "image"], 0);
  if (!content) return undefined;
  if (kind === "text") return record(span, [["text", content]]);
  const type = findArgument(made, ["mime_type", "mimeType"], 1);
  const inner = record(span, [
    [kind === "uri" ? "file_uri" : "data", content],
    ...(type ? [["mime_type", type] as const] : []),
  ]);
  return record(span, [[kind === "uri" ? "file_data" : "inline_data", recordEntry(inner, span)]]);
}

/** Deepest nesting of contents, parts and their data. */
const maximumDepth = 6;

function plainEntry(entry: RecordEntryValue, depth = 0): RecordEntryValue {
  const value = plain(entry.value, depth);
  return value === entry.value ? entry : { ...entry, value };
}

function plain(value: Value, depth: number): Value {
  if (depth > maximumDepth) return value;
  const known = asRecord(value) ?? value;
  if (known.type === "list") {
    const elements = known.elements.map((element) => ({
      ...element,
      value: plain(element.value, depth + 1),
    }));
    return { ...known, elements };
  }
  if (known.type !== "record" || known.class) return known;
  const entries = [...known.entries].map(([key, entry]) => [key, plainEntry(entry, depth + 1)] as const);
  return { ...known, entries: new Map(entries) };
}

/** `chats.create(...).send_message(...)`, and the chats of the older SDKs. */
function chatRequest({ object, method }: Receiver, call: CallEvent): LoweredRequest | undefined {
  if (!chatMethods.has(method)) return undefined;
  const { origin } = object;
  if (origin.kind !== "call" || origin.callee.type !== "opaque") return undefined;
  const create = receiverOf(origin.callee);
  const isChat =
    create &&
    (accessPath(origin.callee).steps.slice(-2).join(".") === "chats.create" || isLegacyChat(create));
  if (!create || !isChat) return undefined;
  const options = { arguments: origin.arguments };
  const message = findArgument(call, ["message", "content", "contents"], 0);
  const history = asList(findArgument(options, ["history"])?.value)?.elements ?? [];
  const contents = [...history, earlierTurns(object.span), ...(message ? elementsOf(message) : [])];
  const legacy = isLegacyChat(create) ? legacyModel(create.object) : undefined;
  const own = callBody({ ...call, arguments: origin.arguments });
  const body = legacy?.body ?? own;
  if (!body) return undefined;
  const full = record(call.span);
  for (const [key, entry] of viewRecord(body)?.entries ?? [])
    if (key !== "history") full.entries.set(key, entry);
  full.entries.set("contents", recordEntry(list(contents, call.span), call.span));
  return requestOf("chat", full, legacy?.platform ?? platformOf(object), call);
}

function elementsOf({ value, span, frame }: RecordEntryValue): ReturnType<typeof list>["elements"] {
  return asList(value)?.elements ?? [{ value, span, frame, stretch: false }];
}

type Receiver = NonNullable<ReturnType<typeof receiverOf>>;

function isLegacyChat({ method }: Receiver): boolean {
  return method === "start_chat" || method === "startChat";
}

/** `GenerativeModel(...).generate_content(...)` and `CachedContent.create(...)` of the older SDKs. */
function legacyRequest({ object, method }: Receiver, call: CallEvent): LoweredRequest | undefined {
  const { root, steps } = accessPath(call.callee as OpaqueValue);
  if (
    root.kind === "import" &&
    modules.test(root.module) &&
    steps.slice(-2).join(".") === "CachedContent.create"
  ) {
    return requestOf("cache", cacheBody(call), undefined, call);
  }
  if (
    root.kind === "import" &&
    modules.test(root.module) &&
    root.name === "CachedContent" &&
    method === "create"
  ) {
    return requestOf("cache", cacheBody(call), undefined, call);
  }
  if (method === "create" && isCacheManager(object))
    return requestOf("cache", cacheBody(call), undefined, call);
  if (!/^(?:generate_content|generate_content_async|generateContent|generateContentStream)$/.test(method))
    return undefined;
  const model = legacyModel(object);
  if (!model) return undefined;
  const contents = findArgument(call, ["contents"], 0);
  const body = record(call.span, model.body.entries);
  if (contents) body.entries.set("contents", contents);
  return requestOf("generate", body, model.platform, call);
}

/** The resource a call makes; the older SDK for Vertex names the model otherwise, the one for JavaScript the TTL. */
function cacheBody(call: CallEvent): RecordValue {
  const view = viewRecord(callBody(call));
  const body = record(call.span, view?.entries ?? []);
  body.rest = [...(view?.rest ?? [])];
  for (const [name, alias] of [
    ["model", "model_name"],
    ["ttl", "ttlSeconds"],
  ] as const) {
    const entry = body.entries.get(alias);
    if (entry && !body.entries.has(name)) body.entries.set(name, entry);
  }
  return body;
}

/** `new GoogleAICacheManager(...)`, and `preview.cachedContents` of the older SDK for Vertex. */
function isCacheManager(value: OpaqueValue): boolean {
  const made = constructionOf(value);
  if (made) return made.name === "GoogleAICacheManager" && modules.test(made.module ?? "");
  const { root, steps } = accessPath(value);
  return root.kind === "import" && modules.test(root.module) && steps.at(-1) === "cachedContents";
}

/** The models of the older SDKs for JavaScript, which a client gives. */
function scriptModel(object: OpaqueValue): ReturnType<typeof legacyModel> {
  if (object.origin.kind !== "call") return undefined;
  const receiver = receiverOf(object.origin.callee);
  const { root } = accessPath(object);
  if (!receiver || root.kind !== "import" || !modules.test(root.module)) return undefined;
  const platform = root.module.includes("vertexai") ? "vertex" : "gemini";
  const [first] = object.origin.arguments;
  if (/^getGenerativeModel$/.test(receiver.method)) {
    return { body: record(object.span, viewRecord(first?.value)?.entries ?? []), platform };
  }
  if (receiver.method !== "getGenerativeModelFromCachedContent" || !first) return undefined;
  const body = record(object.span, [["cached_content", argumentEntry(first)]]);
  const model = modelOfCache(first.value);
  if (model) body.entries.set("model", model);
  return { body, platform };
}

/** The model a cache resource was made for. */
function modelOfCache(cache: Value | undefined): RecordEntryValue | undefined {
  if (cache?.type !== "opaque" || cache.origin.kind !== "call") return undefined;
  return findArgument({ arguments: cache.origin.arguments }, ["model", "model_name"]);
}

/** A model object of the older SDKs, with what it sends in each request. */
function legacyModel(
  object: OpaqueValue,
): { readonly body: RecordValue; readonly platform: Platform | undefined } | undefined {
  const made = constructionOf(object);
  if (
    !made ||
    !/^GenerativeModel(?:\.from_cached_content)?$/.test(made.name) ||
    !modules.test(made.module ?? "")
  ) {
    return scriptModel(object);
  }
  const body = record(made.span);
  const set = (key: string, entry: RecordEntryValue | undefined) => entry && body.entries.set(key, entry);
  if (made.name.endsWith("from_cached_content")) {
    const cache = findArgument(made, ["cached_content"], 0);
    set("cached_content", cache);
    set("model", modelOfCache(cache?.value));
  } else {
    set("model", findArgument(made, ["model_name", "model"], 0));
    set("system_instruction", findArgument(made, ["system_instruction", "systemInstruction"]));
    set("tools", findArgument(made, ["tools"]));
  }
  return { body, platform: made.module?.startsWith("vertexai") ? "vertex" : "gemini" };
}
