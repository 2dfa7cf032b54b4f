import { expect, test } from "vitest";
import { differingParameters } from "../../src/request/parameters.ts";
import { constant, list, listElement, opaque, record, recordEntry, text } from "../../src/value/construct.ts";
import type { Scope } from "../../src/value/scope.ts";
import type { Value } from "../../src/value/value.ts";
import { line, request } from "../support/request-builder.ts";

const at = line(1);
const say = (literal: string) => text(literal, at);
const known = (fields: Readonly<Record<string, Value>>) =>
  record(
    at,
    Object.entries(fields).map(([key, value]) => [key, recordEntry(value, at)]),
  );
const listOf = (...values: Value[]) =>
  list(
    values.map((value) => listElement(value, at)),
    at,
  );
const hole = (key: string, scope: Scope = "unknown") =>
  opaque({ origin: { kind: "global", name: key }, key, span: at }, { scope });
const shared = hole("choice", "turn");

function differ(name: string, own: Value | undefined, other: Value | undefined): boolean {
  const sent = (value: Value | undefined) =>
    request({
      parameters: value ? [{ name, entry: recordEntry(value, at), invalidates: ["messages"] }] : [],
    });
  return differingParameters(sent(own), sent(other)).length > 0;
}

const any = known({ type: say("any") });
const auto = known({ type: say("auto") });

test.each<{
  name: string;
  parameter?: string;
  own: Value | undefined;
  other: Value | undefined;
  is: boolean;
}>([
  { name: "the same record", own: any, other: known({ type: say("any") }), is: false },
  { name: "another type", own: any, other: auto, is: true },
  { name: "another number", own: constant(1), other: constant(2), is: true },
  { name: "another list", own: listOf(constant(1)), other: listOf(constant(1), constant(2)), is: true },
  { name: "a key more", own: any, other: known({ type: say("any"), name: say("find") }), is: true },
  {
    name: "a key that is nothing",
    own: any,
    other: known({ type: say("any"), name: constant(undefined) }),
    is: false,
  },
  { name: "an unknown value", own: any, other: hole("choice"), is: false },
  { name: "an unknown value inside", own: any, other: known({ type: hole("choice") }), is: false },
  { name: "one value", own: shared, other: shared, is: false },
  {
    name: "a value that is new in each turn",
    own: hole("choice", "turn"),
    other: hole("choice", "turn"),
    is: true,
  },
  { name: "left out", own: any, other: undefined, is: true },
  { name: "the default left out", own: undefined, other: auto, is: false },
  { name: "nothing left out", own: constant(null), other: undefined, is: false },
  {
    name: "the default of another parameter left out",
    parameter: "thinking",
    own: auto,
    other: undefined,
    is: true,
  },
  {
    name: "thinking that is switched off and left out",
    parameter: "thinking",
    own: known({ type: say("disabled") }),
    other: undefined,
    is: false,
  },
  {
    name: "Converse's default left out",
    parameter: "toolChoice",
    own: known({ auto: known({}) }),
    other: undefined,
    is: false,
  },
])("$name: differs $is", ({ parameter = "tool_choice", own, other, is }) => {
  expect(differ(parameter, own, other)).toBe(is);
});

test("what several documents say of citations cannot be lined up", () => {
  const entry = (value: boolean) => recordEntry(known({ enabled: constant(value) }), at);
  const sent = (...values: boolean[]) =>
    request({
      parameters: values.map((value) => ({
        name: "citations",
        entry: entry(value),
        invalidates: ["messages"],
      })),
    });
  expect(differingParameters(sent(true, false), sent(false))).toEqual([]);
});
