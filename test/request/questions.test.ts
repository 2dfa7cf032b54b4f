import { describe, expect, test } from "vitest";
import {
  blocksBetween,
  holesOf,
  markedCheckpoints,
  mayHoldMore,
  prefixOf,
  segmentsAfter,
  segmentsBefore,
} from "../../src/request/questions.ts";
import type { Segment } from "../../src/request/request.ts";
import { block, hole, line, literal, marked, request } from "../support/request-builder.ts";

const textOf = (segments: readonly Segment[]): string[] =>
  segments.map(({ parts }) => parts.map((part) => (part.kind === "literal" ? part.text : "{}")).join(""));

const sample = request({
  tools: [block([literal("tool")])],
  system: [marked(block([literal("before "), hole("now", 5), literal(" after")]), 3)],
  messages: [[block([literal("question")])]],
});

test("the prefix ends with the block that carries the mark", () => {
  expect(textOf(prefixOf(sample, sample.checkpoints[0]!))).toEqual(["tool", "before {} after"]);
});

test("an empty prefix for a checkpoint with nothing in front of it", () => {
  expect(prefixOf(sample, { ...sample.checkpoints[0]!, after: -1 })).toEqual([]);
});

test("what the provider finds by itself is no mark", () => {
  const implicit = { ...sample.checkpoints[0]!, origin: "implicit" as const };
  expect(markedCheckpoints([implicit, sample.checkpoints[0]!])).toEqual([sample.checkpoints[0]]);
});

test("holes know their place", () => {
  expect(holesOf(sample.segments).map(({ segment, part }) => [segment, part])).toEqual([[1, 1]]);
});

describe("around a hole", () => {
  const place = holesOf(sample.segments)[0]!;

  test("everything behind it", () => {
    expect(textOf(segmentsAfter(sample.segments, place))).toEqual([" after", "question"]);
  });

  test("everything behind it up to a checkpoint", () => {
    expect(textOf(segmentsAfter(sample.segments, place, 1))).toEqual([" after"]);
  });

  test("nothing where the end lies in front of it", () => {
    expect(segmentsAfter(sample.segments, place, 0)).toEqual([]);
  });

  test("everything in front of it", () => {
    expect(textOf(segmentsBefore(sample.segments, place))).toEqual(["tool", "before "]);
  });

  test("everything in front of it since a checkpoint", () => {
    expect(textOf(segmentsBefore(sample.segments, place, 1))).toEqual(["before "]);
  });
});

describe("regions that may hold more than is in view", () => {
  const unresolved = (part: "model" | "tools" | "messages" | "body") =>
    request({ unresolved: [{ span: line(1), reason: "unknown function", part }] });

  test.each([
    { part: "tools", region: "system", expected: true },
    { part: "messages", region: "system", expected: false },
    { part: "body", region: "tools", expected: true },
    { part: "model", region: "messages", expected: false },
  ] as const)("unresolved $part, asked for $region: $expected", ({ part, region, expected }) => {
    expect(mayHoldMore(unresolved(part), region)).toBe(expected);
  });
});

describe("blocks a lookup walks over", () => {
  const text = block([literal("text")]);
  const use = block([literal("use")], { kind: "toolUse" });
  const result = block([literal("result")], { kind: "toolResult" });

  test("each block counts", () => {
    expect(blocksBetween(request({ messages: [[text, text, text]] }), 0, 2)).toBe(2);
  });

  test("a run of tool uses counts once, and so does a run of results", () => {
    expect(blocksBetween(request({ messages: [[text], [use, use, use], [result, result]] }), 0, 5)).toBe(2);
  });

  test("nothing between a place and itself", () => {
    expect(blocksBetween(request({ messages: [[text, text]] }), 1, 1)).toBe(0);
  });
});
