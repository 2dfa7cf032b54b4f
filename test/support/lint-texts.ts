import { existsSync } from "node:fs";
import type { LintResult } from "../../src/engine/result.ts";
import { handbook } from "./handbook.ts";

type LintTexts = (texts: Readonly<Record<string, string>>, options?: object) => LintResult;

const engine = new URL("../../src/engine/lint-texts.ts", import.meta.url);

/** False where there is no engine to lint with. */
export const canLint = existsSync(engine);

const lintTexts: LintTexts | undefined = canLint ? (await import(engine.href)).lintTexts : undefined;

/** Lints texts by path; `handbook.md` is always among them. */
export function lint(texts: Readonly<Record<string, string>>, options?: object): LintResult {
  if (!lintTexts) throw new Error("there is no engine to lint with");
  return lintTexts({ "handbook.md": handbook, ...texts }, options);
}
