import type { Conversation } from "./find-requests.ts";
import type { ConversationPlace } from "./group-calls.ts";
import type { LeadingNames } from "./leading-names.ts";
import { placesShownBy, runFile, triedCallers, type FileOutline } from "./run-file.ts";
import type { Session } from "./session.ts";
import { touchedFiles, type TouchedFiles } from "./touched-files.ts";

/** What a file shows that an earlier run has run already is not what that run has written down. */
export class StaleRunError extends Error {}

/** Runs files, one after the other, or takes what was found out about one before: in the session, or in an earlier run. */
export class RunFiles {
  readonly #session: Session;
  readonly #names: LeadingNames;
  readonly #keepsModules: boolean;

  /**
   * @param names that lead to a request
   * @param keepsModules whether modules that a file has loaded are there for those after it, which saves a third of
   *   the time; what a module that is imported in a circle holds then hangs on which file comes first, and nobody
   *   knows all that a file rests on
   */
  constructor(session: Session, names: LeadingNames, keepsModules: boolean) {
    this.#session = session;
    this.#names = names;
    this.#keepsModules = keepsModules;
  }

  /** What the next file shows; files must be asked for in the order in which they are run. */
  next(path: string): FileOutline {
    const { seenFrom } = this.#session;
    const hasSeenEnough = (place: string): boolean => (seenFrom.get(place)?.size ?? 0) >= triedCallers;
    const outline =
      this.#session.outlineOf(path) ??
      this.#session.recollection?.take(path, hasSeenEnough, this.#names) ??
      this.#run(path, hasSeenEnough);
    for (const key of placesShownBy(outline)) {
      const from = seenFrom.get(key);
      if (from) from.add(path);
      else seenFrom.set(key, new Set([path]));
    }
    return outline;
  }

  /**
   * The conversation at a place. A file of which the earlier run has only left its outline is run now.
   * @throws StaleRunError where it shows something else than it did then
   */
  conversation({ from, index }: ConversationPlace): Conversation {
    const taken = this.#session.recollection?.taken.get(from);
    const found = this.#run(from, (place) => taken?.seenEnough.get(place) ?? false);
    if (taken && JSON.stringify(found.outlines) !== JSON.stringify(taken.outlines))
      throw new StaleRunError(from);
    return found.conversations[index]!;
  }

  /** The files that findings about the conversation at a place can point into. */
  touchedAt(place: ConversationPlace): TouchedFiles {
    const taken = this.#session.recollection?.taken.get(place.from);
    return taken?.touched?.[place.index] ?? touchedFiles(this.conversation(place));
  }

  #run(path: string, seenEnough: (place: string) => boolean) {
    const { project, modules } = this.#session;
    return this.#session.foundIn(path, !this.#keepsModules, () =>
      runFile(project, path, this.#names, seenEnough, this.#keepsModules ? modules : undefined),
    );
  }
}
