import { describe, expect, it } from "vitest";
import {
  findModel,
  homePlatform,
  limitsOf,
  models,
  multipliersOf,
  platforms,
  ttlSeconds,
} from "../../src/catalog/catalog.ts";
import type { ModelEntry, ModelLimits, Platform } from "../../src/catalog/catalog.ts";

function model(id: string): ModelEntry {
  const entry = findModel(id);
  if (!entry) throw new Error(`no model ${id}`);
  return entry;
}

function limits(id: string, platform: Platform): ModelLimits {
  const known = limitsOf(model(id), platform);
  if (!known) throw new Error(`no limits of ${id} on ${platform}`);
  return known;
}

describe("limitsOf", () => {
  it.each<[string, Platform, number | undefined, number | undefined, readonly string[]]>([
    ["claude-sonnet-4-5", "anthropic", 1024, undefined, ["5m", "1h"]],
    ["claude-sonnet-4-5", "bedrock", 1024, undefined, ["5m", "1h"]],
    ["claude-haiku-4-5", "bedrock", 4096, undefined, ["5m", "1h"]],
    ["claude-3-7-sonnet", "bedrock", 1024, undefined, ["5m"]],
    ["claude-sonnet-4-6", "anthropic", 1024, 2048, ["5m", "1h"]],
    ["claude-opus-4-7", "anthropic", 2048, undefined, ["5m", "1h"]],
    ["claude-opus-4-7", "bedrock", 4096, undefined, ["5m", "1h"]],
    ["claude-fable-5-2", "anthropic", undefined, undefined, ["5m", "1h"]],
    ["amazon-nova-pro", "bedrock", 1000, 1024, ["5m"]],
    ["amazon-nova-lite", "bedrock", 1000, 1536, ["5m"]],
    ["gpt-5.6-sol", "openai", 1024, undefined, ["30m", "12h"]],
    ["gpt-4o", "openai", 1024, 2048, ["in_memory"]],
    ["gemini-2.5-flash", "gemini", 2048, undefined, ["custom"]],
    ["gemini-2.5-pro", "gemini", 2048, 4096, ["custom"]],
  ])("gives the minimums and TTLs of %s on %s", (id, platform, minimum, conservative, ttls) => {
    const known = limits(id, platform);
    expect(known.minimumTokens?.value).toBe(minimum);
    expect(known.conservativeMinimumTokens?.value).toBe(conservative);
    expect(known.ttls).toEqual(ttls);
  });

  it("cites the page of each figure", () => {
    const { minimumTokens, conservativeMinimumTokens } = limits("claude-sonnet-4-6", "bedrock");
    expect(minimumTokens).toEqual({
      value: 1024,
      source: "https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html",
      asOf: "2026-09",
      confidence: "medium",
    });
    expect(conservativeMinimumTokens).toEqual({
      value: 2048,
      source: "https://github.com/BerriAI/litellm-docs/pull/49",
      asOf: "2026-04-29",
      confidence: "medium",
    });
  });

  it("gives Nova no checkpoint among tools and a cap of 20,000 tokens", () => {
    const nova = limits("amazon-nova-pro", "bedrock");
    expect(nova.regions).toEqual(["system", "messages"]);
    expect(nova.maximumCachedTokens?.value).toBe(20_000);
  });

  it.each<[string, Platform, string]>([
    ["claude-sonnet-4-5", "anthropic", "yes"],
    ["claude-sonnet-4-5", "bedrock", "no"],
    ["claude-haiku-4-5", "bedrock", "messages-endpoint-only"],
    ["gpt-5.6-sol", "openai", "no"],
  ])("tells whether %s takes an automatic mark on %s", (id, platform, automaticMark) => {
    expect(limits(id, platform).automaticMark).toBe(automaticMark);
  });

  it.each<[string, Platform]>([
    ["us.meta.llama3-3-70b-instruct-v1:0", "bedrock"],
    ["anthropic.claude-3-haiku-20240307-v1:0", "bedrock"],
    ["gpt-4-turbo", "openai"],
  ])("says that %s on %s has no caching", (id, platform) => {
    const known = limits(id, platform);
    expect(known).toMatchObject({ caching: "none", regions: [], ttls: [] });
    expect(known.minimumTokens).toBeUndefined();
    expect(known.prices).toBeUndefined();
  });

  it.each<[string, Platform]>([
    ["amazon-nova-pro", "anthropic"],
    ["claude-3-opus", "vertex"],
    ["us.meta.llama3-3-70b-instruct-v1:0", "openrouter"],
  ])("knows nothing of %s on %s", (id, platform) => {
    expect(limitsOf(model(id), platform)).toBeUndefined();
  });

  it("gives Foundry Anthropic's own limits", () => {
    expect(limits("claude-sonnet-4-5", "foundry")).toEqual(limits("claude-sonnet-4-5", "anthropic"));
  });

  it("trusts limits behind OpenRouter less and gives no price", () => {
    const behind = limits("claude-haiku-4-5", "openrouter");
    expect(behind.minimumTokens).toMatchObject({ value: 4096, confidence: "medium" });
    expect(behind.prices).toBeUndefined();
  });

  it("marks Gemini's explicit caching as a resource", () => {
    expect(limits("gemini-2.5-flash", "gemini")).toMatchObject({ cacheResource: true, regions: [] });
  });
});

