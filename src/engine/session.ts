import { Modules } from "../evaluate/modules.ts";
import { TokenCounter } from "../tokens/token-counter.ts";
import type { Conversation } from "./find-requests.ts";
import type { EngineHost } from "./engine-host.ts";
import type { JudgedCall } from "./judge-call.ts";
import { LeadingNames } from "./leading-names.ts";
import { Offers } from "./offers.ts";
import { Project } from "./project.ts";
import type { Asked, HashOf, Question } from "./questions.ts";
import { Recollection } from "./recollection.ts";
import type { FileOutline, FoundInFile } from "./run-file.ts";
import type { FileSettings } from "./settings.ts";
import { openRun, printCallKey, type RememberedCall, type StoredRun } from "./stored-run.ts";
import { touchedFiles, touches, type TouchedFiles } from "./touched-files.ts";

/** How a run is kept for another one, perhaps in another process. */
export interface Memory {
  /** A run before this one, of the same build of promptlint: what still holds of it is not found out again. */
  readonly earlier: StoredRun | undefined;
  /** Gives what an answer of the host is compared by. */
  readonly hashOf: HashOf;
  /** Whether files may be run in another order than they were in that run, or only some of them. */
  readonly isInAnyOrder?: boolean;
}

/** What was said of a call under some settings. */
interface Judgment {
  readonly conversations: readonly Conversation[];
  readonly settings: FileSettings;
  readonly isShown: boolean;
  readonly judged: JudgedCall;
  /** What that was found out from. */
  readonly asked: Asked;
}

/** What running a file has shown, and when, as `Questions.time` counts. */
export interface RunOfFile {
  readonly found: FoundInFile;
  readonly time: number;
  /** Whether it is known all that it rests on. */
  readonly isWhole: boolean;
}

/** What was said of a call, and when. */
export interface SaidOfCall {
  readonly call: RememberedCall;
  readonly time: number;
}

/**
 * What one run of the engine can leave to the next: the files it read, the programs in them, and the requests they
 * send. An editor lints one file again and again, and most of what it leads to stays as it was.
 */
export class Session {
  readonly project: Project;
  readonly modules: Modules;
  readonly counter = new TokenCounter();
  /** Files from which the request of a call was sent, by the place of the call. */
  readonly seenFrom = new Map<string, Set<string>>();
  readonly #memory: Memory | undefined;
  #recollection: Recollection | undefined;
  readonly #runs = new Map<string, RunOfFile>();
  /** What was said of calls since the last change, by their first conversations. */
  readonly #judgments = new Map<Conversation, Judgment>();
  /** What findings offer; undefined where nobody keeps it. */
  readonly offers: Offers | undefined;
  readonly #settings = new WeakMap<FileSettings, string>();
  /** What was said last of each call, for another session. */
  readonly #said = new Map<string, SaidOfCall>();
  #hasLearnt = false;
  #names: { readonly leading: ReadonlySet<string>; readonly names: LeadingNames } | undefined;

