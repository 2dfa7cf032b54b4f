import { expect, test } from "vitest";
import { printSource } from "./read-source.ts";

test.each<[name: string, source: string, program: string]>([
  ["defaults and rest", `function f(a, b = 1, ...c) {}`, `(function f (a b=1 *c))`],
  [
    "types",
    `function f(a?: string, b: number = 1, ...c: string[]) {}`,
    `(function f (a?:"string" b:"number"=1 *c:"string[]"))`,
  ],
  [
    "records",
    `function f({ a, b: c = 1, ["d"]: e, ...g }: Options = {}) {}`,
    `(function f ({"a": a, "b": (default c 1), "d": e, ...g}:"Options"={}))`,
  ],
  ["lists", `function f([a, , b = 1, ...c]) {}`, `(function f ([a _ (default b 1) *c]))`],
  ["the type of this", `function f(this: Window, a) {}`, `(function f (a))`],
  ["a rest that is a list", `function f(...[a, b]) {}`, `(function f (*[a b]))`],
])("parameters: %s", (_, source, program) => {
  expect(printSource(source)).toBe(program);
});

test.each<[name: string, source: string, program: string]>([
  ["declarations", `const { a, b: [c], ...d } = e;`, `(const = {"a": a, "b": [c], ...d} e)`],
  ["computed keys", `const { [a]: b, "c d": e } = f;`, `(const = {a: b, "c d": e} f)`],
  ["defaults", `const [a = b()] = c;`, `(const = [(default a (call b))] c)`],
  ["assignments to places", `({ a: b.c, d: e[0] } = f);`, `(= {"a": (. b c), "d": ([] e 0)} f)`],
  ["swaps", `[a, b] = [b, a];`, `(= [a b] [b a])`],
])("destructuring: %s", (_, source, program) => {
  expect(printSource(source)).toBe(program);
});
