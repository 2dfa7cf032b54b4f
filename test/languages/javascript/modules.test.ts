import { expect, test } from "vitest";
import { printSource } from "./read-source.ts";

test.each<[name: string, source: string, program: string]>([
  ["side effects", `import "a";`, `(import "a")`],
  [
    "default and names",
    `import a, { b, c as d, "e f" as g } from "m";`,
    `(import "m" default:a b c:d e f:g)`,
  ],
  ["everything", `import a, * as b from "m";`, `(import "m" default:a *:b)`],
  ["queries stay", `import a from "./p.md?raw";`, `(import "./p.md?raw" default:a)`],
  ["attributes", `import a from "./a.json" with { type: "json" };`, `(import "./a.json" default:a)`],
  ["types only", `import type { A } from "m";`, `(import-type "m" A)`],
  ["types beside values", `import { type A, b } from "m";`, `(import "m" b)`],
  ["types one by one", `import { type A, type B } from "m";`, `(import-type "m" A B)`],
  ["import equals require", `import a = require("m");`, `(import "m" *:a)`],
  ["import type equals require", `import type a = require("m");`, `(import-type "m" *:a)`],
  ["import equals a name", `import a = B.c.d;`, `(const = a (. (. B c) d))`],
])("import: %s", (_, source, program) => {
  expect(printSource(source)).toBe(program);
});

test.each<[name: string, source: string, program: string]>([
  ["constants", `export const a = 1, b = 2;`, `(export (const = a 1))\n(export (const = b 2))`],
  [
    "functions and classes",
    `export function f() {} export class A {}`,
    `(export (function f ()))\n(export (class A))`,
  ],
  ["names", `const a = 1; export { a, a as b, a as "c d" };`, `(const = a 1)\n(export a a:b a:c d)`],
  ["names of another module", `export { a as b, default } from "m";`, `(export "m" a:b default)`],
  ["everything of another module", `export * from "m";`, `(export "m" *)`],
  ["a module as a name", `export * as a from "m";`, `(export "m" * *:a)`],
  ["a default value", `export default { a: 1 };`, `(export (default {"a": 1}))`],
  ["a default arrow function", `export default () => 1;`, `(export (default (arrow ()\n  (return 1))))`],
  ["a default function without a name", `export default function () {}`, `(export (default (function ())))`],
  [
    "a default class without a name",
    `export default class extends A {}`,
    `(export (default (class (extends A))))`,
  ],
  [
    "a default function with a name is declared",
    `export default function f() {}`,
    `(function f ())\n(export f:default)`,
  ],
  ["a default class with a name is declared", `export default class A {}`, `(class A)\n(export A:default)`],
  ["export equals", `export = a;`, `(= (. module exports) a)`],
  ["export import", `export import a = B.c;`, `(export (const = a (. B c)))`],
  ["nothing", `export {};`, ``],
])("export: %s", (_, source, program) => {
  expect(printSource(source)).toBe(program);
});

test.each<[name: string, source: string]>([
  ["interfaces", `interface A { b: string } export interface B {}`],
  ["type aliases", `type A = string; export type B = A;`],
  ["exported types", `export type { A } from "m"; export { type B } from "m"; export type * from "m";`],
  ["a default interface", `export default interface A {}`],
  [
    "declarations",
    `declare const a: string; declare function f(): void; declare enum E {} export declare const b: string;`,
  ],
  ["modules and globals", `declare module "m" { export const a: string } declare global { var b: string }`],
  ["overloads", `function f(a: string): void; export function g(): void;`],
  ["a default overload", `export default function f(): void;`],
  ["namespaces of types", `namespace A { export type B = string }`],
  ["export as namespace", `export as namespace A;`],
])("types vanish: %s", (_, source) => {
  expect(printSource(source)).toBe("");
});
