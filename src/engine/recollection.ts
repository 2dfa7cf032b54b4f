import type { Project } from "./project.ts";
import { questionKinds, type Asked, type Question, type QuestionKind } from "./questions.ts";
import { findNames, placesShownBy, triedCallers } from "./run-file.ts";
import type { LeadingNames } from "./leading-names.ts";
import {
  printCallKey,
  type CallKey,
  type EarlierRun,
  type RememberedCall,
  type RememberedFile,
} from "./stored-run.ts";

/** An outline of the earlier run that holds today. */
export interface TakenFile extends RememberedFile {
  /** When it was seen to hold, as `Questions.time` counts. */
  readonly time: number;
}

/** What an earlier run has left, as far as everything that it rests on is today what it was then. */
export class Recollection {
  readonly earlier: EarlierRun;
  readonly #project: Project;
  readonly #isInAnyOrder: boolean;
  /** Files of the earlier run that have led to a call, or turned a condition in vain, by its place. */
  #leaders: ReadonlyMap<string, readonly string[]> | undefined;
  readonly #taken = new Map<string, TakenFile>();
  readonly #isAlike = new Map<QuestionKind, Map<string, boolean>>(
    questionKinds.map((kind) => [kind, new Map()]),
  );

  /**
   * @param isInAnyOrder whether files may be run in another order than they were. How many ways to a call are tried from a
   *   file hangs on which others were run before it, so each order is as good; of those that were, as many must have stayed
   */
  constructor(project: Project, earlier: EarlierRun, isInAnyOrder: boolean) {
    this.#project = project;
    this.earlier = earlier;
    this.#isInAnyOrder = isInAnyOrder;
  }

  /** Files whose outlines were taken, by their paths. */
  get taken(): ReadonlyMap<string, TakenFile> {
    return this.#taken;
  }

  /**
   * Takes the outline of a file, if all that it asked for is answered alike today, and as many files have led to the calls
   * it sends.
   * @param names that lead to a request
   */
  take(
    path: string,
    hasSeenEnough: (place: string) => boolean,
    names: LeadingNames,
  ): RememberedFile | undefined {
    const before = this.#taken.get(path);
    if (before) return before;
    const stored = this.earlier.files.get(path);
    if (!stored || !this.#isAnsweredAlike(stored.asked)) return undefined;
    for (const [place, answer] of stored.seenEnough) {
      if (hasSeenEnough(place) === answer) continue;
      if (!this.#isInAnyOrder || (answer && !this.#hasBeenSeenEnough(place, path))) return undefined;
    }
    const outline = this.#withNames(stored, names);
    if (outline) this.#taken.set(path, { ...outline, time: this.#project.questions.time });
    return outline;
  }

  /** What was said of a call, if that still holds. */
  call(key: CallKey): RememberedCall | undefined {
    if (!key.places.every(({ from }) => this.#taken.has(from))) return undefined;
    const call = this.earlier.calls.get(printCallKey(key));
    return call && this.#isAnsweredAlike(call.asked) ? call : undefined;
  }

  /** Whether the answer to a question is what it was. */
  isAsBefore(kind: QuestionKind, key: string): boolean {
    const known = this.#isAlike.get(kind)!;
    let isAlike = known.get(key);
    if (isAlike === undefined) {
      this.#project.askAgain([kind, key]);
      const now = this.#project.questions.hashOf(kind, key);
      isAlike = now !== undefined && now === this.earlier.hashes[kind].get(key);
      known.set(key, isAlike);
    }
    return isAlike;
  }

  /**
   * Takes note of questions that may be answered otherwise by now.
   * @returns the files whose outlines were taken and rest on them
   */
  doubt(questions: readonly Question[]): readonly string[] {
    for (const [kind, key] of questions) this.#isAlike.get(kind)!.delete(key);
    const doubtful = [...this.#taken.values()].filter(({ asked, askedForNames }) =>
      questions.some(([kind, key]) => asked[kind].has(key) || askedForNames[kind].has(key)),
    );
    for (const { path } of doubtful) this.#taken.delete(path);
    return doubtful.map(({ path }) => path);
  }

  /** Looks at each file again before its outline is taken once more. */
  forgetTaken(): void {
    this.#taken.clear();
  }

  /** Whether enough files other than one have led to a place in the earlier run, and would today. */
  #hasBeenSeenEnough(place: string, path: string): boolean {
    this.#leaders ??= leadersIn(this.earlier);
    let count = 0;
    for (const leader of this.#leaders.get(place) ?? []) {
      if (leader === path || !this.#isAnsweredAlike(this.earlier.files.get(leader)!.asked)) continue;
      if (++count === triedCallers) return true;
    }
    return false;
  }

  /** The outline if the same names of its file lead to a request, however that comes. */
  #withNames(before: RememberedFile, leading: LeadingNames): RememberedFile | undefined {
    if (this.#isAnsweredAlike(before.askedForNames)) return before;
    const now = findNames(this.#project, before.path, leading);
    const isSame =
      now.names.length === before.names.length && now.names.every((name, at) => name === before.names[at]);
    return isSame ? { ...before, ...now } : undefined;
  }

  #isAnsweredAlike(asked: Asked): boolean {
    return questionKinds.every((kind) => [...asked[kind]].every((key) => this.isAsBefore(kind, key)));
  }
}

function leadersIn({ files }: EarlierRun): ReadonlyMap<string, readonly string[]> {
  const leaders = new Map<string, string[]>();
  for (const file of files.values()) {
    for (const place of placesShownBy(file)) {
      const known = leaders.get(place);
      if (known) known.push(file.path);
      else leaders.set(place, [file.path]);
    }
  }
  return leaders;
}
