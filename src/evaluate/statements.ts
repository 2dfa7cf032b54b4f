import type {
  IfStatement,
  Expression,
  ForEachStatement,
  Statement,
  SwitchStatement,
  TryStatement,
  WhileStatement,
} from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { agentLoop, AgentRounds } from "./agent-loops.ts";
import { constant, currentId, listElement, text } from "../value/construct.ts";
import { isUnstable } from "../value/scope.ts";
import type { Value } from "../value/value.ts";
import { bounds } from "./bounds.ts";
import { callMember } from "./calls.ts";
import { declareClass, decorateFunction, homeOf } from "./declarations.ts";
import { isOneByOne, runOneByOne } from "./fan-out.ts";
import { truth } from "./conditions.ts";
import { Environment } from "./environment.ts";
import { askedAbout, roundsOver } from "./event-kinds.ts";
import { compound, evaluate, holds, readPattern } from "./expressions.ts";
import { isWaiting } from "./flags.ts";
import { shuffleGrown, textsInReach } from "./grown-texts.ts";
import { hasNextPiece } from "./chunks.ts";
import { dropsForBudget, hasDroppedEnough } from "./budgets.ts";
import { budgetTest, elementsOf, iterable, loopOver, orderOf, keysOf } from "./iteration.ts";
import { deleteItem } from "./members.ts";
import { replaceSlice, takesOut } from "./slices.ts";
import { isFailure } from "./failures.ts";
import { isLastWay, isPassed } from "./guards.ts";
import { unknownValue } from "./opaques.ts";
import { assign, bindName } from "./patterns.ts";
import { alwaysLeaves, leavesByCall, outerCalls, ProgramThrow, type Completion, type Run } from "./run.ts";
import { restateAssigned } from "./stated-scopes.ts";
import { hasRoom, noteRoom } from "./summaries.ts";
import { binary } from "./operations.ts";
import { casesToTry, isForOtherVendor } from "./vendor-choices.ts";

/** Runs statements until one ends the list early. */
export function executeAll(run: Run, statements: readonly Statement[], environment: Environment): Completion {
  if (run.modules.languageOf(environment.file) === "javascript") hoist(run, statements, environment);
  for (let index = 0; index < statements.length; index++) {
    const statement = statements[index]!;
    if (statement.kind === "if" && isFailure(statements[index + 1])) lastChances.add(statement);
    const end = execute(run, statement, environment);
    if (end) return end;
  }
  return undefined;
}

/** Those behind which nothing is left but to fail: `if (id.includes("/")) return split(id); throw new Error(...)`. */
const lastChances = new WeakSet<IfStatement>();

/** JavaScript's functions can be called in front of their declaration. */
export function hoist(run: Run, statements: readonly Statement[], environment: Environment): void {
  for (const statement of statements) {
    const declared = statement.kind === "export" ? statement.declaration : statement;
    if (declared?.kind === "function") declareFunction(run, declared, environment);
  }
}

function declareFunction(
  run: Run,
  statement: Extract<Statement, { kind: "function" }>,
  environment: Environment,
): void {
  const value: Value = {
    type: "function",
    node: statement.function,
    environment,
    self: undefined,
    home: undefined,
  };
  bindName(run, environment, statement.function.name, value, "let");
}

