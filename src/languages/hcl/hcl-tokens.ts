import type { Comment } from "../../program/program.ts";
import type { SourceFile } from "../../source/source-file.ts";

/** A token of HCL. Templates are told apart from code, so that brackets in their text are text. */
export interface Token {
  /**
   * `open` is a bracket, a quote, the head of a heredoc, `${` or `%{`, and `close` what ends one; `text` is the text of a
   * template as it is written; `end` stands behind the last token.
   */
  readonly kind: "name" | "number" | "operator" | "newline" | "open" | "close" | "text" | "invalid" | "end";
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Of `open`: the index of the token that closes it; -1 where none does. */
  close: number;
}

/** The tokens of a file with its comments and mistakes, in the order of the text. */
export interface Tokens {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  readonly mistakes: readonly Mistake[];
}

export interface Mistake {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What is open where the tokenizer stands. */
interface Frame {
  /** Of the token that opened it. */
  readonly index: number;
  readonly kind: "code" | "quoted" | "heredoc";
  /** What closes it: a bracket, or the word that ends a heredoc. */
  readonly closer: string;
}

/** How much is read once more because of templates without their end, in UTF-16 units. */
const maximumReread = 500_000;

const closers: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };
const name = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const operator = /\.\.\.|==|!=|<=|>=|=>|&&|\|\||::|[=.,:?!+\-*/%<>&|]/y;
const heredocHead = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*(?:\r?\n|$)/uy;

/** Splits a file into tokens, without recursion: how deeply they nest is for the parser to bound. */
export function tokenize(file: SourceFile): Tokens {
  return new Tokenizer(file).run();
}

class Tokenizer {
  readonly #path: string;
  readonly #text: string;
  #tokens: Token[] = [];
  #comments: Comment[] = [];
  #mistakes: Mistake[] = [];
  readonly #stack: Frame[] = [];
  #at = 0;
  #reread = 0;
  /** Where `${` and `%{` are text, because nothing closes them. */
  readonly #plain = new Set<number>();

  constructor({ path, text }: SourceFile) {
    this.#path = path;
    this.#text = text;
  }

  run(): Tokens {
    do {
      while (this.#at < this.#text.length) this.#step();
    } while (this.#returnToOpenTemplate());
    for (let top = this.#stack.at(-1); top; top = this.#stack.at(-1)) {
      if (top.kind === "code") this.#stack.pop();
      else this.#breakOff(top);
    }
    this.#push("end", this.#text.length, this.#text.length);
    return { tokens: this.#tokens, comments: this.#comments, mistakes: this.#mistakes };
  }

  #step(): void {
    const top = this.#stack.at(-1);
    if (top?.kind === "quoted") this.#quoted(top);
    else if (top?.kind === "heredoc") this.#heredoc(top);
    else this.#code();
  }

  #push(kind: Token["kind"], start: number, end: number): void {
    this.#tokens.push({ kind, text: this.#text.slice(start, end), start, end, close: -1 });
    this.#at = end;
  }

  #open(kind: Frame["kind"], closer: string, length: number): void {
    this.#stack.push({ index: this.#tokens.length, kind, closer });
    this.#push("open", this.#at, this.#at + length);
  }

