import { lowerAnthropic } from "../../dialects/anthropic.ts";
import { lowerConverse } from "../../dialects/converse.ts";
import { lowerGemini } from "../../dialects/gemini.ts";
import { lowerOpenAi } from "../../dialects/openai.ts";
import type { LoweredBody } from "../../dialects/request-draft.ts";
import type { LoweredRequest } from "../../request/request.ts";
import { list, listElement, recordEntry } from "../../value/construct.ts";
import { asList } from "../../value/inspect.ts";
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
  const tools = toolsOf(agent);
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

function lower(chat: ChatRequest, { dialect }: AgentModel): LoweredBody {
  switch (dialect) {
    case "converse":
      return lowerConverse(converseBody(chat), chat.span);
    case "anthropic":
      return lowerAnthropic(anthropicBody(withMarks(chat)), chat.span, { acceptsAutomaticMark: true });
    case "openai":
      return lowerOpenAi(chatCompletionsBody(withoutCachePoints(chat)), chat.span, {
        takesCacheControl: false,
      });
    case "gemini":
      return lowerGemini(geminiBody(withoutCachePoints(chat)), chat.span);
  }
}

function withMarks(chat: ChatRequest): ChatRequest {
  return mapContents(chat, (content) => asAnthropicBlocks(content, false));
}

/** Models that do not take breakpoints get their messages without; which ones do is not worked out. */
function withoutCachePoints(chat: ChatRequest): ChatRequest {
  return mapContents(chat, (content) => {
    const known = asList(content.value);
    if (!known) return content;
    const isPoint = ({ value }: ListElement) => value.type === "record" && value.entries.has("cachePoint");
    return {
      ...content,
      value: { ...known, elements: known.elements.filter((element) => !isPoint(element)) },
    };
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
