import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { EngineHost } from "../engine/engine-host.ts";
import type { EngineOptions, EngineResult, Memory } from "../engine/lint-files.ts";
import type { StoredRun } from "../engine/stored-run.ts";
import { SourceFile } from "../source/source-file.ts";
import { writeAtomically } from "./write-atomically.ts";

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

/** Most results that are kept in a folder. */
const maximumKept = 32;

/** What the engine was told while it ran, by question. Answers are hashes. */
interface Trace {
  readonly texts: Readonly<Record<string, string>>;
  readonly exists: Readonly<Record<string, boolean>>;
  readonly modules: Readonly<Record<string, string | null>>;
  readonly settings: Readonly<Record<string, string>>;
}

interface Stored {
  readonly key: CacheKey;
  readonly trace: Trace;
  readonly files: readonly string[];
  readonly result: Omit<EngineResult, "files" | "learnt">;
}

/** The last run over some paths, for one in which something has changed. */
interface StoredRunFile {
  readonly key: Pick<CacheKey, "identity" | "paths">;
  readonly run: StoredRun;
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
  const file = join(folder, hashOf(key).slice(0, 32));
  const stored = readStored<Stored>(file, key);
  if (stored && isAnsweredAlike(stored.trace, host, options)) {
    return { ...stored.result, files: filesOf(stored.files, host) };
  }
  const recorder = new Recorder(host, options);
  const { identity, paths, isWhole } = key;
  const runFile = join(folder, `${hashOf({ identity, paths }).slice(0, 32)}.run`);
  const earlier = isWhole ? undefined : readStored<StoredRunFile>(runFile, { identity, paths })?.run;
  const memory = isWhole ? undefined : { earlier, hashOf };
  const result = await lint(recorder.host, recorder.options, memory);
  // What broke may well work the next time.
  if (result.failures.length === 0) {
    const { files, learnt, ...rest } = result;
    const kept: Stored = { key, trace: recorder.trace, files: [...files.keys()], result: rest };
    store(folder, file, kept);
    if (learnt) store(folder, runFile, { key: { identity, paths }, run: learnt } satisfies StoredRunFile);
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

function hashOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(value, encode) ?? "")
    .digest("hex");
}

/** What was stored under a key. A file that is no longer what was written is none. */
function readStored<Kept extends { readonly key: unknown }>(
  file: string,
  key: Kept["key"],
): Kept | undefined {
  try {
    const content = readFileSync(file, "utf8");
    const end = content.indexOf("\n");
    const text = content.slice(end + 1);
    if (checkOf(text) !== content.slice(0, end)) return undefined;
    const stored = JSON.parse(text, decode) as Kept;
    return hashOf(stored.key) === hashOf(key) ? stored : undefined;
  } catch {
    return undefined;
  }
}

function checkOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A cache that can't be written costs time and nothing else. */
function store(folder: string, file: string, content: object): void {
  try {
    const text = JSON.stringify(content, encode);
    writeAtomically(file, `${checkOf(text)}\n${text}`);
    // Nobody has to name the folder in an ignore file of their own.
    const ignored = join(folder, ".gitignore");
    if (!existsSync(ignored)) writeAtomically(ignored, "*\n");
    const kept = readdirSync(folder)
      .filter((name) => /^[0-9a-f]{32}(?:\.run)?$/.test(name))
      .map((name) => ({ path: join(folder, name), age: statSync(join(folder, name)).mtimeMs }))
      .toSorted((a, b) => b.age - a.age);
    for (const { path } of kept.slice(maximumKept)) rmSync(path, { force: true });
  } catch {
    // The next run is a cold one.
  }
}

const tag = "$promptlint";

/** JSON has no maps, sets and infinity. */
function encode(_: string, value: unknown): unknown {
  if (value === Infinity) return { [tag]: "infinity" };
  if (value instanceof Map) return { [tag]: "map", entries: [...value] };
  if (value instanceof Set) return { [tag]: "set", items: [...value] };
  return value;
}

function decode(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(tag in value)) return value;
  const { [tag]: kind, ...rest } = value as Record<string, unknown>;
  switch (kind) {
    case "infinity":
      return Infinity;
    case "map":
      return new Map(rest["entries"] as [unknown, unknown][]);
    case "set":
      return new Set(rest["items"] as unknown[]);
    default:
      return value;
  }
}
