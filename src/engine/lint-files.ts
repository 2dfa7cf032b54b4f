import { SourceFile, type Span } from "../source/source-file.ts";
import type { Problem } from "../source/problem.ts";
import { Budget } from "../evaluate/explore.ts";
import { bounds, type BoundName } from "../evaluate/bounds.ts";
import type { Modules } from "../evaluate/modules.ts";
import type { LoweredRequest } from "../request/request.ts";
import { placeRequests } from "../request/variations.ts";
import type { Finding, Severity } from "../rule/finding.ts";
import { viewRequest, type RequestView } from "../rule/request-view.ts";
import { runRule, type ReportedFinding, type Rule } from "../rule/rule.ts";
import { onePerSubject, settleCalls, settleVariants, type CallFindings } from "../rule/settle.ts";
import { withSureFixes, withSureFixesOfCalls } from "../rule/sure-fixes.ts";
import { confidenceRank, weakest, type Confidence } from "../value/scope.ts";
import { isAssetPath, requestsInAsset, withoutFilledTemplates } from "./asset-requests.ts";
import type { EngineHost } from "./engine-host.ts";
import { feedsOf, type Feeds } from "./feeds.ts";
import { findRequests, type Conversation } from "./find-requests.ts";
import { Fixer } from "./fixer.ts";
import { LeadingNames } from "./leading-names.ts";
import { mergeFindings, type MergedFinding } from "./merge-findings.ts";
import { withPossibleModels } from "./possible-models.ts";
import type { Project } from "./project.ts";
import { factsOf, resolveModel } from "./request-facts.ts";
import type { LintResult, RequestSummary } from "./result.ts";
import { Session, type FoundInFile } from "./session.ts";
import type { FileSettings } from "./settings.ts";
import { isTestFile } from "./test-files.ts";
import { suppress } from "./suppressions/suppress.ts";
import { summarize } from "./summarize.ts";
import { callsTouching } from "./touched-files.ts";

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
  /** Whether comments that suppress nothing are problems; they are not, unless given. */
  readonly reportUnusedDirectives?: boolean;
  /** Told before each file that is run how many are done. */
  onProgress?(done: number, total: number): void;
}

/** What runs before this one leave to it. */
export interface Kept {
  readonly session?: Session;
  /** Files that hold requests or lead to them, linted or not: only they are run. Those of this run unless given. */
  readonly leading?: ReadonlySet<string>;
}

