import type { Span } from "../source/source-file.ts";
import { list, record, recordEntry, restated } from "../value/construct.ts";
import { literalText } from "../value/inspect.ts";
import type { ListValue, OpaqueValue, RecordValue, Value } from "../value/value.ts";
import { callMethodExists } from "./inherited-methods.ts";
import { weaken } from "./iteration.ts";
import { placeOf } from "./keys.ts";
import { readEntry } from "./members.ts";
import type { Run } from "./run.ts";

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

/** What is not in view may hold the keys that are there already. */
function makeOverridable(target: RecordValue, except?: ReadonlyMap<string, unknown>): void {
  for (const [key, entry] of target.entries) {
    if (!except?.has(key) && !entry.overridable) target.entries.set(key, { ...entry, overridable: true });
  }
}

/** Copies entries and the unknown rest of a record or opaque value into a record: spread, `update`, `dict(x)`. */
export function copyEntries(run: Run, target: RecordValue, source: Value): void {
  run.willChangeEntries(target);
  const mayOverride = source.type === "opaque" || (source.type === "record" && source.rest.length > 0);
  if (mayOverride && target !== source)
    makeOverridable(target, source.type === "record" ? source.entries : source.fields);
  if (source.type === "record") {
    for (const [key, entry] of source.entries) {
      const value = target === source ? entry.value : readEntry(run, source, entry, entry.span);
      target.entries.set(key, value === entry.value ? entry : { ...entry, value });
      target.removed.delete(key);
    }
    if (source.order) weaken(target, source.order);
    if (source.rest.length > 0) target.rest = [...target.rest, ...source.rest];
    for (const key of source.removed) if (!target.entries.has(key)) target.removed.add(key);
  } else if (source.type === "opaque") {
    for (const [key, entry] of source.fields) {
      if (!isReadMethod(source, key, entry.value)) target.entries.set(key, entry);
    }
    for (const key of source.removed) target.removed.add(key);
    target.rest = [...target.rest, source];
  } else if (source.type === "list") {
    // Pairs of key and value.
    for (const element of source.elements) {
      if (element.stretch && element.value.type === "opaque") target.rest = [...target.rest, element.value];
      const [key, value] = element.value.type === "list" ? element.value.elements : [];
      if (!key || !value) continue;
      const name =
        literalText(key.value) ??
        (key.value.type === "constant" ? String(key.value.value) : placeOf(key.value));
      target.entries.set(name, recordEntry(value.value, value.span, element.span));
    }
    if (source.elements.length > 1) weaken(target, source.order);
  }
}

/** `given.get` of `given.get("model")` is no entry: what is not in view was seen to have the method. */
function isReadMethod(source: OpaqueValue, name: string, value: Value): boolean {
  if (!callMethodExists(name) || value.type !== "opaque") return false;
  return value.origin.kind === "member" && value.origin.object === source;
}

/**
 * A copy whose lists and records can be changed without changing the original. What is held twice is copied once, so
 * that a value inside itself stays one.
 */
export function deepCopy(value: Value, copies = new Map<Value, Value>()): Value {
  const before = copies.get(value);
  if (before) return before;
  if (value.type === "list") {
    const copy = list([], value.span, value.shape);
    copies.set(value, copy);
    copy.elements = value.elements.map((element) => ({ ...element, value: deepCopy(element.value, copies) }));
    copy.order = value.order;
    copy.cuts = value.cuts;
    return copy;
  }
  if (value.type === "record") {
    const copy: RecordValue = { ...record(value.span), class: value.class };
    copies.set(value, copy);
    for (const [key, entry] of value.entries) {
      copy.entries.set(key, { ...entry, value: deepCopy(entry.value, copies) });
    }
    copy.rest = value.rest;
    if (value.order) copy.order = value.order;
    for (const key of value.removed) copy.removed.add(key);
    return copy;
  }
  if (value.type === "opaque") {
    const copy = restated(value, {});
    copies.set(value, copy);
    for (const [key, entry] of value.fields) {
      copy.fields.set(key, { ...entry, value: deepCopy(entry.value, copies) });
    }
    if (value.list) copy.list = deepCopy(value.list, copies) as ListValue;
    return copy;
  }
  return value;
}

/** An entry that is kept under a name and spread where it is wanted, such as `**MARK`, stands where it is spread. */
export function placeFragment(target: RecordValue, { entries }: RecordValue, span: Span): void {
  if (entries.size !== 1) return;
  for (const [key, entry] of entries) {
    const { file, start, end } = entry.entrySpan;
    const isInline = file === span.file && start >= span.start && end <= span.end;
    if (!isInline) target.entries.set(key, { ...entry, entrySpan: span });
  }
}
