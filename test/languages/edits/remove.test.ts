import { describe, expect, test } from "vitest";
import { editText } from "../../support/edit-text.ts";

interface RemovalCase {
  readonly name: string;
  readonly text: string;
  /** What is taken out. */
  readonly piece: string;
  /** Undefined: the language refuses. */
  readonly gives: string | undefined;
}

function testRemovals(path: string, cases: readonly RemovalCase[]): void {
  describe(path, () => {
    test.each(cases)("$name", ({ text, piece, gives }) => {
      expect(editText(path, text, (editor, at) => editor.remove(at(piece)))).toBe(gives);
    });
  });
}

testRemovals("a.py", [
  { name: "the last of a line", text: `x = {"a": 1, "m": 2}\n`, piece: `"m": 2`, gives: `x = {"a": 1}\n` },
  { name: "the first of a line", text: `x = {"m": 2, "a": 1}\n`, piece: `"m": 2`, gives: `x = {"a": 1}\n` },
  {
    name: "one in the middle",
    text: `x = {"a": 1, "m": 2, "b": 3}\n`,
    piece: `"m": 2`,
    gives: `x = {"a": 1, "b": 3}\n`,
  },
  { name: "the only one", text: `x = { "m": 2, }\n`, piece: `"m": 2`, gives: `x = {}\n` },
  {
    name: "the last with a comma behind it",
    text: `x = f(a, m,)\n`,
    piece: "m",
    gives: `x = f(a,)\n`,
  },
  {
    name: "a line of its own with a comma",
    text: `x = {\n    "a": 1,\n    "m": 2,\n}\n`,
    piece: `"m": 2`,
    gives: `x = {\n    "a": 1,\n}\n`,
  },
  {
    name: "the last line without a comma, whose neighbour then has none either",
    text: `x = {\n    "a": 1,\n    "m": 2\n}\n`,
    piece: `"m": 2`,
    gives: `x = {\n    "a": 1\n}\n`,
  },
  {
    name: "a line with tabs and CRLF",
    text: `x = [\r\n\t1,\r\n\t2,\r\n]\r\n`,
    piece: "2",
    gives: `x = [\r\n\t1,\r\n]\r\n`,
  },
  {
    name: "comments above and behind stay",
    text: `x = {\n    "a": 1,\n    # cached\n    "m": 2,  # an hour\n    "b": 3,\n}\n`,
    piece: `"m": 2`,
    gives: `x = {\n    "a": 1,\n    # cached\n    # an hour\n    "b": 3,\n}\n`,
  },
  {
    name: "a comment behind the one in front stays",
    text: `x = [1,  # one\n     2]\n`,
    piece: "2",
    gives: `x = [1  # one\n     ]\n`,
  },
  {
    name: "a pair keeps the comma that makes it a tuple",
    text: `x = (1, 2)\n`,
    piece: "2",
    gives: `x = (1,)\n`,
  },
  {
    name: "brackets that group an item go with it",
    text: `x = [1, ("a" "b"), 2]\n`,
    piece: `"a" "b"`,
    gives: `x = [1, 2]\n`,
  },
  {
    name: "an argument of a nested call with a decorator above",
    text: `@cache\ndef f():\n    return g(h(a, m={"b": 1}), f"{x!r:>{w}}")\n`,
    piece: `m={"b": 1}`,
    gives: `@cache\ndef f():\n    return g(h(a), f"{x!r:>{w}}")\n`,
  },
  {
    name: "an assignment",
    text: `a = 1\nb["m"] = 2\nc = 3\n`,
    piece: `b["m"] = 2`,
    gives: `a = 1\nc = 3\n`,
  },
  {
    name: "an assignment that is all its block holds",
    text: `if a:\n    b["m"] = 2  # mark\nc = 3\n`,
    piece: `b["m"] = 2`,
    gives: `if a:\n    pass  # mark\nc = 3\n`,
  },
  {
    name: "an assignment on the line of its condition",
    text: `if a: b["m"] = 2\n`,
    piece: `b["m"] = 2`,
    gives: `if a: pass\n`,
  },
  {
    name: "an assignment among others of its line",
    text: `a = 1; b["m"] = 2; c = 3\n`,
    piece: `b["m"] = 2`,
    gives: `a = 1; c = 3\n`,
  },
  {
    name: "the only argument of a call goes with the call",
    text: `a = []\na.append({"m": 2})\nb = a\n`,
    piece: `{"m": 2}`,
    gives: `a = []\nb = a\n`,
  },
  {
    name: "the only entry of an element goes with the element",
    text: `x = [{"a": 1}, {"m": 2}]\n`,
    piece: `"m": 2`,
    gives: `x = [{"a": 1}]\n`,
  },
  { name: "half of a chain is refused", text: `a = b["m"] = 2\n`, piece: `a = b["m"] = 2`, gives: undefined },
  { name: "what is no item is refused", text: `x = a + b\n`, piece: "a + b", gives: undefined },
]);

