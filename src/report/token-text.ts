import type { TokenEstimate } from "../rule/finding.ts";
import { grouped } from "./text-layout.ts";

/** `1,310` where the number is known, `~1,310` for an estimate, `410-?` where nobody knows how many there can be. */
export function tokenText({ low, best, high }: TokenEstimate): string {
  if (!Number.isFinite(high)) return `${grouped(low)}-?`;
  return low === high ? grouped(low) : `~${grouped(best)}`;
}

/** As `tokenText`, with the word and the range: `about 1,310 tokens (1,180 to 1,450)`. */
export function tokenPhrase({ low, best, high }: TokenEstimate): string {
  if (!Number.isFinite(high))
    return low > 0 ? `at least ${grouped(low)} tokens` : "an unknown number of tokens";
  if (low === high) return `${grouped(low)} ${low === 1 ? "token" : "tokens"}`;
  return `about ${grouped(best)} tokens (${grouped(low)} to ${grouped(high)})`;
}
