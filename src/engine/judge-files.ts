import type { Finding, Severity } from "../rule/finding.ts";
import type { Rule } from "../rule/rule.ts";
import { onePerSubject, settleCalls } from "../rule/settle.ts";
import { withSureFixesOfCalls } from "../rule/sure-fixes.ts";
import type { Problem } from "../source/problem.ts";
import type { Span } from "../source/source-file.ts";
import { confidenceRank, type Confidence } from "../value/scope.ts";
import { Fixer } from "./fixer.ts";
import { groupByCall, type ConversationPlace } from "./group-calls.ts";
import { judgeCall } from "./judge-call.ts";
import { mergeFindings, type MergedFinding } from "./merge-findings.ts";
import type { Offer } from "./offers.ts";
import type { SuppressedFinding } from "./result.ts";
import type { FileOutline } from "./run-file.ts";
import { RunFiles, StaleRunError } from "./run-files.ts";
import type { Session } from "./session.ts";
import type { FileSettings } from "./settings.ts";
import type { RememberedCall } from "./stored-run.ts";
import { suppress } from "./suppressions/suppress.ts";
import { placesTouching } from "./touched-files.ts";

/** The rules of a run and how they stand to each other. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  /** Groups of rules that judge one thing, the foremost first. */
  readonly precedence: readonly (readonly string[])[];
}

export interface JudgingOptions {
  /** What holds in the file of a path: for the requests that stand there, and for the severity of its findings. */
  settingsOf(path: string): FileSettings;
  readonly minimumConfidence: Confidence;
  /** Whether comments that suppress nothing are problems; they are not, unless given. */
  readonly reportUnusedDirectives?: boolean;
  /** Whether the result leaves out the requests, where only findings are wanted: to show them is to count their tokens. */
  readonly withoutRequests?: boolean;
  /** Told before each file that is run how many are done. */
  onProgress?(done: number, total: number): void;
}

/** The files of a run. */
export interface FilesToJudge {
  /** Their comments count. */
  readonly linted: ReadonlySet<string>;
  /** Those that are looked at for requests, in this order. */
  readonly all: ReadonlySet<string>;
  /** Whether a request that stands in a file, or a finding that does, is of interest. */
  isAsked(path: string): boolean;
  /** Whether a finding that stands in a file is told, for which its fixes are made; all are, unless given. */
  isTold?(path: string): boolean;
  /**
   * Files that hold requests or lead to them, looked at or not: only they are run, and only calls that a finding in a
   * linted file can be about are judged. All that are looked at, and all calls, unless given.
   */
  readonly leading?: ReadonlySet<string>;
  /** Whether modules that a file has loaded are there for those after it, as `RunFiles` says. */
  readonly keepsModules: boolean;
}

/** What a run has shown. */
export interface JudgedFiles {
  readonly files: readonly FileOutline[];
  readonly calls: readonly RememberedCall[];
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** What is wrong with comments. */
  readonly wrongDirectives: readonly Problem[];
}

/** Runs files, and says of the calls they send what the rules find. */
export function judgeFiles(
  session: Session,
  files: FilesToJudge,
  options: JudgingOptions,
  ruleSet: RuleSet,
): JudgedFiles {
  try {
    return judgeOnce(session, files, options, ruleSet);
  } catch (error) {
    if (!(error instanceof StaleRunError)) throw error;
    session.forgetEarlier();
    return judgeOnce(session, files, options, ruleSet);
  }
}

function judgeOnce(
  session: Session,
  { linted, all, isAsked, isTold = () => true, leading = all, keepsModules }: FilesToJudge,
  options: JudgingOptions,
  { rules, precedence }: RuleSet,
): JudgedFiles {
  const { project, counter } = session;
  const run = new RunFiles(session, session.namesFor(leading), keepsModules);
  const files: FileOutline[] = [];
  let done = 0;
  for (const path of all) {
    options.onProgress?.(done++, all.size);
    if (leading.has(path)) files.push(run.next(path));
  }

  const judge = (places: readonly ConversationPlace[], site: Span): RememberedCall => {
    const settings = options.settingsOf(site.file);
    const isShown = isAsked(site.file) && options.withoutRequests !== true;
    const key = { places, isShown, settings: session.hashOfSettings(settings) };
    const known = session.recollection?.call(key);
    const call = known ?? judgeAnew();
    session.remember(call, known === undefined);
    return call;

    function judgeAnew(): RememberedCall {
      const conversations = places.map((place) => run.conversation(place));
      const judging = { project, counter, settings, rules, isShown };
      const { judged, asked } = session.judged(conversations, settings, isShown, () =>
        judgeCall(conversations, judging),
      );
      return { ...key, judged, asked };
    }
  };
  const groups = groupByCall(files);
  const inView = leading === all ? groups : placesTouching(groups, (place) => run.touchedAt(place), linted);
  const outlines = new Map(files.map((file) => [file.path, file.outlines]));
  const calls = inView.map((places) => judge(places, outlines.get(places[0]!.from)![places[0]!.index]!.site));

  const judged = calls.map((call) => call.judged);
  const reported = settleCalls(withSureFixesOfCalls(judged), rules).flatMap((settled, index) => {
    const { site } = judged[index]!;
    return settled
      .filter(({ at }) => isAsked(site.file) || isAsked(at.file))
      .map((each) => ({ ...each, site }));
  });
  const fixer = new Fixer(project);
  // A text that somebody is typing is another one the next time.
  const offers = keepsModules ? undefined : session.offers;
  const offerOf = (finding: MergedFinding): Offer => {
    const make = (): Offer => fixer.offer(finding);
    return offers ? offers.of(finding, make) : make();
  };
  const shownFindings = mergeFindings(onePerSubject(reported, precedence))
    .filter(({ confidence }) => confidenceRank[confidence] <= confidenceRank[options.minimumConfidence])
    .filter(({ at }) => isTold(at.file))
    .flatMap((finding) => toFinding(finding, options, offerOf))
    .sort((a, b) => comparePlaces(a.at, b.at) || compareTexts(a.ruleId, b.ruleId));
  const { problems: wrongDirectives, ...left } = suppress(shownFindings, project, {
    linted,
    ruleIds: rules.map(({ id }) => id),
    reportUnused: options.reportUnusedDirectives ?? false,
  });
  return { files, calls, ...left, wrongDirectives };
}

/** Nothing where the rule is off in the file that the finding stands in. */
function toFinding(
  finding: MergedFinding,
  { settingsOf }: JudgingOptions,
  offerOf: (finding: MergedFinding) => Offer,
): readonly Finding[] {
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
      ...offerOf(finding),
    },
  ];
}

/** The order in which results are told. */
export function comparePlaces(a: Span, b: Span): number {
  return compareTexts(a.file, b.file) || a.start - b.start || a.end - b.end;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
