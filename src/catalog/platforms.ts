import type { Citation, MarkRegion, Platform, Provider, Ttl } from "./model-entry.ts";

/** What caching costs as a multiple of the plain input price. */
export interface CacheMultipliers {
  /** The models these hold for; absent for all others of the platform. */
  readonly provider?: Provider;
  readonly write: Readonly<Partial<Record<Ttl, number>>>;
  readonly read: number;
  /** Other read multipliers, by catalog id. */
  readonly readExceptions?: Readonly<Record<string, number>>;
}

/** How an earlier cache write is found from a checkpoint. */
export interface LookbackRule {
  /** The checkpoint's own position is the first of the positions searched. */
  readonly countsCheckpoint: boolean;
  /** Block types of which a run of neighbours counts as one position. */
  readonly runsCountedOnce: readonly string[];
  /** The only models it holds for. */
  readonly provider?: Provider;
}

/** What holds for a platform whatever the model. */
export interface PlatformFacts extends Citation {
  /** Another platform whose limits and prices hold here too. */
  readonly sameAs?: Platform;
  /** The platform passes requests on, so the limits are those of the model's own platform. */
  readonly upstream?: boolean;
  /** The order in which the parts of a request make up the prefix. */
  readonly renderOrder?: readonly MarkRegion[];
  /** `longest-first`: a checkpoint must not have a longer TTL than one before it in render order. */
  readonly ttlOrder?: "longest-first";
  readonly defaultTtl?: Ttl;
  readonly lookback?: LookbackRule;
  readonly multipliers?: readonly CacheMultipliers[];
  /** Prices above a number of input tokens, as a multiple of the listed ones. */
  readonly longContext?: {
    readonly aboveInputTokens: number;
    readonly input: number;
    readonly output: number;
  };
  /** The request field that routes requests of one prefix together. */
  readonly cacheKey?: string;
  /** True: without it nothing is cached. */
  readonly needsCacheKey?: true;
  /** Whether batch jobs use the cache. */
  readonly batch?: "best-effort" | "unsupported";
  /** Who shares a cache. */
  readonly isolation?: string;
  readonly note?: string;
}

const claudeMultipliers = { write: { "5m": 1.25, "1h": 2 }, read: 0.1 } as const satisfies CacheMultipliers;
const claudeLookback = {
  countsCheckpoint: true,
  runsCountedOnce: ["tool_use", "tool_result"],
} as const satisfies LookbackRule;

