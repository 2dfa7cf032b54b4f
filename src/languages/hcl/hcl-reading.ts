import type { Problem } from "../../source/problem.ts";
import type { SourceFile, Span } from "../../source/source-file.ts";
import { opaque } from "../../value/construct.ts";
import type { OpaqueValue, Origin } from "../../value/value.ts";
import type { Token, Tokens } from "./hcl-tokens.ts";

/** Deepest nesting of blocks, lists, objects, calls and templates that is read. */
export const maximumDepth = 60;

/** Most problems that are reported of one file. */
const maximumProblems = 20;

/** The tokens of a file on the way to values, and what is wrong with them. */
export class HclReading {
  readonly file: SourceFile;
  readonly tokens: readonly Token[];
  readonly problems: Problem[] = [];
  #isTooDeep = false;

  constructor(file: SourceFile, { tokens, mistakes }: Tokens) {
    this.file = file;
    this.tokens = tokens;
    for (const { message, start, end } of mistakes) this.problem(message, start, end);
  }

  /** The token at an index; the last one for any index behind it. */
  at(index: number): Token {
    return this.tokens[Math.min(index, this.tokens.length - 1)]!;
  }

  /** True for a token of this kind that is written so. */
  is(index: number, kind: Token["kind"], text?: string): boolean {
    const token = this.at(index);
    return token.kind === kind && (text === undefined || token.text === text);
  }

  /** The first token from here on that is no line end. */
  behindLines(index: number): number {
    let at = index;
    while (this.is(at, "newline")) at++;
    return at;
  }

  /** Behind the token, and behind all that it opens. */
  behind(index: number): number {
    const { kind, close } = this.at(index);
    return kind === "open" && close >= 0 ? close + 1 : index + 1;
  }

  /** The next line end, or the limit: what brackets hold is passed over. */
  lineEnd(index: number, limit: number): number {
    let at = index;
    while (at < limit && !this.is(at, "newline")) at = this.behind(at);
    return Math.min(at, limit);
  }

  /** The place from the start of one token to the end of another. */
  span(first: number, last: number): Span {
    const { start } = this.at(first);
    return { file: this.file.path, start, end: Math.max(start, this.at(Math.max(first, last)).end) };
  }

  /** A value that only whoever runs the file knows. */
  unknown(origin: Origin | undefined, span: Span): OpaqueValue {
    const written = this.file.text.slice(span.start, span.end);
    const key = `${written}@${span.file}`;
    return opaque(
      { origin: origin ?? { kind: "unknown", reason: written }, key, span },
      { identity: () => key },
    );
  }

  /** Takes note of a mistake; of several in one place, the first one says what it is. */
  problem(message: string, start: number, end: number): void {
    const isKnown = this.problems.some(({ span }) => span.start === start);
    if (isKnown || this.problems.length >= maximumProblems) return;
    this.problems.push({ severity: "note", message, span: { file: this.file.path, start, end } });
  }

  /** As `problem`, of a token. */
  problemAt(message: string, index: number): void {
    const { start, end } = this.at(index);
    this.problem(message, start, end);
  }

  /** Takes note, once a file, of what is nested too deeply to be read. */
  tooDeep(index: number): void {
    if (this.#isTooDeep) return;
    this.#isTooDeep = true;
    this.problemAt(`What is nested deeper than ${maximumDepth} levels is not read.`, index);
  }
}
