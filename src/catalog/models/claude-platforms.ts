import type { Citation, PlatformEntry } from "../model-entry.ts";

/** Read on Anthropic's page of minimums. */
export const claudeApi = {
  caching: "explicit",
  automaticMark: "yes",
  maximumCheckpoints: 4,
  lookbackBlocks: 20,
  ttls: ["5m", "1h"],
  regions: ["tools", "system", "messages"],
  source: "anthropic-docs",
  asOf: "2026-10-10",
  confidence: "high",
  pricesFrom: { source: "anthropic-pricing", asOf: "2026-10-10", confidence: "high" },
} as const satisfies PlatformEntry;

/** Read in the Bedrock user guide, prices on the AWS price list. */
export const claudeOnBedrock = {
  caching: "explicit",
  automaticMark: "no",
  maximumCheckpoints: 4,
  lookbackBlocks: 20,
  ttls: ["5m", "1h"],
  regions: ["tools", "system", "messages"],
  source: "bedrock-ug",
  asOf: "2026-09",
  confidence: "high",
  pricesFrom: { source: "bedrock-price-list", asOf: "2026-09-29", confidence: "high" },
  priceScope: "global profile",
  regionalPriceMultiplier: 1.1,
} as const satisfies PlatformEntry;

/** No page of Google names minimums by model, so Anthropic is cited. */
export const claudeOnVertex = {
  caching: "explicit",
  automaticMark: "yes",
  maximumCheckpoints: 4,
  lookbackBlocks: 20,
  ttls: ["5m", "1h"],
  regions: ["tools", "system", "messages"],
  source: "anthropic-docs",
  asOf: "2026-10-10",
  confidence: "medium",
  pricesFrom: { source: "anthropic-pricing", asOf: "2026-10-10", confidence: "medium" },
  priceScope: "global endpoint",
  note: "Anthropic says its minimums also hold on Google Cloud; Google pages with minimums by model were not found.",
} as const satisfies PlatformEntry;

/** Where the tokens of the tool preamble were read. */
export const toolPreambleTable = {
  source: "anthropic-pricing",
  asOf: "2026-08-21",
  confidence: "high",
} as const satisfies Citation;

export const boundThinking =
  "Thinking blocks are bound to model and conversation; editing earlier turns drops them or is an error, depending on the model.";
