import type { ModelEntry, PlatformEntry } from "../model-entry.ts";

const breakpointsOnOpenAi = {
  caching: "both",
  automaticMark: "no",
  minimumTokens: 1024,
  maximumCheckpoints: 4,
  lookbackBlocks: 20,
  ttls: ["30m", "12h"],
  regions: ["messages"],
  source: "openai-docs",
  asOf: "2026-10-02",
  confidence: "high",
  pricesFrom: { source: "openai-pricing", asOf: "2026-10", confidence: "high" },
  note: "Implicit mode is on by default and uses one of the 4 writes; top-level instructions cannot hold a breakpoint. Lookup reaches the first 2 and the newest 50 explicit breakpoints (SDK text says 80) and up to 20 earlier message ends.",
} as const satisfies PlatformEntry;

const breakpointsOnAzure = {
  caching: "both",
  automaticMark: "no",
  minimumTokens: 1024,
  maximumCheckpoints: 4,
  lookbackBlocks: 20,
  ttls: [],
  regions: ["messages"],
  source: "azure-docs",
  asOf: "2026",
  confidence: "medium",
  note: "The first 1,024 tokens must be identical; caches are not shared across subscriptions.",
} as const satisfies PlatformEntry;

const breakpointsOnBedrock = {
  caching: "both",
  automaticMark: "no",
  maximumCheckpoints: 4,
  ttls: ["30m"],
  regions: ["messages"],
  apis: ["responses"],
  source: "bedrock-ug",
  asOf: "2026-09",
  confidence: "high",
  pricesFrom: { source: "bedrock-price-list", asOf: "2026-09-29", confidence: "high" },
  priceScope: "in-region price",
  note: "Breakpoints through the Responses API only.",
} as const satisfies PlatformEntry;

export const openaiModels: readonly ModelEntry[] = [
  {
    id: "gpt-6-astra",
    provider: "openai",
    ids: ["gpt-6-astra", "openai/gpt-6-astra", "openai.gpt-6-astra"],
    tokenizer: "o200k",
    tokenizerVerified: false,
    platforms: {
      openai: {
        ...breakpointsOnOpenAi,
        prices: { input: 10, cacheWrite30m: 12.5, cacheRead: 1, output: 50 },
      },
      "azure-openai": { ...breakpointsOnAzure },
      bedrock: {
        ...breakpointsOnBedrock,
        confidence: "low",
        prices: { input: 10, cacheWrite30m: 12.5, cacheRead: 1, output: 50 },
        priceScope: "list price",
        regionalPriceMultiplier: 1.1,
        note: "The model card lists implicit and explicit caching, through the Responses API only; no minimum is given.",
      },
    },
  },
  {
    id: "gpt-6.1-sol",
    provider: "openai",
    ids: ["gpt-6.1-sol", "openai/gpt-6.1-sol"],
    tokenizer: "o200k",
    tokenizerVerified: false,
    platforms: {
      openai: {
        ...breakpointsOnOpenAi,
        prices: { input: 2, cacheWrite30m: 2.5, cacheRead: 0.1, output: 10 },
      },
      "azure-openai": { ...breakpointsOnAzure },
    },
  },
  {
    id: "gpt-6.1-terra",
    provider: "openai",
    ids: ["gpt-6.1-terra", "openai/gpt-6.1-terra"],
    tokenizer: "o200k",
    tokenizerVerified: false,
    platforms: {
      openai: {
        ...breakpointsOnOpenAi,
        prices: { input: 1, cacheWrite30m: 1.25, cacheRead: 0.05, output: 5 },
      },
      "azure-openai": { ...breakpointsOnAzure },
    },
  },
  {
    id: "gpt-6-sol",
    provider: "openai",
    ids: ["gpt-6-sol", "openai/gpt-6-sol"],
    tokenizer: "o200k",
    tokenizerVerified: false,
    platforms: {
      openai: {
        ...breakpointsOnOpenAi,
        prices: { input: 2, cacheWrite30m: 2.5, cacheRead: 0.2, output: 10 },
      },
      "azure-openai": { ...breakpointsOnAzure },
    },
  },
  {
    id: "gpt-6-luna",
    provider: "openai",
    ids: ["gpt-6-luna", "openai/gpt-6-luna"],
    tokenizer: "o200k",
    tokenizerVerified: false,
    platforms: {
      openai: {
        ...breakpointsOnOpenAi,
        prices: { input: 0.1, cacheWrite30m: 0.125, cacheRead: 0.01, output: 0.5 },
      },
      "azure-openai": { ...breakpointsOnAzure },
    },
  },
  {
    id: "gpt-5.6-sol",
    provider: "openai",
    ids: ["gpt-5.6-sol", "openai/gpt-5.6-sol", "openai.gpt-5.6-sol"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: {
        ...breakpointsOnOpenAi,
        prices: { input: 4, cacheWrite30m: 5, cacheRead: 0.4, output: 20 },
        note: "Implicit mode is on by default and uses one of the 4 writes; top-level instructions cannot hold a breakpoint. Lookup reaches the first 2 and the newest 50 explicit breakpoints (SDK text says 80) and up to 20 earlier message ends. Before a price cut it cost 5, 6.25, 0.5 and 30.",
      },
      "azure-openai": { ...breakpointsOnAzure },
      bedrock: {
        ...breakpointsOnBedrock,
        minimumTokens: 1024,
        prices: { input: 4.4, cacheWrite30m: 5.5, cacheRead: 0.44, output: 22 },
      },
    },
  },
  {
    id: "gpt-5.6-terra",
    provider: "openai",
    ids: ["gpt-5.6-terra", "openai/gpt-5.6-terra", "openai.gpt-5.6-terra"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: {
        ...breakpointsOnOpenAi,
        prices: { input: 2, cacheWrite30m: 2.5, cacheRead: 0.2, output: 12 },
      },
      "azure-openai": { ...breakpointsOnAzure },
      bedrock: {
        ...breakpointsOnBedrock,
        minimumTokens: 1024,
        prices: { input: 2.2, cacheWrite30m: 2.75, cacheRead: 0.22, output: 13.2 },
      },
    },
  },
  {
    id: "gpt-5.6-luna",
    provider: "openai",
    ids: ["gpt-5.6-luna", "openai/gpt-5.6-luna", "openai.gpt-5.6-luna"],
    tokenizer: "o200k",
    tokenizerVerified: true,
    platforms: {
      openai: {
        ...breakpointsOnOpenAi,
        prices: { input: 0.2, cacheWrite30m: 0.25, cacheRead: 0.02, output: 1.2 },
      },
      "azure-openai": { ...breakpointsOnAzure },
      bedrock: {
        ...breakpointsOnBedrock,
        minimumTokens: 1024,
        prices: { input: 0.22, cacheWrite30m: 0.275, cacheRead: 0.022, output: 1.32 },
      },
    },
  },
];
