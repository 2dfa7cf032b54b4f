import { existsSync, statSync, type Stats } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { FileReader } from "../cli/read-file.ts";
import { fileKinds } from "../cli/file-kinds.ts";

/** Texts of files on disk, each read once until it changes. Paths are relative to one folder. */
export class DiskFiles {
  readonly #cwd: string;
  readonly #reader = new FileReader();
  readonly #texts = new Map<string, { readonly version: string; readonly text: string | undefined }>();
  readonly #existing = new Set<string>();
  /** What was looked for and is not there, by folder: a new file changes the version of its folder. */
  readonly #missing = new Map<string, { readonly version: string; readonly paths: Set<string> }>();

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** The text of a file; undefined where there is none, or where it is too large, binary or unreadable. */
  readText(path: string): string | undefined {
    const known = this.#texts.get(path);
    if (known) return known.text;
    const absolute = resolve(this.#cwd, path);
    const version = versionOf(absolute);
    const result = this.#reader.read(absolute, fileKinds.get(extname(path).toLowerCase()) ?? "template");
    const text = result.kind === "text" ? result.text : undefined;
    this.#texts.set(path, { version, text });
    if (version === missing) this.#miss(absolute);
    return text;
  }

  exists(path: string): boolean {
    if (this.#texts.get(path)?.text !== undefined || this.#existing.has(path)) return true;
    const absolute = resolve(this.#cwd, path);
    if (this.#missing.get(dirname(absolute))?.paths.has(absolute)) return false;
    if (!existsSync(absolute)) {
      this.#miss(absolute);
      return false;
    }
    this.#existing.add(path);
    return true;
  }

  /**
   * Forgets what is no longer true.
   * @returns the files whose text is another one now, and whether files have come that were looked for before
   */
  refresh(): { readonly changed: readonly string[]; readonly hasNew: boolean } {
    const changed: string[] = [];
    for (const [path, { version }] of this.#texts) {
      if (version !== missing && versionOf(resolve(this.#cwd, path)) !== version) changed.push(path);
    }
    for (const path of changed) this.#texts.delete(path);
    let hasNew = false;
    for (const [folder, { version, paths }] of this.#missing) {
      const now = versionOf(folder);
      if (now === version) continue;
      if ([...paths].some((path) => existsSync(path))) hasNew = true;
      this.#missing.set(folder, { version: now, paths });
    }
    if (hasNew) {
      this.#missing.clear();
      this.#existing.clear();
      for (const [path, { version }] of this.#texts) if (version === missing) this.#texts.delete(path);
    }
    return { changed, hasNew };
  }

  #miss(absolute: string): void {
    const folder = dirname(absolute);
    const known = this.#missing.get(folder);
    if (known) known.paths.add(absolute);
    else this.#missing.set(folder, { version: versionOf(folder), paths: new Set([absolute]) });
  }
}

/** The version of what does not exist. */
const missing = "missing";

/** What changes whenever a file, or the list of files in a folder, does. */
export function versionOf(absolute: string): string {
  let status: Stats | undefined;
  try {
    status = statSync(absolute, { throwIfNoEntry: false });
  } catch {
    return missing;
  }
  return status ? `${status.mtimeMs} ${status.ctimeMs} ${status.size}` : missing;
}