export const platforms: Readonly<Record<Platform, PlatformFacts>> = {
  anthropic: {
    source: "anthropic-docs",
    asOf: "2026-10-10",
    confidence: "high",
    renderOrder: ["tools", "system", "messages"],
    ttlOrder: "longest-first",
    defaultTtl: "5m",
    lookback: claudeLookback,
    multipliers: [
      {
        ...claudeMultipliers,
        readExceptions: {
          "claude-fable-5-1": 0.025,
          "claude-mythos-5-1": 0.025,
          "claude-fable-5-2": 0.025,
          "claude-mythos-5-2": 0.025,
          "claude-opus-5-5": 0.05,
          "claude-sonnet-5-5": 0.05,
        },
      },
    ],
    batch: "best-effort",
    isolation: "organization and workspace",
  },
  "claude-platform-aws": {
    source: "anthropic-docs",
    asOf: "2026-10-10",
    confidence: "high",
    sameAs: "anthropic",
    isolation: "organization and workspace",
  },
  foundry: {
    source: "anthropic-docs",
    asOf: "2026-10-10",
    confidence: "high",
    sameAs: "anthropic",
    isolation: "organization and workspace",
  },
  bedrock: {
    source: "bedrock-ug",
    asOf: "2026-09",
    confidence: "high",
    renderOrder: ["tools", "system", "messages"],
    ttlOrder: "longest-first",
    defaultTtl: "5m",
    lookback: { ...claudeLookback, provider: "anthropic" },
    multipliers: [
      { provider: "anthropic", ...claudeMultipliers },
      { provider: "amazon", write: { "5m": 1 }, read: 0.25 },
    ],
    batch: "unsupported",
    isolation: "organization or account, no workspaces",
    note: "Cross-region profiles are allowed; under load they may write the cache more than once.",
  },
  vertex: {
    source: "vertex-docs",
    asOf: "2026",
    confidence: "medium",
    renderOrder: ["tools", "system", "messages"],
    ttlOrder: "longest-first",
    defaultTtl: "5m",
    lookback: { ...claudeLookback, provider: "anthropic" },
    multipliers: [{ provider: "anthropic", ...claudeMultipliers }],
    isolation: "organization",
    note: "Claude as on its own API. A Gemini cache resource lives 60 minutes by default and its storage is billed.",
  },
  openai: {
    source: "openai-docs",
    asOf: "2026-10-02",
    confidence: "high",
    defaultTtl: "30m",
    multipliers: [
      {
        // Models before gpt-5.6 charge nothing extra for a write; theirs are the two retentions without a fixed price.
        write: { "30m": 1.25, "12h": 2.5, in_memory: 1, "24h": 1 },
        read: 0.1,
        readExceptions: {
          "gpt-6.1-sol": 0.05,
          "gpt-6.1-terra": 0.05,
          "gpt-4.1": 0.25,
          "gpt-4.1-mini": 0.25,
          "gpt-4.1-nano": 0.25,
          o3: 0.25,
          "o4-mini": 0.25,
          "gpt-4o": 0.5,
          "gpt-4o-mini": 0.5,
          o1: 0.5,
          "o3-mini": 0.5,
        },
      },
    ],
    longContext: { aboveInputTokens: 272_000, input: 2, output: 1.5 },
    cacheKey: "prompt_cache_key",
    note: "The long-context prices hold from gpt-5.4 on. Cached tokens still count toward the token rate limit.",
  },
  "azure-openai": {
    source: "azure-docs",
    asOf: "2026",
    confidence: "medium",
    cacheKey: "prompt_cache_key",
    note: "Kept 5 to 10 minutes after the last use and at most 1h, in memory; provisioned deployments discount up to 100%.",
  },
  gemini: {
    source: "gemini-docs",
    asOf: "2026-10-13",
    confidence: "high",
    multipliers: [{ write: {}, read: 0.1 }],
    note: "Implicit by default from 2.5 on. A cache resource lives 60 minutes by default and works with generateContent only.",
  },
  deepseek: { source: "deepseek-docs", asOf: "2026", confidence: "medium" },
  xai: {
    source: "xai-docs",
    asOf: "2026",
    confidence: "medium",
    cacheKey: "prompt_cache_key",
    note: "The x-grok-conv-id header pins a conversation as well.",
  },
  mistral: {
    source: "mistral-docs",
    asOf: "2026",
    confidence: "medium",
    multipliers: [{ write: {}, read: 0.1 }],
    cacheKey: "prompt_cache_key",
    needsCacheKey: true,
    note: "Implicit, and only with a stable key.",
  },
  moonshot: { source: "moonshot-docs", asOf: "2026", confidence: "medium", defaultTtl: "5m" },
  zai: { source: "zai-docs", asOf: "2026", confidence: "medium" },
  groq: {
    source: "groq-docs",
    asOf: "2026",
    confidence: "medium",
    multipliers: [{ write: {}, read: 0.5 }],
    note: "Entries live up to 2h.",
  },
  fireworks: {
    source: "fireworks-docs",
    asOf: "2026",
    confidence: "medium",
    multipliers: [{ write: {}, read: 0.5 }],
    cacheKey: "prompt_cache_key",
    note: "The x-session-affinity header and the user field route as well.",
  },
  together: { source: "together-docs", asOf: "2026", confidence: "medium" },
  openrouter: {
    source: "openrouter-docs",
    asOf: "2026",
    confidence: "medium",
    upstream: true,
    note: "Marks are passed on for Anthropic and Alibaba. Sticky routing lasts about 10 idle minutes and is off when provider.order is set.",
  },
  alibaba: {
    source: "openrouter-docs",
    asOf: "2026",
    confidence: "medium",
    note: "Explicit, with cache_control.",
  },
  minimax: {
    source: "openrouter-docs",
    asOf: "2026",
    confidence: "medium",
    note: "Explicit, with cache_control.",
  },
};
