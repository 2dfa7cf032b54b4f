import type { Span } from "../source/source-file.ts";
import { weakest } from "../value/scope.ts";
import type { RequestView } from "./request-view.ts";
import type { ReportedFinding, Rule } from "./rule.ts";

/** What one rule reported about one variant of the request a call sends. */
export interface VariantFindings {
  readonly view: RequestView;
  readonly findings: readonly ReportedFinding[];
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
  const spokesmen = new Map<string, ReportedFinding>();
  for (const finding of variants.flatMap(({ findings }) => findings)) {
    const key = findingKey(finding);
    const current = spokesmen.get(key);
    if (!current || speaksFor(finding, current, holds)) spokesmen.set(key, finding);
  }
  const all = [...spokesmen.values()].filter(
    ({ isDisprovedBy }) => !isDisprovedBy || !variants.some(({ view }) => isDisprovedBy(view)),
  );
  if (holds === "somewhere") return all;
  return all.filter((finding) =>
    variants.every(
      ({ view, findings }) =>
        !occursIn(view, finding.anchor) ||
        findings.some((other) => findingKey(other) === findingKey(finding)),
    ),
  );
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
