import type { IfStatement, Statement } from "../program/program.ts";
import type { Run } from "./run.ts";

/** Whether a condition that leads to a throw is passed over in this run; notes that it would have led there if not. */
export function isPassed(run: Run, statement: IfStatement): boolean {
  return passesOver(run, statement, statement.then);
}

/** The same for what is done where no test of a chain holds: then the last one counts as one that does. */
export function isLastWay(run: Run, statement: IfStatement): boolean {
  return passesOver(run, statement, statement.else);
}

function passesOver(run: Run, { test: { span } }: IfStatement, branch: readonly Statement[]): boolean {
  if (branch.at(-1)?.kind !== "throw") return false;
  const guard = `${span.file}:${span.start}`;
  if (run.scenario.passed?.has(guard)) return true;
  run.guard = guard;
  return false;
}
