import type { Span } from "../source/source-file.ts";
import { constant, list, listElement, record, recordEntry, text } from "../value/construct.ts";
import { literalText } from "../value/inspect.ts";
import type {
  ClassValue,
  FunctionValue,
  ListValue,
  OpaqueValue,
  RecordEntryValue,
  RecordValue,
  Value,
} from "../value/value.ts";
import { bounds } from "./bounds.ts";
import { callFunction, callMember, positional } from "./calls.ts";
import { noteOrder } from "./iteration.ts";
import { keyOf } from "./keys.ts";
import { pathMember } from "./library/files.ts";
import { derivedValue, listOf, materialise, opaqueIndex, opaqueMember, unknownValue } from "./opaques.ts";
import type { Run } from "./run.ts";
import { sliceOpaque, sliceText } from "./texts.ts";

/** `object.name`. */
export function getMember(run: Run, object: Value, name: string, span: Span): Value {
  switch (object.type) {
    case "record":
      return recordMember(run, object, name, span);
    case "opaque":
      if (name === "length" && object.list) return constant(materialise(run, object.list).length);
      if (name === "length" && !isTextual(object))
        return constant(materialise(run, listOf(run, object, span)).length);
      return opaqueMember(run, object, name, span);
    case "list":
      if (name === "length" || name === "size") return constant(materialise(run, object).length);
      return unknownValue(run, `.${name}`, span);
    case "text": {
      if (name === "length") {
        const literal = literalText(object);
        return literal === undefined ? derivedValue(run, "length", [object], span) : constant(literal.length);
      }
      return pathMember(run, object, name, span) ?? enumMember(run, object, name, span);
    }
    case "class":
      return classMember(run, object, name, span) ?? unknownValue(run, `.${name}`, span);
    case "function":
      if (name === "__name__" || name === "name") return text(object.node.name, object.node.nameSpan);
      return unknownValue(run, `.${name}`, span);
    case "constant":
      return object.value == null ? constant(undefined) : enumMember(run, object, name, span);
  }
}

/** Members of a Python `Enum` are their values here, so `Role.USER.value` is `Role.USER`. */
function enumMember(run: Run, object: Value, name: string, span: Span): Value {
  const isEnum = name === "value" && run.modules.languageOf(span.file) === "python";
  return isEnum ? object : unknownValue(run, `.${name}`, span);
}

function isTextual(value: OpaqueValue): boolean {
  const { origin } = value;
  return origin.kind === "parameter" && /^(?:str|string)\b/.test(origin.annotation ?? "");
}

function recordMember(run: Run, object: RecordValue, name: string, span: Span): Value {
  const own = object.entries.get(name);
  if (own) return readEntry(run, object, own, span);
  if (object.class) {
    const inherited = instanceMember(run, object, object.class, name, span);
    if (inherited) return inherited;
  }
  if (object.removed.has(name)) return constant(undefined);
  const rest = object.rest.at(-1);
  if (rest) {
    return opaqueMember(run, rest, name, span);
  }
  // Maps are records too.
  if (name === "size" && !object.class && run.modules.languageOf(span.file) === "javascript")
    return constant(object.entries.size);
  return object.class ? unknownValue(run, `.${name}`, span) : constant(undefined);
}

/** Functions in records that are called when their field is read: `get name() { ... }`. */
export const getters = new WeakSet<Value>();

/** What gives a record's missing items their first value: `defaultdict(list)`. */
export const itemFactories = new WeakMap<RecordValue, (span: Span) => Value>();

function readEntry(run: Run, self: RecordValue, { value }: RecordEntryValue, span: Span): Value {
  return value.type === "function" && getters.has(value)
    ? callFunction(run, { ...value, self }, [], span)
    : value;
}

