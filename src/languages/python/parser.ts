import type { PythonModule, Stmt } from "./ast.ts";
import { parseStatements } from "./statement-parser.ts";
import { TokenCursor } from "./token-cursor.ts";
import { tokenize } from "./tokenizer.ts";

/** What was read from the text of a Python file. Offsets are UTF-16 units of that text. */
export interface ParsedPython {
  readonly module: PythonModule;
  /** From `#` to the end of the line. */
  readonly comments: readonly { readonly start: number; readonly end: number }[];
  /** Offsets of lines whose indentation matches no block around them; they were read as part of the inner block. */
  readonly badIndents: readonly number[];
}

/**
 * Reads Python 3.14 source. Never fails and never takes more than linear time: a statement with a syntax error becomes a
 * `Skipped` statement, and the rest is read.
 */
export function parsePython(text: string): ParsedPython {
  const tokens = tokenize(text);
  const body: readonly Stmt[] = parseStatements(new TokenCursor(text, tokens));
  return {
    module: { body, start: 0, end: text.length },
    comments: tokens.comments,
    badIndents: tokens.badIndents,
  };
}
