import { expect, test } from "vitest";
import { printSource } from "./read-source.ts";

test.each<[name: string, source: string, program: string]>([
  [
    "declarations",
    `const a = 1; let b; var c = 2, d = 3;`,
    `(const = a 1)\n(let = b undefined)\n(var = c 2)\n(var = d 3)`,
  ],
  [
    "declarations with types",
    `const a: Tool[] = [], { b }: { b: string } = c;`,
    `(const = a :"Tool[]" [])\n(const = {"b": b} :"{ b: string }" c)`,
  ],
  ["using", `using a = b();`, `(const = a (call b))`],
  [
    "assignments",
    `a = 1; a.b = 2; a[0] = 3; a = b = c;`,
    `(= a 1)\n(= (. a b) 2)\n(= ([] a 0) 3)\n(= a (:= b c))`,
  ],
  [
    "assignments through casts",
    `(a as any).b = 1; a!.b = 2; (a as any) = 3;`,
    `(= (. a b) 1)\n(= (. a b) 2)\n(= a 3)`,
  ],
  [
    "compound assignments",
    `a += 1; a ||= 2; a &&= 3; a ??= 4; a >>>= 5; a **= 6;`,
    `(+= a 1)\n(or= a 2)\n(and= a 3)\n(nullish= a 4)\n(>>>= a 5)\n(**= a 6)`,
  ],
  ["delete", `delete a.b; delete a?.["b"];`, `(delete (. a b))\n(delete (?.[] a "b"))`],
  ["module.exports", `module.exports = { a };`, `(= (. module exports) {"a": a})`],
  [
    "if",
    `if (a) b(); else if (c) { d(); } else {}`,
    `(if a\n  (call b)\n  (else\n    (if c\n      (call d))))`,
  ],
  ["blocks", `{ const a = 1; }`, `(block\n  (const = a 1))`],
  ["while", `while (a) { b(); continue; }`, `(while a\n  (call b)\n  (continue))`],
  ["do while", `do a(); while (b);`, `(do-while b\n  (call a))`],
  [
    "for",
    `for (let i = 0, n = 3; i < n; i++) f(i);`,
    `(block\n  (let = i 0)\n  (let = n 3)\n  (while (< i n) (update (old+:= i 1))\n    (call f i)))`,
  ],
  [
    "for with an assignment in front",
    `for (i = 0; ; ) break;`,
    `(block\n  (:= i 0)\n  (while _\n    (break)))`,
  ],
  ["for without anything", `for (;;) break;`, `(while _\n  (break))`],
  ["for of", `for (const [a, { b }] of c) f(a);`, `(for const [a {"b": b}] of c\n  (call f a))`],
  ["for of over a place", `for (a.b of c) {}`, `(for (. a b) of c)`],
  ["for await", `export {}; for await (let a of b) {}`, `(for let a of b)`],
  ["for in", `for (var a in b) {}`, `(for var a in b)`],
  ["labels", `a: for (const b of c) { continue a; }`, `(block a\n  (for const b of c\n    (continue a)))`],
  [
    "switch",
    `switch (a) { case 1: case "2": b(); break; default: c(); }`,
    `(switch-through a\n  (case 1)\n  (case "2"\n    (call b)\n    (break))\n  (case _\n    (call c)))`,
  ],
  [
    "try",
    `try { a(); } catch ({ message }) { b(); } finally { c(); }`,
    `(try\n  (call a)\n  (catch {"message": message}\n    (call b))\n  (finally\n    (call c)))`,
  ],
  ["try without a name", `try { a(); } catch {}`, `(try\n  (call a)\n  (catch))`],
  [
    "return and throw",
    `function f() { if (a) return; throw new E(b); return c; }`,
    `(function f ()\n  (if a\n    (return))\n  (throw (new E b))\n  (return c))`,
  ],
  ["empty statements and debugger", `;;debugger;`, ``],
  ["directives", `"use server";`, `"use server"`],
  [
    "functions in source order",
    `a(); function a() {} async function* b() {}`,
    `(call a)\n(function a ())\n(async-function* b ())`,
  ],
])("%s", (_, source, program) => {
  expect(printSource(source)).toBe(program);
});

test("with is unknown, and so is what it assigns", () => {
  const source = `with (o) { a = 1; [b, { c, d: e = 2 }] = x; (f as any)++; for (g of h) var i = j.k; }`;
  expect(printSource(source)).toMatch(/^\(unknown-statement "WithStatement"( \w)+\)$/);
  for (const name of ["a", "b", "c", "e", "f", "g", "i"])
    expect(printSource(source)).toMatch(new RegExp(` ${name}\\b`));
});
