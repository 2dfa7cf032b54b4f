import type { SegmentKind } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { textParts } from "../value/inspect.ts";
import type { RecordEntryValue, TextPart, Value } from "../value/value.ts";
import { printValue } from "./print-value.ts";
import { holePart, presentEntry, viewRecord, type RecordView } from "./record-view.ts";

/** A content block as far as the model reads it. */
export interface BlockText {
  readonly kind: SegmentKind;
  readonly parts: readonly TextPart[];
}

/** The text of an entry that should be text; structured values are printed, a missing entry gives no parts. */
export function entryText(entry: RecordEntryValue | undefined): readonly TextPart[] {
  return entry ? valueText(entry.value, entry.span) : [];
}

/** The text of a block under a key; where the block is not all in view, it has one all the same. */
export function blockText(view: RecordView, key: string, span: Span): readonly TextPart[] {
  const entry = presentEntry(view, key);
  const [hole] = view.rest;
  return entry || !hole ? entryText(entry) : [holePart(hole, span)];
}

/** The text of a value that should be text; structured values are printed. */
export function valueText(value: Value, span: Span): readonly TextPart[] {
  return textParts(value, span) ?? printValue(value, span);
}

/** The texts of several keys of an object, one after the other. */
export function fieldTexts(view: RecordView, keys: readonly string[]): readonly TextPart[] {
  return keys.flatMap((key) => entryText(presentEntry(view, key)));
}

/**
 * What identifies the bytes of an image or a document: the first of the keys the source has. An opaque source is one
 * hole.
 */
export function sourceParts(
  entry: RecordEntryValue | undefined,
  keys: readonly string[],
): readonly TextPart[] {
  const view = viewRecord(entry?.value);
  const known = view && keys.map((key) => presentEntry(view, key)).find((found) => found !== undefined);
  return entryText(known ?? entry);
}

/** What is left of an object whose kind is not known: its opaque part, or all of it, printed. */
export function unknownBlock(value: Value, view: RecordView, span: Span): BlockText {
  const [hole] = view.rest;
  return { kind: "other", parts: hole ? [holePart(hole, span)] : printValue(value, span) };
}

/** True for text that is certainly empty. */
export function isEmptyText(parts: readonly TextPart[]): boolean {
  return parts.every((part) => part.kind === "literal" && part.text === "");
}
