import nodeFs from "node:fs";
import { extname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { byCodeUnit } from "../report/place.ts";
import { listWithGit } from "./list-with-git.ts";
import { codeOf, reasonOf } from "./read-file.ts";

/** The part of `node:fs` that discovery takes. */
export type DiscoveryFileSystem = Pick<
  typeof nodeFs,
  "statSync" | "lstatSync" | "readdirSync" | "readFileSync" | "existsSync"
>;

/** Files below a folder, as paths relative to it with forward slashes, and folders that could not be read. */
export interface FolderListing {
  readonly files: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
}

export interface DiscoveryOptions {
  readonly cwd: string;
  /** Lower case, with the dot. */
  readonly extensions: ReadonlySet<string> | ReadonlyMap<string, unknown>;
  readonly fs?: DiscoveryFileSystem;
  /** Lists a folder with git; undefined where git can't. */
  readonly listWithGit?: typeof listWithGit;
}

/** A path and what is to be said about it, as a sentence. */
export interface PathMessage {
  readonly path: string;
  readonly message: string;
}

export interface Discovery {
  /** Paths relative to the current folder with forward slashes, in code unit order, each once. */
  readonly files: readonly string[];
  /** Those of `files` that were named themselves. */
  readonly named: ReadonlySet<string>;
  /** Absolute paths of the folders that were searched. */
  readonly searched: readonly string[];
  /** Paths that were named and can't be had. */
  readonly failures: readonly PathMessage[];
  /** Folders below named ones that could not be read. */
  readonly unreadable: readonly PathMessage[];
  /** Named paths below which, or in which, there is nothing to lint. */
  readonly empty: readonly PathMessage[];
}

/** Folders that hold other people's code or none at all, whether or not `.gitignore` names them. */
const skippedFolders: ReadonlySet<string> = new Set([
  ".git",
  "node_modules",
  ".yarn",
  "__pycache__",
  ".venv",
]);

/** Files that package managers write: large, and never a prompt. */
const skippedFiles: ReadonlySet<string> = new Set([
  "package-lock.json",
  "npm-shrinkwrap.json",
  "pnpm-lock.yaml",
]);

/**
 * The files to lint for some paths. A file that is named is taken whatever `.gitignore` says. Folders are searched for
 * files of the given extensions that are not ignored; symbolic links found in them are not followed, for what they
 * lead to is either found by itself or lies elsewhere.
 */
export async function discoverFiles(paths: readonly string[], options: DiscoveryOptions): Promise<Discovery> {
  const { cwd, extensions, fs = nodeFs } = options;
  const list = async (folder: string): Promise<FolderListing> => {
    const listing = (options.listWithGit ?? listWithGit)(folder);
    // Brings in the package that reads ignore files, which git spares us.
    return listing ?? (await import("./walk-folder.ts")).walkFolder(folder, skippedFolders, fs);
  };
  const files = new Set<string>();
  const named = new Set<string>();
  const failures: PathMessage[] = [];
  const unreadable: PathMessage[] = [];
  const empty: PathMessage[] = [];
  const searched: string[] = [];

  const addFile = (path: string): void => {
    if (extensions.has(extension(path))) {
      files.add(path);
      named.add(path);
    } else {
      const kind = extension(path) === "" ? "files without an extension" : `${extension(path)} files`;
      empty.push({ path, message: `Skipped, because promptlint reads no ${kind}.` });
    }
  };
  const addFolder = async (folder: string, path: string): Promise<void> => {
    const listing = await list(folder);
    const prefix = path === "." ? "" : path.endsWith("/") ? path : `${path}/`;
    let found = false;
    for (const file of listing.files) {
      if (!extensions.has(extension(file)) || isSkipped(file)) continue;
      // Git also lists what was deleted since, and symbolic links.
      if (!isPlainFile(join(folder, file), fs)) continue;
      found = true;
      // The way out of the current folder and back in is no way at all.
      files.add(prefix.startsWith("../") ? shownPath(join(folder, file), cwd) : prefix + file);
    }
    for (const inner of listing.unreadable) {
      unreadable.push({ path: shownPath(resolve(folder, inner.path), cwd), message: inner.message });
    }
    if (!found) empty.push({ path, message: "There is nothing to lint in it that is not ignored." });
  };

  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const shown = shownPath(absolute, cwd);
    try {
      const status = fs.statSync(absolute);
      if (status.isDirectory()) {
        // Reading it here tells a folder that can't be read from one that is empty.
        fs.readdirSync(absolute);
        searched.push(absolute);
        await addFolder(absolute, shown);
      } else if (status.isFile()) {
        addFile(shown);
      } else {
        failures.push({ path: shown, message: "It is neither a file nor a folder." });
      }
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      failures.push({ path: shown, message: reasonOf(error) });
    }
  }
  return { files: [...files].sort(byCodeUnit), named, searched, failures, unreadable, empty };
}

function extension(path: string): string {
  return extname(path).toLowerCase();
}

function isSkipped(file: string): boolean {
  const names = file.split("/");
  return skippedFiles.has(names.pop()!) || names.some((folder) => skippedFolders.has(folder));
}

function isPlainFile(path: string, fs: DiscoveryFileSystem): boolean {
  try {
    return fs.lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch (error) {
    // A folder on the way that can't be entered is reported when it is listed.
    if (codeOf(error) !== undefined) return false;
    throw error;
  }
}

/** A path as it is shown: relative to the current folder, with forward slashes. */
export function shownPath(absolute: string, cwd: string): string {
  const path = relative(cwd, absolute);
  // On another drive there is no relative path.
  const shown = sep === "/" ? path : path.replaceAll(sep, "/");
  return isAbsolute(path) ? shown : shown === "" ? "." : shown;
}
