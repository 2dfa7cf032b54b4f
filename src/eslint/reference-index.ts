import nodeFs, { readFileSync } from "node:fs";
import { join } from "node:path";
import { posix } from "node:path";
import { fileKinds } from "../cli/file-kinds.ts";
import { walkFolder } from "../cli/walk-folder.ts";
import { mayHoldRequest } from "../engine/markers.ts";
import { versionOf } from "./disk-files.ts";
import { importsIn, lastWord, mayMean, namesIn, stemOf, wordsFor } from "./references.ts";

/** Most folders that are searched, and most files that are kept in view. */
const maximumFolders = 5_000;
const maximumFiles = 20_000;

/** Largest file that is searched, in bytes. */
const maximumBytes = 1_000_000;

/** Files between one that is linted and one that may send a request. */
const maximumHops = 6;

/** Files without requests that are followed above one with requests: what they hand over decides what is sent. */
const callersAbove = 2;

const skipped: ReadonlySet<string> = new Set([".git", "node_modules", "__pycache__", ".venv"]);

interface Entry {
  readonly version: string;
  readonly isMarked: boolean;
  readonly imports: readonly string[];
  /** Names of files in its literals, where it may hold a request. */
  readonly names: ReadonlySet<string>;
}

/** Which files of a folder lead to which: by their imports, and by the names of templates and prompts. */
export class ReferenceIndex {
  readonly #cwd: string;
  readonly #entries = new Map<string, Entry>();
  readonly #importers = new Map<string, Set<string>>();
  readonly #naming = new Map<string, Set<string>>();
  #leading: ReadonlySet<string> | undefined;

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** Looks at the files again; true where any of them has changed, come or gone. */
  refresh(): boolean {
    let folders = 0;
    const readdirSync = ((...args: Parameters<typeof nodeFs.readdirSync>) =>
      ++folders > maximumFolders ? [] : nodeFs.readdirSync(...args)) as typeof nodeFs.readdirSync;
    const { files } = walkFolder(this.#cwd, skipped, { ...nodeFs, readdirSync });
    const known = files.filter((path) => fileKinds.has(posix.extname(path).toLowerCase()));
    let isChanged = false;
    const present = new Set(known.slice(0, maximumFiles));
    for (const path of this.#entries.keys()) {
      if (present.has(path)) continue;
      this.#entries.delete(path);
      isChanged = true;
    }
    for (const path of present) {
      const absolute = join(this.#cwd, path);
      const version = versionOf(absolute);
      if (this.#entries.get(path)?.version === version) continue;
      this.#entries.set(path, read(path, absolute, version));
      isChanged = true;
    }
    if (isChanged) this.#connect();
    return isChanged;
  }

  /** Files that may send a request, and those that call them: what these import is worth following. */
  get leading(): ReadonlySet<string> {
    this.#leading ??= this.#findLeading();
    return this.#leading;
  }

  /**
   * Files that may send something of a file, nearest first: those that lead to it and may hold a request, and those
   * that call them.
   * @param limit most files that are returned
   */
  usersOf(path: string, isMarked: boolean, limit: number): readonly string[] {
    const found: string[] = [];
    const seen = new Set([path]);
    let level: { readonly path: string; readonly sinceMarked: number | undefined }[] = [
      { path, sinceMarked: isMarked ? 0 : undefined },
    ];
    for (let hops = 0; hops < maximumHops && level.length > 0 && found.length < limit; hops++) {
      const next: typeof level = [];
      for (const { path: target, sinceMarked } of level) {
        for (const user of this.#directUsersOf(target)) {
          if (seen.has(user)) continue;
          const since = this.#entries.get(user)!.isMarked
            ? 0
            : sinceMarked === undefined
              ? undefined
              : sinceMarked + 1;
          if (since !== undefined && since > callersAbove) continue;
          seen.add(user);
          if (since !== undefined) found.push(user);
          next.push({ path: user, sinceMarked: since });
        }
      }
      level = next;
    }
    return found.slice(0, limit);
  }

  #directUsersOf(path: string): readonly string[] {
    const users = new Set<string>();
    const kind = fileKinds.get(posix.extname(path).toLowerCase());
    if (kind === "code") {
      for (const word of wordsFor(path)) {
        for (const user of this.#importers.get(word) ?? []) {
          const { imports } = this.#entries.get(user)!;
          if (imports.some((specifier) => mayMean(specifier, user, path))) users.add(user);
        }
      }
    } else {
      for (const user of this.#naming.get(stemOf(path)) ?? []) users.add(user);
    }
    users.delete(path);
    return [...users];
  }

  #connect(): void {
    this.#leading = undefined;
    this.#importers.clear();
    this.#naming.clear();
    for (const [path, { imports, names }] of this.#entries) {
      for (const specifier of imports) add(this.#importers, lastWord(specifier), path);
      for (const name of names) add(this.#naming, name, path);
    }
  }

  #findLeading(): ReadonlySet<string> {
    const leading = new Set([...this.#entries].filter(([, { isMarked }]) => isMarked).map(([path]) => path));
    let level: readonly string[] = [...leading];
    for (let hops = 0; hops < callersAbove; hops++) {
      level = level.flatMap((path) => this.#directUsersOf(path)).filter((path) => !leading.has(path));
      for (const path of level) leading.add(path);
    }
    return leading;
  }
}

function read(path: string, absolute: string, version: string): Entry {
  const kind = fileKinds.get(posix.extname(path).toLowerCase())!;
  const text = readSmall(absolute);
  const isMarked = mayHoldRequest(text, kind);
  return {
    version,
    isMarked,
    imports: kind === "code" || (kind === "notebook" && isMarked) ? importsIn(text) : [],
    names: isMarked ? namesIn(text) : new Set(),
  };
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

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values) values.add(value);
  else map.set(key, new Set([value]));
}
