import type { Finding } from "../rule/finding.ts";
import type { Span } from "../source/source-file.ts";
import type { Feeds } from "./feeds.ts";
import type { LintResult } from "./result.ts";

/** Lines from `first` to `last`, both included, counted from 1. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Changed files by path, with their changed lines. A file that is gone has none. */
export type Changes = ReadonlyMap<string, readonly LineRange[]>;

/**
 * What a change is answerable for: findings with a place on a changed line, and all findings and requests of files
 * whose requests a changed file feeds, wherever they stand.
 */
export function onlyChanged(
  result: LintResult,
  feeds: Feeds,
  changes: Changes,
): Pick<LintResult, "findings" | "requests"> {
  const isFed = (path: string): boolean => [...(feeds.get(path) ?? [path])].some((file) => changes.has(file));
  const fed = new Map<string, boolean>();
  const isFedOnce = (path: string): boolean => {
    const known = fed.get(path) ?? isFed(path);
    fed.set(path, known);
    return known;
  };
  const isChanged = (span: Span): boolean => {
    const file = result.files.get(span.file);
    const ranges = changes.get(span.file);
    if (!file || !ranges) return false;
    const first = file.positionAt(span.start).line;
    const last = file.positionAt(span.end).line;
    return ranges.some((range) => range.first <= last && first <= range.last);
  };
  const counts = ({ at, related }: Finding): boolean => {
    const spans = [at, ...related.map(({ span }) => span)];
    return spans.some(isChanged) || spans.some(({ file }) => feeds.has(file) && isFedOnce(file));
  };
  return {
    findings: result.findings.filter(counts),
    requests: result.requests.filter(({ at }) => isFedOnce(at.file)),
  };
}
