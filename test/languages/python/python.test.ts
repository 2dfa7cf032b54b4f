import { describe, expect, test } from "vitest";
import { readPython } from "../../../src/languages/python/python.ts";
import { printProgram } from "../../support/print-program.ts";

function print(source: string): string {
  return printProgram(readPython(source, "a.py"));
}

/** Name, source, program. */
type Case = readonly [name: string, source: string, program: string];

describe("expressions", () => {
  const cases: readonly Case[] = [
    [
      "constants",
      "[None, True, False, 1_000, 0x1F, 0b11, 0o17, 1.5e3, .5, 'a']",
      '[null true false 1000 31 3 15 1500 0.5 "a"]',
    ],
    ["an imaginary number is unknown", "3j", '(unknown "number")'],
    ["the ellipsis is a name", "...", "Ellipsis"],
    ["attributes, items and calls", "a.b[0].c(d)", "(call (. ([] (. a b) 0) c) d)"],
    ["arguments keep their order", "f(a, *b, k=c, **d)", "(call f a *b k=c **d)"],
    ["a generator as the only argument", "f(x for x in y)", "(call f (generator-of x (for x of y)))"],
    ["a slice", "x[a:b]", "([:] x a b _)"],
    ["a slice with a step only", "x[::-1]", "([:] x _ _ (- 1))"],
    ["a tuple as index", "x[a, b]", "([] x (tuple a b))"],
    ["a starred index", "x[*a]", "([] x (tuple *a))"],
    ["slices inside a tuple stay unknown", "x[a:b, 1]", '([] x (tuple (unknown "slice" a b) 1))'],
    ["tuples", "(), (a,), (b)", "(tuple (tuple) (tuple a) b)"],
    ["lists with spreads", "[a, *b,]", "[a *b]"],
    ["sets", "{a, *b}", "(set a *b)"],
    ["dicts keep their order", "{'a': 1, **b, c: 2}", '{"a": 1, **b, c: 2}'],
    ["an empty pair of braces is a dict", "{}", "{}"],
    [
      "comprehensions",
      "[a for a, *b in c if d if e for f in g]",
      "(list-of a (for [a *b] of c (if d) (if e)) (for f of g))",
    ],
    ["a dict comprehension", "{k: v for k, v in d}", "(record-of k: v (for [k v] of d))"],
    ["a set comprehension", "{x async for x in d}", "(set-of x (for x of d))"],
    ["a conditional", "a if b else c", "(? b a c)"],
    ["logic", "a or b and not c", "(or a (and b (not c)))"],
    ["operators by precedence", "a + b * -c ** d | e", "(| (+ a (* b (- (** c d)))) e)"],
    ["operators from left to right", "a - b - c", "(- (- a b) c)"],
    ["a chain of comparisons", "a < b <= c", "(and (< a b) (<= b c))"],
    [
      "identity is equality",
      "a is b, a is not b, a not in b, a in b",
      "(tuple (== a b) (!= a b) (not in a b) (in a b))",
    ],
    ["a walrus", "(x := 1)", "(:= x 1)"],
    ["await binds tighter than power", "await a.b() ** 2", "(** (await (call (. a b))) 2)"],
    ["a lambda", "lambda x, /, *a, k=1, **kw: x", "(function (/x *a =k=1 **kw)\n  (return x))"],
    ["a lambda that yields", "lambda: (yield)", "(function* ()\n  (return (yield)))"],
    ["soft keywords are names", "match(case, type)", "(call match case type)"],
  ];
  test.each(cases)("%s", (_, source, program) => {
    expect(print(source)).toBe(program);
  });
});

