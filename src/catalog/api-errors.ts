import type { Platform } from "./model-entry.ts";

/** An error that a provider's API answers to a wrong use of caching. */
export interface ApiError {
  readonly id: string;
  readonly platforms: readonly Platform[];
  /** The HTTP status, or `client` where the SDK rejects the request before it is sent. */
  readonly http: number | "client";
  /** A part of the API's message that tells it from others; absent where the message is not known. */
  readonly fragment?: string;
  readonly cause: string;
}

/** Collected from provider documentation and public bug reports, state of 2026-11. */
export const apiErrors: readonly ApiError[] = [
  {
    id: "too-many-markers",
    platforms: ["anthropic", "bedrock"],
    http: 400,
    fragment: "A maximum of 4 blocks with cache_control",
    cause: "More than 4 checkpoints, the automatic one included.",
  },
  {
    id: "ttl-order",
    platforms: ["anthropic", "bedrock"],
    http: 400,
    fragment: "must not come after a ttl='5m' cache_control block",
    cause: "A 1h checkpoint stands after a 5m checkpoint.",
  },
  {
    id: "empty-text",
    platforms: ["anthropic"],
    http: 400,
    fragment: "cannot be set for empty text blocks",
    cause: "A checkpoint stands on an empty text block.",
  },
  {
    id: "automatic-no-slot",
    platforms: ["anthropic"],
    http: 400,
    cause: "A top-level mark comes on top of 4 block marks, or of a mark with another TTL on the last block.",
  },
  {
    id: "defer-loading-marked",
    platforms: ["anthropic"],
    http: 400,
    cause: "A deferred tool carries a checkpoint.",
  },
  {
    id: "top-level-legacy",
    platforms: ["bedrock"],
    http: 400,
    cause: "A top-level mark is sent through InvokeModel or Converse.",
  },
  {
    id: "nova-tools",
    platforms: ["bedrock"],
    http: 400,
    fragment: "extraneous key [cachePoint] is not permitted",
    cause:
      "A cachePoint stands where the model rejects it: among Nova's tools, or in some Nova message positions.",
  },
  {
    id: "unsupported-model",
    platforms: ["bedrock"],
    http: 403,
    fragment: "did not allow prompt caching",
    cause: "A cachePoint is sent to a model without caching.",
  },
  {
    id: "after-reasoning",
    platforms: ["bedrock"],
    http: 400,
    fragment: "Cache point cannot be inserted after reasoning block",
    cause: "A cachePoint stands directly after reasoningContent.",
  },
  {
    id: "nothing-to-cache",
    platforms: ["bedrock"],
    http: 400,
    fragment: "There is nothing available to cache",
    cause: "A cachePoint has no cacheable content ahead of it.",
  },
  {
    id: "after-non-pdf-document",
    platforms: ["bedrock"],
    http: 400,
    fragment: "type: Field required",
    cause: "A cachePoint stands directly after a document that is no PDF.",
  },
  {
    id: "merged-block",
    platforms: ["bedrock"],
    http: "client",
    fragment: "Parameter validation failed",
    cause: "A cachePoint shares its object with text or another key.",
  },
  {
    id: "thinking-bound",
    platforms: ["anthropic"],
    http: 400,
    fragment: "bound to a different conversation",
    cause: "History, tools or system were edited after a thinking block (Fable and Mythos 5.1 and 5.2).",
  },
];
