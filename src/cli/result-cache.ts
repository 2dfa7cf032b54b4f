import type { EngineHost } from "../engine/engine-host.ts";
import type { EngineOptions, EngineResult } from "../engine/lint-files.ts";
import type { Memory } from "../engine/session.ts";
import type { StoredRun } from "../engine/stored-run.ts";
import { SourceFile } from "../source/source-file.ts";
import { hashOf, readKept, writeKept } from "./kept-files.ts";

/** What decides about a result beside the files and settings the engine asks for. */
export interface CacheKey {
  /** Version and build of promptlint: another one may find something else. */
  readonly identity: string;
  /** What the user named. */
  readonly paths: readonly string[];
  /** Only a whole result is taken: which files feed a request hangs on all that were run. */
  readonly isWhole: boolean;
  readonly linted: readonly string[];
  readonly callers: readonly string[];
  readonly minimumConfidence: string;
  readonly reportUnusedDirectives: boolean;
}

/** What the engine was told while it ran, by question. Answers are hashes. */
interface Trace {
  readonly texts: Readonly<Record<string, string>>;
  readonly exists: Readonly<Record<string, boolean>>;
  readonly modules: Readonly<Record<string, string | null>>;
  readonly settings: Readonly<Record<string, string>>;
}

interface Stored {
  readonly trace: Trace;
  readonly files: readonly string[];
  readonly result: Omit<EngineResult, "files" | "learnt">;
}

/**
 * Gives a result that was stored, if everything that the engine asked for while it was made would be answered alike
 * today: texts of files, files that were looked for and not there, targets of imports, settings. Otherwise runs the engine,
 * which takes of the last run what still holds, and stores what it finds.
 * @param folder absolute path of the folder that results are kept in
 */
export async function lintCached(
  folder: string,
  key: CacheKey,
  host: EngineHost,
  options: EngineOptions,
  lint: (
    host: EngineHost,
    options: EngineOptions,
    memory: Memory | undefined,
  ) => EngineResult | Promise<EngineResult>,
): Promise<EngineResult> {
  const place = { folder, kind: "result", key } as const;
  const stored = readKept<Stored>(place);
  if (stored && isAnsweredAlike(stored.trace, host, options)) {
    return { ...stored.result, files: filesOf(stored.files, host) };
  }
  const recorder = new Recorder(host, options);
  const { identity, paths, isWhole } = key;
  const placeOfRun = { folder, kind: "run", key: { identity, paths } } as const;
  const earlier = isWhole ? undefined : readKept<StoredRun>(placeOfRun);
  const memory = isWhole ? undefined : { earlier, hashOf };
  const result = await lint(recorder.host, recorder.options, memory);
  // What broke may well work the next time.
  if (result.failures.length === 0) {
    const { files, learnt, ...rest } = result;
    const kept: Stored = { trace: recorder.trace, files: [...files.keys()], result: rest };
    writeKept(place, kept);
    if (learnt) writeKept(placeOfRun, learnt);
  }
  return result;
}

/** Answers the engine's questions and writes them down. */
class Recorder {
  readonly #texts = new Map<string, string>();
  readonly #exists = new Map<string, boolean>();
  readonly #modules = new Map<string, string | null>();
  readonly #settings = new Map<string, string>();
  /** All members are named, so that a new one can't be forgotten. */
  readonly host: Required<Omit<EngineHost, "readProgram">>;
  readonly options: EngineOptions;

  constructor(host: EngineHost, options: EngineOptions) {
    this.host = {
      readText: (path) => remember(this.#texts, path, host.readText(path), hashOf),
      exists: (path) => remember(this.#exists, path, host.exists(path), (found) => found),
      resolveModule: (from, specifier) =>
        remember(
          this.#modules,
          JSON.stringify([from, specifier]),
          host.resolveModule?.(from, specifier),
          (target) => target ?? null,
        ),
    };
    this.options = {
      ...options,
      settingsOf: (path) => remember(this.#settings, path, options.settingsOf(path), hashOf),
    };
  }

  get trace(): Trace {
    return {
      texts: Object.fromEntries(this.#texts),
      exists: Object.fromEntries(this.#exists),
      modules: Object.fromEntries(this.#modules),
      settings: Object.fromEntries(this.#settings),
    };
  }
}

function remember<Answer, Kept>(
  answers: Map<string, Kept>,
  question: string,
  answer: Answer,
  toKept: (answer: Answer) => Kept,
): Answer {
  if (!answers.has(question)) answers.set(question, toKept(answer));
  return answer;
}

function isAnsweredAlike(
  { texts, exists, modules, settings }: Trace,
  host: EngineHost,
  options: EngineOptions,
): boolean {
  return (
    Object.entries(settings).every(([path, answer]) => hashOf(options.settingsOf(path)) === answer) &&
    Object.entries(exists).every(([path, answer]) => host.exists(path) === answer) &&
    Object.entries(texts).every(([path, answer]) => hashOf(host.readText(path)) === answer) &&
    Object.entries(modules).every(([question, answer]) => {
      const [from, specifier] = JSON.parse(question) as [string, string];
      return (host.resolveModule?.(from, specifier) ?? null) === answer;
    })
  );
}

function filesOf(paths: readonly string[], host: EngineHost): ReadonlyMap<string, SourceFile> {
  return new Map(
    paths.flatMap((path): [string, SourceFile][] => {
      const read = host.readText(path);
      return read && "text" in read ? [[path, new SourceFile(path, read.text)]] : [];
    }),
  );
}
