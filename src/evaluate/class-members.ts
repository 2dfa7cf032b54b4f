import type { FunctionNode } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { list, listElement, record, text } from "../value/construct.ts";
import type { ArgumentValue, ClassValue, FunctionValue, Value } from "../value/value.ts";
import { callFunction } from "./calls.ts";
import { isEnumeration, namedMembers } from "./enumerations.ts";
import { inheritedObject } from "./inherited-methods.ts";
import { nativeFunction } from "./natives.ts";
import { derivedValue, opaqueMember } from "./opaques.ts";
import type { Run } from "./run.ts";

/** A method, getter or class attribute as an instance sees it. */
export function instanceMember(
  run: Run,
  self: Value,
  home: ClassValue,
  name: string,
  span: Span,
): Value | undefined {
  const found = findMember(home, name);
  if (!found) {
    const base = home.bases.find((value) => value.type === "opaque");
    const fallback = name.startsWith("__") ? undefined : findMember(home, "__getattr__");
    if (fallback?.member.kind === "method") {
      const method = bindMethod(fallback.member.function, fallback.owner, self);
      return callFunction(run, method, [argumentOf(text(name, span), span)], span);
    }
    const inherited = self.type === "record" ? inheritedObject(self) : undefined;
    if (inherited) return opaqueMember(run, inherited, name, span);
    return base?.type === "opaque"
      ? derivedValue(run, `inherited .${name}`, [base], span, { scope: "unknown" })
      : undefined;
  }
  const { member, owner } = found;
  if (member.kind === "method") {
    return bindMethod(
      member.function,
      owner,
      member.isStatic ? undefined : member.isClassMethod ? home : self,
    );
  }
  if (member.kind === "getter") {
    return callFunction(run, bindMethod(member.function, owner, self), [], span);
  }
  return owner.statics.get(name)?.value;
}

function argumentOf(value: Value, span: Span): ArgumentValue {
  return { name: undefined, value, span, entrySpan: span, stretch: false };
}

export function bindMethod(
  node: FunctionValue["node"],
  owner: ClassValue,
  self: Value | undefined,
): FunctionValue {
  const decorated = owner.decorated.get(node);
  // A method of the class itself takes no instance; one that stands for it takes the instance first.
  if (decorated) return { ...decorated, self, home: owner };
  return { type: "function", node, environment: owner.environment, self, home: owner };
}

const subclasses = new WeakMap<ClassValue, ClassValue[]>();

/** Remembers a class with its bases, which can name what inherits them. */
export function noteSubclass(run: Run, made: ClassValue): void {
  for (const base of made.bases) {
    if (base.type !== "class") continue;
    const known = subclasses.get(base) ?? [];
    subclasses.set(base, known);
    known.push(made);
    run.undoLater(() => known.splice(known.indexOf(made), 1));
  }
}

/** `Base.__subclasses__()`: in the order in which they were made. */
function subclassesOf(object: ClassValue, span: Span): Value {
  return nativeFunction("__subclasses__", span, (run, _args, at) =>
    list(
      (subclasses.get(object) ?? []).map((each) => listElement(each, each.node.nameSpan, run.frame)),
      at,
    ),
  );
}

/** A static member of a class. */
export function classMember(run: Run, object: ClassValue, name: string, span: Span): Value | undefined {
  if (name === "__name__" || name === "name") return text(object.node.name, object.node.nameSpan);
  const assigned = object.statics.get(name);
  if (assigned) return assigned.value;
  if (name === "__subclasses__") return subclassesOf(object, span);
  if (name === "__members__" && isEnumeration(object)) return record(span, namedMembers(object));
  const found = findMember(object, name === "__init__" ? "constructor" : name);
  if (!found) return undefined;
  const { member, owner } = found;
  if (member.kind === "method") {
    const isPython = run.modules.languageOf(owner.node.span.file) === "python";
    return bindMethod(member.function, owner, member.isClassMethod || !isPython ? object : undefined);
  }
  if (member.kind === "getter" && member.isStatic)
    return callFunction(run, bindMethod(member.function, owner, object), [], span);
  return owner.statics.get(name)?.value;
}

const lines = new WeakMap<ClassValue, readonly ClassValue[]>();

/** Longest line of bases that is followed. */
const longestLine = 20;

/** A class and its bases in view, in the order in which members are looked for. */
export function classLine(start: ClassValue): readonly ClassValue[] {
  let line = lines.get(start);
  if (!line) {
    lines.set(start, [start]);
    lines.set(start, (line = linearize(start)));
  }
  return line;
}

/**
 * The order of Python: no class in front of one that inherits it, and bases in the order in which they are named. Where
 * there is no such order, each base is followed by its own.
 */
function linearize(start: ClassValue): readonly ClassValue[] {
  const bases = start.bases.filter((base): base is ClassValue => base.type === "class" && base !== start);
  const line = [start];
  let pending: (readonly ClassValue[])[] = [...bases.map(classLine), bases].filter((each) => each.length > 0);
  while (pending.length > 0 && line.length < longestLine) {
    const isFree = ([first]: readonly ClassValue[]): boolean =>
      pending.every((each) => !each.includes(first!, 1));
    const [next] = (pending.find(isFree) ?? pending[0])!;
    if (!line.includes(next!)) line.push(next!);
    pending = pending
      .map((each) => (each[0] === next ? each.slice(1) : each))
      .filter((each) => each.length > 0);
  }
  return line;
}

/** Whether a class has a member itself, and not by a base. */
export function hasOwnMember({ node, statics }: ClassValue, name: string): boolean {
  return statics.has(name) || node.members.some((member) => member.name === name && member.kind !== "setter");
}

/** A member of a class or of the nearest base that has it. */
export function findMember(start: ClassValue, name: string) {
  for (const owner of classLine(start)) {
    const members = owner.node.members.filter(
      (candidate) => candidate.name === name && candidate.kind !== "setter",
    );
    const member = members.at(-1);
    if (member && (member.kind !== "field" || owner.statics.has(name))) return { member, owner };
    if (owner.statics.has(name)) {
      const value = owner.statics.get(name)!;
      return { member: { kind: "field" as const, name, isStatic: true, span: value.span }, owner };
    }
  }
  return undefined;
}

/** True where a class leaves methods to those that inherit it. */
export function isAbstract({ node, bases }: ClassValue): boolean {
  return (
    bases.some((base) => base.type === "opaque" && /(?:^|[.:])(?:ABC|Protocol)$/.test(base.key)) ||
    node.members.some(
      (member) =>
        (member.kind === "method" || member.kind === "getter") &&
        member.function.body.length > 0 &&
        isLeftOpen(member.function),
    )
  );
}

export function findSetter(start: ClassValue, name: string) {
  for (const owner of classLine(start)) {
    for (const member of owner.node.members) {
      if (member.kind === "setter" && member.name === name) return { node: member.function, owner };
    }
  }
  return undefined;
}

/** True for a method that is left to those that inherit it: it gives nothing, or throws at once. */
export function isLeftOpen({ body }: FunctionNode): boolean {
  return body.every(
    (statement) =>
      statement.kind === "throw" ||
      (statement.kind === "expression" &&
        (statement.expression.kind === "literal" ||
          (statement.expression.kind === "name" && statement.expression.name === "Ellipsis"))),
  );
}
