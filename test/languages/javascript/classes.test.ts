import { expect, test } from "vitest";
import { printSource } from "./read-source.ts";

test.each<[name: string, member: string, printed: string]>([
  ["methods", `a(b) { return b; }`, `(method a (function a (b)\n    (return b)))`],
  ["async and generator methods", `async *a() {}`, `(method a (async-function* a ()))`],
  ["static methods", `static a() {}`, `(static method a (function a ()))`],
  [
    "getters and setters",
    `get a() { return 1; } set a(b) {}`,
    `(getter a (function a ()\n    (return 1)))\n  (setter a (function a (b)))`,
  ],
  [
    "constructors",
    `constructor(a) { this.a = a; }`,
    `(method constructor (function constructor (a)\n    (= (. this a) a)))`,
  ],
  [
    "parameter properties",
    `constructor(private a: A, readonly b = 1, c: C) { super(); }`,
    `(method constructor (function constructor (a:"A" b=1 c:"C")\n    (= (. this a) a)\n    (= (. this b) b)\n    (call super)))`,
  ],
  ["fields", `a = 1; b: string; c?: D = e;`, `(field a 1)\n  (field b :"string")\n  (field c :"D" e)`],
  ["static fields", `static a = 1;`, `(static field a 1)`],
  ["private members", `#a = 1; #b() {}`, `(field #a 1)\n  (method #b (function #b ()))`],
  ["accessors", `accessor a = 1;`, `(field a 1)`],
  [
    "keys that are no names",
    `"a b" = 1; 2 = 3; ["c"] = 4; [d.e]() {}`,
    `(field a b 1)\n  (field 2 3)\n  (field c 4)\n  (method [d.e] (function [d.e] ()))`,
  ],
  ["static blocks", `static { a(); }`, `(static field static {} (call (arrow ()\n    (call a))))`],
  ["decorated methods", `@a @b(1) c() {}`, `(method c (function c () @a @(call b 1)))`],
  ["arrow functions in fields", `a = () => this.b;`, `(field a (arrow ()\n    (return (. this b))))`],
])("%s", (_, member, printed) => {
  expect(printSource(`class A extends X { ${member} }`)).toBe(`(class A (extends X)\n  ${printed})`);
});

test.each<[name: string, source: string, program: string]>([
  [
    "overloads and abstract members vanish",
    `abstract class A { a(b: string): void; a(b: any) {} abstract c(): void; abstract d: string; [key: string]: any; declare e: F }`,
    `(class A\n  (method a (function a (b:"any"))))`,
  ],
  [
    "bases that are calls",
    `class A extends mixin(B)<C> implements D {}`,
    `(class A (extends (call mixin B)))`,
  ],
  ["decorated classes", `@a class B {}`, `(class B @a)`],
  ["ambient classes vanish", `declare class A {}`, ``],
])("%s", (_, source, program) => {
  expect(printSource(source)).toBe(program);
});
