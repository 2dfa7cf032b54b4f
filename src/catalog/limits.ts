import type {
  AutomaticMark,
  Caching,
  Citation,
  CitedNumber,
  MarkApi,
  MarkRegion,
  ModelEntry,
  ModelStatus,
  Platform,
  PlatformEntry,
  PriceField,
  PriceList,
  Provider,
  SourceConfidence,
  Ttl,
} from "./model-entry.ts";
import { platforms } from "./platforms.ts";
import type { CacheMultipliers } from "./platforms.ts";
import { sources } from "./sources.ts";

/** A page that was read, by address. */
export interface Reading {
  readonly source: string;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly confidence: SourceConfidence;
}

/** A number with the page that states it. */
export interface Figure extends Reading {
  readonly value: number;
}

/** US dollars per million tokens; an absent price is unknown. */
export interface ModelPrices extends PriceList, Reading {
  /** Prices that no list states: computed from the input price and the platform's multiplier. */
  readonly derived: readonly PriceField[];
  /** What the price is for, such as "global profile". */
  readonly scope?: string;
  readonly regionalMultiplier?: number;
  readonly longContext?: PriceList & { readonly aboveInputTokens: number };
  /** US dollars per million tokens and hour that a cache resource is kept. */
  readonly storagePerHour?: number;
}

/** What caching means for one model on one platform. Unknown figures are absent, never zero. */
export interface ModelLimits extends Reading {
  readonly caching: Caching;
  readonly automaticMark: AutomaticMark;
  /** The published minimum: below it nothing is cached, for certain. */
  readonly minimumTokens?: Figure;
  /** A higher minimum that was seen: between the two, perhaps nothing is cached. */
  readonly conservativeMinimumTokens?: Figure;
  readonly maximumCheckpoints?: Figure;
  readonly maximumCachedTokens?: Figure;
  readonly lookbackBlocks?: Figure;
  readonly ttls: readonly Ttl[];
  readonly defaultTtl?: Ttl;
  readonly regions: readonly MarkRegion[];
  readonly apis?: readonly MarkApi[];
  /** Explicit caching is a resource created by a call of its own, as for Gemini. */
  readonly cacheResource: boolean;
  readonly prices?: ModelPrices;
  readonly status?: ModelStatus;
  readonly note?: string;
}

/** Cost of cache writes and reads as multiples of the plain input price. */
export interface CostMultipliers {
  readonly write: Readonly<Partial<Record<Ttl, number>>>;
  readonly read?: number;
}

const homePlatforms: Readonly<Partial<Record<Provider, Platform>>> = {
  anthropic: "anthropic",
  amazon: "bedrock",
  openai: "openai",
  google: "gemini",
  deepseek: "deepseek",
  xai: "xai",
  moonshot: "moonshot",
  zai: "zai",
};

const writeFields: readonly (readonly [PriceField, Ttl])[] = [
  ["cacheWrite5m", "5m"],
  ["cacheWrite30m", "30m"],
  ["cacheWrite1h", "1h"],
  ["cacheWrite12h", "12h"],
];

/** The maker's own platform, for requests that do not tell theirs; undefined if the model is not offered there. */
export function homePlatform(model: ModelEntry): Platform | undefined {
  const home = homePlatforms[model.provider];
  if (home !== undefined && model.platforms[home]) return home;
  const only = Object.keys(model.platforms) as Platform[];
  return only.length === 1 ? only[0] : undefined;
}

/** Limits worked out so far: every request asks for those of its model. */
const known = new WeakMap<ModelEntry, Map<Platform, ModelLimits | undefined>>();

/** Takes a model and where it runs; returns its limits there, or undefined where the catalog knows nothing. */
export function limitsOf(model: ModelEntry, platform: Platform): ModelLimits | undefined {
  let limits = known.get(model);
  if (!limits) known.set(model, (limits = new Map()));
  if (!limits.has(platform)) limits.set(platform, findLimits(model, platform));
  return limits.get(platform);
}

