import type { Conversation } from "./find-requests.ts";
import type { ConversationPlace } from "./group-calls.ts";

/** Most objects of one conversation that are looked at; one with more may speak of any file. */
const maximumObjects = 100_000;

/** Parts of values that are code, not what was made of it. */
const code: ReadonlySet<string> = new Set(["node", "environment", "module", "body", "bases", "statics"]);

const known = new WeakMap<Conversation, ReadonlySet<string> | undefined>();

/**
 * The files that a finding about a conversation can point into: all that its requests are made of, and the way each
 * part has come. Undefined: any.
 */
function touchedFiles(conversation: Conversation): ReadonlySet<string> | undefined {
  if (known.has(conversation)) return known.get(conversation);
  const files = findFiles([conversation.site, conversation.requests]);
  known.set(conversation, files);
  return files;
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
  conversationAt: (place: ConversationPlace) => Conversation,
  files: ReadonlySet<string>,
): readonly (readonly ConversationPlace[])[] {
  const conversations = new Map(calls.map((places) => [places, places.map(conversationAt)]));
  const all = [...conversations];
  const touching = new Set(all.filter(([, call]) => call.some((one) => touches(one, files))));
  const marks = new Set([...touching].flatMap(([, call]) => call.flatMap(markFiles)));
  return all
    .filter(
      (each) => touching.has(each) || each[1].some((one) => markFiles(one).some((file) => marks.has(file))),
    )
    .map(([places]) => places);
}

/** Whether a finding about a conversation can point into one of these files. */
export function touches(conversation: Conversation, files: ReadonlySet<string>): boolean {
  const touched = touchedFiles(conversation);
  return !touched || [...files].some((file) => touched.has(file));
}

function markFiles({ requests }: Conversation): string[] {
  return requests.flatMap(({ checkpoints }) => checkpoints.map(({ span }) => span.file));
}
