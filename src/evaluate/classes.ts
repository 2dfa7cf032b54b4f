import type { ClassNode, FunctionNode } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { declareChoices } from "../value/choices.ts";
import { freshId, list, record, recordEntry, text } from "../value/construct.ts";
import { asDefault, noteDefault } from "../value/defaults.ts";
import { libraryName } from "../value/inspect.ts";
import type { ArgumentValue, ClassValue, FunctionValue, RecordValue, Value } from "../value/value.ts";
import { annotatedChoices } from "./annotated-choices.ts";
import { callFunction, positional } from "./calls.ts";
import { makeMembers } from "./enumerations.ts";
import { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import { classLine, findMember, noteSubclass } from "./class-members.ts";
import { copyEntries } from "./copies.ts";
import { keepGiven } from "./given-values.ts";
import { opaqueMember, sourceValue, unknownValue } from "./opaques.ts";
import { ProgramThrow, type Run } from "./run.ts";
import { isNameOrFlag } from "./setting-helpers.ts";

/** The value of a class definition; static fields and class attributes are evaluated now, once. */
export function makeClass(run: Run, node: ClassNode, environment: Environment): ClassValue {
  const scope = new Environment(environment, environment.file, run.id, false);
  const bases = node.bases.map((base) => evaluate(run, base, environment));
  const isPython = run.modules.languageOf(environment.file) === "python";
  const result: ClassValue = {
    type: "class",
    id: freshId(),
    node,
    environment: scope,
    bases,
    statics: new Map(),
    decorated: new Map(),
  };
  if (isPython) noteSubclass(run, result);
  else {
    scope.names.set(node.name, { value: result, load: undefined });
    scope.names.set("this", { value: result, load: undefined });
  }
  run.withCap(run.cap ?? "process", () => {
    for (const member of node.members) {
      if (member.kind !== "field" || !member.isStatic || !member.value) continue;
      const value = evaluate(run, member.value, scope);
      const entry = recordEntry(value, member.value.span, member.span, run.frame);
      result.statics.set(member.name, entry);
      // A class body reads its earlier attributes by their bare names.
      if (isPython) scope.names.set(member.name, { value, load: undefined });
    }
  });
  if (isPython) makeMembers(run, result);
  for (const member of node.members) {
    if (member.kind === "method" || member.kind === "getter") decorateMethod(run, result, member.function);
  }
  // Only the body sees the bare names; methods do not.
  scope.names.clear();
  scope.names.set("home class", { value: result, load: undefined });
  return result;
}

/** Runs the decorators of a method: one in view may put another function in its place. */
function decorateMethod(run: Run, owner: ClassValue, node: FunctionNode): void {
  const plain: FunctionValue = {
    type: "function",
    node,
    environment: owner.environment,
    self: undefined,
    home: owner,
  };
  let wrapped = plain;
  for (const { span, decorator } of node.decorators
    .toReversed()
    .map((each) => ({ span: each.span, decorator: evaluate(run, each, owner.environment as Environment) }))) {
    if (decorator.type !== "function") continue;
    const isLegacy = decorator.node.parameters.length === 3;
    const descriptor = record(span, [["value", recordEntry(wrapped, span)]]);
    const args = isLegacy ? [owner, text(node.name, node.nameSpan), descriptor] : [wrapped];
    const made = callFunction(
      run,
      decorator,
      args.map((value) => positional(value, node.nameSpan)),
      node.nameSpan,
    );
    const result = isLegacy
      ? ((made.type === "record" ? made : descriptor).entries.get("value")?.value ?? made)
      : made;
    if (result.type === "function") wrapped = result;
  }
  if (wrapped !== plain) owner.decorated.set(node, wrapped);
}

/**
 * A new instance: fields first, then the constructor.
 * @param survives whether a constructor that throws leaves what it has made so far: whoever has an object passed its checks
 */
export function instantiate(
  run: Run,
  type: ClassValue,
  args: readonly ArgumentValue[],
  span: Span,
  survives = false,
): RecordValue {
  const line = classLine(type);
  if (line.some(isTypedDict)) return dictOf(run, args, span);
  const instance: RecordValue = { ...record(span), class: type };
  for (const owner of line.toReversed()) {
    for (const member of owner.node.members) {
      if (member.kind !== "field" || member.isStatic || !member.value) continue;
      const scope = new Environment(owner.environment as Environment, span.file, run.id, true);
      scope.names.set("this", { value: instance, load: undefined });
      const value = evaluate(run, member.value, scope);
      instance.entries.set(member.name, recordEntry(value, member.value.span, member.span, run.frame));
    }
  }
  const constructor = findMember(type, "constructor");
  if (constructor?.member.kind === "method") {
    const target: FunctionValue = {
      type: "function",
      node: constructor.member.function,
      environment: constructor.owner.environment,
      self: instance,
      home: constructor.owner,
    };
    try {
      callFunction(run, target, args, span);
    } catch (error) {
      if (!survives || !(error instanceof ProgramThrow)) throw error;
    }
  } else if (!fillModel(run, instance, line, args, span)) {
    const base = line.flatMap((owner) => owner.bases).find((value) => value.type === "opaque");
    if (base) keepGiven(run, instance, args);
    else {
      for (const argument of args) {
        if (argument.name !== undefined && !argument.stretch) {
          instance.entries.set(
            argument.name,
            recordEntry(argument.value, argument.span, argument.entrySpan, run.frame),
          );
        }
      }
    }
    if (base) instance.rest = [unknownValue(run, "inherited fields", span)];
  }
  return instance;
}

/** What the constructor of a base class outside of view does: that of a model sets the fields of the instance. */
export function fillBase(
  run: Run,
  environment: Environment,
  args: readonly ArgumentValue[],
  span: Span,
): void {
  const self = (environment.find("this") ?? environment.find("self"))?.binding.value;
  const isFilled =
    self?.type === "record" && self.class && fillModel(run, self, classLine(self.class), args, span);
  if (!isFilled) keepGiven(run, self, args);
}

/** What a `TypedDict` makes is a plain dict: it holds what it is given, and nothing else. */
function dictOf(run: Run, args: readonly ArgumentValue[], span: Span): RecordValue {
  const result = record(span);
  for (const { name, value, span: at, entrySpan } of args) {
    if (name === undefined) copyEntries(run, result, value);
    else result.entries.set(name, recordEntry(value, at, entrySpan, run.frame));
  }
  return result;
}

/** The fields that objects of a dataclass or a model have, those of bases first. */
export function modelFields(line: readonly ClassValue[]) {
  return line
    .toReversed()
    .flatMap((owner) => owner.node.members.map((member) => ({ member, owner })))
    .filter(
      ({ member }) =>
        member.kind === "field" &&
        member.annotation !== undefined &&
        !/^(?:typing\.)?ClassVar/.test(member.annotation),
    );
}

/** Dataclasses, named tuples and models: annotated fields take the arguments in order. */
function fillModel(
  run: Run,
  instance: RecordValue,
  line: readonly ClassValue[],
  args: readonly ArgumentValue[],
  span: Span,
): boolean {
  if (!line.some(isModel)) return false;
  const fields = modelFields(line);
  const positional = args.filter((argument) => argument.name === undefined && !argument.stretch);
  const isOpen = args.some((argument) => argument.stretch);
  fields.forEach(({ member, owner }, index) => {
    const given = args.find((argument) => argument.name === member.name) ?? positional[index];
    if (given) {
      instance.entries.set(member.name, recordEntry(given.value, given.span, given.entrySpan, run.frame));
      return;
    }
    const stored = owner.statics.get(member.name);
    const byDefault = stored && modelDefault(run, stored.value, span);
    const known = byDefault && !isRequired(byDefault) ? byDefault : undefined;
    const value = known
      ? optionalField(run, member, owner, known, { isOpen, isSettings: line.some(isSettings) }, span)
      : (openField(run, member.name, args, span) ?? requiredField(run, member, owner, span));
    instance.entries.set(member.name, { ...(stored ?? recordEntry(value, span)), value });
  });
  for (const argument of args) {
    if (argument.stretch && argument.name === undefined) copyEntries(run, instance, argument.value);
  }
  const after = findMember(line[0]!, "__post_init__");
  if (after?.member.kind === "method") {
    const self = {
      type: "function" as const,
      node: after.member.function,
      environment: after.owner.environment,
      self: instance,
      home: after.owner,
    };
    callFunction(run, self, [], span);
  }
  return true;
}

/** A field that may be among arguments that are not in view: `Settings(**loaded)`. */
function openField(run: Run, name: string, args: readonly ArgumentValue[], span: Span): Value | undefined {
  for (const { value, name: given, stretch } of args) {
    if (stretch && given === undefined && value.type === "opaque")
      return opaqueMember(run, value, name, span);
  }
  return undefined;
}

/** A field that whoever makes the object has to give: any of the texts that its annotation names. */
function requiredField(run: Run, member: ClassNode["members"][number], owner: ClassValue, span: Span): Value {
  const { name } = member;
  const annotation = member.kind === "field" ? member.annotation : undefined;
  const origin = { kind: "parameter" as const, functionName: "__init__", name, annotation };
  const value = sourceValue(run, origin, `unknown:.${name}@${span.file}:${span.start}`, span);
  const allowed = annotation && annotatedChoices(run, annotation, owner.environment as Environment);
  if (allowed) declareChoices(value, allowed);
  return value;
}

/**
 * A field with a default. Whoever starts the program may set a setting, and arguments that are not in view may hold any
 * field: then a flag, and what is left out by default, can come out either way.
 */
function optionalField(
  run: Run,
  member: ClassNode["members"][number],
  owner: ClassValue,
  known: Value,
  { isOpen, isSettings }: { readonly isOpen: boolean; readonly isSettings: boolean },
  span: Span,
): Value {
  if (isSettings && saysWhich(member.name, known)) return settingField(run, member.name, known, span);
  if (known.type === "text") return isSettings || isOpen ? asDefault(known) : known;
  const isFlag = known.type === "constant" && (known.value == null || typeof known.value === "boolean");
  if (!isOpen || !isFlag) return known;
  const value = requiredField(run, member, owner, span);
  noteDefault(value, known);
  return value;
}

/** Names of settings by which a program goes one way or another. */
const choices = /model|provider|backend|engine|mode|strateg|platform|vendor/i;

function saysWhich(name: string, value: Value): boolean {
  return isNameOrFlag(value) && (value.type === "constant" || choices.test(name));
}

/** A field of an object of settings: who starts the program may set it to something else. */
function settingField(run: Run, name: string, known: Value, span: Span): Value {
  const origin = { kind: "unknown" as const, reason: `the setting \`${name}\`` };
  const facts = { scope: "deploy" as const, reason: origin.reason };
  const value = sourceValue(run, origin, `setting:${name}`, span, facts);
  noteDefault(value, known);
  return value;
}

const modelDecorators = /(?:^|\.)(?:dataclass|define|frozen|attrs|s)(?:\(\))?$/;
const modelBases = /(?:^|\.)(?:BaseModel|BaseSettings|NamedTuple|SQLModel|Struct)$/;

function hasBase(type: ClassValue, names: RegExp): boolean {
  return type.bases.some((base) => base.type === "opaque" && names.test(libraryName(base) ?? base.key));
}

function isTypedDict(type: ClassValue): boolean {
  return hasBase(type, /(?:^|\.)TypedDict$/);
}

function isSettings(type: ClassValue): boolean {
  return hasBase(type, /(?:^|\.)BaseSettings$/);
}

/** Whether a class has its fields set by a constructor that is made for it. */
export function isModel(type: ClassValue): boolean {
  return (
    hasBase(type, modelBases) ||
    type.node.decorators.some((decorator) => {
      const callee = decorator.kind === "call" ? decorator.callee : decorator;
      return (
        (callee.kind === "name" && modelDecorators.test(callee.name)) ||
        (callee.kind === "member" && modelDecorators.test(callee.name))
      );
    })
  );
}

/** `Field(...)`: whoever makes an object has to give a value. */
function isRequired(value: Value): boolean {
  return value.type === "opaque" && value.origin.kind === "global" && value.origin.name === "Ellipsis";
}

/** `field(default_factory=list)`: a value of its own for each instance. */
function modelDefault(run: Run, value: Value, span: Span): Value {
  if (value.type !== "opaque" || value.origin.kind !== "call") return value;
  const { arguments: args } = value.origin;
  const factory = args.find((argument) => argument.name === "default_factory");
  if (factory) return callFactory(run, factory.value, span);
  return args.find((argument) => argument.name === "default" || argument.name === undefined)?.value ?? value;
}

function callFactory(run: Run, factory: Value, span: Span): Value {
  if (factory.type === "function") return callFunction(run, factory, [], span);
  if (factory.type === "class") return instantiate(run, factory, [], span);
  if (factory.type === "opaque" && factory.key === "list") return list([], span);
  if (factory.type === "opaque" && factory.key === "dict") return record(span);
  return unknownValue(run, "default_factory", span);
}
