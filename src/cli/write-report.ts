import { resolve } from "node:path";
import { reasonOf } from "./read-file.ts";
import { UsageError } from "./usage-error.ts";
import { writeAtomically } from "./write-atomically.ts";

/**
 * Writes a report to a file, all of it or nothing, making the folders it is to lie in.
 * @throws UsageError when it can't be written.
 */
export function writeReport(file: string, report: string, cwd: string): void {
  const path = resolve(cwd, file);
  try {
    writeAtomically(path, report);
  } catch (error) {
    throw new UsageError(`The report can't be written to ${file}. ${reasonOf(error)}`);
  }
}
