import { lowerAnthropic } from "../../dialects/anthropic.ts";
import { lowerConverse } from "../../dialects/converse.ts";
import { lowerGemini } from "../../dialects/gemini.ts";
import { lowerOpenAi } from "../../dialects/openai.ts";
import type { LoweredBody } from "../../dialects/request-draft.ts";
import type { LoweredRequest } from "../../request/request.ts";
import { list, listElement, record, recordEntry, text } from "../../value/construct.ts";
import { asList, literalText } from "../../value/inspect.ts";
import type { CallEvent, ListElement, RecordEntryValue } from "../../value/value.ts";
import { assembleRequest } from "../assemble-request.ts";
import { asAnthropicBlocks } from "../cache-point-blocks.ts";
import {
  anthropicBody,
  chatCompletionsBody,
  chatMessage,
  converseBody,
  earlierTurns,
  geminiBody,
  type ChatRequest,
} from "../chat-body.ts";
import { constructionOf, findArgument, receiverOf, type Construction } from "../construction.ts";
import type { CallContext, Sdk } from "../sdk.ts";
import { withFaults, type PlacedFault } from "../placed-faults.ts";
import { contentOf } from "./content.ts";
import { systemTextOf, toolsOf } from "./instructions.ts";
import { agentModelOf, type AgentModel } from "./models.ts";
import { applySettings, ModelSettings } from "./settings.ts";

const runs = new Set(["run", "run_sync", "run_stream", "run_stream_sync", "run_stream_events", "iter"]);

/** Pydantic AI: a request stands where an agent is run. */
export const pydanticAi: Sdk = {
  name: "pydantic-ai",
  fromCall(call, context) {
    const receiver = receiverOf(call.callee);
    if (!receiver || !runs.has(receiver.method)) return undefined;
    const agent = constructionOf(receiver.object);
    if (agent?.name !== "Agent" || !/^pydantic_ai\b/.test(agent.module ?? "")) return undefined;
    const named = findArgument(call, ["model"]) ?? findArgument(agent, ["model"], 0);
    const model = named && agentModelOf(named);
    if (!model) return undefined;
    return [requestOf(agent, model, call, context)];
  },
};

function requestOf(
  agent: Construction,
  model: AgentModel,
  call: CallEvent,
  context: CallContext,
): LoweredRequest {
  const site = call.span;
  const own = model.made && findArgument(model.made, ["settings"]);
  const settings = new ModelSettings([
    findArgument(call, ["model_settings"]),
    findArgument(agent, ["model_settings"]),
    own,
  ]);
  const system = systemTextOf(agent, call);
  const tools = toolsOf(agent, call);
  const elements = [
    ...systemMessage(system.blocks, agent),
    ...conversationOf(agent, call, tools !== undefined),
  ];
  const chat: ChatRequest = {
    messages: list(elements, site),
    tools,
    options: optionsOf(model, settings),
    span: site,
  };
  const lowered = lower(chat, model);
  const body = applySettings(lowered, model, settings, system.staticBlocks, context);
  return assembleRequest(body, {
    site,
    sdk: "pydantic-ai",
    platform: model.platform,
    use: "send",
    model: model.model,
  });
}

function systemMessage(blocks: readonly ListElement[], { span }: Construction): readonly ListElement[] {
  if (blocks.length === 0) return [];
  return [listElement(chatMessage("system", recordEntry(list([...blocks], span), span), span), span)];
}

/** The message history and the new prompt; the steps of a run with tools add messages of their own. */
function conversationOf(agent: Construction, call: CallEvent, hasTools: boolean): readonly ListElement[] {
  const history = findArgument(call, ["message_history"]);
  const prompt = findArgument(call, ["user_prompt"], 0);
  const asked = prompt
    ? [listElement(chatMessage("user", contentOf(prompt), prompt.span), prompt.span, prompt.frame)]
    : [];
  if (!history) return hasTools ? [earlierTurns(agent.span), ...asked] : asked;
  const known = asList(history.value);
  if (known?.elements.length === 0) return asked;
  if (history.value.type !== "opaque") return [earlierTurns(history.span), ...asked];
  return [listElement(history.value, history.span, history.frame, true), ...asked];
}

function lower(chat: ChatRequest, model: AgentModel): LoweredBody {
  switch (model.dialect) {
    case "converse":
      return lowerConverse(converseBody(chat), chat.span);
    case "anthropic": {
      const body = lowerAnthropic(anthropicBody(withMarks(chat)), chat.span, { acceptsAutomaticMark: true });
      return withFaults(body, firstPoints(chat));
    }
    case "openai":
      return lowerForOpenAi(chat, model);
    case "gemini":
      return lowerGemini(geminiBody(withoutCachePoints(chat)), chat.span);
  }
}

