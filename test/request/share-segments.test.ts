import { describe, expect, test } from "vitest";
import { shareSegments } from "../../src/request/share-segments.ts";
import type { Segment } from "../../src/request/request.ts";
import { opaque } from "../../src/value/construct.ts";
import type { TextPart } from "../../src/value/value.ts";

const span = { file: "a.py", start: 3, end: 9 };
const hole = opaque({ origin: { kind: "unknown", reason: "a note" }, key: "note", span });

function segment(parts: readonly TextPart[], changes: Partial<Segment> = {}): Segment {
  return {
    region: "system",
    role: "system",
    kind: "text",
    parts,
    span: { ...span },
    message: undefined,
    block: 0,
    stretch: false,
    sampled: false,
    order: { order: "fixed", span: { ...span }, frame: undefined },
    ...changes,
  };
}

const literal = (text: string): TextPart => ({ kind: "literal", text, span: { ...span } });
const note = (): TextPart => ({ kind: "hole", hole, span: { ...span }, frame: undefined });

describe("segments that two requests have in common", () => {
  test("are kept once", () => {
    const earlier = [segment([literal("Rules"), note()])];
    expect(shareSegments([segment([literal("Rules"), note()])], earlier)[0]).toBe(earlier[0]);
  });

  test.each([
    ["another text", segment([literal("Other"), note()])],
    [
      "another value",
      segment([
        literal("Rules"),
        { ...note(), hole: opaque({ origin: hole.origin, key: "note", span }) } as TextPart,
      ]),
    ],
    [
      "a text from another place",
      segment([{ ...literal("Rules"), span: { ...span, start: 4 } } as TextPart, note()]),
    ],
    ["another role", segment([literal("Rules"), note()], { role: "user" })],
    ["another message", segment([literal("Rules"), note()], { message: 1 })],
    [
      "another order",
      segment([literal("Rules"), note()], { order: { order: "process", span, frame: undefined } }),
    ],
  ])("are not those with %s", (_, own) => {
    const earlier = [segment([literal("Rules"), note()])];
    expect(shareSegments([own], earlier)[0]).toBe(own);
  });

  test("are looked for at the same position only", () => {
    const own = [segment([literal("Rules")]), segment([literal("More")])];
    const shared = shareSegments(own, [segment([literal("More")])]);
    expect(shared).toEqual(own);
    expect(shared[1]).toBe(own[1]);
  });
});
