import type { ModelEntry } from "./model-entry.ts";
import { modelIdForms } from "./model-id.ts";
import { amazonModels } from "./models/amazon.ts";
import { anthropicModels } from "./models/anthropic.ts";
import { earlierAnthropicModels } from "./models/anthropic-earlier.ts";
import { googleModels } from "./models/google.ts";
import { openaiModels } from "./models/openai.ts";
import { earlierOpenaiModels } from "./models/openai-earlier.ts";
import { otherModels } from "./models/others.ts";
import { uncachedFamilies } from "./models/uncached-on-bedrock.ts";

export { apiErrors } from "./api-errors.ts";
export type { ApiError } from "./api-errors.ts";
export { homePlatform, limitsOf, multipliersOf, ttlSeconds } from "./limits.ts";
export type { CostMultipliers, Figure, ModelLimits, ModelPrices, Reading } from "./limits.ts";
export type {
  AutomaticMark,
  Caching,
  MarkApi,
  MarkRegion,
  ModelEntry,
  ModelStatus,
  Platform,
  PlatformEntry,
  PriceField,
  PriceList,
  Provider,
  SourceConfidence,
  TokenizerName,
  Ttl,
} from "./model-entry.ts";
export { geographyOf, normalizeModelId, platformOf } from "./model-id.ts";
export { platforms } from "./platforms.ts";
export type { CacheMultipliers, LookbackRule, PlatformFacts } from "./platforms.ts";
export { sources } from "./sources.ts";
export type { Source, SourceId } from "./sources.ts";

/** Every model of the catalog, newest first within a provider; the families without caching stand last. */
export const models: readonly ModelEntry[] = [
  ...anthropicModels,
  ...earlierAnthropicModels,
  ...amazonModels,
  ...openaiModels,
  ...earlierOpenaiModels,
  ...googleModels,
  ...otherModels,
  ...uncachedFamilies,
];

const families = models.filter(({ family }) => family);
const found = new Map<string, ModelEntry | undefined>();
let index: ReadonlyMap<string, ModelEntry> | undefined;

/**
 * Takes a model id as written in code and returns the catalog's entry, undefined if the id is unknown or hides its
 * model. Only whole ids match: `claude-opus-4-1x` is not `claude-opus-4-1`.
 */
export function findModel(raw: string): ModelEntry | undefined {
  if (!found.has(raw)) found.set(raw, lookUp(raw));
  return found.get(raw);
}

function lookUp(raw: string): ModelEntry | undefined {
  const forms = modelIdForms(raw);
  if (!forms) return undefined;
  const { name, unpinned, bedrock } = forms;
  if (bedrock !== undefined) {
    const family = families.find((model) => model.family?.test(bedrock));
    if (family) return family;
  }
  index ??= indexByName();
  return index.get(name) ?? index.get(unpinned);
}

function indexByName(): ReadonlyMap<string, ModelEntry> {
  const byName = new Map<string, ModelEntry>();
  for (const model of models) {
    for (const id of [model.id, ...model.ids]) {
      const name = modelIdForms(id)?.name;
      if (name !== undefined) byName.set(name, model);
    }
  }
  return byName;
}
