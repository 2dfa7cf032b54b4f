import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { precedence, rules } from "../../rules/index.ts";
import { handbook } from "../support/handbook.ts";
import { lintTexts } from "../support/lint-texts.ts";
import { readExamples, readPage } from "../support/rule-page.ts";

const folder = new URL("../../rules/", import.meta.url);
const names = readdirSync(folder);
const pageOf = (id: string) => readPage(readFileSync(new URL(`${id}.md`, folder), "utf8"));

const headings = ["Why it costs", "Fails", "Passes", "Fix", "What it cannot see", "Options", "Sources"];
const fileNames: Record<string, string> = {
  python: "prompt.py",
  typescript: "prompt.ts",
  handlebars: "prompt.hbs",
  json: "request.json",
};

test("the list holds every rule of the folder, in order", () => {
  const ids = names
    .filter((name) => name.endsWith(".ts") && name !== "index.ts")
    .map((name) => name.slice(0, -3));
  expect(rules.map(({ id }) => id)).toEqual(ids.toSorted());
});

test("every rule has a page, and every page a rule", () => {
  const pages = names.filter((name) => name.endsWith(".md")).map((name) => name.slice(0, -3));
  expect(pages.toSorted()).toEqual(rules.map(({ id }) => id));
});

test("no rule stands in two groups of the order of precedence", () => {
  const ids = precedence.flat();
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(rules.map((rule) => ({ id: rule.id, rule })))("$id", ({ rule }) => {
  test("messages end in a full stop", () => {
    for (const message of Object.values(rule.meta.messages))
      expect(message).toMatch(/(?:\.|\{\{remedy\}\})$/);
  });

  test("the default options pass their own schema's names", () => {
    const { options } = rule.meta;
    const known = Object.keys((options?.schema["properties"] ?? {}) as object);
    expect(Object.keys({ ...options?.default, ...options?.strict })).toEqual(known);
  });

  describe("page", () => {
    const page = pageOf(rule.id);

    test("says the same as the rule", () => {
      expect(page.title).toBe(rule.id);
      expect(page.description).toBe(`${rule.meta.docs.description}.`);
    });

    test("has all sections, in order", () => {
      expect([...page.sections.keys()]).toEqual(headings);
    });

    test("says whether there are fixes", () => {
      const says = page.sections.get("Fix")!.trim();
      const { fixable, hasSuggestions } = rule.meta;
      expect(says.startsWith("None: ")).toBe(!fixable && !hasSuggestions);
      expect(says.includes("`--fix`")).toBe(fixable !== undefined);
      expect(/\bsuggestions?\b/i.test(says)).toBe(hasSuggestions === true);
    });

    test("names each source with its date", () => {
      const sources = page.sections.get("Sources")!.trim().split("\n");
      expect(sources.filter((line) => !/<https:\/\/\S+>, read \d{4}-\d{2}(?:-\d{2})?$/.test(line))).toEqual(
        [],
      );
    });

    test("has an example of each kind", () => {
      const expectedIn = (heading: string) =>
        readExamples(page.sections.get(heading)!).map(({ expected }) => expected.map((each) => each.rule));
      expect(expectedIn("Fails")).toContainEqual([rule.id]);
      expect(expectedIn("Passes").length).toBeGreaterThan(0);
      expect(expectedIn("Passes").flat()).toEqual([]);
    });

    const examples = ["Fails", "Passes"].flatMap((heading) =>
      readExamples(page.sections.get(heading)!).map((example, index) => ({
        ...example,
        heading,
        number: index + 1,
      })),
    );
    test.each(examples)("$heading, example $number", ({ language, text, facts, expected }) => {
      const path = facts["title"] ?? fileNames[language] ?? "prompt.txt";
      const options = facts["model"] === undefined ? {} : { model: facts["model"] };
      const { findings, files } = lintTexts({ "handbook.md": handbook, [path]: text }, options);
      const found = findings.map(({ ruleId, at }) => ({
        rule: ruleId,
        line: files.get(at.file)!.positionAt(at.start).line,
      }));
      expect(found).toEqual(expected);
    });
  });
});
