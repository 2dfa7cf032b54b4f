import type { Argument, CallExpression, FunctionNode } from "../program/expression.ts";
import type { Span } from "../source/source-file.ts";
import { constant, list } from "../value/construct.ts";
import { modelAnswer } from "../value/reasons.ts";
import { isFresh } from "../value/scope.ts";
import type { ArgumentValue, Frame, FunctionValue, ListValue, OpaqueValue, Value } from "../value/value.ts";
import { bounds, StopRun } from "./bounds.ts";
import { isCached } from "./caching.ts";
import { classMember, findMember } from "./class-members.ts";
import { fillBase, instantiate } from "./classes.ts";
import { isEnumeration, memberOfMember, memberWith } from "./enumerations.ts";
import { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import { callMethodExists, inheritedFrom, modelMethods } from "./inherited-methods.ts";
import { concurrentCall, iterable, inItsLoops } from "./iteration.ts";
import { keepGiven, noteBuilding } from "./given-values.ts";
import { identityOf, keyOf } from "./keys.ts";
import { noteListeners } from "./library/handlers.ts";
import { callLibraryFunction, callMethod } from "./library/library.ts";
import { noteSetting } from "./library/settings.ts";
import { librarySource } from "./library/sources.ts";
import { isForPart } from "./inner-calls.ts";
import { runInline } from "./inline-callbacks.ts";
import { unwrapped } from "./library/wrappers.ts";
import { functionField, getMember } from "./members.ts";
import { nativeBody, nativeFunction } from "./natives.ts";
import { callResult, sourceValue, unknownValue } from "./opaques.ts";
import { bindParameters, bindSelf } from "./parameters.ts";
import { callFromProgram } from "./program-calls.ts";
import { callPromiseMethod, promiseMethods, startsPromise } from "./promise-methods.ts";
import { rememberText } from "./remembered-texts.ts";
import type { Run } from "./run.ts";
import { ProgramThrow } from "./run.ts";
import { typedObject } from "./typed-values.ts";
import { orSetting } from "./setting-helpers.ts";
import { restateResult } from "./stated-scopes.ts";
import { executeAll } from "./statements.ts";
import { runInBackground } from "./fan-out.ts";

/** The value of a call expression. */
export function evaluateCall(run: Run, expression: CallExpression, environment: Environment): Value {
  const { callee, span } = expression;
  const awaited = run.awaited;
  run.awaited = false;
  if (callee.kind === "name" && callee.name === "super") {
    return callSuper(run, environment, evaluateArguments(run, expression.arguments, environment), span);
  }
  if (callee.kind === "name" && (callee.name === "require" || callee.name === "import")) {
    const [specifier] = expression.arguments;
    if (specifier?.value.kind === "literal" && typeof specifier.value.value === "string") {
      return run.modules.moduleValue(run, environment.file, specifier.value.value, span);
    }
  }
  if (callee.kind === "member" && !isSuper(callee.object)) {
    const receiver = evaluate(run, callee.object, environment);
    if ((expression.optional || callee.optional) && receiver.type === "constant" && receiver.value == null) {
      return constant(undefined);
    }
    const from = run.sent.length;
    const args = evaluateArguments(run, expression.arguments, environment);
    run.argumentsFrom = from;
    const call = () =>
      callMember(run, receiver, callee.name, args, callee.span, span, expression.isNew, awaited);
    // What a promise of each round is waited for runs when that one is done.
    const isBesideOthers =
      callee.name === "then" && !awaited && run.loops.length > 0 && startsPromise(callee.object);
    const result = isBesideOthers ? run.withLoop(concurrentCall(run, span, true), call) : call();
    return restateResult(run, expression, undefined, result);
  }
  const target = evaluate(run, callee, environment);
  if (expression.optional && target.type === "constant" && target.value == null) return constant(undefined);
  const from = run.sent.length;
  const args = evaluateArguments(run, expression.arguments, environment);
  run.argumentsFrom = from;
  const isInherited = callee.kind === "member" && callee.name === "__init__" && target.type === "opaque";
  if (isInherited) fillBase(run, environment, args, span);
  const result = callValue(run, target, args, span, expression.isNew, awaited);
  return restateResult(run, expression, target, result);
}

/** `super` in JavaScript, `super()` in Python. */
export function isSuper(expression: CallExpression["callee"]): boolean {
  if (expression.kind === "name") return expression.name === "super";
  return (
    expression.kind === "call" && expression.callee.kind === "name" && expression.callee.name === "super"
  );
}

function callSuper(run: Run, environment: Environment, args: readonly ArgumentValue[], span: Span): Value {
  const self = environment.find("this")?.binding.value;
  const home = environment.find("home class")?.binding.value;
  if (home?.type !== "class" || self?.type !== "record") return unknownValue(run, "super", span);
  for (const base of home.bases) {
    if (base.type !== "class") continue;
    const found = findMember(base, "constructor");
    if (found?.member.kind !== "method") continue;
    const constructor: FunctionValue = {
      type: "function",
      node: found.member.function,
      environment: found.owner.environment,
      self,
      home: found.owner,
    };
    callFunction(run, constructor, args, span);
  }
  if (home.bases.some(({ type }) => type === "opaque")) keepGiven(run, self, args);
  return self;
}

function evaluateArguments(run: Run, nodes: readonly Argument[], environment: Environment): ArgumentValue[] {
  const result: ArgumentValue[] = [];
  for (const node of nodes) {
    const value = evaluate(run, node.value, environment);
    const { span } = node.value;
    if (node.kind === "positional") {
      result.push({ name: undefined, value, span, entrySpan: span, stretch: false });
    } else if (node.kind === "named") {
      result.push({ name: node.name, value, span, entrySpan: node.span, stretch: false });
    } else if (node.kind === "spread") {
      const elements = iterable(run, value, span)?.elements;
      for (const element of elements ?? []) {
        result.push({ ...positional(element.value, element.span), stretch: element.stretch });
      }
    } else result.push(...spreadArguments(value, span));
  }
  return result;
}

/** `**value`: an argument for each known key, and one for those that are not known. */
export function spreadArguments(value: Value, span: Span): readonly ArgumentValue[] {
  if (value.type !== "record" && value.type !== "opaque") return [];
  const entries = value.type === "record" ? value.entries : value.fields;
  const named = [...entries].map(([name, { value: given, span: at, entrySpan }]) => {
    return { name, value: given, span: at, entrySpan, stretch: false };
  });
  const rest = value.type === "record" ? value.rest : [value];
  return [...named, ...rest.map((each) => ({ ...positional(each, span), stretch: true }))];
}

/** An argument without a name. */
export function positional(value: Value, span: Span): ArgumentValue {
  return { name: undefined, value, span, entrySpan: span, stretch: false };
}

/** `receiver.name(args)`. */
export function callMember(
  run: Run,
  receiver: Value,
  name: string,
  args: readonly ArgumentValue[],
  memberSpan: Span,
  span: Span,
  isNew = false,
  awaited = true,
): Value {
  if (
    receiver.type === "record" &&
    receiver.class &&
    modelMethods.test(name) &&
    !findMember(receiver.class, name)
  ) {
    const known = callMethod(run, receiver, name, args, span);
    if (known) return known;
  }
  const inherited = receiver.type === "record" ? inheritedFrom(receiver, name) : undefined;
  if (inherited) return callMember(run, inherited, name, args, memberSpan, span, isNew, awaited);
  if (receiver.type === "record" || receiver.type === "class") {
    const own = receiver.type === "record" ? receiver.entries.get(name)?.value : undefined;
    const member = own ?? memberFunction(run, receiver, name, memberSpan);
    if (member?.type === "function") {
      const bound =
        member.self === undefined && !member.node.isArrow && own ? { ...member, self: receiver } : member;
      return callFunction(run, bound, args, span, awaited);
    }
    if (member && member.type !== "constant") return callValue(run, member, args, span, isNew, awaited);
  }
  const ofMember = receiver.type === "record" ? undefined : memberOfMember(run, receiver, name, memberSpan);
  if (ofMember?.type === "function") return callFunction(run, ofMember, args, span, awaited);
  const isPython = run.modules.languageOf(span.file) === "python";
  if (isPython ? name === "result" && !hasMember(receiver, name) : promiseMethods.test(name)) {
    const settled = callPromiseMethod(run, receiver, name, args, span);
    if (settled) return settled;
  }
  const field = receiver.type === "function" ? functionField(receiver, name) : undefined;
  if (field) return callValue(run, field, args, span, isNew, awaited);
  if (receiver.type === "function" && (name === "call" || name === "apply" || name === "bind")) {
    return callBound(run, receiver, name, args, span);
  }
  if (receiver.type !== "opaque") {
    return callMethod(run, receiver, name, args, span) ?? fallback(run, receiver, name, args, span);
  }
  const written = receiver.fields.get(name)?.value;
  if (written && written.type !== "opaque") return callValue(run, written, args, span, isNew, awaited);
  const typed = written ? undefined : typedObject(run, receiver, name);
  if (typed) return callMember(run, typed, name, args, memberSpan, span, isNew, awaited);
  const callee = getMember(run, receiver, name, memberSpan);
  if (callee.type === "function" || callee.type === "class")
    return callValue(run, callee, args, span, isNew, awaited);
  const target = callee.type === "opaque" ? callee : receiver;
  return callOpaque(run, target, args, span, isNew, awaited, { receiver, name });
}

function hasMember(value: Value, name: string): boolean {
  if (value.type !== "record") return false;
  return (
    value.entries.has(name) || (value.class !== undefined && findMember(value.class, name) !== undefined)
  );
}

function memberFunction(
  run: Run,
  receiver: Value & { type: "record" | "class" },
  name: string,
  span: Span,
): Value | undefined {
  if (receiver.type === "class") return classMember(run, receiver, name, span);
  if (receiver.class && findMember(receiver.class, name)) return getMember(run, receiver, name, span);
  const isPlain = receiver.class === undefined && receiver.rest.length === 0;
  return isPlain || callMethodExists(name) ? undefined : getMember(run, receiver, name, span);
}

function callBound(
  run: Run,
  target: FunctionValue,
  name: string,
  args: readonly ArgumentValue[],
  span: Span,
): Value {
  const [self, ...others] = args;
  const bound = self && !target.node.isArrow ? { ...target, self: self.value } : target;
  if (name === "bind") {
    if (others.length === 0) return bound;
    return nativeFunction("bind", span, (later, more, at) =>
      callFunction(later, bound, [...others, ...more], at),
    );
  }
  if (name === "call") return callFunction(run, bound, others, span);
  const spread = others[0] ? (iterable(run, others[0].value, others[0].span)?.elements ?? []) : [];
  return callFunction(
    run,
    bound,
    spread.map((element) => positional(element.value, element.span)),
    span,
  );
}

function fallback(
  run: Run,
  receiver: Value,
  name: string,
  args: readonly ArgumentValue[],
  span: Span,
): Value {
  noteEscapes(run, args);
  return unknownValue(run, `${keyOf(receiver).slice(0, 40)}.${name}()`, span);
}

/** Calls whatever stands in front of the parentheses. */
export function callValue(
  run: Run,
  callee: Value,
  args: readonly ArgumentValue[],
  span: Span,
  isNew = false,
  awaited = true,
): Value {
  switch (callee.type) {
    case "function":
      return callFunction(run, callee, args, span, awaited);
    case "class":
      if (args[0] && isEnumeration(callee)) return memberWith(callee, args[0].value);
      return run.withFrame(span, callee.node.name, () => instantiate(run, callee, args, span));
    case "opaque":
      return callOpaque(run, callee, args, span, isNew, awaited);
    case "record": {
      const call = callee.class ? findMember(callee.class, "__call__") : undefined;
      if (call) return callMember(run, callee, "__call__", args, span, span);
      noteEscapes(run, args);
      return unknownValue(run, "call of a record", span);
    }
    default:
      noteEscapes(run, args);
      return unknownValue(run, "call of something that is no function", span);
  }
}

/** Calls something outside of view: a request, a known library function, or anything else. */
function callOpaque(
  run: Run,
  callee: OpaqueValue,
  args: readonly ArgumentValue[],
  span: Span,
  isNew: boolean,
  awaited: boolean,
  member?: { readonly receiver: OpaqueValue; readonly name: string },
): Value {
  const native = nativeBody(callee);
  if (native) return native(run, args, span);
  const place = `${span.file}:${span.start}`;
  const isOverlooked = run.call < (run.scenario.looksFrom ?? 0) && run.modules.sendingCalls.has(place);
  const requests = isOverlooked
    ? []
    : run.host.requestsOf({
        callee,
        arguments: args,
        isNew,
        span,
        frame: run.frame,
        run: (callback, given) => callFunction(run, callback, given, span),
      });
  if (requests) {
    run.modules.sendingCalls.add(place);
    run.asked++;
    const path = pathTo(run.frame);
    for (const sent of requests) {
      const request = inItsLoops(run, sent);
      run.sent.push({ request, path, decisions: run.decisions.slice(), call: run.call });
    }
    if (run.sent.length > bounds.requests) throw new StopRun(run.reach("requests"));
    const origin = { kind: "call" as const, callee, arguments: args, isNew };
    return sourceValue(run, origin, `answer@${place}`, span, {
      scope: "turn",
      reason: modelAnswer,
    });
  }
  const known = callLibraryFunction(run, callee, args, span, isNew) ?? callUnbound(run, callee, args, span);
  if (known) return known;
  const origin = { kind: "call" as const, callee, arguments: args, isNew };
  const facts = librarySource(origin, run.modules.languageOf(span.file));
  if (!facts && member) {
    const method = callMethod(run, member.receiver, member.name, args, span);
    if (method) return method;
  }
  const inline = facts || isNew ? undefined : runInline(run, callee, args, span, awaited);
  if (inline) return inline;
  noteEscapes(run, args);
  noteListeners(callee, args);
  const inner = facts ? undefined : unwrapped(callee, args);
  if (inner) return inner;
  const result = callResult(run, callee, args, isNew, span, facts);
  noteSetting(result, callee, args);
  if (member) noteBuilding(run, member.receiver, member.name, result, span);
  return result;
}

/** `str.strip(x)`: a method called on its class. */
function callUnbound(
  run: Run,
  { origin }: OpaqueValue,
  args: readonly ArgumentValue[],
  span: Span,
): Value | undefined {
  const [receiver, ...others] = args;
  if (origin.kind !== "member" || origin.object.origin.kind !== "global" || !receiver) return undefined;
  const isBuiltIn = /^(?:str|list|dict)$/.test(origin.object.origin.name);
  return isBuiltIn ? callMethod(run, receiver.value, origin.name, others, span) : undefined;
}

/** The calls on the way here, outermost last. */
function pathTo(frame: Frame | undefined): string {
  const calls: string[] = [];
  for (let at = frame; at; at = at.parent) calls.push(`${at.call.file}:${at.call.start}`);
  return calls.join(" ");
}

/** Remembers functions that are handed to code outside of view. */
function noteEscapes(run: Run, args: readonly ArgumentValue[]): void {
  const note = (value: Value, depth: number): void => {
    if (value.type === "function") run.escaped.push(value);
    else if (value.type === "record" && depth < 3) {
      for (const entry of value.entries.values()) note(entry.value, depth + 1);
    } else if (value.type === "list" && depth < 3) {
      for (const element of value.elements) note(element.value, depth + 1);
    }
  };
  for (const argument of args) note(argument.value, 0);
}

/** Calls a function in view. `awaited`: its caller waits for it before going on. */
export function callFunction(
  run: Run,
  target: FunctionValue,
  args: readonly ArgumentValue[],
  span: Span,
  awaited = true,
): Value {
  run.step();
  const { node } = target;
  const name = node.name || "anonymous function";
  const inside = countFrames(run, node);
  const isTooDeep = inside > bounds.recursion && !isForPart(run, node, args, inside);
  if (run.depth >= bounds.depth || isTooDeep) {
    run.reach(isTooDeep ? "recursion" : "depth");
    return unknownValue(run, `${name}()`, span);
  }
  if ((run.stepsIn.get(node) ?? 0) > bounds.stepsOfFunction && !run.isOnText) {
    run.reach("stepsOfFunction");
    return unknownValue(run, `${name}()`, span);
  }
  const closure = target.environment as Environment;
  if (node.decorators.length > 0 && isCached(node, closure)) {
    const { self: object } = target;
    const self = object?.type === "record" ? object.id : "";
    // What an object keeps lives as long as the object, and one that is made for a request no longer than that.
    const isOfCall = object?.type === "record" && object.rest.length === 0 && object.id > run.callFrom;
    const key = `${node.span.file}:${node.span.start}:${self}(${args.map(({ value }) => (isNarrow(value) ? identityOf(value) : keyOf(value))).join()})`;
    const before = run.memo.get(key);
    if (before) return before;
    const isFor = args.some((argument) => isNarrow(argument.value));
    const cap = isFor ? "request" : isOfCall ? (run.cap ?? "request") : "process";
    const result = run.withCap(cap, () => enter(run, target, closure, args, span));
    run.memo.set(key, result);
    return result;
  }
  const go = () =>
    orSetting(run, () => rememberText(run, target, args, () => enter(run, target, closure, args, span)));
  if (node.isAsync && !awaited) {
    const begin = () => callFromProgram(run, span, args.length > 0, () => runInBackground(run, go));
    return run.loops.length > 0 ? run.withLoop(concurrentCall(run, span, false), begin) : begin();
  }
  return callFromProgram(run, span, args.length > 0, go);
}

function isNarrow(value: Value): boolean {
  if (value.type === "text")
    return value.parts.some((part) => part.kind === "hole" && isFresh(part.hole.scope));
  return value.type === "opaque" && isFresh(value.scope);
}

function countFrames(run: Run, node: FunctionNode): number {
  return run.active.get(node) ?? 0;
}

function enter(
  run: Run,
  target: FunctionValue,
  closure: Environment,
  args: readonly ArgumentValue[],
  span: Span,
): Value {
  const { node } = target;
  const { active } = run;
  const inside = countFrames(run, node);
  const isDeep = inside > bounds.recursion;
  active.set(node, inside + 1);
  if (isDeep) run.deepCalls++;
  const given = run.given.get(node);
  if (given) given.push(args);
  else run.given.set(node, [args]);
  run.entered.add(`${node.span.file}:${node.span.start}`);
  const { steps } = run;
  const sentBefore = run.sent.length;
  try {
    return run.withFrame(span, node.name || "anonymous function", () => {
      const environment = new Environment(closure, node.span.file, run.id, true);
      const given = bindSelf(run, target, environment, args);
      bindParameters(run, node, environment, given, span);
      const output: ListValue | undefined = node.isGenerator ? list([], span) : undefined;
      if (output) environment.names.set("yield output", { value: output, load: undefined });
      const end = executeAll(run, node.body, environment);
      if (output) return output;
      if (end?.kind === "throw") {
        // A method that does nothing but throw is an abstract one: a subclass out of view has the real one.
        if (run.tries === 0 && isAbstract(node)) return unknownValue(run, `${node.name}()`, span);
        throw new ProgramThrow();
      }
      return end?.kind === "return" ? end.value : constant(undefined);
    });
  } finally {
    active.set(node, inside);
    if (isDeep) run.deepCalls--;
    run.given.get(node)!.pop();
    const hasSent = run.sent.length > sentBefore;
    run.stepsIn.set(node, hasSent ? -Infinity : (run.stepsIn.get(node) ?? 0) + run.steps - steps);
  }
}

/** True where the body is one `throw`, behind a docstring at most. */
function isAbstract({ body }: FunctionNode): boolean {
  const [first] = body.filter(
    (statement) => statement.kind !== "expression" || statement.expression.kind !== "literal",
  );
  return first?.kind === "throw";
}
