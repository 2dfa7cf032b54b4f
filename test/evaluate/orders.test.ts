import { testValues } from "../support/test-values.ts";

testValues("orders", [
  {
    name: "a set of texts",
    py: `list({"a", "b"})`,
    gives: `["a", "b"] process`,
  },
  {
    name: "a set of small numbers is stable",
    py: `list({1, 2})`,
    gives: `[1, 2]`,
  },
  {
    name: "a set of one",
    py: `list({"a"})`,
    gives: `["a"]`,
  },
  {
    name: "JavaScript's Set and Map keep insertion order",
    ts: `[[...new Set(["a", "b", "a"])], [...new Map([["a", 1]]).keys()]]`,
    gives: `[["a", "b"], ["a"]]`,
  },
  {
    name: "set, frozenset and a set comprehension",
    py: `
      xs = ["a", "b"]
      [list(set(xs)), tuple(frozenset(xs)), list({x for x in xs}), [x for x in set(xs)]]`,
    gives: `[["a", "b"] process, ["a", "b"] process, ["a", "b"] process, ["a", "b"] process]`,
  },
  {
    name: "set operations",
    py: `
      a = {"a", "b"}
      b = {"b", "c", "d"}
      [list(a | b), list(b - a), list(a.union(b)), list(b & {"c", "d"})]`,
    gives: `[["a", "b", "c", "d"] process, ["c", "d"] process, ["a", "b", "c", "d"] process, ["c", "d"] process]`,
  },
  {
    name: "a set joined",
    py: `", ".join({"a", "b"})`,
    gives: `"<static process>"`,
  },
  {
    name: "a set printed",
    py: `
      tags = {"a", "b"}
      f"Tags: {tags}"`,
    gives: `"Tags: <static process>"`,
  },
  {
    name: "a set filled in a loop",
    py: `
      seen = set()
      for x in ["b", "a"]:
          seen.add(x)
      list(seen)`,
    gives: `["b", "a"] process`,
  },
  {
    name: "a list filled in a loop over a set",
    py: `
      out = []
      for x in {"a", "b"}:
          out.append({"name": x})
      out`,
    gives: `[{name: "a"}, {name: "b"}] process`,
  },
  {
    name: "sorting repairs",
    py: `
      xs = {"b", "a"}
      ys = list(xs)
      ys.sort()
      [sorted(xs), ys, sorted(xs, key=lambda x: x), sorted(xs, key=str.lower)]`,
    gives: `[["a", "b"], ["a", "b"], ["a", "b"], ["a", "b"]]`,
  },
  {
    name: "sorting by length does not",
    py: `sorted({"bb", "a", "cc"}, key=len)`,
    gives: `["a", "bb", "cc"] process`,
  },
  {
    name: "sorting, then making a set of it",
    py: `list(set(sorted({"b", "a"})))`,
    gives: `["a", "b"] process`,
  },
  {
    name: "dict.fromkeys of a list is stable, of a set is not",
    py: `[list(dict.fromkeys(["b", "a"])), list(dict.fromkeys({"b", "a"}))]`,
    gives: `[["b", "a"], ["b", "a"] process]`,
  },
  {
    name: "a folder",
    py: `
      import os
      from pathlib import Path
      def build(path):
          return [os.listdir("tools"), sorted(os.listdir("tools")), [p for p in Path("x").glob("*.md")], list(path.iterdir())]`,
    gives: `[<unknown filesystem>, [<unknown>, <unknown>, <unknown>], [<deploy>, <deploy>, <deploy>] filesystem, [...<unknown filesystem>] filesystem]`,
  },
  {
    name: "a folder that is handed in",
    py: `
      from pathlib import Path
      def build(folder):
          return [[p for p in Path(folder).glob("*.md")], sorted(folder.glob("*.md"))]`,
    gives: `[[<unknown>, <unknown>, <unknown>] filesystem, [<unknown>, <unknown>, <unknown>]]`,
  },
  {
    name: "a folder in Node",
    ts: `
      import { readdirSync } from "node:fs";
      import fs from "fs/promises";
      export const build = async () => [readdirSync("a").map((x) => x.length > 0), (await fs.readdir("b")).sort()];`,
    gives: [`[[true, true, true] filesystem, [<unknown>, <unknown>, <unknown>]]`],
  },
  {
    name: "tools of a server that a library loads",
    py: `
      from langchain_mcp_adapters.tools import load_mcp_tools
      from litellm import experimental_mcp_client
      async def build(session):
          return [list(await load_mcp_tools(session)), list(await experimental_mcp_client.load_mcp_tools(session))]`,
    gives: `[[...<unknown? server>] server, [...<unknown? server>] server]`,
  },
  {
    name: "tools of a server",
    py: `
      async def build(session):
          listed = await session.list_tools()
          return [{"name": t.name} for t in listed.tools]`,
    ts: `
      export async function build(client: Client) {
        const { tools } = await client.listTools();
        return tools.map((t) => ({ name: t.name }));
      }`,
    gives: `[{name: <unknown?>}, {name: <unknown?>}, {name: <unknown?>}] server`,
  },
  {
    name: "tools of a server, sorted",
    py: `
      async def build(session):
          listed = await session.list_tools()
          return sorted(({"name": t.name} for t in listed.tools), key=lambda t: t["name"])`,
    ts: `
      export async function build(client: Client) {
        const { tools } = await client.listTools();
        return tools.map((t) => ({ name: t.name })).toSorted((a, b) => a.name.localeCompare(b.name));
      }`,
    gives: `[{name: <unknown?>}, {name: <unknown?>}, {name: <unknown?>}]`,
  },
  {
    name: "shuffling",
    py: `
      import random
      xs = ["a", "b"]
      random.shuffle(xs)
      [xs, random.sample(["a", "b"], 2)]`,
    gives: `[["a", "b"] random, <request random>]`,
  },
  {
    name: "sorting by chance",
    ts: `[["a", "b"].sort(() => Math.random() - 0.5), ["a", "b"].toSorted((a, b) => 0.5 - Math.random())]`,
    py: `
      import random
      [sorted(["a", "b"], key=lambda x: random.random()), sorted(["a", "b"], key=lambda _: random.random())]`,
    gives: `[["a", "b"] random, ["a", "b"] random]`,
  },
  {
    name: "lodash's shuffle and sortBy",
    ts: `
      import _ from "lodash";
      import { sortBy } from "lodash-es";
      export const build = (xs: string[]) => [_.shuffle(["a", "b"]), sortBy(["b", "a"]), _.sortBy([{ n: 1 }], "n")];`,
    gives: `[<request random>, ["b", "a"], [{n: 1}]]`,
  },
  {
    name: "the order of completion",
    py: `
      import asyncio
      async def load(x):
          return x
      async def build():
          out = []
          for done in asyncio.as_completed([load("a"), load("b")]):
              out.append(await done)
          return out`,
    gives: `["a", "b"] race`,
  },
  {
    name: "futures as they complete",
    py: `
      from concurrent.futures import ThreadPoolExecutor, as_completed
      def load(x):
          return x
      def build():
          with ThreadPoolExecutor() as pool:
              futures = [pool.submit(load, x) for x in ["a", "b"]]
              return [f.result() for f in as_completed(futures)]`,
    gives: `["a", "b"] race`,
  },
  {
    name: "tools of clients of MCP",
    ts: `
      import { experimental_createMCPClient } from "ai";
      const files = await experimental_createMCPClient({ transport });
      export const build = async (deps: { mcpClient: Client; shop: Shop }) =>
        [await files.tools(), await deps.mcpClient.tools(), await deps.shop.tools()];`,
    gives: `[<unknown? server>, <unknown? server>, <unknown>]`,
  },
  {
    name: "promises that race until none is left",
    ts: `
      const load = async (x: string) => x;
      export async function build() {
        const open = new Set(["a", "b"].map(async (x) => ({ x: await load(x) })));
        const out: string[] = [];
        while (out.length < 2) {
          const done = await Promise.race(open);
          out.push(done.x);
        }
        return out;
      }`,
    gives: `["a", "a"] race`,
  },
  {
    name: "each call races against a timeout",
    ts: `
      const load = async (x: string) => x;
      export async function build() {
        const out: string[] = [];
        for (const x of ["a", "b"]) out.push(await Promise.race([load(x), late()]));
        return out;
      }`,
    gives: `["a", "b"]`,
  },
  {
    name: "gather and executor.map keep the order of the input",
    py: `
      import asyncio
      from concurrent.futures import ThreadPoolExecutor
      async def load(x):
          return x
      async def build():
          with ThreadPoolExecutor() as pool:
              return [await asyncio.gather(load("a"), load("b")), await asyncio.gather(*[load(x) for x in ["c"]]), list(pool.map(str.strip, ["d"]))]`,
    gives: `[["a", "b"], ["c"], ["d"]]`,
  },
  {
    name: "appending inside parallel tasks",
    py: `
      import asyncio
      async def build():
          out = []
          async def load(x):
              await asyncio.sleep(1)
              out.append(x)
          await asyncio.gather(*[load(x) for x in ["a", "b"]])
          return out`,
    ts: `
      export async function build() {
        const out: string[] = [];
        await Promise.all(["a", "b"].map(async (x) => {
          await sleep(1);
          out.push(x);
        }));
        return out;
      }`,
    gives: `["a", "b"] race`,
  },
  {
    name: "appending one after the other",
    py: `
      async def build():
          out = []
          for x in ["a", "b"]:
              await wait(1)
              out.append(x)
          return out`,
    ts: `
      export async function build() {
        const out: string[] = [];
        for (const x of ["a", "b"]) {
          await sleep(1);
          out.push(x);
        }
        return out;
      }`,
    gives: `["a", "b"]`,
  },
  {
    name: "what a listing has under a key that is sorted",
    ts: `
      export async function build() {
        const found = await fetch("https://x.example/flags").then((r) => r.json());
        const out: Record<string, string> = {};
        for (const key of Object.keys(found).sort()) out[key] = found[key];
        return Object.values(out);
      }`,
    gives: `[<turn?>, <turn?>, <turn?>]`,
  },
  {
    name: "what is mapped side by side keeps the order of the input",
    ts: `
      import pMap from "p-map";
      export const build = () => pMap(["a", "b"], async (x) => x + "!", { concurrency: 4 });`,
    gives: `["a!", "b!"]`,
  },
  {
    name: "handlers of events that push, one for each promise",
    ts: `
      export function build() {
        const out: string[] = [];
        const loads = Array.from({ length: 2 }, (_, i) =>
          new Promise<void>((done) => { load(i).on("data", () => { out.push("page " + i); done(); }); }));
        return Promise.all(loads).then(() => out);
      }`,
    gives: `["page 0", "page 1"] race`,
  },
  {
    name: "handlers of events that push, one promise after the other",
    ts: `
      export async function build() {
        const out: string[] = [];
        for (const i of [0, 1]) {
          await new Promise<void>((done) => { load(i).on("data", () => { out.push("page " + i); done(); }); });
        }
        return out;
      }`,
    gives: `["page 0", "page 1"]`,
  },
  {
    name: "parallel tasks that say at which place",
    ts: `
      export async function build() {
        const out = new Array<string>(2);
        await Promise.all(["a", "b"].map(async (x, i) => {
          await sleep(1);
          out[i] = x;
        }));
        return out;
      }`,
    gives: `["a", "b"]`,
  },
  {
    name: "Promise.all keeps the order of the input",
    ts: `
      const load = async (x: string) => x;
      export async function build() {
        const [a, b] = await Promise.all([load("a"), load("b")]);
        return [a, b, ...(await Promise.all(["c"].map(load)))];
      }`,
    gives: `["a", "b", "c"]`,
  },
  {
    name: "sorted keys of JSON do not sort its lists",
    py: `
      import json
      [json.dumps(["b"], sort_keys=True), json.dumps({"x": list({"a", "b"})}, sort_keys=True), json.dumps({"x": list({"a", "b"})})]`,
    gives: `[<static>, <static process>, <static process>]`,
  },
  {
    name: "JSON with sorted keys",
    py: `
      import json
      f"{json.dumps({'b': 1, 'a': 2}, sort_keys=True)}"`,
    gives: `"{"a": 2, "b": 1}"`,
  },
  {
    name: "JSON with sorted keys in JavaScript",
    ts: `
      import stringify from "fast-json-stable-stringify";
      export const build = () => "" + stringify({ b: 1, a: 2 });`,
    gives: `"{"a":2,"b":1}"`,
  },
  {
    name: "sorted entries",
    py: `
      tools = {"b": 1, "a": 2}
      [list(dict(sorted(tools.items()))), sorted(tools)]`,
    ts: `
      const tools = { b: 1, a: 2 };
      [Object.keys(Object.fromEntries(Object.entries(tools).sort())), Object.keys(tools).sort()]`,
    gives: `[["a", "b"], ["a", "b"]]`,
  },
  {
    name: "merged lists take over the less stable order",
    py: `["x", *{"a", "b"}] + ["y"]`,
    gives: `["x", "a", "b", "y"] process`,
  },
  {
    name: "chained lists take over the less stable order",
    py: `
      import itertools
      list(itertools.chain(["x"], {"a", "b"}))`,
    gives: `["x", "a", "b"] process`,
  },
  {
    name: "a slice, a copy and a map keep the order",
    py: `
      xs = list({"a", "b", "c"})
      [xs[:2], xs.copy(), list(map(str, xs)), [*xs], list(reversed(xs)), list(enumerate(xs))[0:1]]`,
    gives: `[["a", "b"] process, ["a", "b", "c"] process, ["a", "b", "c"] process, ["a", "b", "c"] process, ["c", "b", "a"] process, [[0, "a"]] process]`,
  },
  {
    name: "rows of a database have the order of the server",
    py: `
      def build(table):
          return [row["name"] for row in table.scan()["Items"]]`,
    ts: `
      import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
      import { ScanCommand } from "@aws-sdk/lib-dynamodb";
      const client = new DynamoDBClient({});
      export async function build() {
        const { Items = [] } = await client.send(new ScanCommand({ TableName: "documents" }));
        return Items.map((row) => row.name);
      }`,
    gives: `[<unknown?>, <unknown?>, <unknown?>] server`,
  },
  {
    name: "a dict made from a set",
    py: `
      names = {"a", "b"}
      table = {name: 1 for name in names}
      other = {}
      for name in names:
          other[name] = 2
      [list(table), [*other.items()], list({**other}.values()), list(dict.fromkeys(names)), f"{table}"]`,
    gives: `[["a", "b"] process, [["a", 2], ["b", 2]] process, [2, 2] process, ["a", "b"] process, "<static process>"]`,
  },
  {
    name: "a dict made from a set, with sorted keys",
    py: `
      import json
      table = {name: 1 for name in {"a", "b"}}
      [list(sorted(table)), f"{json.dumps(table, sort_keys=True)}", table["a"]]`,
    gives: `[["a", "b"], "{"a": 1, "b": 1}", 1]`,
  },
  {
    name: "a text that grows in a loop over a set",
    py: `
      def build():
          text = "Use:"
          lines = 0
          for name in {"a", "b"}:
              text += "- " + name
              lines += 1
          return [text, lines]`,
    gives: `["Use:<static process>", 2]`,
  },
  {
    name: "a text in a field that grows in a loop over a set",
    py: `
      class Prompt:
          def __init__(self):
              self.text = "Use:"
              self.name = "n"
          def fill(self, names):
              for name in names:
                  self.text += "- " + name
              return self
      def build():
          prompt = Prompt().fill({"a", "b"})
          return [prompt.text, prompt.name]`,
    gives: `["Use:<static process>", "n"]`,
  },
  {
    name: "a text in a dict that grows in a loop over a set",
    py: `
      def build():
          body = {"state": {"system": ""}}
          for name in {"a", "b"}:
              body["state"]["system"] += name
          return body`,
    gives: `{state: {system: "<static process>"}}`,
  },
  {
    name: "a text that grows in a loop over sorted names",
    py: `
      text = "Use:"
      for name in sorted({"b", "a"}):
          text += f"- {name}"
      text`,
    gives: `"Use:- a- b"`,
  },
  {
    name: "a generator yields in the order of its loop",
    py: `
      def names():
          for name in {"a", "b"}:
              yield name + "!"
      def more():
          yield from names()
      def build():
          return [list(names()), list(more())]`,
    gives: `[["a!", "b!"] process, ["a!", "b!"] process]`,
  },
  {
    name: "a generator yields one by one",
    py: `
      def names():
          yield "a"
          for name in sorted({"b", "c"}):
              yield name
      def build():
          return list(names())`,
    gives: `["a", "b", "c"]`,
  },
  {
    name: "sets by a key that is not known hold more than the one thing in view",
    py: `
      from collections import defaultdict
      def build(rows):
          sizes = defaultdict(set)
          names = {}
          for row in rows:
              sizes[row["article"]].add(row["size"])
              names.setdefault(row["article"], set()).add("seen")
          return [",".join(v) for v in [*sizes.values()][:1]] + [",".join(v) for v in [*names.values()][:1]]`,
    gives: `["<unknown process>", "seen"]`,
  },
  {
    name: "what a set has in common with one whose members are not in view",
    py: `
      import os
      def build():
          wanted = set(os.environ["TOOLS"].split(","))
          return [list({"a", "b"} & wanted), list(wanted & {"a", "b"}), list({"a", "b"} - wanted)]`,
    gives: `[["a", "b"] process, ["a", "b"] process, ["a", "b"] process]`,
  },
  {
    name: "what is done of several tasks",
    py: `
      import asyncio
      async def load(name):
          return name
      async def build():
          done, rest = await asyncio.wait([asyncio.create_task(load(name)) for name in ["a", "b"]])
          return [[task.result() for task in done], list(rest)]`,
    gives: `[["a", "b"] race, []]`,
  },
  {
    name: "objects that JSON has no form for",
    py: `
      import json
      class Plain: pass
      class Named:
          def __str__(self):
              return "named"
      def build():
          return [json.dumps({"a": [Plain()]}, default=str), json.dumps(Named(), default=str)]`,
    gives: `[<process>, <static>]`,
  },
  {
    name: "two listings added to each other",
    py: `
      import os
      def build(more):
          return [os.listdir("a") + os.listdir("b"), os.listdir("a") + more.names]`,
    gives: `[[...<unknown filesystem>, ...<unknown filesystem>] filesystem, [...<unknown filesystem>, ...<unknown>] filesystem]`,
  },
  {
    name: "a set that grows by another one stays the same set",
    py: `
      def build():
          found = set()
          same = found
          found |= {"a"}
          found |= {"b"}
          return [list(same), sorted(found)]`,
    gives: `[["a", "b"] process, ["a", "b"]]`,
  },
  {
    name: "views of keys cut with each other, and members of a set on a server",
    py: `
      a = {"x": 1, "y": 2, "z": 3}
      b = {"y": 1, "z": 2}
      def build(store):
          return [list(a.keys() & b.keys()), list(a.keys() - {"x"}), list(store.smembers("names"))]`,
    gives: `[["y", "z"] process, ["y", "z"] process, [...<unknown? server>] server]`,
  },
  {
    name: "threads that append",
    py: `
      import threading
      def build():
          found = []
          def load(name, end=""):
              found.append(name + end)
          threads = [threading.Thread(target=load, args=(name,), kwargs={"end": "!"}) for name in ["a", "b"]]
          for thread in threads:
              thread.start()
          return found`,
    gives: `["a!", "b!"] race`,
  },
  {
    name: "what is pushed when the promise of each element is done",
    ts: `
      import { load } from "./load.js";
      export async function build() {
        const xs: string[] = [], ys: string[] = [];
        await Promise.all(["a", "b"].map((n) => load(n).then(() => xs.push(n))));
        let chain = Promise.resolve();
        for (const n of ["a", "b"]) chain = chain.then(() => load(n)).then(() => ys.push(n));
        await chain;
        return [xs, ys];
      }`,
    gives: `[["a", "b"] race, ["a", "b"]]`,
  },
  {
    name: "what the callbacks of a queue push",
    ts: `
      import PQueue from "p-queue";
      import { load } from "./load.js";
      const many = new PQueue({ concurrency: 4 });
      const one = new PQueue({ concurrency: 1 });
      export async function build() {
        const xs: string[] = [], ys: string[] = [];
        for (const n of ["a", "b"]) void many.add(async () => { await load(n); xs.push(n); });
        for (const n of ["a", "b"]) void one.add(async () => { await load(n); ys.push(n); });
        await many.onIdle();
        return [xs, ys];
      }`,
    gives: `[["a", "b"] race, ["a", "b"]]`,
  },
  {
    name: "a sort by length leaves what is of one length where it was",
    ts: `
      import { globSync } from "tinyglobby";
      export const build = () => globSync("*.md").sort((a, b) => a.length - b.length).map(() => "x");`,
    gives: `["x", "x", "x"] filesystem`,
  },
]);
