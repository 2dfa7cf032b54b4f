import {
  geographyOf,
  multipliersOf,
  type ModelEntry,
  type ModelLimits,
  type Platform,
} from "../catalog/catalog.ts";
import type { Checkpoint } from "../request/request.ts";
import type { TokenEstimate } from "../rule/finding.ts";
import { lifetimeOf } from "../rule/lifetime.ts";
import type { CacheRates, Limits } from "../rule/limits.ts";
import {
  breakEvenRequests,
  costOf,
  type BreakEven,
  type CachePrices,
  type CostEstimate,
  type ExpectedReuse,
} from "../rule/price.ts";
import type { Paid } from "../rule/request-view.ts";
import type { ResolvedModel } from "./request-facts.ts";

/** What tells the price of caching in one request. */
export interface Pricing {
  /** The model of the request, and the limits it has there according to the catalog. */
  readonly model: ResolvedModel;
  readonly listed: ModelLimits | undefined;
  /** The limits as they are shown to rules. */
  readonly limits: Limits;
  readonly expectedReuse: ExpectedReuse | undefined;
}

/** What writing and reading at a checkpoint costs as multiples of the input price; undefined where it is not known. */
export function ratesOf(
  { model: { entry, platform }, listed }: Pick<Pricing, "model" | "listed">,
  { ttl }: Pick<Checkpoint, "ttl">,
): CacheRates | undefined {
  const multipliers = entry && platform && multipliersOf(entry, platform);
  if (!multipliers || multipliers.read === undefined) return undefined;
  const name = (ttl?.known === false ? undefined : ttl?.text) ?? listed?.defaultTtl ?? "5m";
  const write = Object.entries(multipliers.write).find(([key]) => key === name)?.[1];
  return write === undefined ? undefined : { write, read: multipliers.read };
}

/** What it costs that these tokens are paid as they are instead of read; undefined where a price is not known. */
export function priceOf(pricing: Pricing, tokens: TokenEstimate, paid: Paid): CostEstimate | undefined {
  const { expectedReuse, limits } = pricing;
  const checkpoint: Pick<Checkpoint, "ttl"> = paid === "input" ? { ttl: undefined } : paid;
  const prices = pricesAt(pricing, checkpoint, paid);
  if (!prices) return undefined;
  const lifetime = lifetimeOf({ limits }, checkpoint);
  const breakEven: BreakEven | undefined = expectedReuse && {
    requests: breakEvenRequests(prices),
    ttl: lifetime?.ttl,
    ttlSeconds: lifetime?.seconds,
    expected: expectedReuse,
  };
  return costOf(tokens, paid === "input" ? prices.input : prices.write, prices, breakEven);
}

function pricesAt(
  { model, listed, limits }: Pricing,
  checkpoint: Pick<Checkpoint, "ttl">,
  paid: Paid,
): CachePrices | undefined {
  const { entry, platform, id } = model;
  const prices = listed?.prices;
  if (!entry || !platform || prices?.input === undefined) return undefined;
  const rates =
    ratesOf({ model, listed }, checkpoint) ??
    (paid === "input" && limits.caching?.value !== "explicit" ? readOnly(entry, platform) : undefined);
  if (!rates) return undefined;
  const isListed = prices.regionalMultiplier === undefined || id === undefined || isGlobal(id);
  const input = prices.input * (isListed ? 1 : prices.regionalMultiplier!);
  return {
    input,
    write: input * rates.write,
    read: input * rates.read,
    source: prices.source,
    asOf: prices.asOf,
    scope: isListed ? prices.scope : "regional endpoint",
  };
}

/** Where the provider finds prefixes by itself and no price for a write is listed, what is written is plain input. */
function readOnly(entry: ModelEntry, platform: Platform): CacheRates | undefined {
  const read = multipliersOf(entry, platform)?.read;
  return read === undefined ? undefined : { write: 1, read };
}

/** Ids without a geography that are no ids of Bedrock, as in settings, say nothing: the listed price stands. */
function isGlobal(id: string): boolean {
  const geography = geographyOf(id);
  return geography === undefined || geography === "global";
}
