import { existsSync, statSync, type Stats } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { FileReader } from "../cli/read-file.ts";
import { fileKinds } from "../cli/file-kinds.ts";

/** Texts of files on disk, each read once until it changes. Paths are relative to one folder. */
export class DiskFiles {
  readonly #cwd: string;
  readonly #reader = new FileReader();
  readonly #texts = new Map<string, { readonly version: string; readonly text: string | undefined }>();
  readonly #existing = new Map<string, boolean>();
  /** Folders in which a file was looked for that is not there: a new file changes them. */
  readonly #folders = new Map<string, string>();

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
    if (version === missing) this.#watchFolder(absolute);
    return text;
  }

  exists(path: string): boolean {
    let exists = this.#existing.get(path);
    if (exists === undefined) {
      const absolute = resolve(this.#cwd, path);
      exists = existsSync(absolute);
      this.#existing.set(path, exists);
      this.#watchFolder(absolute);
    }
    return exists;
  }

  /**
   * Forgets what is no longer true.
   * @returns the files whose text is another one now, and whether files may have come or gone
   */
  refresh(): { readonly changed: readonly string[]; readonly isMoved: boolean } {
    const changed: string[] = [];
    for (const [path, { version }] of this.#texts) {
      if (version !== missing && versionOf(resolve(this.#cwd, path)) !== version) changed.push(path);
    }
    for (const path of changed) this.#texts.delete(path);
    let isMoved = false;
    for (const [folder, version] of this.#folders) if (versionOf(folder) !== version) isMoved = true;
    if (isMoved) {
      this.#existing.clear();
      this.#folders.clear();
      for (const [path, { version }] of this.#texts) if (version === missing) this.#texts.delete(path);
    }
    return { changed, isMoved };
  }

  /** Remembers when the nearest folder above a path that exists was changed last. */
  #watchFolder(absolute: string): void {
    for (let folder = dirname(absolute); !this.#folders.has(folder); folder = dirname(folder)) {
      const version = versionOf(folder);
      this.#folders.set(folder, version);
      if (version !== missing || dirname(folder) === folder) return;
    }
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
  return status ? `${status.mtimeMs} ${status.size}` : missing;
}
