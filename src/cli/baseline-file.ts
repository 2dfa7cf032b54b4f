import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import {
  emptyBaseline,
  readBaseline,
  subtractBaseline,
  toBaseline,
  type Baseline,
} from "../engine/baseline.ts";
import type { LintResult } from "../engine/result.ts";
import { counted } from "../report/text-layout.ts";
import { fromFolder } from "./config/config-layer.ts";
import { codeOf, reasonOf } from "./read-file.ts";
import { UsageError } from "./usage-error.ts";
import { writeAtomically } from "./write-atomically.ts";

/** A result without the findings that a baseline knows, and a line about them for the user. */
export interface Baselined {
  readonly result: LintResult;
  readonly note: string;
}

/**
 * Applies a baseline file to a result, or writes the result's findings to it first.
 * @param file relative to `cwd`
 * @param linted all files that were looked at
 * @throws UsageError where the file can't be read or written, or is no baseline
 */
export function applyBaseline(
  result: LintResult,
  { file, isUpdated }: { readonly file: string; readonly isUpdated: boolean },
  linted: readonly string[],
  cwd: string,
): Baselined {
  const path = resolve(cwd, file);
  const toPath = (linted: string): string => fromFolder(dirname(path), resolve(cwd, linted));
  const before = read(path, file, isUpdated);
  if (!isUpdated) {
    const { findings, known, gone } = subtractBaseline(result, before, linted, toPath);
    const hint =
      gone > 0
        ? ` ${counted(gone, "entry", "entries")} of it ${gone === 1 ? "is" : "are"} found no more; --update-baseline takes ${gone === 1 ? "it" : "them"} out.`
        : "";
    return {
      result: { ...result, findings },
      note: `${counted(known, "finding")} ${known === 1 ? "is" : "are"} in the baseline.${hint}\n`,
    };
  }
  const exists = (entry: string): boolean => existsSync(resolve(dirname(path), entry));
  const baseline = toBaseline(result, before, linted, toPath, exists);
  try {
    writeAtomically(path, `${JSON.stringify(baseline, undefined, 2)}\n`);
  } catch (error) {
    throw new UsageError(`The baseline can't be written to ${file}. ${reasonOf(error)}`);
  }
  return {
    result: { ...result, findings: [] },
    note: `${file} now holds ${counted(result.findings.length, "finding")} of this run.\n`,
  };
}

function read(path: string, shown: string, isUpdated: boolean): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT" && isUpdated) return emptyBaseline;
    if (codeOf(error) === "ENOENT")
      throw new UsageError(`There is no baseline ${shown}: --update-baseline writes it.`);
    if (codeOf(error) !== undefined)
      throw new UsageError(`The baseline ${shown} can't be read. ${reasonOf(error)}`);
  }
  const baseline = readBaseline(value);
  if (!baseline) throw new UsageError(`${shown} is no baseline: it is not what --update-baseline writes.`);
  return baseline;
}
