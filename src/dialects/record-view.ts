import { accessPath, libraryName } from "../value/inspect.ts";
import type { HolePart, OpaqueValue, RecordEntryValue, Value } from "../value/value.ts";
import type { Span } from "../source/source-file.ts";

/** A value that is sent as an object: a record, a typed constructor's arguments, or what is known of an opaque one. */
export interface RecordView {
  readonly entries: ReadonlyMap<string, RecordEntryValue>;
  /** Opaque values that may bring further keys, last first. */
  readonly rest: readonly OpaqueValue[];
}

/** The view of a value as an object; undefined for texts, constants, lists, functions and classes. */
export function viewRecord(value: Value | undefined): RecordView | undefined {
  if (value?.type === "record") {
    const spread = value.rest.filter((rest) => rest.fields.size > 0);
    if (spread.length === 0) return value;
    const entries = new Map(value.entries);
    for (const rest of spread) {
      for (const [key, entry] of rest.fields) {
        if (!entries.has(key) && !value.removed.has(key)) entries.set(key, entry);
      }
    }
    return { entries, rest: value.rest };
  }
  if (value?.type !== "opaque") return undefined;
  return viewTypedConstructor(value) ?? { entries: value.fields, rest: [value] };
}

/** Calls such as `TextBlockParam(type="text", text=...)`: typed dicts, which are plain dicts when they are sent. */
function viewTypedConstructor(value: OpaqueValue): RecordView | undefined {
  const { origin } = value;
  if (origin.kind !== "call" || origin.callee.type !== "opaque") return undefined;
  const name = libraryName(origin.callee);
  if (!name || !/(?:Param|TypeDef)$/.test(name)) return undefined;
  const entries = new Map<string, RecordEntryValue>();
  const rest: OpaqueValue[] = [];
  for (const argument of origin.arguments) {
    if (argument.name === undefined) {
      if (argument.stretch && argument.value.type === "opaque") rest.unshift(argument.value);
      continue;
    }
    const { span, entrySpan } = argument;
    entries.set(argument.name, { value: argument.value, span, entrySpan, frame: value.frame });
  }
  for (const [key, entry] of value.fields) {
    if (!entries.has(key) || !isMemberOf(entry.value, value)) entries.set(key, entry);
  }
  return { entries, rest };
}

/** The entry under a key, unless its value says that nothing is sent: `None`, `undefined`, `NOT_GIVEN`. */
export function presentEntry(view: RecordView | undefined, key: string): RecordEntryValue | undefined {
  const entry = view?.entries.get(key);
  return entry && !isAbsent(entry.value) ? entry : undefined;
}

/**
 * The entry under a key if the code in view wrote it. Reading `block.cache_control` of an opaque block leaves an
 * entry too, which says nothing about the block.
 */
export function writtenEntry(view: RecordView | undefined, key: string): RecordEntryValue | undefined {
  const entry = presentEntry(view, key);
  if (!entry || !view) return undefined;
  return view.rest.some((rest) => isMemberOf(entry.value, rest)) ? undefined : entry;
}

function isMemberOf(value: Value, object: OpaqueValue): boolean {
  if (value.type !== "opaque") return false;
  const { origin } = value;
  return (origin.kind === "member" || origin.kind === "index") && origin.object === object;
}

/** What SDKs take for "leave this parameter out". */
const omitted = /(?:^|\.)(?:NOT_GIVEN|NotGiven\(\)|omit|Omit\(\))$/;

/** True for `None`, `null`, `undefined` and the SDKs' own signs for a parameter that is left out. */
export function isAbsent(value: Value): boolean {
  if (value.type === "constant") return value.value === null || value.value === undefined;
  if (value.type !== "opaque") return false;
  const name = libraryName(value);
  return name !== undefined && omitted.test(name);
}

/** An opaque value as a part of a text. */
export function holePart(hole: OpaqueValue, span: Span): HolePart {
  return { kind: "hole", hole, span, frame: hole.frame };
}

/** What an opaque value is, as the subject of a short clause. */
export function describeOpaque(value: OpaqueValue): string {
  const { root, steps } = accessPath(value);
  const path = steps.map((step) => (step === "()" || step === "[]" ? step : `.${step}`)).join("");
  if (root.kind === "parameter") return `the parameter \`${root.name}${path}\``;
  if (root.kind === "element") return `an element of ${describeOpaque(root.of)}`;
  if (root.kind === "global") return `\`${root.name}${path}\``;
  if (root.kind === "import") {
    return root.name === "*" || root.name === "default"
      ? `\`${root.module}${path}\``
      : `\`${root.name}${path}\` of \`${root.module}\``;
  }
  const [source] = root.kind === "operation" ? root.operands.flatMap((operand) => opaqueIn(operand)) : [];
  if (source) return `what is made of ${describeOpaque(source)}`;
  if (/^\.\w+$/.test(value.reason)) return `the field \`${value.reason.slice(1)}\``;
  return value.reason || "a value";
}

/** The opaque values in what may be a text. */
export function opaqueIn(value: Value): readonly OpaqueValue[] {
  if (value.type === "opaque") return [value];
  if (value.type !== "text") return [];
  return value.parts.flatMap((part) => (part.kind === "hole" ? [part.hole] : []));
}
