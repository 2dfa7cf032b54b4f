import { testValues } from "../support/test-values.ts";

testValues("lists", [
  {
    name: "append, extend and insert",
    py: `
      xs = ["b"]
      xs.append("c")
      xs.extend(["d", "e"])
      xs.insert(0, "a")
      xs`,
    ts: `
      const xs = ["b"];
      xs.push("c");
      xs.push(...["d", "e"]);
      xs.unshift("a");
      xs`,
    gives: `["a", "b", "c", "d", "e"]`,
  },
  {
    name: "insert in front of the last",
    py: `
      xs = ["a", "c"]
      xs.insert(-1, "b")
      xs`,
    ts: `
      const xs = ["a", "c"];
      xs.splice(-1, 0, "b");
      xs`,
    gives: `["a", "b", "c"]`,
  },
  {
    name: "spread and concatenation",
    py: `
      xs = [2, 3]
      [1, *xs] + [4]`,
    ts: `
      const xs = [2, 3];
      [1, ...xs].concat([4])`,
    gives: `[1, 2, 3, 4]`,
  },
  {
    name: "concat of single values",
    ts: `[1].concat(2, [3])`,
    gives: `[1, 2, 3]`,
  },
  {
    name: "+= changes the list itself",
    py: `
      xs = [1]
      ys = xs
      xs += [2]
      ys`,
    gives: `[1, 2]`,
  },
  {
    name: "x = x + y makes a new list",
    py: `
      xs = [1]
      ys = xs
      xs = xs + [2]
      ys`,
    ts: `
      let xs = [1];
      const ys = xs;
      xs = [...xs, 2];
      ys`,
    gives: `[1]`,
  },
  {
    name: "a list repeated",
    py: `["a"] * 3`,
    ts: `Array(3).fill("a")`,
    gives: `["a", "a", "a"]`,
  },
  {
    name: "sections without the empty ones",
    py: `
      def build():
          parts = ["a", "", None, "b"]
          return "\\n".join(p for p in parts if p)`,
    ts: `["a", "", null, "b"].filter(Boolean).join("\\n")`,
    gives: `"a\\nb"`,
  },
  {
    name: "filter with None",
    py: `list(filter(None, ["a", "", "b"]))`,
    gives: `["a", "b"]`,
  },
  {
    name: "a comprehension with a condition on the index",
    py: `[f"{x}!" if i == len(xs) - 1 else x for i, x in enumerate(xs)]`.replace(
      "[f",
      `
      xs = ["a", "b", "c"]
      [f`,
    ),
    ts: `
      const xs = ["a", "b", "c"];
      xs.map((x, i) => (i === xs.length - 1 ? x + "!" : x))`,
    gives: `["a", "b", "c!"]`,
  },
  {
    name: "the third argument of a callback",
    ts: `["a", "b"].map((x, i, all) => (i === all.length - 1 ? x + "!" : x))`,
    gives: `["a", "b!"]`,
  },
  {
    name: "nested loops in a comprehension",
    py: `[a + b for a in ["x", "y"] for b in ["1", "2"] if b != "1"]`,
    ts: `["x", "y"].flatMap((a) => ["1", "2"].filter((b) => b !== "1").map((b) => a + b))`,
    gives: `["x2", "y2"]`,
  },
  {
    name: "slices",
    py: `
      xs = [1, 2, 3, 4, 5]
      [xs[1:3], xs[:2], xs[:-1], xs[-1], xs[-2]]`,
    ts: `
      const xs = [1, 2, 3, 4, 5];
      [xs.slice(1, 3), xs.slice(0, 2), xs.slice(0, -1), xs.at(-1), xs[xs.length - 2]]`,
    gives: `[[2, 3] cut 1, [1, 2], [1, 2, 3, 4], 5, 4]`,
  },
  {
    name: "a slice that drops the front is noted",
    py: `
      xs = [1, 2, 3, 4, 5]
      xs[-2:]`,
    ts: `[1, 2, 3, 4, 5].slice(-2)`,
    gives: `[4, 5] cut 3`,
  },
  {
    name: "what was dropped is known of the rest of a list taken apart",
    py: `
      def build():
          *earlier, last = [1, 2, 3, 4][-3:]
          return [*earlier, last]`,
    ts: `
      export function build() {
        const [first, ...others] = [1, 2, 3, 4].slice(-3);
        return [first, ...others];
      }`,
    gives: `[2, 3, 4] cut 1`,
  },
  {
    name: "slices with steps",
    py: `
      xs = [1, 2, 3, 4]
      [xs[::-1], xs[::2], xs[1::2]]`,
    gives: `[[4, 3, 2, 1], [1, 3], [2, 4]]`,
  },
  {
    name: "unpacking",
    py: `
      a, *rest, z = ["1", "2", "3", "4"]
      [a, rest, z]`,
    gives: `["1", ["2", "3"], "4"]`,
  },
  {
    name: "array destructuring",
    ts: `
      const [a, , b = "x", ...rest] = ["1", "2", undefined, "4", "5"];
      [a, b, rest]`,
    gives: `["1", "x", ["4", "5"]]`,
  },
  {
    name: "swapping",
    py: `
      a, b = "1", "2"
      a, b = b, a
      [a, b]`,
    ts: `
      let a = "1", b = "2";
      [a, b] = [b, a];
      [a, b]`,
    gives: `["2", "1"]`,
  },
  {
    name: "positions in an array that is not in view",
    ts: `
      export function build(messages: Message[]) {
        const marks = [];
        for (const [index] of messages.entries()) marks.push(index === messages.length - 1);
        return marks;
      }`,
    gives: `[false, false, false, false, true]`,
  },
  {
    name: "enumerate, zip, reversed and range",
    py: `[list(enumerate(["a"], 1)), list(zip([1, 2], ["x", "y", "z"])), list(reversed([1, 2])), list(range(2)), list(range(3, 0, -2))]`,
    gives: `[[[1, "a"]], [[1, "x"], [2, "y"]], [2, 1], [0, 1], [3, 1]]`,
  },
  {
    name: "entries and reversal",
    ts: `[[...["a"].entries()], [1, 2].toReversed(), Array.from({ length: 2 }, (_, i) => i), [...Array(2).keys()]]`,
    gives: `[[[0, "a"]], [2, 1], [0, 1], [0, 1]]`,
  },
  {
    name: "pop takes the last of a list that is not in view",
    py: `
      def build(xs):
          last = xs[-1]
          return "last" if xs.pop() is last else "another"`,
    ts: `
      export function build(xs: string[]) {
        let last;
        for (const x of xs) last = x;
        return xs.pop() === last ? "last" : "another";
      }`,
    gives: `"last"`,
  },
  {
    name: "pop, shift and delete",
    py: `
      xs = [1, 2, 3, 4]
      last = xs.pop()
      first = xs.pop(0)
      del xs[0]
      [first, last, xs]`,
    ts: `
      const xs = [1, 2, 3, 4];
      const last = xs.pop();
      const first = xs.shift();
      xs.splice(0, 1);
      [first, last, xs]`,
    gives: `[1, 4, [3] cut 1 cut 1]`,
  },
  {
    name: "remove and clear",
    py: `
      xs = ["a", "b"]
      ys = xs.copy()
      xs.remove("a")
      ys.clear()
      [xs, ys]`,
    gives: `[["b"], []]`,
  },
  {
    name: "find, some and every",
    ts: `
      const xs = ["a", "b", "b"];
      [xs.find((x) => x === "b"), xs.findIndex((x) => x === "b"), xs.findLastIndex((x) => x === "b"), xs.some((x) => x === "z"), xs.every((x) => x !== "z"), xs.indexOf("z")]`,
    gives: `["b", 1, 2, false, true, -1]`,
  },
  {
    name: "lists are told from each other by what they hold in Python",
    py: `
      xs = [["a"], ["b"]]
      [["a"] in xs, xs.index(["b"])]`,
    gives: `[true, 1]`,
  },
  {
    name: "objects are told from each other by which they are",
    ts: `
      export function build(texts: string[]) {
        const xs = ["a", "a", "c"].map((t) => ({ t, more: texts }));
        const newest = new Set(xs.slice(-1));
        return [xs.map((x) => newest.has(x)), xs.includes({ t: "a", more: texts }), xs.indexOf(xs[1])];
      }`,
    gives: `[[false, false, true], false, 1]`,
  },
  {
    name: "any, all, next, sum, min and max",
    py: `
      xs = [1, 2, 3]
      [any(x > 2 for x in xs), all(x > 2 for x in xs), next((x for x in xs if x > 1), None), sum(xs), min(xs), max(1, 5)]`,
    gives: `[true, false, 2, 6, 1, 5]`,
  },
  {
    name: "next with nothing found",
    py: `next((x for x in [1] if x > 1), "none")`,
    gives: `"none"`,
  },
  {
    name: "reduce",
    ts: `["a", "b"].reduce((all, x) => all + x, "")`,
    py: `
      from functools import reduce
      reduce(lambda all, x: all + x, ["a", "b"], "")`,
    gives: `"ab"`,
  },
  {
    name: "flat and chain",
    py: `
      import itertools
      list(itertools.chain([1], [2, 3])) + list(itertools.chain.from_iterable([[4], [5]]))`,
    ts: `[[1], [2, 3], [[4], [5]].flat()].flat()`,
    gives: `[1, 2, 3, 4, 5]`,
  },
  {
    name: "sorting known values",
    py: `
      xs = ["b", "a"]
      xs.sort()
      xs + sorted([10, 9, 2])`,
    gives: `["a", "b", 2, 9, 10]`,
  },
  {
    name: "sorting by a key",
    py: `[t["name"] for t in sorted([{"name": "b"}, {"name": "a"}], key=lambda t: t["name"])]`,
    ts: `[{ name: "b" }, { name: "a" }].sort((x, y) => x.name.localeCompare(y.name)).map((t) => t.name)`,
    gives: `["a", "b"]`,
  },
  {
    name: "sorting backwards",
    py: `sorted([1, 3, 2], reverse=True)`,
    ts: `[1, 3, 2].toSorted((a, b) => b - a)`,
    gives: `[3, 2, 1]`,
  },
  {
    name: "JavaScript sorts numbers as text",
    ts: `[10, 9, 1].sort()`,
    gives: `[1, 10, 9]`,
  },
  {
    name: "item assignment",
    py: `
      xs = [1, 2, 3]
      xs[-1] = 9
      xs[0] += 5
      xs`,
    ts: `
      const xs = [1, 2, 3];
      xs[xs.length - 1] = 9;
      xs[0] += 5;
      xs`,
    gives: `[6, 2, 9]`,
  },
  {
    name: "slice assignment and deletion",
    py: `
      xs = [1, 2, 3, 4]
      xs[1:3] = ["x"]
      del xs[-1:]
      xs`,
    gives: `[1, "x"]`,
  },
  {
    name: "membership and counting",
    py: `["a" in ["a"], "b" not in ["a"], len([1, 2]), ["a", "b"].index("b")]`,
    ts: `[["a"].includes("a"), !["a"].includes("b"), [1, 2].length, ["a", "b"].indexOf("b")]`,
    gives: `[true, true, 2, 1]`,
  },
  {
    name: "a list emptied by its length",
    ts: `
      const xs = [1, 2];
      xs.length = 0;
      xs.push(3);
      xs`,
    gives: `[3]`,
  },
  {
    name: "the elements of a parameter are of unknown number",
    py: `
      def build(items):
          return [*items, "end"]`,
    ts: `export const build = (items: string[]) => [...items, "end"];`,
    gives: `[...<unknown>, "end"]`,
  },
  {
    name: "the last of none",
    ts: `[[].at(-1), [].at(-1)?.role, ["a"].at(1), ["a"].at(-1)]`,
    gives: `[undefined, undefined, undefined, "a"]`,
  },
  {
    name: "the last of a parameter's elements",
    py: `
      def build(messages):
          return messages[-1]["content"]`,
    ts: `export const build = (messages: Message[]) => messages.at(-1)!.content;`,
    gives: `<unknown>`,
  },
  {
    name: "a comprehension over a parameter has a few elements",
    py: `
      def build(items):
          return [x for x in items]`,
    ts: `export const build = (items: string[]) => items.map((x) => x);`,
    gives: `[<unknown>, <unknown>, <unknown>, <unknown>, <unknown>]`,
  },
  {
    name: "a tuple",
    py: `("a", 1)`,
    gives: `["a", 1]`,
  },
  {
    name: "a generator function",
    py: `
      def parts(q):
          yield "a"
          yield from ["b", q]
      def build(q):
          return list(parts(q))`,
    ts: `
      function* parts(q: string) {
        yield "a";
        yield* ["b", q];
      }
      export const build = (q: string) => [...parts(q)];`,
    gives: `["a", "b", <unknown>]`,
  },
  {
    name: "copies with a part replaced, and folds from the end",
    ts: `
      const xs = ["a", "b", "c"];
      [xs.toSpliced(-1, 1, "d"), xs.reduceRight((text, x, i, { length }) => text + x + (i + length), ""), xs.at(-4)]`,
    gives: `[["a", "b", "d"], "c5b4a3", undefined]`,
  },
  {
    name: "lodash",
    ts: `
      import _ from "lodash";
      import { dropRight, last, omit } from "lodash-es";
      const xs = ["a", "", "c"];
      [_.compact(xs), last(xs), dropRight(xs), _.takeRight(xs, 2), _.map(xs, (x) => x + "!"), _.head(xs),
        omit({ t: 1, m: 2 }, ["m"]), _.pick({ t: 1, m: 2 }, "m")]`,
    gives: `[["a", "c"], "c", ["a", ""], ["", "c"] cut 1, ["a!", "!", "c!"], "a", {t: 1}, {m: 2}]`,
  },
  {
    name: "the text of a list",
    py: `f"{['a', 1]} {('x',)}"`,
    gives: `"['a', 1] ('x',)"`,
  },
  {
    name: "messages that fit the window of a model stay as they are",
    py: `
      from litellm.utils import trim_messages
      def build():
          messages = ["a", "b"]
          kept = trim_messages(messages=messages, model="m")
          kept.append("c")
          return [messages, kept, trim_messages(messages, "m", max_tokens=10)]`,
    gives: `[["a", "b"], ["a", "b", "c"], <unknown>]`,
  },
  {
    name: "a loop that waits for a flag to be taken down ends, and one that takes it down itself runs through",
    py: `
      class Keeper:
          def __init__(self):
              self.stopped = False
              self.seen = 0
          def watch(self):
              while not self.stopped:
                  self.seen += 1
              return "done"
          def drain(self, jobs):
              left = True
              while left:
                  jobs.pop()
                  left = len(jobs) > 0
              return len(jobs)
      def build():
          keeper = Keeper()
          return [keeper.watch(), keeper.seen < 100, keeper.drain(list(range(18)))]`,
    ts: `
      class Keeper {
        stopped = false;
        seen = 0;
        watch() {
          while (!this.stopped) this.seen += 1;
          return "done";
        }
        drain(jobs: number[]) {
          let left = true;
          while (left) {
            jobs.pop();
            left = jobs.length > 0;
          }
          return jobs.length;
        }
      }
      export function build() {
        const keeper = new Keeper();
        return [keeper.watch(), keeper.seen < 100, keeper.drain(Array.from({ length: 18 }, (_, i) => i))];
      }`,
    gives: `["done", true, 0]`,
  },
  {
    name: "long ranges",
    py: `
      n = 0
      for i in range(700):
          n += 1
      [n, len([i for i in range(1500)])]`,
    gives: `[700, 1500]`,
  },
]);
