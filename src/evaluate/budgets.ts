import type { Expression } from "../program/program.ts";
import type { Statement, WhileStatement } from "../program/statement.ts";
import { budgetTest } from "./iteration.ts";

/** Longest body that does nothing but drop something. */
const statementsThatDrop = 3;

const droppers = /^(?:shift|splice|pop|popleft)$/;

/**
 * True for a loop that only takes away from a list until a budget holds: `while (size(kept) > limit) kept.shift()`.
 * What is sent last, however much it is, fits, so a short conversation is left as it is.
 */
export function dropsForBudget({ test, body }: WhileStatement): boolean {
  return budgetTest(test) !== undefined && body.length <= statementsThatDrop && body.some(isDrop);
}

function isDrop(statement: Statement): boolean {
  switch (statement.kind) {
    case "delete":
      return true;
    case "block":
      return statement.body.some(isDrop);
    case "expression":
      return drops(statement.expression);
    case "assign":
      return drops(statement.value);
    default:
      return false;
  }
}

function drops(expression: Expression): boolean {
  switch (expression.kind) {
    case "slice":
      return true;
    case "member":
      return drops(expression.object);
    case "assignExpression":
      return drops(expression.value);
    case "call": {
      const { callee } = expression;
      const isDropper = callee.kind === "member" && (droppers.test(callee.name) || callee.name === "slice");
      return isDropper || expression.arguments.some(({ value }) => drops(value));
    }
    default:
      return false;
  }
}
