import type { Span } from "../source/source-file.ts";
import { asList, literalText } from "../value/inspect.ts";
import type { RecordEntryValue, TextPart, Value } from "../value/value.ts";
import { renamed, without } from "./anthropic-blocks.ts";
import { entryText, fieldTexts, sourceParts, unknownBlock, valueText, type BlockText } from "./block-text.ts";
import { printEntries } from "./print-value.ts";
import { holePart, presentEntry, viewRecord, type RecordView } from "./record-view.ts";

/** What the model reads of a content block of Converse and Nova, where the one key of the object is the kind. */
export function taggedBlock(value: Value, view: RecordView, span: Span): BlockText {
  for (const [key, read] of Object.entries(readers)) {
    const entry = presentEntry(view, key);
    if (entry) return read(entry);
  }
  return unknownBlock(value, view, span);
}

const readers: Readonly<Record<string, (entry: RecordEntryValue) => BlockText>> = {
  text: (entry) => ({ kind: "text", parts: entryText(entry) }),
  image: (entry) => ({ kind: "image", parts: mediaParts(entry) }),
  document: (entry) => ({ kind: "document", parts: mediaParts(entry) }),
  video: (entry) => ({ kind: "other", parts: mediaParts(entry) }),
  toolUse: (entry) => ({ kind: "toolUse", parts: toolUseParts(entry) }),
  toolResult: (entry) => ({ kind: "toolResult", parts: contentParts(entry) }),
  searchResult: (entry) => ({ kind: "document", parts: contentParts(entry) }),
  reasoningContent: (entry) => ({ kind: "thinking", parts: reasoningParts(entry) }),
  guardContent: (entry) => ({ kind: "text", parts: guardParts(entry) }),
  citationsContent: (entry) => ({ kind: "text", parts: contentParts(entry) }),
};

function mediaParts(entry: RecordEntryValue): readonly TextPart[] {
  const view = viewRecord(entry.value);
  if (!view) return entryText(entry);
  const source = presentEntry(view, "source");
  // The name of a document is shown to the model.
  const name = fieldTexts(view, ["name", "context"]);
  if (!source) return [...name, ...view.rest.map((rest) => holePart(rest, entry.span))];
  const location = viewRecord(presentEntry(viewRecord(source.value), "s3Location")?.value);
  return [...name, ...sourceParts(presentEntry(location, "uri") ?? source, ["bytes", "text", "content"])];
}

function toolUseParts(entry: RecordEntryValue): readonly TextPart[] {
  const view = viewRecord(entry.value);
  if (!view) return entryText(entry);
  return printEntries(renamed(view, { name: "name", input: "input" }), view.rest, entry.span);
}

function contentParts(entry: RecordEntryValue): readonly TextPart[] {
  const view = viewRecord(entry.value);
  if (!view) return entryText(entry);
  const content = presentEntry(view, "content");
  const list = asList(content?.value);
  const head = fieldTexts(view, ["title", "source"]);
  if (!content || !list) {
    return content
      ? [...head, ...entryText(content)]
      : [...head, ...view.rest.map((rest) => holePart(rest, entry.span))];
  }
  return [
    ...head,
    ...list.elements.flatMap(({ value, span }) => {
      const block = viewRecord(value);
      return block ? nestedParts(value, block, span) : valueText(value, span);
    }),
  ];
}

function nestedParts(value: Value, view: RecordView, span: Span): readonly TextPart[] {
  // A cache point does not belong here, and it is no text in any case.
  if (presentEntry(view, "cachePoint") && view.entries.size === 1) return [];
  const json = presentEntry(view, "json");
  return json ? entryText(json) : taggedBlock(value, view, span).parts;
}

function reasoningParts(entry: RecordEntryValue): readonly TextPart[] {
  const view = viewRecord(entry.value);
  const text = presentEntry(view, "reasoningText");
  return text ? guardParts(text) : entryText(presentEntry(view, "redactedContent") ?? entry);
}

/** `{text: {text: ...}}` or `{text: ...}`. */
function guardParts(entry: RecordEntryValue): readonly TextPart[] {
  const text = presentEntry(viewRecord(entry.value), "text");
  if (!text) return entryText(entry);
  return entryText(presentEntry(viewRecord(text.value), "text") ?? text);
}

/** What the model reads of an element of `toolConfig.tools`. */
export function taggedTool(view: RecordView, span: Span): readonly TextPart[] {
  const spec = presentEntry(view, "toolSpec");
  const tool = viewRecord(spec?.value);
  if (!spec || !tool || tool.entries.size === 0) {
    const hole = spec?.value.type === "opaque" ? spec.value : view.rest[0];
    return hole
      ? [holePart(hole, span)]
      : printEntries(without(view, ["cachePoint", "cache_control"]), [], span);
  }
  const schema = presentEntry(tool, "inputSchema");
  const json = presentEntry(viewRecord(schema?.value), "json") ?? schema;
  const entries = renamed(tool, { description: "description", name: "name" });
  return printEntries([...entries, ...(json ? [["parameters", json] as const] : [])], tool.rest, span);
}

/** True for a document whose format is readable and not PDF. */
export function isPlainDocument(view: RecordView): boolean {
  const format = literalText(
    presentEntry(viewRecord(presentEntry(view, "document")?.value), "format")?.value,
  );
  return format !== undefined && format !== "pdf";
}
