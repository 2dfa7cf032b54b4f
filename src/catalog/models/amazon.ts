import type { ModelEntry, PlatformEntry } from "../model-entry.ts";

const novaOnBedrock = {
  caching: "both",
  automaticMark: "no",
  minimumTokens: 1000,
  maximumCheckpoints: 4,
  maximumCachedTokens: 20000,
  ttls: ["5m"],
  regions: ["system", "messages"],
  source: "bedrock-cards-nova",
  asOf: "2026-09",
  confidence: "medium",
  pricesFrom: { source: "bedrock-price-list", asOf: "2026-09-29", confidence: "high" },
  priceScope: "US regional list price",
  note: 'The card says "1K". The tools list rejects a cachePoint. Text above the cap is no error; about 23K was cached in a live test, and older copies of the page gave 32K. Text prompts are also cached implicitly.',
} as const satisfies PlatformEntry;

export const amazonModels: readonly ModelEntry[] = [
  {
    id: "amazon-nova-micro",
    provider: "amazon",
    ids: ["amazon.nova-micro-v1:0"],
    tokenizer: "nova-1",
    tokenizerVerified: true,
    platforms: {
      bedrock: {
        ...novaOnBedrock,
        conservativeMinimumTokens: {
          value: 1536,
          source: "aws-agent-toolkit",
          asOf: "2026-07-23",
          confidence: "medium",
        },
        prices: { input: 0.035, cacheWrite5m: 0.035, cacheRead: 0.00875, output: 0.14 },
      },
    },
  },
  {
    id: "amazon-nova-lite",
    provider: "amazon",
    ids: ["amazon.nova-lite-v1:0"],
    tokenizer: "nova-1",
    tokenizerVerified: true,
    platforms: {
      bedrock: {
        ...novaOnBedrock,
        conservativeMinimumTokens: {
          value: 1536,
          source: "aws-agent-toolkit",
          asOf: "2026-07-23",
          confidence: "medium",
        },
        prices: { input: 0.06, cacheWrite5m: 0.06, cacheRead: 0.015, output: 0.24 },
      },
    },
  },
  {
    id: "amazon-nova-pro",
    provider: "amazon",
    ids: ["amazon.nova-pro-v1:0"],
    tokenizer: "nova-1",
    tokenizerVerified: true,
    platforms: {
      bedrock: {
        ...novaOnBedrock,
        conservativeMinimumTokens: {
          value: 1024,
          source: "aws-agent-toolkit",
          asOf: "2026-07-23",
          confidence: "medium",
        },
        prices: { input: 0.8, cacheWrite5m: 0.8, cacheRead: 0.2, output: 3.2 },
      },
    },
  },
  {
    id: "amazon-nova-premier",
    provider: "amazon",
    ids: ["amazon.nova-premier-v1:0"],
    tokenizer: "nova-1",
    tokenizerVerified: false,
    platforms: {
      bedrock: {
        ...novaOnBedrock,
        conservativeMinimumTokens: {
          value: 1024,
          source: "aws-agent-toolkit",
          asOf: "2026-07-23",
          confidence: "medium",
        },
        confidence: "low",
        prices: { input: 2.5, cacheWrite5m: 2.5, cacheRead: 0.625, output: 12.5 },
        note: 'The card says "1K". The tools list rejects a cachePoint. Text above the cap is no error; about 23K was cached in a live test, and older copies of the page gave 32K. Text prompts are also cached implicitly. Premier was in the 2025 table; its 2026 card was not read.',
      },
    },
  },
  {
    id: "amazon-nova-2-lite",
    provider: "amazon",
    ids: ["amazon.nova-2-lite-v1:0"],
    tokenizer: "nova-2",
    tokenizerVerified: true,
    platforms: {
      bedrock: {
        ...novaOnBedrock,
        conservativeMinimumTokens: {
          value: 1536,
          source: "aws-agent-toolkit",
          asOf: "2026-07-23",
          confidence: "medium",
        },
        prices: { input: 0.3, cacheWrite5m: 0.3, cacheRead: 0.075, output: 2.5 },
        priceScope: "global profile",
        regionalPriceMultiplier: 1.1,
      },
    },
  },
];
