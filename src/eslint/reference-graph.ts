import { extname } from "node:path";
import { fileKinds } from "../cli/file-kinds.ts";
import { anyName } from "../engine/leading-names.ts";
import { isTestFile } from "../engine/test-files.ts";
import { definingFile, type Sources } from "../engine/written-bases.ts";
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
  /** Types that its classes inherit or implement, where it may hold a request. */
  readonly bases: readonly string[];
}

type Edges = ReadonlyMap<string, readonly string[]>;

/** What a graph says, as data. */
export interface KnownReferences {
  readonly leading: readonly string[];
  readonly users: readonly (readonly [string, readonly string[]])[];
  readonly usersOfTests: readonly (readonly [string, readonly string[]])[];
  readonly read: readonly string[];
}

/** Which files lead to which, as it stands at one time. */
export class ReferenceGraph {
  /** Files that may send a request, and those that call them: what these import is worth following. */
  readonly leading: ReadonlySet<string>;
  /** Files of which more counts than what they say of others: their texts were read. */
  readonly read: ReadonlySet<string>;
  readonly #users: Edges;
  readonly #usersOfTests: Edges;

  constructor({ leading, users, usersOfTests, read }: KnownReferences) {
    this.leading = new Set(leading);
    this.read = new Set(read);
    this.#users = new Map(users);
    this.#usersOfTests = new Map(usersOfTests);
  }

  /**
   * Finds out which of some files lead to which.
   * @param files by their paths
   * @param textOf the text of one of them; empty where it cannot be read
   */
  static of(files: ReadonlyMap<string, References>, textOf: (path: string) => string): ReferenceGraph {
    const code = byWords(files.keys());
    const imports = findTargets(files, code);
    const { targets, given, read } = withHeirs(imports, files, code, textOf);
    const tests = new Set([...files.keys()].filter(isTestFile));
    const marked = [...files].filter(([, { isMarked }]) => isMarked).map(([path]) => path);
    const leading = findLeading(marked, given, importersOf(imports, tests), tests);
    return new ReferenceGraph({
      leading: [...leading],
      users: [...findUsers(leading, targets, (path) => !tests.has(path))],
      usersOfTests: [...findUsers(leading, targets, () => true)].filter(([path]) => tests.has(path)),
      read: [...read],
    });
  }

  /** The same as data. */
  get known(): KnownReferences {
    return {
      leading: [...this.leading],
      users: [...this.#users],
      usersOfTests: [...this.#usersOfTests],
      read: [...this.read],
    };
  }

  /**
   * Files that lead to a file and may send something of it, the nearest eight. Tests are none of them, unless for a test:
   * what they send to the code under test says nothing of its use.
   */
  usersOf(path: string): readonly string[] {
    return this.#usersOfTests.get(path) ?? this.#users.get(path) ?? [];
  }
}

/** Hands each leading file on to what it imports, and to what that imports: a step takes every file once. */
function findUsers(
  leading: ReadonlySet<string>,
  targets: Edges,
  isFollowed: (path: string) => boolean,
): Edges {
  const users = new Map<string, string[]>();
  let gained = new Map([...leading].filter(isFollowed).map((path) => [path, [path]]));
  for (let hops = 0; hops < maximumHops && gained.size > 0; hops++) {
    const next = new Map<string, string[]>();
    for (const [path, leaders] of gained) {
      for (const target of targets.get(path) ?? []) {
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

/**
 * Files that may send a request, and those above them.
 * @param given files that are given objects of marked ones, and may import none of these
 */
function findLeading(
  marked: readonly string[],
  given: readonly string[],
  importers: Edges,
  tests: ReadonlySet<string>,
): ReadonlySet<string> {
  const leading = new Set(marked);
  let level = marked;
  for (let hops = 0; hops < callersAbove && leading.size < marked.length + maximumCallers; hops++) {
    const callers = level.flatMap((path) => (tests.has(path) ? [] : (importers.get(path) ?? [])));
    const others = hops === 0 ? given.filter((path) => !tests.has(path)) : [];
    level = [...new Set([...callers, ...others])].filter((path) => !leading.has(path));
    for (const path of level.slice(0, marked.length + maximumCallers - leading.size)) leading.add(path);
  }
  return leading;
}

/** The files that import each file, without some. */
function importersOf(edges: Edges, left: ReadonlySet<string>): Edges {
  const importers = new Map<string, string[]>();
  for (const [path, targets] of edges) {
    if (!left.has(path)) for (const target of targets) addAll(importers, target, [path]);
  }
  return importers;
}

/** Files of code by the words that imports of them end with. */
function byWords(paths: Iterable<string>): Edges {
  const code = new Map<string, string[]>();
  for (const path of paths) {
    if (fileKinds.get(extname(path).toLowerCase()) !== "code") continue;
    for (const word of wordsFor(path)) addAll(code, word, [path]);
  }
  return code;
}

/**
 * The edges with those from a type to the files whose classes inherit or implement it, and the files that name such a
 * type: what they call on an object of it runs in these.
 */
function withHeirs(
  targets: Edges,
  files: ReadonlyMap<string, References>,
  code: Edges,
  textOf: (path: string) => string,
): { readonly targets: Edges; readonly given: readonly string[]; readonly read: Iterable<string> } {
  const texts = new Map<string, string>();
  const sources: Sources = {
    textOf(path) {
      const text = texts.get(path) ?? textOf(path);
      texts.set(path, text);
      return text;
    },
    resolve: (from, specifier) =>
      (code.get(lastWord(specifier)) ?? []).find(
        (target) => target !== from && mayMean(specifier, from, target),
      ),
  };
  const heirs = new Map<string, string[]>();
  const named = new Map<string, Set<string>>();
  for (const [path, { bases }] of files) {
    for (const base of bases) {
      const home = definingFile(path, base, sources);
      if (home === path) continue;
      addAll(heirs, home, [path]);
      named.set(home, (named.get(home) ?? new Set()).add(base));
    }
  }
  const importers = importersOf(targets, new Set());
  const given = [...named].flatMap(([home, bases]) => {
    const direct = importers.get(home) ?? [];
    // A type may be handed on by the file that stands for its folder.
    const indirect = direct.filter((path) => stemOf(path) === "index" || path.endsWith("__init__.py"));
    const uses = anyName(bases);
    return [...direct, ...indirect.flatMap((path) => importers.get(path) ?? [])].filter((path) =>
      uses?.test(sources.textOf(path)),
    );
  });
  const joined = new Map(targets);
  for (const [home, added] of heirs) joined.set(home, [...new Set([...(joined.get(home) ?? []), ...added])]);
  return { targets: joined, given: [...new Set(given)], read: texts.keys() };
}

/** The files that each file imports or names. */
function findTargets(files: ReadonlyMap<string, References>, code: Edges): Edges {
  const others = new Map<string, string[]>();
  for (const path of files.keys()) {
    if (fileKinds.get(extname(path).toLowerCase()) !== "code") addAll(others, stemOf(path), [path]);
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
