import { createHash } from "node:crypto";
import type { LintResult } from "../engine/result.ts";
import type { Finding } from "../rule/finding.ts";
import { placeOf } from "./place.ts";

/**
 * Identifies each finding from one run to the next although lines above it come and go: rule, file and text of the
 * line, with a number behind it to tell equal ones apart. To be asked for the findings in their order, once each.
 */
export function fingerprints({ files }: LintResult): (finding: Pick<Finding, "ruleId" | "at">) => string {
  const seen = new Map<string, number>();
  return ({ ruleId, at }) => {
    const line = files.get(at.file)?.lineText(placeOf(at, files).start.line) ?? "";
    const text = JSON.stringify([ruleId, at.file, line.replace(/\s+/g, "")]);
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
    const times = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, times);
    return `${hash}:${times}`;
  };
}
