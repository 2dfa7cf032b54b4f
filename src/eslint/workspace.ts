import { extname } from "node:path";
import { precedence, rules } from "../../rules/index.ts";
import { fileKinds } from "../cli/file-kinds.ts";
import { createModuleResolver } from "../cli/resolve-module.ts";
import type { EngineHost } from "../engine/engine-host.ts";
import { lintInSession } from "../engine/lint-files.ts";
import { mayHoldRequest, type FileKind } from "../engine/markers.ts";
import { isSameSet, Session } from "../engine/session.ts";
import type { FileSettings } from "../engine/settings.ts";
import type { Module } from "../program/program.ts";
import type { Finding } from "../rule/finding.ts";
import { DiskFiles } from "./disk-files.ts";
import { KeptSession, placeFor } from "./kept-session.ts";
import { cacheFolderOf, type ReadSettings } from "./plugin-settings.ts";
import { ProjectSettings, type EnabledRules } from "./project-settings.ts";
import { ReferenceIndex } from "./reference-index.ts";
import { storeLater, type Storing } from "./store-later.ts";

/** A text that is linted, which may be newer than the file on disk. */
export interface LintedText {
  /** Relative to the workspace's folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** The program in it, where ESLint has parsed it. */
  readProgram(): Module | undefined;
}

/** What linting a text gives. */
export interface Linted {
  readonly findings: readonly Finding[];
  /** Whole sentences about rules that broke, and about configs that are wrong. */
  readonly failures: readonly string[];
}

const nothing: Linted = { findings: [], failures: [] };

/** Of the files that lead to one, as many are run at each change while it differs from what is saved: those that have had to do with it. */
const maximumUsersWhileEdited = 3;

/** Looking at the files again takes at most this share of the time. */
const refreshShare = 0.02;

/** The shortest time between two looks, in milliseconds. */
const refreshInterval = 500;

/** A time in which the process waits for work, in milliseconds, in which somebody may have written a file. */
const pause = 200;

/** How much longer the interval is where nobody waits between two files: whoever lints a folder edits none of it. */
const withoutPause = 10;

/** Does something from time to time, and less often the longer it takes. */
class Refresher {
  readonly #work: () => void;
  #last = -Infinity;
  #interval = 0;

  constructor(work: () => void) {
    this.#work = work;
  }

  run(hasPaused: boolean): void {
    const start = performance.now();
    if (start - this.#last < this.#interval * (hasPaused ? 1 : withoutPause)) return;
    this.#work();
    this.#last = performance.now();
    this.#interval = Math.max(refreshInterval, (this.#last - start) / refreshShare);
  }
}

/**
 * The files of one folder under one set of settings. What was found out about a file is kept until it, or one that it
 * depends on, has changed.
 */
export class Workspace implements Storing {
  readonly #disk: DiskFiles;
  readonly #index: ReferenceIndex;
  readonly #session: Session;
  readonly #kept: KeptSession | undefined;
  readonly #settings: ReadSettings;
  readonly #project: ProjectSettings;
  readonly #refreshIndex: Refresher;
  readonly #refreshDisk: Refresher;
  /** How long the process had waited for work when the last file was done, in milliseconds. */
  #waited = -Infinity;
  #leading: ReadonlySet<string> = new Set();
  /** Files whose requests have had to do with a file, by its path. */
  readonly #users = new Map<string, readonly string[]>();
  /** The text that stands in the place of the file on disk. */
  #current: LintedText | undefined;

