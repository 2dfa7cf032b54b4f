import { constant, list, listElement, record, recordEntry, text, textOf } from "../../value/construct.ts";
import { noteDefault } from "../../value/defaults.ts";
import { accessPath, libraryName, literalText } from "../../value/inspect.ts";
import { isUnstable } from "../../value/scope.ts";
import type { ArgumentValue, ListElement, OpaqueValue, Origin, Value } from "../../value/value.ts";
import { bounds } from "../bounds.ts";
import { startsBehind } from "../chunks.ts";
import { classLine } from "../class-members.ts";
import { decideType, truth } from "../conditions.ts";
import { copyEntries } from "../copies.ts";
import { iterable, mappedList, orderOf, pair } from "../iteration.ts";
import { keyOf } from "../keys.ts";
import { getMember, setItem } from "../members.ts";
import { derivedValue, materialise, sourceValue } from "../opaques.ts";
import { addToSet } from "../operations.ts";
import { concatenate, formattedParts, partsOf, printedParts } from "../texts.ts";
import { derive, first, firstList } from "./arguments.ts";
import { roundClock } from "./clocks.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";
import { listMethods } from "./list-methods.ts";
import { nothing } from "./python.ts";
import { sortedOrder, sortElements } from "./sorting.ts";

export const toText: LibraryFunction = (call) => {
  const argument = first(call);
  if (!argument) return text("", call.span);
  if (argument.value.type === "opaque")
    return derivedValue(call.run, "str", [argument.value], call.span, textFacts(argument.value));
  return concatenate(call.run, [partsOf(call.run, argument.value, argument.span)]);
};

/** `str()` of a clock still is a clock: ISO-like text. */
function textFacts(value: OpaqueValue) {
  return { order: value.order, ...(value.clock ? { clock: { ...value.clock, form: "iso" as const } } : {}) };
}

export /** `int(x)`: cuts a clock that was divided. */
const toInteger: LibraryFunction = (call) => {
  const value = first(call)?.value;
  if (value?.type === "constant" && typeof value.value === "number") return constant(Math.trunc(value.value));
  const literal = literalText(value);
  if (literal !== undefined && /^\s*[+-]?\d{1,15}\s*$/.test(literal)) return constant(Number(literal));
  return value?.type === "opaque" ? roundClock(call.run, value, true, call.span) : derive("int")(call);
};

export const toList =
  (shape: "list" | "tuple"): LibraryFunction =>
  (call) => {
    const argument = first(call);
    if (!argument) return list([], call.span, shape);
    const source = iterable(call.run, argument.value, argument.span);
    if (!source) return derivedValue(call.run, "list", [argument.value], call.span);
    const result = list(source.elements.slice(), call.span, shape);
    result.order = orderOf(argument.value, argument.span, call.run);
    result.cuts = source.cuts;
    return result;
  };

export const toSet: LibraryFunction = (call) => {
  const source = firstList(call);
  return addToSet(call.run, list([], call.span, "set"), source?.elements ?? [], call.span);
};

export const toDict: LibraryFunction = (call) => {
  const result = record(call.span);
  const argument = first(call);
  if (argument) copyEntries(call.run, result, argument.value);
  for (const [name, given] of call.named) {
    result.entries.set(name, {
      value: given.value,
      span: given.span,
      entrySpan: given.entrySpan,
      frame: call.run.frame,
    });
  }
  return result;
};

/** `ChainMap(overrides, defaults)`: what stands in several of them is that of the first. */
export const chainMaps: LibraryFunction = (call) => {
  const result = record(call.span);
  for (const { value } of call.args.toReversed()) copyEntries(call.run, result, value);
  return result;
};

export const sorted: LibraryFunction = (call) => {
  const source = firstList(call);
  if (!source)
    return derivedValue(
      call.run,
      "sorted",
      call.args.map((argument) => argument.value),
      call.span,
    );
  // A list of unknown length that a module sorts is as long as each run takes it to be.
  const isOpen = call.run.id === 0 && source.elements.every(({ stretch }) => stretch);
  const elements = isOpen ? source.elements.slice() : sortElements(materialise(call.run, source), call);
  const result = list(elements, call.span);
  const argument = first(call)!;
  result.order = sortedOrder(call, orderOf(argument.value, argument.span, call.run));
  return result;
};

export const enumerate: LibraryFunction = (call) => {
  const source = firstList(call);
  const argument = first(call);
  if (!source || !argument) return undefined;
  const start = call.args[1] ?? call.named.get("start");
  const from =
    start?.value.type === "constant" && typeof start.value.value === "number" ? start.value.value : 0;
  const elements = materialise(call.run, source).map((element, index) =>
    listElement(pair(constant(index + from), element.value, element.span), element.span, element.frame),
  );
  return mappedList(source, elements, call.span, orderOf(argument.value, argument.span, call.run));
};