/**
 * OpenRouter gets marks of Anthropic; OpenAI gets breakpoints for models that take them, without their TTL, and others
 * get their messages without.
 * https://github.com/pydantic/pydantic-ai/blob/4fda389/pydantic_ai_slim/pydantic_ai/profiles/openai.py, read 2026-11-22.
 */
function lowerForOpenAi(chat: ChatRequest, { settings, model }: AgentModel): LoweredBody {
  const isMarked = settings === "openrouter";
  const takesBreakpoints = /^(?:openai\/)?gpt-5\.6/.test(literalText(model?.value) ?? "");
  const points = isMarked ? withMarks(chat) : takesBreakpoints ? withBreakpoints(chat) : undefined;
  const sent = points ?? withoutCachePoints(chat);
  const body = lowerOpenAi(chatCompletionsBody(sent), chat.span, { takesCacheControl: isMarked });
  return points ? withFaults(body, firstPoints(chat)) : body;
}

function withMarks(chat: ChatRequest): ChatRequest {
  return mapContents(chat, (content) => asAnthropicBlocks(content, false));
}

function withBreakpoints(chat: ChatRequest): ChatRequest {
  const marked = withMarks(chat);
  return mapContents(marked, (content) => {
    const known = asList(content.value);
    if (!known) return content;
    const elements = known.elements.map((block): ListElement => {
      const mark = block.value.type === "record" ? block.value.entries.get("cache_control") : undefined;
      if (!mark || block.value.type !== "record") return block;
      const entries = new Map(block.value.entries);
      entries.delete("cache_control");
      const mode = record(mark.span, [["mode", recordEntry(text("explicit", mark.span), mark.span)]]);
      entries.set("prompt_cache_breakpoint", { ...mark, value: mode });
      return { ...block, value: { ...block.value, entries } };
    });
    return { ...content, value: { ...known, elements } };
  });
}

/** A cache point with nothing at all in front of it, which raises an error. */
function firstPoints({ messages }: ChatRequest): readonly PlacedFault[] {
  const isSystem = ({ value }: ListElement) =>
    literalText(value.type === "record" ? value.entries.get("role")?.value : undefined) === "system";
  const first = messages.elements.find((element) => !isSystem(element));
  const content = first?.value.type === "record" ? first.value.entries.get("content") : undefined;
  const [block] = asList(content?.value)?.elements ?? [];
  if (!first || first.stretch || !block || !isCachePoint(block)) return [];
  const fault = {
    kind: "misplaced",
    span: block.span,
    reason: "Pydantic AI raises `CachePoint cannot be the first content in a user message`.",
    remedy:
      "Move it behind the content that ends the stable part, or cache the instructions by a setting of the model.",
  } as const;
  return [{ fault, of: first.span }];
}

function isCachePoint({ value }: ListElement): boolean {
  return value.type === "record" && value.entries.has("cachePoint");
}

function withoutCachePoints(chat: ChatRequest): ChatRequest {
  return mapContents(chat, (content) => {
    const known = asList(content.value);
    if (!known) return content;
    const elements = known.elements.filter((element) => !isCachePoint(element));
    return { ...content, value: { ...known, elements } };
  });
}

function mapContents(
  chat: ChatRequest,
  convert: (content: RecordEntryValue) => RecordEntryValue,
): ChatRequest {
  const elements = chat.messages.elements.map((element) => {
    const content = element.value.type === "record" ? element.value.entries.get("content") : undefined;
    if (!content || element.value.type !== "record") return element;
    return {
      ...element,
      value: { ...element.value, entries: new Map(element.value.entries).set("content", convert(content)) },
    };
  });
  return { ...chat, messages: { ...chat.messages, elements } };
}

/** Settings that become keys of the body. */
function optionsOf({ dialect }: AgentModel, settings: ModelSettings): ChatRequest["options"] {
  const names: Readonly<Record<string, string>> =
    dialect === "openai"
      ? {
          openai_prompt_cache_key: "prompt_cache_key",
          openai_prompt_cache_retention: "prompt_cache_retention",
          openai_prompt_cache_options: "prompt_cache_options",
        }
      : dialect === "anthropic"
        ? { anthropic_thinking: "thinking", anthropic_speed: "speed" }
        : dialect === "gemini"
          ? { google_cached_content: "cached_content" }
          : {};
  return Object.entries(names).flatMap(([setting, key]) => {
    const entry = settings.get(setting);
    return entry ? [[key, entry] as const] : [];
  });
}
