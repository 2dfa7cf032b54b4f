import { createRequire } from "node:module";
import type { OxcError, ParserOptions } from "oxc-parser";
import type { EsComment, EsNode } from "./es-node.ts";
import { findDeepNesting, maximumNesting } from "./find-deep-nesting.ts";

/** A syntax tree with UTF-16 offsets and what is wrong in it all the same, or why there is none. */
export type ParseResult =
  | {
      readonly ok: true;
      readonly ast: EsNode;
      readonly comments: readonly EsComment[];
      readonly errors: readonly SyntaxProblem[];
    }
  | { readonly ok: false; readonly error: SyntaxProblem };

/** What the parser did not accept, and where: one sentence. */
export interface SyntaxProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

type Language = NonNullable<ParserOptions["lang"]>;
type Oxc = typeof import("oxc-parser");

const requireHere = createRequire(import.meta.url);
let loaded: { readonly oxc: Oxc; readonly rawTransfer: boolean } | undefined;

/** Loads the parser on first use: a run that reads no JavaScript should not pay for it. */
function loadParser(): { readonly oxc: Oxc; readonly rawTransfer: boolean } {
  if (!loaded) {
    const oxc = requireHere("oxc-parser") as Oxc;
    loaded = { oxc, rawTransfer: oxc.rawTransferSupported() };
  }
  return loaded;
}

/**
 * Parses a file by the rules of its extension. A `.js` file may hold JSX and, as some projects have it, types; where
 * those rules reject it, plain JavaScript's are tried. Of two errors the later one counts: that reading got further.
 */
export function parse(path: string, text: string): ParseResult {
  const deep = findDeepNesting(text);
  if (deep !== undefined) {
    const message = `The file is nested more than ${maximumNesting} levels deep here, so it was not read.`;
    return { ok: false, error: { message, start: deep, end: deep + 1 } };
  }
  let furthest: SyntaxProblem | undefined;
  for (const language of languagesOf(path)) {
    const result = parseAs(language, path, text);
    if (result.ok) return result;
    if (!furthest || result.error.start > furthest.start) furthest = result.error;
  }
  return { ok: false, error: furthest! };
}

function languagesOf(path: string): readonly [Language, ...Language[]] {
  if (/\.d\.[cm]?ts$/i.test(path)) return ["dts"];
  if (/\.[cm]?ts$/i.test(path)) return ["ts"];
  return /\.tsx$/i.test(path) ? ["tsx"] : ["tsx", "jsx"];
}

function parseAs(lang: Language, path: string, text: string): ParseResult {
  try {
    const { oxc, rawTransfer } = loadParser();
    const options = {
      lang,
      // CommonJS files may return at their top level.
      ...(/\.c[jt]s$/i.test(path) && { sourceType: "commonjs" as const }),
      astType: "ts" as const,
      preserveParens: false,
      // Not in the type yet. Skips the detour over JSON; the same tree either way.
      experimentalRawTransfer: rawTransfer,
    };
    const { program, comments, errors } = oxc.parseSync(path, text, options);
    const problems = errors.map(toProblem);
    // The parser gives up on a file at its first error. A few it gets over, such as a `return` outside of functions;
    // those stand inside of what was read.
    const readTo = program.body.at(-1)?.end ?? 0;
    const fatal = problems.find((problem) => problem.start >= readTo);
    if (fatal) return { ok: false, error: fatal };
    return { ok: true, ast: program, comments, errors: problems };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, error: { message: `The JavaScript parser failed: ${reason}`, start: 0, end: 0 } };
  }
}

function toProblem({ message, labels }: OxcError): SyntaxProblem {
  const { start, end } = labels[0] ?? { start: 0, end: 0 };
  return { message: `Syntax error: ${message.trim().replace(/\s+/g, " ").replace(/\.$/, "")}.`, start, end };
}