describe("prices", () => {
  it("keeps the listed write price where there is one", () => {
    expect(limits("claude-sonnet-4-5", "anthropic").prices).toMatchObject({ cacheWrite1h: 6, derived: [] });
  });

  it("derives Bedrock's price of a 1h write from the multiplier", () => {
    expect(limits("claude-sonnet-4-5", "bedrock").prices).toMatchObject({
      cacheWrite5m: 3.75,
      cacheWrite1h: 6,
      derived: ["cacheWrite1h"],
    });
  });

  it("derives no price for a TTL the model does not take", () => {
    expect(limits("claude-3-7-sonnet", "bedrock").prices?.cacheWrite1h).toBeUndefined();
  });

  it("derives no price for a model without any", () => {
    expect(limits("claude-haiku-5-5", "bedrock").prices).toBeUndefined();
  });

  it("derives OpenAI's 12h write without the noise of binary fractions", () => {
    expect(limits("gpt-6-luna", "openai").prices?.cacheWrite12h).toBe(0.25);
  });
});

describe("multipliersOf", () => {
  it.each<[string, Platform, unknown]>([
    ["claude-sonnet-4-5", "anthropic", { write: { "5m": 1.25, "1h": 2 }, read: 0.1 }],
    ["claude-sonnet-4-5", "bedrock", { write: { "5m": 1.25, "1h": 2 }, read: 0.1 }],
    ["claude-sonnet-5-5", "anthropic", { write: { "5m": 1.25, "1h": 2 }, read: 0.05 }],
    ["claude-sonnet-5-5", "bedrock", { write: { "5m": 1.25, "1h": 2 }, read: 0.1 }],
    ["claude-fable-5-1", "anthropic", { write: { "5m": 1.25, "1h": 2 }, read: 0.025 }],
    ["claude-haiku-5-5", "bedrock", { write: { "5m": 1.25, "1h": 2 }, read: 0.1 }],
    ["amazon-nova-pro", "bedrock", { write: { "5m": 1 }, read: 0.25 }],
    ["gpt-5.6-sol", "openai", { write: { "30m": 1.25, "12h": 2.5 }, read: 0.1 }],
    ["gpt-4o", "openai", { write: { in_memory: 1 }, read: 0.5 }],
    ["gpt-oss-20b", "groq", { write: {}, read: 0.5 }],
  ])("gives the multipliers of %s on %s", (id, platform, expected) => {
    expect(multipliersOf(model(id), platform)).toEqual(expected);
  });

  it.each<[string, Platform]>([
    ["us.meta.llama3-3-70b-instruct-v1:0", "bedrock"],
    ["gpt-4o", "azure-openai"],
    ["amazon-nova-pro", "anthropic"],
  ])("gives none for %s on %s", (id, platform) => {
    expect(multipliersOf(model(id), platform)).toBeUndefined();
  });

  // The read multiplier stands in two places, as a rule of the platform and in the price of a model.
  it("agrees with the read multipliers of the Claude API and OpenAI, Claude 3 Haiku's rounded price apart", () => {
    const differing = (["anthropic", "openai"] as const).flatMap((platform) => {
      const general = platforms[platform].multipliers?.[0];
      return models
        .filter((entry) => {
          const { input, cacheRead } = entry.platforms[platform]?.prices ?? {};
          if (input === undefined || cacheRead === undefined) return false;
          const expected = general?.readExceptions?.[entry.id] ?? general?.read ?? Number.NaN;
          return Math.abs(cacheRead / input - expected) > 1e-9;
        })
        .map(({ id }) => id);
    });
    expect(differing).toEqual(["claude-3-haiku"]);
  });
});

describe("homePlatform", () => {
  it.each([
    ["claude-sonnet-4-5", "anthropic"],
    ["amazon-nova-pro", "bedrock"],
    ["gpt-5.6-sol", "openai"],
    ["gemini-2.5-flash", "gemini"],
    ["gpt-oss-20b", "groq"],
    ["us.meta.llama3-3-70b-instruct-v1:0", "bedrock"],
  ])("of %s is %s", (id, platform) => {
    expect(homePlatform(model(id))).toBe(platform);
  });
});

describe("ttlSeconds", () => {
  it.each([
    ["5m", 300],
    ["30m", 1800],
    ["1h", 3600],
    ["24h", 86_400],
    ["300s", 300],
    ["in_memory", undefined],
    ["custom", undefined],
    ["", undefined],
  ])("of %j are %s", (ttl, seconds) => {
    expect(ttlSeconds(ttl)).toBe(seconds);
  });
});