describe("strings", () => {
  const cases: readonly Case[] = [
    ["adjacent strings join", `("a" 'b'\n  """c""")`, '"abc"'],
    ["raw and bytes", String.raw`r"\n" b"\x41"`, JSON.stringify("\\nA")],
    ["an f-string", `f"a{b}c"`, '(template "a" {b} "c")'],
    ["strings around an f-string become its text", `"a" f"{b}" "c"`, '(template "a" {b} "c")'],
    ["doubled braces", `f"{{a}}{b}"`, '(template "{a}" {b})'],
    ["conversion and format", `f"{a!r:>8}"`, '(template {a!r:">8"})'],
    ["a format with fields", `f"{a:>{w}.{p}f}"`, '(template {a:">" {w} "." {p} "f"})'],
    ["a field that prints its source", `f"{a = }"`, '(template "a = " {a!r})'],
    ["a field that prints its source and is formatted", `f"{a=:>3}"`, '(template "a=" {a:">3"})'],
    ["nested f-strings with the same quotes", `f"{f"{a["b"]}"}"`, '(template {(template {([] a "b")})})'],
    ["a field over several lines", `f"{\n  a # why\n}"`, "(template {a})"],
    ["a comparison in a field", `f"{a!=b}"`, "(template {(!= a b)})"],
    ["a lambda in a field", `f"{(lambda x: 1)}"`, "(template {(function (x)\n  (return 1))})"],
    ["a raw f-string", String.raw`rf"\d{a}"`, '(template "\\\\d" {a})'],
    ["a named character is no field", String.raw`f"\N{BULLET}{a}"`, '(template "\uFFFD" {a})'],
    ["a t-string", `t"a{b}"`, '(template "a" {b})'],
  ];
  test.each(cases)("%s", (_, source, program) => {
    expect(print(source)).toBe(program);
  });
});

describe("statements", () => {
  const cases: readonly Case[] = [
    ["an assignment", "a = 1", "(= a 1)"],
    ["a chain evaluates its value once", "a = b.c = f()", "(= a (call f))\n(= (. b c) a)"],
    [
      "a chain that begins with an item repeats the value",
      "b[0] = a = f()",
      "(= ([] b 0) (call f))\n(= a (call f))",
    ],
    ["targets are taken apart", "a, (b, *c) = d", "(= [a [b *c]] d)"],
    ["a slice is assigned", "a[1:] = []", "(= ([:] a 1 _ _) [])"],
    ["an augmented assignment", "a.b //= 2", "(//= (. a b) 2)"],
    ["an annotated assignment", "a: list[dict] = []", '(= a :"list[dict]" [])'],
    ["an annotation alone does nothing", "a: int", ""],
    ["pass and type aliases do nothing", "pass\ntype X[T] = list[T]", ""],
    ["several statements on a line", "a; b = 1;", "a\n(= b 1)"],
    [
      "elif",
      "if a: b\nelif c: d\nelse: e",
      "(if a\n  b\n  (else\n    (if c\n      d\n      (else\n        e))))",
    ],
    [
      "a loop with else",
      "for a, b in c:\n  continue\nelse:\n  d",
      "(for [a b] of c\n  (continue)\n  (else\n    d))",
    ],
    ["an asynchronous loop", "async for a in b: pass", "(for a of b)"],
    ["while", "while a:\n  break", "(while a\n  (break))"],
    [
      "try",
      "try: a\nexcept (B, C) as e: raise D from e\nexcept: raise\nelse: f\nfinally: g",
      "(try\n  a\n  (catch e\n    (throw D))\n  (catch\n    (throw))\n  (else\n    f)\n  (finally\n    g))",
    ],
    [
      "exception groups and lists without parentheses",
      "try: a\nexcept* B, C: d",
      "(try\n  a\n  (catch\n    d))",
    ],
    ["with", "with a as b, c: d", "(with (as a b) c\n  d)"],
    ["with in parentheses", "with (a as b, c as (d, e),): f", "(with (as a b) (as c [d e])\n  f)"],
    ["with on a parenthesized value", "with (a).b() as c: d", "(with (as (call (. a b)) c)\n  d)"],
    ["imports", "import a.b, c.d as e", '(import "a.b" *:a)\n(import "c.d" *:e)'],
    ["imports of names", "from ..a import (b as c, d,)", '(import "..a" b:c d)'],
    [
      "imports of a package's parts",
      "from . import a\nfrom ... import b",
      '(import "." a)\n(import "..." b)',
    ],
    ["imports of everything", "from a import *", '(import "a" *)'],
    ["del", "del a, (b[0], c.d)", "(delete a ([] b 0) (. c d))"],
    ["global and nonlocal", "global a, b\nnonlocal c", "(global a b)\n(nonlocal c)"],
    ["an assertion is its test", "assert a, b", "a"],
    [
      "a function",
      "def f(a, /, b: int = 1, *, c, **d) -> str:\n  'doc'\n  return b",
      '(function f (/a b:"int"=1 =c **d)\n  "doc"\n  (return b))',
    ],
    [
      "a function with type parameters",
      "def f[T: int = str, *Ts, **P](*a: *Ts): pass",
      '(function f (*a:"*Ts"))',
    ],
    ["decorators", "@a.b\n@c(1)\nasync def f(): pass", "(async-function f () @(. a b) @(call c 1))"],
    [
      "a generator",
      "def f():\n  def g(): yield 1\n  x = yield from g()",
      "(function* f ()\n  (function* g ()\n    (yield 1))\n  (= x (yield* (call g))))",
    ],
    [
      "a yield inside makes no generator of the outside",
      "def f():\n  def g(): yield",
      "(function f ()\n  (function* g ()\n    (yield)))",
    ],
  ];
  test.each(cases)("%s", (_, source, program) => {
    expect(print(source)).toBe(program);
  });
});

