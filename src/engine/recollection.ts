import type { Project } from "./project.ts";
import { questionKinds, type Asked, type Question, type QuestionKind } from "./questions.ts";
import { findNames } from "./run-file.ts";
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
  readonly #taken = new Map<string, TakenFile>();
  readonly #isAlike = new Map<QuestionKind, Map<string, boolean>>(
    questionKinds.map((kind) => [kind, new Map()]),
  );

  constructor(project: Project, earlier: EarlierRun) {
    this.#project = project;
    this.earlier = earlier;
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
    for (const [place, answer] of stored.seenEnough) if (hasSeenEnough(place) !== answer) return undefined;
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
