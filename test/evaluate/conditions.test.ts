import { testValues } from "../support/test-values.ts";

testValues("conditions", [
  {
    name: "one of some texts, or none of them",
    py: `
      OWN = ["a", "b"]
      def build(kind):
          if kind in OWN:
              return "A" if kind == "a" else "B" if kind == "b" else "?"
          return "?" if kind == "a" else "none"`,
    ts: `
      const OWN = ["a", "b"];
      export function build(kind: string) {
        if (OWN.includes(kind)) return kind === "a" ? "A" : kind === "b" ? "B" : "?";
        return kind === "a" ? "?" : "none";
      }`,
    gives: [`"none"`, `"A"`, `"B"`],
  },
  {
    name: "of several providers, the one whose requests carry marks comes first",
    py: `
      def build(provider):
          way = "?"
          if provider == "openai":
              way = "o"
          elif provider.startswith("goo"):
              way = "g"
          elif provider in ("anthropic", "bedrock"):
              way = "a"
          return way`,
    ts: `
      export function build(provider: Provider) {
        let way = "?";
        switch (provider) {
          case Provider.Cohere:
          case Provider.OpenAI:
            way = "o";
            break;
          case Provider.Google:
            way = "g";
            break;
          case Provider.Anthropic:
            way = "a";
            break;
        }
        return way;
      }`,
    gives: [`"a"`, `"o"`, `"g"`, `"?"`],
  },
  {
    name: "what stands in front of a throw is what usually happens",
    py: `
      def pick(id):
          if "/" in id:
              return "parts"
          raise ValueError(id)
      def build(id):
          try:
              return pick(id)
          except ValueError:
              return "none"`,
    ts: `
      function pick(id: string) {
        if (id.includes("/")) return "parts";
        throw new Error(id);
      }
      export function build(id: string) {
        try {
          return pick(id);
        } catch {
          return "none";
        }
      }`,
    gives: [`"parts"`, `"none"`],
  },
  {
    name: "what stands in front of a result that says that nothing worked is what usually happens",
    ts: `
      const Err = (error: string) => ({ success: false, error });
      function pick(id: string) {
        if (!id) return Err("no id");
        if (id === "a") return { success: true, data: "A" };
        if (id === "b") return { success: true, data: "B" };
        return Err("unknown");
      }
      export function build(id: string) {
        const found = pick(id);
        return found.success ? found.data : found.error;
      }`,
    gives: [`"B"`, `"no id"`, `"A"`, `"unknown"`],
  },
  {
    name: "what is asked of two objects that are made of nothing",
    ts: `
      import { AsyncLocalStorage } from "node:async_hooks";
      const users = new AsyncLocalStorage();
      const tasks = new AsyncLocalStorage();
      export function build() {
        return (users.getStore() ? "user" : "-") + (tasks.getStore() ? "task" : "-");
      }`,
    gives: [`"usertask"`, `"-task"`, `"user-"`, `"--"`],
  },
  {
    name: "both arms are reached",
    py: `
      def build(on):
          return "a" if on else "b"`,
    ts: `export const build = (on: boolean) => (on ? "a" : "b");`,
    gives: [`"a"`, `"b"`],
  },
  {
    name: "known conditions have one arm",
    py: `
      MODE = "x"
      def build():
          if MODE == "x" and not False:
              return "a"
          return "b"`,
    ts: `
      const MODE = "x";
      export function build() {
        if (MODE === "x" && !false) return "a";
        return "b";
      }`,
    gives: `"a"`,
  },
  {
    name: "one condition asked twice is answered alike",
    py: `
      def build(on):
          first = "a" if on else "b"
          second = "c" if not on else "d"
          return first + second`,
    ts: `export const build = (on: boolean) => (on ? "a" : "b") + (!on ? "c" : "d");`,
    gives: [`"ad"`, `"bc"`],
  },
  {
    name: "two conditions make four ways",
    py: `
      def build(a, b):
          return ("a" if a else "-") + ("b" if b else "-")`,
    ts: `export const build = (a: boolean, b: boolean) => (a ? "a" : "-") + (b ? "b" : "-");`,
    gives: [`"ab"`, `"-b"`, `"a-"`, `"--"`],
  },
  {
    name: "equal to one constant is unequal to all others",
    py: `
      def build(kind):
          out = ""
          if kind == "x":
              out += "x"
          if kind == "y":
              out += "y"
          return out`,
    ts: `
      export function build(kind: string) {
        let out = "";
        if (kind === "x") out += "x";
        if (kind === "y") out += "y";
        return out;
      }`,
    gives: [`"x"`, `"y"`, `""`],
  },
  {
    name: "an early return",
    py: `
      def build(q):
          if not q:
              return None
          return "a"`,
    ts: `
      export function build(q?: string) {
        if (!q) return null;
        return "a";
      }`,
    gives: [`"a"`, `null`],
  },
  {
    name: "a guard that throws leaves no way",
    py: `
      def build(q):
          if q is None:
              raise ValueError("q")
          return "a"`,
    ts: `
      export function build(q?: string) {
        if (q == null) throw new Error("q");
        return "a";
      }`,
    gives: [`"a"`, `(the call ended in a throw)`],
  },
  {
    name: "or gives a default",
    py: `
      def build(style):
          return style or "plain"`,
    ts: `export const build = (style: string) => style || "plain";`,
    gives: [`<unknown>`, `"plain"`],
  },
  {
    name: "?? gives a default",
    ts: `export const build = (style?: string) => style ?? "plain";`,
    gives: [`<unknown>`, `"plain"`],
  },
  {
    name: "is None",
    py: `
      def build(style):
          if style is None:
              style = "plain"
          return style`,
    ts: `
      export function build(style?: string) {
        if (style === undefined) style = "plain";
        return style;
      }`,
    gives: [`<unknown>`, `"plain"`],
  },
  {
    name: "&& drops a section",
    ts: `export const build = (on: boolean) => ["a", on && "b", "c"].filter(Boolean).join();`,
    gives: [`"a,b,c"`, `"a,c"`],
  },
  {
    name: "a section list with conditions",
    py: `
      def build(on):
          parts = ["a"]
          if on:
              parts.append("b")
          parts.append("c")
          return ",".join(parts)`,
    ts: `
      export function build(on: boolean) {
        const parts = ["a"];
        if (on) parts.push("b");
        parts.push("c");
        return parts.join();
      }`,
    gives: [`"a,b,c"`, `"a,c"`],
  },
  {
    name: "else if",
    py: `
      def build(n):
          if n == 1:
              return "one"
          elif n == 2:
              return "two"
          else:
              return "many"`,
    ts: `
      export function build(n: number) {
        if (n === 1) return "one";
        else if (n === 2) return "two";
        else return "many";
      }`,
    gives: [`"one"`, `"two"`, `"many"`],
  },
  {
    name: "match and switch",
    py: `
      def build(kind):
          match kind:
              case "a" | "b":
                  return "ab"
              case "c":
                  return "c"
              case _:
                  return "other"`,
    ts: `
      export function build(kind: string) {
        switch (kind) {
          case "a":
          case "b":
            return "ab";
          case "c":
            return "c";
          default:
            return "other";
        }
      }`,
    gives: [`"ab"`, `"c"`, `"other"`],
  },
  {
    name: "falling through",
    ts: `
      export function build() {
        let out = "";
        switch ("b") {
          case "a": out += "a";
          case "b": out += "b";
          case "c": out += "c"; break;
          default: out += "d";
        }
        return out;
      }`,
    gives: `"bc"`,
  },
  {
    name: "a type test on an unknown value",
    py: `
      def build(content):
          if isinstance(content, str):
              content = [{"type": "text", "text": content}]
          return content`,
    ts: `
      export function build(content: string | Block[]) {
        return typeof content === "string" ? [{ type: "text", text: content }] : content;
      }`,
    gives: [`[{type: "text", text: <unknown>}]`, `<unknown>`],
  },
  {
    name: "one type at a time",
    py: `
      def build(content):
          out = []
          if isinstance(content, str):
              out.append("text")
          if isinstance(content, list):
              out.append("list")
          return out`,
    ts: `
      export function build(content: string | Block[]) {
        const out = [];
        if (typeof content === "string") out.push("text");
        if (Array.isArray(content)) out.push("list");
        return out;
      }`,
    gives: [`["text"]`, `["list"]`, `[]`],
  },
  {
    name: "type tests on known values",
    py: `[isinstance("a", str), isinstance(["a"], (list, tuple)), isinstance({}, dict), isinstance("a", list), isinstance(1, int), callable("a")]`,
    ts: `[typeof "a" === "string", Array.isArray(["a"]), typeof {} === "object", Array.isArray("a"), typeof 1 === "number", typeof "a" === "function"]`,
    gives: `[true, true, true, false, true, false]`,
  },
  {
    name: "instanceof a class in view",
    ts: `
      class A {}
      class B extends A {}
      [new B() instanceof A, new A() instanceof B]`,
    py: `
      class A: pass
      class B(A): pass
      [isinstance(B(), A), isinstance(A(), B)]`,
    gives: `[true, false]`,
  },
  {
    name: "chained comparisons",
    py: `[1 < 2 < 3, 1 < 2 > 5]`,
    gives: `[true, false]`,
  },
  {
    name: "empty lists and records count as false in Python",
    py: `["a" if x else "b" for x in ([], {}, "", 0, [0])]`,
    gives: `["b", "b", "b", "b", "a"]`,
  },
  {
    name: "empty lists and records count as true in JavaScript",
    ts: `[[], {}, "", 0, [0]].map((x) => (x ? "a" : "b"))`,
    gives: `["a", "a", "b", "b", "a"]`,
  },
  {
    name: "in a tuple of constants",
    py: `
      def build(kind):
          return "ab" if kind in ("a", "b") else "other"`,
    ts: `export const build = (kind: string) => (["a", "b"].includes(kind) ? "ab" : "other");`,
    gives: [`"ab"`, `"other"`],
  },
  {
    name: "try runs its body",
    py: `
      def build():
          try:
              text = "a"
          except Exception:
              text = "b"
          else:
              text += "c"
          finally:
              text += "d"
          return text`,
    gives: `"acd"`,
  },
  {
    name: "a throw is caught",
    py: `
      def build():
          try:
              raise ValueError()
          except ValueError:
              return "caught"`,
    ts: `
      export function build() {
        try {
          throw new Error();
        } catch {
          return "caught";
        }
      }`,
    gives: `"caught"`,
  },
  {
    name: "a throw leaves the function that called",
    py: `
      def check():
          raise ValueError()
      def build():
          try:
              check()
              return "went on"
          except ValueError:
              return "caught"`,
    ts: `
      function check() {
        throw new Error();
      }
      export function build() {
        try {
          check();
          return "went on";
        } catch {
          return "caught";
        }
      }`,
    gives: `"caught"`,
  },
  {
    name: "while with a known end",
    py: `
      n, out = 0, ""
      while n < 3:
          out += "x"
          n += 1
      out`,
    ts: `
      let out = "";
      for (let i = 0; i < 3; i++) out += "x";
      out`,
    gives: `"xxx"`,
  },
  {
    name: "break and continue",
    py: `
      out = []
      for i in range(5):
          if i == 1:
              continue
          if i == 3:
              break
          out.append(i)
      else:
          out.append("end")
      out`,
    ts: `
      const out = [];
      for (let i = 0; i < 5; i++) {
        if (i === 1) continue;
        if (i === 3) break;
        out.push(i);
      }
      out`,
    gives: `[0, 2]`,
  },
  {
    name: "a loop's else",
    py: `
      for i in []:
          pass
      else:
          i = "none"
      i`,
    gives: `"none"`,
  },
  {
    name: "leaving two loops by a label",
    ts: `
      const out: string[] = [];
      outer: for (const a of ["x", "y"]) {
        for (const b of ["1", "2"]) {
          if (b === "2") continue outer;
          out.push(a + b);
        }
      }
      out`,
    gives: `["x1", "y1"]`,
  },
  {
    name: "members of an enumeration that is not in view differ",
    ts: `
      import { Kind } from "./generated";
      const allowed = new Set([Kind.MAIL, Kind.NOTE]);
      export const build = () => [allowed.has(Kind.NOTE), allowed.has(Kind.CALL), Kind.MAIL === Kind.CALL];`,
    gives: `[true, false, false]`,
  },
  {
    name: "two settings that are not taken together are not both given",
    py: `
      def build(speed, quality):
          if speed is not None and quality is not None:
              raise ValueError("both")
          return "sent"`,
    ts: `
      export function build(settings: { speed?: number; quality?: number }) {
        if (settings.speed !== undefined && settings.quality !== undefined) throw new Error("both");
        return "sent";
      }`,
    gives: [`"sent"`, "(the call ended in a throw)"],
  },
  {
    name: "what is left of a filter by a set that is not in view",
    ts: `
      export const build = (excluded: Set<string>) => ["a"].filter((name) => !excluded.has(name));`,
    gives: [`["a"]`, `[]`],
  },
  {
    name: "what a constructor gave is no text",
    ts: `
      import { Client } from "./generated";
      export const build = () => (typeof new Client() === "string" ? "text" : "object");`,
    gives: `"object"`,
  },
  {
    name: "what a schema lets through",
    ts: `
      import { z } from "zod";
      const Body = z.object({ tone: z.enum(["warm", "dry"]) });
      const tones = { warm: "w", dry: "d" };
      export function build(given: unknown) {
        const parsed = Body.safeParse(given);
        if (!parsed.success) throw new Error("wrong");
        return "passed";
      }`,
    gives: `"passed"`,
  },
  {
    name: "what a package offers is of no class in view",
    py: `
      from lib import NOT_GIVEN
      class NotGiven:
          pass
      def build():
          return isinstance(NOT_GIVEN, NotGiven)`,
    gives: `false`,
  },
  {
    name: "most values are given",
    py: `
      class NotGiven:
          pass
      def build(style):
          if isinstance(style, NotGiven):
              return "plain"
          return "given"`,
    gives: [`"given"`, `"plain"`],
  },
  {
    name: "a membership goes by what was found out before",
    ts: `
      const family = new Set(["claude", "vertex"]);
      export function build(kind: string) {
        const isBedrock = kind === "bedrock" ? "bedrock" : "another";
        const ofFamily = family.has(kind) ? "claude" : "other";
        const isMistral = kind === "mistral" ? "mistral" : "another";
        return [isBedrock, ofFamily, isMistral].join();
      }`,
    gives: [
      `"bedrock,other,another"`,
      `"another,claude,another"`,
      `"another,other,mistral"`,
      `"another,other,another"`,
    ],
  },
  {
    name: "what has nothing sent is seldom set",
    py: `
      import os
      class Service:
          def __init__(self):
              self.player = None
              if os.environ.get("MOCK_AI") == "1":
                  self.player = "recorded"
          def build(self, dry_run):
              return "shown" if dry_run else self.player or "sent"
      def build(dry_run):
          return Service().build(dry_run)`,
    ts: `
      class Service {
        player: string | undefined = undefined;
        constructor() {
          if (process.env.MOCK_AI === "1") this.player = "recorded";
        }
        build(dryRun: boolean) {
          return dryRun ? "shown" : this.player || "sent";
        }
      }
      export const build = (dryRun: boolean) => new Service().build(dryRun);`,
    gives: [`"sent"`, `"recorded"`, `"shown"`],
  },
  {
    name: "what turns something off is seldom set",
    py: `
      import os
      OFF = os.getenv("CACHE_DISABLED", "").lower() in ("1", "true")
      def build(options):
          return ("" if OFF else "a") + ("" if options.skip_cache else "b")`,
    ts: `
      export const build = (options) =>
        (process.env.DISABLE_CACHE === "1" ? "" : "a") + (options.skipCache ? "" : "b");`,
    gives: [`"ab"`, `"b"`, `"a"`, `""`],
  },
  {
    name: "the length of what is called a question is that of a text",
    py: `
      def build(question, items):
          return [question if len(question) > 40 else "short", len(items)]`,
    gives: [`[<turn?>, 5]`, `["short", 5]`],
  },
]);
