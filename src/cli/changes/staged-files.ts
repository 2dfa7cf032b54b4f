import { mkdtempSync, rmSync } from "node:fs";
import nodeFs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { liesIn } from "../config/find-configs.ts";
import type { DiscoveryFileSystem } from "../discover-files.ts";
import type { ReadingFileSystem } from "../read-file.ts";
import { git } from "./git.ts";

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
  const copied = [...changed, ...deleted];
  if (copied.length > 0) {
    git(root, ["checkout-index", "-z", "--stdin", `--prefix=${folder}/`], copied.join("\0"));
  }
  const copies = new Map(copied.map((path) => [join(root, path), join(folder, path)]));
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
