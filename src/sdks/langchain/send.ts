import { lowerAnthropic } from "../../dialects/anthropic.ts";
import { lowerGemini } from "../../dialects/gemini.ts";
import { lowerOpenAi } from "../../dialects/openai.ts";
import { lowerConverse } from "../../dialects/converse.ts";
import type { FaultDraft, LoweredBody } from "../../dialects/request-draft.ts";
import type { LoweredRequest, MarkFault } from "../../request/request.ts";
import type { Span } from "../../source/source-file.ts";
import { list, record, recordEntry } from "../../value/construct.ts";
import { asList } from "../../value/inspect.ts";
import { presentEntry, viewRecord } from "../../dialects/record-view.ts";
import type { ListValue, RecordEntryValue } from "../../value/value.ts";
import { assembleRequest } from "../assemble-request.ts";
import {
  anthropicBody,
  chatCompletionsBody,
  converseBody,
  geminiBody,
  type ChatRequest,
} from "../chat-body.ts";
import { findArgument } from "../construction.ts";
import { ttlOf, type InjectedMark } from "../inject-checkpoints.ts";
import { takesCacheControl as acceptsAnthropicMarks } from "../openai.ts";
import type { CallContext } from "../sdk.ts";
import type { BoundModel } from "./chains.ts";
import { injectConverse } from "./inject-converse.ts";
import { marksInExtras } from "./messages.ts";
import { applyMiddleware, type Middleware } from "./middleware.ts";
import type { ChatModel } from "./models.ts";

/** What is sent beside what the model has. */
export interface Sending {
  readonly bound: BoundModel;
  readonly messages: ListValue;
  readonly site: Span;
  /** The middleware that places checkpoints in each request of an agent. */
  readonly middleware?: Middleware | undefined;
}

/** The request a model sends. */
export function requestOf(
  { bound, messages, site, middleware }: Sending,
  context: CallContext,
): LoweredRequest {
  const { model } = bound;
  const chat: ChatRequest = { messages, tools: bound.tools, options: wireOptions(bound), span: site };
  const lowered = lower(model, chat, bound, context);
  const marked = middleware ? applyMiddleware(lowered, model, middleware, context) : lowered;
  const body = withFaults(marked, marksInExtras(messages));
  const { platform, model: entry } = model;
  return assembleRequest(body, { site, sdk: "langchain", platform, use: "send", model: entry });
}

/** Arguments of the constructor or the call that become keys of the body, and what they are called there. */
const bodyKeys: Readonly<Record<string, string>> = {
  tool_choice: "tool_choice",
  thinking: "thinking",
  output_config: "output_config",
  outputConfig: "output_config",
  speed: "speed",
};
const geminiKeys: Readonly<Record<string, string>> = {
  cached_content: "cached_content",
  cachedContent: "cached_content",
};
const openAiKeys: Readonly<Record<string, string>> = {
  tool_choice: "tool_choice",
  response_format: "response_format",
  prompt_cache_key: "prompt_cache_key",
  promptCacheKey: "prompt_cache_key",
  prompt_cache_retention: "prompt_cache_retention",
  promptCacheRetention: "prompt_cache_retention",
  prompt_cache_options: "prompt_cache_options",
};

function wireOptions({ model, options }: BoundModel): ChatRequest["options"] {
  const { dialect, made } = model;
  const keys = dialect === "openai" ? openAiKeys : dialect === "gemini" ? geminiKeys : bodyKeys;
  const extras = made && viewRecord(findArgument(made, ["model_kwargs", "modelKwargs"])?.value);
  return Object.entries(keys).flatMap(([key, name]) => {
    const own = options.get(key) ?? (made && findArgument(made, [key])) ?? presentEntry(extras, key);
    if (!own) return [];
    return [[dialect === "converse" && key === "tool_choice" ? "toolChoice" : name, own] as const];
  });
}

function lower(
  model: ChatModel,
  chat: ChatRequest,
  { options }: BoundModel,
  context: CallContext,
): LoweredBody {
  const own = options.get("cache_control") ?? (model.made && ownMark(model));
  const acceptsAutomaticMark = model.name !== "ChatBedrock" && model.name !== "BedrockChat";
  if (model.dialect === "anthropic") {
    const body = anthropicBody(chat);
    if (model.name === "ChatBedrock") dropSystemTtl(body);
    // Where the API takes no mark at the top level, the SDK puts it on the last block, which is the same place.
    if (own) body.entries.set("cache_control", own);
    const lowered = lowerAnthropic(body, chat.span, {
      acceptsAutomaticMark: acceptsAutomaticMark || own !== undefined,
    });
    return model.name === "ChatBedrock" && !isScript(model) ? keptSystemMarks(lowered, context) : lowered;
  }
  if (model.dialect === "openai") {
    const takesCacheControl = acceptsAnthropicMarks(model.platform);
    return lowerOpenAi(chatCompletionsBody(chat), chat.span, { takesCacheControl });
  }
  if (model.dialect === "gemini") return lowerGemini(geminiBody(chat), chat.span);
  const written = lowerConverse(converseBody(withModelSystem(model, chat)), chat.span);
  const lowered = isScript(model) ? withKnownTtls(written, context) : written;
  return own && takesOption(model, context)
    ? injectConverse(lowered, model, { span: own.entrySpan, ttl: ttlIn(own) }, isScript(model))
    : lowered;
}

