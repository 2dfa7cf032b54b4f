import type { Span } from "../../source/source-file.ts";
import type { Problem } from "../../source/problem.ts";
import type { Expression, UnknownExpression } from "../../program/program.ts";
import type { Located, Skipped } from "./ast.ts";

/**
 * Maps an offset of the source that is read to one of the file it stands in. `start`: where the character at the offset
 * begins. `end`: where the character in front of the offset ends, so that a span stays in the part of the file where its
 * last character is.
 */
export type ToFileOffset = (offset: number, edge: "start" | "end") => number;

/** What lowering a module needs everywhere: its text, its place in a file, and the problems found on the way. */
export class Lowering {
  readonly text: string;
  readonly problems: Problem[] = [];
  readonly #path: string;
  readonly #toFileOffset: ToFileOffset | undefined;
  #depth = 0;
  #unreported = 0;

  /** @param toFileOffset maps offsets of `text` to offsets of the file, where the two differ. */
  constructor(text: string, path: string, toFileOffset?: ToFileOffset) {
    this.text = text;
    this.#path = path;
    this.#toFileOffset = toFileOffset;
  }

  span({ start, end }: Located): Span {
    const map = this.#toFileOffset;
    if (!map) return { file: this.#path, start, end };
    return {
      file: this.#path,
      start: map(start, "start"),
      end: end > start ? map(end, "end") : map(start, "start"),
    };
  }

  source({ start, end }: Located): string {
    return this.text.slice(start, end);
  }

  report(severity: Problem["severity"], message: string, at: Located): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ severity, message, span: this.span(at) });
    else this.#unreported += 1;
  }

  reportSkipped({ message, errorStart: start, errorEnd: end }: Skipped): void {
    this.report("error", `Python syntax error: ${message} (the statement is skipped).`, { start, end });
  }

  /** Adds one problem that stands for those beyond the limit. Call it last. */
  reportRest(): void {
    const last = this.problems[this.problems.length - 1];
    if (this.#unreported === 0 || !last) return;
    const message = `${this.#unreported} more problems were found behind this one.`;
    this.problems.push({ severity: "error", message, span: last.span });
  }

  unknown(reason: string, at: Located, parts: readonly Expression[] = []): UnknownExpression {
    return { kind: "unknownExpression", reason, parts, span: this.span(at) };
  }

  /** Runs `lower` one level deeper; undefined, with a problem, where the tree is too deep. */
  nested<T>(at: Located, lower: () => T): T | undefined {
    if (this.#depth >= MAX_DEPTH) {
      this.reportTooDeep(at);
      return undefined;
    }
    this.#depth += 1;
    const result = lower();
    this.#depth -= 1;
    return result;
  }

  reportTooDeep(at: Located): void {
    this.report("note", "This code is nested too deeply to be followed: what is inside is not read.", at);
  }
}

/** Problems listed for one file: beyond it, the file is not Python, and more of them say nothing new. */
const MAX_PROBLEMS = 100;

/**
 * How deep the lowered program may be: everything that walks it may use the stack. Long chains of operators, calls and
 * attributes are as deep as they are long.
 */
export const MAX_DEPTH = 300;