function execute(run: Run, statement: Statement, environment: Environment): Completion {
  run.step();
  switch (statement.kind) {
    case "expression": {
      const since = currentId();
      const value = evaluate(run, statement.expression, environment);
      if (!takesOut(statement.expression)) run.noteUnused(value, statement.expression.span, since);
      return undefined;
    }
    case "assign": {
      const since = currentId();
      const old = statement.operator ? readPattern(run, statement.target, environment) : undefined;
      const right = () => evaluate(run, statement.value, environment);
      const { target, operator, declare, span } = statement;
      const value = restateAssigned(
        run,
        statement,
        compound(run, operator, old, right, statement.value.span, span),
      );
      assign(run, target, value, environment, declare, statement.value.span, span);
      // What a module binds may be imported elsewhere.
      if (target.kind === "namePattern" && !operator && environment.home.parent) {
        run.noteUnused(value, statement.value.span, since, target.name);
      }
      return undefined;
    }
    case "if": {
      const isLastChance = lastChances.has(statement) && !isFailure(statement.then.at(-1));
      const leavesFirst = alwaysLeaves(statement.then) && !alwaysLeaves(statement.else) && !isLastChance;
      const decided = run.decisions.length;
      const kind = run.event?.loop.tests.get(statement);
      const { asked } = run;
      const taken =
        kind !== undefined
          ? isOfKind(run, statement.test, environment, kind)
          : hasRoom(run, statement, environment)
            ? false
            : endsLoop(statement.then)
              ? breaks(run, statement.test, environment)
              : (holds(run, statement.test, environment, !leavesFirst && !isForOtherVendor(run, statement)) &&
                  !isPassed(run, statement)) ||
                isLastWay(run, statement);
      const decision = run.decisions.length > decided ? run.decisions.at(-1) : undefined;
      const sent = run.sent.length;
      const end = executeAll(run, taken ? statement.then : statement.else, blockScope(run, environment));
      const isOther = !taken && run.depth <= outerCalls && leavesByCall(statement.then);
      if (decision && (isOther || run.sent.length > sent)) run.leading.add(decision);
      if (decision && taken && run.asked > asked) noteRoom(run, statement, decision);
      return end;
    }
    case "forEach":
      return forEach(run, statement, environment);
    case "while":
      return whileLoop(run, statement, environment);
    case "return":
      return {
        kind: "return",
        value: statement.value ? evaluate(run, statement.value, environment) : constant(undefined),
      };
    case "break":
    case "continue":
      return { kind: statement.kind, label: statement.label };
    case "throw":
      if (statement.value) evaluate(run, statement.value, environment);
      return { kind: "throw" };
    case "try":
      return tryStatement(run, statement, environment);
    case "with": {
      let isLocked = false;
      for (const item of statement.items) {
        const context = evaluate(run, item.context, environment);
        isLocked ||= isOneByOne(context);
        if (item.target) {
          assign(
            run,
            item.target,
            entered(run, context, item.context.span),
            environment,
            undefined,
            item.context.span,
          );
        }
      }
      const execution = () => executeAll(run, statement.body, environment);
      // A pool is entered as well, but runs only what is handed to it.
      return isLocked ? runOneByOne(run, execution) : execution();
    }
    case "switch":
      return switchStatement(run, statement, environment);
    case "function": {
      // Hoisted in JavaScript already, but a declaration in a loop makes a new closure in each round.
      declareFunction(run, statement, homeOf(run, environment));
      decorateFunction(run, statement, environment);
      return undefined;
    }
    case "class":
      declareClass(run, statement, environment);
      return undefined;
    case "import":
      if (!statement.typeOnly) run.modules.bindImport(run, statement, environment);
      return undefined;
    case "export":
      return exportStatement(run, statement, environment);
    case "delete":
      for (const target of statement.targets) deleteTarget(run, target, environment);
      return undefined;
    case "block": {
      const { label, body } = statement;
      if (label !== undefined) noteLabel(body, label);
      const end = executeAll(run, body, blockScope(run, environment));
      return label !== undefined && end?.kind === "break" && end.label === label ? undefined : end;
    }
    case "scope": {
      const outer = statement.scope === "global" ? environment.module : environment.home.parent?.home;
      for (const name of statement.names) {
        const found =
          statement.scope === "nonlocal" ? environment.home.parent?.find(name)?.environment : outer;
        if (found) (environment.home.lent ??= new Map()).set(name, found);
      }
      return undefined;
    }
    case "unknown":
      for (const name of statement.assigns) {
        bindName(run, environment, name, unknownValue(run, statement.reason, statement.span), undefined);
      }
      return undefined;
  }
}

