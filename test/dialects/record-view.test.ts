import { describe, expect, test } from "vitest";
import { describeOpaque } from "../../src/dialects/record-view.ts";
import type { OpaqueValue } from "../../src/value/value.ts";
import { build, called, from, imported, member, parameter } from "../support/build-value.ts";

const joined = from(
  { kind: "operation", operator: "join", operands: [build("a"), parameter("rules")] },
  "join",
);
const unknownField = from({ kind: "unknown", reason: ".model" }, "field", { reason: ".model" });

describe("describeOpaque names", () => {
  test.each<[string, OpaqueValue, string]>([
    ["a parameter with what is read of it", member(parameter("self"), "model"), "the parameter `self.model`"],
    ["what a library gives", called(imported("boto3", "client")), "`client()` of `boto3`"],
    ["a module", imported("settings", "*"), "`settings`"],
    ["what is made of another value by that", joined, "what is made of the parameter `rules`"],
    ["a field of an object that nothing is known of", unknownField, "the field `model`"],
    ["nothing else", from({ kind: "unknown", reason: "" }, "nothing"), "a value"],
  ])("%s", (_, value, expected) => {
    expect(describeOpaque(value)).toBe(expected);
  });
});
