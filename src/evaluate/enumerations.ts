import type { Span } from "../source/source-file.ts";
import { constant, listElement, recordEntry, text } from "../value/construct.ts";
import { libraryName, literalText } from "../value/inspect.ts";
import type { ClassValue, ListElement, RecordEntryValue, Value } from "../value/value.ts";
import { bindMethod, classLine, findMember } from "./class-members.ts";
import { callFunction, positional } from "./calls.ts";
import { instantiate } from "./classes.ts";
import type { Run } from "./run.ts";

/*
 * The members of an enumeration of Python are their values here, so that `Role.USER` and `"user"` are the same text and the
 * same key of a table. What a member knows besides, its name and the methods of its class, is kept beside the value. One
 * whose class has a constructor is an object.
 */

interface Member {
  readonly type: ClassValue;
  readonly name: string;
}

const members = new WeakMap<Value, Member>();

/** Whether a class of Python is an enumeration. */
export function isEnumeration(type: ClassValue): boolean {
  return classLine(type).some(({ bases }) =>
    bases.some((base) => base.type === "opaque" && /(?:^|[.:])(?:Str|Int)?Enum$/.test(base.key)),
  );
}

/** Turns the attributes of a new enumeration into its members. */
export function makeMembers(run: Run, type: ClassValue): void {
  if (!isEnumeration(type)) return;
  let position = 0;
  for (const [name, entry] of type.statics) {
    if (name.startsWith("_")) continue;
    const value = memberValue(run, type, name, entry, ++position);
    members.set(value, { type, name });
    type.statics.set(name, { ...entry, value });
  }
}

function memberValue(
  run: Run,
  type: ClassValue,
  name: string,
  { value, span, entrySpan }: RecordEntryValue,
  position: number,
): Value {
  if (isAuto(value)) {
    const isText = classLine(type).some(({ bases }) =>
      bases.some((base) => base.type === "opaque" && /(?:^|[.:])StrEnum$/.test(base.key)),
    );
    return isText ? text(name.toLowerCase(), span) : constant(position);
  }
  const parts = value.type === "list" && value.shape === "tuple" ? value.elements : undefined;
  // A text may be that of a constant, which is no member.
  if (!findMember(type, "constructor") || !parts)
    return value.type === "text" || value.type === "constant" ? { ...value } : value;
  const args = parts.map((part) => positional(part.value, part.span));
  const made = instantiate(run, type, args, span, true);
  if (!made.entries.has("value")) made.entries.set("value", recordEntry(value, span, entrySpan, run.frame));
  made.entries.set("name", recordEntry(text(name, span), span, entrySpan, run.frame));
  return made;
}

/** `auto()` */
function isAuto(value: Value): boolean {
  if (value.type !== "opaque" || value.origin.kind !== "call") return false;
  const { callee } = value.origin;
  return callee.type === "opaque" && /^enum\.auto$/.test(libraryName(callee) ?? "");
}

/** The members of an enumeration in the order in which they are written; undefined for other classes. */
export function membersOf(type: ClassValue): readonly ListElement[] | undefined {
  const own = [...type.statics.values()].filter(({ value }) => members.get(value)?.type === type);
  return own.length > 0 ? own.map(({ value, span, frame }) => listElement(value, span, frame)) : undefined;
}

/** The members with their names. */
export function namedMembers(type: ClassValue): readonly (readonly [string, RecordEntryValue])[] {
  return [...type.statics].filter(([, { value }]) => members.get(value)?.type === type);
}

/** `Role("user")`: the member with the value; what is not known is what it will be the value of. */
export function memberWith(type: ClassValue, value: Value): Value {
  const literal = literalText(value);
  const found = namedMembers(type).find(
    ([, entry]) => literal !== undefined && literalText(entry.value) === literal,
  );
  return found ? found[1].value : value;
}

/** What a member knows besides its value: its name, a property or a bound method of its class. Undefined for other values. */
export function memberOfMember(run: Run, value: Value, name: string, span: Span): Value | undefined {
  const member = members.get(value);
  if (!member) return undefined;
  if (name === "name" || name === "_name_") return text(member.name, span);
  if (name === "value" || name === "_value_") return value;
  const found = findMember(member.type, name);
  if (found?.member.kind === "getter")
    return callFunction(run, bindMethod(found.member.function, found.owner, value), [], span);
  if (found?.member.kind !== "method") return undefined;
  const { function: node, isStatic, isClassMethod } = found.member;
  return bindMethod(node, found.owner, isStatic ? undefined : isClassMethod ? member.type : value);
}
