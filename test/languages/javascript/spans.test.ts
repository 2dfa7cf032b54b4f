import { expect, test } from "vitest";
import type { ClassMember, FunctionNode, Module } from "../../../src/program/program.ts";
import { nodesOf, readSource } from "./read-source.ts";

function textsOf(module: Module, source: string, kind: string): readonly string[] {
  return nodesOf(module, kind).map(({ span }) => source.slice(span.start, span.end));
}

test.each<[name: string, kind: string, source: string, texts: readonly string[]]>([
  ["values of a template take their braces", "value", "`a${b}${ c }d}`", ["${b}", "${ c }"]],
  ["texts of a template leave delimiters out", "text", "`a${b}\\n}${c}\r\n`", ["a", "\\n}", "\r\n"]],
  ["values of templates in templates", "value", "`${`${a}`}`", ["${`${a}`}", "${a}"]],
  ["values behind astral characters", "value", "`😀${a}é${b}`", ["${a}", "${b}"]],
  ["values of a tagged template", "value", "tag`a${b}`", ["${b}"]],
  ["a tagged template begins at its tag", "template", "tag`a`", ["tag`a`"]],
  ["a template in a cast", "template", "f(`a` as string)", ["`a`"]],
  ["entries hold key and value", "entry", `({ a: 1, "b": [2], c })`, ["a: 1", `"b": [2]`, "c"]],
  ["methods of records", "functionExpression", `({ async a() {} })`, ["async a() {}"]],
  ["spread arguments", "spread", `f(...a)`, ["...a"]],
  ["declarations hold their keyword", "assign", `const a = 1;`, ["const a = 1;"]],
  ["several declarations hold themselves only", "assign", `const a = 1, b = 2;`, ["a = 1", "b = 2"]],
  ["exports hold their declaration", "export", `export const a = 1;`, ["export const a = 1;"]],
  ["an arrow function returns what stands in parentheses", "return", `() => ({ a })`, ["{ a }"]],
  [
    "parameter properties point at the name",
    "placePattern",
    `class A { constructor(private a: B = c) {} }`,
    ["a"],
  ],
  ["names leave their types out", "namePattern", `let a!: B; function f(c?: D, e ?: F) {}`, ["a", "c", "e"]],
  ["patterns leave their types out", "recordPattern", `const { a } : B = c;`, ["{ a }"]],
  ["defaults keep their values", "defaultPattern", `const [a = b!] = c;`, ["a = b!"]],
  ["calls reach from callee to parenthesis", "call", `(a.b)(c)`, ["(a.b)(c)"]],
])("%s", (_, kind, source, texts) => {
  expect(textsOf(readSource(source), source, kind)).toEqual(texts);
});

test.each<[name: string, source: string, nameText: string]>([
  ["a function", `function abc() {}`, "abc"],
  ["a method", `class A { async abc() {} }`, "abc"],
  ["a private method", `class A { #abc() {} }`, "#abc"],
  ["an object's method", `({ "abc"() {} })`, `"abc"`],
  ["a function without a name", `(function () {})`, ""],
])("the name of %s", (_, source, nameText) => {
  const functions: FunctionNode[] = [];
  JSON.stringify(readSource(source).body, (_key, value: { parameters?: unknown; member?: ClassMember }) => {
    if (value && typeof value === "object" && value.parameters)
      functions.push(value as unknown as FunctionNode);
    return value;
  });
  expect(functions).toHaveLength(1);
  expect(source.slice(functions[0]!.nameSpan.start, functions[0]!.nameSpan.end)).toBe(nameText);
});
