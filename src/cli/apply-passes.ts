import { applyFixes, filesOfFix } from "../engine/apply-fixes.ts";
import type { EngineResult } from "../engine/lint-files.ts";
import type { Finding } from "../rule/finding.ts";
import type { Fix } from "../rule/fix.ts";

/** What `--fix` applies: what keeps the meaning of the text, or what a person would choose from as well. */
export type FixType = "safe" | "suggestion";

/** As many passes as ESLint makes: what needs more goes round in circles. */
const maximumPasses = 10;

/**
 * Lints and fixes until nothing is left to fix.
 * @param texts the text of each linted file by path; holds what was fixed afterwards
 * @param lint lints these texts as they are now
 * @param mayChange whether a linted file may be changed
 * @returns the findings that remain, and the texts that changed
 */
export async function applyPasses(
  texts: Map<string, string>,
  type: FixType,
  lint: () => Promise<EngineResult>,
  mayChange: (path: string) => boolean = () => true,
): Promise<{ readonly result: EngineResult; readonly changed: ReadonlyMap<string, string> }> {
  const original = new Map(texts);
  const changedTexts = () => new Map([...texts].filter(([path, text]) => text !== original.get(path)));
  const seen = new Set<string>();
  let result = await lint();
  for (let pass = 0; pass < maximumPasses; pass++) {
    const { texts: fixed } = applyFixes(
      result.findings.flatMap(
        (finding) => chooseFix(finding, type, (path) => texts.has(path) && mayChange(path)) ?? [],
      ),
      (path) => texts.get(path),
    );
    if (fixed.size === 0) break;
    for (const [path, text] of fixed) texts.set(path, text);
    result = await lint();
    const state = JSON.stringify([...changedTexts()]);
    if (seen.has(state)) break;
    seen.add(state);
  }
  return { result, changed: changedTexts() };
}

/** The fix to apply: the safe one if there is one. Only what was linted is changed. */
function chooseFix(
  { fix, suggestions = [] }: Finding,
  type: FixType,
  mayChange: (path: string) => boolean,
): Fix | undefined {
  const offered = [...(fix ? [fix] : []), ...(type === "suggestion" ? suggestions : [])];
  return offered.find((one) => filesOfFix(one).every(mayChange));
}