testRemovals("a.ts", [
  {
    name: "an entry in braces with spaces",
    text: `const x = { a: 1, m: { b: 2 } };\n`,
    piece: "m: { b: 2 }",
    gives: `const x = { a: 1 };\n`,
  },
  {
    name: "a short form",
    text: `const x = { a, m, b };\n`,
    piece: "m",
    gives: `const x = { a, b };\n`,
  },
  {
    name: "comments of both kinds stay",
    text: `f({\n  a, // first\n  /* mark */\n  m: 1, // second\n});\n`,
    piece: "m: 1",
    gives: `f({\n  a, // first\n  /* mark */\n  // second\n});\n`,
  },
  {
    name: "a spread condition keeps its braces",
    text: `const x = { a, ...(b && { m: 1 }) };\n`,
    piece: "m: 1",
    gives: `const x = { a, ...(b && {}) };\n`,
  },
  {
    name: "an argument behind type arguments",
    text: `f<(a: A) => B>(a, m);\n`,
    piece: "m",
    gives: `f<(a: A) => B>(a);\n`,
  },
  {
    name: "an assignment in braces",
    text: `if (a) {\n  b.m = 2;\n}\n`,
    piece: "b.m = 2;",
    gives: `if (a) {\n}\n`,
  },
  {
    name: "an assignment without braces",
    text: `if (a) b.m = 2;\n`,
    piece: "b.m = 2;",
    gives: `if (a) {}\n`,
  },
  {
    name: "an element with a cast is refused where nothing would be left in it",
    text: `const x = [a, { m: 1 } as any];\n`,
    piece: "m: 1",
    gives: undefined,
  },
]);

testRemovals("a.json", [
  {
    name: "the last entry takes the comma in front",
    text: `{\n  "a": 1,\n  "m": {\n    "b": 2\n  }\n}\n`,
    piece: `"m": {\n    "b": 2\n  }`,
    gives: `{\n  "a": 1\n}\n`,
  },
  { name: "a dense list", text: `[1,{"m":2},3]`, piece: `{"m":2}`, gives: `[1,3]` },
]);

testRemovals("a.jsonc", [
  {
    name: "comments stay",
    text: `{\n  "a": 1, // one\n  "m": 2 // two\n}\n`,
    piece: `"m": 2`,
    gives: `{\n  "a": 1 // one\n  // two\n}\n`,
  },
]);

testRemovals("a.yaml", [
  {
    name: "an entry of a block",
    text: `a: 1\nm:\n  b: 2\nc: 3\n`,
    piece: `m:\n  b: 2\n`,
    gives: `a: 1\nc: 3\n`,
  },
  {
    name: "the first entry of an element",
    text: `x:\n  - m: 1\n    a: 2\n  - b: 3\n`,
    piece: "m: 1",
    gives: `x:\n  - a: 2\n  - b: 3\n`,
  },
  {
    name: "an element with its dash",
    text: `x:\n  - a: 1\n  - m: 2\n    n: 3\ny: 4\n`,
    piece: `m: 2\n    n: 3\n`,
    gives: `x:\n  - a: 1\ny: 4\n`,
  },
  {
    name: "a comment behind it stays",
    text: `a: 1\nm: 2 # an hour\n`,
    piece: "m: 2",
    gives: `a: 1\n# an hour\n`,
  },
  { name: "flow style", text: `x: {a: 1, m: {b: 2}}\n`, piece: "m: {b: 2}", gives: `x: {a: 1}\n` },
  { name: "the only entry of a block is refused", text: `x:\n  m: 1\n`, piece: "m: 1", gives: undefined },
  {
    name: "an entry with comments inside is refused",
    text: `a: 1\nm:\n  # why\n  b: 2\n`,
    piece: `m:\n  # why\n  b: 2`,
    gives: undefined,
  },
]);

/** A notebook of one cell. */
const cellOf = (source: string): string => `{"cells": [{"cell_type": "code", "source": ${source}}]}`;

testRemovals("a.ipynb", [
  {
    name: "a part of a line",
    text: cellOf(String.raw`["x = {\"a\": \"\u00e9\", \"m\": 2}\n", "y = 1"]`),
    piece: String.raw`\"m\": 2`,
    gives: cellOf(String.raw`["x = {\"a\": \"\u00e9\"}\n", "y = 1"]`),
  },
  {
    name: "a line with its string",
    text: cellOf(String.raw`["x = {\n",  "  \"m\": 2,\n",  "  \"a\": 1\n",  "}"]`),
    piece: String.raw`\"m\": 2`,
    gives: cellOf(String.raw`["x = {\n",  "  \"a\": 1\n",  "}"]`),
  },
  {
    name: "the last line of the source",
    text: cellOf(String.raw`["a = 1\n",  "b[\"m\"] = 2"]`),
    piece: String.raw`b[\"m\"] = 2`,
    gives: cellOf(String.raw`["a = 1\n"]`),
  },
  {
    name: "a source in one string",
    text: cellOf(String.raw`"x = [\n  1,\n  2,\n]"`),
    piece: "2",
    gives: cellOf(String.raw`"x = [\n  1,\n]"`),
  },
  {
    name: "a cell with magics",
    text: cellOf(String.raw`["%time x = [1, 2]\n", "!ls"]`),
    piece: "2",
    gives: cellOf(String.raw`["%time x = [1]\n", "!ls"]`),
  },
]);
