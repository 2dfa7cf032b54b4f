import type { Span } from "../source/source-file.ts";
import { asList, literalText } from "../value/inspect.ts";
import type { RecordEntryValue, TextPart, Value } from "../value/value.ts";
import {
  blockText,
  entryText,
  fieldTexts,
  isEmptyText,
  sourceParts,
  unknownBlock,
  valueText,
  type BlockText,
} from "./block-text.ts";
import { readCacheControl, type Mark } from "./marks.ts";
import { printEntries, printValue } from "./print-value.ts";
import { holePart, presentEntry, viewRecord, type RecordView } from "./record-view.ts";

/** What the model reads of a content block of the Messages API. */
export function anthropicBlock(value: Value, view: RecordView, span: Span): BlockText {
  const type = literalText(presentEntry(view, "type")?.value);
  switch (type) {
    case "text":
      return { kind: "text", parts: blockText(view, "text", span) };
    case "image":
      return { kind: "image", parts: sourceParts(presentEntry(view, "source"), sourceKeys) };
    case "document":
      return { kind: "document", parts: documentParts(view) };
    case "search_result":
      return { kind: "document", parts: [...fieldTexts(view, ["title", "source"]), ...contentParts(view)] };
    case "thinking":
      return { kind: "thinking", parts: entryText(presentEntry(view, "thinking")) };
    case "redacted_thinking":
      return { kind: "thinking", parts: entryText(presentEntry(view, "data")) };
    case "tool_use":
    case "server_tool_use":
    case "mcp_tool_use":
      return { kind: "toolUse", parts: printEntries(pick(view, ["name", "input"]), [], span) };
    case undefined:
      // A block without a readable type is still text when the code gives it one.
      if (view.rest.length > 0 || !presentEntry(view, "text")) return unknownBlock(value, view, span);
      return { kind: "text", parts: entryText(presentEntry(view, "text")) };
    default:
      if (type.endsWith("tool_result")) return { kind: "toolResult", parts: contentParts(view) };
      return {
        kind: "other",
        parts: printEntries(without(view, ["type", "cache_control"]), view.rest, span),
      };
  }
}

const sourceKeys = ["data", "url", "file_id"];

function documentParts(view: RecordView): readonly TextPart[] {
  const head = fieldTexts(view, ["title", "context"]);
  const source = presentEntry(view, "source");
  const inner = viewRecord(source?.value);
  if (inner && presentEntry(inner, "content")) return [...head, ...contentParts(inner)];
  return [...head, ...sourceParts(source, sourceKeys)];
}

/** The text of `content`: a string, or blocks one after the other. */
function contentParts(view: RecordView): readonly TextPart[] {
  const content = presentEntry(view, "content");
  const list = asList(content?.value);
  if (!content || !list)
    return content ? entryText(content) : view.rest.map((rest) => holePart(rest, rest.span));
  return list.elements.flatMap(({ value, span }) => {
    const block = viewRecord(value);
    return block ? anthropicBlock(value, block, span).parts : valueText(value, span);
  });
}

/** What the model reads of a tool definition; a deferred tool stays out of the prompt until it is searched for. */
export function anthropicTool(value: Value, view: RecordView | undefined, span: Span): readonly TextPart[] {
  if (!view) return printValue(value, span);
  if (isDeferred(view)) return [];
  const entries = view.entries.has("input_schema")
    ? renamed(view, { description: "description", name: "name", input_schema: "parameters" })
    : without(view, ["cache_control", "cachePoint", "cacheControl"]);
  if (value.type === "opaque" && entries.length === 0) return [holePart(value, span)];
  return printEntries(entries, view.rest, span);
}

/** True for a tool with `defer_loading: true`. */
export function isDeferred(view: RecordView): boolean {
  const deferred = presentEntry(view, "defer_loading")?.value;
  return deferred?.type === "constant" && deferred.value === true;
}

/** Why a mark cannot stand on a block, with the name of the API's error; undefined where it can. */
export function findUnmarkable(
  view: RecordView,
  block: BlockText,
): { readonly reason: string; readonly error?: string } | undefined {
  const type = literalText(presentEntry(view, "type")?.value);
  if (block.kind === "thinking") return { reason: `A \`${type}\` block cannot carry a mark.` };
  if (block.kind === "text" && view.rest.length === 0 && isEmptyText(block.parts)) {
    return { reason: "An empty text cannot carry a mark.", error: "empty-text" };
  }
  return undefined;
}

/** A mark inside another block. */
export interface NestedMark {
  readonly mark: Mark;
  /** True: it stands on the last block in a tool result, so it marks the same place as one on the tool result. */
  readonly endsToolResult: boolean;
}

/** Marks on the blocks inside a tool result, a document or a search result. */
export function nestedMarks(view: RecordView): readonly NestedMark[] {
  const type = literalText(presentEntry(view, "type")?.value);
  const source = viewRecord(presentEntry(view, "source")?.value);
  const content =
    type === "document" && source ? presentEntry(source, "content") : presentEntry(view, "content");
  const elements = asList(content?.value)?.elements ?? [];
  return elements.flatMap(({ value }, index) => {
    const mark = readCacheControl(viewRecord(value));
    const endsToolResult = type === "tool_result" && index === elements.length - 1;
    return mark ? [{ mark, endsToolResult }] : [];
  });
}

type Entries = readonly (readonly [string, RecordEntryValue])[];

function pick(view: RecordView, keys: readonly string[]): Entries {
  return renamed(view, Object.fromEntries(keys.map((key) => [key, key])));
}

/** The entries under some keys, in the order and with the names the model sees. */
export function renamed(view: RecordView, names: Readonly<Record<string, string>>): Entries {
  return Object.entries(names).flatMap(([key, name]) => {
    const entry = presentEntry(view, key);
    return entry ? [[name, entry] as const] : [];
  });
}

/** All entries but those under some keys. */
export function without(view: RecordView, keys: readonly string[]): Entries {
  return [...view.entries].filter(([key]) => !keys.includes(key));
}
