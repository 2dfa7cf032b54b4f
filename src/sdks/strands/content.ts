import { presentEntry, viewRecord } from "../../dialects/record-view.ts";
import type { Span } from "../../source/source-file.ts";
import { list, listElement, record, recordEntry, text } from "../../value/construct.ts";
import { asList } from "../../value/inspect.ts";
import type { ListElement, RecordEntryValue, Value } from "../../value/value.ts";
import { chatMessage } from "../chat-body.ts";
import { constructionOf, findArgument } from "../construction.ts";

/** The blocks of a system prompt, or of a message: a text, or a list of blocks. */
export function blocksOf({ value, span, frame }: RecordEntryValue): RecordEntryValue {
  const known = asList(value);
  if (!known || known.elements.some(({ stretch }) => stretch)) {
    const isBlocks = known !== undefined || value.type === "list";
    const block = record(span, [["text", recordEntry(value, span, span, frame)]]);
    return recordEntry(isBlocks ? value : list([listElement(block, span)], span), span, span, frame);
  }
  const elements = known.elements.map((element) => ({
    ...element,
    value: blockOf(element.value, element.span),
  }));
  const blocks = { ...list(elements, known.span), order: known.order, cuts: known.cuts };
  return recordEntry(blocks, span, span, frame);
}

/** A block: a dict, one of the typed dicts of Python, or an object of the classes of TypeScript. */
function blockOf(value: Value, span: Span): Value {
  if (value.type === "text") return record(span, [["text", recordEntry(value, span)]]);
  const made = constructionOf(value);
  if (made?.name === "CachePointBlock" || made?.name === "CachePoint") {
    const point = record(span, [
      ["type", findArgument(made, ["type", "cacheType"]) ?? recordEntry(text("default", span), span)],
    ]);
    const ttl = findArgument(made, ["ttl"]);
    if (ttl) point.entries.set("ttl", ttl);
    return record(span, [["cachePoint", recordEntry(point, span)]]);
  }
  if (made?.name === "TextBlock") {
    const content = findArgument(made, ["text"], 0);
    return content ? record(span, [["text", content]]) : value;
  }
  if (made && /^(?:SystemContentBlock|ContentBlock)$/.test(made.name)) {
    const keys = made.arguments.flatMap(({ name }) => (name === undefined ? [] : [name]));
    return record(
      span,
      keys.flatMap((key) => {
        const entry = findArgument(made, [key]);
        return entry ? [[key, pointEntry(key, entry)] as const] : [];
      }),
    );
  }
  if (value.type !== "record" || !value.entries.has("cachePoint")) return value;
  const entries = new Map([...value.entries].map(([key, entry]) => [key, pointEntry(key, entry)]));
  return { ...value, entries };
}

/** The cache point of TypeScript calls its type `cacheType`; `CachePoint(type=...)` is a typed dict. */
function pointEntry(key: string, entry: RecordEntryValue): RecordEntryValue {
  if (key !== "cachePoint") return entry;
  if (constructionOf(entry.value)) {
    const block = blockOf(entry.value, entry.span);
    return (block.type === "record" && block.entries.get("cachePoint")) || entry;
  }
  const type = presentEntry(viewRecord(entry.value), "cacheType");
  if (!type || entry.value.type !== "record") return entry;
  return { ...entry, value: { ...entry.value, entries: new Map(entry.value.entries).set("type", type) } };
}

/** The messages a prompt becomes: one of the user, or those it lists. */
export function promptMessages(prompt: RecordEntryValue): readonly ListElement[] {
  const { span, frame } = prompt;
  const elements = asList(prompt.value)?.elements ?? [];
  const isMessages = elements.some(({ value }) => presentEntry(viewRecord(value), "role") !== undefined);
  if (isMessages) return elements.map(messageElement);
  return [listElement(chatMessage("user", blocksOf(prompt), span), span, frame)];
}

/** A message with its blocks read. */
export function messageElement(element: ListElement): ListElement {
  const view = element.stretch ? undefined : viewRecord(element.value);
  const content = presentEntry(view, "content");
  if (!content || element.value.type !== "record" || !asList(content.value)) return element;
  const entries = new Map(element.value.entries).set("content", blocksOf(content));
  return { ...element, value: { ...element.value, entries } };
}
