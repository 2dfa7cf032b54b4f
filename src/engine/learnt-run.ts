import { questionKinds, type Asked } from "./questions.ts";
import type { Session } from "./session.ts";
import {
  openRun,
  storeRun,
  type EarlierRun,
  type RememberedCall,
  type RememberedFile,
  type StoredRun,
} from "./stored-run.ts";
import { touchedFiles } from "./touched-files.ts";

/** Most calls that are kept: one of a helper is said something of for each group of files that leads to it. */
const maximumCalls = 4_000;

/** Most findings whose fixes are kept. */
const maximumOffers = 2_000;

/** What is left out of what a session leaves to another one. */
export interface LearntOptions {
  /** Files that hold requests or lead to them: others are not kept. */
  readonly leading: ReadonlySet<string>;
  /** A file whose text is not what stands on disk. */
  readonly edited: string | undefined;
}

/**
 * What a session leaves to another one: what it has found out and would still find out, and what the run before it had
 * left of files and calls that it has not come across.
 * @param before the run of an earlier session, or of one that goes on beside this one
 */
export function learntRun(
  session: Session,
  before: StoredRun | undefined,
  { leading, edited }: LearntOptions,
): StoredRun {
  const { project, recollection, runs, said } = session;
  const { questions } = project;
  const isOfDisk = (asked: Asked): boolean => edited === undefined || !asked.text.has(edited);
  const stands = (asked: Asked, time: number): boolean => {
    for (const question of questions.oldOf(asked)) project.askAgain(question);
    return isOfDisk(asked) && questions.areAsAt(time, asked);
  };

  const files = new Map<string, RememberedFile & { readonly time: number }>();
  const add = (file: RememberedFile, time: number): void => {
    if (leading.has(file.path) && stands(file.asked, time) && stands(file.askedForNames, time))
      files.set(file.path, { ...file, time });
  };
  for (const { found, time, isWhole } of runs.values()) {
    const { conversations, ...outline } = found;
    if (isWhole) add({ ...outline, touched: conversations.map(touchedFiles) }, time);
  }
  for (const { time, ...file } of recollection?.taken.values() ?? [])
    if (!files.has(file.path)) add(file, time);

  const calls = new Map<string, RememberedCall>();
  for (const [key, { call, time }] of said) {
    const isOfSameRuns = call.places.every(({ from }) => (files.get(from)?.time ?? Infinity) <= time);
    if (isOfSameRuns && stands(call.asked, time)) calls.set(key, call);
  }

  const earlier = before === undefined ? undefined : openRun(before);
  const left = new Map<string, RememberedFile>();
  if (earlier) {
    const isAlike = (asked: Asked): boolean => isOfDisk(asked) && !isContradicted(asked, earlier, session);
    for (const file of earlier.files.values()) {
      const { path, asked, askedForNames } = file;
      const isNew = !files.has(path) && leading.has(path);
      if (isNew && isAlike(asked) && isAlike(askedForNames)) left.set(path, file);
    }
    const isSame = (path: string): boolean =>
      left.has(path) || printOutline(files.get(path)) === printOutline(earlier.files.get(path));
    for (const [key, call] of earlier.calls) {
      if (!calls.has(key) && call.places.every(({ from }) => isSame(from)) && isAlike(call.asked))
        calls.set(key, call);
    }
  }
  const run = storeRun(
    [...files.values(), ...left.values()].map(withoutNotes),
    [...calls.values()].slice(0, maximumCalls).map(withoutNotes),
    [],
    (kind, key) => questions.hashOf(kind, key) ?? earlier?.hashes[kind].get(key) ?? undefined,
  );
  const offers = new Map([...(session.offers?.used ?? []), ...(before?.offers ?? [])]);
  return { ...run, offers: [...offers].slice(0, maximumOffers) };
}

/** Whether a session knows other answers than those that something was found out from. */
function isContradicted(asked: Asked, earlier: EarlierRun, { project }: Session): boolean {
  return questionKinds.some((kind) =>
    [...asked[kind]].some((key) => {
      const now = project.questions.hashOf(kind, key);
      return now !== undefined && now !== earlier.hashes[kind].get(key);
    }),
  );
}

/** The same for two outlines of a file whose conversations are the same. */
function printOutline(file: RememberedFile | undefined): string {
  return file ? JSON.stringify([file.outlines, file.names, [...file.seenEnough]]) : "";
}

const none: ReadonlySet<string> = new Set();

/** Without what was only noted for the statistics of a run. */
function withoutNotes<Remembered extends RememberedFile | RememberedCall>(one: Remembered): Remembered {
  const left = { parsed: none, tooLarge: none };
  return "askedForNames" in one
    ? { ...one, asked: { ...one.asked, ...left }, askedForNames: { ...one.askedForNames, ...left } }
    : { ...one, asked: { ...one.asked, ...left } };
}
