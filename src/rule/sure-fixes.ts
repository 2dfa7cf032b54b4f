import type { Span } from "../source/source-file.ts";
import type { PlannedFix } from "./fix.ts";
import type { ReportedFinding } from "./rule.ts";
import type { CallFindings, VariantFindings } from "./settle.ts";

/**
 * The findings of one rule about one call, without the fixes that take something away which another variant of its
 * requests has a use for.
 */
export function withSureFixes(
  findings: readonly ReportedFinding[],
  variants: readonly VariantFindings[],
): readonly ReportedFinding[] {
  return findings.map((finding) =>
    keepFixes(finding, (subject) =>
      variants.every(
        ({ view, findings: own }) =>
          !view.checkpoints.some(({ span }) => isSame(span, subject)) ||
          own.some((other) => isSameDefect(other, finding)),
      ),
    ),
  );
}

/** The findings of each call, without the fixes that take away what another call has a use for. */
export function withSureFixesOfCalls<Call extends CallFindings>(calls: readonly Call[]): readonly Call[] {
  return calls.map((call) => ({
    ...call,
    findings: call.findings.map((finding) =>
      keepFixes(finding, (subject) =>
        calls.every(
          ({ marks, findings }) =>
            !marks.some((mark) => isSame(mark, subject)) ||
            findings.some((other) => isSameDefect(other, finding)),
        ),
      ),
    ),
  }));
}

function keepFixes(finding: ReportedFinding, isUseless: (subject: Span) => boolean): ReportedFinding {
  const { fix, suggestions, subject } = finding;
  const plans = [fix, ...(suggestions ?? [])];
  if (!plans.some((plan) => plan?.everywhere) || (subject && isUseless(subject))) return finding;
  const isLasting = (plan: PlannedFix): boolean => !plan.everywhere;
  return {
    ...finding,
    fix: fix && isLasting(fix) ? fix : undefined,
    suggestions: suggestions?.filter(isLasting),
  };
}

function isSameDefect(a: ReportedFinding, b: ReportedFinding): boolean {
  return a.ruleId === b.ruleId && isSame(a.at, b.at);
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end && a.file === b.file;
}