describe("classes", () => {
  const cases: readonly Case[] = [
    ["bases without keywords", "class A(B, metaclass=C): pass", "(class A (extends B))"],
    [
      "fields",
      "class A:\n  a: int\n  b: str = ''\n  c = d = 1",
      '(class A\n  (static field a :"int")\n  (static field b :"str" "")\n  (static field c 1)\n  (static field d 1))',
    ],
    [
      "fields of a tuple",
      "class A:\n  a, b = 1, f()\n  c, d = x",
      "(class A\n  (static field a 1)\n  (static field b (call f))\n  (static field c ([] x 0))\n  (static field d ([] x 1)))",
    ],
    [
      "fields under conditions",
      "class A:\n  'doc'\n  if x:\n    a = 1\n  try:\n    b = 2\n  except E:\n    b = 3",
      '(class A\n  (static field __doc__ "doc")\n  (static field a 1)\n  (static field b 2)\n  (static field b 3))',
    ],
    [
      "the constructor",
      "class A:\n  def __init__(self): pass",
      "(class A\n  (method constructor (function __init__ (self))))",
    ],
    [
      "properties",
      "class A:\n  @property\n  def a(self): pass\n  @a.setter\n  def a(self, v): pass\n  @a.deleter\n  def a(self): pass",
      "(class A\n  (getter a (function a (self) @property))\n  (setter a (function a (self v) @(. a setter))))",
    ],
    [
      "a cached property",
      "class A:\n  @functools.cached_property\n  def a(self): pass",
      "(class A\n  (getter a (function a (self) @(. functools cached_property))))",
    ],
    [
      "methods of the class",
      "class A:\n  @staticmethod\n  def a(): pass\n  @classmethod\n  def b(cls): pass\n  @other\n  def c(self): pass",
      "(class A\n  (static method a (function a () @staticmethod))\n  (class-method b (function b (cls) @classmethod))\n  (method c (function c (self) @other)))",
    ],
    ["a class inside", "class A:\n  class B: pass", "(class A\n  (static field B (class B)))"],
    ["decorators", "@dataclass(frozen=True)\nclass A[T]: pass", "(class A @(call dataclass frozen=true))"],
  ];
  test.each(cases)("%s", (_, source, program) => {
    expect(print(source)).toBe(program);
  });
});

describe("match", () => {
  const cases: readonly Case[] = [
    [
      "values",
      "match a:\n  case 'b' | c.D: pass\n  case -1: pass\n  case None: pass",
      '(switch a\n  (case "b" (. c D))\n  (case (- 1))\n  (case null))',
    ],
    ["the default", "match a:\n  case 1: pass\n  case _: b", "(switch a\n  (case 1)\n  (case _\n    b))"],
    [
      "a capture with a guard",
      "match a:\n  case x if x > 1: pass",
      "(switch a\n  (case _ (as x) (when (> x 1))))",
    ],
    ["a value with a name", "match a:\n  case 1 | 2 as x: pass", "(switch a\n  (case 1 2 (as x)))"],
    [
      "a mapping binds its parts",
      "match a:\n  case {'role': r, 'type': 'text'}: pass",
      '(switch a\n  (case _ (as {"role": r}) (when (unknown "match pattern"))))',
    ],
    [
      "a sequence binds its parts",
      "match a, b:\n  case 'x', y, *_: pass",
      '(switch (tuple a b)\n  (case _ (as [_ y *[]]) (when (unknown "match pattern"))))',
    ],
    [
      "names inside a class pattern become unknown",
      "match a:\n  case B(c=[d]) if e: f",
      '(switch a\n  (case _ (when (and (unknown "match pattern") e))\n    (unknown-statement "match pattern" d)\n    f))',
    ],
    ["a name that is no statement", "match = a\nmatch[0] = 1", "(= match a)\n(= ([] match 0) 1)"],
  ];
  test.each(cases)("%s", (_, source, program) => {
    expect(print(source)).toBe(program);
  });
});

