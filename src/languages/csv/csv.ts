import type { SourceFile, Span } from "../../source/source-file.ts";
import { list, listElement, record, recordEntry, text } from "../../value/construct.ts";
import type { DataContent } from "../../value/data-content.ts";

/** Most rows that are read. */
const maximumRows = 2_000;

/**
 * Reads a table with commas, as RFC 4180 says: one list of records, with the names of the first row as keys. Never
 * throws on bad input; a quote that is not closed ends with the file.
 */
export function readCsv(file: SourceFile): DataContent {
  const [header, ...rows] = rowsOf(file);
  const span = spanOf(file, 0, file.text.length);
  const records = rows.map((cells) => {
    const entries = (header ?? []).flatMap(({ value: name }, index) => {
      const cell = cells[index];
      return cell ? [[name.trim(), recordEntry(text(cell.value, cell.span), cell.span)] as const] : [];
    });
    const place = { ...span, start: cells[0]!.span.start, end: cells.at(-1)!.span.end };
    return listElement(record(place, entries), place);
  });
  return { values: [{ value: list(records, span), span }], problems: [] };
}

interface Cell {
  readonly value: string;
  readonly span: Span;
}

function rowsOf(file: SourceFile): readonly (readonly Cell[])[] {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  for (const match of file.text.matchAll(/("(?:[^"]|"")*(?:"|$)|[^",\r\n]*)[^,\r\n]*(,|\r?\n|\r|$)/g)) {
    const [whole, cell = "", end] = match;
    if (whole === "" && row.length === 0) break;
    const isQuoted = cell.startsWith('"');
    const value = isQuoted ? cell.slice(1).replace(/"$/, "").replaceAll('""', '"') : cell;
    row.push({ value, span: spanOf(file, match.index, match.index + cell.length) });
    if (end === ",") continue;
    if (row.length > 1 || value !== "") rows.push(row);
    row = [];
    if (whole === "" || rows.length > maximumRows) break;
  }
  return rows;
}

function spanOf(file: SourceFile, start: number, end: number): Span {
  return { file: file.path, start, end };
}
