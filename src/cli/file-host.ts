import { existsSync, realpathSync } from "node:fs";
import { dirname, extname, join, basename, resolve } from "node:path";
import type { EngineHost } from "../engine/engine-host.ts";
import type { FileKind } from "../engine/markers.ts";
import { liesIn, repositoryRoot } from "./config/find-configs.ts";
import type { FileReader } from "./read-file.ts";
import { createModuleResolver } from "./resolve-module.ts";

/** What a host may be told beside its files. */
export interface FileHostOptions {
  /** Paths that the user named, relative to the current folder: what lies in their repositories may be read. */
  readonly paths?: readonly string[];
  /** Whether a file is there, by absolute path, where that is known better than by looking. */
  exists?(path: string): boolean | undefined;
}

/**
 * Gives the engine the files it asks for by path, relative to the current folder. Texts that were read before are
 * given from `texts`; any other file is read as plain text, whatever it holds. What code names outside of the
 * repository, or a link leads to there, is not read: nobody asked for it.
 */
export function createFileHost(
  cwd: string,
  texts: ReadonlyMap<string, string>,
  fileKinds: ReadonlyMap<string, FileKind>,
  reader: FileReader,
  { paths = [], exists }: FileHostOptions = {},
): EngineHost {
  const roots = [...new Set([".", ...paths].map((path) => rootOf(resolve(cwd, path))))];
  const folders = new Map<string, string | undefined>();
  /** Where a folder really lies; undefined where it is not there. */
  const realFolder = (folder: string): string | undefined => {
    if (!folders.has(folder)) folders.set(folder, realPath(folder));
    return folders.get(folder);
  };
  const isInside = (path: string): boolean => {
    const folder = realFolder(dirname(path));
    if (folder === undefined) return true;
    const real = realPath(join(folder, basename(path))) ?? join(folder, basename(path));
    return roots.some((root) => liesIn(real, root));
  };
  const found = new Map<string, boolean>();
  /** Imports of libraries ask for the same few hundred paths again and again, nearly all of which are not there. */
  const isThere = (path: string): boolean => {
    let answer = found.get(path);
    if (answer === undefined) {
      const absolute = resolve(cwd, path);
      found.set(path, (answer = exists?.(absolute) ?? existsSync(absolute)));
    }
    return answer;
  };
  return {
    readText(path) {
      const known = texts.get(path);
      if (known !== undefined) return { text: known };
      if (!isThere(path) || !isInside(resolve(cwd, path))) return undefined;
      const kind = fileKinds.get(extname(path).toLowerCase()) ?? "template";
      const result = reader.read(resolve(cwd, path), kind);
      switch (result.kind) {
        case "text":
          return { text: result.text };
        case "missing":
          return undefined;
        case "skipped":
        case "unreadable":
          return { problem: result.message };
        case "irrelevant":
          throw new Error("internal error: a file was judged although all of it was asked for");
      }
    },
    exists: isThere,
    resolveModule: createModuleResolver(cwd),
  };
}

/** The real place of the repository that a path lies in, or of its folder where there is none. */
function rootOf(path: string): string {
  const root = repositoryRoot(path) ?? path;
  return realPath(root) ?? root;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