/** Keys that look like array indexes come first in a JavaScript object, ascending. */
export function sortIntegerKeys(target: RecordValue): void {
  const keys = [...target.entries.keys()];
  const isIndex = (key: string) => /^(?:0|[1-9]\d{0,8})$/.test(key);
  if (!keys.some(isIndex)) return;
  const ordered = [
    ...keys.filter(isIndex).sort((a, b) => Number(a) - Number(b)),
    ...keys.filter((key) => !isIndex(key)),
  ];
  const entries = ordered.map((key) => [key, target.entries.get(key)!] as const);
  target.entries.clear();
  for (const [key, entry] of entries) target.entries.set(key, entry);
}

/** A method, getter or class attribute as an instance sees it. */
function instanceMember(
  run: Run,
  self: Value,
  home: ClassValue,
  name: string,
  span: Span,
): Value | undefined {
  const found = findMember(home, name);
  if (!found) {
    const base = home.bases.find((value) => value.type === "opaque");
    return base?.type === "opaque"
      ? derivedValue(run, `inherited .${name}`, [base], span, { scope: "unknown" })
      : undefined;
  }
  const { member, owner } = found;
  if (member.kind === "method") {
    return bindMethod(
      member.function,
      owner,
      member.isStatic ? undefined : member.isClassMethod ? owner : self,
    );
  }
  if (member.kind === "getter") {
    return callFunction(run, bindMethod(member.function, owner, self), [], span);
  }
  return owner.statics.get(name)?.value;
}

function bindMethod(node: FunctionValue["node"], owner: ClassValue, self: Value | undefined): FunctionValue {
  return { type: "function", node, environment: owner.environment, self, home: owner };
}

