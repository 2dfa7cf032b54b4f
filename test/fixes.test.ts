import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
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

  afterAll(() => {
    const counts = new Map<string, { fix: number; suggestion: number }>();
    for (const { ruleId, kind } of tried) {
      const count = counts.get(ruleId) ?? { fix: 0, suggestion: 0 };
      count[kind]++;
      counts.set(ruleId, count);
    }
    const lines = [...counts]
      .toSorted()
      .map(([id, { fix, suggestion }]) => `${id}: ${fix} fixes, ${suggestion} suggestions`);
    console.log(lines.join("\n"));
  });

  test("some were tried, and only of rules that say they have some", () => {
    expect(tried.filter(({ kind }) => kind === "fix").length).toBeGreaterThan(5);
    expect(tried.filter(({ kind }) => kind === "suggestion").length).toBeGreaterThan(10);
    const claimed = rules.filter(({ meta }) => meta.fixable ?? meta.hasSuggestions).map(({ id }) => id);
    expect(tried.map(({ ruleId }) => ruleId).filter((id) => !claimed.includes(id))).toEqual([]);
  });
});
