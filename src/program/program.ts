import type { Problem } from "../source/problem.ts";
import type { Span } from "../source/source-file.ts";
import type { Statement } from "./statement.ts";

export type * from "./expression.ts";
export type * from "./statement.ts";

/**
 * One small program that every language is lowered to. It keeps what decides the text of a request (values, text
 * building, lists, records, calls, conditions, loops, classes, imports) and drops the rest: types, visibility.
 * Every node has the span of its source text, so a finding can point at it.
 *
 * Where languages differ in meaning and not in syntax (truthiness of an empty list, what `in` means, the methods
 * of a string), the evaluator asks `Module.language`; the nodes are the same.
 */
export interface Module {
  readonly path: string;
  readonly language: ProgramLanguage;
  readonly body: readonly Statement[];
  readonly comments: readonly Comment[];
  readonly problems: readonly Problem[];
}

/** The family whose library and truth rules apply: `javascript` covers TypeScript, JSX and TSX. */
export type ProgramLanguage = "python" | "javascript";

/** A comment without its markers, trimmed. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
}
