import type { ModelEntry, PlatformEntry } from "../model-entry.ts";

const implicitOnOpenAi = {
  caching: "implicit",
  automaticMark: "no",
  minimumTokens: 1024,
  conservativeMinimumTokens: 2048,
  ttls: ["in_memory"],
  regions: [],
  source: "openai-docs",
  asOf: "2026-10-02",
  confidence: "medium",
  pricesFrom: { source: "openai-pricing", asOf: "2026-10", confidence: "high" },
  note: "Hits come in steps of 128 tokens and writes cost nothing extra. The minimum depends on settings: long published as 1,024, while a copy of mid 2026 said 2,048. Which models keep entries for 24h is not fully verified.",
} as const satisfies PlatformEntry;

const implicitOnAzure = {
  caching: "implicit",
  automaticMark: "no",
  minimumTokens: 1024,
  conservativeMinimumTokens: { value: 2048, source: "openai-docs", asOf: "2026-10-02", confidence: "medium" },
  ttls: [],
  regions: [],
  source: "azure-docs",
  asOf: "2026",
  confidence: "medium",
  note: "The first 1,024 tokens must be identical; caches are not shared across subscriptions.",
} as const satisfies PlatformEntry;

const implicitOnBedrock = {
  caching: "implicit",
  automaticMark: "no",
  minimumTokens: 1024,
  ttls: [],
  regions: [],
  apis: ["responses", "chat-completions"],
  source: "bedrock-ug",
  asOf: "2026-09",
  confidence: "medium",
  pricesFrom: { source: "bedrock-price-list", asOf: "2026-09-29", confidence: "high" },
  priceScope: "in-region price",
  note: "Implicit only; writes cost nothing extra.",
} as const satisfies PlatformEntry;

const beforeCaching = {
  caching: "none",
  automaticMark: "no",
  ttls: [],
  regions: [],
  source: "openai-docs",
  asOf: "2026-10-02",
  confidence: "medium",
  note: "Predates caching, which starts with gpt-4o.",
} as const satisfies PlatformEntry;

