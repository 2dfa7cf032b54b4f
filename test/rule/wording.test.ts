import { describe, expect, test } from "vitest";
import {
  tellHole,
  wordBounded,
  wordChange,
  wordCheckpoints,
  wordHole,
  wordList,
  wordLost,
  wordRate,
  wordSource,
  wordTokens,
} from "../../src/rule/index.ts";
import { block, hole, line, literal, marked, request, viewOf } from "../support/request-builder.ts";

describe("tokens in words", () => {
  test.each([
    { low: 1310, best: 1310, high: 1310, words: "1,310 tokens" },
    { low: 1200, best: 1313, high: 1400, words: "about 1,310 tokens" },
    { low: 40, best: 46, high: 60, words: "about 46 tokens" },
    { low: 1209, best: 1310, high: Infinity, words: "at least 1,200 tokens" },
    { low: 1, best: 1, high: 1, words: "1 token" },
    { low: 0, best: 0, high: Infinity, words: undefined },
    { low: 0, best: 0, high: 0, words: undefined },
  ])("$low to $high: $words", ({ words, ...tokens }) => {
    expect(wordTokens(tokens)).toBe(words);
  });

  test("the highest an estimate goes is rounded up", () => {
    expect(wordBounded({ low: 1500, best: 1752, high: 1982 })).toBe("about 1,750 tokens (1,990 at most)");
  });

  test("a handful of tokens is not worth a number", () => {
    expect(wordLost({ low: 12, best: 12, high: Infinity })).toBeUndefined();
  });
});

describe("holes in words", () => {
  const view = viewOf(request({}), undefined, undefined, { 4: "datetime.now()", 7: "question" });

  test.each([
    {
      name: "a known source",
      part: hole("now", 4, { reason: "the clock" }),
      words: "the clock `datetime.now()`",
    },
    {
      name: "a source elsewhere",
      part: hole("now", 9, { reason: "the clock", from: 4 }),
      words: "the clock `datetime.now()`",
    },
    { name: "a name", part: hole("question", 7, { reason: "the name `question`" }), words: "`question`" },
    { name: "no reason", part: hole("question", 7), words: "`question`" },
    { name: "no text", part: hole("now", 50, { reason: "the clock" }), words: "the clock" },
    { name: "nothing at all", part: hole("now", 50), words: "a value" },
  ])("$name: $words", ({ part, words }) => {
    expect(wordHole(view, part)).toBe(words);
  });

  test("what is judged by its name says so", () => {
    const { hole: value } = hole("question", 7, { scope: "turn", reason: "the name `question`" });
    expect(wordChange(value)).toBe("changes on every turn (going by its name)");
  });
});

test("long expressions are cut and put on one line", () => {
  expect(wordSource(`format(\n  ${"x".repeat(80)})`)).toBe(`\`format( ${"x".repeat(51)}…\``);
  expect(wordSource("${step + 1}")).toBe("`step + 1`");
  expect(wordSource("Items = []")).toBe("`Items`");
});

test.each([
  { items: ["a"], words: "a" },
  { items: ["a", "b"], words: "a and b" },
  { items: ["a", "b", "c"], words: "a, b and c" },
])("$items", ({ items, words }) => {
  expect(wordList(items)).toBe(words);
});

test("rates follow a word, and are left out where no price is known", () => {
  expect([wordRate({ write: 1.25, read: 0.1 }, "write"), wordRate(undefined, "write")]).toEqual([
    " (1.25x)",
    "",
  ]);
});

describe("checkpoints in words", () => {
  const view = viewOf(
    request({ system: [marked(block([literal("a")]), 31), marked(block([literal("b")]), 40)] }),
  );

  test("one, in the same file", () => {
    expect(wordCheckpoints(view, view.checkpoints.slice(0, 1), line(3))).toBe("the checkpoint at line 31");
  });

  test("one, in another file", () => {
    expect(wordCheckpoints(view, view.checkpoints.slice(0, 1), line(3, "other.py"))).toBe(
      "the checkpoint at prompt.py:31",
    );
  });

  test("several", () => {
    expect(wordCheckpoints(view, view.checkpoints, line(3))).toBe("the 2 checkpoints at line 31 and line 40");
  });
});

describe("the way of a hole", () => {
  const view = viewOf(request({}));
  const path = { call: line(60), functionName: "clock_line", parent: undefined };

  test("its source, then the calls", () => {
    const part = { ...hole("now", 9, { reason: "the clock", from: 4 }), frame: path };
    expect(tellHole(view, part)).toEqual([
      { span: line(4), message: "The clock comes from here." },
      { span: line(60), message: "It gets here through `clock_line()`." },
    ]);
  });

  test("nothing where it stands in the text itself", () => {
    expect(tellHole(view, hole("now", 4, { reason: "the clock" }))).toEqual([]);
  });

  test("a call that the text is part of, as with a callback, is no step of the way", () => {
    const part = { ...hole("now", 9), frame: { ...path, call: { file: "prompt.py", start: 5, end: 20 } } };
    expect(tellHole(view, part)).toEqual([]);
  });

  test("the name of a function that nobody calls is no step of the way", () => {
    const named = viewOf(request({}), undefined, undefined, { 60: "clock_line" });
    expect(tellHole(named, { ...hole("now", 9), frame: path })).toEqual([]);
  });

  test("the call that sends the request is no step of the way", () => {
    const part = { ...hole("now", 4), frame: { ...path, call: view.site } };
    expect(tellHole(view, part)).toEqual([]);
  });
});
