import { presentEntry, viewRecord, writtenEntry } from "../../dialects/record-view.ts";
import type { FaultDraft } from "../../dialects/request-draft.ts";
import type { Span } from "../../source/source-file.ts";
import { list, listElement, record, recordEntry, text } from "../../value/construct.ts";
import { asList, literalText } from "../../value/inspect.ts";
import type {
  ListElement,
  ListValue,
  RecordEntryValue,
  RecordValue,
  TextValue,
  Value,
} from "../../value/value.ts";
import { chatMessage } from "../chat-body.ts";
import { constructionOf, findArgument, type Construction } from "../construction.ts";
import { cachePointElement, mediaBlock, textBlock, type Wire } from "../lower-chat.ts";
import type { PlacedFault } from "../placed-faults.ts";
import { placedMark } from "../placed-mark.ts";

/** A chat message as it is made, before a generator turns it into the provider's. */
interface HaystackMessage {
  readonly role: string;
  readonly content: readonly ListElement[];
  readonly calls: ListValue | undefined;
  readonly meta: RecordEntryValue | undefined;
  readonly element: ListElement;
}

const roles: Readonly<Record<string, string>> = {
  "ChatMessage.from_system": "system",
  "ChatMessage.from_user": "user",
  "ChatMessage.from_assistant": "assistant",
  "ChatMessage.from_tool": "tool",
};

/** What a generator makes of a list of messages. */
export interface ConvertedMessages {
  readonly messages: ListValue;
  readonly faults: readonly PlacedFault[];
}

/**
 * The messages a generator sends. In `meta`, `cache_control` marks every text, picture, document, tool call and tool
 * result of its message for Anthropic; of tool results that follow each other only the first message's counts.
 * `cachePoint` adds one cache point behind its message for Bedrock; `systemPoint` stands behind each system message
 * that has none of its own.
 * https://github.com/deepset-ai/haystack-core-integrations/tree/50a84e949/integrations, read 2026-11-22:
 * anthropic/.../chat/utils.py and amazon_bedrock/.../chat/utils.py.
 */
export function convertMessages(
  given: ListValue,
  { dialect }: Wire,
  systemPoint: RecordEntryValue | undefined,
  fill: Fill = (text) => text,
): ConvertedMessages {
  const faults: PlacedFault[] = [];
  let isBehindResult = false;
  const elements = given.elements.map((element): ListElement => {
    const message = element.stretch ? undefined : messageOf(element, fill);
    const follows = isBehindResult && message?.role === "tool";
    isBehindResult = message?.role === "tool";
    if (!message) return element;
    const { own, foreign } = marksOf(message, dialect);
    if (foreign) faults.push({ fault: foreign, of: element.span });
    if (own && follows && dialect === "anthropic") {
      faults.push({ fault: laterResult(own), of: element.span });
      return { ...element, value: written(message, undefined, dialect) };
    }
    const point = own ?? (message.role === "system" && dialect === "converse" ? systemPoint : undefined);
    return { ...element, value: written(message, point, dialect) };
  });
  const messages = { ...list(elements, given.span), order: given.order, cuts: given.cuts };
  return { messages, faults };
}

type Fill = (text: TextValue) => TextValue;

/** Reads a message object, or the system message of an agent; undefined for what was made elsewhere. */
function messageOf(element: ListElement, fill: Fill): HaystackMessage | undefined {
  if (element.value.type === "record") return plainMessage(element);
  const made = constructionOf(element.value);
  const role = made && Object.hasOwn(roles, made.name) ? roles[made.name] : undefined;
  if (!made || role === undefined) return undefined;
  const content = contentOf(made, role).map((block) => ({ ...block, value: filled(block.value, fill) }));
  return { role, content, calls: callsOf(made), meta: metaOf(made), element };
}

function plainMessage(element: ListElement): HaystackMessage | undefined {
  const view = viewRecord(element.value);
  const role = literalText(presentEntry(view, "role")?.value);
  const content = presentEntry(view, "content");
  if (role !== "system" || !content) return undefined;
  const block = listElement(textBlock(content), content.span, content.frame);
  return { role, content: [block], calls: undefined, meta: undefined, element };
}

function filled(block: Value, fill: Fill): Value {
  const content = block.type === "record" ? block.entries.get("text") : undefined;
  if (block.type !== "record" || content?.value.type !== "text") return block;
  return {
    ...block,
    entries: new Map(block.entries).set("text", { ...content, value: fill(content.value) }),
  };
}

function contentOf(made: Construction, role: string): readonly ListElement[] {
  const parts = asList(findArgument(made, ["content_parts"])?.value);
  if (parts) return parts.elements.map((part) => (part.stretch ? part : partOf(part)));
  const content = findArgument(made, role === "tool" ? ["tool_result"] : ["text"], 0);
  return content ? [listElement(textBlock(content), content.span, content.frame)] : [];
}

