import type { Span } from "../source/source-file.ts";
import type { Conversation } from "./find-requests.ts";
import { isTemplatePath } from "./prompt-files.ts";
import { isTestFile } from "./test-files.ts";

/** What decides with which others a conversation is judged, and whether it is. */
export interface ConversationOutline {
  readonly site: Span;
  readonly entry: string | undefined;
  /** It comes from arguments that were made up. */
  readonly isTried: boolean;
  /** One of its requests carries a mark. */
  readonly isMarked: boolean;
  /** Files other than the one that was run, of which its requests have text. */
  readonly textsFrom: readonly string[];
}

/** One conversation of a file that was run. */
export interface ConversationPlace {
  readonly from: string;
  /** Which of those the file has. */
  readonly index: number;
}

/** What a file that was run tells about its conversations. */
export interface OutlinedFile {
  readonly path: string;
  readonly outlines: readonly ConversationOutline[];
  /** Functions that took part in sending a request. */
  readonly senders: Iterable<string>;
  /** Templates that are parts of it. */
  readonly parts: readonly string[];
}

export function outlineOf({ site, entry, from, requests }: Conversation): ConversationOutline {
  const spans = requests.flatMap(({ segments }) => segments.flatMap(({ parts }) => parts));
  return {
    site,
    entry,
    isTried: requests.some(({ use }) => use === "fragment"),
    isMarked: requests.some(({ checkpoints, faults }) => checkpoints.length + faults.length > 0),
    textsFrom: [...new Set(spans.map(({ span }) => span.file))].filter((file) => file !== from),
  };
}

/**
 * The conversations that count, by the call that sends them. Those of templates do not where another request is made of
 * the template, with values for its placeholders, or it is part of another template.
 */
export function groupByCall(files: readonly OutlinedFile[]): readonly (readonly ConversationPlace[])[] {
  const senders = new Set(files.flatMap((file) => [...file.senders]));
  const filled = new Set(
    files.flatMap(({ parts, outlines }) => [...parts, ...outlines.flatMap((each) => each.textsFrom)]),
  );
  const calls = new Map<string, { readonly site: Span; readonly places: ConversationPlace[] }>();
  for (const { path: from, outlines } of files) {
    for (const [index, { site, entry, isTried }] of outlines.entries()) {
      if (site.file === from && isTemplatePath(from) && filled.has(from)) continue;
      // What a function makes of made-up arguments says nothing where requests show what it makes of real ones.
      if (isTried && entry !== undefined && senders.has(entry)) continue;
      const key = placeOf(site);
      const call = calls.get(key);
      if (call) call.places.push({ from, index });
      else calls.set(key, { site, places: [{ from, index }] });
    }
  }
  return [...calls.values()].map(({ site, places }) => {
    const inUse = places.filter(({ from }) => from === site.file || !isTestFile(from));
    // Which file was run first says nothing about the call.
    return (inUse.length > 0 ? inUse : places).toSorted((a, b) =>
      a.from === b.from ? a.index - b.index : a.from < b.from ? -1 : 1,
    );
  });
}

/** What tells one place from all others. */
export function placeOf({ file, start, end }: Span): string {
  return `${file}:${start}:${end}`;
}
