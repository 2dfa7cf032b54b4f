import { Modules } from "../evaluate/modules.ts";
import { TokenCounter } from "../tokens/token-counter.ts";
import type { Conversation } from "./find-requests.ts";
import type { EngineHost } from "./engine-host.ts";
import type { JudgedCall } from "./judge-call.ts";
import { LeadingNames } from "./leading-names.ts";
import { Project } from "./project.ts";
import type { HashOf } from "./questions.ts";
import type { FoundInFile } from "./run-file.ts";
import type { FileSettings } from "./settings.ts";
import { touches } from "./touched-files.ts";

/** What was said of a call under some settings. */
interface Judgment {
  readonly conversations: readonly Conversation[];
  readonly settings: FileSettings;
  readonly isShown: boolean;
  readonly judged: JudgedCall;
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
  readonly #found = new Map<string, FoundInFile>();
  /** What was said of calls since the last change, by their first conversations. */
  readonly #judgments = new Map<Conversation, Judgment>();
  #names: { readonly leading: ReadonlySet<string>; readonly names: LeadingNames } | undefined;

  /**
   * @param settingsOf what the user states about the values of a file; nothing unless given.
   * @param hashOf what answers of the host are compared by in another run, where there may be one
   */
  constructor(host: EngineHost, settingsOf?: (path: string) => FileSettings, hashOf?: HashOf) {
    this.project = new Project(host, settingsOf, hashOf);
    this.modules = new Modules(this.project);
  }

  /** The names that lead to a request, where these files do. */
  namesFor(leading: ReadonlySet<string>): LeadingNames {
    if (this.#names?.leading !== leading) {
      this.project.follow(leading);
      this.#names = { leading, names: new LeadingNames(this.project, leading) };
    }
    return this.#names.names;
  }

  /** What running a file shows, found out by `run` unless it is known. */
  foundIn(path: string, run: () => FoundInFile): FoundInFile {
    const known = this.#found.get(path);
    if (known) return known;
    const found = this.project.reading(path, run);
    this.#found.set(path, found);
    return found;
  }

  /** What the rules say of a call, found out by `judge` unless it is known. */
  judged(
    conversations: readonly Conversation[],
    settings: FileSettings,
    isShown: boolean,
    judge: () => JudgedCall,
  ): JudgedCall {
    const [first] = conversations;
    const known = this.#judgments.get(first!);
    const isSame =
      known?.settings === settings &&
      known.isShown === isShown &&
      known.conversations.length === conversations.length &&
      conversations.every((conversation, at) => conversation === known.conversations[at]);
    if (isSame) return known.judged;
    const judged = judge();
    this.#judgments.set(first!, { conversations, settings, isShown, judged });
    return judged;
  }

  /** Those of some files, as far as they have been run, whose requests a finding in a file can be about. */
  usersOf(path: string, candidates: readonly string[]): readonly string[] {
    const files = new Set([path]);
    return candidates.filter((candidate) =>
      this.#found.get(candidate)?.conversations.some((conversation) => touches(conversation, files)),
    );
  }

  /** Whether all of some files have been run, and no request of theirs is one that a finding in a file can be about. */
  isUntouchedBy(path: string, candidates: readonly string[]): boolean {
    return (
      candidates.every((candidate) => this.#found.has(candidate)) &&
      this.usersOf(path, candidates).length === 0
    );
  }

  /** Forgets files whose text has changed, and all that was found out with their help. */
  forget(paths: readonly string[]): void {
    const affected = this.project.readersOf(paths);
    for (const path of affected) {
      this.#found.delete(path);
      this.modules.forget(path);
    }
    this.#names?.names.forget(affected);
    this.#judgments.clear();
    for (const from of this.seenFrom.values()) for (const path of affected) from.delete(path);
    this.project.forget(paths);
  }

  /** Forgets all requests, because it has changed which files are worth following or where imports lead. */
  forgetRequests(): void {
    this.#found.clear();
    this.#judgments.clear();
    this.#names = undefined;
    this.seenFrom.clear();
  }

  /** Forgets everything but the programs of files that stay as they were: files have come or gone. */
  forgetPaths(): void {
    this.forgetRequests();
    this.modules.forgetAll();
    this.project.forgetPaths();
  }
}
