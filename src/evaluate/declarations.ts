import type { Expression, Statement } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { listElement } from "../value/construct.ts";
import type { ClassValue, FunctionValue, Value } from "../value/value.ts";
import { callFunction, positional } from "./calls.ts";
import { bindMethod, findMember } from "./class-members.ts";
import { makeClass } from "./classes.ts";
import type { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import { noteGiven } from "./given-values.ts";
import { opaqueMember } from "./opaques.ts";
import { bindName } from "./patterns.ts";
import type { Run } from "./run.ts";

/** Where a declaration binds its name: a block is no scope in Python. */
export function homeOf(run: Run, environment: Environment): Environment {
  return run.modules.languageOf(environment.file) === "python" ? environment.home : environment;
}

/** Lets the object whose method decorates a function know it: `@agent.tool`, `@agent.tool(...)`. */
function noteDecorated(run: Run, decorator: Value, value: FunctionValue, span: Span): void {
  const { origin } = decorator.type === "opaque" ? decorator : { origin: undefined };
  const method = origin?.kind === "call" && origin.callee.type === "opaque" ? origin.callee.origin : origin;
  if (method?.kind !== "member") return;
  noteGiven(run, method.object, method.name, listElement(value, value.node.span, run.frame), span);
  // What the decorator is given besides, at the same place of another list.
  noteGiven(run, method.object, `${method.name}()`, listElement(decorator, span, run.frame), span);
}

/** What a decorator is: of `@agent.instructions` the method, also where the agent was given something under that name. */
function decoratorOf(run: Run, expression: Expression, environment: Environment): Value {
  if (expression.kind !== "member" || expression.object.kind !== "name")
    return evaluate(run, expression, environment);
  const object = evaluate(run, expression.object, environment);
  return object.type === "opaque"
    ? opaqueMember(run, object, expression.name, expression.span)
    : evaluate(run, expression, environment);
}

/** Runs the decorators of a function: those in view may put another one in its place. */
export function decorateFunction(
  run: Run,
  { function: node }: Extract<Statement, { kind: "function" }>,
  environment: Environment,
): void {
  if (node.decorators.length === 0) return;
  const value = environment.find(node.name)?.binding.value;
  let wrapped = value;
  for (const { span, decorator } of node.decorators
    .toReversed()
    .map((each) => ({ span: each.span, decorator: decoratorOf(run, each, environment) }))) {
    if (value?.type === "function") noteDecorated(run, decorator, value, span);
    if (decorator.type !== "function" || !wrapped) continue;
    const made = callFunction(run, decorator, [positional(wrapped, node.nameSpan)], node.nameSpan);
    if (made.type === "function") wrapped = made;
  }
  if (value?.type === "function") run.escaped.push(value);
  if (wrapped && wrapped !== value) bindName(run, homeOf(run, environment), node.name, wrapped, "let");
}

/**
 * Makes a class and binds its name. Bases and decorators in view see it, as those do that keep a register of classes;
 * a decorator may put another class or a function in its place.
 */
export function declareClass(
  run: Run,
  { class: node }: Extract<Statement, { kind: "class" }>,
  environment: Environment,
): void {
  const made = makeClass(run, node, environment);
  const home = homeOf(run, environment);
  bindName(run, home, node.name, made, "let");
  if (run.modules.languageOf(environment.file) !== "python") return;
  tellBase(run, made);
  let wrapped: Value = made;
  for (const decorator of node.decorators.toReversed()) {
    const known = evaluate(run, decorator, environment);
    if (known.type !== "function") continue;
    const result = callFunction(run, known, [positional(wrapped, node.nameSpan)], node.nameSpan);
    if (result.type === "class" || result.type === "function") wrapped = result;
  }
  if (wrapped !== made) bindName(run, home, node.name, wrapped, "let");
}

/** Python tells the nearest base of each new class that inherits it. */
function tellBase(run: Run, made: ClassValue): void {
  const { node, bases } = made;
  for (const base of bases) {
    if (base.type !== "class") continue;
    const found = findMember(base, "__init_subclass__");
    if (found?.member.kind !== "method") continue;
    callFunction(run, bindMethod(found.member.function, found.owner, made), [], node.nameSpan);
    return;
  }
}
