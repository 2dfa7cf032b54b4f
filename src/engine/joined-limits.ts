import { unknownLimits, type Figure, type Limits } from "../rule/limits.ts";

/**
 * The limits of a request whose model may be one of several: of each figure the one that proves least, so that what is
 * found holds for all of them. What is not known of one of them is not known.
 */
export function joinLimits(all: readonly Limits[]): Limits {
  const [first, ...others] = all;
  if (!first) return unknownLimits;
  return others.reduce(joinTwo, first);
}

function joinTwo(a: Limits, b: Limits): Limits {
  return {
    caching: same(a.caching, b.caching),
    minimumTokens: pick(a.minimumTokens, b.minimumTokens, Math.min),
    conservativeMinimumTokens: pick(
      a.conservativeMinimumTokens ?? a.minimumTokens,
      b.conservativeMinimumTokens ?? b.minimumTokens,
      Math.max,
    ),
    maximumCheckpoints: pick(a.maximumCheckpoints, b.maximumCheckpoints, Math.max),
    ttls: united(a.ttls, b.ttls),
    defaultTtl: a.defaultTtl === b.defaultTtl ? a.defaultTtl : undefined,
    maximumCachedTokens: pick(a.maximumCachedTokens, b.maximumCachedTokens, Math.max),
    lookbackBlocks: pick(a.lookbackBlocks, b.lookbackBlocks, Math.max),
    markRegions: united(a.markRegions, b.markRegions),
  };
}

type Known<Value> = Figure<Value> | undefined;

function same<Value>(a: Known<Value>, b: Known<Value>): Known<Value> {
  return a && b && a.value === b.value ? a : undefined;
}

function pick(a: Known<number>, b: Known<number>, choose: (a: number, b: number) => number): Known<number> {
  if (!a || !b) return undefined;
  return choose(a.value, b.value) === a.value ? a : b;
}

function united<Item>(a: Known<readonly Item[]>, b: Known<readonly Item[]>): Known<readonly Item[]> {
  return a && b && { ...a, value: [...new Set([...a.value, ...b.value])] };
}
