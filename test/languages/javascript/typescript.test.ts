import { expect, test } from "vitest";
import { printSource } from "./read-source.ts";

test.each<[name: string, source: string, program: string]>([
  ["counted members", `enum A { B, C, D = 5, E }`, `(const = A {"B": 0, "C": 1, "D": 5, "E": 6})`],
  ["members below zero", `enum A { B = -2, C, D }`, `(const = A {"B": (- 2), "C": -1, "D": 0})`],
  ["text members", `const enum A { B = "b", "c d" = "e" }`, `(const = A {"B": "b", "c d": "e"})`],
  [
    "a member behind a computed one",
    `enum A { B = f(), C }`,
    `(const = A {"B": (call f), "C": (unknown "enum member")})`,
  ],
  ["exported", `export enum A { B }`, `(export (const = A {"B": 0}))`],
])("enum: %s", (_, source, program) => {
  expect(printSource(source)).toBe(program);
});

test.each<[name: string, source: string, program: string]>([
  [
    "exported members form a record",
    `namespace A { export const b = 1, { c, d: [e] } = f; const g = 2; export function h() {} export class I {} }`,
    `(const = A (call (arrow ()
  (const = b 1)
  (const = {"c": c, "d": [e]} f)
  (const = g 2)
  (function h ())
  (class I)
  (return {"b": b, "c": c, "e": e, "h": h, "I": I}))))`,
  ],
  [
    "qualified names",
    `namespace A.B { export const c = 1; }`,
    `(const = A {"B": (call (arrow ()\n  (const = c 1)\n  (return {"c": c})))})`,
  ],
])("namespace: %s", (_, source, program) => {
  expect(printSource(source)).toBe(program);
});
