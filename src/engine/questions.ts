import type { EngineHost } from "./engine-host.ts";
import type { FileSettings } from "./settings.ts";

/**
 * What can be asked about the world outside of the engine, each by a path: the text of a file, the same of a manifest,
 * whether something is there, where an import leads (path and specifier as JSON), what settings state about values,
 * whether a file leads to requests, whether it is one that can be imported, whether its text may export a name, and which
 * classes are heirs of a type (both path and name as JSON).
 */
export const questionKinds = [
  "text",
  "manifest",
  "exists",
  "module",
  "scopes",
  "leads",
  "importable",
  "exports",
  "heirs",
] as const;

export type QuestionKind = (typeof questionKinds)[number];

/** What is only noted: files that were parsed, and imported ones that are too large for it. */
const noteKinds = ["parsed", "tooLarge"] as const;

export const askedKinds = [...questionKinds, ...noteKinds] as const;

export type AskedKind = (typeof askedKinds)[number];

export function isQuestionKind(kind: AskedKind): kind is QuestionKind {
  return kind !== "parsed" && kind !== "tooLarge";
}

/** All that something was found out from: it stays as it is while the answers stay as they are. */
export type Asked = Readonly<Record<AskedKind, ReadonlySet<string>>>;

type Recording = Record<AskedKind, Set<string>>;

/** Gives what an answer is compared by in another run. */
export type HashOf = (answer: unknown) => string;

/** A question, as its kind and key. */
export type Question = readonly [kind: QuestionKind, key: string];

/** What an answer is compared by. */
interface KnownAnswer {
  readonly hash: string;
  /** How many answers were new, this one included, when it was given. */
  readonly since: number;
  /** It may be another one by now, and has not been asked for again. */
  isOld: boolean;
}

/** Answers the questions of a run, and writes down for each part of it which ones it has asked. */
export class Questions {
  /** The host, each of whose answers is written down. */
  readonly host: EngineHost;
  readonly #inner: EngineHost;
  readonly #settingsOf: ((path: string) => FileSettings) | undefined;
  readonly #hashOf: HashOf | undefined;
  readonly #answers = byKind(() => new Map<string, KnownAnswer>());
  #time = 0;
  #current: Recording | undefined;

  /** @param hashOf what answers are compared by; unless given, nobody can ask for them */
  constructor(host: EngineHost, settingsOf?: (path: string) => FileSettings, hashOf?: HashOf) {
    this.#inner = host;
    this.#settingsOf = settingsOf;
    this.#hashOf = hashOf;
    const { readProgram, resolveModule } = host;
    this.host = {
      readText: (path) => this.ask("text", path, () => host.readText(path)),
      exists: (path) => this.ask("exists", path, () => host.exists(path)),
      ...(readProgram && { readProgram: (path) => readProgram.call(host, path) }),
      ...(resolveModule && {
        resolveModule: (from, specifier) =>
          this.ask("module", JSON.stringify([from, specifier]), () =>
            resolveModule.call(host, from, specifier),
          ),
      }),
    };
  }

  /** What the user states about the values of a file. */
  scopesOf(path: string): Pick<FileSettings, "variables" | "sources"> | undefined {
    return this.ask("scopes", path, () => {
      const settings = this.#settingsOf?.(path);
      return settings && { variables: settings.variables, sources: settings.sources };
    });
  }

