/** A stretch of one file: UTF-16 offsets into its text, `end` exclusive. */
export interface Span {
  /** Path as it was given to the run, with forward slashes. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** A place a person can go to: lines and columns count from 1, columns in UTF-16 units as editors count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The text of one file with a way from offsets to lines and columns. */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  #lineStarts: number[] | undefined;

  /** @param path path as shown to the user; @param text the decoded text, without a byte order mark. */
  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** Offsets at which the lines begin; `\n`, `\r\n` and a lone `\r` each end a line. */
  get lineStarts(): readonly number[] {
    if (this.#lineStarts) return this.#lineStarts;
    const starts = [0];
    for (const match of this.text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
    this.#lineStarts = starts;
    return starts;
  }

  /** The line and column, both from 1, of an offset; offsets outside the text are moved to its nearest end. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    const starts = this.lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - starts[low]! + 1 };
  }

  /** The text of a line, counted from 1, without its line end; empty when there is no such line. */
  lineText(line: number): string {
    const start = this.lineStarts[line - 1];
    if (start === undefined) return "";
    const end = this.lineStarts[line] ?? this.text.length;
    return this.text.slice(start, end).replace(/\r?\n$|\r$/, "");
  }
}