  /** Ends the innermost frame with the token that comes next. */
  #close(frame: Frame, length: number): void {
    this.#stack.pop();
    this.#tokens[frame.index]!.close = this.#tokens.length;
    this.#push("close", this.#at, this.#at + length);
  }

  #code(): void {
    const first = this.#text[this.#at]!;
    if (first === "\n") this.#push("newline", this.#at, this.#at + 1);
    else if (/\s|\uFEFF/.test(first)) this.#at++;
    else if (first === "#" || this.#text.startsWith("//", this.#at)) {
      this.#comment(lineEndFrom(this.#text, this.#at));
    } else if (this.#text.startsWith("/*", this.#at)) this.#blockComment();
    else if (first === '"') this.#open("quoted", '"', 1);
    else if (closers[first] !== undefined) this.#open("code", closers[first], 1);
    else if (/[\])}]/.test(first)) this.#closeBracket(first, 1);
    else if (this.#text.startsWith("~}", this.#at)) this.#closeBracket("}", 2);
    else this.#word();
  }

  #word(): void {
    const head = matchAt(heredocHead, this.#text, this.#at);
    if (head) {
      this.#open("heredoc", head[2]!, head[0].length);
      return;
    }
    const kinds = [["name", name] as const, ["number", number] as const, ["operator", operator] as const];
    for (const [kind, pattern] of kinds) {
      const found = matchAt(pattern, this.#text, this.#at);
      if (found) {
        this.#push(kind, this.#at, this.#at + found[0].length);
        return;
      }
    }
    this.#mistake("There is a character that HCL does not know.", this.#at, this.#at + 1);
    this.#push("invalid", this.#at, this.#at + 1);
  }

  /** A bracket closes what is open inside of it as well; one that closes nothing is left to the parser. */
  #closeBracket(closer: string, length: number): void {
    for (let depth = this.#stack.length - 1; depth >= 0; depth--) {
      const frame = this.#stack[depth]!;
      if (frame.kind !== "code") break;
      if (frame.closer !== closer) {
        // A template is closed by its own brace only.
        if (this.#isTemplate(frame)) break;
        continue;
      }
      this.#stack.length = depth + 1;
      this.#close(frame, length);
      return;
    }
    this.#push("close", this.#at, this.#at + length);
  }

  #isTemplate({ index }: Frame): boolean {
    return /^[$%]\{/.test(this.#tokens[index]!.text);
  }

  #comment(end: number): void {
    const written = this.#text.slice(this.#at, end);
    this.#comments.push({
      text: written.replaceAll(/^(?:#+|\/\/+|\/\*+)|\*+\/$|^\s*\*+/gm, "").trim(),
      span: { file: this.#path, start: this.#at, end },
    });
    this.#at = end;
  }

  #blockComment(): void {
    const close = this.#text.indexOf("*/", this.#at + 2);
    if (close < 0) this.#mistake("This comment has no end.", this.#at, this.#at + 2);
    this.#comment(close < 0 ? this.#text.length : close + 2);
  }

  #quoted(frame: Frame): void {
    const start = this.#at;
    const end = this.#textEnd(start, /["\\$%\n]/g, (at) => this.#text[at] === '"' || this.#text[at] === "\n");
    if (end > start) this.#push("text", start, end);
    else if (this.#text[start] === '"') this.#close(frame, 1);
    else if (this.#text[start] === "\n") this.#breakOff(frame);
    else this.#template();
  }

  #heredoc(frame: Frame): void {
    const start = this.#at;
    const close = new RegExp(`[ \\t]*${frame.closer}[ \\t]*(?=\\r?\\n|$)`, "y");
    const isClose = (at: number) =>
      (at === 0 || this.#text[at - 1] === "\n") && matchAt(close, this.#text, at) !== null;
    if (isClose(start)) {
      const [line] = matchAt(close, this.#text, start)!;
      this.#at += line.length - line.trimStart().length;
      this.#close(frame, line.trim().length);
      return;
    }
    const end = this.#textEnd(start, /[$%]|(?<=\n)/g, isClose);
    if (end > start) this.#push("text", start, end);
    else this.#template();
  }

  #template(): void {
    const length = this.#text[this.#at + 2] === "~" ? 3 : 2;
    this.#open("code", "}", length);
  }

  /**
   * Where a stretch of text ends: at a template, or at a place that ends the literal.
   * @param special finds all places that have to be looked at, and escapes
   */
  #textEnd(start: number, special: RegExp, isEnd: (at: number) => boolean): number {
    special.lastIndex = start;
    for (let found = special.exec(this.#text); found; found = special.exec(this.#text)) {
      const at = found.index;
      if (isEnd(at)) return at;
      const sign = this.#text[at]!;
      let length = 1;
      if (sign === "\\" && found[0] !== "" && this.#text[at + 1] !== "\n") length = 2;
      else if (sign === "$" || sign === "%") {
        const kind = this.#signAt(at);
        if (kind === "template") return at;
        if (kind === "escape") length = 3;
      }
      special.lastIndex = at + length;
    }
    return this.#text.length;
  }

  /** What `$` or `%` begins; doubled, it stands for itself. */
  #signAt(at: number): "template" | "escape" | "text" {
    const sign = this.#text[at]!;
    if (this.#plain.has(at)) return "text";
    if (this.#text.startsWith(`${sign}${sign}{`, at)) return "escape";
    return this.#text[at + 1] === "{" ? "template" : "text";
  }

  /** Ends a text that has no end of its own here. */
  #breakOff(frame: Frame): void {
    const { start, end } = this.#tokens[frame.index]!;
    const message =
      frame.kind === "heredoc"
        ? `This text has no line with \`${frame.closer}\` that ends it.`
        : "This text has no closing quote in its line.";
    this.#mistake(message, start, end);
    this.#close(frame, 0);
  }

  /** Goes back to the first template that nothing closes and takes its sign for text; false where there is none. */
  #returnToOpenTemplate(): boolean {
    const depth = this.#stack.findIndex((frame) => this.#isTemplate(frame));
    if (depth < 0 || this.#reread >= maximumReread) return false;
    const { index } = this.#stack[depth]!;
    const { start, end } = this.#tokens[index]!;
    this.#stack.length = depth;
    this.#tokens = this.#tokens.slice(0, index);
    this.#comments = this.#comments.filter(({ span }) => span.start < start);
    this.#mistakes = this.#mistakes.filter((mistake) => mistake.start < start);
    this.#plain.add(start);
    this.#reread += this.#text.length - start;
    this.#mistake("No brace closes this template.", start, end);
    this.#at = start;
    return true;
  }

  #mistake(message: string, start: number, end: number): void {
    this.#mistakes.push({ message, start, end });
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function lineEndFrom(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
