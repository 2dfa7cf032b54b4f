import { createHash } from "node:crypto";
import type { Finding } from "../rule/finding.ts";
import type { LintResult } from "./result.ts";

/** Findings that are known and not to be reported, by file and rule. */
export interface Baseline {
  readonly version: 1;
  /** By path, then rule, then hash of the line without its blanks: how often it is found. */
  readonly files: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;
}

/** A baseline without entries. */
export const emptyBaseline: Baseline = { version: 1, files: {} };

/** What is left of a result behind a baseline. */
export interface Unknown {
  readonly findings: readonly Finding[];
  /** Findings that the baseline knows. */
  readonly known: number;
  /** Entries of linted files that are found no more, counted as often as they were found. */
  readonly gone: number;
}

/** Where files stand for a baseline: its paths are relative to its own folder. */
export type BaselinePath = (path: string) => string;

/**
 * Takes the findings away that a baseline knows. An entry is a line's text and not its number, so it survives what
 * happens above it; a line that was added once more is a new finding.
 * @param linted paths of all files that were linted
 */
export function subtractBaseline(
  result: LintResult,
  baseline: Baseline,
  linted: readonly string[],
  toPath: BaselinePath,
): Unknown {
  const left = new Map<string, number>();
  for (const path of linted.map(toPath)) {
    for (const [rule, lines] of Object.entries(own(baseline.files, path) ?? {})) {
      for (const [hash, count] of Object.entries(lines)) left.set(keyOf(path, rule, hash), count);
    }
  }
  const findings = result.findings.filter((finding) => {
    const key = keyOf(toPath(finding.at.file), finding.ruleId, hashOf(finding, result));
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count === 0;
  });
  const gone = [...left.values()].reduce((sum, count) => sum + count, 0);
  return { findings, known: result.findings.length - findings.length, gone };
}

/**
 * A baseline of all findings of a result. Entries of files that were not linted are kept as long as there is such a
 * file.
 */
export function toBaseline(
  result: LintResult,
  before: Baseline,
  linted: readonly string[],
  toPath: BaselinePath,
  exists: (path: string) => boolean,
): Baseline {
  const counts = new Map<string, Map<string, Map<string, number>>>();
  const renewed = new Set(linted.map(toPath));
  for (const finding of result.findings) {
    const path = toPath(finding.at.file);
    renewed.add(path);
    const rules = counts.get(path) ?? new Map<string, Map<string, number>>();
    const lines = rules.get(finding.ruleId) ?? new Map<string, number>();
    const hash = hashOf(finding, result);
    counts.set(path, rules.set(finding.ruleId, lines.set(hash, (lines.get(hash) ?? 0) + 1)));
  }
  const files: Record<string, Baseline["files"][string]> = {};
  const paths = [
    ...counts.keys(),
    ...Object.keys(before.files).filter((path) => !renewed.has(path) && exists(path)),
  ];
  for (const path of paths.toSorted()) {
    const rules = counts.get(path);
    files[path] = rules
      ? Object.fromEntries(
          [...rules]
            .toSorted(byKey)
            .map(([rule, lines]) => [rule, Object.fromEntries([...lines].toSorted(byKey))]),
        )
      : before.files[path]!;
  }
  return { version: 1, files };
}

/** Reads a baseline from parsed JSON; undefined where it is none. */
export function readBaseline(value: unknown): Baseline | undefined {
  if (!isRecord(value) || value["version"] !== 1 || !isRecord(value["files"])) return undefined;
  const isValid = Object.values(value["files"]).every(
    (rules) =>
      isRecord(rules) &&
      Object.values(rules).every(
        (lines) =>
          isRecord(lines) &&
          Object.values(lines).every((count) => Number.isInteger(count) && Number(count) > 0),
      ),
  );
  return isValid ? (value as unknown as Baseline) : undefined;
}

function hashOf({ at }: Finding, { files }: LintResult): string {
  const file = files.get(at.file);
  const line = file ? file.lineText(file.positionAt(at.start).line) : "";
  return createHash("sha256").update(line.replace(/\s+/g, "")).digest("hex").slice(0, 16);
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
