import { describe, expect, test } from "vitest";
import type { LintResult } from "../../src/engine/result.ts";
import type { Rule } from "../../src/rule/index.ts";
import { dedent } from "./dedent.ts";
import { handbook } from "./handbook.ts";
import { lintTexts, type LintTextsOptions } from "./lint-texts.ts";
import { readMarks, type Mark } from "./marked-text.ts";
import { tryFixes, type TriedFix } from "./try-fixes.ts";

/** The file a snippet is linted as. */
const files = {
  py: "prompt.py",
  ts: "prompt.ts",
  json: "request.json",
  yaml: "prompt.yaml",
  hbs: "prompt.hbs",
};

type Snippet = Partial<Record<keyof typeof files, string>>;

/** One behaviour of a rule: a snippet in whichever language reads best, with marks under what is found. */
export interface RuleCase extends Snippet {
  readonly name: string;
  /** Further files the snippet needs, by path; `handbook.md`, some 2,500 tokens of static text, is always there. */
  readonly files?: Readonly<Record<string, string>>;
  /** Options of the run, such as the model of requests that name none. */
  readonly options?: Omit<LintTextsOptions, "only">;
  /** True: the snippet sends no request that anybody could recognise. */
  readonly sendsNothing?: boolean;
}

export interface RuleCases {
  readonly valid: readonly RuleCase[];
  readonly invalid: readonly RuleCase[];
}

/**
 * Lints each snippet and compares the findings of the rule with the marks under the text: a line of carets below the
 * place, and the message id behind them. A valid snippet has no marks.
 */
export function testRule(rule: Rule, { valid, invalid }: RuleCases): void {
  describe(`${rule.id} in code`, () => {
    test.each(valid.map((each) => ({ ...each, title: `valid: ${each.name}` })))("$title", (each) => {
      const { found, expected, requests } = run(rule, each);
      expect(expected).toEqual([]);
      expect(found).toEqual([]);
      // Silence about something that was not understood would prove nothing.
      if (!each.sendsNothing) expect(requests).toBeGreaterThan(0);
    });

    test.each(invalid.map((each) => ({ ...each, title: `invalid: ${each.name}` })))("$title", (each) => {
      const { found, expected } = run(rule, each);
      expect(expected).not.toEqual([]);
      expect(found).toEqual(expected);
    });

    testFixes(rule, invalid);
  });
}

/** Each fix and each suggestion cures its finding and does no harm; a rule that claims to have some has some. */
function testFixes(rule: Rule, cases: readonly RuleCase[]): void {
  const { fixable, hasSuggestions } = rule.meta;
  if (!fixable && !hasSuggestions) return;
  const tried: TriedFix[] = [];

  test.each(cases.map((each) => ({ ...each, title: `fixed: ${each.name}` })))("$title", (each) => {
    const { texts } = textsOf(each);
    const fixes = tryFixes(texts, (changed) => lintTexts(changed, each.options), rule.id);
    tried.push(...fixes);
    expect(fixes.filter(({ faults }) => faults.length > 0)).toEqual([]);
  });

  test("some fixes were tried", () => {
    const kinds = new Set(tried.map(({ kind }) => kind));
    expect(kinds.has("fix")).toBe(fixable !== undefined);
    expect(kinds.has("suggestion")).toBe(hasSuggestions === true);
  });
}

function textsOf(each: RuleCase) {
  const language = (Object.keys(files) as (keyof typeof files)[]).find((name) => each[name] !== undefined);
  if (!language) throw new Error(`no snippet in case: ${each.name}`);
  const path = files[language];
  const { text, marks } = readMarks(dedent(each[language]!));
  return { texts: { "handbook.md": handbook, ...each.files, [path]: text }, marks };
}

function run(rule: Rule, each: RuleCase) {
  const { texts, marks } = textsOf(each);
  const result = lintTexts(texts, { ...each.options, only: [rule.id] });
  expect(result.failures).toEqual([]);
  const found = result.findings.map(({ messageId, at }): Mark => ({
    label: messageId,
    text: textAt(result, at),
    start: at.start,
  }));
  return { found, expected: marks, requests: result.requests.length };
}

function textAt(
  { files: sources }: LintResult,
  { file, start, end }: LintResult["findings"][number]["at"],
): string {
  return sources.get(file)?.text.slice(start, end) ?? "";
}
