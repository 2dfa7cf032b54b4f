import type { Edit } from "../source/edit.ts";
import type { Span } from "../source/source-file.ts";

/**
 * How one file is edited by the rules of its language. Places are spans of the program or the data that was read from
 * the file. Each method gives the edits, of which none overlap, or undefined where the change cannot be made cleanly.
 * No edit drops a comment.
 */
export interface SyntaxEditor {
  /**
   * Takes out the entry of a record, the element of a list, the argument of a call, or the assignment that stands at
   * exactly this place, with its separator and, if it is alone there, its line.
   */
  remove(at: Span): readonly Edit[] | undefined;
  /** Writes another text into the literal at this place, or into the entry here whose value is a literal. */
  setText(at: Span, text: string): readonly Edit[] | undefined;
}

/** A replacement of a stretch of one text, by offsets. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text after edits that do not overlap. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}
