import type { TokenEstimate } from "./finding.ts";

/** How often a prefix is sent, as the user expects it. */
export interface ExpectedReuse {
  /** Seconds from one request of a prefix to the next one. */
  readonly secondsBetweenRequests?: number;
  /** Requests that are sent with one prefix before it changes, the first one included. */
  readonly requestsPerPrefix?: number;
}

/** What a token of a prefix costs at one place of a request, in US dollars per million. */
export interface CachePrices {
  /** As part of the input, without a cache. */
  readonly input: number;
  /** Written at a checkpoint; the input price where no checkpoint writes it. */
  readonly write: number;
  readonly read: number;
  /** Address of the page the prices were read on. */
  readonly source: string;
  /** Date on which the page was read or last changed: `2026-10-10`. */
  readonly asOf: string;
  /** What the prices are for, such as "global endpoint"; undefined where there is one price only. */
  readonly scope: string | undefined;
}

/** What a finding costs, in US dollars. */
export interface CostEstimate {
  /** For 1,000 requests, above what they would cost if the cache were read. */
  readonly usdPer1000Requests: TokenEstimate;
  readonly prices: CachePrices;
  /** What has to hold for the write to pay; only where the user says how often a prefix is sent. */
  readonly breakEven: BreakEven | undefined;
}

/** From which request on a write is cheaper than no caching. */
export interface BreakEven {
  /** Requests of one prefix, the one that writes included. */
  readonly requests: number;
  /** TTL of the entry as written, and in seconds; undefined where it is not known. */
  readonly ttl: string | undefined;
  readonly ttlSeconds: number | undefined;
  readonly expected: ExpectedReuse;
}

/**
 * The number of requests of one prefix from which writing it once and reading it afterwards is cheaper than sending
 * it without a cache; infinite where a read costs as much as the input. Takes multiples of the input price, or prices.
 */
export function breakEvenRequests({
  input,
  write,
  read,
}: Pick<CachePrices, "input" | "write" | "read">): number {
  if (read >= input) return Infinity;
  // Nobody is worse off with a write that costs no more than the input, but only a second request is a gain.
  return Math.max(2, Math.ceil((write - read) / (input - read) - 1e-9));
}

/** True where an entry is still there when the next request of its prefix comes; undefined where nobody says when. */
export function outlivesPause(
  ttlSeconds: number | undefined,
  { secondsBetweenRequests }: ExpectedReuse,
): boolean | undefined {
  if (ttlSeconds === undefined || secondsBetweenRequests === undefined) return undefined;
  return secondsBetweenRequests <= ttlSeconds;
}

/**
 * What it costs that these tokens are written in every request (or paid as input, where the write price is that of
 * the input) although they could be read. The first request of a prefix has to write in any case, so it is left out
 * as far as the user says how many requests follow.
 * @returns undefined where reading is not possible within the TTL, or would save nothing
 */
export function costOf(
  tokens: TokenEstimate,
  paid: number,
  prices: CachePrices,
  breakEven: BreakEven | undefined,
): CostEstimate | undefined {
  const { ttlSeconds, expected } = breakEven ?? { ttlSeconds: undefined, expected: {} };
  if (outlivesPause(ttlSeconds, expected) === false) return undefined;
  const { requestsPerPrefix: requests = Infinity } = expected;
  // Per request: what is paid now, less the write of the first request and the reads of the others.
  const ideal =
    requests === Infinity ? prices.read : (prices.write + (requests - 1) * prices.read) / requests;
  const saved = paid - ideal;
  if (!(saved > 0) || tokens.high <= 0) return undefined;
  // 1,000 requests at dollars per million tokens.
  const money = (amount: number): number => (amount * saved) / 1000;
  return {
    usdPer1000Requests: { low: money(tokens.low), best: money(tokens.best), high: money(tokens.high) },
    prices,
    breakEven,
  };
}
