import { describe, expect, test } from "vitest";
import { readYaml } from "../../../src/languages/yaml/yaml.ts";
import { SourceFile } from "../../../src/source/source-file.ts";
import type { Value } from "../../../src/value/value.ts";

/** A value as JavaScript has it. */
function plain(value: Value | undefined): unknown {
  switch (value?.type) {
    case "text":
      return value.parts.map((part) => (part.kind === "literal" ? part.text : "?")).join("");
    case "constant":
      return value.value;
    case "list":
      return value.elements.map((element) => plain(element.value));
    case "record":
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry.value)]));
    default:
      return undefined;
  }
}

function read(text: string) {
  const { values, problems } = readYaml(new SourceFile("a.yaml", text));
  return { values: values.map(({ value }) => plain(value)), problems };
}

describe("values", () => {
  test.each<{ name: string; text: string; expected: unknown }>([
    {
      name: "scalars",
      text: "a: 1\nb: true\nc: ~\nd: x y\ne: 'it''s'",
      expected: { a: 1, b: true, c: null, d: "x y", e: "it's" },
    },
    { name: "blocks", text: "a: |\n  x\n   y\n\nb: >-\n  x\n  y\n", expected: { a: "x\n y\n", b: "x y" } },
    { name: "lists and maps", text: "- a\n- {b: [1]}", expected: ["a", { b: [1] }] },
    {
      name: "anchors and merges",
      text: "a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2",
      expected: { a: { b: 1 }, c: { b: 1 }, d: { b: 1, e: 2 } },
    },
    {
      name: "tags of CloudFormation",
      text: "a: !Sub '${X}'\nb: !Ref Y\nc: !GetAtt [A, B]",
      expected: { a: { "Fn::Sub": "${X}" }, b: { Ref: "Y" }, c: { "Fn::GetAtt": ["A", "B"] } },
    },
    { name: "a date stays text", text: "a: 2026-01-31", expected: { a: "2026-01-31" } },
    { name: "a key without a value", text: "a:\nb: 1", expected: { a: null, b: 1 } },
  ])("$name", ({ text, expected }) => {
    expect(read(text)).toEqual({ values: [expected], problems: [] });
  });

  test("several documents", () => {
    expect(read("a: 1\n---\nb: 2\n").values).toEqual([{ a: 1 }, { b: 2 }]);
  });

  test("a value refers to itself", () => {
    expect(read("a: &x [*x]").values).toHaveLength(1);
  });

  test("entries and values have their places", () => {
    const text = "a: 1\nkey: {b: text}\n";
    const [first] = readYaml(new SourceFile("a.yaml", text)).values;
    const entry = first?.value.type === "record" ? first.value.entries.get("key") : undefined;
    expect(text.slice(entry?.entrySpan.start, entry?.entrySpan.end)).toBe("key: {b: text}");
    expect(text.slice(entry?.span.start, entry?.span.end)).toBe("{b: text}");
  });

  test("the problem of a text that never ends lies in the file", () => {
    const text = '"a: 1\nb: 2\n';
    expect(read(text).problems.map(({ span }) => span.end <= text.length)).toContain(true);
    expect(read(text).problems.map(({ span }) => span.end <= text.length)).not.toContain(false);
  });

  test("what is wrong is a problem, and the rest is read", () => {
    const { values, problems } = read('a: 1\nb: "open\n');
    expect(values).toHaveLength(1);
    expect(problems[0]?.message).toMatch(/\.$/);
    expect(problems[0]?.span.start).toBeGreaterThan(4);
  });
});
