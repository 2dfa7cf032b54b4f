import nodeFs, { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileKinds } from "../cli/file-kinds.ts";
import { walkFolder } from "../cli/walk-folder.ts";
import { mayHoldRequest } from "../engine/markers.ts";
import { isTestFile } from "../engine/test-files.ts";
import { versionOf } from "./disk-files.ts";
import { importsIn, lastWord, mayMean, namesIn, stemOf, wordsFor } from "./references.ts";

/** Most folders that are searched, and most files that are kept in view. */
const maximumFolders = 5_000;
const maximumFiles = 20_000;

/** Largest file that is searched, in bytes. */
const maximumBytes = 1_000_000;

/** Files between one that is linted and one that may send a request. */
const maximumHops = 6;

/** Steps above a file with requests at which others are followed: what they hand over decides what is sent. */
const callersAbove = 2;

/** Most files without requests that are followed for that. */
const maximumCallers = 60;

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
  /** Imports by the word they end with. */
  readonly #importers = new Map<string, { readonly user: string; readonly specifier: string }[]>();
  /** Files that name a file, by its stem. */
  readonly #naming = new Map<string, string[]>();
  readonly #users = new Map<string, readonly string[]>();
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
    const known = files.filter((path) => fileKinds.has(extname(path).toLowerCase()));
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
   * Files that lead to a file and may send something of it, nearest first. Tests are none of them, unless for a test:
   * what they send to the code under test says nothing of its use.
   * @param limit most files that are returned
   */
  usersOf(path: string, limit: number): readonly string[] {
    const { leading } = this;
    const found: string[] = [];
    const seen = new Set([path]);
    let level: readonly string[] = [path];
    for (let hops = 0; hops < maximumHops && level.length > 0 && found.length < limit; hops++) {
      const next: string[] = [];
      for (const target of level) {
        for (const user of this.#directUsersOf(target)) {
          if (seen.has(user) || (isTestFile(user) && !isTestFile(path))) continue;
          seen.add(user);
          if (leading.has(user)) found.push(user);
          next.push(user);
        }
      }
      level = next;
    }
    return found.slice(0, limit);
  }

  #directUsersOf(path: string): readonly string[] {
    let users = this.#users.get(path);
    if (!users) this.#users.set(path, (users = this.#findDirectUsersOf(path)));
    return users;
  }

  #findDirectUsersOf(path: string): readonly string[] {
    const users = new Set<string>();
    const kind = fileKinds.get(extname(path).toLowerCase());
    if (kind === "code") {
      for (const word of wordsFor(path)) {
        for (const { user, specifier } of this.#importers.get(word) ?? []) {
          if (mayMean(specifier, user, path)) users.add(user);
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
    this.#users.clear();
    this.#importers.clear();
    this.#naming.clear();
    for (const [path, { imports, names }] of this.#entries) {
      for (const specifier of imports) add(this.#importers, lastWord(specifier), { user: path, specifier });
      for (const name of names) add(this.#naming, name, path);
    }
  }

  #findLeading(): ReadonlySet<string> {
    const marked = [...this.#entries].filter(([, { isMarked }]) => isMarked).map(([path]) => path);
    const leading = new Set(marked);
    let level: readonly string[] = marked;
    for (let hops = 0; hops < callersAbove && leading.size < marked.length + maximumCallers; hops++) {
      const callers = level.flatMap((path) => (isTestFile(path) ? [] : this.#directUsersOf(path)));
      level = [...new Set(callers)].filter((path) => !leading.has(path) && !isTestFile(path));
      for (const path of level.slice(0, marked.length + maximumCallers - leading.size)) leading.add(path);
    }
    return leading;
  }
}

function read(path: string, absolute: string, version: string): Entry {
  const kind = fileKinds.get(extname(path).toLowerCase())!;
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

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
