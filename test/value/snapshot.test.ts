import { expect, test } from "vitest";
import { list, listElement, record, recordEntry, text } from "../../src/value/construct.ts";
import { snapshot } from "../../src/value/snapshot.ts";
import type { Value } from "../../src/value/value.ts";

const span = { file: "a.py", start: 0, end: 1 };

test("a copy stays as it is when the original changes", () => {
  const inner = record(span, [["text", recordEntry(text("old", span), span)]]);
  const outer = list([listElement(inner, span)], span);
  const copy = snapshot(outer);
  inner.entries.set("text", recordEntry(text("new", span), span));
  outer.elements.push(listElement(inner, span));
  expect(copy).toMatchObject({
    elements: [{ value: { entries: new Map([["text", { value: { parts: [{ text: "old" }] } }]]) } }],
  });
});

test("values that are shared many times over are copied once", () => {
  let value: Value = text("x", span);
  for (let level = 0; level < 29; level++)
    value = list([listElement(value, span), listElement(value, span)], span);
  const copy = snapshot(value);
  expect(copy.type === "list" && copy.elements[0]!.value).toBe(
    copy.type === "list" && copy.elements[1]!.value,
  );
});

test("a list that contains itself ends", () => {
  const value = list([], span);
  value.elements.push(listElement(value, span));
  const copy = snapshot(value);
  expect(copy.type === "list" && copy.elements[0]!.value).toBe(copy);
});
