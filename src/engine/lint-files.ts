import { SourceFile, type Span } from "../source/source-file.ts";
import type { Finding, Severity } from "../rule/finding.ts";
import type { Rule } from "../rule/rule.ts";
import { onePerSubject, settleCalls } from "../rule/settle.ts";
import { withSureFixesOfCalls } from "../rule/sure-fixes.ts";
import { confidenceRank, type Confidence } from "../value/scope.ts";
import type { EngineHost } from "./engine-host.ts";
import { feedsOf, type Feeds } from "./feeds.ts";
import { Fixer } from "./fixer.ts";
import { groupByCall, type ConversationPlace } from "./group-calls.ts";
import { judgeCall } from "./judge-call.ts";
import { mergeFindings, type MergedFinding } from "./merge-findings.ts";
import type { Project } from "./project.ts";
import type { AskedKind, HashOf } from "./questions.ts";
import type { LintResult } from "./result.ts";
import type { FileOutline } from "./run-file.ts";
import { RunFiles, StaleRunError } from "./run-files.ts";
import { Session } from "./session.ts";
import type { FileSettings } from "./settings.ts";
import { callKey, openRun, storeRun, type RememberedCall, type StoredRun } from "./stored-run.ts";
import { suppress } from "./suppressions/suppress.ts";
import { placesTouching } from "./touched-files.ts";

/** The rules of a run and how they stand to each other. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  /** Groups of rules that judge one thing, the foremost first. */
  readonly precedence: readonly (readonly string[])[];
}

export interface EngineOptions {
  /** What holds in the file of a path: for the requests that stand there, and for the severity of its findings. */
  settingsOf(path: string): FileSettings;
  readonly minimumConfidence: Confidence;
  /** Files that count as linted although they are not run: a request may be sent there on behalf of others. */
  readonly asked?: ReadonlySet<string>;
  /** Whether comments that suppress nothing are problems; they are not, unless given. */
  readonly reportUnusedDirectives?: boolean;
  /** Whether the result leaves out the requests, where only findings are wanted: to show them is to count their tokens. */
  readonly withoutRequests?: boolean;
  /** Told before each file that is run how many are done. */
  onProgress?(done: number, total: number): void;
}

/** What runs before this one leave to it. */
export interface Kept {
  readonly session?: Session;
  /** Files that hold requests or lead to them, linted or not: only they are run. Those of this run unless given. */
  readonly leading?: ReadonlySet<string>;
  readonly memory?: Memory;
}

/** How a run is kept for another one, perhaps in another process. */
export interface Memory {
  /** A run before this one, of the same build of promptlint: what still holds of it is not found out again. */
  readonly earlier: StoredRun | undefined;
  /** Gives what an answer of the host is compared by. */
  readonly hashOf: HashOf;
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
  kept: Kept = {},
): EngineResult {
  try {
    return lintOnce(paths, host, options, ruleSet, callers, kept);
  } catch (error) {
    if (!(error instanceof StaleRunError) || !kept.memory) throw error;
    return lintOnce(paths, host, options, ruleSet, callers, {
      ...kept,
      memory: { ...kept.memory, earlier: undefined },
    });
  }
}

