import type { SourceFile, Span } from "./source-file.ts";

/** A run of text that stands somewhere in a file. */
export interface TextPiece {
  readonly text: string;
  /** Where it stands. Longer or shorter than the text where escapes or indentation were taken out. */
  readonly span: Span;
}

/** Text put together from pieces of files, with a way back from each character to where it stands. */
export class MappedText {
  readonly text: string;
  readonly #pieces: readonly TextPiece[];
  /** Offset in `text` at which each piece begins. */
  readonly #starts: readonly number[];

  constructor(pieces: readonly TextPiece[]) {
    this.#pieces = pieces;
    const starts: number[] = [];
    let text = "";
    for (const piece of pieces) {
      starts.push(text.length);
      text += piece.text;
    }
    this.text = text;
    this.#starts = starts;
  }

  /** The text of a file from an offset on. */
  static ofFile(file: SourceFile, start = 0): MappedText {
    const text = file.text.slice(start);
    return new MappedText([{ text, span: { file: file.path, start, end: file.text.length } }]);
  }

  /**
   * The place of a stretch. Exact within pieces whose text is that of the file; of any other piece the whole place
   * is given. A stretch over pieces of several files has the place of its first piece.
   */
  spanOf(start: number, end: number): Span {
    const first = this.#find(start);
    const last = this.#find(Math.max(start, end - 1));
    const from = this.#exact(first, start) ?? this.#pieces[first]?.span;
    const to = this.#exact(last, end) ?? this.#pieces[last]?.span;
    if (!from || !to) return { file: "", start: 0, end: 0 };
    if (from.file !== to.file || to.end < from.start) return this.#pieces[first]!.span;
    return { file: from.file, start: from.start, end: to.end };
  }

  /** The pieces of a stretch, each with its exact place where there is one. */
  slice(start: number, end: number): TextPiece[] {
    const result: TextPiece[] = [];
    for (let index = this.#find(start); index < this.#pieces.length; index++) {
      const piece = this.#pieces[index]!;
      const offset = this.#starts[index]!;
      if (offset >= end) break;
      const from = Math.max(start, offset);
      const to = Math.min(end, offset + piece.text.length);
      if (to > from) result.push({ text: this.text.slice(from, to), span: this.spanOf(from, to) });
    }
    return result;
  }

  /** Index of the piece that holds an offset. */
  #find(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #exact(index: number, offset: number): Span | undefined {
    const piece = this.#pieces[index];
    if (!piece || piece.span.end - piece.span.start !== piece.text.length) return undefined;
    const at = piece.span.start + offset - this.#starts[index]!;
    return { file: piece.span.file, start: at, end: at };
  }
}

/**
 * Finds where the words of a text stand in the source it was read from, where escapes and indentation make the two
 * differ: the text of a string literal, or of a block of YAML.
 * @param source the file's text; @param span where the literal stands in it.
 */
export function alignText(text: string, source: string, span: Span): TextPiece[] {
  const raw = source.slice(span.start, span.end);
  const verbatim = raw.indexOf(text);
  if (verbatim >= 0 && text !== "") return [{ text, span: placed(span, verbatim, text.length) }];
  const pieces: { text: string; span: Span }[] = [];
  let at = 0;
  for (const [word] of text.matchAll(/\s+|\S+/g)) {
    const isSpace = /^\s/.test(word);
    const found = isSpace ? (raw.startsWith(word, at) ? at : -1) : findWord(raw, word, at);
    const last = pieces.at(-1);
    if (found < 0) {
      pieces.push({ text: word, span: isSpace ? placed(span, at, 0) : span });
      continue;
    }
    const continues =
      last && last.span.end === span.start + found && last.span.end - last.span.start === last.text.length;
    if (continues) {
      pieces[pieces.length - 1] = {
        text: last.text + word,
        span: { ...last.span, end: last.span.end + word.length },
      };
    } else pieces.push({ text: word, span: placed(span, found, word.length) });
    at = found + word.length;
  }
  return pieces;
}

/** The farthest a word can lie behind the last one: indentation, and escapes in between. */
const longestGap = 400;

function findWord(raw: string, word: string, from: number): number {
  const found = raw.indexOf(word, from);
  return found >= 0 && found - from <= longestGap ? found : -1;
}

function placed({ file, start }: Span, offset: number, length: number): Span {
  return { file, start: start + offset, end: start + offset + length };
}
