import { testValues } from "../support/test-values.ts";

testValues("functions", [
  {
    name: "default and keyword parameters",
    py: `
      def make(a, b="B", *, c="C"):
          return a + b + c
      def build():
          return [make("a"), make("a", "b"), make("a", c="c"), make(b="x", a="y")]`,
    gives: `["aBC", "abC", "aBc", "yxC"]`,
  },
  {
    name: "an options object with defaults",
    ts: `
      function make({ a = "A", b, ...rest }: Options = {}) {
        return [a, b, rest];
      }
      export const build = () => [make(), make({ b: "b", c: "c" }), make({ a: undefined })];`,
    gives: `[["A", undefined, {}], ["A", "b", {c: "c"}], ["A", undefined, {}]]`,
  },
  {
    name: "parameters behind a default that is left alone",
    ts: `export const build = (model = "M", signal?: AbortSignal) => [model, signal];`,
    gives: [`["M", <unknown>]`, `[<unknown>, <unknown>]`],
  },
  {
    name: "a default that uses an earlier parameter",
    ts: `
      const make = (a: string, b = a + "!") => b;
      export const build = () => make("x");`,
    gives: `"x!"`,
  },
  {
    name: "rest parameters and spread arguments",
    py: `
      def join(sep, *parts, **options):
          return [sep.join(parts), options]
      def build():
          more = ["b", "c"]
          return join("-", "a", *more, upper=True)`,
    ts: `
      const join = (sep: string, ...parts: string[]) => [parts.join(sep), { upper: true }];
      export function build() {
        const more = ["b", "c"];
        return join("-", "a", ...more);
      }`,
    gives: `["a-b-c", {upper: true}]`,
  },
  {
    name: "closures",
    py: `
      def outer(a):
          def inner(b):
              return a + b
          return inner
      def build():
          return outer("a")("b")`,
    ts: `
      const outer = (a: string) => (b: string) => a + b;
      export const build = () => outer("a")("b");`,
    gives: `"ab"`,
  },
  {
    name: "a closure that counts",
    py: `
      def counter():
          n = 0
          def step():
              nonlocal n
              n += 1
              return n
          return step
      def build():
          step = counter()
          step()
          return step()`,
    ts: `
      function counter() {
        let n = 0;
        return () => ++n;
      }
      export function build() {
        const step = counter();
        step();
        return step();
      }`,
    gives: `2`,
  },
  {
    name: "each round of a loop has its own closure",
    ts: `
      const out: (() => number)[] = [];
      for (let i = 0; i < 2; i++) out.push(() => i);
      out.map((f) => f())`,
    gives: `[0, 1]`,
  },
  {
    name: "lambdas",
    py: `
      double = lambda x, y=2: x * y
      [double(1), double(2, 3)]`,
    ts: `
      const double = (x: number, y = 2) => x * y;
      [double(1), double(2, 3)]`,
    gives: `[2, 6]`,
  },
  {
    name: "functions in a record",
    py: `
      def a(): return "a"
      def b(): return "b"
      TABLE = {"a": a, "b": b}
      def build():
          return TABLE["b"]()`,
    ts: `
      const table = { a: () => "a", b: () => "b" };
      export const build = () => table["b"]();`,
    gives: `"b"`,
  },
  {
    name: "recursion is followed twice",
    py: `
      def down(n):
          return "." if n == 0 else down(n - 1) + "x"
      def build():
          return down(1)`,
    ts: `
      const down = (n: number): string => (n === 0 ? "." : down(n - 1) + "x");
      export const build = () => down(1);`,
    gives: `".x"`,
  },
  {
    name: "what copies a nested record calls itself for its parts",
    py: `
      def clean(value):
          if isinstance(value, dict):
              return {key: clean(inner) for key, inner in value.items() if inner is not None}
          if isinstance(value, list):
              return [clean(inner) for inner in value]
          return value
      def build():
          return clean({"a": [{"b": [{"c": {"d": "t", "e": None}}]}]})`,
    ts: `
      function clean(value: unknown): unknown {
        if (Array.isArray(value)) return value.map(clean);
        if (value !== null && typeof value === "object")
          return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
        return value;
      }
      export const build = () => clean({ a: [{ b: [{ c: { d: "t" } }] }] });`,
    gives: `{a: [{b: [{c: {d: "t"}}]}]}`,
  },
  {
    name: "async functions are their plain counterparts",
    py: `
      async def load():
          return "a"
      async def build():
          return await load()`,
    ts: `
      async function load() {
        return "a";
      }
      export async function build() {
        return await load();
      }`,
    gives: `"a"`,
  },
  {
    name: "a promise's then",
    ts: `
      const load = async () => "a";
      export const build = () => load().then((x) => x + "b");`,
    gives: `"ab"`,
  },
  {
    name: "a promise made by hand",
    ts: `
      const load = () => new Promise<string>((resolve) => resolve("a"));
      export const build = async () => (await load()) + "b";`,
    gives: `"ab"`,
  },
  {
    name: "async for over an async generator",
    py: `
      async def parts():
          yield "a"
          yield "b"
      async def build():
          return [x async for x in parts()]`,
    ts: `
      async function* parts() {
        yield "a";
        yield "b";
      }
      export async function build() {
        const out = [];
        for await (const x of parts()) out.push(x);
        return out;
      }`,
    gives: `["a", "b"]`,
  },
  {
    name: "partial application",
    py: `
      from functools import partial
      def join(a, b, c="C"):
          return a + b + c
      def build():
          return partial(join, "a", c="c")("b")`,
    ts: `
      const join = (a: string, b: string, c = "C") => a + b + c;
      export const build = () => join.bind(null, "a")("b", "c");`,
    gives: `"abc"`,
  },
  {
    name: "call and apply",
    ts: `
      function say(this: any, a: string) { return this.name + a; }
      export const build = () => [say.call({ name: "x" }, "1"), say.apply({ name: "y" }, ["2"])];`,
    gives: `["x1", "y2"]`,
  },
  {
    name: "a decorator in view wraps the function",
    py: `
      def shout(f):
          def wrapper(*args, **kwargs):
              return f(*args, **kwargs) + "!"
          return wrapper
      @shout
      def say(text):
          return text
      def build():
          return say("a")`,
    gives: `"a!"`,
  },
  {
    name: "a decorator out of view changes nothing",
    py: `
      from tenacity import retry
      @retry(stop=3)
      def say(text):
          return text
      def build():
          return say("a")`,
    gives: `"a"`,
  },
  {
    name: "functions used before they are declared",
    py: `
      def build():
          return later()
      def later():
          return "a"`,
    ts: `
      export const build = () => later();
      function later() {
        return "a";
      }`,
    gives: `"a"`,
  },
  {
    name: "arguments are evaluated in the caller",
    py: `
      x = "module"
      def f(x):
          return x
      def build():
          x = "local"
          return f(x)`,
    ts: `
      const x = "module";
      const f = (x: string) => x;
      export function build() {
        const x = "local";
        return f(x);
      }`,
    gives: `"local"`,
  },
  {
    name: "a parameter that is changed changes its argument",
    py: `
      def mark(block):
          block["m"] = 1
      def build():
          b = {"t": "a"}
          mark(b)
          return b`,
    ts: `
      const mark = (block: any) => { block.m = 1; };
      export function build() {
        const b = { t: "a" };
        mark(b);
        return b;
      }`,
    gives: `{t: "a", m: 1}`,
  },
  {
    name: "walrus and assignment expressions",
    py: `
      if (n := len([1, 2])) > 1:
          out = n
      out`,
    ts: `
      let n;
      const out = (n = [1, 2].length) > 1 ? n : 0;
      out`,
    gives: `2`,
  },
  {
    name: "global variables",
    py: `
      COUNT = 0
      def step():
          global COUNT
          COUNT += 1
      def build():
          step()
          return COUNT > 0`,
    ts: `
      let count = 0;
      const step = () => { count += 1; };
      export function build() {
        step();
        return count > 0;
      }`,
    gives: `true`,
  },
  {
    name: "a context manager's own function",
    py: `
      from contextlib import contextmanager
      @contextmanager
      def opened():
          yield "a"
      def build():
          with opened() as x:
              return x`,
    gives: `"a"`,
  },
  {
    name: "a callback handed to a helper",
    py: `
      def apply(f, xs):
          return [f(x) for x in xs]
      def build():
          return apply(lambda x: x + "!", ["a"])`,
    ts: `
      const apply = (f: (x: string) => string, xs: string[]) => xs.map(f);
      export const build = () => apply((x) => x + "!", ["a"]);`,
    gives: `["a!"]`,
  },
  {
    name: "unknown parameters stay unknown",
    py: `
      def build(text, context, input):
          return [text, context, input]`,
    ts: `export const build = (text: string, context: string, input: string) => [text, context, input];`,
    gives: `[<unknown>, <unknown>, <unknown>]`,
  },
  {
    name: "names of the lexicon are likely",
    py: `
      def build(question, user_input, session_id, tenant_id, request_id):
          return [question, user_input, session_id, tenant_id, request_id]`,
    ts: `
      export const build = (question: string, userInput: string, sessionId: string, tenantId: string, requestId: string) =>
        [question, userInput, sessionId, tenantId, requestId];`,
    gives: `[<turn?>, <turn?>, <session?>, <tenant?>, <request?>]`,
  },
]);
