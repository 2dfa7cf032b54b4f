import type { Span } from "../../src/source/source-file.ts";
import { constant, list, listElement, opaque, record, recordEntry, text } from "../../src/value/construct.ts";
import type { CallEvent, ListElement, OpaqueValue, Origin, Value } from "../../src/value/value.ts";

/** The one place everything stands at whose place does not matter. */
export const anywhere: Span = { file: "app.py", start: 0, end: 1 };

/** A literal of the language under test, with values in it where a literal will not do. */
export type Literal =
  | string
  | number
  | boolean
  | null
  | undefined
  | Wrapped
  | readonly (Literal | Spread)[]
  | { readonly [key: string]: Literal };

/** A value among literals: an object literal could not be told from one. */
export class Wrapped {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/** An opaque list spread into a list. */
export class Spread {
  readonly value: OpaqueValue;

  constructor(value: OpaqueValue) {
    this.value = value;
  }
}

export function wrap(value: Value): Wrapped {
  return new Wrapped(value);
}

/** The value of a literal. */
export function build(literal: Literal): Value {
  if (literal instanceof Wrapped) return literal.value;
  if (typeof literal === "string") return text(literal, anywhere);
  if (Array.isArray(literal)) return list(literal.map(element), anywhere);
  if (typeof literal === "object" && literal !== null) {
    return record(
      anywhere,
      Object.entries(literal as Record<string, Literal>).map(([key, value]) => [
        key,
        recordEntry(build(value), anywhere),
      ]),
    );
  }
  return constant(literal as number | boolean | null | undefined);
}

function element(literal: Literal | Spread): ListElement {
  if (literal instanceof Spread) return listElement(literal.value, anywhere, undefined, true);
  return listElement(build(literal), anywhere);
}

/** An opaque value with an origin; the key is what prints of it. */
export function from(origin: Origin, key: string, known: Parameters<typeof opaque>[1] = {}): OpaqueValue {
  return opaque({ origin, key, span: anywhere }, known);
}

/** A parameter of a function. */
export function parameter(name: string, annotation?: string): OpaqueValue {
  return from({ kind: "parameter", functionName: "f", name, annotation }, name);
}

/** An export of a module that is not in view; `*` is the module. */
export function imported(module: string, name: string): OpaqueValue {
  return from({ kind: "import", module, name }, `${module}.${name}`);
}

/** A member of an opaque value, or of a member of it. */
export function member(object: OpaqueValue, ...names: readonly string[]): OpaqueValue {
  return names.reduce(
    (current, name) => from({ kind: "member", object: current, name }, `${current.key}.${name}`),
    object,
  );
}

/** What a call outside of view gives. */
export function called(callee: OpaqueValue, named: Record<string, Literal> = {}): OpaqueValue {
  const origin: Origin = { kind: "call", callee, arguments: namedArguments(named), isNew: false };
  return from(origin, `${callee.key}()`);
}

/** The nth element of a list of unknown length. */
export function sample(of: OpaqueValue, index: number): OpaqueValue {
  return from({ kind: "element", of, index, length: 3 }, `${of.key}[${index}]`);
}

function namedArguments(named: Record<string, Literal>): CallEvent["arguments"] {
  return Object.entries(named).map(([name, value]) => ({
    name,
    value: build(value),
    span: anywhere,
    entrySpan: anywhere,
    stretch: false,
  }));
}

/** A call with named arguments and opaque records spread into them. */
export function pythonCall(
  callee: OpaqueValue,
  named: Record<string, Literal>,
  ...spread: readonly OpaqueValue[]
): CallEvent {
  const rest = spread.map((value) => ({
    name: undefined,
    value,
    span: anywhere,
    entrySpan: anywhere,
    stretch: true,
  }));
  return {
    callee,
    arguments: [...namedArguments(named), ...rest],
    isNew: false,
    span: anywhere,
    frame: undefined,
  };
}

/** A call with positional arguments, or `new` of a class. */
export function scriptCall(callee: OpaqueValue, values: readonly Literal[], isNew = false): CallEvent {
  const args = values.map((value) => ({
    name: undefined,
    value: build(value),
    span: anywhere,
    entrySpan: anywhere,
    stretch: false,
  }));
  return { callee, arguments: args, isNew, span: anywhere, frame: undefined };
}
