import type { Expression, FunctionNode, Module, Parameter } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { declareChoices } from "../value/choices.ts";
import { constant, currentId, opaque, text } from "../value/construct.ts";
import { noteDefault } from "../value/defaults.ts";
import type { ArgumentValue, ClassValue, FunctionValue, OpaqueValue, Value } from "../value/value.ts";
import { annotatedChoices } from "./annotated-choices.ts";
import { callFunction } from "./calls.ts";
import { instantiate, isModel } from "./classes.ts";
import { choose } from "./conditions.ts";
import { classLine, findMember, isAbstract } from "./class-members.ts";
import { defaultKey, furtherOptions } from "./default-choices.ts";
import type { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import { openFields, openModuleState } from "./late-values.ts";
import { handlerParameter, noteGiven, noteName } from "./library/handlers.ts";
import { optionDefault, optionName } from "./library/settings.ts";
import { scopeOfName } from "../value/lexicon.ts";
import type { LoadedModule, Modules } from "./modules.ts";
import { isTextual } from "./members.ts";
import { madeByOwnFactory } from "./static-factories.ts";
import { sourceValue } from "./opaques.ts";
import { ProgramThrow, type Run } from "./run.ts";
import { executeAll } from "./statements.ts";
import { holdsConversation } from "./typed-values.ts";

/** Something of a module that can be run from outside: a function, a method of a class. */
export interface EntryPoint {
  readonly name: string;
  readonly node: FunctionNode;
  /** A method that is called on an object made for it: how long such an object lives is not known. */
  readonly isOnMadeUpObject?: boolean;
  run(run: Run): Value | undefined;
}

/** The functions and methods a module offers, and those it handed to others while it was loaded. */
export function entryPointsOf(loaded: LoadedModule): EntryPoint[] {
  const found = new Map<FunctionNode, EntryPoint>();
  const classes: ClassValue[] = [];
  const { path } = loaded.module;
  const made = new Map<FunctionNode, FunctionValue[]>();
  const add = (value: Value | undefined, depth: number, name = ""): void => {
    if (value?.type === "function" && value.node.span.file === path) {
      const alike = made.get(value.node);
      if (alike && alike.length < triedClosures && !alike.includes(value)) alike.push(value);
      if (!found.has(value.node)) {
        const first = [value];
        made.set(value.node, first);
        found.set(value.node, functionEntry(value.node, first, name));
      }
    } else if (value?.type === "class" && value.node.span.file === path) {
      if (!classes.includes(value)) classes.push(value);
    } else if (value?.type === "record" && depth < 2) {
      if (value.class) add(value.class, depth + 1);
      for (const [key, entry] of value.entries) add(entry.value, depth + 1, key);
    }
  };
  for (const [name, binding] of loaded.environment.names) add(binding.value, 0, name);
  for (const value of loaded.escaped) if (!isUnbound(value)) add(value, 0);
  for (const type of classes) {
    const heirs = classes.filter((other) => other !== type && classLine(other).includes(type));
    for (const entry of methodEntries(type, heirs)) if (!found.has(entry.node)) found.set(entry.node, entry);
  }
  for (const value of loaded.escaped) add(value, 0);
  return [...found.values()];
}

/** A method that was only handed to its decorator is called on an object all the same. */
function isUnbound({ home, self }: FunctionValue): boolean {
  return home !== undefined && self === undefined;
}

/** Functions that one factory has made, of which each is tried: `const a = senderFor("a"), b = senderFor("b")`. */
const triedClosures = 8;

/**
 * A function, or several that are the same but for what they were made with.
 * @param name what a function without a name of its own is bound to, as in `const send = async () => ...`
 */
function functionEntry(node: FunctionNode, made: readonly FunctionValue[], name: string): EntryPoint {
  noteName(node, name);
  return {
    name: node.name || name,
    node,
    run(run) {
      const last = made.at(-1)!;
      const place = `${node.span.file}:${node.span.start}`;
      const value =
        made.find(
          (each, index) => each === last || choose(run, `closure ${index + 1} of ${place}`, node.nameSpan),
        ) ?? last;
      return callRepeatedly(run, value);
    },
  };
}

/** Classes that inherit a method on which it is tried as well. */
const triedHeirs = 3;

/**
 * The class of the object a method is called on: the one that has it, or one of those that inherit it and fill in what
 * it leaves open. Each is tried.
 */
function chooseClass(run: Run, type: ClassValue, heirs: readonly ClassValue[], name: string): ClassValue {
  const inheriting = heirs
    .filter((heir) => findMember(heir, name)?.owner === findMember(type, name)?.owner)
    .slice(0, triedHeirs);
  const all = isAbstract(type) ? [...inheriting, type] : [type, ...inheriting];
  const last = all.at(-1)!;
  return (
    all.find(
      (each) =>
        each === last ||
        choose(run, `object of ${each.node.span.file}:${each.node.span.start} ${name}`, each.node.nameSpan),
    ) ?? last
  );
}

function methodEntries(type: ClassValue, heirs: readonly ClassValue[]): EntryPoint[] {
  const entries: EntryPoint[] = [];
  for (const owner of classLine(type)) {
    for (const member of owner.node.members) {
      if (member.kind === "field" && !member.isStatic && member.value?.kind === "functionExpression") {
        entries.push(fieldEntry(type, member.name, member.value.function));
      } else if (member.kind === "field" && !member.isStatic && isMade(member.value)) {
        entries.push(madeFieldEntry(type, member.span));
      }
      if (member.kind !== "method" && member.kind !== "getter") continue;
      const node = member.function;
      if (findMember(type, member.name)?.owner !== owner) continue;
      const isOnClass = member.kind === "method" && (member.isStatic || member.isClassMethod);
      entries.push({
        name: member.name,
        node,
        isOnMadeUpObject: !isOnClass,
        run(run) {
          const self = isOnClass
            ? classFor(run, type, node, member.kind === "method" && member.isClassMethod)
            : newInstance(run, chooseClass(run, type, heirs, member.name));
          if (member.name === "constructor") return self;
          return callRepeatedly(run, {
            type: "function",
            node,
            environment: owner.environment,
            self,
            home: owner,
          });
        },
      });
    }
  }
  return entries;
}

/** What a method of a class itself is called on: in JavaScript each has the class as `this`. */
function classFor(run: Run, type: ClassValue, { span }: FunctionNode, isClassMethod: boolean) {
  return isClassMethod || run.modules.languageOf(span.file) === "javascript" ? type : undefined;
}

/** `send = async () => ...` in the body of a class. */
function fieldEntry(type: ClassValue, name: string, node: FunctionNode): EntryPoint {
  return {
    name,
    node,
    isOnMadeUpObject: true,
    run(run) {
      const self = newInstance(run, type);
      const value = self.type === "record" ? self.entries.get(name)?.value : undefined;
      return value?.type === "function" ? callRepeatedly(run, value) : undefined;
    },
  };
}

/** Whether a field is given an object that is made together with its own: `prompt = new CfnPrompt(this, ...)`. */
function isMade(value: Expression | undefined): boolean {
  return value?.kind === "call" && value.isNew;
}

/** Making the object is all that runs the code of such a field. */
function madeFieldEntry(type: ClassValue, span: Span): EntryPoint {
  const node: FunctionNode = {
    name: "constructor",
    parameters: [],
    body: [],
    isAsync: false,
    isGenerator: false,
    isArrow: false,
    decorators: [],
    span,
    nameSpan: span,
  };
  return { name: node.name, node, run: (run) => newInstance(run, type) };
}

/** An instance as somebody outside of view would make it. */
export function newInstance(run: Run, type: ClassValue): Value {
  const made = madeByOwnFactory(run, type, hasSelf(run, type.node));
  if (made) return made;
  const constructor = findMember(type, "constructor");
  const args =
    constructor?.member.kind === "method"
      ? parameterValues(
          run,
          constructor.member.function,
          constructor.owner.environment as Environment,
          new Map(),
          hasSelf(run, constructor.member.function),
        )
      : [];
  const instance = instantiate(run, type, args, type.node.nameSpan, true);
  openFields(run, instance);
  return instance;
}

function hasSelf(run: Run, node: Pick<FunctionNode, "span">): boolean {
  return run.modules.languageOf(node.span.file) === "python";
}

/** Calls a function several times in a row, as the turns of a conversation do. */
function callRepeatedly(run: Run, target: FunctionValue): Value | undefined {
  const kept = new Map<string, OpaqueValue>();
  const skipSelf = target.self !== undefined && target.home !== undefined && hasSelf(run, target.node);
  const sentBefore = run.sent.length;
  let fragments = 0;
  let result: Value | undefined;
  for (run.call = 0; run.mayCallAgain; run.call++) {
    run.stepsIn.clear();
    run.callFrom = currentId();
    const args = parameterValues(run, target.node, target.environment as Environment, kept, skipSelf);
    result = catchThrow(run, () => callFunction(run, target, args, target.node.nameSpan));
    if (run.sent.length === sentBefore + fragments) fragments += noteFragment(run, target.node, result, kept);
  }
  run.call = 0;
  if (result) noteReturned(run, result);
  callEscaped(run, target.node.span.file);
  return result;
}

/** Deepest nesting of what a function returns that is searched for functions. */
const maximumReturnedDepth = 3;

/** Whoever calls a factory calls what it made: `makeAgent(settings)` gives a function, or an object of functions. */
function noteReturned(run: Run, value: Value, depth = 0): void {
  if (value.type === "function") run.escaped.push(value);
  else if (depth < maximumReturnedDepth && value.type === "list")
    for (const element of value.elements) noteReturned(run, element.value, depth + 1);
  else if (depth < maximumReturnedDepth && value.type === "record" && !value.class)
    for (const entry of value.entries.values()) noteReturned(run, entry.value, depth + 1);
}

/** Keeps what a function that sent nothing made of its arguments, if it carries a mark; gives how many it kept. */
function noteFragment(
  run: Run,
  node: FunctionNode,
  result: Value | undefined,
  given: ReadonlyMap<string, OpaqueValue>,
): number {
  const changed = [...given.values()].filter((value) => value.list !== undefined || value.fields.size > 0);
  const request = run.host.fragmentOf(result ? [result, ...changed] : changed, node.nameSpan, run.dropped);
  if (!request) return 0;
  run.sent.push({ request, path: "", decisions: run.decisions.slice(), call: run.call });
  return 1;
}

/** A throw that nobody in view catches ends one call, not those after it. */
function catchThrow<T>(run: Run, call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof ProgramThrow)) throw error;
    if (run.guard !== undefined) run.guards.add(run.guard);
    return undefined;
  }
}

