import { expect, test } from "vitest";
import { findUnstableRuns } from "../../src/request/orders.ts";
import { block, literal, request } from "../support/request-builder.ts";

const tool = (name: string, facts: Parameters<typeof block>[1]) => block([literal(name)], facts);

const cases = [
  {
    name: "two tools of one set",
    tools: [tool("a", { order: "process", orderAt: 9 }), tool("b", { order: "process", orderAt: 9 })],
    found: [{ line: 9, first: 0 }],
  },
  {
    name: "a set of one tool has one order",
    tools: [tool("a", { order: "process", orderAt: 9 })],
    found: [],
  },
  {
    name: "a stretch stands for several",
    tools: [tool("own", {}), tool("theirs", { order: "server", orderAt: 9, stretch: true })],
    found: [{ line: 9, first: 1 }],
  },
  {
    name: "an element made up for an unknown length stands for several",
    tools: [tool("theirs", { order: "server", orderAt: 9, sampled: true })],
    found: [{ line: 9, first: 0 }],
  },
  { name: "insertion order is repeatable", tools: [tool("a", {}), tool("b", {})], found: [] },
  {
    name: "two lists are two findings",
    tools: [
      tool("a", { order: "server", orderAt: 9, stretch: true }),
      tool("b", { order: "race", orderAt: 12, stretch: true }),
    ],
    found: [
      { line: 9, first: 0 },
      { line: 12, first: 1 },
    ],
  },
] as const;

test.each(cases)("$name", ({ tools, found }) => {
  const runs = findUnstableRuns(request({ tools }).segments, () => true);
  expect(runs.map(({ order, first }) => ({ line: order.span.start, first }))).toEqual(found);
});

test("segments of another kind do not count", () => {
  const segments = request({ tools: [tool("a", { order: "race", stretch: true })] }).segments;
  expect(findUnstableRuns(segments, ({ kind }) => kind === "image")).toEqual([]);
});
