import type { Comment } from "../../program/program.ts";
import type { TemplateChunk, TemplateOptions } from "../../program/template.ts";
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

type Delimiters = Required<NonNullable<TemplateOptions["delimiters"]>>;

const usual: Delimiters = { output: ["{{", "}}"], tag: ["{%", "%}"], comment: ["{#", "#}"] };

const rawTag = /^\s*(?:raw|verbatim)\s*$/;

/** Cuts a template into text and tags; comments are collected, white space is taken away where signs say so. */
export class JinjaChunks {
  readonly chunks: JinjaChunk[] = [];
  readonly comments: Comment[] = [];
  /** Offsets of braces that are never closed. */
  readonly unclosed: number[] = [];
  readonly #source: MappedText;
  readonly #options: TemplateOptions;
  readonly #delimiters: Delimiters;
  readonly #opening: RegExp;
  readonly #rawEnd: RegExp;
  #trimsNext: "nothing" | "lineEnd" | "space" = "nothing";

  constructor(source: MappedText, options: TemplateOptions) {
    this.#source = source;
    this.#options = options;
    this.#delimiters = { ...usual, ...options.delimiters };
    const { tag } = this.#delimiters;
    const starts = Object.values(this.#delimiters).map(([start]) => start);
    // The longest first: one may begin like another.
    this.#opening = new RegExp(
      starts
        .toSorted((a, b) => b.length - a.length)
        .map(escaped)
        .join("|"),
      "g",
    );
    const [start, end] = tag.map(escaped);
    this.#rawEnd = new RegExp(`${start}([-+]?)\\s*end(?:raw|verbatim)\\s*([-+]?)${end}`, "g");
    this.#cut();
  }

  #cut(): void {
    const { text } = this.#source;
    let at = 0;
    while (at < text.length) {
      this.#opening.lastIndex = at;
      const match = this.#opening.exec(text);
      if (!match) break;
      const start = match.index;
      const kind = this.#kindOf(match[0]);
      const [open, close] = this.#delimiters[kind];
      const end = this.#endOf(start + open.length, close, kind);
      if (end === undefined) {
        this.unclosed.push(start);
        break;
      }
      const signBefore = /[-+]/.exec(text[start + open.length] ?? "")?.[0];
      const innerStart = start + open.length + (signBefore ? 1 : 0);
      const lastInner = end - close.length - 1;
      const signAfter = lastInner >= innerStart ? /[-+]/.exec(text[lastInner] ?? "")?.[0] : undefined;
      const innerEnd = end - close.length - (signAfter ? 1 : 0);
      this.#text(at, start, this.#trimsBefore(kind, signBefore));
      this.#trimsNext = this.#trimsAfter(kind, signAfter);
      at = end;
      if (kind === "comment") this.#comment(start, end, innerStart, innerEnd);
      else if (kind === "tag" && rawTag.test(text.slice(innerStart, innerEnd))) at = this.#raw(end);
      else this.chunks.push({ kind, start, end, innerStart, innerEnd });
    }
    this.#text(at, text.length, "nothing");
  }

  #kindOf(start: string): TemplateChunk {
    return (["comment", "tag", "output"] as const).find((kind) => this.#delimiters[kind][0] === start)!;
  }

  #trimsBefore(kind: TemplateChunk, sign: string | undefined): "nothing" | "lineStart" | "space" {
    if (sign === "-") return "space";
    return this.#options.stripBlocks && kind !== "output" && sign !== "+" ? "lineStart" : "nothing";
  }

  #trimsAfter(kind: TemplateChunk, sign: string | undefined): "nothing" | "lineEnd" | "space" {
    if (sign === "-") return "space";
    return this.#options.trimBlocks && kind !== "output" && sign !== "+" ? "lineEnd" : "nothing";
  }

  #comment(start: number, end: number, innerStart: number, innerEnd: number): void {
    const text = this.#source.text.slice(innerStart, innerEnd).trim();
    this.comments.push({ text, span: this.#source.spanOf(start, end) });
  }

  /** The text up to the end of a raw block; gives the offset behind it. */
  #raw(from: number): number {
    const { text } = this.#source;
    this.#rawEnd.lastIndex = from;
    const match = this.#rawEnd.exec(text);
    const end = match?.index ?? text.length;
    this.#text(from, end, this.#trimsBefore("tag", match?.[1]));
    this.#trimsNext = this.#trimsAfter("tag", match?.[2]);
    return end + (match?.[0].length ?? 0);
  }

  #text(from: number, to: number, trimsEnd: "nothing" | "lineStart" | "space"): void {
    const { text } = this.#source;
    let [start, end] = [from, to];
    if (this.#trimsNext === "space") while (start < end && /\s/.test(text[start]!)) start++;
    if (this.#trimsNext === "lineEnd") {
      if (text.startsWith("\r\n", start)) start += 2;
      else if (text[start] === "\n") start++;
      start = Math.min(start, end);
    }
    if (trimsEnd === "space") while (end > start && /\s/.test(text[end - 1]!)) end--;
    if (trimsEnd === "lineStart") {
      let line = end;
      while (line > start && /[ \t]/.test(text[line - 1]!)) line--;
      if (line === 0 || text[line - 1] === "\n") end = line;
    }
    this.#trimsNext = "nothing";
    if (end > start) this.chunks.push({ kind: "text", start, end, innerStart: start, innerEnd: end });
  }

  /** The offset behind what closes the braces whose inside begins at `from`. */
  #endOf(from: number, close: string, kind: TemplateChunk): number | undefined {
    const { text } = this.#source;
    if (kind === "comment") {
      const end = text.indexOf(close, from);
      return end < 0 ? undefined : end + close.length;
    }
    let open = 0;
    for (let at = from; at < text.length; at++) {
      const character = text[at]!;
      if (character === '"' || character === "'") {
        const end = endOfString(text, at);
        if (end !== undefined) at = end;
      } else if ((open === 0 || kind === "tag") && text.startsWith(close, at)) return at + close.length;
      else if (character === "{") open++;
      else if (character === "}") open = Math.max(0, open - 1);
    }
    return undefined;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}

/** The offset of the closing quote; undefined where the line ends before. An apostrophe opens no string then. */
function endOfString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length && text[at] !== "\n"; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === text[start]) return at;
  }
  return undefined;
}