/** Functions handed over during one run that are called. */
const maximumEscapes = 60;

/**
 * Functions that were handed over or returned during a run are called as well, like the callbacks they are, and so are
 * those that they hand over or return in turn.
 */
function callEscaped(run: Run, file: string): void {
  const seen = new Set<FunctionNode>();
  for (let index = 0; index < run.escaped.length && seen.size < maximumEscapes; index++) {
    const value = run.escaped[index]!;
    const { node } = value;
    if (node.span.file !== file || seen.has(node) || isUnbound(value)) continue;
    if (run.entered.has(`${file}:${node.span.start}`)) continue;
    seen.add(node);
    const kept = new Map<string, OpaqueValue>();
    for (run.call = 0; run.mayCallAgain; run.call++) {
      run.callFrom = currentId();
      const args = parameterValues(run, node, value.environment as Environment, kept, false);
      catchThrow(run, () => callFunction(run, value, args, node.nameSpan));
    }
    run.call = 0;
  }
}

/**
 * The arguments of a call from outside of view. A parameter the function changed (a history it appends to) keeps its
 * object from call to call; the others are new.
 */
function parameterValues(
  run: Run,
  node: FunctionNode,
  environment: Environment,
  kept: Map<string, OpaqueValue>,
  skipSelf: boolean,
): ArgumentValue[] {
  const args: ArgumentValue[] = [];
  const parameters = skipSelf ? node.parameters.slice(1) : node.parameters;
  const isPython = run.modules.languageOf(node.span.file) === "python";
  let useNames = false;
  parameters.forEach((parameter, index) => {
    const name = parameter.pattern.kind === "namePattern" ? parameter.pattern.name : `parameter ${index + 1}`;
    const { span } = parameter;
    if (parameter.default && choose(run, defaultKey(node, name), parameter.default.span)) {
      useNames = true;
      // Without names, what comes behind it must keep its place.
      if (!isPython)
        args.push({ name: undefined, value: constant(undefined), span, entrySpan: span, stretch: false });
      return;
    }
    if (parameter.kind === "namedRest" && !choose(run, furtherOptions, span)) return;
    const stretch = parameter.kind === "rest" || parameter.kind === "namedRest";
    const before = kept.get(name);
    const wasChanged = before !== undefined && (before.list !== undefined || before.fields.size > 0);
    const isSame =
      before !== undefined &&
      wasChanged &&
      (hasWritten(before) || holdsConversation(run, before, hasWritten));
    const value = isSame ? before : parameterValue(run, node, parameter, name, index);
    noteDefault(value, defaultOfParameter(run, node, parameter, name, environment));
    const allowed = parameter.annotation && annotatedChoices(run, parameter.annotation, environment);
    if (allowed) declareChoices(value, allowed);
    kept.set(name, value);
    const isNamed =
      !stretch &&
      isPython &&
      (parameter.kind === "keywordOnly" || useNames) &&
      parameter.kind !== "positionalOnly";
    args.push({ name: isNamed ? name : undefined, value, span, entrySpan: span, stretch });
  });
  return args;
}