function lintOnce(
  paths: readonly string[],
  host: EngineHost,
  options: EngineOptions,
  ruleSet: RuleSet,
  callers: readonly string[],
  kept: Kept,
): EngineResult {
  const { memory, session = new Session(host, (path) => options.settingsOf(path), memory?.hashOf) } = kept;
  const { project, counter } = session;
  const { questions } = project;
  const earlier = memory?.earlier && openRun(memory.earlier);
  const linted = new Set(paths);
  const isAsked = (path: string): boolean => linted.has(path) || options.asked?.has(path) === true;
  const all = new Set([...paths, ...callers]);
  const leading = kept.leading ?? all;
  const run = new RunFiles(
    session,
    leading,
    session.namesFor(leading),
    earlier,
    // What is kept for another run must not hang on the order in which modules are met in this one.
    memory === undefined,
    (path) => options.settingsOf(path),
  );
  const files: FileOutline[] = [];
  let done = 0;
  for (const path of all) {
    options.onProgress?.(done++, all.size);
    if (leading.has(path)) files.push(run.next(path));
  }

  const judge = (places: readonly ConversationPlace[], site: Span): RememberedCall => {
    const isLinted = isAsked(site.file);
    const known = earlier?.calls.get(callKey(places, isLinted));
    if (known && run.stillHolds(places, known.asked)) return known;
    const conversations = places.map((place) => run.conversation(place));
    const { result: judged, asked } = questions.recording(() => {
      const settings = questions.ask("settings", site.file, () => options.settingsOf(site.file));
      const { rules } = ruleSet;
      const isShown = isLinted && !options.withoutRequests;
      return session.judged(conversations, settings, isShown, () =>
        judgeCall(conversations, { project, counter, settings, rules, isShown }),
      );
    });
    return { places, isLinted, asked, judged };
  };
  const groups = groupByCall(files);
  // Where runs share a session, one of them has much else in view.
  const inView = kept.session ? placesTouching(groups, (place) => run.conversation(place), linted) : groups;
  const outlines = new Map(files.map((file) => [file.path, file.outlines]));
  const calls = inView.map((places) => judge(places, outlines.get(places[0]!.from)![places[0]!.index]!.site));

  const judged = calls.map((call) => call.judged);
  const reported = settleCalls(withSureFixesOfCalls(judged), ruleSet.rules).flatMap((settled, index) => {
    const {
      isLinted,
      judged: { site },
    } = calls[index]!;
    return settled.filter(({ at }) => isLinted || isAsked(at.file)).map((each) => ({ ...each, site }));
  });
  const fixer = new Fixer(project);
  const shownFindings = mergeFindings(onePerSubject(reported, ruleSet.precedence))
    .filter(({ confidence }) => confidenceRank[confidence] <= confidenceRank[options.minimumConfidence])
    .flatMap((finding) => toFinding(finding, options, fixer))
    .sort((a, b) => comparePlaces(a.at, b.at) || compareTexts(a.ruleId, b.ruleId));
  const {
    findings,
    suppressed,
    problems: wrongDirectives,
  } = suppress(shownFindings, project, {
    linted,
    ruleIds: ruleSet.rules.map(({ id }) => id),
    reportUnused: options.reportUnusedDirectives ?? false,
  });
  const requests = judged.flatMap(({ request }) => request ?? []);
  const parsed = unionOf(files, "parsed");
  const isBroken = (path: string): boolean => {
    const isKnown = earlier && !project.isParsed(path) && run.isAsBefore("text", path);
    return isKnown ? earlier.broken.has(path) : project.isBroken(path);
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
    files: filesOf(project, new Set([...paths, ...(earlier ? unionOf(files, "text") : [])]), host),
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
    ...(memory && { learnt: storeRun(files, calls, broken, questions) }),
  };
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

/** Nothing where the rule is off in the file that the finding stands in. */
function toFinding(finding: MergedFinding, { settingsOf }: EngineOptions, fixer: Fixer): readonly Finding[] {
  const { ruleId, messageId, at, message, confidence, related, tokens, cost, affects } = finding;
  const configured = settingsOf(at.file).rules.get(ruleId) ?? "off";
  if (configured === "off") return [];
  const severity: Severity = configured === "error" && confidence === "certain" ? "error" : "warn";
  return [
    {
      ruleId,
      messageId,
      at,
      message,
      severity,
      confidence,
      related,
      tokens,
      cost,
      affects,
      ...fixer.offer(finding),
    },
  ];
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

function comparePlaces(a: Span, b: Span): number {
  return compareTexts(a.file, b.file) || a.start - b.start || a.end - b.end;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
