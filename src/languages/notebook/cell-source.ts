/** A JSON string as it stands in a file. */
export interface JsonString {
  /** Offset of the opening quote. */
  readonly offset: number;
  /** Length with both quotes. */
  readonly length: number;
}

/** A string of a cell's source: where its text stands in the source, and the string with its quotes in the file. */
export interface CellString {
  readonly textStart: number;
  readonly textEnd: number;
  readonly fileStart: number;
  readonly fileEnd: number;
}

/** The source of a cell, put together from JSON strings, with the way back from each character to the file. */
export class CellSource {
  readonly text: string;
  /** Offset in the file of the first character. */
  readonly start: number;
  /** Offset in the file behind the last character. */
  readonly end: number;
  /** The strings it is put together from, in order. */
  readonly strings: readonly CellString[];
  /** From `#runs[i]` on, characters stand in the file one by one from `#places[i]` on. */
  readonly #runs: number[] = [];
  readonly #places: number[] = [];
  /** How long one character of a run is in the file: 1, or the length of an escape, which is a run of its own. */
  readonly #widths: number[] = [];

  /** @param file text of the notebook; @param strings where the pieces of the source stand in it, in order. */
  constructor(file: string, strings: readonly JsonString[]) {
    let text = "";
    const placed: CellString[] = [];
    let end = strings[0] ? strings[0].offset + 1 : 0;
    this.start = end;
    for (const { offset, length } of strings) {
      const isClosed = length > 1 && file[offset + length - 1] === '"';
      const contentEnd = offset + length - (isClosed ? 1 : 0);
      const textStart = text.length;
      let at = offset + 1;
      while (at < contentEnd) {
        const backslash = file.indexOf("\\", at);
        const plainEnd = backslash < 0 || backslash >= contentEnd ? contentEnd : backslash;
        if (plainEnd > at) {
          this.#addRun(text.length, at, 1);
          text += file.slice(at, plainEnd);
          at = plainEnd;
        } else {
          const escape = file.slice(at, Math.min(contentEnd, at + (file[at + 1] === "u" ? 6 : 2)));
          this.#addRun(text.length, at, escape.length);
          text += decodeJsonEscape(escape);
          at += escape.length;
        }
      }
      end = contentEnd;
      placed.push({ textStart, textEnd: text.length, fileStart: offset, fileEnd: offset + length });
    }
    this.strings = placed;
    this.#addRun(text.length, end, 1);
    this.text = text;
    this.end = end;
  }

  #addRun(textOffset: number, fileOffset: number, width: number): void {
    this.#runs.push(textOffset);
    this.#places.push(fileOffset);
    this.#widths.push(width);
  }

  /** Where in the file the character at `offset` of the text begins. */
  toFileStart(offset: number): number {
    const run = findRun(this.#runs, offset);
    return this.#places[run]! + offset - this.#runs[run]!;
  }

  /** Where in the file the character in front of `offset` ends. */
  toFileEnd(offset: number): number {
    if (offset <= 0) return this.start;
    const run = findRun(this.#runs, offset - 1);
    return this.#places[run]! + (offset - this.#runs[run]!) * this.#widths[run]!;
  }

  /** The offset in the text of the last character that begins at or before a place in the file. */
  toTextOffset(fileOffset: number): number {
    const run = findRun(this.#places, fileOffset);
    const limit = this.#runs[run + 1] ?? this.text.length;
    const last = Math.max(this.#runs[run]!, limit - 1);
    return Math.min(this.#runs[run]! + Math.max(0, fileOffset - this.#places[run]!), last);
  }
}

const SIMPLE_ESCAPES = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

function decodeJsonEscape(escape: string): string {
  const letter = escape.charAt(1);
  if (letter !== "u") return SIMPLE_ESCAPES.get(letter) ?? letter;
  const code = parseInt(escape.slice(2), 16);
  return Number.isNaN(code) ? "" : String.fromCharCode(code);
}

/** Index of the last run that begins at or before a place. */
function findRun(runs: readonly number[], place: number): number {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (runs[middle]! <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
