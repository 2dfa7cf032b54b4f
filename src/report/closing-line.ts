import type { LintResult } from "../engine/result.ts";
import { counted } from "./text-layout.ts";

/** How many findings there are of each severity. */
export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
}

/** Counts the findings of a result. */
export function countFindings({ findings }: LintResult): FindingCounts {
  const errors = findings.filter((finding) => finding.severity === "error").length;
  return { errors, warnings: findings.length - errors };
}

/**
 * The last line of a run: what was looked at, what was found and what was not understood, so that silence is not
 * taken for a clean bill. Without counts it is the last line of `explain`, which shows no findings.
 */
export function closingLine(result: LintResult, counts: FindingCounts | undefined): string {
  const { files, requests, partlyUnderstood, openModels } = result.statistics;
  const findings = counts ? `: ${countsText(counts)}` : "";
  const sentences = [`${counted(files, "file")}, ${counted(requests, "request")}${findings}.`];
  if (partlyUnderstood > 0) {
    const verb = partlyUnderstood === 1 ? "was" : "were";
    const hint = counts ? " (promptlint explain shows where)" : "";
    sentences.push(`${counted(partlyUnderstood, "request")} ${verb} understood only in part${hint}.`);
  }
  if (openModels > 0) {
    const [verb, whose] = openModels === 1 ? ["gets its", "its"] : ["get their", "their"];
    sentences.push(
      `${counted(openModels, "request")} ${verb} model when the program runs: --model ID judges ${whose} limits by one.`,
    );
  }
  if (counts && result.suppressed.length > 0) {
    const verb = result.suppressed.length === 1 ? "is" : "are";
    sentences.push(`${counted(result.suppressed.length, "finding")} ${verb} suppressed by comments.`);
  }
  const unread = new Set(
    result.problems
      .filter(({ kind, severity }) => severity === "error" && kind !== "directive")
      .map((problem) => problem.span.file),
  ).size;
  if (unread > 0) sentences.push(`${counted(unread, "file")} could not be read.`);
  return `${sentences.join(" ")}\n`;
}

/** `stepsOfFunction`: "steps of function". */
function inWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What `--stats` adds: how many files were parsed and which limits of the analysis were reached. */
export function statisticsLines({ statistics }: LintResult, milliseconds: number): string {
  const { parsedFiles, bounds } = statistics;
  const reached = [...bounds].map(([name, times]) => `${inWords(name)} ${times}`).join(", ");
  return [
    `${counted(parsedFiles, "file")} parsed in ${(milliseconds / 1000).toFixed(2)} s.`,
    reached === "" ? "No limit of the analysis was reached." : `Limits of the analysis reached: ${reached}.`,
    "",
  ].join("\n");
}

function countsText({ errors, warnings }: FindingCounts): string {
  const parts: string[] = [];
  if (errors > 0) parts.push(counted(errors, "error"));
  if (warnings > 0) parts.push(counted(warnings, "warning"));
  return parts.length > 0 ? parts.join(", ") : "no findings";
}
