import { parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";
import type { EsNode } from "../../../src/languages/javascript/es-node.ts";
import { findDeepNesting, maximumNesting } from "../../../src/languages/javascript/find-deep-nesting.ts";
import { lowerProgram } from "../../../src/languages/javascript/lower-program.ts";
import { maximumDepth } from "../../../src/languages/javascript/lowering.ts";
import { nodesOf, readSource } from "./read-source.ts";

const note = { message: "Code nested more than 300 levels deep was skipped.", severity: "note" };

function nest(open: string, inside: string, close: string, times: number): string {
  return open.repeat(times) + inside + close.repeat(times);
}

test("a sum of 20,000 terms keeps its last terms", () => {
  const source = `a = ${Array.from({ length: 20_000 }, (_, index) => `a${index}`).join(" + ")};`;
  const module = readSource(source);
  const names = nodesOf(module, "name") as unknown as { name: string }[];
  expect(names.map(({ name }) => name)).toContain("a19999");
  expect(names.length).toBeGreaterThan(maximumDepth - 10);
  // Both sides of the last sum that is too deep.
  expect(nodesOf(module, "unknownExpression")).toHaveLength(2);
  expect(module.problems).toMatchObject([note]);
});

test.each<[name: string, source: string]>([
  ["lists", `a = ${nest("[", "", "]", 5_000)};`],
  ["records", `a = ${nest("{a:", "1", "}", 5_000)};`],
  ["calls", `${nest("f(", "", ")", 50_000)};`],
  ["templates", `a = ${nest("`${", "1", "}`", 5_000)};`],
  ["functions", nest("function f() {", "", "}", 20_000)],
  ["conditions", `a = ${"b ? c : ".repeat(20_000)}d;`],
  ["conditions on lines", `a = b${"\n  ? c\n  : d".repeat(20_000)};`],
  ["lists in a list of texts", `a = [${nest(`"]", [`, "", "]", 5_000)}];`],
])("%s nested too deeply for the parser are an error where the limit is passed", (_, source) => {
  const module = readSource(source);
  expect(module.body).toEqual([]);
  expect(module.problems).toMatchObject([
    { message: "The file is nested more than 400 levels deep here, so it was not read.", severity: "error" },
  ]);
  const start = module.problems[0]!.span.start;
  expect(findDeepNesting(source.slice(0, start))).toBeUndefined();
});

test.each<[name: string, source: string]>([
  ["brackets next to each other", `a = [${"f([{}]),".repeat(1_000)}];`],
  ["brackets in texts", `a = [${`"([{", '(', `.repeat(1_000)}];`],
  ["stray brackets in templates", "a = { b: `(` };".repeat(1_000)],
  ["stray brackets in comments", "{ /* :( */ }".repeat(1_000)],
  ["apostrophes in comments", "f( // don't\n);".repeat(1_000)],
  ["conditions next to each other", `f(${"a ? b : c, ".repeat(1_000)});`],
  ["conditions without semicolons", `a = b ? c : d\n`.repeat(1_000)],
  ["optional chaining", `a = b${"?.c".repeat(250)} ${"?? d".repeat(250)}`],
  ["optional members", `interface A { ${"a?: b\n".repeat(1_000)} }`],
])("%s are not deep", (_, source) => {
  expect(findDeepNesting(source)).toBeUndefined();
});

test(`${maximumNesting} levels are not too deep for the parser`, () => {
  const source = `a = ${nest("[", "", "]", maximumNesting)};`;
  expect(findDeepNesting(source)).toBeUndefined();
  expect(readSource(source).problems).toMatchObject([note]);
});

describe("a tree that is deeper than any file that is parsed here", () => {
  test.each<[name: string, source: string]>([
    ["lists", `a = ${nest("[", "", "]", 1_000)};`],
    ["blocks", nest("{", "", "}", 1_000)],
    ["else if", `${"if (a) b; else ".repeat(1_000)}c;`],
    ["functions", nest("function f() {", "", "}", 1_000)],
    ["arrow functions", `a = ${"a => ".repeat(1_000)}b;`],
    ["classes with methods", `a = ${nest("class { a() { return ", "1", "} }", 1_000)};`],
    ["static blocks", `a = ${nest("class { static { a = ", "1", "} }", 1_000)};`],
    ["getters", `a = ${nest("{ get a() { return ", "1", "} }", 1_000)};`],
    ["switch", nest("switch (a) { case 1: ", "", "}", 1_000)],
    ["try", nest("try {", "", "} catch {}", 1_000)],
    ["patterns", `let ${nest("[", "a", "]", 1_000)} = b;`],
    ["JSX", `a = ${nest("<a b={", "1", "} />", 1_000)};`],
    ["namespaces", nest("namespace A { export ", "const a = 1", "}", 1_000)],
    ["qualified names", `import a = A${".b".repeat(1_000)};`],
    ["with", `${"with (a) ".repeat(1_000)}b = 1;`],
  ])("%s: what lies too deep is unknown", (_, source) => {
    const { program, errors } = parseSync("a.tsx", source, {
      lang: "tsx",
      astType: "ts",
      preserveParens: false,
    });
    expect(errors).toEqual([]);
    const module = lowerProgram(program as EsNode, source, "a.tsx", []);
    expect(module.problems).toMatchObject(source.startsWith("with") ? [] : [note]);
    expect([...nodesOf(module, "unknownExpression"), ...nodesOf(module, "unknown")]).not.toEqual([]);
  });
});
