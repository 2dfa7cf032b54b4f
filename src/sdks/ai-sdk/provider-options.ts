import { viewRecord, presentEntry, writtenEntry, type RecordView } from "../../dialects/record-view.ts";
import { literalText } from "../../value/inspect.ts";
import type { RecordEntryValue } from "../../value/value.ts";
import { placedMark } from "../placed-mark.ts";
import type { CallContext } from "../sdk.ts";
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

/** Providers that cache nothing without a mark. */
const needsMarks: ReadonlySet<Translation> = new Set(["anthropic", "bedrock", "alibaba"]);

/** Options that are marks for some provider, whichever they are written for. */
const allMarks: ReadonlySet<string> = new Set(Object.values(markNames).flat());

/** A mark for a provider that the request does not go to, or under a name that the provider does not know. */
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
  /** A mark under a key that this version does not read, with that key as its path. */
  readonly unread: ForeignOption | undefined;
  /** A mark beside the options, where no provider sees it. */
  readonly loose: ForeignOption | undefined;
}

const none: OptionMarks = { own: undefined, foreign: [], unread: undefined, loose: undefined };

/** The keys under which messages, parts and tools have their options. */
export interface OptionNames {
  /** Those that are read, best first. */
  readonly read: readonly string[];
  /** Those of other versions, and of other objects. */
  readonly unread: readonly string[];
}

/** The keys this version reads. `hasModelPrompt`: the messages are in the form in which providers get them. */
export function optionNames(context: CallContext, hasModelPrompt: boolean): OptionNames {
  const takesOptions = context.holds("ai: reads providerOptions of messages");
  const takesOldName = context.holds("ai: reads experimental_providerMetadata");
  const all = ["providerOptions", "experimental_providerMetadata", "providerMetadata"];
  const modelName = takesOldName ? "providerMetadata" : "providerOptions";
  const read = hasModelPrompt
    ? [modelName]
    : [
        ...(takesOptions ? ["providerOptions"] : []),
        ...(takesOldName ? ["experimental_providerMetadata"] : []),
      ];
  return { read, unread: all.filter((name) => !read.includes(name)) };
}

/** Reads the marks of an object that may have options for providers. */
export function readMarks(
  view: RecordView | undefined,
  target: ModelTarget,
  names = currentNames,
): OptionMarks {
  const name = names.read.find((one) => writtenEntry(view, one) !== undefined);
  const marks = name === undefined ? none : marksUnder(view, name, target);
  if (marks.own) return marks;
  for (const other of names.unread) {
    const lost = marksUnder(view, other, target).own;
    if (lost) return { ...none, unread: { path: other, entry: lost } };
  }
  return marks.foreign.length > 0 ? marks : { ...none, loose: looseMark(view, target) };
}

/** A mark that is written on a message, a part or a tool as one writes it for an API. */
function looseMark(view: RecordView | undefined, target: ModelTarget): ForeignOption | undefined {
  if (target.translation === "plain" || target.translation === "compatible" || target.model === undefined)
    return undefined;
  for (const path of allMarks) {
    const entry = writtenEntry(view, path);
    const kind = literalText(presentEntry(viewRecord(entry?.value), "type")?.value);
    if (entry && (kind === "ephemeral" || kind === "default")) return { path, entry };
  }
  return undefined;
}

/** Where options have always stood: those of a call. */
const currentNames: OptionNames = { read: ["providerOptions"], unread: [] };

function marksUnder(view: RecordView | undefined, name: string, target: ModelTarget): OptionMarks {
  const given = writtenEntry(view, name);
  const options = viewRecord(given?.value);
  if (!given || !options) return none;
  for (const key of target.optionKeys) {
    const record = viewRecord(presentEntry(options, key)?.value);
    for (const mark of markNames[target.translation]) {
      const own = writtenEntry(record, mark);
      if (own) return { ...none, own: placeMark(own, given) };
    }
  }
  // What a provider of one's own reads is not known.
  if (target.translation === "plain" || target.model === undefined) return none;
  const others = marksIn(options);
  // What is not in view may be for this provider.
  if (options.rest.length > 0) return none;
  const isForSeveral = new Set(others.map(({ key }) => key)).size > 1;
  // Whoever marks for several providers hands the same to one that caches by itself.
  if (isForSeveral && !needsMarks.has(target.translation)) return none;
  const foreign = others.map(({ key, mark, entry }) => ({
    path: `${key}.${mark}`,
    entry: placeMark(entry, given),
  }));
  if (!isForSeveral) return { ...none, foreign };
  const paths = foreign.map(({ path }) => path);
  return { ...none, foreign: [{ path: paths.join("` or `"), entry: foreign[0]!.entry }] };
}

/** All marks in options, for whichever provider. */
function marksIn(options: RecordView | undefined) {
  return [...(options?.entries.keys() ?? [])].flatMap((key) => {
    const settings = viewRecord(presentEntry(options, key)?.value);
    return [...allMarks].flatMap((mark) => {
      const entry = writtenEntry(settings, mark);
      return entry ? [{ key, mark, entry }] : [];
    });
  });
}

/** Options that hold nothing but marks are a mark where they are given to something. */
function placeMark(mark: RecordEntryValue, options: RecordEntryValue): RecordEntryValue {
  return holdsMarksOnly(options) ? placedMark(mark, options) : mark;
}

function holdsMarksOnly(options: RecordEntryValue): boolean {
  const view = viewRecord(options.value);
  if (!view || view.rest.length > 0) return false;
  return [...view.entries.values()].every(({ value }) => {
    const settings = viewRecord(value);
    if (settings === undefined || settings.rest.length > 0) return false;
    return [...settings.entries.keys()].every((name) => allMarks.has(name));
  });
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

const translationOf: Readonly<Record<string, Translation>> = {
  anthropic: "anthropic",
  bedrock: "bedrock",
  amazonBedrock: "bedrock",
  openrouter: "openrouter",
  alibaba: "alibaba",
  openai: "openai",
};

/** Keys of providers for which `providerOptions` of this object hold a mark. */
export function markedProviders(view: RecordView | undefined): readonly string[] {
  return ["providerOptions", "experimental_providerMetadata"].flatMap((name) => {
    const marks = marksIn(viewRecord(writtenEntry(view, name)?.value));
    return marks
      .filter(({ key, mark }) => translationOf[key] && markNames[translationOf[key]].includes(mark))
      .map(({ key }) => key);
  });
}
