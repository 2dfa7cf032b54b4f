import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import type { EngineHost } from "../engine/engine-host.ts";
import type { FileKind } from "../engine/markers.ts";
import type { FileReader } from "./read-file.ts";
import { createModuleResolver } from "./resolve-module.ts";

/**
 * Gives the engine the files it asks for by path, relative to the current folder. Texts that were read before are
 * given from `texts`; any other file is read as plain text, whatever it holds.
 */
export function createFileHost(
  cwd: string,
  texts: ReadonlyMap<string, string>,
  fileKinds: ReadonlyMap<string, FileKind>,
  reader: FileReader,
): EngineHost {
  return {
    readText(path) {
      const known = texts.get(path);
      if (known !== undefined) return { text: known };
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
    exists: (path) => existsSync(resolve(cwd, path)),
    resolveModule: createModuleResolver(cwd),
  };
}
