import type { Edit } from "../source/edit.ts";
import type { Span } from "../source/source-file.ts";

/** A value as JSON has it. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

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
  /** Puts a mark on the block at this place: as an entry of it, or as an element of its own behind it. */
  addMark?(block: Span, form: "entry" | "element", key: string, value: Data): readonly Edit[] | undefined;
  /** Moves a mark to the block at another place, in the form it has. */
  moveMark?(mark: Span, block: Span): readonly Edit[] | undefined;
  /** Moves an element behind another one, or behind the mark that stands behind that. */
  moveBehind?(element: Span, block: Span, mark: Span | undefined): readonly Edit[] | undefined;
  /** Makes an entry of an element an element of its own behind it. */
  isolate?(entry: Span): readonly Edit[] | undefined;
  /**
   * Takes the lines that hold a value out of the text of a block: they become a block of their own behind the one at
   * `end`, and behind the mark that may stand there as an element. The new block has none of the marks.
   * @param isTail true: what follows the lines goes with them, so a text of one line can be cut as well
   */
  split?(
    block: Span,
    hole: Span,
    end: Span,
    marks: readonly Span[],
    isTail: boolean,
  ): readonly Edit[] | undefined;
  /** Writes data in the place of an expression, and the expression in the place of the `slot` in it. */
  wrap?(expression: Span, data: Data, slot: string): readonly Edit[] | undefined;
  /**
   * Sorts what an expression gives, by its elements or by a field of theirs.
   * @param onlyTexts true: only where all of the elements are surely texts
   */
  sort?(expression: Span, key: SortKey, onlyTexts: boolean): readonly Edit[] | undefined;
  /** Gives the call at this place one more argument by name; undefined where it has one or may have. */
  addArgument?(call: Span, name: string, value: Data): readonly Edit[] | undefined;
  /** Moves the lines of a text that hold a value to the end of the text. */
  moveToEnd?(hole: Span): readonly Edit[] | undefined;
  /**
   * Moves the text of a block to the end of a list of blocks, as a block of its own, or in front of a text.
   * @param hole a value: only its lines are moved; undefined: all of the block, which has nothing but its text
   * @param to a block of the list, or the text
   * @param data a block of this kind, with the `slot` for its text
   */
  moveToText?(
    block: Span,
    hole: Span | undefined,
    to: Span,
    data: Readonly<Record<string, Data>>,
    slot: string,
  ): readonly Edit[] | undefined;
}

/** What a sort compares: the elements themselves, or a field of theirs, by its path. */
export type SortKey =
  { readonly kind: "element" } | { readonly kind: "field"; readonly path: readonly string[] };

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
