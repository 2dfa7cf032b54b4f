import { mkdtempSync, rmSync } from "node:fs";
import nodeFs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { liesIn } from "../config/find-configs.ts";
import type { DiscoveryFileSystem } from "../discover-files.ts";
import type { ReadingFileSystem } from "../read-file.ts";
import { git, runGit } from "./git.ts";

/** The files of a repository as they are staged, whatever has happened to them since. */
export interface StagedFiles {
  /** Reads staged files in the place of those in the folder. */
  readonly fs: ReadingFileSystem & DiscoveryFileSystem;
  /** Whether a file or folder is there; undefined where the folder itself tells. */
  exists(path: string): boolean | undefined;
  /** Takes away the copies. */
  remove(): void;
}

/**
 * Copies those staged files that differ from what lies in the folder. Files that are not tracked are not there.
 * @throws UsageError where there is no repository
 */
export function openStagedFiles(cwd: string): StagedFiles {
  const root = git(cwd, ["rev-parse", "--show-toplevel"]).trimEnd();
  const list = (...args: readonly string[]): string[] =>
    git(root, args)
      .split("\0")
      .filter((path) => path !== "");
  const changed = list("diff", "-z", "--name-only", "--no-renames", "--no-ext-diff", "--diff-filter=d");
  // What was deleted in the folder only is still staged.
  const deleted = list("diff", "-z", "--name-only", "--no-renames", "--no-ext-diff", "--diff-filter=D");
  const untracked = new Set(
    list("ls-files", "-z", "--others", "--exclude-standard").map((path) => join(root, path)),
  );
  const folder = mkdtempSync(join(tmpdir(), "promptlint-staged-"));
  const copies = copyStaged(root, [...changed, ...deleted], folder);
  // A path that is certainly not there stands for what is not tracked.
  const placeOf = (path: unknown): string => {
    const wanted = String(path);
    return untracked.has(wanted) ? join(folder, ".git", "none") : (copies.get(wanted) ?? wanted);
  };
  return {
    fs: {
      ...nodeFs,
      openSync: (path, flags, mode) => nodeFs.openSync(placeOf(path), flags, mode),
      lstatSync: ((path, options) => nodeFs.lstatSync(placeOf(path), options)) as typeof nodeFs.lstatSync,
    },
    exists(path) {
      if (copies.has(path) || deleted.some((file) => liesIn(join(root, file), path))) return true;
      return untracked.has(path) ? false : undefined;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * Writes files as they are staged, byte for byte, into a folder. Filters that the repository names are not run.
 * @returns the copies by the absolute paths of the files
 */
function copyStaged(root: string, paths: readonly string[], folder: string): ReadonlyMap<string, string> {
  const copies = new Map<string, string>();
  const wanted = paths.filter((path) => !path.includes("\n"));
  if (wanted.length === 0) return copies;
  const answer = runGit(root, ["cat-file", "--batch"], wanted.map((path) => `:${path}\n`).join(""));
  let offset = 0;
  for (const [index, path] of wanted.entries()) {
    const end = answer.indexOf("\n", offset);
    const [, type, size] = answer.toString("latin1", offset, end).split(" ");
    offset = end + 1;
    if (type !== "blob") continue;
    const copy = join(folder, String(index));
    nodeFs.writeFileSync(copy, answer.subarray(offset, offset + Number(size)));
    copies.set(join(root, path), copy);
    offset += Number(size) + 1;
  }
  return copies;
}
