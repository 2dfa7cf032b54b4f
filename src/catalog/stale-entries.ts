import { models } from "./catalog.ts";
import { earliestDay } from "./dates.ts";
import type { Citation, CitedNumber, ModelEntry, Platform, PlatformEntry } from "./model-entry.ts";
import { platforms } from "./platforms.ts";
import type { PlatformFacts } from "./platforms.ts";

const millisecondsPerDay = 24 * 60 * 60 * 1000;

/** Figures that should be read again. */
export interface StaleEntry {
  /** The catalog id; absent where the facts of the platform itself are meant. */
  readonly model?: string;
  readonly platform: Platform;
  /** The oldest date among the figures. */
  readonly asOf: string;
}

/**
 * Takes today's date and returns what was read more than `days` days earlier, oldest first. Retired models are left
 * out: nothing new is written about them.
 */
export function staleEntries(
  today: Date,
  days = 365,
  entries: readonly ModelEntry[] = models,
  facts: Readonly<Partial<Record<Platform, PlatformFacts>>> = platforms,
): StaleEntry[] {
  const limit = today.getTime() - days * millisecondsPerDay;
  const dated: StaleEntry[] = Object.entries(facts).map(([platform, { asOf }]) => ({
    platform: platform as Platform,
    asOf,
  }));
  for (const { id, platforms: offered } of entries) {
    for (const [platform, entry] of Object.entries(offered)) {
      if (entry.status === "retired") continue;
      dated.push({ model: id, platform: platform as Platform, asOf: oldest(citationsOf(entry)) });
    }
  }
  return dated
    .filter(({ asOf }) => (earliestDay(asOf)?.getTime() ?? 0) < limit)
    .sort((a, b) => a.asOf.localeCompare(b.asOf));
}

function citationsOf(entry: PlatformEntry): Citation[] {
  const {
    minimumTokens,
    conservativeMinimumTokens,
    maximumCheckpoints,
    maximumCachedTokens,
    lookbackBlocks,
  } = entry;
  const numbers = [
    minimumTokens,
    conservativeMinimumTokens,
    maximumCheckpoints,
    maximumCachedTokens,
    lookbackBlocks,
  ].filter((number): number is CitedNumber => typeof number === "object");
  return [entry, ...numbers, ...(entry.prices && entry.pricesFrom ? [entry.pricesFrom] : [])];
}

function oldest(citations: readonly Citation[]): string {
  return citations.map(({ asOf }) => asOf).sort()[0] ?? "";
}
