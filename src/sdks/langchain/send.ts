import { lowerAnthropic } from "../../dialects/anthropic.ts";
import { lowerGemini } from "../../dialects/gemini.ts";
import { lowerOpenAi } from "../../dialects/openai.ts";
import { lowerConverse } from "../../dialects/converse.ts";
import type { FaultDraft, LoweredBody } from "../../dialects/request-draft.ts";
import type { LoweredRequest } from "../../request/request.ts";
import type { Span } from "../../source/source-file.ts";
import { list, record, recordEntry } from "../../value/construct.ts";
import { asList, literalText } from "../../value/inspect.ts";
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
import { injectCheckpoint, lastSegmentOf, ttlOf, type InjectedMark } from "../inject-checkpoints.ts";
import { takesCacheControl as acceptsAnthropicMarks } from "../openai.ts";
import type { BoundModel } from "./chains.ts";
import { marksInExtras } from "./messages.ts";
import type { ChatModel } from "./models.ts";

/** What is sent beside what the model has. */
export interface Sending {
  readonly bound: BoundModel;
  readonly messages: ListValue;
  readonly site: Span;
  /** The middleware that places checkpoints in each request of an agent. */
  readonly middleware?: Middleware | undefined;
}

/** Middleware that places checkpoints, for the models of one provider. */
export interface Middleware extends InjectedMark {
  readonly provider: "anthropic" | "bedrock";
  readonly isScript: boolean;
}

/** The request a model sends. */
export function requestOf({ bound, messages, site, middleware }: Sending): LoweredRequest {
  const { model } = bound;
  const chat: ChatRequest = { messages, tools: bound.tools, options: wireOptions(bound), span: site };
  const lowered = lower(model, chat, bound);
  const marked = middleware ? applyMiddleware(lowered, bound, middleware) : lowered;
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

function lower(model: ChatModel, chat: ChatRequest, { options }: BoundModel): LoweredBody {
  const own = options.get("cache_control") ?? (model.made && ownMark(model));
  const acceptsAutomaticMark = model.name !== "ChatBedrock" && model.name !== "BedrockChat";
  if (model.dialect === "anthropic") {
    const body = anthropicBody(chat);
    if (model.name === "ChatBedrock") dropSystemTtl(body);
    // Where the API takes no mark at the top level, the SDK puts it on the last block, which is the same place.
    if (own) body.entries.set("cache_control", own);
    return lowerAnthropic(body, chat.span, {
      acceptsAutomaticMark: acceptsAutomaticMark || own !== undefined,
    });
  }
  if (model.dialect === "openai") {
    const takesCacheControl = acceptsAnthropicMarks(model.platform);
    return lowerOpenAi(chatCompletionsBody(chat), chat.span, { takesCacheControl });
  }
  if (model.dialect === "gemini") return lowerGemini(geminiBody(chat), chat.span);
  const lowered = lowerConverse(converseBody(withModelSystem(model, chat)), chat.span);
  return own
    ? injectConverse(lowered, model, { span: own.entrySpan, ttl: ttlIn(own) }, isScript(model))
    : lowered;
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

/** Most cache points a Converse request takes. */
const maximumCachePoints = 4;

/**
 * Where the `cache_control` option puts cache points: behind the system text, the last message and the tools, each
 * unless there is one by hand; Python also behind the last message but one, where there is none by hand at all. Nova
 * gets none on tools and no TTL.
 * https://github.com/langchain-ai/langchain-aws/blob/0434c7f/libs/aws/langchain_aws/chat_models/bedrock_converse.py
 * (langchain-aws 1.7.3) and
 * https://github.com/langchain-ai/langchainjs/blob/62fc484/libs/providers/langchain-aws/src/utils/message_inputs.ts,
 * read 2026-11-22.
 */
function injectConverse(
  lowered: LoweredBody,
  model: ChatModel,
  mark: InjectedMark,
  inScript: boolean,
): LoweredBody {
  const id = literalText(model.model?.value) ?? "";
  const isNova = /amazon\.nova/i.test(id);
  const given = isNova || mark.ttl?.text === "5m" ? { span: mark.span, ttl: undefined } : mark;
  const manual = lowered.checkpoints.length;
  let body = lowered;
  const has = (test: (index: number) => boolean) => lowered.checkpoints.some(({ after }) => test(after));
  const put = (after: number): void => {
    if (inScript || body.checkpoints.length < maximumCachePoints) body = injectCheckpoint(body, after, given);
  };
  const { segments } = lowered;
  if (!has((after) => segments[after]?.region === "system")) put(lastSegmentOf(lowered, "system"));
  const last = lastSegmentOf(lowered, "messages");
  const message = segments[last]?.message;
  if (!has((after) => segments[after]?.region === "messages" && segments[after]?.message === message))
    put(last);
  if (!isNova && !has((after) => segments[after]?.region === "tools")) put(lastSegmentOf(lowered, "tools"));
  if (inScript || manual > 0 || isNova || !/anthropic/i.test(id) || message === undefined) return body;
  put(segments.findLastIndex((segment) => segment.region === "messages" && segment.message === message - 1));
  return body;
}

/**
 * What the caching middleware of agents does to each request of a model it supports. For Claude: the option
 * `cache_control`, which marks the last block; in Python (since langchain-anthropic 1.4) also marks on the last system
 * block and the last tool.
 * https://github.com/langchain-ai/langchain/blob/master/libs/partners/anthropic/langchain_anthropic/middleware/prompt_caching.py
 * and https://github.com/langchain-ai/langchainjs/blob/62fc484/libs/langchain/src/agents/middleware/provider, read
 * 2026-11-22.
 */
function applyMiddleware(lowered: LoweredBody, { model }: BoundModel, middleware: Middleware): LoweredBody {
  const isBedrock = model.name === "ChatBedrock" || model.name === "ChatBedrockConverse";
  const isSupported =
    middleware.provider === "bedrock"
      ? isBedrock && /anthropic|amazon\.nova/i.test(literalText(model.model?.value) ?? "")
      : model.name.startsWith("ChatAnthropic");
  if (!isSupported) return lowered;
  if (model.dialect === "converse") return injectConverse(lowered, model, middleware, middleware.isScript);
  const last = injectCheckpoint(lowered, lowered.segments.length - 1, middleware);
  if (middleware.provider === "bedrock" || middleware.isScript) return last;
  const withSystem = injectCheckpoint(last, lastSegmentOf(last, "system"), middleware);
  return injectCheckpoint(withSystem, lastSegmentOf(withSystem, "tools"), middleware);
}

function withFaults(body: LoweredBody, faults: readonly FaultDraft[]): LoweredBody {
  if (faults.length === 0) return body;
  const placed = faults.map((fault) => ({ ...fault, after: body.segments.length - 1 }));
  return { ...body, faults: [...body.faults, ...placed] };
}