/** Whether the event of this round is of a kind, where nothing else is known of it, and what else a test asks holds. */
function isOfKind(run: Run, test: Expression, environment: Environment, kind: number): boolean {
  if (evaluate(run, askedAbout(test), environment).type !== "opaque") return holds(run, test, environment);
  return run.event?.kind === kind && holdsBesides(run, test, environment);
}

/** Whether all parts of a test hold but the first one. */
function holdsBesides(run: Run, test: Expression, environment: Environment): boolean {
  if (test.kind !== "logical" || test.operator !== "and") return true;
  return holdsBesides(run, test.left, environment) && holds(run, test.right, environment);
}

function endsLoop(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  return last?.kind === "block" ? endsLoop(last.body) : last?.kind === "break";
}

/**
 * Whether the test in front of a `break` holds; what is unknown goes on. How far a loop gets until a budget of unknown
 * size is used up hangs on each of its elements, which is nothing to decide: it goes on to its end.
 */
function breaks(run: Run, test: Expression, environment: Environment): boolean {
  const loop = run.loops.at(-1);
  const budget = loop && test.kind === "binary" ? budgetTest(test) : undefined;
  if (!loop || !budget) return holds(run, test, environment, false);
  const compared = evaluate(run, test, environment);
  if (compared.type !== "opaque") return truth(run, compared, test.span, false);
  loop.budget = budget;
  return false;
}

function blockScope(run: Run, environment: Environment): Environment {
  if (run.modules.languageOf(environment.file) === "python") return environment;
  return new Environment(environment, environment.file, run.id, false);
}

/** What `with x as y` binds: the object itself for files, clients and pools; what a generator yields first. */
function entered(run: Run, context: Value, span: Statement["span"]): Value {
  if (context.type === "list") return context.elements[0]?.value ?? constant(undefined);
  if (context.type === "record" && context.class) {
    const own = callMember(run, context, "__enter__", [], span, span);
    return own.type === "opaque" && own.origin.kind === "unknown" ? context : own;
  }
  return context;
}

const labels = new WeakMap<Statement, string>();

/** Gives the loop of a labelled statement its label; a C-style loop stands behind its initialiser. */
function noteLabel(body: readonly Statement[], label: string): void {
  const last = body.at(-1);
  if (last?.kind === "block") noteLabel(last.body, label);
  else if (last) labels.set(last, label);
}

/** How a loop ends after a round that ended like this; undefined: it goes on. */
function exitAfter(end: Completion, loop: Statement): { readonly completion: Completion } | undefined {
  if (end?.kind !== "break" && end?.kind !== "continue") return end && { completion: end };
  const isOwn = end.label === undefined || end.label === labels.get(loop);
  if (!isOwn) return { completion: end };
  return end.kind === "break" ? { completion: undefined } : undefined;
}

function forEach(run: Run, statement: ForEachStatement, environment: Environment): Completion {
  const source = evaluate(run, statement.iterable, environment);
  const { span } = statement.iterable;
  const order = orderOf(source, span, run);
  const iterated = statement.over === "keys" ? keysOf(run, source, span) : source;
  let elements = elementsOf(run, iterated, span);
  if (statement.over === "keys" && source.type === "list") {
    elements = elements.map((element, index) => listElement(text(String(index), span), element.span));
  } else if (statement.over === "values" && source.type === "opaque" && elements.length === 0) {
    elements = elementsOf(run, unknownValue(run, "iteration", span), span);
  }
  if (elements.length > bounds.rounds) {
    run.reach("rounds");
    elements = elements.slice(0, bounds.rounds);
  }
  const texts = isUnstable(order.order) && elements.length > 1 ? textsInReach(environment) : undefined;
  const sentBefore = run.sent.length;
  const rounds = (): Completion => {
    const agent = new AgentRounds(run, statement, mostOpenRounds(run));
    for (const { element, event } of roundsOver(statement, elements)) {
      if (run.hasSentEnough(sentBefore) || agent.areEnough) break;
      const scope = blockScope(run, environment);
      assign(run, statement.target, element.value, scope, statement.declare, element.span);
      const end = run.withEvent(event, () => executeAll(run, statement.body, scope));
      const exit = exitAfter(end, statement);
      if (exit) return exit.completion;
    }
    return executeAll(run, statement.else, environment);
  };
  const end = run.withLoop(agentLoop(loopOver(order), statement), rounds);
  if (texts) shuffleGrown(run, texts, order);
  return end;
}

