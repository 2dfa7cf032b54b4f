import type { Problem } from "../source/problem.ts";
import type { BoundName } from "../evaluate/bounds.ts";
import type { ConversationOutline, ConversationPlace } from "./group-calls.ts";
import type { JudgedCall } from "./judge-call.ts";
import { askedKinds, questionKinds, type Asked, type AskedKind, type Questions } from "./questions.ts";
import type { FileOutline } from "./run-file.ts";

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
}

interface StoredCall {
  readonly places: readonly ConversationPlace[];
  readonly isLinted: boolean;
  readonly asked: StoredAsked;
  readonly judged: JudgedCall;
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
}

/** What was said of a call, and what it rests on. */
export interface RememberedCall {
  readonly places: readonly ConversationPlace[];
  readonly isLinted: boolean;
  readonly asked: Asked;
  readonly judged: JudgedCall;
}

/** A stored run, read back. */
export interface EarlierRun {
  readonly files: ReadonlyMap<string, FileOutline>;
  /** By the places of their conversations, as `callKey` prints them. */
  readonly calls: ReadonlyMap<string, RememberedCall>;
  readonly broken: ReadonlySet<string>;
  /** What the answer to a question was compared by. */
  readonly hashes: Readonly<Record<AskedKind, ReadonlyMap<string, string | null>>>;
}

export function callKey(places: readonly ConversationPlace[], isLinted: boolean): string {
  return JSON.stringify([isLinted, places.map(({ from, index }) => [from, index])]);
}

/** Reads a stored run back. What it holds is as old as it is. */
export function openRun({ keys, hashes, files, calls, broken }: StoredRun): EarlierRun {
  const open = (asked: StoredAsked): Asked =>
    byKind((kind) => new Set(asked[kind].map((at) => keys[kind][at]!)));
  return {
    files: new Map(
      files.map((file) => [
        file.path,
        {
          ...file,
          reached: new Map(file.reached),
          seenEnough: new Map(file.seenEnough),
          askedForNames: open(file.askedForNames),
          asked: open(file.asked),
        },
      ]),
    ),
    calls: new Map(
      calls.map((call) => [callKey(call.places, call.isLinted), { ...call, asked: open(call.asked) }]),
    ),
    broken: new Set(broken),
    hashes: byKind((kind) => new Map(keys[kind].map((key, at) => [key, hashes[kind][at] ?? null]))),
  };
}

/** Makes data of what a run has found out. */
export function storeRun(
  files: readonly FileOutline[],
  calls: readonly RememberedCall[],
  broken: readonly string[],
  questions: Questions,
): StoredRun {
  const places = byKind(() => new Map<string, number>());
  const store = (asked: Asked): StoredAsked =>
    byKind((kind) =>
      [...asked[kind]].map((key) => {
        const known = places[kind].get(key) ?? places[kind].size;
        places[kind].set(key, known);
        return known;
      }),
    );
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
  for (const path of places.parsed.keys())
    if (!places.text.has(path)) places.text.set(path, places.text.size);
  const isQuestion: ReadonlySet<string> = new Set(questionKinds);
  return {
    ...stored,
    keys: byKind((kind) => [...places[kind].keys()]),
    hashes: byKind((kind) =>
      [...places[kind].keys()].map((key) =>
        isQuestion.has(kind) ? (questions.hashOf(kind as (typeof questionKinds)[number], key) ?? null) : null,
      ),
    ),
  };
}

function byKind<Of>(make: (kind: AskedKind) => Of): Readonly<Record<AskedKind, Of>> {
  return Object.fromEntries(askedKinds.map((kind) => [kind, make(kind)])) as Record<AskedKind, Of>;
}
