import type { ModelEntry, PlatformEntry } from "../model-entry.ts";

/** The user guide names the models with caching, and these are not among them. */
export const uncachedOnBedrock = {
  caching: "none",
  automaticMark: "no",
  ttls: [],
  regions: [],
  source: "bedrock-ug",
  asOf: "2026-09",
  confidence: "medium",
  note: "Never listed among the models with caching.",
} as const satisfies PlatformEntry;

/** Of these families a cachePoint was seen to raise an access-denied error. */
const rejectedOnBedrock = {
  ...uncachedOnBedrock,
  note: "A cachePoint was seen to be rejected with an access-denied error.",
} as const satisfies PlatformEntry;

/** Families that have no caching on Bedrock, whatever the version: matched by pattern, since their ids are many. */
export const uncachedFamilies: readonly ModelEntry[] = [
  {
    id: "bedrock-llama",
    provider: "meta",
    ids: [],
    family: /^meta\.[a-z0-9.:-]+$/,
    tokenizerVerified: false,
    platforms: { bedrock: rejectedOnBedrock },
  },
  {
    id: "bedrock-mistral",
    provider: "mistral",
    ids: [],
    family: /^mistral\.[a-z0-9.:-]+$/,
    tokenizerVerified: false,
    platforms: { bedrock: rejectedOnBedrock },
  },
  {
    id: "bedrock-qwen",
    provider: "qwen",
    ids: [],
    family: /^qwen\.[a-z0-9.:-]+$/,
    tokenizerVerified: false,
    platforms: { bedrock: rejectedOnBedrock },
  },
  {
    id: "bedrock-cohere",
    provider: "cohere",
    ids: [],
    family: /^cohere\.[a-z0-9.:-]+$/,
    tokenizerVerified: false,
    platforms: { bedrock: uncachedOnBedrock },
  },
  {
    id: "bedrock-ai21",
    provider: "ai21",
    ids: [],
    family: /^ai21\.[a-z0-9.:-]+$/,
    tokenizerVerified: false,
    platforms: { bedrock: uncachedOnBedrock },
  },
  {
    id: "bedrock-deepseek",
    provider: "deepseek",
    ids: [],
    family: /^deepseek\.[a-z0-9.:-]+$/,
    tokenizerVerified: false,
    platforms: { bedrock: uncachedOnBedrock },
  },
  {
    id: "bedrock-writer",
    provider: "writer",
    ids: [],
    family: /^writer\.[a-z0-9.:-]+$/,
    tokenizerVerified: false,
    platforms: { bedrock: uncachedOnBedrock },
  },
  {
    id: "bedrock-gpt-oss",
    provider: "openai",
    ids: [],
    family: /^openai\.gpt-oss-[a-z0-9.:-]+$/,
    tokenizerVerified: false,
    platforms: { bedrock: uncachedOnBedrock },
  },
  {
    id: "bedrock-titan",
    provider: "amazon",
    ids: [],
    family: /^amazon\.titan-[a-z0-9.:-]+$/,
    tokenizerVerified: false,
    platforms: { bedrock: uncachedOnBedrock },
  },
  {
    id: "bedrock-gemma",
    provider: "google",
    ids: [],
    family: /^google\.gemma-[a-z0-9.:-]+$/,
    tokenizerVerified: false,
    platforms: { bedrock: uncachedOnBedrock },
  },
  {
    id: "bedrock-nvidia",
    provider: "nvidia",
    ids: [],
    family: /^nvidia\.[a-z0-9.:-]+$/,
    tokenizerVerified: false,
    platforms: { bedrock: uncachedOnBedrock },
  },
  {
    id: "bedrock-minimax",
    provider: "minimax",
    ids: [],
    family: /^minimax\.[a-z0-9.:-]+$/,
    tokenizerVerified: false,
    platforms: { bedrock: uncachedOnBedrock },
  },
  {
    id: "bedrock-glm-4",
    provider: "zai",
    ids: [],
    family: /^zai\.glm-4\.[a-z0-9.:-]+$/,
    tokenizerVerified: false,
    platforms: { bedrock: uncachedOnBedrock },
  },
  {
    id: "bedrock-kimi-k2",
    provider: "moonshot",
    ids: [],
    family: /^moonshot(?:ai)?\.kimi-k2[a-z0-9.:-]+$/,
    tokenizerVerified: false,
    platforms: { bedrock: uncachedOnBedrock },
  },
];
