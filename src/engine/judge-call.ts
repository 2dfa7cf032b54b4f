import { placeRequests } from "../request/variations.ts";
import { viewRequest, type RequestView } from "../rule/request-view.ts";
import { runRule, type ReportedFinding, type Rule } from "../rule/rule.ts";
import { settleVariants, type CallFindings } from "../rule/settle.ts";
import { withSureFixes } from "../rule/sure-fixes.ts";
import type { Span } from "../source/source-file.ts";
import type { TokenCounter } from "../tokens/token-counter.ts";
import { weakest } from "../value/scope.ts";
import type { Conversation } from "./find-requests.ts";
import { withPossibleModels } from "./possible-models.ts";
import type { Project } from "./project.ts";
import { factsOf, resolveModel } from "./request-facts.ts";
import type { RequestSummary } from "./result.ts";
import type { FileSettings } from "./settings.ts";
import { summarize } from "./summarize.ts";

/** What the rules say of one call that sends requests. */
export interface JudgedCall extends CallFindings {
  readonly site: Span;
  /** The request that shows most of it; undefined where it is not shown. */
  readonly request: RequestSummary | undefined;
  /** Whole sentences about rules that failed. */
  readonly failures: readonly string[];
}

/** What judging takes beside the requests. */
export interface Judging {
  readonly project: Project;
  readonly counter: TokenCounter;
  readonly settings: FileSettings;
  readonly rules: readonly Rule[];
  /** Whether the result has the request. */
  readonly isShown: boolean;
}

/**
 * Runs all rules on the requests of one call.
 * @param conversations of that call; at least one
 */
export function judgeCall(
  conversations: readonly Conversation[],
  { project, counter, settings, rules, isShown }: Judging,
): JudgedCall {
  const { site } = conversations[0]!;
  const contexts = conversations.flatMap(({ requests: sent, others, isOnMadeUpObject }) =>
    placeRequests(sent, others).map((context) => ({ ...context, isOnMadeUpObject })),
  );
  const models = withPossibleModels(contexts.map(({ request }) => request));
  const variants = contexts.map((context) => {
    const request = models.get(context.request)!;
    return viewRequest({ ...context, request }, factsOf(project, counter, request, settings));
  });
  const marks = variants.flatMap(({ checkpoints }) => checkpoints.map(({ span }) => span));
  const failures: string[] = [];
  const madeUp = new Set(variants.filter((_, index) => contexts[index]!.isOnMadeUpObject));
  const findings = judge(variants, madeUp, settings, rules, failures);
  const shown = isShown && variants.length > 0 ? mostTelling(conversations, variants) : undefined;
  const request = shown && summarize(shown, resolveModel(shown, settings.model));
  return { site, marks, findings, request, failures };
}

/** @param madeUp variants that were sent by methods of objects which were made for them */
function judge(
  variants: readonly RequestView[],
  madeUp: ReadonlySet<RequestView>,
  settings: FileSettings,
  rules: readonly Rule[],
  failures: string[],
): ReportedFinding[] {
  const isFragment = variants.every(({ use }) => use === "fragment");
  return rules.flatMap((rule) => {
    if ((settings.rules.get(rule.id) ?? "off") === "off") return [];
    try {
      const findings = variants.map((view) => ({
        view,
        findings: runRule(rule, view, settings.ruleOptions.get(rule.id)),
        isOnMadeUpObject: madeUp.has(view),
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
    (view.unresolved.length + (view.model.chosenBy === undefined ? 0 : 1)) * 4 +
    (view.next ? 2 : 0) +
    (usual.has(view.segments) ? 1 : 0);
  return variants.reduce((best, view) => (rank(view) > rank(best) ? view : best));
}
