import type { IfStatement } from "../program/program.ts";
import type { Decision } from "../value/value.ts";
import type { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import type { Run } from "./run.ts";

/*
 * A conversation that has grown up to a limit is summed up by a model, and what takes its place is far from the limit:
 * what is compared is not known, but it is not above the limit in each turn.
 */

/** Notes that a model was asked for something where a size was compared with a limit. */
export function noteRoom(run: Run, statement: IfStatement, { subjects }: Decision): void {
  const isSize = subjects.some(
    ({ origin }) => origin.kind === "operation" && /^[<>]=?$/.test(origin.operator),
  );
  if (isSize) run.roomMade.add(statement);
}

/** True for a condition at which room was made before, if nothing says that it holds again. */
export function hasRoom(run: Run, statement: IfStatement, environment: Environment): boolean {
  return run.roomMade.has(statement) && evaluate(run, statement.test, environment).type === "opaque";
}
