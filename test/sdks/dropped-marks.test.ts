import { expect, test } from "vitest";
import { readDroppedMarks } from "../../src/sdks/dropped-marks.ts";
import { faultsOfDroppedMarks } from "../../src/request/dropped-marks.ts";
import { list, listElement, opaque, record, recordEntry, text } from "../../src/value/construct.ts";
import type { Value } from "../../src/value/value.ts";
import { block, hole, holeOf, line, literal, marked, request } from "../support/request-builder.ts";

const mark = record(line(9), [["type", recordEntry(text("ephemeral", line(9)), line(9))]]);
const called = line(20);
const blockOf = (content: Value, key = "cache_control") =>
  record(line(8), [
    ["text", recordEntry(content, line(8))],
    [key, recordEntry(mark, line(9))],
  ]);
const listOf = (...values: readonly Value[]) =>
  list(
    values.map((value) => listElement(value, line(7))),
    line(7),
  );

test.each(["cache_control", "cachePoint"])("finds a mark under %s", (key) => {
  const dropped = readDroppedMarks(listOf(blockOf(text("Rules.", line(8)), key)), called);
  expect(dropped?.span).toEqual(called);
  expect(dropped?.marks).toEqual([line(9)]);
});

test("a list without a mark is no matter", () => {
  expect(readDroppedMarks(listOf(text("Rules.", line(8))), called)).toBeUndefined();
});

const printed = (start: number, end: number) => ({
  ...literal("Rules.", start),
  span: { ...line(start), end },
});
const question = hole("question", 3);
const element = opaque(
  { origin: { kind: "element", of: question.hole, index: 0, length: 1 }, key: "element", span: line(4) },
  {},
);
const dropped = readDroppedMarks(listOf(blockOf(text("Rules.", line(8))), blockOf(element)), called)!;

test.each([
  { name: "the same literal", sent: request({ system: [block([literal("Rules.", 8)])] }), after: [0] },
  { name: "another literal", sent: request({ system: [block([literal("Rules.", 30)])] }), after: [] },
  {
    name: "the list an element was taken from",
    sent: request({ messages: [[block([literal("Go.", 30)]), block([holeOf(question.hole, 40)])]] }),
    after: [1],
  },
  {
    name: "a tool that is printed as a whole",
    sent: request({
      tools: [block([printed(7, 20)], { kind: "tool" }), block([printed(21, 30)], { kind: "tool" })],
    }),
    after: [0],
  },
  {
    name: "a text that goes on for longer",
    sent: request({ system: [block([printed(7, 20)])] }),
    after: [],
  },
  { name: "a value of its own", sent: request({ messages: [[block([hole("question", 3)])]] }), after: [] },
])("a request with $name", ({ sent, after }) => {
  const [faults] = faultsOfDroppedMarks([sent], [dropped]);
  expect(faults!.map((fault) => fault.after)).toEqual(after);
  for (const fault of faults!) expect(fault).toMatchObject({ kind: "ignored", span: called });
});

test("a mark that reaches one request is lost for none", () => {
  const first = request({ system: [marked(block([literal("Rules.", 8)]), 9)] });
  const second = request({ system: [block([literal("Rules.", 8)])] });
  expect(faultsOfDroppedMarks([first, second], [dropped])).toEqual([[], []]);
});
