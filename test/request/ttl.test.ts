import { expect, test } from "vitest";
import { parseTtl } from "../../src/request/ttl.ts";

test.each([
  ["5m", 300],
  ["1h", 3600],
  ["600s", 600],
  ["1d", 86_400],
  ["3.5s", 3.5],
  ["in_memory", undefined],
  ["5 minutes", undefined],
  ["", undefined],
])("%j lives %s seconds", (text, seconds) => {
  expect(parseTtl(text)).toBe(seconds);
});
