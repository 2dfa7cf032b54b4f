import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../rules/index.ts";
import { lintTexts, type LintTextsOptions } from "./support/lint-texts.ts";
import { tryFixes, type TriedFix } from "./support/try-fixes.ts";

interface Case {
  readonly lint: readonly string[];
  readonly args: readonly string[];
  readonly expect: readonly { readonly rule: string }[];
}

const folder = join(import.meta.dirname, "cases");
const cases = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({
    name,
    ...(JSON.parse(readFileSync(join(folder, name, "case.json"), "utf8")) as Case),
  }))
  .filter((each) => each.expect.length > 0);

/** The files of a case, by path. */
function textsOf(name: string): Record<string, string> {
  const root = join(folder, name);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== "case.json" && !/\.(?:png|jpe?g|pdf)$/.test(entry.name),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(root, path).split(sep).join("/"), readFileSync(path, "utf8")];
    }),
  );
}

function optionsOf({ args }: Case): LintTextsOptions {
  const value = (flag: string): string | undefined => args[args.indexOf(flag) + 1];
  return {
    ...(args.includes("--model") && { model: value("--model")! }),
    ...(args.includes("--preset") && { preset: value("--preset") as "strict" }),
  };
}

describe("each fix of the shared cases cures its finding and does no harm", () => {
  const tried: TriedFix[] = [];

  test.each(cases)("$name", (each) => {
    const fixes = tryFixes(textsOf(each.name), (texts) => lintTexts(texts, optionsOf(each)));
    tried.push(...fixes);
    expect(fixes.filter(({ faults }) => faults.length > 0)).toEqual([]);
  });

  // Fewer than these means that a rule or a language has stopped offering what it did.
  const least: Readonly<Record<string, readonly [fixes: number, suggestions: number]>> = {
    "max-checkpoints": [1, 0],
    "min-prefix-tokens": [0, 3],
    "no-dynamic-checkpoint": [0, 1],
    "no-dynamic-prefix": [0, 6],
    "no-ignored-checkpoint": [0, 1],
    "no-misplaced-checkpoint": [0, 1],
    "no-static-after-dynamic": [0, 2],
    "no-unstable-image-order": [1, 0],
    "no-unstable-serialization": [1, 0],
    "no-unstable-tool-order": [1, 2],
    "no-unsupported-checkpoint": [3, 0],
    "require-checkpoint": [0, 1],
    "valid-ttl": [0, 3],
  };

  test.each(Object.entries(least))("%s offers as many as it can", (id, [fixes, suggestions]) => {
    const count = (kind: TriedFix["kind"]): number =>
      tried.filter((each) => each.ruleId === id && each.kind === kind).length;
    expect(count("fix")).toBeGreaterThanOrEqual(fixes);
    expect(count("suggestion")).toBeGreaterThanOrEqual(suggestions);
  });

  test("only rules that say so offer any", () => {
    const claimed = rules.filter(({ meta }) => meta.fixable ?? meta.hasSuggestions).map(({ id }) => id);
    expect(tried.map(({ ruleId }) => ruleId).filter((id) => !claimed.includes(id))).toEqual([]);
  });
});
