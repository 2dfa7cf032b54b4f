import type { Region } from "../request/request.ts";

/** A fact of a provider, with where and when it was read. */
export interface Figure<Value> {
  readonly value: Value;
  /** Address of the page it was read on. */
  readonly source: string;
  /** Date on which the page was read or last changed: `2026-10-10`. */
  readonly asOf: string;
}

/** Who places checkpoints: the request, the provider, either, or nobody. */
export type Caching = "explicit" | "implicit" | "both" | "none";

/**
 * What the model of a request, on its platform, makes of checkpoints. A figure is undefined where it is not known;
 * for an unknown model only what holds for every model of the dialect is known.
 */
export interface Limits {
  readonly caching: Figure<Caching> | undefined;
  /** Published minimum of a prefix, in tokens: a shorter one is silently not cached. */
  readonly minimumTokens: Figure<number> | undefined;
  /** A higher minimum that samples or measurements speak of, in tokens. */
  readonly conservativeMinimumTokens: Figure<number> | undefined;
  /** Checkpoints a request may carry. */
  readonly maximumCheckpoints: Figure<number> | undefined;
  /** TTLs the API takes, as they are written; undefined where any duration is. */
  readonly ttls: Figure<readonly string[]> | undefined;
  /** TTL of a checkpoint that states none. */
  readonly defaultTtl: string | undefined;
  /** Tokens beyond this are not cached. */
  readonly maximumCachedTokens: Figure<number> | undefined;
  /** Blocks a lookup walks back from a checkpoint. */
  readonly lookbackBlocks: Figure<number> | undefined;
  /** Regions that take a checkpoint. */
  readonly markRegions: Figure<readonly Region[]> | undefined;
}

/** Nothing is known. */
export const unknownLimits: Limits = {
  caching: undefined,
  minimumTokens: undefined,
  conservativeMinimumTokens: undefined,
  maximumCheckpoints: undefined,
  ttls: undefined,
  defaultTtl: undefined,
  maximumCachedTokens: undefined,
  lookbackBlocks: undefined,
  markRegions: undefined,
};

/** Prices of caching as multiples of the price of an input token. */
export interface CacheRates {
  readonly write: number;
  readonly read: number;
}