describe("layout", () => {
  const cases: readonly Case[] = [
    ["tabs and blanks", "if a:\n\tb\n        c", "(if a\n  b\n  c)"],
    ["CRLF", "if a:\r\n  b\r\nc = 'x\\\r\ny'\r\n", '(if a\n  b)\n(= c "xy")'],
    ["a source that is indented as a whole", "  # a\n  if b:\n    c\n  d\ne", "(if b\n  c)\nd\ne"],
    [
      "a line in front of the indentation of the first",
      "    if b:\n        c\n  d\nif e:\n  f",
      "(if b\n  c)\nd\n(if e\n  f)",
    ],
    ["a lone CR ends a line", "a # b\rc", "a\nc"],
    ["a byte order mark", "\uFEFFa = 1", "(= a 1)"],
    ["names beyond ASCII", "größe = ñ.日本", "(= größe (. ñ 日本))"],
    ["continued lines", "a = \\\n  1", "(= a 1)"],
    ["a form feed", "\fa\n\f\nb", "a\nb"],
    ["no line end at the end", "def f():\n  return", "(function f ()\n  (return))"],
    ["comments in odd places", "if a:\n# b\n  c\n    # d\n# e\nf", "(if a\n  c)\nf"],
  ];
  test.each(cases)("%s", (_, source, program) => {
    expect(print(source)).toBe(program);
  });
});

describe("syntax errors", () => {
  const skipped = (message: string) => `!error Python syntax error: ${message} (the statement is skipped).`;
  const cases: readonly Case[] = [
    [
      "the rest is read",
      "a = 1\nb c\nd = 2",
      `(= a 1)\n(unknown-statement "syntax error")\n(= d 2)\n${skipped("expected the end of the statement")}`,
    ],
    [
      "names on the left become unknown",
      "a, b = c d",
      `(unknown-statement "syntax error" a b)\n${skipped("expected the end of the statement")}`,
    ],
    [
      "a print statement",
      'print "a"\nb',
      `(unknown-statement "syntax error")\nb\n${skipped("expected the end of the statement")}`,
    ],
    [
      "a block under a broken line is read",
      "if a b:\n  c",
      `(unknown-statement "syntax error")\n(if (unknown "syntax error")\n  c)\n${skipped("expected ':'")}`,
    ],
    [
      "a missing block",
      "def f():\na = 1",
      `(unknown-statement "syntax error")\n(= a 1)\n${skipped("expected an indented block")}`,
    ],
    [
      "a broken elif leaves what stands before it",
      "if a: b\nelif c d: e\nf",
      `(if a\n  b\n  (else\n    (unknown-statement "syntax error")))\nf\n${skipped("expected ':'")}`,
    ],
    [
      "a broken handler leaves the others",
      "try: a\nexcept B c: d\nexcept: e",
      `(try\n  a\n  (catch\n    (unknown-statement "syntax error"))\n  (catch\n    e))\n${skipped("expected ':'")}`,
    ],
    [
      "an open bracket ends at the next statement keyword",
      "a = f(1,\n  2\n\ndef g(): b",
      `(unknown-statement "syntax error" a)\n(function g ()\n  b)\n${skipped("expected ')'")}`,
    ],
    [
      "an open bracket ends at an indented statement keyword",
      "def f():\n  a = [1\n  return b",
      `(function f ()\n  (unknown-statement "syntax error" a)\n  (return b))\n${skipped("expected ']'")}`,
    ],
    [
      "an open bracket ends at a line that stands outside of it",
      "a = f(1\nb = 2\nfor c in d: e",
      `(unknown-statement "syntax error" a)\n(= b 2)\n(for c of d\n  e)\n${skipped("expected ')'")}`,
    ],
    [
      "a bracket of the wrong kind",
      "a = f(b[1)\nc",
      `(unknown-statement "syntax error" a)\nc\n${skipped("expected ']'")}`,
    ],
    [
      "an open field of an f-string",
      'def f():\n  a = f"{b"\n  return c',
      `(function f ()\n  (unknown-statement "syntax error" a)\n  (return c))\n${skipped("this string is not closed")}`,
    ],
    [
      "an open string",
      "a = 'b\nc",
      `(unknown-statement "syntax error" a)\nc\n${skipped("this string is not closed")}`,
    ],
    [
      "a call can't be assigned to",
      "f() = 1",
      `(unknown-statement "syntax error")\n${skipped("this can't be assigned to")}`,
    ],
    [
      "unexpected indentation",
      "a\n  b\nc",
      `a\n(unknown-statement "syntax error")\n(if (unknown "syntax error")\n  b)\nc\n${skipped("unexpected indentation")}`,
    ],
    [
      "a method of a broken line in a class",
      "class A:\n  x y\n  b = 1",
      `(class A\n  (static field b 1))\n${skipped("expected the end of the statement")}`,
    ],
    [
      "a broken case",
      "match a:\n  case 1 2: b\n  case 3: c",
      `(switch a\n  (case _ (when (unknown "match pattern"))\n    (unknown-statement "syntax error"))\n  (case 3\n    c))\n${skipped("expected ':'")}`,
    ],
  ];
  test.each(cases)("%s", (_, source, program) => {
    expect(print(source)).toBe(program);
  });

  test("the problem stands at the token that does not fit", () => {
    const { problems } = readPython("a = (1,\n     b c)", "a.py");
    expect(problems.map(({ span }) => span)).toEqual([{ file: "a.py", start: 15, end: 16 }]);
  });

  test("indentation between two levels belongs to the inner block", () => {
    expect(print("if a:\n    b\n  c\nd")).toBe(
      "(if a\n  b\n  c)\nd\n" +
        "!error The indentation of this line matches no block around it: the line is read as part of the inner one.",
    );
  });

  test("a file with NUL characters is no Python", () => {
    expect(print("a = 1\n\0\x01\x02")).toBe(
      "!error This is not Python source: it holds a NUL character. The file is skipped.",
    );
  });

  test("problems are listed up to a limit", () => {
    const { problems } = readPython("a b\n".repeat(1000), "a.py");
    expect(problems).toHaveLength(101);
    expect(problems[100]?.message).toBe("900 more problems were found behind this one.");
  });
});

