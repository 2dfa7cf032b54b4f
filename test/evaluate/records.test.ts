import { testValues } from "../support/test-values.ts";

testValues("records", [
  {
    name: "a Map whose keys are objects",
    ts: `
      import { north, south } from "./desks";
      const desks = new Map([[north, 1], [south, 2]]);
      const sizes = [desks.size, desks.has(north)];
      desks.delete(north);
      [...sizes, desks.size]`,
    gives: `[2, true, 1]`,
  },
  {
    name: "a draft is a copy, and the original stays as it was",
    ts: `
      import { produce } from "immer";
      const base = { list: [{ n: 1 }] };
      const add = produce((draft: any, n: number) => { draft.list.push({ n: 2 }); });
      export const build = () => [produce(base, (draft: any) => { draft.list[0].m = 1; }), add(base), produce(base, () => ({})), base];`,
    gives: `[{list: [{n: 1, m: 1}]}, {list: [{n: 1}, {n: 2}]}, {}, {list: [{n: 1}]}]`,
  },
  {
    name: "a known name in a table whose keys are not known",
    py: `
      def build(files):
          table = {file.stem: file.text for file in files}
          return [table["rules"], table.get("rules", ""), "rules" in table]`,
    ts: `
      export const build = (files: Part[]) => {
        const table = new Map(files.map((file) => [file.stem, file.text]));
        return [table.get("rules"), Object.fromEntries(table).rules, table.has("rules")];
      };`,
    gives: `[<unknown>, <unknown>, <unknown>]`,
  },
  {
    name: "a field that is missing beside one whose name is not known",
    ts: `export const build = (name: string) => ({ a: 1, [name]: 2 }).b;`,
    gives: `undefined`,
  },
  {
    name: "pairs whose keys are not known",
    py: `
      def build(first, second):
          return list(dict([(first.name, 1), (second.name, 2)]).values())`,
    ts: `
      export const build = (first: Item, second: Item) =>
        [...new Map([first, second].map((each, at) => [each.name, at + 1])).values()];`,
    gives: `[1, 2]`,
  },
  {
    name: "literals and item assignment",
    py: `
      o = {"a": 1}
      o["b"] = 2
      o["a"] = 3
      o`,
    ts: `
      const o: Record<string, number> = { a: 1 };
      o.b = 2;
      o["a"] = 3;
      o`,
    gives: `{a: 3, b: 2}`,
  },
  {
    name: "shorthand, methods and computed keys",
    ts: `
      const name = "n";
      const o = { name, ["k" + 1]: 2, call() { return "m"; } };
      [o.name, o.k1, o.call()]`,
    gives: `["n", 2, "m"]`,
  },
  {
    name: "spread",
    py: `
      base = {"a": 1, "b": 2}
      {**base, "b": 3, "c": 4}`,
    ts: `
      const base = { a: 1, b: 2 };
      ({ ...base, b: 3, c: 4 })`
      .replace("({", "const made = {")
      .replace("})", "};\n      made"),
    gives: `{a: 1, b: 3, c: 4}`,
  },
  {
    name: "conditional spread",
    py: `
      def build(on):
          return {"a": 1, **({"m": 2} if on else {})}`,
    ts: `export const build = (on: boolean) => ({ a: 1, ...(on && { m: 2 }) });`,
    gives: [`{a: 1, m: 2}`, `{a: 1}`],
  },
  {
    name: "conditional spread of nothing",
    ts: `export const build = (on?: boolean) => ({ a: 1, ...(on ? { m: 2 } : undefined) });`,
    gives: [`{a: 1, m: 2}`, `{a: 1}`],
  },
  {
    name: "a dict in front of a step of a pipeline is no part of a dict",
    py: `
      from pipes import Prompt
      def build(extra):
          return [{"a": 1} | Prompt.from_text("t") | Prompt(), {"a": 1} | extra]`,
    gives: `[<unknown>, {a: 1, ...<unknown>}]`,
  },
  {
    name: "update and setdefault",
    py: `
      o = {"a": 1}
      o.update({"b": 2}, c=3)
      o.setdefault("a", 9)
      o.setdefault("d", []).append(4)
      o`,
    gives: `{a: 1, b: 2, c: 3, d: [4]}`,
  },
  {
    name: "the union operator",
    py: `
      o = {"a": 1} | {"b": 2}
      o |= {"c": 3}
      o`,
    gives: `{a: 1, b: 2, c: 3}`,
  },
  {
    name: "|= changes the dict itself",
    py: `
      o = {"a": 1}
      p = o
      o |= {"b": 2}
      p`,
    gives: `{a: 1, b: 2}`,
  },
  {
    name: "Object.assign",
    ts: `
      const o = { a: 1 };
      Object.assign(o, { b: 2 }, { c: 3 });
      o`,
    gives: `{a: 1, b: 2, c: 3}`,
  },
  {
    name: "keywords of a call",
    py: `
      def make(a, **more):
          return {"a": a, **more}
      def build():
          extra = {"b": 2}
          return make(1, c=3, **extra)`,
    gives: `{a: 1, c: 3, b: 2}`,
  },
  {
    name: "dict with keywords and pairs",
    py: `
      base = {"a": 1}
      [dict(base, b=2), dict([("c", 3)]), dict(d=4)]`,
    gives: `[{a: 1, b: 2}, {c: 3}, {d: 4}]`,
  },
  {
    name: "delete and pop",
    py: `
      o = {"a": 1, "b": 2, "c": 3}
      del o["a"]
      b = o.pop("b")
      none = o.pop("z", None)
      [o, b, none]`,
    gives: `[{c: 3}, 2, null]`,
  },
  {
    name: "the delete operator and rest destructuring",
    ts: `
      const o: any = { a: 1, b: 2, c: 3 };
      delete o.a;
      const { b, ...rest } = o;
      [o, b, rest]`,
    gives: `[{b: 2, c: 3}, 2, {c: 3}]`,
  },
  {
    name: "get with a default",
    py: `
      o = {"a": 1}
      [o.get("a"), o.get("b"), o.get("b", 5), "a" in o, "b" in o]`,
    gives: `[1, null, 5, true, false]`,
  },
  {
    name: "missing fields are undefined",
    ts: `
      const o: any = { a: 1 };
      [o.a, o.b, o.b ?? 5, "a" in o, "b" in o, o.b?.c]`,
    gives: `[1, undefined, 5, true, false, undefined]`,
  },
  {
    name: "keys, values and items",
    py: `
      o = {"a": 1, "b": 2}
      [list(o), list(o.keys()), list(o.values()), list(o.items())]`,
    ts: `
      const o = { a: 1, b: 2 };
      [Object.keys(o), Object.keys(o), Object.values(o), Object.entries(o)]`,
    gives: `[["a", "b"], ["a", "b"], [1, 2], [["a", 1], ["b", 2]]]`,
  },
  {
    name: "a loop over the items",
    py: `
      out = []
      for key, value in {"a": 1, "b": 2}.items():
          out.append(f"{key}={value}")
      ", ".join(out)`,
    ts: `
      const out = [];
      for (const [key, value] of Object.entries({ a: 1, b: 2 })) out.push(key + "=" + value);
      out.join(", ")`,
    gives: `"a=1, b=2"`,
  },
  {
    name: "for in",
    ts: `
      let out = "";
      for (const key in { a: 1, b: 2 }) out += key;
      out`,
    gives: `"ab"`,
  },
  {
    name: "a dict comprehension",
    py: `{k.upper(): v for k, v in {"a": 1, "b": None}.items() if v is not None}`,
    ts: `Object.fromEntries(Object.entries({ a: 1, b: null }).filter(([, v]) => v !== null).map(([k, v]) => [k.toUpperCase(), v]))`,
    gives: `{A: 1}`,
  },
  {
    name: "a Map",
    ts: `
      const m = new Map([["a", 1]]);
      m.set("b", 2);
      [m.get("a"), m.has("b"), m.has("z"), m.size, [...m.keys()], [...m.values()], [...m]]`,
    gives: `[1, true, false, 2, ["a", "b"], [1, 2], [["a", 1], ["b", 2]]]`,
  },
  {
    name: "integer-like keys come first in JavaScript",
    ts: `Object.keys({ b: 1, 10: 2, 2: 3 })`,
    gives: `["2", "10", "b"]`,
  },
  {
    name: "nested assignment",
    py: `
      o = {"a": {"b": []}}
      o["a"]["b"].append(1)
      o["a"]["c"] = 2
      o`,
    ts: `
      const o: any = { a: { b: [] } };
      o.a.b.push(1);
      o.a.c = 2;
      o`,
    gives: `{a: {b: [1], c: 2}}`,
  },
  {
    name: "assignment where nothing is",
    ts: `
      const o: any = { a: 0 };
      o.a ||= 1;
      o.b ??= 2;
      o.b &&= 3;
      o`,
    gives: `{a: 1, b: 3}`,
  },
  {
    name: "destructuring with defaults and names",
    ts: `
      const { a, b: renamed, c = "d", e: { f } } = { a: 1, b: 2, e: { f: 3 } } as any;
      [a, renamed, c, f]`,
    gives: `[1, 2, "d", 3]`,
  },
  {
    name: "a getter of an object",
    ts: `
      const o = { name: "n", get text() { return "I am " + this.name; } };
      o.text`,
    gives: `"I am n"`,
  },
  {
    name: "defaultdict and Counter stay usable",
    py: `
      from collections import defaultdict
      o = defaultdict(list)
      o["a"].append(1)
      o["a"].append(2)
      o["a"]`,
    gives: `[1, 2]`,
  },
  {
    name: "dict.fromkeys",
    py: `list(dict.fromkeys(["b", "a", "b"]))`,
    gives: `["b", "a"]`,
  },
  {
    name: "a field of a parameter",
    py: `
      def build(o):
          o["mark"] = 1
          return [o["mark"], o["text"]]`,
    ts: `
      export function build(o: any) {
        o.mark = 1;
        return [o.mark, o.text];
      }`,
    gives: `[1, <unknown>]`,
  },
  {
    name: "a copy of a parameter keeps what is not in view",
    py: `
      def build(o):
          return {**o, "mark": 1}`,
    ts: `export const build = (o: object) => ({ ...o, mark: 1 });`,
    gives: `{mark: 1, ...<unknown>}`,
  },
  {
    name: "a method of a parameter is no entry of its copy",
    py: `
      def build(options):
          options.get("style")
          body = {**options, "tools": ["a", "b"]}
          copied = dict(options, model="m")
          return [body.get("tools", []), copied.get("model")]`,
    gives: `[["a", "b"], "m"]`,
  },
  {
    name: "a later spread is taken to leave known keys alone",
    py: `
      def build(o):
          return {"mark": 1, **o}["mark"]`,
    ts: `export const build = (o: any) => ({ mark: 1, ...o }).mark;`,
    gives: [`1`],
  },
  {
    name: "a dict that is not in view, without some keys",
    py: `
      def build(messages):
          kept = [{key: value for key, value in message.items() if key != "_meta"} for message in messages]
          return [kept[0]["role"], kept[0].get("_meta")]`,
    gives: [`["user", null]`, `["system", null]`],
  },
  {
    name: "setdefault of what callers may pass by name",
    py: `
      def build(**options):
          options.setdefault("a", 1)
          return options["a"]`,
    gives: `1`,
  },
  {
    name: "a chain of dicts, and a dict with a factory and entries",
    py: `
      from collections import ChainMap, defaultdict
      def build():
          chain = ChainMap({"a": 1}, {"a": 2, "b": 3})
          named = defaultdict(str, brand="B")
          return [chain["a"], chain["b"], named["brand"], "{brand}:{none}".format_map(named)]`,
    gives: `[1, 3, "B", "B:"]`,
  },
]);
