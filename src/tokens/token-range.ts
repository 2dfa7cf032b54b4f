/**
 * How many tokens something has: the true count lies between `low` and `high` (see docs/tokens.md for how surely), and
 * `best` is the single likeliest figure. `high` is Infinity where nothing limits the count, as for a hole.
 */
export interface TokenRange {
  readonly low: number;
  readonly best: number;
  readonly high: number;
}

/** Of nothing: the neutral element of `addRanges`. */
export const zeroTokens: TokenRange = { low: 0, best: 0, high: 0 };

/** Of text that is not known at all. `best` is 0, so that a sum of bests counts what is known. */
export const unknownTokens: TokenRange = { low: 0, best: 0, high: Infinity };

/** A count that is known exactly. */
export function exactTokens(count: number): TokenRange {
  return { low: count, best: count, high: count };
}

/** The range of everything together. */
export function addRanges(...ranges: readonly TokenRange[]): TokenRange {
  let [low, best, high] = [0, 0, 0];
  for (const range of ranges) {
    low += range.low;
    best += range.best;
    high += range.high;
  }
  return { low, best, high };
}

/** The range of `times` copies. */
export function multiplyRange(range: TokenRange, times: number): TokenRange {
  if (times === 0) return zeroTokens;
  return { low: range.low * times, best: range.best * times, high: range.high * times };
}

/** The smallest range that holds all the given ones, for "one of these, it isn't known which"; zero of none. */
export function hullOfRanges(ranges: readonly TokenRange[]): TokenRange {
  if (ranges.length === 0) return zeroTokens;
  const low = Math.min(...ranges.map((range) => range.low));
  const high = Math.max(...ranges.map((range) => range.high));
  const bests = ranges.map((range) => range.best);
  return { low, best: Math.round((Math.min(...bests) + Math.max(...bests)) / 2), high };
}

/** What both ranges allow. Ranges that don't meet give the edge of `range` that is nearest to `limits`. */
export function clampRange(range: TokenRange, limits: TokenRange): TokenRange {
  const low = Math.min(Math.max(range.low, limits.low), limits.high);
  const high = Math.max(Math.min(range.high, limits.high), low);
  return { low, best: Math.min(Math.max(range.best, low), high), high };
}

/** Whole tokens: the ends are rounded outwards. */
export function roundRange(range: TokenRange): TokenRange {
  return { low: Math.floor(range.low), best: Math.round(range.best), high: Math.ceil(range.high) };
}

/** Which side of `limit` a count lies on: `below` means less than the limit, `reached` the limit or more. */
export type LimitAnswer = "below" | "reached" | "unknown";

/** Whether the range proves that the count is below `limit` tokens, or that it reaches it. */
export function compareToLimit(range: TokenRange, limit: number): LimitAnswer {
  if (range.high < limit) return "below";
  if (range.low >= limit) return "reached";
  return "unknown";
}
