import nodeFs, { readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { fileKinds } from "../cli/file-kinds.ts";
import { readKept, writeKept, type KeptPlace } from "../cli/kept-files.ts";
import { walkFolder } from "../cli/walk-folder.ts";
import { mayHoldRequest } from "../engine/markers.ts";
import { isTestFile } from "../engine/test-files.ts";
import { basesIn, languageOf } from "../engine/written-bases.ts";
import { versionOf } from "./disk-files.ts";
import { placeFor } from "./kept-session.ts";
import { ReferenceGraph, type KnownReferences, type References } from "./reference-graph.ts";
import { importsIn, namesIn } from "./references.ts";
import { storeLater, type Storing } from "./store-later.ts";

/** Most folders that are searched, and most files that are kept in view. */
const maximumFolders = 5_000;
const maximumFiles = 20_000;

/** Largest file that is searched, in bytes. */
const maximumBytes = 1_000_000;

const skipped: ReadonlySet<string> = new Set([".git", "node_modules", "__pycache__", ".venv"]);

/** A time, in milliseconds, in which a file may change twice without another version. */
const coarsest = 2_000;

interface Entry extends References {
  readonly version: string;
  /** Whether the version was old enough when it was read to be that of this text alone. */
  readonly isSure: boolean;
}

/** An entry as it is kept: names is a list. */
interface KeptEntry extends Omit<Entry, "names" | "isSure"> {
  readonly path: string;
  readonly names: readonly string[];
}

interface KeptIndex {
  readonly entries: readonly KeptEntry[];
  readonly graph: KnownReferences | undefined;
}

/** Which files of a folder lead to which: by their imports, and by the names of templates and prompts. */
export class ReferenceIndex implements Storing {
  readonly #cwd: string;
  #entries = new Map<string, Entry>();
  #place: KeptPlace | undefined;
  #graph: ReferenceGraph | undefined;

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** Takes from a folder what an earlier process knew of files that have not changed since, and keeps it there. */
  keepIn(folder: string): void {
    if (this.#place) return;
    this.#place = placeFor("index", folder, this.#cwd, "");
    const kept = this.#place && readKept<KeptIndex>(this.#place);
    if (!kept || this.#entries.size > 0) return;
    for (const { path, names, ...entry } of kept.entries)
      this.#entries.set(path, { ...entry, names: new Set(names), isSure: true });
    this.#graph = kept.graph && new ReferenceGraph(kept.graph);
  }

  store(): void {
    if (!this.#place) return;
    const entries = [...this.#entries]
      .filter(([, { isSure }]) => isSure)
      .map(([path, { names, version, isMarked, imports, bases }]): KeptEntry => {
        return { path, version, isMarked, imports, names: [...names], bases };
      });
    writeKept(this.#place, { entries, graph: this.#graph?.known } satisfies KeptIndex);
  }

  /** How the files refer to each other, as of the last look; the same object for as long as nothing of it has changed. */
  get graph(): ReferenceGraph {
    this.#graph ??= ReferenceGraph.of(this.#entries, (path) => readSmall(join(this.#cwd, path)));
    return this.#graph;
  }

  /** Looks at the files again. */
  refresh(): void {
    let folders = 0;
    const readdirSync = ((...args: Parameters<typeof nodeFs.readdirSync>) =>
      ++folders > maximumFolders ? [] : nodeFs.readdirSync(...args)) as typeof nodeFs.readdirSync;
    const { files } = walkFolder(this.#cwd, skipped, { ...nodeFs, readdirSync });
    const known = files.filter((path) => fileKinds.has(extname(path).toLowerCase()));
    const present = new Set(known.slice(0, maximumFiles));
    let isChanged = false;
    // In the order in which they are met, whatever was known before: of many users of a file the first ones count.
    const entries = new Map<string, Entry>();
    for (const path of present) {
      const absolute = join(this.#cwd, path);
      const version = versionOf(absolute);
      const before = this.#entries.get(path);
      const entry = before?.version === version ? before : read(path, absolute, version);
      entries.set(path, entry);
      if (entry === before) continue;
      isChanged = true;
      if (this.#graph?.read.has(path) || !isSameReference(before, entry)) this.#graph = undefined;
    }
    if ([...this.#entries.keys()].some((path) => !entries.has(path))) {
      isChanged = true;
      this.#graph = undefined;
    }
    this.#entries = entries;
    if (isChanged && this.#place) storeLater(this);
  }
}

/** Whether a file refers to others as it did before, which most edits leave alone. */
function isSameReference(a: Entry | undefined, b: Entry): boolean {
  if (!a) return false;
  const state = ({ isMarked, imports, names, bases }: Entry) =>
    JSON.stringify([isMarked, imports, [...names], bases]);
  return state(a) === state(b);
}

function read(path: string, absolute: string, version: string): Entry {
  const kind = fileKinds.get(extname(path).toLowerCase())!;
  const text = readSmall(absolute);
  const isMarked = mayHoldRequest(text, kind);
  const language = languageOf(path);
  return {
    version,
    isSure: isOlder(absolute),
    isMarked,
    imports: kind === "code" || (kind === "notebook" && isMarked) ? importsIn(text) : [],
    names: isMarked ? namesIn(text) : new Set(),
    bases: isMarked && language && !isTestFile(path) ? basesIn(text, language).map(({ base }) => base) : [],
  };
}

/** Whether a file was changed so long ago that no change since could have been missed. */
function isOlder(absolute: string): boolean {
  const changed = statSync(absolute, { throwIfNoEntry: false })?.ctimeMs ?? Infinity;
  return Date.now() - changed > coarsest;
}

/** Markers and names are ASCII, for which Latin-1 will do. */
function readSmall(absolute: string): string {
  try {
    const bytes = readFileSync(absolute);
    return bytes.length > maximumBytes ? "" : bytes.toString("latin1");
  } catch {
    return "";
  }
}
