import type { Conversation } from "./find-requests.ts";
import { placeOf, type ConversationPlace } from "./group-calls.ts";
import type { LeadingNames } from "./leading-names.ts";
import { questionKinds, type Asked, type QuestionKind } from "./questions.ts";
import { findNames, runFile, vainAt, type FileOutline } from "./run-file.ts";
import type { Session } from "./session.ts";
import type { FileSettings } from "./settings.ts";
import type { EarlierRun } from "./stored-run.ts";

/** Files other than its own from which all ways to a request are tried; those after them show little that is new. */
const triedCallers = 3;

/** What a file shows that an earlier run has run already is not what that run has written down. */
export class StaleRunError extends Error {}

/**
 * Runs files, one after the other, or takes what an earlier run has found out about one: everything that it asked for
 * would be answered alike today, and as many files have led to the calls it sends.
 */
export class RunFiles {
  readonly #session: Session;
  readonly #leading: ReadonlySet<string>;
  readonly #names: LeadingNames;
  readonly #earlier: EarlierRun | undefined;
  readonly #keepsModules: boolean;
  readonly #settingsOf: (path: string) => FileSettings;
  /** Files whose outlines are those of the earlier run. */
  readonly #taken = new Map<string, FileOutline>();
  readonly #isAlike = new Map<QuestionKind, Map<string, boolean>>();

  /**
   * @param leading files that hold requests or lead to them
   * @param keepsModules whether modules that a file has loaded are there for those after it, which saves a third of
   *   the time; what a module that is imported in a circle holds then hangs on which file comes first
   */
  constructor(
    session: Session,
    leading: ReadonlySet<string>,
    names: LeadingNames,
    earlier: EarlierRun | undefined,
    keepsModules: boolean,
    settingsOf: (path: string) => FileSettings,
  ) {
    this.#session = session;
    this.#leading = leading;
    this.#names = names;
    this.#earlier = earlier;
    this.#keepsModules = keepsModules;
    this.#settingsOf = settingsOf;
  }

  /** What the next file shows; files must be asked for in the order in which they are run. */
  next(path: string): FileOutline {
    const outline = this.#takeEarlier(path) ?? this.#run(path, (place) => this.#hasSeenEnough(place));
    const { seenFrom } = this.#session;
    // Effort is for marks: who leads to a call without one has shown nothing of them.
    const marked = outline.outlines.filter(({ isMarked }) => isMarked);
    for (const key of [...marked.map(({ site }) => placeOf(site)), ...outline.vain.map(vainAt)]) {
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
    const taken = this.#taken.get(from);
    const seen = taken?.seenEnough;
    const found = this.#run(from, (place) => seen?.get(place) ?? false);
    if (taken && JSON.stringify(found.outlines) !== JSON.stringify(taken.outlines))
      throw new StaleRunError(from);
    return found.conversations[index]!;
  }

  /** Whether a call was said something of that still holds, going by what it rests on. */
  stillHolds(places: readonly ConversationPlace[], asked: Asked): boolean {
    return places.every(({ from }) => this.#taken.has(from)) && this.#isAnsweredAlike(asked);
  }

  /** Whether the answer to a question is what it was in the earlier run. */
  isAsBefore(kind: QuestionKind, key: string): boolean {
    let known = this.#isAlike.get(kind);
    if (!known) this.#isAlike.set(kind, (known = new Map()));
    let isAlike = known.get(key);
    if (isAlike === undefined) {
      this.#askAgain(kind, key);
      const now = this.#session.project.questions.hashOf(kind, key);
      isAlike = now !== undefined && now === this.#earlier?.hashes[kind].get(key);
      known.set(key, isAlike);
    }
    return isAlike;
  }

  #run(path: string, seenEnough: (place: string) => boolean) {
    const { project, modules } = this.#session;
    return this.#session.foundIn(path, () =>
      runFile(project, path, this.#names, seenEnough, this.#keepsModules ? modules : undefined),
    );
  }

  #hasSeenEnough(place: string): boolean {
    return (this.#session.seenFrom.get(place)?.size ?? 0) >= triedCallers;
  }

  #takeEarlier(path: string): FileOutline | undefined {
    const before = this.#earlier?.files.get(path);
    if (!before || !this.#isAnsweredAlike(before.asked)) return undefined;
    for (const [place, answer] of before.seenEnough)
      if (this.#hasSeenEnough(place) !== answer) return undefined;
    const outline = this.#withNames(before);
    if (outline) this.#taken.set(path, outline);
    return outline;
  }

  /** The outline if the same names of its file lead to a request, however that comes. */
  #withNames(before: FileOutline): FileOutline | undefined {
    if (this.#isAnsweredAlike(before.askedForNames)) return before;
    const now = findNames(this.#session.project, before.path, this.#names);
    const isSame =
      now.names.length === before.names.length && now.names.every((name, at) => name === before.names[at]);
    return isSame ? { ...before, ...now } : undefined;
  }

  #isAnsweredAlike(asked: Asked): boolean {
    return questionKinds.every((kind) => [...asked[kind]].every((key) => this.isAsBefore(kind, key)));
  }

  #askAgain(kind: QuestionKind, key: string): void {
    const { project } = this.#session;
    const { questions } = project;
    switch (kind) {
      case "text":
        project.file(key);
        return;
      case "manifest":
        questions.readManifest(key);
        return;
      case "exists":
        questions.host.exists(key);
        return;
      case "module": {
        const [from, specifier] = JSON.parse(key) as [string, string];
        questions.host.resolveModule?.(from, specifier);
        return;
      }
      case "scopes":
        questions.scopesOf(key);
        return;
      case "settings":
        questions.ask("settings", key, () => this.#settingsOf(key));
        return;
      case "importable":
      case "exports":
      case "heirs":
        project.askAgain(kind, key);
        return;
      case "leads":
        questions.ask("leads", key, () => this.#leading.has(key));
    }
  }
}
