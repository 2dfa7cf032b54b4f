import { expect, test } from "vitest";
import { findUnstableTexts } from "../../src/request/unstable-texts.ts";
import { opaque } from "../../src/value/construct.ts";
import type { Order, Scope } from "../../src/value/scope.ts";
import type { OpaqueValue, Origin } from "../../src/value/value.ts";
import { block, holeOf, line, request } from "../support/request-builder.ts";

const made = (origin: Origin, order: Order = "insertion", scope: Scope = "static"): OpaqueValue =>
  opaque({ origin, key: "value", span: line(3) }, { order, scope });
const listing = made(
  { kind: "parameter", functionName: "f", name: "xs", annotation: undefined },
  "filesystem",
);
const operation = (operator: string, ...operands: OpaqueValue[]): Origin => ({
  kind: "operation",
  operator,
  operands,
});
const call: Origin = { kind: "call", callee: listing, arguments: [], isNew: false };
const index: Origin = { kind: "index", object: listing, index: { type: "constant", value: 0 } };

test.each([
  { name: "a set that is joined", value: made(operation("join"), "process"), found: ["order"] },
  { name: "a list that is joined", value: made(operation("join"), "insertion"), found: [] },
  { name: "a listing as it comes", value: made(call, "filesystem"), found: ["order"] },
  {
    name: "a listing that is printed",
    value: made(operation("json", listing), "filesystem"),
    found: ["order"],
  },
  {
    name: "one element of a listing that is printed",
    value: made(operation("json", made(index, "filesystem")), "filesystem"),
    found: [],
  },
  { name: "one element of a listing", value: made(index, "filesystem"), found: [] },
  {
    name: "a random sample, which is new in each request",
    value: made(call, "random", "request"),
    found: [],
  },
  { name: "an object that prints its address", value: made(operation("address")), found: ["address"] },
])("$name", ({ value, found }) => {
  const { segments } = request({ system: [block([holeOf(value, 5)])] });
  expect(findUnstableTexts(segments).map(({ kind }) => kind)).toEqual(found);
});

test("a list of tools that is sent as it is has a rule of its own", () => {
  const { segments } = request({ tools: [block([holeOf(made(call, "server"), 5)], { stretch: true })] });
  expect(findUnstableTexts(segments)).toEqual([]);
});
