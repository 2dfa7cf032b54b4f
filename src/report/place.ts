import type { LintResult } from "../engine/result.ts";
import type { CellFinder } from "./report.ts";
import type { Position, Span } from "../source/source-file.ts";

/** A span as people and editors name it. Lines and columns count from 1; the end is exclusive. */
export interface Place {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** Where a span lies. A span in a file whose text is not known, because it could not be read, is at its beginning. */
export function placeOf(span: Span, files: LintResult["files"]): Place {
  const file = files.get(span.file);
  const start = file?.positionAt(span.start) ?? { line: 1, column: 1 };
  return { file: span.file, start, end: file?.positionAt(span.end) ?? start };
}

/** `file:line:column`, which terminals and editors turn into a link. */
export function placeText(place: Place): string {
  return `${printable(place.file)}:${place.start.line}:${place.start.column}`;
}

/** ` (cell 3, line 2)` for a span in a notebook, whose lines in the file nobody sees; otherwise nothing. */
export function cellText(span: Span, files: LintResult["files"], cellAt: CellFinder | undefined): string {
  const file = files.get(span.file);
  const found = file && cellAt?.(file, span.start);
  return found ? ` (cell ${found.cell}, line ${found.cellLine})` : "";
}

/** Orders texts by code unit, the same on every machine. */
export function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Orders places by file, then position. */
export function byPlace(a: Place, b: Place): number {
  return (
    byCodeUnit(a.file, b.file) ||
    a.start.line - b.start.line ||
    a.start.column - b.start.column ||
    a.end.line - b.end.line ||
    a.end.column - b.end.column
  );
}

// Control characters can move the cursor and restyle a terminal, and bidirectional ones can reorder what is shown.
const unprintable = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Text from an analyzed file or its name, on one line and safe to print to a terminal. */
export function printable(text: string): string {
  return text.replaceAll("\t", " ").replace(unprintable, "\ufffd");
}
