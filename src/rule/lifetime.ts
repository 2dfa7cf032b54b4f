import type { Checkpoint } from "../request/request.ts";
import { parseTtl } from "../request/ttl.ts";
import type { Limits } from "./limits.ts";

/** How long the entry of a checkpoint lives. */
export interface Lifetime {
  readonly seconds: number;
  /** As written in the request, or as the provider's default is written: `5m`. */
  readonly ttl: string;
  /** For a message: `1h`, or `5m (the default)`. */
  readonly text: string;
}

/** How long the entry of a checkpoint lives; undefined where the TTL cannot be read or there is no default. */
export function lifetimeOf(
  { limits }: { readonly limits: Pick<Limits, "defaultTtl"> },
  { ttl }: Pick<Checkpoint, "ttl">,
): Lifetime | undefined {
  if (ttl && !ttl.known) return undefined;
  const text = ttl?.text ?? limits.defaultTtl;
  const seconds = text === undefined ? undefined : parseTtl(text);
  if (text === undefined || seconds === undefined) return undefined;
  return { seconds, ttl: text, text: ttl?.text === undefined ? `${text} (the default)` : text };
}
