import type { MappedText } from "../../source/mapped-text.ts";
import type { Span } from "../../source/source-file.ts";

export interface JinjaToken {
  readonly kind: "name" | "number" | "string" | "operator" | "end";
  /** As written; the decoded value of a string. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const pattern =
  /([\p{L}_][\p{L}\p{N}_]*)|(\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)|("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(\/\/|\*\*|==|!=|<=|>=|&&|\|\||[-+*/%~|.,:()[\]{}<>=!?])/suy;

/** The tokens of what stands inside the braces of a tag, one after the other. */
export class JinjaTokens {
  readonly source: MappedText;
  readonly #end: number;
  #at: number;
  #current: JinjaToken;
  #lastEnd: number;

  constructor(source: MappedText, start: number, end: number) {
    this.source = source;
    this.#at = start;
    this.#end = end;
    this.#lastEnd = start;
    this.#current = this.#read();
  }

  get current(): JinjaToken {
    return this.#current;
  }

  /** Offset behind the last token that was taken. */
  get lastEnd(): number {
    return this.#lastEnd;
  }

  get isAtEnd(): boolean {
    return this.#current.kind === "end";
  }

  /** The token behind the current one. */
  peek(): JinjaToken {
    const at = this.#at;
    const token = this.#read();
    this.#at = at;
    return token;
  }

  next(): JinjaToken {
    const token = this.#current;
    this.#lastEnd = token.end;
    this.#current = this.#read();
    return token;
  }

  is(text: string): boolean {
    return this.#current.text === text && this.#current.kind !== "string";
  }

  /** Takes the token if it is this name or operator. */
  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.next();
    return true;
  }

  takeName(): JinjaToken | undefined {
    return this.#current.kind === "name" ? this.next() : undefined;
  }

  /** The place from an offset to behind the last token that was taken. */
  spanFrom(start: number): Span {
    return this.source.spanOf(start, Math.max(start, this.#lastEnd));
  }

  #read(): JinjaToken {
    const { text } = this.source;
    while (this.#at < this.#end && /\s/.test(text[this.#at]!)) this.#at++;
    const start = this.#at;
    if (start >= this.#end) return { kind: "end", text: "", start: this.#end, end: this.#end };
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (!match || pattern.lastIndex > this.#end) {
      this.#at = start + 1;
      return { kind: "operator", text: text[start]!, start, end: this.#at };
    }
    this.#at = pattern.lastIndex;
    const [whole, name, number, string] = match;
    if (name !== undefined) return { kind: "name", text: name, start, end: this.#at };
    if (number !== undefined) return { kind: "number", text: number, start, end: this.#at };
    if (string !== undefined) return { kind: "string", text: decode(string), start, end: this.#at };
    return { kind: "operator", text: whole, start, end: this.#at };
  }
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\n": "" };

function decode(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/gs, (_, escaped: string) => escapes[escaped] ?? escaped);
}
