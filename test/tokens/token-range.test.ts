import { describe, expect, it } from "vitest";
import {
  addRanges,
  clampRange,
  compareToLimit,
  hullOfRanges,
  multiplyRange,
  unknownTokens,
  zeroTokens,
} from "../../src/tokens/token-range.ts";

const range = (low: number, best: number, high: number) => ({ low, best, high });

describe("addRanges", () => {
  it("adds each end", () => {
    expect(addRanges(range(1, 2, 3), range(10, 20, 30))).toEqual(range(11, 22, 33));
  });
  it("is zero of nothing", () => {
    expect(addRanges()).toEqual(zeroTokens);
  });
  it("has no upper end once something is unknown", () => {
    expect(addRanges(range(5, 6, 7), unknownTokens)).toEqual(range(5, 6, Infinity));
  });
});

describe("multiplyRange", () => {
  it("multiplies each end", () => {
    expect(multiplyRange(range(1, 2, 3), 4)).toEqual(range(4, 8, 12));
  });
  it("is zero of no copies, even of something unknown", () => {
    expect(multiplyRange(unknownTokens, 0)).toEqual(zeroTokens);
  });
});

describe("hullOfRanges", () => {
  it("holds all, with the best in the middle of the bests", () => {
    expect(hullOfRanges([range(5, 6, 7), range(1, 2, 9)])).toEqual(range(1, 4, 9));
  });
  it("is zero of nothing", () => {
    expect(hullOfRanges([])).toEqual(zeroTokens);
  });
});

describe("clampRange", () => {
  it.each([
    ["overlapping ranges meet", range(5, 8, 20), range(1, 3, 10), range(5, 8, 10)],
    ["the best stays inside", range(0, 15, 20), range(1, 3, 10), range(1, 10, 10)],
    [
      "a range above the limits becomes their upper edge",
      range(30, 40, 50),
      range(1, 3, 10),
      range(10, 10, 10),
    ],
  ])("%s", (_, given, limits, expected) => {
    expect(clampRange(given, limits)).toEqual(expected);
  });
});

describe("compareToLimit", () => {
  it.each([
    ["a high end below the limit", range(1, 2, 1023), "below"],
    ["a high end at the limit", range(1, 2, 1024), "unknown"],
    ["a low end at the limit", range(1024, 1100, 1200), "reached"],
    ["a low end below the limit", range(1023, 1100, Infinity), "unknown"],
  ])("%s", (_, given, expected) => {
    expect(compareToLimit(given, 1024)).toBe(expected);
  });
});
