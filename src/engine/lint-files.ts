import type { Finding } from "../rule/finding.ts";
import { SourceFile } from "../source/source-file.ts";
import type { EngineHost } from "./engine-host.ts";
import { feedsOf, type Feeds } from "./feeds.ts";
import {
  comparePlaces,
  judgeFiles,
  type FilesToJudge,
  type JudgingOptions,
  type RuleSet,
} from "./judge-files.ts";
import type { Project } from "./project.ts";
import type { AskedKind } from "./questions.ts";
import type { LintResult } from "./result.ts";
import type { FileOutline } from "./run-file.ts";
import { Session, type Memory } from "./session.ts";
import { storeRun, type StoredRun } from "./stored-run.ts";

export interface EngineOptions extends JudgingOptions {
  /** Files that count as linted although they are not run: a request may be sent there on behalf of others. */
  readonly asked?: ReadonlySet<string>;
}

/** What a run gives; `failures` are whole sentences about what broke on our side. */
export type EngineResult = LintResult & {
  readonly failures: readonly string[];
  readonly feeds: Feeds;
  /** The run for another one; only where there is a memory. */
  readonly learnt?: StoredRun;
};

/**
 * Lints the files of these paths. Never throws for what is in a file: that is a problem in the result.
 * @param callers files that are not linted but import linted ones: what they hand over is evidence
 */
export function lintFiles(
  paths: readonly string[],
  host: EngineHost,
  options: EngineOptions,
  ruleSet: RuleSet,
  callers: readonly string[] = [],
  memory?: Memory,
): EngineResult {
  const linted = new Set(paths);
  const run: FilesToJudge = {
    linted,
    all: new Set([...paths, ...callers]),
    isAsked: (path) => linted.has(path) || options.asked?.has(path) === true,
    // What is kept for another run must not hang on the order in which modules are met in this one.
    keepsModules: memory === undefined,
  };
  const session = new Session(host, (path) => options.settingsOf(path), memory);
  const { files, calls, findings, suppressed, wrongDirectives } = judgeFiles(session, run, options, ruleSet);
  const { project, recollection } = session;
  const judged = calls.map((call) => call.judged);
  const requests = judged.flatMap(({ request }) => request ?? []);
  const parsed = unionOf(files, "parsed");
  const isBroken = (path: string): boolean => {
    const isKnown = recollection && !project.isParsed(path) && recollection.isAsBefore("text", path);
    return isKnown ? recollection.earlier.broken.has(path) : project.isBroken(path);
  };
  const broken = [...parsed].filter(isBroken);
  return {
    findings,
    suppressed,
    problems: [
      ...files.filter(({ path }) => linted.has(path)).flatMap(({ problems }) => problems),
      ...wrongDirectives,
    ],
    requests: requests.sort((a, b) => comparePlaces(a.at, b.at)),
    files: filesOf(project, new Set([...paths, ...(recollection ? unionOf(files, "text") : [])]), host),
    statistics: {
      files: paths.length,
      parsedFiles: parsed.size,
      requests: requests.length,
      partlyUnderstood: requests.filter(({ unresolved }) => unresolved.length > 0).length,
      openModels: requests.filter(({ modelChosenBy }) => modelChosenBy !== undefined).length,
      bounds: boundsOf(
        files,
        broken.filter((path) => !linted.has(path)),
      ),
    },
    failures: judged.flatMap((call) => call.failures),
    feeds: feedsOf(files, (file) =>
      memory ? [file.path, ...file.askedForNames.text, ...file.asked.text] : project.usesOf(file.path),
    ),
    ...(memory && {
      learnt: storeRun(files, calls, broken, (kind, key) => project.questions.hashOf(kind, key)),
    }),
  };
}

/** What can be said of one file for which others were run in a session. */
export interface LintedInSession {
  readonly findings: readonly Finding[];
  /** Whole sentences about rules that broke. */
  readonly failures: readonly string[];
}

/**
 * The findings that stand in one file, also those of requests elsewhere.
 * @param users files that may send something of it
 * @param run which files lead to requests, and whether it is of no interest to another session what is found out
 */
export function lintInSession(
  session: Session,
  path: string,
  users: readonly string[],
  options: EngineOptions,
  ruleSet: RuleSet,
  { leading, keepsModules }: { readonly leading: ReadonlySet<string>; readonly keepsModules: boolean },
): LintedInSession {
  const linted = new Set([path]);
  const isLinted = (each: string): boolean => each === path;
  const run: FilesToJudge = {
    linted,
    all: new Set([path, ...users]),
    isAsked: isLinted,
    isTold: isLinted,
    leading,
    keepsModules,
  };
  const { findings, calls } = judgeFiles(session, run, { ...options, withoutRequests: true }, ruleSet);
  return { findings, failures: calls.flatMap(({ judged }) => judged.failures) };
}

/** All that was asked or noted of a kind for some file. */
function unionOf(files: readonly FileOutline[], kind: AskedKind): ReadonlySet<string> {
  return new Set(files.flatMap(({ askedForNames, asked }) => [...askedForNames[kind], ...asked[kind]]));
}

/**
 * How often the bounds of the evaluator were reached, and what kept the linted files from being followed into others:
 * files too large to be read, and files with errors, whose problems nobody is shown as they are not linted themselves.
 */
function boundsOf(files: readonly FileOutline[], broken: readonly string[]): ReadonlyMap<string, number> {
  const bounds = new Map<string, number>();
  for (const { reached } of files)
    for (const [name, count] of reached) bounds.set(name, (bounds.get(name) ?? 0) + count);
  const tooLarge = unionOf(files, "tooLarge").size;
  if (tooLarge > 0) bounds.set("imported files too large", tooLarge);
  if (broken.length > 0) bounds.set("imported files with errors", broken.length);
  return bounds;
}

/** Every file that was read, and those that were linted. */
function filesOf(
  project: Project,
  paths: Iterable<string>,
  host: EngineHost,
): ReadonlyMap<string, SourceFile> {
  const files = new Map(project.files);
  for (const path of paths) {
    if (files.has(path)) continue;
    const result = host.readText(path);
    if (result && "text" in result) files.set(path, new SourceFile(path, result.text));
  }
  return files;
}
