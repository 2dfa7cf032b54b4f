import { describe, expect, it } from "vitest";
import type { ModelEntry, PlatformEntry } from "../../src/catalog/model-entry.ts";
import { staleEntries } from "../../src/catalog/stale-entries.ts";

const today = new Date("2026-11-22T12:00:00Z");

function read(changed: Partial<PlatformEntry>): ModelEntry {
  const limits: PlatformEntry = {
    caching: "implicit",
    automaticMark: "no",
    ttls: [],
    regions: [],
    source: "openai-docs",
    asOf: "2026-10-02",
    confidence: "high",
    ...changed,
  };
  return {
    id: "model-a",
    provider: "openai",
    ids: ["model-a"],
    tokenizerVerified: true,
    platforms: { openai: limits },
  };
}

describe("staleEntries", () => {
  it.each<[string, Partial<PlatformEntry>, string | undefined]>([
    ["a figure of last month", {}, undefined],
    ["a figure of exactly a year", { asOf: "2025-11-23" }, undefined],
    ["a figure of a year and a day", { asOf: "2025-11-22" }, "2025-11-22"],
    ["a month that may be over", { asOf: "2025-11" }, "2025-11"],
    ["a year that began long ago", { asOf: "2025" }, "2025"],
    ["this year", { asOf: "2026" }, undefined],
    [
      "an old figure in a new entry",
      { minimumTokens: { value: 1024, source: "openai-docs", asOf: "2024-10", confidence: "high" } },
      "2024-10",
    ],
    [
      "old prices",
      { prices: { input: 1 }, pricesFrom: { source: "openai-pricing", asOf: "2025-01", confidence: "high" } },
      "2025-01",
    ],
    ["a retired model", { asOf: "2025", status: "retired" }, undefined],
  ])("judges %s", (_name, changed, asOf) => {
    const expected = asOf === undefined ? [] : [{ model: "model-a", platform: "openai", asOf }];
    expect(staleEntries(today, 365, [read(changed)], {})).toEqual(expected);
  });

  it("names the facts of a platform without a model", () => {
    const facts = { groq: { source: "groq-docs", asOf: "2024", confidence: "low" } } as const;
    expect(staleEntries(today, 365, [], facts)).toEqual([{ platform: "groq", asOf: "2024" }]);
  });

  it("puts the oldest first", () => {
    const found = staleEntries(new Date("2030-01-01"));
    expect(found.length).toBeGreaterThan(100);
    expect(found.map(({ asOf }) => asOf)).toEqual(found.map(({ asOf }) => asOf).sort());
  });

  it("found nothing old when the catalog was read", () => {
    expect(staleEntries(today)).toEqual([]);
  });
});
