import type { Dirent } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import type { DiscoveryFileSystem, FolderListing } from "./discover-files.ts";
import { reasonOf } from "./read-file.ts";

/** The patterns of one ignore file, and how paths relative to the walked folder become relative to its own. */
interface IgnoreFile {
  /** For a file inside the walked folder: how much of the path leads to it. */
  readonly drop: number;
  /** For a file above the walked folder: the way from there, with a slash at its end. */
  readonly prefix: string;
  readonly patterns: Ignore;
}

/**
 * The files of a folder, where git can't list them: every folder is read, but for skipped and ignored ones. Ignore
 * files count at every level, and above the folder as far as its repository reaches. Symbolic links are left out.
 */
export function walkFolder(
  root: string,
  skipped: ReadonlySet<string>,
  fs: DiscoveryFileSystem,
): FolderListing {
  const files: string[] = [];
  const unreadable: { path: string; message: string }[] = [];
  const walk = (folder: string, inherited: readonly IgnoreFile[]): void => {
    let entries: Dirent[];
    try {
      entries = fs.readdirSync(join(root, folder), { withFileTypes: true });
    } catch (error) {
      unreadable.push({ path: folder, message: reasonOf(error) });
      return;
    }
    const names = new Set(entries.map((entry) => entry.name));
    // A repository inside another one has ignore files of its own.
    const outer = folder !== "" && names.has(".git") ? [] : inherited;
    const own = names.has(".gitignore")
      ? readIgnoreFile(join(root, folder), folder.length, "", fs)
      : undefined;
    const ignoreFiles = own ? [own, ...outer] : outer;
    for (const entry of entries) {
      const path = folder + entry.name;
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name) && !isIgnored(`${path}/`, ignoreFiles)) walk(`${path}/`, ignoreFiles);
      } else if (entry.isFile() && !isIgnored(path, ignoreFiles)) {
        files.push(path);
      }
    }
  };
  walk("", ignoreFilesAbove(root, fs));
  return { files, unreadable };
}

/** Nearest first: the one that says something about a path decides. */
function isIgnored(path: string, ignoreFiles: readonly IgnoreFile[]): boolean {
  for (const { drop, prefix, patterns } of ignoreFiles) {
    const { ignored, unignored } = patterns.test(prefix + path.slice(drop));
    if (ignored || unignored) return ignored;
  }
  return false;
}

function ignoreFilesAbove(root: string, fs: DiscoveryFileSystem): IgnoreFile[] {
  const found: IgnoreFile[] = [];
  for (let folder = root; !fs.existsSync(join(folder, ".git"));) {
    const parent = dirname(folder);
    // Outside of any repository, files further up say nothing about this folder.
    if (parent === folder) return [];
    folder = parent;
    const prefix = `${relative(folder, root).replaceAll(sep, "/")}/`;
    const file = readIgnoreFile(folder, 0, prefix, fs);
    if (file) found.push(file);
  }
  return found;
}

function readIgnoreFile(
  folder: string,
  drop: number,
  prefix: string,
  fs: DiscoveryFileSystem,
): IgnoreFile | undefined {
  try {
    const text = fs.readFileSync(join(folder, ".gitignore"), "utf8");
    return { drop, prefix, patterns: ignore({ ignorecase: false }).add(text) };
  } catch {
    // Without a readable ignore file nothing is ignored, which shows too much rather than too little.
    return undefined;
  }
}