/** Whether a test holds, of which `!fits(kept)` is as good as `tooLong(kept)`. */
function asked(run: Run, test: Value, span: Span, preferred: boolean): boolean {
  const negated =
    test.type === "opaque" && test.origin.kind === "operation" && test.origin.operator === "not"
      ? test.origin.operands[0]
      : undefined;
  return negated ? !asked(run, negated, span, !preferred) : truth(run, test, span, preferred);
}

/** Earlier messages of a conversation that fits into every budget. */
const shortConversation = 3;

/** Rounds of the loop at hand if its end is not known: more in a long conversation, of a loop in no other. */
function mostOpenRounds(run: Run): number {
  const isLong = run.scenario.length > shortConversation && run.loops.length === 1;
  return isLong ? bounds.openRoundsOfLong : bounds.openRounds;
}

function whileLoop(run: Run, statement: WhileStatement, environment: Environment): Completion {
  const order = { order: "insertion" as const, span: statement.span, frame: run.frame };
  const isDropping = dropsForBudget(statement);
  return run.withLoop(agentLoop(loopOver(order, budgetTest(statement.test)), statement), () => {
    let openRounds = 0;
    const mostOpen = mostOpenRounds(run);
    const agent = new AgentRounds(run, statement, mostOpen);
    let scope = environment;
    for (let round = 0; ; round++) {
      if (round >= bounds.rounds) {
        run.reach("rounds");
        return undefined;
      }
      if (statement.test && !(statement.testLast && round === 0)) {
        const decisionsBefore = run.decisions.length;
        const test = evaluate(run, statement.test, scope);
        const isKnown = test.type === "constant";
        const goesOn = !isDropping || run.scenario.length > shortConversation;
        if (
          !(isDropping
            ? asked(run, test, statement.test.span, goesOn)
            : truth(run, test, statement.test.span)) &&
          !hasNextPiece(run, statement, scope, round)
        )
          return executeAll(run, statement.else, environment);
        const isOpen = !isKnown || run.decisions.length > decisionsBefore;
        if (isOpen && isDropping) run.openBudgets.add(statement);
        // What has been decided in an earlier call of what is to be dropped is no better known in the next one.
        if (isOpen || isWaiting(test, statement.test, round) || run.openBudgets.has(statement)) openRounds++;
        if (run.openBudgets.has(statement) && hasDroppedEnough(run, statement, scope)) return undefined;
      }
      const isEndless =
        !statement.test || (statement.test.kind === "literal" && Boolean(statement.test.value));
      if (isEndless) openRounds++;
      if (openRounds > mostOpen || agent.areEnough) return undefined;
      const end = executeAll(run, statement.body, blockScope(run, scope));
      const exit = exitAfter(end, statement);
      if (exit) return exit.completion;
      if (statement.update) {
        scope = nextRound(run, scope);
        evaluate(run, statement.update, scope);
      }
    }
  });
}

/** JavaScript's `for (let i ...)` has variables of its own in each round, which closures keep. */
function nextRound(run: Run, scope: Environment): Environment {
  if (scope.home === scope || run.modules.languageOf(scope.file) === "python") return scope;
  const next = new Environment(scope.parent, scope.file, run.id, false);
  for (const [name, binding] of scope.names) next.names.set(name, { ...binding });
  return next;
}

function tryStatement(run: Run, statement: TryStatement, environment: Environment): Completion {
  let end: Completion;
  try {
    end = guarded(run, statement.handlers.length > 0, () =>
      executeAll(run, statement.body, blockScope(run, environment)),
    );
    const [handler] = statement.handlers;
    if (end?.kind === "throw" && handler) {
      const scope = blockScope(run, environment);
      if (handler.name) {
        assign(run, handler.name, unknownValue(run, "error", statement.span), scope, "let", statement.span);
      }
      end = executeAll(run, handler.body, scope);
    } else if (!end) {
      end = executeAll(run, statement.else, environment);
    }
  } catch (error) {
    if (error instanceof ProgramThrow) executeAll(run, statement.finally, blockScope(run, environment));
    throw error;
  }
  return executeAll(run, statement.finally, blockScope(run, environment)) ?? end;
}