  /** @param index of the files of the same folder; workspaces of one folder share it */
  constructor(cwd: string, settings: ReadSettings, index: ReferenceIndex) {
    this.#disk = new DiskFiles(cwd);
    this.#index = index;
    this.#settings = settings;
    const host: EngineHost = {
      readText: (path) => {
        const text = path === this.#current?.path ? this.#current.text : this.#disk.readText(path);
        return text === undefined ? undefined : { text };
      },
      exists: (path) => path === this.#current?.path || this.#disk.exists(path),
      readProgram: (path) => (path === this.#current?.path ? this.#current.readProgram() : undefined),
      resolveModule: createModuleResolver(cwd),
    };
    this.#project = new ProjectSettings(cwd, settings);
    const cache = cacheFolderOf(cwd, settings);
    const place = cache === undefined ? undefined : placeFor("session", cache, cwd, settings.key);
    this.#kept = place && new KeptSession(place);
    this.#session = new Session(host, (path) => this.#project.settingsOf(path), this.#kept?.memory);
    this.#refreshIndex = new Refresher(() => index.refresh());
    this.#refreshDisk = new Refresher(() => this.#forgetChanged());
  }

  /** The findings that stand in a text, also those of requests elsewhere, and what broke on our side. */
  lint(linted: LintedText, enabled: EnabledRules): Linted {
    const { path, text } = linted;
    const kind = fileKinds.get(extname(path).toLowerCase()) ?? "code";
    const isMarked = mayHoldRequest(text, kind);
    if (!isMarked && !mayBeUsed(kind)) return nothing;
    const hasPaused = performance.eventLoopUtilization().idle - this.#waited > pause;
    this.#refreshIndex.run(hasPaused);
    const users = this.#index.graph.usersOf(path);
    const isConcerned = isMarked || users.length > 0;
    if (isConcerned) this.#refreshDisk.run(hasPaused);
    const result = isConcerned ? this.#lintConcerned(linted, isMarked, users, enabled) : nothing;
    this.#waited = performance.eventLoopUtilization().idle;
    return result;
  }

  /** @param users files that may send something of the text */
  #lintConcerned(
    linted: LintedText,
    isMarked: boolean,
    users: readonly string[],
    enabled: EnabledRules,
  ): Linted {
    const { path, text } = linted;
    this.#followLeading();
    this.#show(linted);
    const isEdited = this.#disk.readText(path) !== text;
    if (!isMarked && !isEdited) {
      const runs = this.#leading.has(path) ? [path, ...users] : users;
      if (this.#session.isUntouchedBy(path, runs)) return nothing;
    }
    const errors = this.#project.errorsOf(path);
    if (errors.length > 0) return { findings: [], failures: errors };
    if (this.#settings.key === "") warnOfCode(this.#project.unloaded);
    const known = isEdited ? this.#users.get(path) : undefined;
    const run = known ?? users;
    const { minimumConfidence } = this.#settings;
    const settingsOf = (file: string): FileSettings => this.#project.settingsWith(file, enabled);
    const leading = isMarked && !this.#leading.has(path) ? new Set([...this.#leading, path]) : this.#leading;
    const { findings, failures } = lintInSession(
      this.#session,
      path,
      run,
      { settingsOf, minimumConfidence },
      { rules, precedence },
      // While somebody is typing, nothing is found out that is worth keeping.
      { leading, keepsModules: isEdited || !this.#kept },
    );
    if (this.#session.hasLearnt) storeLater(this);
    if (!isEdited)
      this.#users.set(path, this.#session.usersOf(path, users).slice(0, maximumUsersWhileEdited));
    return { findings, failures };
  }

  store(): void {
    const { path, text } = this.#current ?? {};
    const edited = path !== undefined && this.#disk.readText(path) !== text ? path : undefined;
    this.#kept?.store(this.#session, { leading: this.#leading, edited });
    this.#session.markKept();
  }

  /** Takes note of files that have begun or ceased to lead to requests. */
  #followLeading(): void {
    const { leading } = this.#index.graph;
    if (leading === this.#leading) return;
    if (!isSameSet(leading, this.#leading)) this.#session.forgetRequests();
    this.#leading = leading;
  }

  /** Puts a text in the place of its file, and the last such text back to what stands on disk. */
  #show(linted: LintedText): void {
    const { project } = this.#session;
    const before = this.#current;
    if (before && before.path !== linted.path) {
      this.#current = undefined;
      if (this.#disk.readText(before.path) !== before.text) this.#session.forget([before.path]);
    }
    const known = project.knownText(linted.path);
    this.#current = linted;
    if (known === undefined || known === linted.text) return;
    this.#session.forget([linted.path]);
    if (known === null) this.#session.forgetPaths();
  }

  #forgetChanged(): void {
    const { changed, hasNew } = this.#disk.refresh();
    // Manifests are read beside the files on which the session knows what depends.
    const isForeign = changed.some((path) => this.#session.project.knownText(path) === undefined);
    if (changed.length > 0) this.#session.forget(changed.filter((path) => path !== this.#current?.path));
    const isStatedAnew = this.#project.refresh();
    if (hasNew || isForeign || isStatedAnew) this.#session.forgetPaths();
  }
}

/** Whether a file without any marker can be a part of a request. */
function mayBeUsed(kind: FileKind): boolean {
  return kind === "code" || kind === "template";
}

const warned = new Set<string>();

/** Says once of each config that it is not read, where nobody has handed it over. */
function warnOfCode(configs: readonly string[]): void {
  for (const path of configs) {
    if (warned.has(path)) continue;
    warned.add(path);
    process.emitWarning(
      `${path} is code, which promptlint's plugin does not run. Import it in the config of ESLint and hand it over: { settings: { promptlint: config } }.`,
      "PromptlintWarning",
    );
  }
}
