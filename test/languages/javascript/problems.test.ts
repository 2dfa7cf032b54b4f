import { expect, test } from "vitest";
import { printSource, readSource } from "./read-source.ts";

test.each<[name: string, path: string, source: string, at: string, message: string]>([
  ["a missing value", "a.ts", "const é = «;»\nlet b = 1;", ";", "Syntax error: Unexpected token."],
  ["an open call at the end", "a.ts", "f(1, 2«»", "", "Syntax error: Expected `)` but found `EOF`."],
  [
    "an open string behind astral characters",
    "a.ts",
    `/* 😀 */ a = «"bc»`,
    `"bc`,
    "Syntax error: Unterminated string.",
  ],
  ["an open comment", "a.ts", "a = 1; «/* b»", "/* b", "Syntax error: Unterminated multiline comment."],
  ["a line end that cannot stand there", "a.ts", "a #«\n»b", "\n", "Syntax error: Invalid Character ` `."],
  ["an open template", "a.ts", "a = «`b»", "`b", "Syntax error: Unterminated string."],
  [
    "JSX in a .ts file",
    "a.ts",
    "const a = <b>c<«/b>;»",
    "/b>;",
    "Syntax error: Unterminated regular expression.",
  ],
])("syntax error: %s", (_, path, source, at, message) => {
  const text = source.replace("«", "").replace("»", "");
  const module = readSource(text, path);
  expect(module.body).toEqual([]);
  expect(module.problems).toHaveLength(1);
  const [problem] = module.problems;
  expect(problem).toMatchObject({ severity: "error", message });
  expect(problem?.span).toEqual({
    file: path,
    start: source.indexOf("«"),
    end: source.indexOf("«") + at.length,
  });
});

test("what the parser gets over is a note", () => {
  expect(printSource(`f(a); return;`)).toBe(
    "(call f a)\n(return)\n!note Syntax error: A 'return' statement can only be used within a function body.",
  );
});

test("of the two readings of a .js file, the error further on is told", () => {
  const module = readSource(`const a: string = "b";\nconst c = (d: any);`, "a.js");
  expect(module.problems[0]?.span.start).toBeGreaterThan(23);
});

test.each<[path: string, source: string]>([
  ["a.js", `const a = <b c={d}>e</b>;`],
  ["a.jsx", `const a = <b c={d}>e</b>;`],
  ["a.js", `function f(a: string): void {}`],
  ["a.mjs", `export const a = await b;`],
  ["a.cjs", `return require("a");`],
  ["a.js", `with (a) b = 010;`],
  ["a.js", `#!/usr/bin/env node\na();`],
  ["a.tsx", `const a = <b c={d as E}>e</b>;`],
  ["a.ts", `const a = <B>c; const d = <E>(f: E) => f;`],
  ["a.mts", `const a = <B>c;`],
  ["a.cts", `import a = require("a"); export = a;`],
  ["a.d.ts", `declare const a: string; export function f(): void;`],
  ["a.d.mts", `export const a: string;`],
  ["A.TS", `const a = <B>c;`],
])("%s holds %s", (path, source) => {
  expect(readSource(source, path).problems).toEqual([]);
});

test("an empty file is an empty program", () => {
  expect(readSource("")).toEqual({
    path: "file.ts",
    language: "javascript",
    body: [],
    comments: [],
    problems: [],
  });
});

test("types in .js files are read like those in .ts files", () => {
  expect(printSource(`const a: string = b as string;`, "a.js")).toBe(`(const = a :"string" b)`);
});
