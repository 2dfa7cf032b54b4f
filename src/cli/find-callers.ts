import { readFileSync } from "node:fs";
import { posix, resolve } from "node:path";
import type { FileKind } from "../engine/markers.ts";
import { isTestFile } from "../engine/test-files.ts";

/** Most files that are searched for imports; those next to the linted ones come first. */
const maximumSearched = 5_000;

/** Most files that are followed because they import a linted one. */
const maximumCallers = 60;

/** Largest file that is searched, in bytes. */
const maximumBytes = 1_000_000;

/** Import statements of Python and JavaScript, and `require`; the module's name is captured. */
const imports =
  /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+([^\n#]+)|import[ \t]+([\w., \t]+)$)|\b(?:from|import|require\()[ \t]*\(?["']([^"'\n]+)["']/gm;

/**
 * Files that import a file with requests and hold none themselves: what they hand over decides what is sent. Their
 * importers are found as well, so that a value is followed over two files.
 * @param linted files with requests
 * @param candidates all files of the repository, both relative to `cwd`
 */
export function findCallers(
  linted: readonly string[],
  candidates: readonly string[],
  cwd: string,
  fileKinds: ReadonlyMap<string, FileKind>,
): readonly string[] {
  const isCode = (path: string) => fileKinds.get(posix.extname(path).toLowerCase()) === "code";
  const known = new Set(linted);
  const wanted = linted.filter(isCode);
  if (wanted.length === 0) return [];
  const others = candidates.filter((path) => isCode(path) && !known.has(path) && !isTestFile(path));
  const searched = nearestFirst(others, wanted).slice(0, maximumSearched);
  const imported = new Map(searched.map((path) => [path, importedNames(resolve(cwd, path))]));
  const callers: string[] = [];
  let names = new Set(wanted.map(moduleName));
  for (let hops = 0; hops < 2 && callers.length < maximumCallers; hops++) {
    const found = searched.filter(
      (path) => !known.has(path) && [...imported.get(path)!].some((name) => names.has(name)),
    );
    for (const path of found) known.add(path);
    callers.push(...found);
    names = new Set(found.map(moduleName));
  }
  return callers.slice(0, maximumCallers);
}

/** The name an import ends with: the file's own, or its folder's for an index file. */
function moduleName(path: string): string {
  const name = posix.basename(path).replace(/\.[^.]+$/, "");
  return name === "__init__" || name === "index" ? posix.basename(posix.dirname(path)) : name;
}

/** The last parts of all modules and names that a file imports. */
function importedNames(file: string): ReadonlySet<string> {
  const names = new Set<string>();
  const text = readSmall(file);
  for (const [, from, members, modules, specifier] of text.matchAll(imports)) {
    if (from !== undefined) names.add(from.split(".").at(-1)!);
    for (const member of members?.matchAll(/\w+/g) ?? []) names.add(member[0]);
    for (const module of modules?.split(",") ?? [])
      names.add(module.trim().split(/[\s]/)[0]!.split(".").at(-1)!);
    if (specifier !== undefined) names.add(moduleName(specifier.split("?")[0]!));
  }
  return names;
}

function readSmall(file: string): string {
  try {
    const bytes = readFileSync(file);
    return bytes.length > maximumBytes ? "" : bytes.toString("latin1");
  } catch {
    return "";
  }
}

/** Puts paths that share more of their folders with one of the targets first. */
function nearestFirst(paths: readonly string[], targets: readonly string[]): readonly string[] {
  if (paths.length <= maximumSearched) return paths;
  const folders = new Set(targets.flatMap(foldersOf));
  const depth = (path: string) => foldersOf(path).findLast((folder) => folders.has(folder))?.length ?? 0;
  const ranks = new Map(paths.map((path) => [path, depth(path)]));
  return paths.toSorted((a, b) => ranks.get(b)! - ranks.get(a)!);
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
