import { relative, sep } from "node:path";
import { fileOf, hashOf, readKept, writeKept, type KeptPlace } from "../cli/kept-files.ts";
import { learntRun, type LearntOptions } from "../engine/learnt-run.ts";
import type { Memory, Session } from "../engine/session.ts";
import type { StoredRun } from "../engine/stored-run.ts";
import { buildIdentity } from "./build-identity.ts";
import { versionOf } from "./disk-files.ts";

/** Where something is kept of a folder; undefined where nothing can be. @param folder absolute path of the cache's folder */
export function placeFor(
  kind: "session" | "index",
  folder: string,
  cwd: string,
  settings: string,
): KeptPlace | undefined {
  try {
    const home = relative(folder, cwd).split(sep).join("/");
    return { folder, kind, key: { identity: buildIdentity(), home, settings } };
  } catch {
    return undefined;
  }
}

/** What sessions over one folder, under one set of settings, keep on disk for those after them. */
export class KeptSession {
  readonly memory: Memory;
  readonly #place: KeptPlace;
  /** The version of the file when it was last read or written. */
  #version: string;

  constructor(place: KeptPlace) {
    this.#place = place;
    this.#version = versionOf(fileOf(place));
    this.memory = { earlier: readKept<StoredRun>(place), hashOf, isInAnyOrder: true };
  }

  /** Writes down what a session has found out, beside what others have. Never throws. */
  store(session: Session, options: LearntOptions): void {
    const path = fileOf(this.#place);
    // Other processes, and threads of this one, may have written since.
    const isOwn = versionOf(path) === this.#version;
    const before = isOwn ? this.memory.earlier : readKept<StoredRun>(this.#place);
    writeKept(this.#place, learntRun(session, before, options));
    this.#version = versionOf(path);
  }
}