/** Older versions joined the blocks of the system text to one text, without their marks. */
function keptSystemMarks(lowered: LoweredBody, context: CallContext): LoweredBody {
  const marks = lowered.checkpoints.filter(
    ({ region, origin }) => region === "system" && origin === "explicit",
  );
  if (marks.length === 0 || context.holds("langchain-aws: keeps marks of system blocks")) return lowered;
  const faults = marks.map(({ span, after }): MarkFault => ({
    kind: "ignored",
    span,
    after,
    reason: "Before langchain-aws 1.4.0 `ChatBedrock` sends the system text as one text and drops its marks.",
    remedy: "Require langchain-aws 1.4.0 or later, or use `ChatBedrockConverse`.",
  }));
  const checkpoints = lowered.checkpoints.filter((checkpoint) => !marks.includes(checkpoint));
  return { ...lowered, checkpoints, faults: [...lowered.faults, ...faults] };
}

/** Older versions for JavaScript wrote each cache point anew, without its TTL. */
function withKnownTtls(lowered: LoweredBody, context: CallContext): LoweredBody {
  const isTimed = lowered.checkpoints.some(({ ttl }) => ttl !== undefined);
  if (!isTimed || context.holds("langchain-aws-js: keeps the TTL")) return lowered;
  return { ...lowered, checkpoints: lowered.checkpoints.map((mark) => ({ ...mark, ttl: undefined })) };
}

/** Whether the option `cache_control` places cache points in Converse requests. */
function takesOption(model: ChatModel, context: CallContext): boolean {
  return context.holds(
    isScript(model) ? "langchain-aws-js: keeps the TTL" : "langchain-aws: takes cache_control for Converse",
  );
}

/** A mark on the model itself: a field in JavaScript, an entry of `model_kwargs` in Python. */
function ownMark({ made }: ChatModel): RecordEntryValue | undefined {
  const extras = viewRecord(findArgument(made!, ["model_kwargs", "invocationKwargs"])?.value);
  return findArgument(made!, ["cache_control"]) ?? presentEntry(extras, "cache_control");
}

function ttlIn(mark: RecordEntryValue): InjectedMark["ttl"] {
  return ttlOf(presentEntry(viewRecord(mark.value), "ttl"));
}

function isScript({ made }: ChatModel): boolean {
  return made?.module?.startsWith("@") ?? false;
}

/** `ChatBedrockConverse(system=[...])` stands in front of the system messages. */
function withModelSystem(model: ChatModel, chat: ChatRequest): ChatRequest {
  const system = model.made && findArgument(model.made, ["system"]);
  if (!system) return chat;
  const role = { type: "text", parts: [{ kind: "literal", text: "system", span: system.span }] } as const;
  const message = record(system.span, [
    ["role", recordEntry(role, system.span)],
    ["content", system],
  ]);
  const elements = [
    { value: message, span: system.span, frame: undefined, stretch: false },
    ...chat.messages.elements,
  ];
  const { order, cuts, span } = chat.messages;
  return { ...chat, messages: { ...list(elements, span), order, cuts } };
}

/**
 * `ChatBedrock` writes the marks of system blocks anew, without their TTL.
 * https://github.com/langchain-ai/langchain-aws/blob/0434c7f/libs/aws/langchain_aws/chat_models/bedrock.py, read
 * 2026-11-22 (langchain-aws 1.7.3).
 */
function dropSystemTtl(body: ReturnType<typeof anthropicBody>): void {
  const system = body.entries.get("system");
  const known = asList(system?.value);
  if (!system || !known) return;
  const elements = known.elements.map((element) => {
    const mark = element.value.type === "record" ? element.value.entries.get("cache_control") : undefined;
    if (element.value.type !== "record" || mark?.value.type !== "record") return element;
    const entries = new Map([...mark.value.entries].filter(([key]) => key !== "ttl"));
    const plain = { ...mark, value: { ...mark.value, entries } };
    return {
      ...element,
      value: { ...element.value, entries: new Map(element.value.entries).set("cache_control", plain) },
    };
  });
  body.entries.set("system", { ...system, value: { ...known, elements } });
}

function withFaults(body: LoweredBody, faults: readonly FaultDraft[]): LoweredBody {
  if (faults.length === 0) return body;
  const placed = faults.map((fault) => ({ ...fault, after: body.segments.length - 1 }));
  return { ...body, faults: [...body.faults, ...placed] };
}
