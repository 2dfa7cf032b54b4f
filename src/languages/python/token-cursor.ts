import type { TokenKind, Tokens } from "./tokenizer.ts";

/**
 * What a parse function throws where the tokens fit no rule; the statement parser catches it and skips the statement.
 * It is no `Error`: files that are not Python throw thousands of them, and each would collect a stack trace.
 */
export class PythonSyntaxError {
  readonly message: string;
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    this.message = message;
    this.start = start;
    this.end = end;
  }
}

/**
 * How deep expressions, patterns and blocks may stand inside each other. CPython itself stops at 200 brackets and 100
 * indents (https://github.com/python/cpython/blob/main/Parser/lexer/state.h, read 2026-11-22).
 */
const MAX_NESTING = 100;

/** A place in the token list, with the questions parse functions ask. */
export class TokenCursor {
  readonly text: string;
  readonly #tokens: Tokens;
  #at = 0;
  #nesting = 0;
  /** Whether a `yield` was read since this was last set to false. */
  sawYield = false;

  constructor(text: string, tokens: Tokens) {
    this.text = text;
    this.#tokens = tokens;
  }

  get kind(): TokenKind {
    return this.#tokens.kinds[this.#at]!;
  }

  /** Text of a name, keyword or operator; empty for other tokens. */
  get value(): string {
    return this.#tokens.values[this.#at]!;
  }

  get start(): number {
    return this.#tokens.starts[this.#at]!;
  }

  get end(): number {
    return this.#tokens.ends[this.#at]!;
  }

  /** End of the token before this one: where a node that was just read ends. */
  get lastEnd(): number {
    return this.#at === 0 ? 0 : this.#tokens.ends[this.#at - 1]!;
  }

  /** Whether a new line begins with this token. */
  get isAfterNewline(): boolean {
    return this.#at === 0 || this.#tokens.kinds[this.#at - 1] === "newline";
  }

  /** Kind and value of the next token but `distance - 1`. */
  peek(distance = 1): { readonly kind: TokenKind; readonly value: string } {
    const at = Math.min(this.#at + distance, this.#tokens.kinds.length - 1);
    return { kind: this.#tokens.kinds[at]!, value: this.#tokens.values[at]! };
  }

  /** Whether this token is the given keyword, operator or name. */
  is(value: string): boolean {
    return this.#tokens.values[this.#at] === value;
  }

  /** Goes past this token; never past the end. */
  next(): void {
    if (this.#at < this.#tokens.kinds.length - 1) this.#at += 1;
  }

  eat(value: string): boolean {
    if (!this.is(value)) return false;
    this.next();
    return true;
  }

  eatKind(kind: TokenKind): boolean {
    if (this.kind !== kind) return false;
    this.next();
    return true;
  }

  expect(value: string): void {
    if (!this.eat(value)) this.fail(`expected '${value}'`);
  }

  /** Reads a name and returns it. */
  expectName(): { readonly name: string; readonly start: number; readonly end: number } {
    if (this.kind !== "name") this.fail("expected a name");
    const { value: name, start, end } = this;
    this.next();
    return { name, start, end };
  }

  fail(message: string): never {
    throw new PythonSyntaxError(message, this.start, Math.max(this.end, this.start));
  }

  /** Reads something that may hold itself; fails where that goes deeper than the stack could follow. */
  nested<T>(read: (cursor: TokenCursor) => T): T {
    if (this.#nesting >= MAX_NESTING) this.fail("too deeply nested");
    this.#nesting += 1;
    const result = read(this);
    this.#nesting -= 1;
    return result;
  }

  /** Where this token stands in the list; a position that was read before may be set to go back to it. */
  get position(): number {
    return this.#at;
  }

  set position(position: number) {
    this.#at = position;
  }

  /** Runs `read`; returns the syntax error if there is one, with the cursor left where it occurred. */
  attempt<T>(read: () => T): T | PythonSyntaxError {
    const nesting = this.#nesting;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof PythonSyntaxError)) throw error;
      this.#nesting = nesting;
      return error;
    }
  }
}
