import { continues } from "../request/growth.ts";
import type { Span } from "../source/source-file.ts";
import { weakest } from "../value/scope.ts";
import type { RequestView } from "./request-view.ts";
import type { ReportedFinding, Rule } from "./rule.ts";

/** What one rule reported about one variant of the request a call sends. */
export interface VariantFindings {
  readonly view: RequestView;
  readonly findings: readonly ReportedFinding[];
  /** Sent by a method of an object that was made for it, as nobody in view may make one. */
  readonly isOnMadeUpObject?: boolean;
}

/**
 * The findings of one rule about one call, one for each place, without those that a variant disproves. Of a rule that holds everywhere only those are left
 * that are reported for every variant in which their anchor occurs, and the weakest of them speaks for all; else
 * the strongest does. The order is that of the variants.
 */
export function settleVariants(
  { holds }: Pick<Rule, "holds">,
  variants: readonly VariantFindings[],
): readonly ReportedFinding[] {
  const stand = (found: readonly VariantFindings[], judges: readonly VariantFindings[]) =>
    spokesmenOf(
      found.flatMap(({ findings }) => findings),
      (each) => `${findingKey(each)} ${each.messageId}`,
      holds,
    ).filter(({ isDisprovedBy }) => !isDisprovedBy || !judges.some(({ view }) => isDisprovedBy(view)));
  const inView = variants.filter(({ isOnMadeUpObject }) => !isOnMadeUpObject);
  const candidates =
    inView.length === variants.length
      ? stand(variants, variants)
      : [...stand(inView, variants.filter(isOfKnownLife)), ...stand(variants, variants)];
  const all = spokesmenOf(candidates, findingKey, holds);
  if (holds === "somewhere") return all;
  return all.filter((finding) =>
    variants.every(
      ({ view, findings }) =>
        !occursIn(view, finding.anchor) ||
        finding.among?.(view) === false ||
        findings.some((other) => findingKey(other) === findingKey(finding)),
    ),
  );
}

/**
 * What an object keeps for several requests says nothing about one that the code makes for each of them, unless it is a
 * conversation that these requests go on with.
 */
function isOfKnownLife({ view, isOnMadeUpObject }: VariantFindings): boolean {
  return !isOnMadeUpObject || view.next === undefined || continues(view, view.next);
}

/** What all rules reported about one call. */
export interface CallFindings {
  /** The marks that its requests carry. */
  readonly marks: readonly Span[];
  readonly findings: readonly ReportedFinding[];
}

/**
 * The findings of each call, as given. Several calls may share a mark, as a setting of an agent that is run in many
 * places: a rule that holds everywhere must then report it for all of them.
 */
export function settleCalls(
  calls: readonly CallFindings[],
  rules: readonly Pick<Rule, "id" | "holds">[],
): readonly (readonly ReportedFinding[])[] {
  const strict = new Set(rules.filter(({ holds }) => holds === "everywhere").map(({ id }) => id));
  const carrying = countKeys(calls.map(({ marks }) => marks.map(spanKey)));
  const reporting = countKeys(calls.map(({ findings }) => findings.map(findingKey)));
  return calls.map(({ findings }) =>
    findings.filter((finding) => {
      if (!strict.has(finding.ruleId)) return true;
      return (carrying.get(spanKey(finding.anchor)) ?? 0) <= reporting.get(findingKey(finding))!;
    }),
  );
}

/** In how many of the lists a key occurs. */
function countKeys(lists: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const keys of lists) for (const key of new Set(keys)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/**
 * Leaves one finding for each subject: the one whose rule comes first in its group. Rules outside of all groups, and
 * findings without a subject, are not touched.
 * @param groups each a list of rule ids, the foremost first.
 */
export function onePerSubject<Finding extends Pick<ReportedFinding, "ruleId" | "subject">>(
  findings: readonly Finding[],
  groups: readonly (readonly string[])[],
): readonly Finding[] {
  const rankOf = (finding: Finding, group: readonly string[]): number => group.indexOf(finding.ruleId);
  return findings.filter((finding) => {
    const group = groups.find((ids) => ids.includes(finding.ruleId));
    if (!group || !finding.subject) return true;
    const subject = spanKey(finding.subject);
    return !findings.some(
      (other) =>
        other.subject !== undefined &&
        group.includes(other.ruleId) &&
        rankOf(other, group) < rankOf(finding, group) &&
        spanKey(other.subject) === subject,
    );
  });
}

/** One finding for each key, in the order in which the keys occur. */
function spokesmenOf(
  findings: readonly ReportedFinding[],
  keyOf: (finding: ReportedFinding) => string,
  holds: Rule["holds"],
): readonly ReportedFinding[] {
  const spokesmen = new Map<string, ReportedFinding>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const current = spokesmen.get(key);
    if (!current || speaksFor(finding, current, holds)) spokesmen.set(key, finding);
  }
  return [...spokesmen.values()];
}

function speaksFor({ confidence }: ReportedFinding, current: ReportedFinding, holds: Rule["holds"]): boolean {
  if (confidence === current.confidence) return false;
  const isWeaker = weakest(confidence, current.confidence) === confidence;
  return isWeaker === (holds === "everywhere");
}

function findingKey({ ruleId, at, anchor }: ReportedFinding): string {
  return [ruleId, spanKey(at), spanKey(anchor)].join(" ");
}

function spanKey({ file, start, end }: Span): string {
  return `${file}:${start}:${end}`;
}

function occursIn(view: RequestView, anchor: Span): boolean {
  const key = spanKey(anchor);
  return (
    spanKey(view.site) === key ||
    view.checkpoints.some(({ span }) => spanKey(span) === key) ||
    view.segments.some(({ span }) => spanKey(span) === key)
  );
}
