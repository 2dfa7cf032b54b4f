import type { Expression } from "../program/program.ts";
import type { Value } from "../value/value.ts";
import { bounds } from "./bounds.ts";

/** Whether a loop goes on and on while a flag is up, which something beside it takes down: `while not self.stopped`. */
export function isWaiting(value: Value, test: Expression, round: number): boolean {
  if (round < bounds.flagRounds) return false;
  return value.type === "constant" && typeof value.value === "boolean" && asksForFlag(test);
}

function asksForFlag(test: Expression): boolean {
  if (test.kind === "logical") return asksForFlag(test.left) && asksForFlag(test.right);
  if (test.kind === "unary") return test.operator === "not" && asksForFlag(test.operand);
  if (test.kind === "binary") {
    const isEquality = test.operator === "==" || test.operator === "!=";
    return isEquality && asksForFlag(test.left) && (test.right.kind === "literal" || asksForFlag(test.right));
  }
  return test.kind === "name" || test.kind === "member";
}
