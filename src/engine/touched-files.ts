import type { Conversation } from "./find-requests.ts";
import type { ConversationPlace } from "./group-calls.ts";

/** The files that findings about a conversation can point into. */
export interface TouchedFiles {
  /** Those of all that its requests are made of, and of the way each part has come. Undefined: any. */
  readonly files: ReadonlySet<string> | undefined;
  /** Those that its marks stand in. */
  readonly marked: ReadonlySet<string>;
}

/** Most objects of one conversation that are looked at; one with more may speak of any file. */
const maximumObjects = 100_000;

/** Parts of values that are code, not what was made of it. */
const code: ReadonlySet<string> = new Set(["node", "environment", "module", "body", "bases", "statics"]);

const known = new WeakMap<Conversation, TouchedFiles>();

/** The files that findings about a conversation can point into. */
export function touchedFiles(conversation: Conversation): TouchedFiles {
  let touched = known.get(conversation);
  if (!touched) {
    const { site, requests } = conversation;
    const marks = requests.flatMap(({ checkpoints }) => checkpoints);
    touched = { files: findFiles([site, requests]), marked: new Set(marks.map(({ span }) => span.file)) };
    known.set(conversation, touched);
  }
  return touched;
}

function findFiles(root: unknown): ReadonlySet<string> | undefined {
  const files = new Set<string>();
  const seen = new Set<object>();
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (seen.size > maximumObjects) return undefined;
    if (Array.isArray(value) || value instanceof Set) {
      for (const item of value) pending.push(item);
    } else if (value instanceof Map) {
      for (const item of value.values()) pending.push(item);
    } else {
      const { file, start } = value as { file?: unknown; start?: unknown };
      if (typeof file === "string" && typeof start === "number") {
        files.add(file);
        continue;
      }
      for (const key in value) if (!code.has(key)) pending.push((value as Record<string, unknown>)[key]);
    }
  }
  return files;
}

/**
 * The calls that a finding in one of these files can be about, each as the places of its conversations. A mark that
 * several calls share is judged by all of them.
 */
export function placesTouching(
  calls: readonly (readonly ConversationPlace[])[],
  touchedAt: (place: ConversationPlace) => TouchedFiles,
  files: ReadonlySet<string>,
): readonly (readonly ConversationPlace[])[] {
  const all = calls.map((places) => ({ places, touched: places.map(touchedAt) }));
  const touching = new Set(all.filter(({ touched }) => touched.some((one) => touches(one, files))));
  const marked = new Set([...touching].flatMap(({ touched }) => touched.flatMap((one) => [...one.marked])));
  const sharesMark = (one: TouchedFiles): boolean => [...one.marked].some((file) => marked.has(file));
  return all
    .filter((each) => touching.has(each) || each.touched.some(sharesMark))
    .map(({ places }) => places);
}

/** Whether a finding about a conversation can point into one of these files. */
export function touches({ files: touched }: TouchedFiles, files: ReadonlySet<string>): boolean {
  return !touched || [...files].some((file) => touched.has(file));
}