/** Runs a body; a throw from a function it calls ends it like a throw of its own, where there is a handler. */
function guarded(run: Run, isCaught: boolean, body: () => Completion): Completion {
  if (!isCaught) return body();
  run.tries++;
  try {
    return body();
  } catch (error) {
    if (error instanceof ProgramThrow) return { kind: "throw" };
    throw error;
  } finally {
    run.tries--;
  }
}

function switchStatement(run: Run, statement: SwitchStatement, environment: Environment): Completion {
  const subject = evaluate(run, statement.subject, environment);
  const scope = blockScope(run, environment);
  const matches = (index: number): boolean => {
    const { tests, guard, binds } = statement.cases[index]!;
    const matched = tests.some((test) => {
      const same = binary(
        run,
        "==",
        subject,
        evaluate(run, test, scope),
        test.span,
        statement.subject.span,
        test.span,
      );
      // It is the subject that differs, whatever it is compared with.
      return truth(run, same, statement.subject.span);
    });
    if (tests.length > 0 && !matched) return false;
    if (binds) assign(run, binds, subject, scope, undefined, statement.subject.span);
    return !guard || truth(run, evaluate(run, guard, scope), guard.span);
  };
  const count = statement.cases.length;
  const isDefault = (index: number) => {
    const { tests, guard, binds } = statement.cases[index]!;
    return tests.length === 0 && !guard && !binds;
  };
  const isEvent = run.event?.loop.choice === statement && subject.type === "opaque";
  let at = isEvent
    ? run.event?.kind
    : casesToTry(run, statement).find((index) => !isDefault(index) && matches(index));
  at ??= statement.cases.findIndex((_, index) => isDefault(index));
  for (let index = at; index >= 0 && index < count; index++) {
    const end = executeAll(run, statement.cases[index]!.body, scope);
    if (end?.kind === "break" && end.label === undefined && statement.fallsThrough) return undefined;
    if (end) return end;
    if (!statement.fallsThrough) break;
  }
  return undefined;
}

function exportStatement(
  run: Run,
  statement: Extract<Statement, { kind: "export" }>,
  environment: Environment,
): Completion {
  if (statement.declaration) execute(run, statement.declaration, environment);
  if (statement.default) {
    const value = evaluate(run, statement.default, environment);
    bindName(run, environment, "export default", value, "let");
  }
  return undefined;
}

function deleteTarget(
  run: Run,
  target: Extract<Statement, { kind: "delete" }>["targets"][number],
  environment: Environment,
): void {
  if (target.kind === "member") {
    deleteItem(run, evaluate(run, target.object, environment), text(target.name, target.span), target.span);
  } else if (target.kind === "index") {
    deleteItem(
      run,
      evaluate(run, target.object, environment),
      evaluate(run, target.index, environment),
      target.span,
    );
  } else if (target.kind === "slice") {
    const object = evaluate(run, target.object, environment);
    const source =
      object.type === "list" || object.type === "opaque" ? iterable(run, object, target.span) : undefined;
    const start = target.start ? evaluate(run, target.start, environment) : constant(0);
    const end = target.end ? evaluate(run, target.end, environment) : undefined;
    if (!source || start.type !== "constant" || typeof start.value !== "number") return;
    const to =
      end === undefined
        ? source.elements.length
        : end.type === "constant" && typeof end.value === "number"
          ? end.value
          : undefined;
    if (to !== undefined)
      replaceSlice(run, source, start.value, Math.max(0, to - start.value), [], target.span);
  } else if (target.kind === "list") {
    for (const element of target.elements) deleteTarget(run, element.value, environment);
  }
}
