import type { Comment } from "../../program/program.ts";
import type { MappedText } from "../../source/mapped-text.ts";

/** A stretch of a template: text, or what stands between braces. */
export interface JinjaChunk {
  readonly kind: "text" | "output" | "tag";
  /** Of a text as it is printed; of the rest with its braces. */
  readonly start: number;
  readonly end: number;
  /** What stands between the braces and their signs for white space. */
  readonly innerStart: number;
  readonly innerEnd: number;
}

const opening = /\{(?:\{|%|#)/g;
const rawEnd = /\{%[-+]?\s*endraw\s*([-+]?)%\}/g;
const rawTag = /^\s*(?:raw|verbatim)\s*$/;

/** Cuts a template into text and tags; comments are collected, white space is taken away where signs say so. */
export class JinjaChunks {
  readonly chunks: JinjaChunk[] = [];
  readonly comments: Comment[] = [];
  /** Offsets of braces that are never closed. */
  readonly unclosed: number[] = [];
  readonly #source: MappedText;
  #trimsNext = false;

  constructor(source: MappedText) {
    this.#source = source;
    this.#cut();
  }

  #cut(): void {
    const { text } = this.#source;
    let at = 0;
    while (at < text.length) {
      opening.lastIndex = at;
      const start = opening.exec(text)?.index;
      if (start === undefined) break;
      const end = this.#endOf(start);
      if (end === undefined) {
        this.unclosed.push(start);
        break;
      }
      const trimsBefore = text[start + 2] === "-";
      const innerStart = start + (/[-+]/.test(text[start + 2] ?? "") ? 3 : 2);
      const trimsAfter = text[end - 3] === "-" && end - 3 >= innerStart;
      const innerEnd = end - (/[-+]/.test(text[end - 3] ?? "") && end - 3 >= innerStart ? 3 : 2);
      this.#text(at, start, trimsBefore);
      this.#trimsNext = trimsAfter;
      at = end;
      const sign = text[start + 1];
      if (sign === "#") this.#comment(start, end, innerStart, innerEnd);
      else if (sign === "%" && rawTag.test(text.slice(innerStart, innerEnd))) at = this.#raw(end);
      else this.chunks.push({ kind: sign === "%" ? "tag" : "output", start, end, innerStart, innerEnd });
    }
    this.#text(at, text.length, false);
  }

  #comment(start: number, end: number, innerStart: number, innerEnd: number): void {
    const text = this.#source.text.slice(innerStart, innerEnd).trim();
    this.comments.push({ text, span: this.#source.spanOf(start, end) });
  }

  /** The text up to the end of a raw block; gives the offset behind it. */
  #raw(from: number): number {
    const { text } = this.#source;
    rawEnd.lastIndex = from;
    const match = rawEnd.exec(text);
    const end = match?.index ?? text.length;
    this.#text(from, end, /^\{%-/.test(match?.[0] ?? ""));
    this.#trimsNext = match?.[1] === "-";
    return end + (match?.[0].length ?? 0);
  }

  #text(from: number, to: number, trimsEnd: boolean): void {
    const { text } = this.#source;
    let [start, end] = [from, to];
    if (this.#trimsNext) while (start < end && /\s/.test(text[start]!)) start++;
    if (trimsEnd) while (end > start && /\s/.test(text[end - 1]!)) end--;
    this.#trimsNext = false;
    if (end > start) this.chunks.push({ kind: "text", start, end, innerStart: start, innerEnd: end });
  }

  /** The offset behind the braces that close those at `start`. */
  #endOf(start: number): number | undefined {
    const { text } = this.#source;
    if (text[start + 1] === "#") {
      const end = text.indexOf("#}", start + 2);
      return end < 0 ? undefined : end + 2;
    }
    const isTag = text[start + 1] === "%";
    let open = 0;
    for (let at = start + 2; at < text.length; at++) {
      const character = text[at]!;
      if (character === '"' || character === "'") {
        const close = endOfString(text, at);
        if (close !== undefined) at = close;
      } else if (isTag && character === "%" && text[at + 1] === "}") return at + 2;
      else if (!isTag && character === "}" && text[at + 1] === "}" && open === 0) return at + 2;
      else if (character === "{") open++;
      else if (character === "}") open = Math.max(0, open - 1);
    }
    return undefined;
  }
}

/** The offset of the closing quote; undefined where the line ends before. An apostrophe opens no string then. */
function endOfString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length && text[at] !== "\n"; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === text[start]) return at;
  }
  return undefined;
}