export const earlierOpenaiModels: readonly ModelEntry[] = [
  {
    id: "gpt-5.5",
    provider: "openai",
    ids: ["gpt-5.5", "openai/gpt-5.5", "openai.gpt-5.5"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: {
        ...implicitOnOpenAi,
        ttls: ["24h"],
        prices: { input: 5, cacheRead: 0.5, output: 30 },
        note: "Hits come in steps of 128 tokens, checkpoints fall every 2,048, and writes cost nothing extra. The minimum depends on settings: long published as 1,024, while a copy of mid 2026 said 2,048.",
      },
      "azure-openai": { ...implicitOnAzure },
      bedrock: { ...implicitOnBedrock, prices: { input: 5.5, cacheRead: 0.55, output: 33 } },
    },
  },
  {
    id: "gpt-5.4",
    provider: "openai",
    ids: ["gpt-5.4", "openai/gpt-5.4", "openai.gpt-5.4"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: {
        ...implicitOnOpenAi,
        ttls: ["in_memory", "24h"],
        prices: { input: 2.5, cacheRead: 0.25, output: 15 },
        note: "Hits come in steps of 128 tokens and writes cost nothing extra. The minimum depends on settings: long published as 1,024, while a copy of mid 2026 said 2,048.",
      },
      "azure-openai": { ...implicitOnAzure },
      bedrock: { ...implicitOnBedrock, prices: { input: 2.75, cacheRead: 0.275, output: 16.5 } },
    },
  },
  {
    id: "gpt-5.4-mini",
    provider: "openai",
    ids: ["gpt-5.4-mini", "openai/gpt-5.4-mini"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: {
        ...implicitOnOpenAi,
        ttls: ["in_memory", "24h"],
        prices: { input: 0.75, cacheRead: 0.075, output: 4.5 },
      },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "gpt-5.4-nano",
    provider: "openai",
    ids: ["gpt-5.4-nano", "openai/gpt-5.4-nano"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: {
        ...implicitOnOpenAi,
        ttls: ["in_memory", "24h"],
        prices: { input: 0.2, cacheRead: 0.02, output: 1.25 },
      },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "gpt-5.2",
    provider: "openai",
    ids: ["gpt-5.2", "openai/gpt-5.2"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: {
        ...implicitOnOpenAi,
        ttls: ["in_memory", "24h"],
        prices: { input: 1.75, cacheRead: 0.175, output: 14 },
      },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "gpt-5.1",
    provider: "openai",
    ids: ["gpt-5.1", "openai/gpt-5.1"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: {
        ...implicitOnOpenAi,
        ttls: ["in_memory", "24h"],
        prices: { input: 1.25, cacheRead: 0.125, output: 10 },
      },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "gpt-5",
    provider: "openai",
    ids: ["gpt-5", "openai/gpt-5"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: {
        ...implicitOnOpenAi,
        ttls: ["in_memory", "24h"],
        prices: { input: 1.25, cacheRead: 0.125, output: 10 },
      },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "gpt-5-mini",
    provider: "openai",
    ids: ["gpt-5-mini", "openai/gpt-5-mini"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: { ...implicitOnOpenAi, prices: { input: 0.25, cacheRead: 0.025, output: 2 } },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "gpt-5-nano",
    provider: "openai",
    ids: ["gpt-5-nano", "openai/gpt-5-nano"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: { ...implicitOnOpenAi, prices: { input: 0.05, cacheRead: 0.005, output: 0.4 } },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "gpt-4.1",
    provider: "openai",
    ids: ["gpt-4.1", "openai/gpt-4.1"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: {
        ...implicitOnOpenAi,
        ttls: ["in_memory", "24h"],
        prices: { input: 2, cacheRead: 0.5, output: 8 },
      },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "gpt-4.1-mini",
    provider: "openai",
    ids: ["gpt-4.1-mini", "openai/gpt-4.1-mini"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: { ...implicitOnOpenAi, prices: { input: 0.4, cacheRead: 0.1, output: 1.6 } },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "gpt-4.1-nano",
    provider: "openai",
    ids: ["gpt-4.1-nano", "openai/gpt-4.1-nano"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: { ...implicitOnOpenAi, prices: { input: 0.1, cacheRead: 0.025, output: 0.4 } },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "gpt-4o",
    provider: "openai",
    ids: ["gpt-4o", "openai/gpt-4o"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: { ...implicitOnOpenAi, prices: { input: 2.5, cacheRead: 1.25, output: 10 } },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "gpt-4o-mini",
    provider: "openai",
    ids: ["gpt-4o-mini", "openai/gpt-4o-mini"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: { ...implicitOnOpenAi, prices: { input: 0.15, cacheRead: 0.075, output: 0.6 } },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "o3",
    provider: "openai",
    ids: ["o3", "openai/o3"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: { ...implicitOnOpenAi, prices: { input: 2, cacheRead: 0.5, output: 8 } },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "o4-mini",
    provider: "openai",
    ids: ["o4-mini", "openai/o4-mini"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: { ...implicitOnOpenAi, prices: { input: 1.1, cacheRead: 0.275, output: 4.4 } },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "o3-mini",
    provider: "openai",
    ids: ["o3-mini", "openai/o3-mini"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: { ...implicitOnOpenAi, prices: { input: 1.1, cacheRead: 0.55, output: 4.4 } },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "o1",
    provider: "openai",
    ids: ["o1", "openai/o1"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: { ...implicitOnOpenAi, prices: { input: 15, cacheRead: 7.5, output: 60 } },
      "azure-openai": { ...implicitOnAzure },
    },
  },
  {
    id: "gpt-4-turbo",
    provider: "openai",
    ids: ["gpt-4-turbo", "openai/gpt-4-turbo"],
    tokenizer: "cl100k",
    tokenizerVerified: true,
    platforms: {
      openai: { ...beforeCaching },
    },
  },
  {
    id: "gpt-4",
    provider: "openai",
    ids: ["gpt-4", "openai/gpt-4"],
    tokenizer: "cl100k",
    tokenizerVerified: true,
    platforms: {
      openai: { ...beforeCaching },
    },
  },
  {
    id: "gpt-3.5-turbo",
    provider: "openai",
    ids: ["gpt-3.5-turbo", "openai/gpt-3.5-turbo"],
    tokenizer: "cl100k",
    tokenizerVerified: true,
    platforms: {
      openai: { ...beforeCaching },
    },
  },
];
