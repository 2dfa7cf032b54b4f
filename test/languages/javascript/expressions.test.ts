import { expect, test } from "vitest";
import { printSource } from "./read-source.ts";

test.each<[name: string, source: string, program: string]>([
  [
    "text, numbers and constants",
    `f("a\\n😀", 1.5, 0x10, true, null, undefined)`,
    `(call f "a\\n😀" 1.5 16 true null undefined)`,
  ],
  ["a big integer that a number can hold", `10n`, `10`],
  ["a big integer that no number can hold", `99999999999999999999n`, `(unknown "large integer")`],
  ["a regular expression", `/a/g`, `(unknown "regular expression")`],
  ["members", `a.b.c`, `(. (. a b) c)`],
  ["indexes", `a["b"][0]`, `([] ([] a "b") 0)`],
  ["optional chaining", `a?.b?.[c]?.(d).e`, `(. (call? (?.[] (?. a b) c) d) e)`],
  ["private names", `this.#a.b`, `(. (. this #a) b)`],
  ["a test for a private name", `#a in b`, `(in "#a" b)`],
  ["super", `super.a()`, `(call (. super a))`],
  ["calls with spread", `f(a, ...b)`, `(call f a *b)`],
  ["new with and without arguments", `[new A(1), new a.B]`, `[(new A 1) (new (. a B))]`],
  ["dynamic import", `import("./a.js")`, `(call import "./a.js")`],
  [
    "dynamic import with options",
    `import("./a.json", { with: { type: "json" } })`,
    `(call import "./a.json" {"with": {"type": "json"}})`,
  ],
  ["require", `require("a")`, `(call require "a")`],
  ["import.meta", `import.meta.url`, `(. (. import meta) url)`],
  ["new.target", `function f() { new.target }`, `(function f ()\n  (unknown "new.target"))`],
  ["lists with holes and spread", `[1, , ...a]`, `[1 undefined *a]`],
  ["records", `({ a: 1, "b-c": 2, 3: 4, [d]: 5, e, ...f })`, `{"a": 1, "b-c": 2, 3: 4, d: 5, "e": e, **f}`],
  ["methods of records", `({ async a(b) {}, *c() {} })`, `{"a": (async-function (b)), "c": (function* ())}`],
  [
    "getters, but no setters",
    `({ get a() { return 1 }, set a(b) {} })`,
    `{get "a": (function ()\n  (return 1))}`,
  ],
  ["conditions", `a ? b : c`, `(? a b c)`],
  ["logic", `a && b || (c ?? d)`, `(or (and a b) (?? c d))`],
  [
    "unary operators",
    `[!a, -a, +a, ~a, typeof a, void a]`,
    `[(not a) (- a) (+ a) (~ a) (typeof a) (void a)]`,
  ],
  ["delete with a value", `f(delete a.b)`, `(call f (unknown "delete" (. a b)))`],
  ["arithmetic", `a + b * c ** d % e`, `(+ a (% (* b (** c d)) e))`],
  ["bits", `a & b | c ^ d << 1 >> 2 >>> 3`, `(| (& a b) (^ c (>>> (>> (<< d 1) 2) 3)))`],
  [
    "strict comparisons are plain ones",
    `[a === b, a !== b, a == b, a != b]`,
    `[(== a b) (!= a b) (== a b) (!= a b)]`,
  ],
  ["membership", `["a" in b, a instanceof B]`, `[(in "a" b) (instanceof a B)]`],
  ["assignments with a value", `f(a = b, a += c, a ??= d)`, `(call f (:= a b) (+:= a c) (nullish:= a d))`],
  ["counting up and down", `f(a++, ++a, o.b--)`, `(call f (old+:= a 1) (+:= a 1) (old-:= (. o b) 1))`],
  ["destructuring with a value", `f([a, b] = c)`, `(call f (:= [a b] c))`],
  ["sequences", `f((a, b))`, `(call f (, a b))`],
  ["arrow functions", `async (a, b) => a`, `(async-arrow (a b)\n  (return a))`],
  ["arrow functions that give a record", `() => ({ a })`, `(arrow ()\n  (return {"a": a}))`],
  [
    "function expressions",
    `(function* f() { yield; yield 1; yield* a })`,
    `(function* f ()\n  (yield)\n  (yield 1)\n  (yield* a))`,
  ],
  ["await", `await a.b()`, `(await (call (. a b)))`],
  ["class expressions", `f(class A extends B {})`, `(call f (class A (extends B)))`],
  ["templates", "`a${b}\\n${c + 1}`", `(template "a" {b} "\\n" {(+ c 1)})`],
  ["an empty template", "``", `(template)`],
  ["templates in templates", "`a${`b${c}`}`", `(template "a" {(template "b" {c})})`],
  ["tagged templates", "dedent`\\n  a${b}`", `(template tag=dedent "\\n  a" {b})`],
  ["escapes without a meaning under a tag", "tag`\\unicode`", `(template tag=tag "\\\\unicode")`],
])("%s", (_, source, program) => {
  expect(printSource(source)).toBe(program);
});

test.each<[name: string, source: string, program: string]>([
  [
    "attributes, spread and children",
    `<A b={c} {...d} e="f">g{h}<I j={k()} />{/* l */}</A>`,
    `(unknown "JSX" c d h (unknown "JSX" (call k)))`,
  ],
  ["fragments", `<>{a}{...b}</>`, `(unknown "JSX" a b)`],
  ["elements as attributes", `<A b=<C>{d}</C> />`, `(unknown "JSX" (unknown "JSX" d))`],
])("JSX: %s", (_, source, program) => {
  expect(printSource(source, "file.tsx")).toBe(program);
});

test.each<[name: string, source: string]>([
  ["as", `f(a as unknown as B)`],
  ["as const", `f(a as const)`],
  ["satisfies", `f(a satisfies B)`],
  ["non-null assertion", `f(a!)`],
  ["type assertion", `f(<B>a)`],
  ["instantiation", `f(a<B>)`],
  ["type arguments", `f<B>(a)`],
  ["parentheses", `f(((a)))`],
])("looks through %s", (_, source) => {
  expect(printSource(source)).toBe("(call f a)");
});