export const zip: LibraryFunction = (call) => {
  const sources = call.args.map((argument) => iterable(call.run, argument.value, argument.span));
  if (sources.some((source) => !source) || sources.length === 0) return undefined;
  const all = sources.map((source) => materialise(call.run, source!));
  const length = Math.min(...all.map((elements) => elements.length));
  const rows = Array.from({ length }, (_, index) => {
    const row = list(
      all.map((elements) => elements[index]!),
      call.span,
      "tuple",
    );
    return listElement(row, call.span, call.run.frame);
  });
  return mappedList(sources[0]!, rows, call.span, orderOf(call.args[0]!.value, call.args[0]!.span, call.run));
};

export const range: LibraryFunction = (call) => {
  const numbers = call.args.map((argument) =>
    argument.value.type === "constant" && typeof argument.value.value === "number"
      ? argument.value.value
      : undefined,
  );
  const [start, end, step] =
    numbers.length === 1 ? [0, numbers[0], 1] : [numbers[0], numbers[1], numbers[2] ?? 1];
  const { span, run } = call;
  const elements: ListElement[] = [];
  if (start === undefined || end === undefined || !step) {
    // How often is unknown: a few rounds show what each adds.
    for (let index = 0; index < bounds.openRounds; index++)
      elements.push(listElement(constant(index + (start ?? 0)), span));
    return list(elements, span);
  }
  for (let at = start; step > 0 ? at < end : at > end; at += step) {
    if (elements.length >= bounds.elements) {
      run.reach("elements");
      break;
    }
    elements.push(listElement(constant(at), span));
  }
  const limit = call.args.length > 1 ? call.args[1]!.value : undefined;
  const last = start + (elements.length - 1) * step;
  for (const place of startsBehind({ end: limit, step, rounds: elements.length }, last))
    elements.push(listElement(place, span));
  return list(elements, span);
};

export const length: LibraryFunction = (call) => {
  const argument = first(call);
  if (!argument) return undefined;
  const { value } = argument;
  if (value.type === "record")
    return value.rest.length === 0
      ? constant(value.entries.size)
      : derivedValue(call.run, "len", [value], call.span);
  return getMember(call.run, value, "length", call.span);
};

/** `isinstance(x, str)`; several types are asked one after the other. */
export const isInstance: LibraryFunction = (call) => {
  const [subject, type] = call.args;
  if (!subject || !type) return undefined;
  const types =
    type.value.type === "list" ? type.value.elements.map((element) => element.value) : [type.value];
  return constant(types.some((each) => isOfType(call, subject.value, each)));
};

const typeKinds: Readonly<Record<string, "text" | "list" | "record">> = {
  str: "text",
  bytes: "text",
  list: "list",
  tuple: "list",
  set: "list",
  dict: "record",
};

function isOfType(call: LibraryCall, value: Value, type: Value): boolean {
  if (type.type === "class") {
    if (value.type === "record") return value.class !== undefined && classLine(value.class).includes(type);
    if (value.type !== "opaque" || isImported(value)) return false;
    return decideType(call.run, value, "other", type.node.name, call.span);
  }
  if (type.type !== "opaque") return false;
  const name = type.origin.kind === "global" || type.origin.kind === "import" ? type.origin.name : type.key;
  const kind = typeKinds[name];
  if (value.type === "opaque") return decideType(call.run, value, kind ?? "other", name, call.span);
  if (kind === "text") return value.type === "text";
  if (kind === "list")
    return value.type === "list" && (name === "list" ? value.shape === "list" : value.shape !== "list");
  if (kind === "record") return value.type === "record" && !value.class;
  if (name === "bool") return value.type === "constant" && typeof value.value === "boolean";
  if (name === "int" || name === "float") return value.type === "constant" && typeof value.value === "number";
  return false;
}

/** What a package out of view offers under a name: it cannot be of a class that is in view. */
function isImported(value: OpaqueValue): boolean {
  const { root, steps } = accessPath(value);
  return root.kind === "import" && !steps.includes("()") && !steps.includes("[]");
}

