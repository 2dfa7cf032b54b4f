import type { Expression, ForEachStatement, Statement, WhileStatement } from "../program/program.ts";
import type { LoopContext, Run } from "./run.ts";

type Loop = ForEachStatement | WhileStatement;

/**
 * Counts the rounds of a loop in which a model is asked for its next step. How many these are is for the model to say,
 * whatever most the code allows: as many are run as of a loop whose end is not known.
 */
export class AgentRounds {
  readonly #run: Run;
  readonly #mayEndEarly: boolean;
  readonly #most: number;
  #asked: number;
  #rounds = 0;

  /** @param most rounds that are run */
  constructor(run: Run, loop: Loop, most: number) {
    this.#run = run;
    this.#mayEndEarly = isCounted(loop) && leavesEarly(loop.body);
    this.#most = most;
    this.#asked = run.asked;
  }

  /** To be asked in front of each round: whether there have been enough. */
  get areEnough(): boolean {
    if (!this.#mayEndEarly) return false;
    if (this.#run.asked > this.#asked) this.#rounds++;
    this.#asked = this.#run.asked;
    return this.#rounds >= this.#most;
  }
}

/** `while` loops, and those over the numbers up to one: other elements are known, and each is another one. */
function isCounted(loop: Loop): boolean {
  if (loop.kind === "while") return true;
  const { iterable } = loop;
  return iterable.kind === "call" && iterable.callee.kind === "name" && iterable.callee.name === "range";
}

const known = new WeakMap<readonly Statement[], boolean>();

/** Whether statements may leave the loop around them on a condition. */
function leavesEarly(statements: readonly Statement[], isInside = false): boolean {
  let leaves = known.get(statements);
  if (leaves === undefined) {
    leaves = statements.some((statement) => mayLeave(statement, isInside));
    known.set(statements, leaves);
  }
  return leaves;
}

function mayLeave(statement: Statement, isInside: boolean): boolean {
  switch (statement.kind) {
    case "return":
      return true;
    case "break":
      return !isInside;
    case "if":
      return leavesEarly(statement.then, isInside) || leavesEarly(statement.else, isInside);
    case "block":
    case "with":
      return leavesEarly(statement.body, isInside);
    case "try":
      return [statement.body, ...statement.handlers.map(({ body }) => body), statement.else].some((each) =>
        leavesEarly(each, isInside),
      );
    case "while":
    case "forEach":
      return leavesEarly(statement.body, true);
    case "switch":
      return statement.cases.some(({ body }) => leavesEarly(body, isInside));
    default:
      return false;
  }
}

/** What answers and messages say of whether there is something left to do. */
const saysWhatIsLeft =
  /^(?:stop_?reason|finish_?reason|tool_?calls?|tool_?uses?|role|assistant|end_?turn|function_?calls?)$/i;

const steps = new WeakMap<Loop, boolean>();

/** A loop, with whether it goes on for as long as the answer of a model, or the newest message, leaves something to do. */
export function agentLoop(context: LoopContext, loop: Loop): LoopContext {
  let isAgents = steps.get(loop);
  if (isAgents === undefined) {
    const test = loop.kind === "while" ? loop.test : undefined;
    isAgents = isCounted(loop) && ((test !== undefined && namesWhatIsLeft(test)) || endsWhenDone(loop.body));
    steps.set(loop, isAgents);
  }
  return isAgents ? { ...context, isAgents } : context;
}

/** Whether statements leave the loop around them where an answer leaves nothing to do. */
function endsWhenDone(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    if (statement.kind === "if") {
      const { test, then, else: otherwise } = statement;
      const leaves = [then, otherwise].some((branch) => leavesEarly(branch));
      return (leaves && namesWhatIsLeft(test)) || endsWhenDone(then) || endsWhenDone(otherwise);
    }
    return (
      (statement.kind === "block" || statement.kind === "with" || statement.kind === "try") &&
      endsWhenDone(statement.body)
    );
  });
}

/** Deepest expression that is searched for names. */
const maximumDepth = 6;

function namesWhatIsLeft(expression: Expression, depth = 0): boolean {
  if (depth > maximumDepth) return false;
  const inside = (...parts: readonly Expression[]): boolean =>
    parts.some((part) => namesWhatIsLeft(part, depth + 1));
  switch (expression.kind) {
    case "name":
      return saysWhatIsLeft.test(expression.name);
    case "literal":
      return typeof expression.value === "string" && saysWhatIsLeft.test(expression.value);
    case "member":
      return saysWhatIsLeft.test(expression.name) || inside(expression.object);
    case "index":
      return inside(expression.object, expression.index);
    case "unary":
      return inside(expression.operand);
    case "binary":
    case "logical":
      return inside(expression.left, expression.right);
    case "call":
      return inside(expression.callee, ...expression.arguments.map(({ value }) => value));
    default:
      return false;
  }
}