  /**
   * @param settingsOf what the user states about the values of a file; nothing unless given.
   * @param memory of an earlier session, and for a later one
   */
  constructor(host: EngineHost, settingsOf?: (path: string) => FileSettings, memory?: Memory) {
    this.project = new Project(host, settingsOf, memory?.hashOf);
    this.modules = new Modules(this.project);
    this.#memory = memory;
    this.offers = memory?.isInAnyOrder
      ? new Offers(this.project, memory.hashOf, new Map(memory.earlier?.offers))
      : undefined;
    if (memory?.earlier)
      this.#recollection = new Recollection(
        this.project,
        openRun(memory.earlier),
        memory.isInAnyOrder ?? false,
      );
  }

  /** Whether what is found out here is for another session as well. */
  get remembers(): boolean {
    return this.#memory !== undefined;
  }

  /** What an earlier session has left. */
  get recollection(): Recollection | undefined {
    return this.#recollection;
  }

  /** Does without what the earlier session has left. */
  forgetEarlier(): void {
    this.#recollection = undefined;
    this.forgetRequests();
  }

  /** What settings are compared by in another session; empty where there is none. */
  hashOfSettings(settings: FileSettings): string {
    let hash = this.#settings.get(settings);
    if (hash === undefined) this.#settings.set(settings, (hash = this.#memory?.hashOf(settings) ?? ""));
    return hash;
  }

  /** The names that lead to a request, where these files do. */
  namesFor(leading: ReadonlySet<string>): LeadingNames {
    const before = this.#names;
    if (before?.leading === leading) return before.names;
    const names = new LeadingNames(this.project, leading);
    this.#names = { leading, names };
    if (before && !isSameSet(before.leading, leading)) this.#doubt(this.project.questions.doubtLeading());
    return names;
  }

  /** What running a file has shown in this session, as far as anybody needs to know who does not judge it. */
  outlineOf(path: string): FileOutline | undefined {
    return this.#runs.get(path)?.found;
  }

  /**
   * What running a file shows, found out by `run` unless it is known.
   * @param isWhole whether `run` writes down all that it rests on
   */
  foundIn(path: string, isWhole: boolean, run: () => FoundInFile): FoundInFile {
    const known = this.#runs.get(path);
    if (known) return known.found;
    const found = this.project.reading(path, run);
    this.#runs.set(path, { found, time: this.project.questions.time, isWhole });
    this.#hasLearnt ||= isWhole;
    return found;
  }

  /** What the rules say of a call, and what that rests on, found out by `judge` unless it is known. */
  judged(
    conversations: readonly Conversation[],
    settings: FileSettings,
    isShown: boolean,
    judge: () => JudgedCall,
  ): Pick<Judgment, "judged" | "asked"> {
    const [first] = conversations;
    const known = this.#judgments.get(first!);
    const isSame =
      known?.settings === settings &&
      known.isShown === isShown &&
      known.conversations.length === conversations.length &&
      conversations.every((conversation, at) => conversation === known.conversations[at]);
    if (isSame) return known;
    const { result, asked } = this.project.questions.recording(judge);
    const judgment = { conversations, settings, isShown, judged: result, asked };
    this.#judgments.set(first!, judgment);
    return judgment;
  }

  /** Keeps what was said of a call for another session. */
  remember(call: RememberedCall, isNew: boolean): void {
    if (!this.#memory || call.judged.failures.length > 0) return;
    // What nobody knows all the grounds of is not what the outlines that are kept speak of.
    if (call.places.some(({ from }) => this.#runs.get(from)?.isWhole === false)) return;
    this.#said.set(printCallKey(call), { call, time: this.project.questions.time });
    this.#hasLearnt ||= isNew;
  }

  /** Those of some files, as far as they have been run, whose requests a finding in a file can be about. */
  usersOf(path: string, candidates: readonly string[]): readonly string[] {
    const files = new Set([path]);
    return candidates.filter((candidate) => this.#touchedBy(candidate)?.some((each) => touches(each, files)));
  }

  /** Whether all of some files have been run, and no request of theirs is one that a finding in a file can be about. */
  isUntouchedBy(path: string, candidates: readonly string[]): boolean {
    const files = new Set([path]);
    return candidates.every((candidate) =>
      this.#touchedBy(candidate)?.every((each) => !touches(each, files)),
    );
  }

  /** What the requests of a file can be about; undefined where it was not run. */
  #touchedBy(path: string): readonly TouchedFiles[] | undefined {
    const run = this.#runs.get(path);
    return run ? run.found.conversations.map(touchedFiles) : this.#recollection?.taken.get(path)?.touched;
  }

  /** Forgets files whose text has changed, and all that was found out with their help. */
  forget(paths: readonly string[]): void {
    const affected = this.project.readersOf(paths);
    for (const path of affected) {
      this.#runs.delete(path);
      this.modules.forget(path);
    }
    this.#names?.names.forget(affected);
    this.#judgments.clear();
    const left = [...affected, ...this.#doubt(this.project.forget(paths))];
    for (const from of this.seenFrom.values()) for (const path of left) from.delete(path);
  }

  /** Forgets all requests, because it has changed which files are worth following or where imports lead. */
  forgetRequests(): void {
    this.#runs.clear();
    this.#judgments.clear();
    this.#names = undefined;
    this.seenFrom.clear();
    this.#recollection?.forgetTaken();
    this.#doubt(this.project.questions.doubtLeading());
  }

  /** Forgets everything but the programs of files that stay as they were: files have come or gone. */
  forgetPaths(): void {
    this.forgetRequests();
    this.modules.forgetAll();
    this.#doubt(this.project.forgetPaths());
  }

  /** Gives the files whose outlines of the earlier run hold no longer. */
  #doubt(questions: readonly Question[]): readonly string[] {
    return this.#recollection?.doubt(questions) ?? [];
  }

  /** Whether something was found out that another session may want to know, and was not asked for since. */
  get hasLearnt(): boolean {
    return this.#hasLearnt;
  }

  /** Takes note that what was found out up to now has been kept. */
  markKept(): void {
    this.#hasLearnt = false;
  }

  /** Files that were run, by their paths. */
  get runs(): ReadonlyMap<string, RunOfFile> {
    return this.#runs;
  }

  /** What was said of calls, by `printCallKey`. */
  get said(): ReadonlyMap<string, SaidOfCall> {
    return this.#said;
  }
}

/** Whether two sets hold the same texts. */
export function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}