/**
 * What a parameter is worth where nobody outside of view says otherwise: the default of an option of the command line,
 * or an object of a class of settings as it is made without arguments.
 */
function defaultOfParameter(
  run: Run,
  { decorators }: FunctionNode,
  { annotation, default: fallback }: Parameter,
  name: string,
  environment: Environment,
): Value | undefined {
  for (const decorator of decorators) {
    if (decorator.kind !== "call" || decorator.callee.kind !== "member") continue;
    if (!/^(?:option|argument)$/.test(decorator.callee.name)) continue;
    const made = evaluate(run, decorator, environment);
    const given = made.type === "opaque" && made.origin.kind === "call" ? made.origin.arguments : [];
    if (optionName(given) === name) return optionDefault(given);
  }
  if (fallback?.kind === "call") {
    // `model: str = typer.Option("...")`, `Query("...")`
    const made = evaluate(run, fallback, environment);
    const [first] = made.type === "opaque" && made.origin.kind === "call" ? made.origin.arguments : [];
    return first?.value.type === "text" ? first.value : undefined;
  }
  const typeName = annotation?.replace(/^Optional\[(.*)\]$/, "$1").replace(/\s*\|.*$/, "");
  if (typeName === undefined || !/^[A-Z]\w*$/.test(typeName)) return undefined;
  const binding = environment.find(typeName)?.binding;
  const type = binding && run.read(binding);
  return type?.type === "class" && isModel(type) ? instantiate(run, type, [], type.node.nameSpan) : undefined;
}

