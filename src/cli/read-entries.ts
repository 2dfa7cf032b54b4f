import { extname, resolve } from "node:path";
import type { FileKind } from "../engine/markers.ts";
import type { Problem } from "../source/problem.ts";
import type { Discovery, PathMessage } from "./discover-files.ts";
import type { FileReader } from "./read-file.ts";

/** The files that are worth parsing, and what could not be read. */
export interface Entries {
  /** Text by path, in the order of discovery. */
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
  /** Files that were named and can't be read. */
  readonly failures: readonly PathMessage[];
}

/** Reads what was discovered and keeps the files that may hold a request. */
export function readEntries(
  { files, named }: Discovery,
  cwd: string,
  fileKinds: ReadonlyMap<string, FileKind>,
  reader: FileReader,
): Entries {
  const texts = new Map<string, string>();
  const problems: Problem[] = [];
  const failures: PathMessage[] = [];
  for (const path of files) {
    const kind = fileKinds.get(extname(path).toLowerCase()) ?? "code";
    // A named file may lead to a request in another one, whatever it holds itself.
    const isWanted = named.has(path) && kind === "code";
    const result = isWanted
      ? reader.read(resolve(cwd, path), kind)
      : reader.readRelevant(resolve(cwd, path), kind);
    switch (result.kind) {
      case "text":
        texts.set(path, result.text);
        break;
      case "irrelevant":
        break;
      case "skipped":
        problems.push(pathProblem({ path, message: result.message }, "note"));
        break;
      case "unreadable":
        if (named.has(path)) failures.push({ path, message: result.message });
        else problems.push(pathProblem({ path, message: result.message }, "error"));
        break;
      case "missing":
        // Deleted since it was found, which is no news to whoever did it.
        break;
    }
  }
  return { texts, problems, failures };
}

/** A problem with a file or folder as a whole. */
export function pathProblem({ path, message }: PathMessage, severity: Problem["severity"]): Problem {
  return { span: { file: path, start: 0, end: 0 }, message, severity };
}
