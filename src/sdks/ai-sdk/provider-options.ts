import { viewRecord, presentEntry, writtenEntry, type RecordView } from "../../dialects/record-view.ts";
import type { RecordEntryValue } from "../../value/value.ts";
import type { ModelTarget, Translation } from "./model-target.ts";

/** Names of the option that is a mark, in each translation; the first is the one to write. */
const markNames: Readonly<Record<Translation, readonly string[]>> = {
  anthropic: ["cacheControl", "cache_control"],
  bedrock: ["cachePoint"],
  openai: ["promptCacheBreakpoint"],
  openrouter: ["cacheControl", "cache_control"],
  alibaba: ["cacheControl", "cache_control"],
  compatible: ["cache_control"],
  gemini: [],
  plain: [],
};

/** Every option that is a mark for some provider. */
const allMarks: readonly (readonly [string, string])[] = [
  ["anthropic", "cacheControl"],
  ["anthropic", "cache_control"],
  ["bedrock", "cachePoint"],
  ["amazonBedrock", "cachePoint"],
  ["openrouter", "cacheControl"],
  ["openrouter", "cache_control"],
  ["alibaba", "cacheControl"],
  ["alibaba", "cache_control"],
  ["openai", "promptCacheBreakpoint"],
];

/** A mark of a provider that gets no options of this kind. */
export interface ForeignOption {
  /** `anthropic.cacheControl`. */
  readonly path: string;
  readonly entry: RecordEntryValue;
}

/** The marks in `providerOptions` of a call, a message, a part or a tool. */
export interface OptionMarks {
  readonly own: RecordEntryValue | undefined;
  /** Given only where there is none of the provider's own: one object may speak to several providers. */
  readonly foreign: readonly ForeignOption[];
}

const none: OptionMarks = { own: undefined, foreign: [] };

/** Reads the marks of an object that may have `providerOptions`. */
export function readMarks(view: RecordView | undefined, target: ModelTarget): OptionMarks {
  const options = viewRecord(writtenEntry(view, "providerOptions")?.value);
  if (!options) return none;
  for (const key of target.optionKeys) {
    const record = viewRecord(presentEntry(options, key)?.value);
    for (const name of markNames[target.translation]) {
      const own = writtenEntry(record, name);
      if (own) return { own, foreign: [] };
    }
  }
  // What a provider of one's own reads is not known.
  if (target.translation === "plain" || target.model === undefined) return none;
  const foreign = allMarks.flatMap(([key, name]) => {
    const entry = writtenEntry(viewRecord(presentEntry(options, key)?.value), name);
    return entry && !target.optionKeys.includes(key) ? [{ path: `${key}.${name}`, entry }] : [];
  });
  return { own: undefined, foreign };
}

/** An option of the call under the keys the provider reads. */
export function callOption(
  view: RecordView,
  target: ModelTarget,
  name: string,
): RecordEntryValue | undefined {
  const options = viewRecord(presentEntry(view, "providerOptions")?.value);
  for (const key of target.optionKeys) {
    const entry = presentEntry(viewRecord(presentEntry(options, key)?.value), name);
    if (entry) return entry;
  }
  return undefined;
}

/** Keys of providers for which `providerOptions` of this object hold a mark. */
export function markedProviders(view: RecordView | undefined): readonly string[] {
  const options = viewRecord(writtenEntry(view, "providerOptions")?.value);
  return allMarks
    .filter(([key, name]) => writtenEntry(viewRecord(presentEntry(options, key)?.value), name))
    .map(([key]) => key);
}