function findLimits(model: ModelEntry, platform: Platform): ModelLimits | undefined {
  const { upstream } = platforms[platform];
  const actual = actualPlatform(model, platform);
  const entry = actual && model.platforms[actual];
  if (!actual || !entry) return undefined;

  const {
    minimumTokens,
    conservativeMinimumTokens,
    maximumCheckpoints,
    maximumCachedTokens,
    lookbackBlocks,
  } = entry;
  // A gateway adds its own prices and may choose another route, so its limits are second-hand at best.
  const cited: Citation =
    upstream && entry.confidence === "high"
      ? { ...citationOf(entry), confidence: "medium" }
      : citationOf(entry);
  return {
    ...reading(cited),
    caching: entry.caching,
    automaticMark: entry.automaticMark,
    minimumTokens: figure(minimumTokens, cited),
    conservativeMinimumTokens: figure(conservativeMinimumTokens, cited),
    maximumCheckpoints: figure(maximumCheckpoints, cited),
    maximumCachedTokens: figure(maximumCachedTokens, cited),
    lookbackBlocks: figure(lookbackBlocks, cited),
    ttls: entry.ttls,
    defaultTtl: defaultTtl(entry, actual),
    regions: entry.regions,
    apis: entry.apis,
    cacheResource: entry.cacheResource ?? false,
    prices: upstream ? undefined : pricesOf(model, actual, entry),
    status: entry.status,
    note: entry.note,
  };
}

/**
 * Takes a model and where it runs; returns what writes and reads cost there as multiples of the plain input price,
 * from the listed prices where there are any, else from the platform. Undefined where neither is known.
 */
export function multipliersOf(model: ModelEntry, platform: Platform): CostMultipliers | undefined {
  const actual = actualPlatform(model, platform);
  const entry = actual && model.platforms[actual];
  if (!actual || !entry || entry.caching === "none") return undefined;

  const listed = entry.prices ?? {};
  const general = generalMultipliers(model, actual);
  const write: Partial<Record<Ttl, number>> = {};
  for (const ttl of entry.ttls) {
    const field = writeFields.find(([, each]) => each === ttl)?.[0];
    const multiple = ratio(field && listed[field], listed.input) ?? general?.write[ttl];
    if (multiple !== undefined) write[ttl] = multiple;
  }
  const read = ratio(listed.cacheRead, listed.input) ?? general?.readExceptions?.[model.id] ?? general?.read;
  return read === undefined && Object.keys(write).length === 0 ? undefined : { write, read };
}

/** Takes a TTL as written in a request and returns its seconds; undefined for one without a fixed length. */
export function ttlSeconds(ttl: string): number | undefined {
  const [, count, unit] = /^(\d+)([smh])$/.exec(ttl) ?? [];
  if (count === undefined) return undefined;
  return Number(count) * (unit === "h" ? 3600 : unit === "m" ? 60 : 1);
}

function actualPlatform(model: ModelEntry, platform: Platform): Platform | undefined {
  if (model.platforms[platform]) return platform;
  const { sameAs, upstream } = platforms[platform];
  return upstream ? homePlatforms[model.provider] : sameAs;
}

function defaultTtl(entry: PlatformEntry, platform: Platform): Ttl | undefined {
  const usual = platforms[platform].defaultTtl;
  return usual !== undefined && entry.ttls.includes(usual)
    ? usual
    : entry.ttls.length === 1
      ? entry.ttls[0]
      : undefined;
}

function pricesOf(model: ModelEntry, platform: Platform, entry: PlatformEntry): ModelPrices | undefined {
  if (!entry.prices) return undefined;
  const general = generalMultipliers(model, platform);
  const prices: { -readonly [field in PriceField]?: number } = { ...entry.prices };
  const derived: PriceField[] = [];
  for (const [field, ttl] of writeFields) {
    const multiple = general?.write[ttl];
    if (prices.input === undefined || prices[field] !== undefined || multiple === undefined) continue;
    if (!entry.ttls.includes(ttl)) continue;
    prices[field] = rounded(prices.input * multiple);
    derived.push(field);
  }
  return {
    ...prices,
    ...reading(entry.pricesFrom ?? entry),
    derived,
    scope: entry.priceScope,
    regionalMultiplier: entry.regionalPriceMultiplier,
    longContext: entry.longContextPrices,
    storagePerHour: entry.storagePricePerHour,
  };
}

function generalMultipliers(model: ModelEntry, platform: Platform): CacheMultipliers | undefined {
  const all = platforms[platform].multipliers;
  return all?.find(({ provider }) => provider === undefined || provider === model.provider);
}

function ratio(price: number | undefined, input: number | undefined): number | undefined {
  return price === undefined || !input ? undefined : rounded(price / input);
}

/** Takes off the noise of binary fractions: no price list goes beyond six decimals. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function citationOf({ source, asOf, confidence }: Citation): Citation {
  return { source, asOf, confidence };
}

function reading({ source, asOf, confidence }: Citation): Reading {
  return { source: sources[source].url, asOf, confidence };
}

function figure(stated: number | CitedNumber | undefined, entry: Citation): Figure | undefined {
  if (stated === undefined) return undefined;
  return typeof stated === "number"
    ? { value: stated, ...reading(entry) }
    : { value: stated.value, ...reading(stated) };
}
