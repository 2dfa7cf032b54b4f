import { lowerAnthropic } from "../dialects/anthropic.ts";
import { lowerConverse } from "../dialects/converse.ts";
import { lowerGemini } from "../dialects/gemini.ts";
import { lowerOpenAi } from "../dialects/openai.ts";
import type { LoweredBody } from "../dialects/request-draft.ts";
import type { Dialect, Platform } from "../request/request.ts";
import { list, record, recordEntry, text } from "../value/construct.ts";
import { asList } from "../value/inspect.ts";
import type { ListElement, RecordEntryValue, RecordValue } from "../value/value.ts";
import {
  anthropicBody,
  chatCompletionsBody,
  converseBody,
  geminiBody,
  type ChatRequest,
} from "./chat-body.ts";
import { converseTool, declaredTool } from "./declared-tool.ts";
import type { Span } from "../source/source-file.ts";

/** Whose wire format a framework's model speaks, and to whom. */
export interface Wire {
  readonly dialect: Exclude<Dialect, "nova">;
  readonly platform: Platform | undefined;
}

export const anthropicWire: Wire = { dialect: "anthropic", platform: "anthropic" };
export const bedrockWire: Wire = { dialect: "converse", platform: "bedrock" };
export const openAiWire: Wire = { dialect: "openai", platform: "openai" };
export const geminiWire: Wire = { dialect: "gemini", platform: "gemini" };

/** Lowers a request as chat frameworks hold it, whose marks stand where the dialect has them. */
export function lowerChat(request: ChatRequest, { dialect }: Wire): LoweredBody {
  const { span } = request;
  const chat = { ...request, tools: declaredTools(request.tools, dialect === "converse") };
  switch (dialect) {
    case "anthropic":
      return lowerAnthropic(anthropicBody(chat), span, { acceptsAutomaticMark: true });
    case "converse":
      return lowerConverse(converseBody(chat), span);
    case "openai":
      return lowerOpenAi(chatCompletionsBody(chat), span, { takesCacheControl: false });
    case "gemini":
      return lowerGemini(geminiBody(chat), span);
  }
}

function declaredTools(
  tools: RecordEntryValue | undefined,
  isConverse: boolean,
): RecordEntryValue | undefined {
  const known = asList(tools?.value);
  if (!tools || !known) return tools;
  const elements = known.elements.map((element): ListElement => {
    if (element.stretch) return element;
    const tool = declaredTool(element.value, element.span);
    return { ...element, value: isConverse ? converseTool(tool) : tool };
  });
  return { ...tools, value: { ...list(elements, known.span), order: known.order, cuts: known.cuts } };
}

/** A text as a block of the Messages API, which the other dialects are made of, too. */
export function textBlock(content: RecordEntryValue, span: Span = content.span): RecordValue {
  return record(span, [
    ["type", recordEntry(text("text", span), span)],
    ["text", content],
  ]);
}

/** A picture or a document of its data as such a block. */
export function mediaBlock(kind: "image" | "document", data: RecordEntryValue, span: Span): RecordValue {
  return record(span, [
    ["type", recordEntry(text(kind, span), span)],
    ["source", recordEntry(record(span, [["data", data]]), span)],
  ]);
}

/** A mark with nothing but its type. */
export function plainMark(type: "ephemeral" | "default", span: Span): RecordValue {
  return record(span, [["type", recordEntry(text(type, span), span)]]);
}

/** Behind a block: the cache point of Converse. */
export function cachePointElement(point: RecordEntryValue): ListElement {
  const { entrySpan: span, frame } = point;
  return { value: record(span, [["cachePoint", point]]), span, frame, stretch: false };
}
