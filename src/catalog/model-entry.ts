import type { SourceId } from "./sources.ts";

/** Where a request is sent. One model may have other limits and prices on each. */
export type Platform =
  | "anthropic"
  | "claude-platform-aws"
  | "foundry"
  | "bedrock"
  | "vertex"
  | "openai"
  | "azure-openai"
  | "gemini"
  | "deepseek"
  | "xai"
  | "mistral"
  | "moonshot"
  | "zai"
  | "groq"
  | "fireworks"
  | "together"
  | "openrouter"
  | "alibaba"
  | "minimax";

/** Who makes the model. */
export const providers = [
  "anthropic",
  "amazon",
  "openai",
  "google",
  "deepseek",
  "xai",
  "moonshot",
  "zai",
  "meta",
  "mistral",
  "qwen",
  "cohere",
  "ai21",
  "writer",
  "nvidia",
  "minimax",
] as const;
export type Provider = (typeof providers)[number];

/** Tokenizer generations that token estimates tell apart. */
export const tokenizerNames = [
  "claude-v3",
  "claude-v4.7",
  "nova-1",
  "nova-2",
  "gemini-2",
  "gemini-3",
  "o200k",
  "cl100k",
] as const;
export type TokenizerName = (typeof tokenizerNames)[number];

/** `high`: the newest first-hand page; `medium`: second-hand, older or contradicted; `low`: inferred or unread. */
export const sourceConfidences = ["high", "medium", "low"] as const;
export type SourceConfidence = (typeof sourceConfidences)[number];

/** `none` means known to be without caching; what is not known has no entry at all. */
export const cachings = ["explicit", "implicit", "both", "none"] as const;
export type Caching = (typeof cachings)[number];

/** Whether a request may carry one top-level mark that the platform places by itself. */
export const automaticMarks = ["yes", "no", "messages-endpoint-only"] as const;
export type AutomaticMark = (typeof automaticMarks)[number];

/**
 * `in_memory` is OpenAI's short retention without a fixed length; `custom` is a length the caller chooses, as for a
 * Gemini cache resource.
 */
export const ttls = ["5m", "30m", "1h", "12h", "24h", "in_memory", "custom"] as const;
export type Ttl = (typeof ttls)[number];

/** A part of the request that takes checkpoints. */
export const markRegions = ["tools", "system", "messages"] as const;
export type MarkRegion = (typeof markRegions)[number];

/** An API of a platform that offers several. */
export const markApis = ["responses", "chat-completions"] as const;
export type MarkApi = (typeof markApis)[number];

/** `gated`: by invitation; `preview-only`: for accounts of an old preview; `unverified`: offered, but not seen. */
export const modelStatuses = ["deprecated", "gated", "preview-only", "retired", "unverified"] as const;
export type ModelStatus = (typeof modelStatuses)[number];

/** Where a figure was read, when, and how far to trust it. */
export interface Citation {
  readonly source: SourceId;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: the state of the page that was read. */
  readonly asOf: string;
  readonly confidence: SourceConfidence;
}

/** A figure from another page than the rest of its entry. */
export interface CitedNumber extends Citation {
  readonly value: number;
}

/** US dollars per million tokens. An absent price is unknown, never zero. */
export interface PriceList {
  readonly input?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite30m?: number;
  readonly cacheWrite1h?: number;
  readonly cacheWrite12h?: number;
  readonly cacheRead?: number;
  readonly output?: number;
}

export type PriceField = keyof PriceList;

/** What one model does on one platform. Plain numbers are cited by the entry, others carry their own citation. */
export interface PlatformEntry extends Citation {
  readonly caching: Caching;
  readonly automaticMark: AutomaticMark;
  /** The published minimum: tokens of the whole prefix up to the checkpoint. */
  readonly minimumTokens?: number | CitedNumber;
  /** A higher minimum that vendor samples or measurements saw; at least the published one. */
  readonly conservativeMinimumTokens?: number | CitedNumber;
  readonly maximumCheckpoints?: number | CitedNumber;
  /** Tokens beyond this many are not cached; it is no error. */
  readonly maximumCachedTokens?: number | CitedNumber;
  /** Positions searched backwards from a checkpoint for an earlier write, the checkpoint's own included. */
  readonly lookbackBlocks?: number | CitedNumber;
  /** Empty where none can be asked for or none is known. */
  readonly ttls: readonly Ttl[];
  readonly regions: readonly MarkRegion[];
  /** The APIs that take checkpoints, where not all of the platform's do. */
  readonly apis?: readonly MarkApi[];
  /** Explicit caching is a resource created by a call of its own, not a mark in the request. */
  readonly cacheResource?: true;
  readonly prices?: PriceList;
  /** Where the prices were read, when not where the limits were. */
  readonly pricesFrom?: Citation;
  /** What the price is for, such as "global profile". */
  readonly priceScope?: string;
  /** Price of a regional endpoint over the listed one. */
  readonly regionalPriceMultiplier?: number;
  /** Prices of requests with more input tokens than `aboveInputTokens`. */
  readonly longContextPrices?: PriceList & { readonly aboveInputTokens: number };
  /** US dollars per million tokens and hour that a cache resource is kept. */
  readonly storagePricePerHour?: number;
  /** Absent for a model in normal service. */
  readonly status?: ModelStatus;
  /** The day a retired model went out of service, where known. */
  readonly retiredOn?: string;
  readonly note?: string;
}

/** Tokens the provider adds once a request has tools, before the definitions themselves. */
export interface ToolPreamble extends Citation {
  /** With `tool_choice` `auto` or `none`. */
  readonly auto: number;
  /** With `tool_choice` `any` or one named tool. */
  readonly forced: number;
}

/** One model, or one family of models known to have no caching. */
export interface ModelEntry {
  /** The id the project uses for the model in its output. */
  readonly id: string;
  readonly provider: Provider;
  /** Every id the model goes by, as its platforms write it. Empty for a family. */
  readonly ids: readonly string[];
  /** Matches a whole Bedrock id without its geography prefix. Only for families without caching. */
  readonly family?: RegExp;
  /** Absent when no estimate is known to fit. */
  readonly tokenizer?: TokenizerName;
  /** False where the tokenizer is assumed from the model's neighbours: widen estimates by 5%. */
  readonly tokenizerVerified: boolean;
  readonly toolPreambleTokens?: ToolPreamble;
  /** What happens to thinking blocks when an earlier part of the conversation is edited. */
  readonly thinkingBinding?: string;
  readonly platforms: Readonly<Partial<Record<Platform, PlatformEntry>>>;
}
