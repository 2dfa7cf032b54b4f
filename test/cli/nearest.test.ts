import { expect, test } from "vitest";
import { editDistance, nearest } from "../../src/cli/nearest.ts";

test.each([
  { a: "", b: "abc", distance: 3 },
  { a: "abc", b: "abc", distance: 0 },
  { a: "abc", b: "acb", distance: 1 },
  { a: "model", b: "modle", distance: 1 },
  { a: "kitten", b: "sitting", distance: 3 },
])("from $a to $b it is $distance", ({ a, b, distance }) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

test.each([
  { name: "Valid-TLL", names: ["valid-ttl", "max-checkpoints"], near: ["valid-ttl"] },
  { name: "x", names: ["y", "xy"], near: [] },
  { name: "abcd", names: ["abdc", "abce", "zzzz"], near: ["abce", "abdc"] },
  { name: "quiet", names: [], near: [] },
])("near $name: $near", ({ name, names, near }) => {
  expect(nearest(name, names, 2)).toEqual(near);
});