describe("spans", () => {
  test("comments stand without their marks", () => {
    const source = "# promptlint-disable-next-line\na = 1 ## why \r\n#\n";
    expect(
      readPython(source, "a.py").comments.map(({ text, span }) => [text, source.slice(span.start, span.end)]),
    ).toEqual([
      ["promptlint-disable-next-line", "# promptlint-disable-next-line"],
      ["why", "## why "],
      ["", "#"],
    ]);
  });

  test("parts of templates stand without quotes, fields with their braces", () => {
    const source = `x = "a\\n" f'é{b!r:>3}{{' f"""🎉{c=}"""`;
    const [statement] = readPython(source, "a.py").body;
    if (statement?.kind !== "assign" || statement.value.kind !== "template")
      throw new Error("expected a template");
    expect(statement.value.parts.map(({ span }) => source.slice(span.start, span.end))).toEqual([
      "a\\n",
      "é",
      "{b!r:>3}",
      "{{",
      "🎉",
      "c=",
      "{c=}",
    ]);
  });

  test("arguments and entries hold their names", () => {
    const source = "f(a=1, *b)\n{'k': v, **w}";
    const [call, record] = readPython(source, "a.py").body;
    if (call?.kind !== "expression" || call.expression.kind !== "call") throw new Error("expected a call");
    if (record?.kind !== "expression" || record.expression.kind !== "record")
      throw new Error("expected a record");
    const parts = [...call.expression.arguments, ...record.expression.entries];
    expect(parts.map(({ span }) => source.slice(span.start, span.end))).toEqual([
      "a=1",
      "*b",
      "'k': v",
      "**w",
    ]);
  });

  test("a compound statement ends with its last statement", () => {
    const source = "def f():\n  if a:\n    b  # c\n\n\nd";
    const [statement] = readPython(source, "a.py").body;
    expect(source.slice(statement?.span.start, statement?.span.end)).toBe("def f():\n  if a:\n    b");
  });

  test("offsets are mapped to the file", () => {
    const { body } = readPython("a\nb", "a.md", (offset) => offset + 100);
    expect(body.map(({ span }) => span)).toEqual([
      { file: "a.md", start: 100, end: 101 },
      { file: "a.md", start: 102, end: 103 },
    ]);
  });
});
