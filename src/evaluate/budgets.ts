import type { Expression } from "../program/program.ts";
import type { Statement, WhileStatement } from "../program/statement.ts";
import type { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import { budgetTest } from "./iteration.ts";
import type { Run } from "./run.ts";

/** Longest body that does nothing but drop something. */
const statementsThatDrop = 3;

const droppers = /^(?:shift|splice|pop|popleft)$/;

/** Messages that fit into every budget: no loop drops the last of them. */
const leastKept = 4;

/**
 * True for a loop that only takes away from a list until a budget holds: `while (size(kept) > limit) kept.shift()`.
 * What is sent last, however much it is, fits, so a short conversation is left as it is.
 */
export function dropsForBudget({ test, body }: WhileStatement): boolean {
  return (
    budgetTest(test) !== undefined &&
    body.length <= statementsThatDrop &&
    body.some((statement) => droppedFrom(statement))
  );
}

/** Whether a loop that drops for a budget has taken so much of its list that what is left surely fits. */
export function hasDroppedEnough(run: Run, { body }: WhileStatement, environment: Environment): boolean {
  return body.some((statement) => {
    const place = droppedFrom(statement);
    if (!place || !isPlace(place)) return false;
    const list = evaluate(run, place, environment);
    return list.type === "list" && list.elements.length <= leastKept;
  });
}

/** A name, or fields of one: to read it does nothing. */
function isPlace(expression: Expression): boolean {
  return expression.kind === "name" || (expression.kind === "member" && isPlace(expression.object));
}

/** What a statement takes something away from. */
function droppedFrom(statement: Statement): Expression | undefined {
  switch (statement.kind) {
    case "delete": {
      const [target] = statement.targets;
      return target && (target.kind === "slice" || target.kind === "index" ? target.object : target);
    }
    case "block":
      return first(statement.body, droppedFrom);
    case "expression":
      return droppedIn(statement.expression);
    case "assign":
      return droppedIn(statement.value);
    default:
      return undefined;
  }
}

function droppedIn(expression: Expression): Expression | undefined {
  switch (expression.kind) {
    case "slice":
      return expression.object;
    case "member":
      return droppedIn(expression.object);
    case "assignExpression":
      return droppedIn(expression.value);
    case "call": {
      const { callee } = expression;
      const isDropper = callee.kind === "member" && (droppers.test(callee.name) || callee.name === "slice");
      return isDropper ? callee.object : first(expression.arguments, ({ value }) => droppedIn(value));
    }
    default:
      return undefined;
  }
}

function first<T>(items: readonly T[], find: (item: T) => Expression | undefined): Expression | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}
