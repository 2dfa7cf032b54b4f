import { extname } from "node:path";
import { fileKinds } from "../cli/file-kinds.ts";
import { isTestFile } from "../engine/test-files.ts";
import { lastWord, mayMean, stemOf, wordsFor } from "./references.ts";

/** Files between one that is linted and one that may send a request. */
const maximumHops = 6;

/** Most files that are kept as users of another. */
const maximumUsers = 8;

/** Steps above a file with requests at which others are followed: what they hand over decides what is sent. */
const callersAbove = 2;

/** Most files without requests that are followed for that. */
const maximumCallers = 60;

/** What a file says of others. */
export interface References {
  readonly isMarked: boolean;
  readonly imports: readonly string[];
  /** Names of files in its literals, where it may hold a request. */
  readonly names: ReadonlySet<string>;
}

type Edges = ReadonlyMap<string, readonly string[]>;

/** Which files lead to which, as it stands at one time. */
export class ReferenceGraph {
  /** Files that may send a request, and those that call them: what these import is worth following. */
  readonly leading: ReadonlySet<string>;
  readonly #targets: Edges;
  readonly #tests: ReadonlySet<string>;
  #users: Edges | undefined;
  #usersOfTests: Edges | undefined;

  /** @param files by their paths */
  constructor(files: ReadonlyMap<string, References>) {
    this.#targets = findTargets(files);
    this.#tests = new Set([...files.keys()].filter(isTestFile));
    const marked = [...files].filter(([, { isMarked }]) => isMarked).map(([path]) => path);
    this.leading = this.#findLeading(marked);
  }

  /**
   * Files that lead to a file and may send something of it, the nearest eight. Tests are none of them, unless for a test:
   * what they send to the code under test says nothing of its use.
   */
  usersOf(path: string): readonly string[] {
    const users = this.#tests.has(path)
      ? (this.#usersOfTests ??= this.#findUsers(() => true))
      : (this.#users ??= this.#findUsers((each) => !this.#tests.has(each)));
    return users.get(path) ?? [];
  }

  /** Hands each leading file on to what it imports, and to what that imports: a step takes every file once. */
  #findUsers(isFollowed: (path: string) => boolean): Edges {
    const users = new Map<string, string[]>();
    let gained = new Map([...this.leading].filter(isFollowed).map((path) => [path, [path]]));
    for (let hops = 0; hops < maximumHops && gained.size > 0; hops++) {
      const next = new Map<string, string[]>();
      for (const [path, leaders] of gained) {
        for (const target of this.#targets.get(path) ?? []) {
          if (!isFollowed(target)) continue;
          const known = users.get(target) ?? [];
          const fresh = leaders.filter((leader) => leader !== target && !known.includes(leader));
          if (fresh.length === 0 || known.length >= maximumUsers) continue;
          const added = fresh.slice(0, maximumUsers - known.length);
          users.set(target, [...known, ...added]);
          addAll(next, target, added);
        }
      }
      gained = next;
    }
    return users;
  }

  #findLeading(marked: readonly string[]): ReadonlySet<string> {
    const importers = new Map<string, string[]>();
    for (const [path, targets] of this.#targets) {
      if (!this.#tests.has(path)) for (const target of targets) addAll(importers, target, [path]);
    }
    const leading = new Set(marked);
    let level = marked;
    for (let hops = 0; hops < callersAbove && leading.size < marked.length + maximumCallers; hops++) {
      const callers = level.flatMap((path) => (this.#tests.has(path) ? [] : (importers.get(path) ?? [])));
      level = [...new Set(callers)].filter((path) => !leading.has(path));
      for (const path of level.slice(0, marked.length + maximumCallers - leading.size)) leading.add(path);
    }
    return leading;
  }
}

/** The files that each file imports or names. */
function findTargets(files: ReadonlyMap<string, References>): Edges {
  const code = new Map<string, string[]>();
  const others = new Map<string, string[]>();
  for (const path of files.keys()) {
    if (fileKinds.get(extname(path).toLowerCase()) !== "code") addAll(others, stemOf(path), [path]);
    else for (const word of wordsFor(path)) addAll(code, word, [path]);
  }
  const targets = new Map<string, readonly string[]>();
  for (const [path, { imports, names }] of files) {
    const found = new Set<string>();
    for (const specifier of imports) {
      for (const target of code.get(lastWord(specifier)) ?? [])
        if (!found.has(target) && mayMean(specifier, path, target)) found.add(target);
    }
    for (const name of names) for (const target of others.get(name) ?? []) found.add(target);
    found.delete(path);
    if (found.size > 0) targets.set(path, [...found]);
  }
  return targets;
}

function addAll<Value>(map: Map<string, Value[]>, key: string, added: readonly Value[]): void {
  const values = map.get(key);
  if (values) values.push(...added);
  else map.set(key, [...added]);
}
