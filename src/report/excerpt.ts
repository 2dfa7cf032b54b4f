import type { LintResult } from "../engine/result.ts";
import type { SourceFile, Span } from "../source/source-file.ts";
import type { CellFinder } from "./report.ts";
import { printable } from "./place.ts";
import { columnsOf } from "./text-layout.ts";

/** One source line with the part below which carets belong. */
export interface Excerpt {
  readonly line: number;
  /** The line as printed: tabs widened, cut at both ends where it is too long, safe to print. */
  readonly text: string;
  /** Columns in front of the first caret. */
  readonly indent: number;
  /** How many carets; at least one. */
  readonly carets: number;
  /** True where the span goes on behind this line. */
  readonly continues: boolean;
}

/**
 * The first line of a span, fitted into `width` columns around the span; undefined where the text of the file is not
 * known.
 */
export function excerptOf(
  span: Span,
  files: LintResult["files"],
  width: number,
  cellAt?: CellFinder,
): Excerpt | undefined {
  const file = files.get(span.file);
  if (!file) return undefined;
  const { line, start, full, end } = inCell(file, span, cellAt) ?? inFile(file, span);
  const from = start - 1;
  const to = end === undefined ? full.length : end - 1;

  const { first, last } = windowAround(full, from, to, width);
  const seen = Math.min(to, last);
  const head = (full.slice(0, first).trim() === "" ? "" : "…") + shown(full.slice(first, from));
  const body = shown(full.slice(from, seen));
  const tail = shown(full.slice(seen, last)) + (last < full.length ? "…" : "");
  return {
    line,
    text: (head + body + tail).trimEnd(),
    indent: columnsOf(head),
    carets: Math.max(1, columnsOf(body)),
    continues: end === undefined || to > last,
  };
}

/** The first line of a span: its number and text, and the columns from 1 where the span begins and, in it, ends. */
interface FirstLine {
  readonly line: number;
  readonly full: string;
  readonly start: number;
  readonly end: number | undefined;
}

function inFile(file: SourceFile, span: Span): FirstLine {
  const { line, column } = file.positionAt(span.start);
  const end = file.positionAt(span.end);
  return { line, full: file.lineText(line), start: column, end: end.line === line ? end.column : undefined };
}

/** In a notebook people know the lines of cells; in the file they are strings with escapes. */
function inCell(file: SourceFile, span: Span, cellAt: CellFinder | undefined): FirstLine | undefined {
  const first = cellAt?.(file, span.start);
  const last = cellAt?.(file, span.end);
  if (!first?.source || !last?.source) return undefined;
  const endsHere = first.cell === last.cell && first.cellLine === last.cellLine;
  const { text, column } = first.source;
  return { line: first.cellLine, full: text, start: column, end: endsHere ? last.source.column : undefined };
}

/** The stretch of a line to print: all of it where it fits, otherwise some of the span with text around it. */
function windowAround(
  text: string,
  from: number,
  to: number,
  width: number,
): { first: number; last: number } {
  // The columns of a long line are counted only as far as they can matter.
  if (text.length <= 2 * width && columnsOf(shown(text)) <= width) return { first: 0, last: text.length };
  // Both ends may need an ellipsis.
  const room = width - 2;
  const indentation = Math.min(from, text.length - text.trimStart().length);
  // The span gets what it needs, and the text in front of it the rest, but a quarter in any case.
  const lead = Math.max(Math.floor(room / 4), room - (to - from));
  let first = from;
  let used = 0;
  while (first > indentation) {
    const previous = characterBefore(text, first);
    const columns = columnsOf(shown(text.slice(previous, first)));
    if (used + columns > lead) break;
    used += columns;
    first = previous;
  }
  let last = from;
  while (last < text.length) {
    const next = last + (text.codePointAt(last)! > 0xffff ? 2 : 1);
    used += columnsOf(shown(text.slice(last, next)));
    if (used > room) break;
    last = next;
  }
  return { first, last };
}

/** The offset of the character that ends at an offset. */
function characterBefore(text: string, offset: number): number {
  return offset > 1 && text.codePointAt(offset - 2)! > 0xffff ? offset - 2 : offset - 1;
}

function shown(text: string): string {
  return printable(text.replaceAll("\t", "    "));
}
