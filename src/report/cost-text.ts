import type { Affected, TokenEstimate } from "../rule/finding.ts";
import type { CostEstimate } from "../rule/price.ts";
import { wordOrdinal } from "../rule/wording.ts";
import { counted, grouped } from "./text-layout.ts";
import { tokenPhrase } from "./token-text.ts";

/** Fewer tokens than this, with an open end, say nothing of how much is at stake. */
const fewestTokensToTell = 100;

/** `at stake: about 1,310 tokens (1,180 to 1,450) in each request`; undefined where next to nothing is known. */
export function stakePhrase(tokens: TokenEstimate): string | undefined {
  if (!Number.isFinite(tokens.high) && tokens.low < fewestTokensToTell) return undefined;
  return `at stake: ${tokenPhrase(tokens)} in each request`;
}

/**
 * `costs about $4.52 ($4.07 to $5.00) in 1,000 requests, at prices of 2026-10-10`; `at least ...` where nobody knows
 * how much it can be; undefined where it may as well be nothing.
 */
export function costPhrase({
  usdPer1000Requests: { low, best, high },
  prices,
}: CostEstimate): string | undefined {
  if (low === 0 && !Number.isFinite(high)) return undefined;
  const amount = !Number.isFinite(high)
    ? `at least ${dollars(low)}`
    : low === high
      ? dollars(best)
      : `about ${dollars(best)} (${dollars(low)} to ${dollars(high)})`;
  return `costs ${amount} in 1,000 requests, at prices of ${prices.asOf}`;
}

/** `a write for 5m pays from the second request of a prefix on, and reuse expects 12, one every 30 s`. */
export function breakEvenPhrase({ breakEven }: CostEstimate): string | undefined {
  if (!breakEven || !Number.isFinite(breakEven.requests)) return undefined;
  const { requests, ttl, expected } = breakEven;
  const { requestsPerPrefix, secondsBetweenRequests } = expected;
  const parts = [
    ...(requestsPerPrefix === undefined ? [] : [grouped(requestsPerPrefix)]),
    ...(secondsBetweenRequests === undefined ? [] : [`one every ${grouped(secondsBetweenRequests)} s`]),
  ];
  const what = ttl === undefined ? "a write" : `a write for ${ttl}`;
  return `${what} pays from the ${wordOrdinal(requests)} request of a prefix on; reuse expects ${parts.join(", ")}`;
}

/** `affects 3 requests and 5 checkpoints`; undefined where it is one of each at most. */
export function affectsPhrase({ requests, checkpoints }: Affected): string | undefined {
  if (requests <= 1 && checkpoints <= 1) return undefined;
  const marks = checkpoints > 0 ? ` and ${counted(checkpoints, "checkpoint")}` : "";
  return `affects ${counted(requests, "request")}${marks}`;
}

/** Dollars with as many digits as tell something: `$0.004`, `$4.52`, `$1,250`. */
function dollars(amount: number): string {
  if (amount >= 100) return `$${grouped(amount)}`;
  if (amount >= 0.1 || amount === 0) return `$${amount.toFixed(2)}`;
  return `$${Number(amount.toPrecision(1))}`;
}
