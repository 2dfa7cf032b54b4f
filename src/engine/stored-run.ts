import type { Problem } from "../source/problem.ts";
import type { BoundName } from "../evaluate/bounds.ts";
import type { ConversationOutline, ConversationPlace } from "./group-calls.ts";
import type { JudgedCall } from "./judge-call.ts";
import type { Offer } from "./offers.ts";
import { askedKinds, isQuestionKind, type Asked, type AskedKind, type QuestionKind } from "./questions.ts";
import type { FileOutline } from "./run-file.ts";
import type { TouchedFiles } from "./touched-files.ts";

/** What was asked, as indices into the keys of each kind. */
type StoredAsked = Readonly<Record<AskedKind, readonly number[]>>;

interface StoredFile {
  readonly path: string;
  readonly outlines: readonly ConversationOutline[];
  readonly senders: readonly string[];
  readonly parts: readonly string[];
  readonly problems: readonly Problem[];
  readonly reached: readonly (readonly [BoundName, number])[];
  readonly names: readonly string[];
  readonly askedForNames: StoredAsked;
  readonly asked: StoredAsked;
  readonly vain: readonly string[];
  readonly seenEnough: readonly (readonly [string, boolean])[];
  /** For each outline the files, or null for any, and those with marks, as indices into the texts that are asked for. */
  readonly touched?: readonly (readonly [files: readonly number[] | null, marked: readonly number[]])[];
}

interface StoredCall extends Omit<RememberedCall, "asked"> {
  readonly asked: StoredAsked;
}

/** A run of the engine as data: what each file showed and what was said of each call, with all that it rests on. */
export interface StoredRun {
  readonly keys: Readonly<Record<AskedKind, readonly string[]>>;
  /** What the answers to these questions are compared by. */
  readonly hashes: Readonly<Record<AskedKind, readonly (string | null)[]>>;
  readonly files: readonly StoredFile[];
  readonly calls: readonly StoredCall[];
  /** Files with errors among those that were parsed. */
  readonly broken: readonly string[];
  /** The fixes that findings offer, by what they were made of; only where somebody wanted to know. */
  readonly offers?: readonly (readonly [key: string, offer: Offer])[];
}

/** Which call it is that something is said of, and under which settings. */
export interface CallKey {
  readonly places: readonly ConversationPlace[];
  /** Whether the request is to be shown. */
  readonly isShown: boolean;
  /** What the settings are compared by. */
  readonly settings: string;
}

/** What was said of a call, and what it rests on. */
export interface RememberedCall extends CallKey {
  readonly asked: Asked;
  readonly judged: JudgedCall;
}

/** A file that was run, for another run. */
export interface RememberedFile extends FileOutline {
  /** What findings about each of its conversations can point into; only where somebody wanted to know. */
  readonly touched?: readonly TouchedFiles[];
}

/** A stored run, read back. */
export interface EarlierRun {
  readonly files: ReadonlyMap<string, RememberedFile>;
  /** By `printCallKey`. */
  readonly calls: ReadonlyMap<string, RememberedCall>;
  readonly broken: ReadonlySet<string>;
  /** What the answer to a question was compared by. */
  readonly hashes: Readonly<Record<AskedKind, ReadonlyMap<string, string | null>>>;
}

/** The same for two keys that mean the same. */
export function printCallKey({ places, isShown, settings }: CallKey): string {
  return JSON.stringify([isShown, settings, places.map(({ from, index }) => [from, index])]);
}

/** Reads a stored run back. What it holds is as old as it is. */
export function openRun({ keys, hashes, files, calls, broken }: StoredRun): EarlierRun {
  const open = (asked: StoredAsked): Asked =>
    byKind((kind) => new Set(asked[kind].map((at) => keys[kind][at]!)));
  const pathsAt = (indices: readonly number[]) => new Set(indices.map((at) => keys.text[at]!));
  const openFile = ({ touched, ...file }: StoredFile): RememberedFile => ({
    ...file,
    reached: new Map(file.reached),
    seenEnough: new Map(file.seenEnough),
    askedForNames: open(file.askedForNames),
    asked: open(file.asked),
    ...(touched && {
      touched: touched.map(([all, marked]) => ({
        files: all ? pathsAt(all) : undefined,
        marked: pathsAt(marked),
      })),
    }),
  });
  return {
    files: new Map(files.map((file) => [file.path, openFile(file)])),
    calls: new Map(calls.map((call) => [printCallKey(call), { ...call, asked: open(call.asked) }])),
    broken: new Set(broken),
    hashes: byKind((kind) => new Map(keys[kind].map((key, at) => [key, hashes[kind][at] ?? null]))),
  };
}

/**
 * Makes data of what a run has found out.
 * @param hashOf what the answer to a question is compared by; undefined where that is not known
 */
export function storeRun(
  files: readonly RememberedFile[],
  calls: readonly RememberedCall[],
  broken: readonly string[],
  hashOf: (kind: QuestionKind, key: string) => string | undefined,
): StoredRun {
  const places = byKind(() => new Map<string, number>());
  const indexOf = (kind: AskedKind, key: string): number => {
    const known = places[kind].get(key) ?? places[kind].size;
    places[kind].set(key, known);
    return known;
  };
  const store = (asked: Asked): StoredAsked =>
    byKind((kind) => [...asked[kind]].map((key) => indexOf(kind, key)));
  const storePaths = (paths: ReadonlySet<string>) => [...paths].map((path) => indexOf("text", path));
  const stored = {
    files: files.map(
      ({
        path,
        outlines,
        senders,
        parts,
        problems,
        reached,
        names,
        askedForNames,
        asked,
        vain,
        seenEnough,
        touched,
      }): StoredFile => ({
        path,
        outlines,
        senders: [...senders],
        parts,
        problems,
        reached: [...reached],
        names,
        askedForNames: store(askedForNames),
        asked: store(asked),
        vain,
        seenEnough: [...seenEnough],
        ...(touched && {
          touched: touched.map((one) => [one.files ? storePaths(one.files) : null, storePaths(one.marked)]),
        }),
      }),
    ),
    calls: calls.map((call): StoredCall => ({
      ...call,
      asked: store(call.asked),
      judged: {
        ...call.judged,
        // It has been asked by now.
        findings: call.judged.findings.map((finding) => ({ ...finding, isDisprovedBy: undefined })),
      },
    })),
    broken,
  };
  // Whether they are broken hangs on their text, whoever has parsed them.
  for (const path of places.parsed.keys()) indexOf("text", path);
  return {
    ...stored,
    keys: byKind((kind) => [...places[kind].keys()]),
    hashes: byKind((kind) =>
      [...places[kind].keys()].map((key) => (isQuestionKind(kind) ? (hashOf(kind, key) ?? null) : null)),
    ),
  };
}

function byKind<Of>(make: (kind: AskedKind) => Of): Readonly<Record<AskedKind, Of>> {
  return Object.fromEntries(askedKinds.map((kind) => [kind, make(kind)])) as Record<AskedKind, Of>;
}