/** A static member of a class. */
export function classMember(run: Run, object: ClassValue, name: string, span: Span): Value | undefined {
  if (name === "__name__" || name === "name") return text(object.node.name, object.node.nameSpan);
  const assigned = object.statics.get(name);
  if (assigned) return assigned.value;
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

/** A class and its bases in view, nearest first. */
export function classLine(start: ClassValue): ClassValue[] {
  const line: ClassValue[] = [];
  const visit = (at: ClassValue) => {
    if (line.includes(at) || line.length > 20) return;
    line.push(at);
    for (const base of at.bases) if (base.type === "class") visit(base);
  };
  visit(start);
  return line;
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

/** `object[index]`. */
export function getIndex(run: Run, object: Value, index: Value, span: Span): Value {
  const key = literalText(index);
  if (object.type === "record" && object.class && findMember(object.class, "__getitem__")) {
    return callMember(run, object, "__getitem__", [positional(index, span)], span, span);
  }
  if (key !== undefined) {
    if (object.type === "record") return recordItem(run, object, key, span);
    if (object.type === "opaque") return opaqueMember(run, object, key, span);
    if (object.type === "class") return classMember(run, object, key, span) ?? unknownValue(run, key, span);
    if (object.type === "list" && key === "length") return constant(object.elements.length);
  }
  const position = index.type === "constant" && typeof index.value === "number" ? index.value : undefined;
  if (position !== undefined) {
    if (object.type === "list" || object.type === "opaque") return itemAt(run, object, position, span);
    if (object.type === "text") {
      const from = position < 0 ? position : position;
      return sliceText(run, object, from, position === -1 ? undefined : position + 1, span);
    }
    if (object.type === "record") return recordItem(run, object, String(position), span);
  }
  if (object.type === "opaque") return opaqueIndex(run, object, index, span);
  if (object.type === "record" || object.type === "list") {
    const values =
      object.type === "record"
        ? [...object.entries.values()].map((entry) => entry.value)
        : object.elements.map((element) => element.value);
    if (values.length === 1 && object.type === "record" && object.rest.length === 0) return values[0]!;
    return derivedValue(run, "index", [object, index], span, scopeOfChoice(index));
  }
  return unknownValue(run, "index", span);
}

/** One of several known values, chosen by an unknown index, is as narrow as the index. */
function scopeOfChoice(index: Value) {
  return index.type === "opaque" ? { scope: index.scope, confidence: index.confidence } : {};
}

function recordItem(run: Run, object: RecordValue, key: string, span: Span): Value {
  const own = object.entries.get(key);
  if (own) return readEntry(run, object, own, span);
  const factory = itemFactories.get(object);
  if (factory) {
    const value = factory(span);
    run.willChangeEntries(object);
    object.entries.set(key, recordEntry(value, span, span, run.frame));
    return value;
  }
  if (object.removed.has(key)) return constant(undefined);
  if (object.rest.length > 0) return opaqueMember(run, object.rest.at(-1)!, key, span);
  if (object.class) return recordMember(run, object, key, span);
  return constant(undefined);
}

function itemAt(run: Run, object: ListValue | OpaqueValue, position: number, span: Span): Value {
  const source = object.type === "list" ? object : listOf(run, object, span);
  const { elements } = source;
  // Behind an unknown stretch the known end can still be counted from the end.
  if (
    position < 0 &&
    elements.slice(position).length === -position &&
    !elements.slice(position).some((e) => e.stretch)
  ) {
    return elements.at(position)!.value;
  }
  const all = materialise(run, source);
  const element = run.modules.languageOf(span.file) === "python" ? all.at(position) : all[position];
  return element?.value ?? constant(undefined);
}

/** `object[start:end]`, `slice`. */
export function getSlice(
  run: Run,
  object: Value,
  start: Value | undefined,
  end: Value | undefined,
  step: Value | undefined,
  span: Span,
): Value {
  const stride =
    step?.type === "constant" && typeof step.value === "number" ? Math.trunc(step.value) : undefined;
  if (stride !== undefined && stride !== 0 && stride !== 1) {
    const stepped = steppedSlice(
      run,
      object,
      position(start, undefined),
      position(end, undefined),
      stride,
      span,
    );
    if (stepped) return stepped;
  }
  const from = position(start, 0);
  const to = position(end, undefined);
  if (from === "unknown" || to === "unknown" || (step && !(step.type === "constant" && step.value === 1))) {
    return derivedValue(
      run,
      "slice",
      [object, ...[start, end, step].filter((part) => part !== undefined)],
      span,
    );
  }
  if (object.type === "text") return sliceText(run, object, from ?? 0, to, span);
  if (object.type === "opaque" && (object.clock || isTextual(object)))
    return sliceOpaque(run, object, from ?? 0, to, span);
  if (object.type !== "list" && object.type !== "opaque") return unknownValue(run, "slice", span);
  const source = object.type === "list" ? object : listOf(run, object, span);
  const whole = (from ?? 0) === 0 && to === undefined;
  const elements = whole ? source.elements : materialise(run, source);
  const result = list(elements.slice(from ?? 0, to), span, source.shape === "tuple" ? "tuple" : "list");
  result.order = source.order;
  const dropped =
    from === undefined || from === 0
      ? 0
      : from < 0
        ? Math.max(0, elements.length + from)
        : Math.min(from, elements.length);
  result.cuts = dropped > 0 ? [...source.cuts, { span, dropped }] : source.cuts;
  return result;
}

/** `xs[a:b:c]` with a step that is not 1. */
function steppedSlice(
  run: Run,
  object: Value,
  start: number | undefined | "unknown",
  end: number | undefined | "unknown",
  step: number,
  span: Span,
): Value | undefined {
  if (start === "unknown" || end === "unknown") return undefined;
  if (object.type !== "list" && object.type !== "opaque") return undefined;
  const source = object.type === "list" ? object : listOf(run, object, span);
  const elements = materialise(run, source);
  const place = (at: number) => (at < 0 ? elements.length + at : at);
  const from =
    start === undefined
      ? step > 0
        ? 0
        : elements.length - 1
      : Math.min(place(start), step > 0 ? elements.length : elements.length - 1);
  const to = end === undefined ? (step > 0 ? elements.length : -1) : place(end);
  const kept: ListValue["elements"] = [];
  for (let at = Math.max(from, step > 0 ? 0 : -1); step > 0 ? at < to : at > to && at >= 0; at += step) {
    const element = elements[at];
    if (element) kept.push(element);
    else break;
  }
  const result = list(kept, span, source.shape === "tuple" ? "tuple" : "list");
  result.order = source.order;
  return result;
}

function position<T>(value: Value | undefined, absent: T): number | T | "unknown" {
  if (value === undefined || (value.type === "constant" && value.value == null)) return absent;
  return value.type === "constant" && typeof value.value === "number" ? Math.trunc(value.value) : "unknown";
}

/** A list from its end to its beginning. */
export function reversed(run: Run, object: ListValue | OpaqueValue, span: Span): ListValue {
  const source = object.type === "list" ? object : listOf(run, object, span);
  const result = list(materialise(run, source).toReversed(), span);
  result.order = source.order;
  return result;
}

/** `object.name = value`, `object[key] = value`. `entrySpan`: the assignment. */
export function setItem(
  run: Run,
  object: Value,
  key: Value,
  value: Value,
  span: Span,
  entrySpan: Span,
): void {
  const name = literalText(key) ?? (key.type === "constant" ? String(key.value) : undefined);
  if (
    object.type === "list" &&
    name === "length" &&
    value.type === "constant" &&
    typeof value.value === "number"
  ) {
    replaceSlice(run, object, value.value, Infinity, [], entrySpan);
    return;
  }
  if ((object.type === "list" || (object.type === "opaque" && object.list)) && key.type === "constant") {
    const target = object.type === "list" ? object : object.list!;
    if (typeof key.value === "number") {
      const elements = materialise(run, target);
      const at = key.value < 0 ? elements.length + key.value : key.value;
      if (at >= 0 && at <= elements.length && at < bounds.elements) {
        run.willChangeList(target);
        target.elements[at] = listElement(value, span, run.frame);
        noteOrder(run, target, entrySpan);
      }
    }
    return;
  }
  if (object.type === "opaque" && key.type === "constant" && typeof key.value === "number") {
    setItem(run, listOf(run, object, span), key, value, span, entrySpan);
    return;
  }
  if (name === undefined) {
    if (object.type === "record") {
      run.willChangeEntries(object);
      object.entries.set(`[${keyOf(key)}]`, recordEntry(value, span, entrySpan, run.frame));
    }
    return;
  }
  setField(run, object, name, recordEntry(value, span, entrySpan, run.frame));
}

function setField(run: Run, object: Value, name: string, entry: RecordEntryValue): void {
  if (object.type === "record") {
    const setter = object.class ? findSetter(object.class, name) : undefined;
    if (setter) {
      callFunction(
        run,
        bindMethod(setter.node, setter.owner, object),
        [
          {
            name: undefined,
            value: entry.value,
            span: entry.span,
            entrySpan: entry.entrySpan,
            stretch: false,
          },
        ],
        entry.span,
      );
      return;
    }
    run.willChangeEntries(object);
    object.entries.set(name, entry);
    object.removed.delete(name);
  } else if (object.type === "opaque") {
    run.willChangeEntries(object);
    object.fields.set(name, entry);
    object.removed.delete(name);
  } else if (object.type === "class") {
    const old = object.statics.get(name);
    run.undoLater(() => (old ? object.statics.set(name, old) : object.statics.delete(name)));
    object.statics.set(name, entry);
  }
}

function findSetter(start: ClassValue, name: string) {
  for (const owner of classLine(start)) {
    for (const member of owner.node.members) {
      if (member.kind === "setter" && member.name === name) return { node: member.function, owner };
    }
  }
  return undefined;
}

/** Replaces a part of a list: `xs[1:2] = ys`, `splice`. Returns what was removed. */
export function replaceSlice(
  run: Run,
  target: ListValue,
  start: number,
  count: number,
  inserted: readonly ListValue["elements"][number][],
  span: Span,
): ListValue {
  const elements = materialise(run, target);
  const from = start < 0 ? Math.max(0, elements.length + start) : Math.min(start, elements.length);
  run.willChangeList(target);
  const removed = target.elements.splice(from, count, ...inserted);
  if (from === 0 && removed.length > 0 && inserted.length === 0 && target.elements.length > 0) {
    target.cuts = [...target.cuts, { span, dropped: removed.length }];
  }
  const result = list(removed, span);
  return result;
}

/** `del object[key]`, `delete object.key`. */
export function deleteItem(run: Run, object: Value, key: Value, span: Span): void {
  const name = literalText(key);
  if (name !== undefined && (object.type === "record" || object.type === "opaque")) {
    run.willChangeEntries(object);
    (object.type === "record" ? object.entries : object.fields).delete(name);
    object.removed.add(name);
    return;
  }
  const at = key.type === "constant" && typeof key.value === "number" ? key.value : undefined;
  if (at === undefined || (object.type !== "list" && object.type !== "opaque")) return;
  replaceSlice(run, object.type === "list" ? object : listOf(run, object, span), at, 1, [], span);
}

/** Copies entries and the unknown rest of a record or opaque value into a record: spread, `update`, `dict(x)`. */
export function copyEntries(run: Run, target: RecordValue, source: Value): void {
  run.willChangeEntries(target);
  if (source.type === "record") {
    for (const [key, entry] of source.entries) {
      const value = target === source ? entry.value : readEntry(run, source, entry, entry.span);
      target.entries.set(key, value === entry.value ? entry : { ...entry, value });
      target.removed.delete(key);
    }
    if (source.rest.length > 0) target.rest = [...target.rest, ...source.rest];
    for (const key of source.removed) if (!target.entries.has(key)) target.removed.add(key);
  } else if (source.type === "opaque") {
    for (const [key, entry] of source.fields) target.entries.set(key, entry);
    for (const key of source.removed) target.removed.add(key);
    target.rest = [...target.rest, source];
  } else if (source.type === "list") {
    // Pairs of key and value.
    for (const element of source.elements) {
      if (element.stretch && element.value.type === "opaque") target.rest = [...target.rest, element.value];
      const [key, value] = element.value.type === "list" ? element.value.elements : [];
      const name = literalText(key?.value);
      if (name !== undefined && value)
        target.entries.set(name, recordEntry(value.value, value.span, element.span));
    }
  }
}

/** A copy whose lists and records can be changed without changing the original. */
export function deepCopy(run: Run, value: Value, depth = 0): Value {
  if (depth > 12) return value;
  if (value.type === "list") {
    const copy = list(
      value.elements.map((element) => ({ ...element, value: deepCopy(run, element.value, depth + 1) })),
      value.span,
      value.shape,
    );
    copy.order = value.order;
    copy.cuts = value.cuts;
    return copy;
  }
  if (value.type === "record") {
    const copy: RecordValue = { ...record(value.span), class: value.class };
    for (const [key, entry] of value.entries) {
      copy.entries.set(key, { ...entry, value: deepCopy(run, entry.value, depth + 1) });
    }
    copy.rest = value.rest;
    for (const key of value.removed) copy.removed.add(key);
    return copy;
  }
  if (value.type === "opaque") {
    const copy: OpaqueValue = {
      ...value,
      fields: new Map(),
      removed: new Set(value.removed),
      list: undefined,
    };
    for (const [key, entry] of value.fields) {
      copy.fields.set(key, { ...entry, value: deepCopy(run, entry.value, depth + 1) });
    }
    if (value.list) copy.list = deepCopy(run, value.list, depth + 1) as ListValue;
    return copy;
  }
  return value;
}
