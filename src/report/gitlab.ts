import { createHash } from "node:crypto";
import { fingerprints } from "./fingerprints.ts";
import { placeOf } from "./place.ts";
import type { Reporter } from "./report.ts";

interface CodeQualityIssue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: "info" | "minor" | "major";
  readonly location: {
    readonly path: string;
    readonly lines: { readonly begin: number; readonly end: number };
  };
}

/** A Code Quality report of GitLab, which compares the fingerprints of two branches. */
export const gitlab: Reporter = (result) => {
  const fingerprint = fingerprints(result);
  const issues: CodeQualityIssue[] = result.findings.map((finding) => {
    const { file, start, end } = placeOf(finding.at, result.files);
    return {
      description: finding.message,
      check_name: finding.ruleId,
      fingerprint: fingerprint(finding),
      severity: finding.severity === "error" ? "major" : "minor",
      location: { path: file, lines: { begin: start.line, end: end.line } },
    };
  });
  for (const { span, message, severity } of result.problems) {
    const { file, start, end } = placeOf(span, result.files);
    const hash = createHash("sha256")
      .update(JSON.stringify([file, message]))
      .digest("hex");
    issues.push({
      description: message,
      check_name: "promptlint",
      fingerprint: hash.slice(0, 16),
      severity: severity === "error" ? "major" : "info",
      location: { path: file, lines: { begin: start.line, end: end.line } },
    });
  }
  return `${JSON.stringify(issues, undefined, 2)}\n`;
};