/** Whether the code added to a list, and not only looked at it. */
function hasWritten(value: OpaqueValue): boolean {
  const { list } = value;
  if (!list) return false;
  return list.elements.some(
    (element) =>
      !element.stretch &&
      !(
        element.value.type === "opaque" &&
        element.value.origin.kind === "element" &&
        element.value.origin.of === value
      ),
  );
}

function parameterValue(
  run: Run,
  node: FunctionNode,
  parameter: Parameter,
  name: string,
  index: number,
): OpaqueValue {
  const { annotation, span } = parameter;
  const origin = { kind: "parameter" as const, functionName: node.name, name, annotation };
  const key = `${node.span.file}:${node.name || node.span.start}(${name})`;
  const stated =
    run.host.commentedScope?.(span, name) ?? run.host.statedScope?.("variable", node.span.file, () => [name]);
  if (stated) {
    return sourceValue(run, origin, key, span, { scope: stated, reason: `the parameter \`${name}\`` });
  }
  const known = handlerParameter(node, parameter, index);
  const named = known ? undefined : scopeOfName(name);
  const facts =
    known ?? (named ? { scope: named, confidence: "likely" as const, reason: `the name \`${name}\`` } : {});
  const value = sourceValue(run, origin, key, span, facts);
  noteGiven(node, value);
  if (known || named || !isTextual(value)) return value;
  // A text is another one in each call, although nothing says how widely it is shared.
  const { scope, frame } = value;
  const { call } = run;
  return opaque({ origin, key: value.key, span }, { scope, frame, identity: () => `${key}#${call}` });
}

/** Runs a module as a program: its top level, with everything under `if __name__ == "__main__"`. */
export function runAsProgram(run: Run, modules: Modules, module: Module): undefined {
  const environment = modules.newEnvironment(module, run.id);
  const start: Span = { file: module.path, start: 0, end: 0 };
  environment.names.set("__name__", { value: text("__main__", start), load: undefined });
  // Streamlit runs a page from top to bottom for each thing the reader does, so its top level is no start of a process.
  const isPage = module.body.some(
    (statement) => statement.kind === "import" && /^streamlit(?:\.|$)/.test(statement.module),
  );
  run.isProgram = !isPage;
  for (run.call = 0; isPage ? run.mayCallAgain : run.call === 0; run.call++)
    executeAll(run, module.body, environment);
  run.call = 0;
  run.isProgram = false;
  // What is handed to others is called later, when whoever fills what is empty now may have done so.
  openModuleState(run, module, environment);
  callEscaped(run, module.path);
  return undefined;
}