  /** The text of a manifest: what it states counts, and not that a request is fed by it. */
  readManifest(path: string): ReturnType<EngineHost["readText"]> {
    return this.ask("manifest", path, () => this.#inner.readText(path));
  }

  /** Asks a question and writes down the answer. */
  ask<Answer>(kind: QuestionKind, key: string, answer: () => Answer): Answer {
    this.note(kind, key);
    const given = answer();
    if (this.#hashOf) this.#keep(kind, key, given, this.#hashOf);
    return given;
  }

  #keep(kind: QuestionKind, key: string, given: unknown, hashOf: HashOf): void {
    const known = this.#answers[kind].get(key);
    if (known && !known.isOld) return;
    const hash = hashOf(given);
    if (known?.hash === hash) known.isOld = false;
    else this.#answers[kind].set(key, { hash, since: ++this.#time, isOld: false });
  }

  /** Writes down that a question was asked whose answer was known. */
  note(kind: AskedKind, key: string): void {
    const current = this.#current;
    if (!current) return;
    // Most recordings have little of most kinds, and there are very many of them.
    if (current[kind] === none) current[kind] = new Set([key]);
    else current[kind].add(key);
  }

  /** Writes down all that something rests on that was found out before. */
  include(asked: Asked): void {
    if (!this.#current) return;
    for (const kind of askedKinds) for (const key of asked[kind]) this.note(kind, key);
  }

  /** Does something of which nothing is written down: what is asked of its result is. */
  unseen<Result>(work: () => Result): Result {
    const outer = this.#current;
    this.#current = undefined;
    try {
      return work();
    } finally {
      this.#current = outer;
    }
  }

  /** Does something, and gives with its result all that was asked on the way. */
  recording<Result>(work: () => Result): { readonly result: Result; readonly asked: Asked } {
    const outer = this.#current;
    const own: Recording = byKind(() => none);
    this.#current = own;
    try {
      return { result: work(), asked: own };
    } finally {
      this.#current = outer;
      this.include(own);
    }
  }

  /** What the answer to a question is compared by; undefined where it was not asked, or may be another one by now. */
  hashOf(kind: QuestionKind, key: string): string | undefined {
    const known = this.#answers[kind].get(key);
    return known?.isOld === false ? known.hash : undefined;
  }

  /** How many answers were new up to now: what was found out at a time rests on answers that are no newer. */
  get time(): number {
    return this.#time;
  }

  /** Whether all that something was found out from at some time is known to be as it was then. */
  areAsAt(time: number, asked: Asked): boolean {
    const isAsThen = (known: KnownAnswer | undefined): boolean =>
      known !== undefined && !known.isOld && known.since <= time;
    return questionKinds.every((kind) =>
      [...asked[kind]].every((key) => isAsThen(this.#answers[kind].get(key))),
    );
  }

  /** Those of some questions whose answers may be others by now. */
  oldOf(asked: Asked): readonly Question[] {
    return questionKinds.flatMap((kind) =>
      [...asked[kind]]
        .filter((key) => this.#answers[kind].get(key)?.isOld)
        .map((key): Question => [kind, key]),
    );
  }

  /** Takes note that the texts of some files have changed; gives the questions that may be answered otherwise by now. */
  doubtFiles(paths: readonly string[]): readonly Question[] {
    const changed = new Set(paths);
    const ofFile = (kind: "text" | "manifest" | "importable") =>
      this.#doubt(
        kind,
        [...changed].filter((path) => this.#answers[kind].has(path)),
      );
    const beginnings = paths.map((path) => JSON.stringify([path]).slice(0, -1));
    const exports = [...this.#answers.exports.keys()].filter((key) =>
      beginnings.some((beginning) => key.startsWith(beginning)),
    );
    return [
      ...ofFile("text"),
      ...ofFile("manifest"),
      ...ofFile("importable"),
      ...this.#doubt("exports", exports),
      ...this.#doubt("heirs"),
    ];
  }

  /** The same where it has changed which files lead to requests. */
  doubtLeading(): readonly Question[] {
    return [...this.#doubt("leads"), ...this.#doubt("heirs")];
  }

  /** The same where files may have come or gone, and settings changed. @param isKnown whether a file's text is as it was */
  doubtPaths(isKnown: (path: string) => boolean): readonly Question[] {
    return questionKinds.flatMap((kind) => {
      const keys = [...this.#answers[kind].keys()];
      return this.#doubt(kind, kind === "text" ? keys.filter((path) => !isKnown(path)) : keys);
    });
  }

  #doubt(kind: QuestionKind, keys: Iterable<string> = this.#answers[kind].keys()): readonly Question[] {
    return [...keys].map((key) => {
      this.#answers[kind].get(key)!.isOld = true;
      return [kind, key];
    });
  }
}

/** Stands for a set without elements, and never gets any. */
const none = new Set<string>();

function byKind<Of>(make: () => Of): Record<AskedKind, Of> {
  return Object.fromEntries(askedKinds.map((kind) => [kind, make()])) as Record<AskedKind, Of>;
}
