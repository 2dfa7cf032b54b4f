import { existsSync, lstatSync, statSync } from "node:fs";
import { dirname, join, relative, isAbsolute } from "node:path";

const dataNames = ["promptlint.yaml", "promptlint.yml", "promptlint.json"];
const codeNames = ["promptlint.config.ts", "promptlint.config.mjs", "promptlint.config.js"];

/** All names a config can have. */
export const configNames: readonly string[] = [...codeNames, ...dataNames];

/** Whether running it is the only way to read a config. */
export function isCode(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path);
}

/** The configs in a folder, by absolute path. Of folders that are not the user's own, links are left out. */
export function configsIn(folder: string, isOwn: boolean): readonly string[] {
  const status = isOwn ? statSync : lstatSync;
  return configNames
    .map((name) => join(folder, name))
    .filter((path) => status(path, { throwIfNoEntry: false })?.isFile() === true);
}

/** The folders from one up to another one around it, both included, the inner one first. */
export function foldersUpTo(inner: string, outer: string): readonly string[] {
  const folders = [inner];
  for (let folder = inner; folder !== outer && dirname(folder) !== folder; folders.push(folder)) {
    folder = dirname(folder);
  }
  return folders;
}

/** The repository a folder lies in; undefined where it lies in none. */
export function repositoryRoot(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, ".git"))) return current;
    if (dirname(current) === current) return undefined;
  }
}

/** Whether a path is a folder or lies in it. */
export function liesIn(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return (
    way === "" || (way !== ".." && !way.startsWith("../") && !way.startsWith("..\\") && !isAbsolute(way))
  );
}