/** What a run gives; `failures` are whole sentences about what broke on our side. */
export type EngineResult = LintResult & { readonly failures: readonly string[]; readonly feeds: Feeds };

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
  const { session = new Session(host, (path) => options.settingsOf(path)) } = kept;
  const { project, counter } = session;
  const problems: Problem[] = [];
  const failures: string[] = [];
  const boundsReached = new Map<BoundName, number>();
  const found: Conversation[] = [];
  const senders = new Set<string>();
  const parts = new Set<string>();
  const linted = new Set(paths);
  const all = new Set([...paths, ...callers]);
  const leading = kept.leading ?? all;
  const names = new LeadingNames(project, leading);
  let done = 0;
  for (const path of all) {
    options.onProgress?.(done++, all.size);
    if (!leading.has(path)) continue;
    const requests = session.foundIn(path, () => runFile(session, path, names));
    if (linted.has(path)) problems.push(...requests.problems);
    found.push(...requests.conversations);
    for (const sender of requests.senders) senders.add(sender);
    for (const part of requests.parts) parts.add(part);
    for (const [name, count] of requests.reached)
      boundsReached.set(name, (boundsReached.get(name) ?? 0) + count);
  }

  const sites = [...groupBySite(withoutFilledTemplates(found, parts), senders).values()];
  // Where runs share a session, one of them has much else in view.
  const inView = kept.session ? callsTouching(sites, linted) : sites;

  const calls: (CallFindings & { readonly site: Span; readonly isLinted: boolean })[] = [];
  const requests: RequestSummary[] = [];
  let partlyUnderstood = 0;
  for (const conversations of inView) {
    const site = conversations[0]?.site;
    if (!site) continue;
    const settings = options.settingsOf(site.file);
    const contexts = conversations.flatMap(({ requests: sent, others }) => placeRequests(sent, others));
    const models = withPossibleModels(contexts.map(({ request }) => request));
    const variants = contexts.map((context) => {
      const request = models.get(context.request)!;
      return viewRequest({ ...context, request }, factsOf(project, counter, request, settings));
    });
    const [first] = variants;
    if (!first) continue;
    const isLinted = linted.has(first.site.file);
    const marks = variants.flatMap(({ checkpoints }) => checkpoints.map(({ span }) => span));
    calls.push({ site, marks, findings: judge(variants, settings, ruleSet, failures), isLinted });
    if (!isLinted) continue;
    const shown = mostTelling(conversations, variants);
    requests.push(summarize(shown, resolveModel(shown, settings.model)));
    if (shown.unresolved.length > 0) partlyUnderstood++;
  }

  const reported = settleCalls(withSureFixesOfCalls(calls), ruleSet.rules).flatMap((settled, index) => {
    const { isLinted, site } = calls[index]!;
    return settled.filter(({ at }) => isLinted || linted.has(at.file)).map((each) => ({ ...each, site }));
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
  return {
    findings,
    suppressed,
    problems: [...problems, ...wrongDirectives],
    requests: requests.sort((a, b) => comparePlaces(a.at, b.at)),
    files: filesOf(project, paths, host),
    statistics: {
      files: paths.length,
      parsedFiles: project.parsedFiles,
      requests: requests.length,
      partlyUnderstood,
      bounds: new Map<string, number>([...boundsReached, ...project.lostImports(linted)]),
    },
    failures,
    feeds: feedsOf(found, project),
  };
}

/** Files other than its own from which all ways to a request are tried; those after them show little that is new. */
const triedCallers = 3;

/** A request with a mark, unless enough other files have led to it. */
function isWorthEffort(
  { site, checkpoints, faults }: LoweredRequest,
  path: string,
  seenFrom: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  if (checkpoints.length + faults.length === 0) return false;
  if (site.file !== path && isTestFile(path)) return false;
  return site.file === path || (seenFrom.get(placeOf(site))?.size ?? 0) < triedCallers;
}

/** The conversations that count, by the call that sends them. */
function groupBySite(
  found: readonly Conversation[],
  senders: ReadonlySet<string>,
): ReadonlyMap<string, readonly Conversation[]> {
  const sites = new Map<string, Conversation[]>();
  for (const conversation of found) {
    // What a function makes of made-up arguments says nothing where requests show what it makes of real ones.
    const isTried = conversation.requests.some(({ use }) => use === "fragment");
    if (isTried && conversation.entry !== undefined && senders.has(conversation.entry)) continue;
    const key = placeOf(conversation.site);
    sites.set(key, [...(sites.get(key) ?? []), conversation]);
  }
  for (const [key, conversations] of sites) {
    const inUse = conversations.filter(({ from, site }) => from === site.file || !isTestFile(from));
    if (inUse.length > 0) sites.set(key, inUse);
  }
  return sites;
}

/** The requests of one file: those its code sends, or those it holds as data. */
function runFile(session: Session, path: string, leading: LeadingNames): FoundInFile {
  const { project, modules, seenFrom } = session;
  const budget = new Budget(
    (request) => isWorthEffort(request, path, seenFrom),
    isTestFile(path) ? bounds.stepsOfTests : bounds.stepsWithoutMark,
  );
  const found = requestsIn(project, modules, path, budget, leading);
  for (const { site, from } of found.conversations) {
    const key = placeOf(site);
    seenFrom.set(key, (seenFrom.get(key) ?? new Set()).add(from));
  }
  return { ...found, reached: budget.reached };
}

function requestsIn(
  project: Project,
  modules: Modules,
  path: string,
  budget: Budget,
  leading: LeadingNames,
): Omit<FoundInFile, "reached"> {
  if (isAssetPath(path)) {
    const problems: Problem[] = [];
    return { ...requestsInAsset(project, modules, path, problems, budget), problems, senders: new Set() };
  }
  const module = project.module(path);
  if (!module) return { conversations: [], senders: new Set(), parts: [], problems: [] };
  const { problems } = module;
  return { ...findRequests(project, modules, module, budget, leading), parts: [], problems };
}

/** Runs all rules on the variants of one site. */
function judge(
  variants: readonly RequestView[],
  settings: FileSettings,
  { rules }: RuleSet,
  failures: string[],
): ReportedFinding[] {
  const isFragment = variants.every(({ use }) => use === "fragment");
  return rules.flatMap((rule) => {
    if ((settings.rules.get(rule.id) ?? "off") === "off") return [];
    try {
      const findings = variants.map((view) => ({
        view,
        findings: runRule(rule, view, settings.ruleOptions.get(rule.id)),
      }));
      const settled = withSureFixes(settleVariants(rule, findings), findings);
      return settled.map((finding) => (isFragment ? weaken(finding) : finding));
    } catch (error) {
      const place = variants[0]
        ? variants[0].describePlace(variants[0].site, { file: "", start: 0, end: 0 })
        : "";
      failures.push(
        `The rule ${rule.id} failed at ${place}: ${error instanceof Error ? error.message : String(error)}`,
      );
      return [];
    }
  });
}

/** What made-up arguments show is likely at most. */
function weaken(finding: ReportedFinding): ReportedFinding {
  return { ...finding, confidence: weakest(finding.confidence, "likely") };
}

/** The request that shows most of a site: the most checkpoints, then the most that was understood. */
function mostTelling(conversations: readonly Conversation[], variants: readonly RequestView[]): RequestView {
  const usual = new Set(conversations[0]?.requests.map((request) => request.segments));
  const rank = (view: RequestView): number =>
    view.checkpoints.length * 16 -
    view.unresolved.length * 4 +
    (view.next ? 2 : 0) +
    (usual.has(view.segments) ? 1 : 0);
  return variants.reduce((best, view) => (rank(view) > rank(best) ? view : best));
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

function filesOf(
  project: Project,
  paths: readonly string[],
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

function placeOf({ file, start, end }: Span): string {
  return `${file}:${start}:${end}`;
}

function comparePlaces(a: Span, b: Span): number {
  return compareTexts(a.file, b.file) || a.start - b.start || a.end - b.end;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