/** `map(f, xs)` of the builtins, and of executors. */
export function mapOver(
  call: LibraryCall,
  callback: ArgumentValue | undefined,
  items: ArgumentValue | undefined,
  gives: "map" | "filter",
): Value | undefined {
  const source = items && iterable(call.run, items.value, items.span);
  if (!source || !items) return undefined;
  const method = listMethods[gives]!;
  const isIdentity = callback?.value.type === "constant";
  if (isIdentity) {
    const kept = materialise(call.run, source).filter((element) =>
      truth(call.run, element.value, element.span),
    );
    return mappedList(source, kept, call.span, orderOf(items.value, items.span, call.run));
  }
  return method({ ...call, receiver: source, args: callback ? [callback] : [] });
}

export const quantify =
  (every: boolean): LibraryFunction =>
  (call) => {
    const source = firstList(call);
    if (!source) return undefined;
    const found = materialise(call.run, source).some(
      (element) => truth(call.run, element.value, element.span) !== every,
    );
    return constant(found !== every);
  };

/** `setattr(x, "name", v)`. */
export const setAttribute: LibraryFunction = ({ run, args, span }) => {
  const [object, name, value] = args;
  if (object && name && value) setItem(run, object.value, name.value, value.value, value.span, span);
  return nothing;
};

export const getAttribute: LibraryFunction = ({ run, args, span }) => {
  const [object, name, fallback] = args;
  const key = literalText(name?.value);
  if (!object || key === undefined) return undefined;
  const value = getMember(run, object.value, key, span);
  noteDefault(value, fallback?.value);
  const isMissing = value.type === "opaque" && value.origin.kind === "unknown";
  return isMissing && fallback ? fallback.value : value;
};

/** Whether a value counts for the whole process: `itertools.count()` that no call in view has made. */
function isCounter(value: Value | undefined): value is OpaqueValue {
  if (value?.type !== "opaque" || value.frame || value.origin.kind !== "call") return false;
  const { callee } = value.origin;
  return callee.type === "opaque" && libraryName(callee) === "itertools.count";
}

export const next: LibraryFunction = (call) => {
  const counter = call.args[0]?.value;
  if (isCounter(counter)) {
    const origin: Origin = { kind: "operation", operator: "next", operands: [counter] };
    const facts = { scope: "request", reason: "a counter" } as const;
    return sourceValue(call.run, origin, () => `next(${counter.key})`, call.span, facts);
  }
  const source = firstList(call);
  const [, fallback] = call.args;
  if (!source) return undefined;
  const element = materialise(call.run, source)[0];
  return element?.value ?? fallback?.value ?? derivedValue(call.run, "next", [source], call.span);
};

export const printed: LibraryFunction = ({ run, args: [argument] }) =>
  argument && textOf(printedParts(run, argument.value, argument.span));

export const format: LibraryFunction = ({ run, args: [argument, specification] }) =>
  argument &&
  textOf(
    formattedParts(run, argument.value, specification && literalText(specification.value), argument.span),
  );

/** `dict.fromkeys(xs)`: the usual way to drop duplicates and keep the order. */
export const fromKeys: LibraryFunction = (call) => {
  const source = firstList(call);
  const result = record(call.span);
  const value = call.args[1]?.value ?? nothing;
  if (!source) return undefined;
  if (isUnstable(source.order.order)) result.order = source.order;
  for (const element of source.elements) {
    if (element.stretch && element.value.type === "opaque") result.rest = [...result.rest, element.value];
    else
      result.entries.set(
        literalText(element.value) ?? keyOf(element.value),
        recordEntry(value, element.span),
      );
  }
  return result;
};

export const sum: LibraryFunction = (call) => {
  const source = firstList(call);
  const start = call.args[1]?.value;
  const values = [
    ...(start ? [start] : []),
    ...(source ? materialise(call.run, source).map((element) => element.value) : []),
  ];
  const numbers = values.map((value) => (value.type === "constant" ? Number(value.value) : NaN));
  if (source && !numbers.some(Number.isNaN))
    return constant(numbers.reduce((total, each) => total + each, 0));
  if (start?.type !== "list") return derivedValue(call.run, "sum", values, call.span);
  // `sum(lists, [])` joins lists.
  return listMethods.flat!({
    ...call,
    receiver: list(
      values.map((value) => listElement(value, call.span)),
      call.span,
    ),
    args: [],
  });
};

export function bound(choose: (...numbers: number[]) => number): LibraryFunction {
  return (call) => {
    const values =
      call.args.length === 1
        ? firstList(call)?.elements.map((element) => element.value)
        : call.args.map((argument) => argument.value);
    const numbers = values?.map((value) =>
      value.type === "constant" && typeof value.value === "number" ? value.value : undefined,
    );
    if (numbers && numbers.length > 0 && numbers.every((number) => number !== undefined))
      return constant(choose(...numbers));
    return derive("bound")(call);
  };
}