function partOf(part: ListElement): ListElement {
  const { value, span } = part;
  const made = constructionOf(value);
  const kind = made && mediaOf(made.name);
  const data = made && findArgument(made, ["base64_image", "base64_data", "file_path", "url"], 0);
  if (kind && data) return { ...part, value: mediaBlock(kind, data, span) };
  const inner = made?.name === "TextContent" ? findArgument(made, ["text"], 0) : undefined;
  return { ...part, value: textBlock(inner ?? recordEntry(value, span, span, part.frame), span) };
}

function mediaOf(name: string): "image" | "document" | undefined {
  if (/^ImageContent(?:\.|$)/.test(name)) return "image";
  return /^FileContent(?:\.|$)/.test(name) ? "document" : undefined;
}

function callsOf(made: Construction): ListValue | undefined {
  const calls = asList(findArgument(made, ["tool_calls"])?.value);
  if (!calls) return undefined;
  const elements = calls.elements.map((element) => {
    const call = constructionOf(element.value);
    const name = call && findArgument(call, ["tool_name"], 0);
    const args = call && findArgument(call, ["arguments"], 1);
    if (!name) return element;
    return {
      ...element,
      value: record(element.span, [["name", name], ...(args ? [["args", args] as const] : [])]),
    };
  });
  return list(elements, calls.span);
}

/** `meta` as it was given, or as it was written into afterwards. */
function metaOf(made: Construction): RecordEntryValue | undefined {
  const position = made.name === "ChatMessage.from_tool" ? undefined : 1;
  const later = made.value.fields.get("meta") ?? made.value.fields.get("_meta");
  return findArgument(made, ["meta"], position) ?? later;
}

const keys: Readonly<Record<string, string>> = { anthropic: "cache_control", converse: "cachePoint" };

function marksOf({ meta, element }: HaystackMessage, dialect: Wire["dialect"]) {
  const view = viewRecord(meta?.value);
  const key = keys[dialect];
  const written = key === undefined ? undefined : writtenEntry(view, key);
  const own = written && meta && view?.entries.size === 1 ? placedMark(written, meta) : written;
  const other = Object.values(keys).find((name) => name !== key && isMark(writtenEntry(view, name)?.value));
  const span = other === undefined ? element.span : presentEntry(view, other)!.entrySpan;
  const foreign =
    own || other === undefined || (key === undefined && dialect !== "openai")
      ? undefined
      : foreignMark(other, key, span);
  return { own, foreign };
}

function isMark(value: Value | undefined): boolean {
  return value?.type === "record" && value.entries.has("type");
}

function foreignMark(key: string, own: string | undefined, span: Span): FaultDraft {
  return {
    kind: "ignored",
    span,
    reason: `This generator never looks at \`${key}\` in \`meta\`, so the mark is dropped.`,
    remedy: own === undefined ? "Remove it: the provider caches by itself." : `Write \`${own}\` instead.`,
  };
}

function laterResult({ entrySpan }: RecordEntryValue): FaultDraft {
  return {
    kind: "ignored",
    span: entrySpan,
    reason: "Of tool results that follow each other only the first message's `cache_control` counts.",
    remedy: "Put the mark on the first of them; it is placed behind each of their blocks.",
  };
}

function written(message: HaystackMessage, mark: RecordEntryValue | undefined, dialect: Wire["dialect"]) {
  const { role, content, calls, element } = message;
  const { span } = element;
  const blocks = mark && dialect === "anthropic" ? content.map((block) => marked(block, mark)) : [...content];
  if (mark && dialect === "converse") blocks.push(cachePointElement(mark));
  const isResult = role === "tool" && dialect === "anthropic";
  const body = isResult ? toolResult(content, mark, span) : chatMessage(role, entryOf(blocks, span), span);
  if (calls && dialect === "anthropic") {
    const uses = calls.elements.map((call) => (mark ? marked(toolUse(call), mark) : toolUse(call)));
    return chatMessage(role, entryOf([...blocks, ...uses], span), span);
  }
  if (calls) body.entries.set("tool_calls", recordEntry(calls, calls.span));
  return body;
}

function toolResult(
  content: readonly ListElement[],
  mark: RecordEntryValue | undefined,
  span: Span,
): RecordValue {
  const result = record(span, [
    ["type", recordEntry(text("tool_result", span), span)],
    ["content", entryOf([...content], span)],
  ]);
  if (mark) result.entries.set("cache_control", mark);
  return chatMessage("user", entryOf([listElement(result, span)], span), span);
}

function toolUse(call: ListElement): ListElement {
  const view = viewRecord(call.value);
  const name = presentEntry(view, "name");
  const input = presentEntry(view, "args");
  if (!name) return call;
  const use = record(call.span, [
    ["type", recordEntry(text("tool_use", call.span), call.span)],
    ["name", name],
    ...(input ? [["input", input] as const] : []),
  ]);
  return { ...call, value: use };
}

function entryOf(blocks: ListElement[], span: Span): RecordEntryValue {
  return recordEntry(list(blocks, span), span);
}

function marked(block: ListElement, mark: RecordEntryValue): ListElement {
  if (block.stretch || block.value.type !== "record") return block;
  return {
    ...block,
    value: { ...block.value, entries: new Map(block.value.entries).set("cache_control", mark) },
  };
}
