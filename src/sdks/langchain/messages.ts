import { readCacheControl, readCachePoint } from "../../dialects/marks.ts";
import { presentEntry, viewRecord, writtenEntry } from "../../dialects/record-view.ts";
import type { FaultDraft } from "../../dialects/request-draft.ts";
import type { Span } from "../../source/source-file.ts";
import { list, listElement, record, recordEntry, text } from "../../value/construct.ts";
import { asList, literalText } from "../../value/inspect.ts";
import type {
  ListElement,
  ListValue,
  OpaqueValue,
  RecordEntryValue,
  RecordValue,
  Value,
} from "../../value/value.ts";
import { chatMessage } from "../chat-body.ts";
import { constructionOf, findArgument, type Construction } from "../construction.ts";

/** The roles of the message classes, and of the names that stand for them in tuples and dicts. */
const classRoles: Readonly<Record<string, string>> = {
  SystemMessage: "system",
  HumanMessage: "user",
  AIMessage: "assistant",
  AIMessageChunk: "assistant",
  ToolMessage: "tool",
};
const nameRoles: Readonly<Record<string, string>> = {
  system: "system",
  developer: "system",
  human: "user",
  user: "user",
  ai: "assistant",
  assistant: "assistant",
  tool: "tool",
};

/** The messages a model is given: a prompt's messages, a list, or one text. */
export function messagesOf(input: Value, span: Span): ListValue {
  const known = asList(input);
  if (known) {
    // A tuple in the place of the list is a list of messages, too: only inside one it is a message.
    const elements = known.elements.map((element) => messageElement(element));
    return { ...list(elements, known.span), order: known.order, cuts: known.cuts };
  }
  if (input.type === "opaque" && !messageOf(input, span)) {
    return list([listElement(input, span, input.frame, !isText(input))], span);
  }
  const message = messageOf(input, span) ?? chatMessage("user", recordEntry(input, span), span);
  return list([listElement(message, span)], span);
}

/** A value that may be a text or a list of messages is taken for a text where its name or scope says that it is one. */
function isText({ scope }: OpaqueValue): boolean {
  return scope === "turn" || scope === "request";
}

/** An element of a list of messages: a message as a record where it can be read. */
export function messageElement(element: ListElement): ListElement {
  if (element.stretch) return element;
  const message = messageOf(element.value, element.span);
  return message ? { ...element, value: message } : element;
}

/** A message object, a tuple of role and content, a dict, or a text. */
function messageOf(value: Value, span: Span): RecordValue | undefined {
  if (value.type === "text") return chatMessage("user", recordEntry(value, span), span);
  const pair = value.type === "list" && value.elements.length === 2 ? value.elements : undefined;
  if (pair) {
    const role = roleOfName(pair[0]!.value);
    if (role === undefined) return undefined;
    return chatMessage(role, contentEntry(recordEntry(pair[1]!.value, pair[1]!.span)), span);
  }
  if (value.type === "record") return messageOfRecord(value, span);
  const made = constructionOf(value);
  if (made) return messageOfClass(made, span);
  // Of a message that is not in view the code has said at least what it holds.
  const written = value.type === "opaque" ? writtenEntry(viewRecord(value), "content") : undefined;
  return written && chatMessage("user", contentEntry(written), span);
}

/** The role a name stands for in tuples, dicts and templates. */
export function roleOfName(value: Value | undefined): string | undefined {
  const name = literalText(value);
  return name !== undefined && Object.hasOwn(nameRoles, name) ? nameRoles[name] : undefined;
}

/** Whether a value lists messages that are objects of LangChain's classes, which nobody else takes. */
export function holdsMessageObjects(value: Value): boolean {
  return (asList(value)?.elements ?? []).some((element) => {
    const made = constructionOf(element.value);
    return made !== undefined && Object.hasOwn(classRoles, made.name) && /langchain/.test(made.module ?? "");
  });
}

function messageOfRecord(value: RecordValue, span: Span): RecordValue | undefined {
  const view = viewRecord(value)!;
  const role = roleOfName((presentEntry(view, "role") ?? presentEntry(view, "type"))?.value);
  const content = presentEntry(view, "content");
  if (role === undefined || !content) return undefined;
  const message = chatMessage(role, contentEntry(content), span);
  for (const key of ["tool_calls", "additional_kwargs"]) {
    const entry = presentEntry(view, key);
    if (entry) message.entries.set(key, entry);
  }
  return message;
}

function messageOfClass(made: Construction, span: Span): RecordValue | undefined {
  const role = Object.hasOwn(classRoles, made.name) ? classRoles[made.name] : undefined;
  if (role === undefined) return undefined;
  const content =
    writtenEntry(viewRecord(made.value), "content") ??
    findArgument(made, ["content"], 0) ??
    findArgument(made, ["content_blocks", "contentBlocks"]);
  const message = chatMessage(role, content && contentEntry(content), span);
  const calls = findArgument(made, ["tool_calls"]);
  if (calls) message.entries.set("tool_calls", calls);
  const extra = findArgument(made, ["additional_kwargs"]) ?? made.value.fields.get("additional_kwargs");
  if (extra) message.entries.set("additional_kwargs", extra);
  return message;
}

/** A content with the cache points that a call makes written out. */
function contentEntry(entry: RecordEntryValue): RecordEntryValue {
  const known = entry.value.type === "list" ? entry.value : undefined;
  if (!known) return entry;
  return { ...entry, value: { ...known, elements: known.elements.map(withCachePoint) } };
}

/** `ChatBedrockConverse.create_cache_point()` as the element it gives. */
export function withCachePoint(element: ListElement): ListElement {
  const { value, span } = element;
  const made = constructionOf(value);
  if (!made || !/(?:^|\.)create_cache_point$/.test(made.name)) return element;
  const type = findArgument(made, ["cache_type"], 0) ?? recordEntry(text("default", span), span);
  const ttl = findArgument(made, ["ttl"]);
  const point = record(span, [["type", type], ...(ttl ? [["ttl", ttl] as const] : [])]);
  return { ...element, value: record(span, [["cachePoint", recordEntry(point, span)]]) };
}

/** The marks that stand in `additional_kwargs`, of which nothing is sent. */
export function marksInExtras(messages: ListValue): readonly FaultDraft[] {
  return messages.elements.flatMap(({ value }) => {
    const extra = value.type === "record" ? presentEntry(viewRecord(value), "additional_kwargs") : undefined;
    const view = viewRecord(extra?.value);
    const mark = readCacheControl(view) ?? readCacheControl(view, "cacheControl") ?? readCachePoint(view);
    if (!mark) return [];
    return [
      {
        kind: "ignored",
        span: mark.span,
        reason:
          "LangChain sends nothing of `additional_kwargs` to the provider, so this mark never becomes a cache checkpoint.",
        remedy: "Give the message a list of content blocks and put the mark on the last block.",
      } as const,
    ];
  });
}
