import type { Span } from "../source/source-file.ts";
import { choicesOf, holdTo } from "../value/choices.ts";
import { constant, record, recordEntry, text } from "../value/construct.ts";
import { literalText } from "../value/inspect.ts";
import { isFresh } from "../value/scope.ts";
import type { OpaqueValue, RecordValue, Value } from "../value/value.ts";
import { findMember } from "./class-members.ts";
import { choose, isEqual } from "./conditions.ts";
import { getMember, readEntry } from "./members.ts";
import { derivedValue, isOfIncoming } from "./opaques.ts";
import type { Run } from "./run.ts";

/** Most entries of a table that are tried one after the other where the key is not known. */
const triedEntries = 4;

/** The entry of a small table under a key that is not known: each is tried in a run of its own. */
export function chooseEntry(run: Run, table: RecordValue, key: Value, span: Span): Value | undefined {
  if (key.type !== "opaque" || table.class || table.rest.length > 0 || table.entries.size > triedEntries)
    return undefined;
  // Whether the key is one of others that are not known is not known either.
  if ([...table.entries.keys()].some((name) => name.startsWith("["))) return undefined;
  const held = choicesOf(key);
  const entries = [...table.entries].filter(([name]) => held?.includes(name) ?? true);
  // A text that is another one in each request is a changing text, however few there are.
  const isNew = isFresh(key.scope) && !isAskedFor(key);
  if (isNew && entries.some(([, { value }]) => value.type === "text")) return undefined;
  const names = entries.map(([name]) => text(name, span));
  const at = names.findIndex((name, index) => index === names.length - 1 || isEqual(run, key, name, span));
  const entry = entries[at]?.[1];
  return entry && readEntry(run, table, entry, span);
}

/** What somebody says or asks for, unlike what a clock, a counter or chance gives. */
function isAskedFor(key: OpaqueValue): boolean {
  return key.scope === "turn" || isOfIncoming(key);
}

/**
 * Whether a lookup gives one of the texts of a table for what somebody asks for, such as a language or a kind of answer.
 * That may be the same in many turns, and each text has its own place in a cache.
 */
export function isChoiceOfTexts(table: Value, key: Value): boolean {
  if (table.type !== "record" || table.class || table.rest.length > 0 || table.entries.size === 0)
    return false;
  if (key.type !== "opaque" || !isAskedFor(key)) return false;
  return [...table.entries.values()].every(({ value }) => literalText(value) !== undefined);
}

/** Most kinds of entries that are tried one after the other. */
const triedKinds = 6;

/** The entries that a lookup may still have given in a run, by the key of what it gave. */
const candidates = new WeakMap<Run, Map<string, ReadonlyMap<string, RecordValue>>>();

/**
 * A member of what was looked up in a larger table with a key that is not known, such as a registry of providers or the
 * settings of models: entries whose members are of one kind are alike, and each kind is tried in a run of its own, which
 * holds the key to those entries. Undefined where the entries do not show the member, or there are too many kinds.
 */
export function memberOfChosen(run: Run, object: OpaqueValue, name: string, span: Span): Value | undefined {
  const { origin } = object;
  if (origin.kind !== "operation" || origin.operator !== "index" || origin.operands.length > 2)
    return undefined;
  const [table, key] = origin.operands;
  if (table?.type !== "record" || table.class || table.rest.length > 0 || key?.type !== "opaque")
    return undefined;
  const lookup = object.key;
  const known = candidates.get(run) ?? new Map<string, ReadonlyMap<string, RecordValue>>();
  const entries = known.get(lookup) ?? recordsIn(table, choicesOf(key));
  const groups = groupByKind(entries, name);
  if (!groups || groups.length === 0) return undefined;
  const at = groups.findIndex(
    (_, index) => index === groups.length - 1 || choose(run, `of:${lookup}.${name}#${index}`, span, [key]),
  );
  const { members, names } = groups[at]!;
  const isMethod = members[0]?.type === "function";
  if (groups.length > 1) {
    candidates.set(run, known.set(lookup, new Map([...entries].filter(([each]) => names.includes(each)))));
  }
  // What has no such member may have no entry at all.
  const forget = isMethod || (groups.length > 1 && members[0]) ? holdTo(key, names) : undefined;
  if (forget) run.undoLater(forget);
  if (isMethod) return getMember(run, entries.get(names[0]!)!, name, span);
  return members[0] ? merged(run, members as readonly Value[], object, span) : constant(undefined);
}

/** All entries of a table by their keys, where each is a record; otherwise none. */
function recordsIn(
  table: RecordValue,
  held: readonly string[] | undefined,
): ReadonlyMap<string, RecordValue> {
  const found = new Map<string, RecordValue>();
  for (const [name, { value }] of table.entries) {
    if (held && !held.includes(name)) continue;
    if (value.type !== "record" || value.rest.length > 0) return new Map();
    found.set(name, value);
  }
  return found;
}

interface Group {
  /** Of the entries: all of one kind. Undefined: the entry has no such member. */
  readonly members: readonly (Value | undefined)[];
  readonly names: readonly string[];
}

/** The entries by the kind of a member; undefined where one way to go on does not stand for all entries of a kind. */
function groupByKind(entries: ReadonlyMap<string, RecordValue>, name: string): readonly Group[] | undefined {
  const groups = new Map<unknown, { members: (Value | undefined)[]; names: string[] }>();
  let hasMethod = false;
  for (const [key, entry] of entries) {
    const member = memberIn(entry, name);
    hasMethod ||= member?.type === "function";
    const kind = member ? kindOf(member, 0) : "missing";
    if (kind === undefined) return undefined;
    const group = groups.get(kind) ?? { members: [], names: [] };
    group.members.push(member);
    group.names.push(key);
    groups.set(kind, group);
  }
  // Nobody looks for a method in what has none.
  if (hasMethod) groups.delete("missing");
  const found = [...groups.values()];
  const isPlain = found.every(({ members: [first] }) => !first || isPlainText(first));
  return found.length > triedKinds || (isPlain && found.length > 1) ? undefined : found;
}

/** A field, or a method as a function nobody has called yet. */
function memberIn(entry: RecordValue, name: string): Value | undefined {
  const field = entry.entries.get(name)?.value;
  if (field || !entry.class) return field;
  const found = findMember(entry.class, name);
  if (found?.member.kind !== "method") return undefined;
  const { environment } = found.owner;
  return { type: "function", node: found.member.function, environment, self: entry, home: found.owner };
}

/** Deepest records that are compared by their keys. */
const deepestKind = 4;

/**
 * What is the same for values that a program treats alike: one function, one truth value, records of the same keys.
 * Undefined: how it is treated depends on the value, as with numbers and texts.
 */
function kindOf(value: Value, depth: number): unknown {
  switch (value.type) {
    case "function":
      return value.node;
    case "class":
      return value.node;
    case "constant":
      return typeof value.value === "number" ? "number" : `=${String(value.value)}`;
    case "text":
      return "text";
    case "list": {
      const texts = value.elements.map((element) => literalText(element.value));
      return texts.includes(undefined) ? value : JSON.stringify(texts);
    }
    case "record": {
      if (value.class || value.rest.length > 0 || depth >= deepestKind) return value;
      const kinds = [...value.entries].map(([key, entry]) => [key, kindOf(entry.value, depth + 1)] as const);
      // What can be told from others only by itself makes the whole one of its own.
      return kinds.every(([, kind]) => typeof kind === "string") ? JSON.stringify(kinds) : value;
    }
    case "opaque":
      return undefined;
  }
}

/** One value for several of one kind: what differs in them is one of several known things. */
function merged(run: Run, values: readonly Value[], of: OpaqueValue, span: Span): Value | undefined {
  const [first, ...others] = values;
  if (!first || others.every((other) => isSame(first, other))) return first;
  if (first.type !== "record") return undefined;
  const result = record(first.span);
  for (const [key, entry] of first.entries) {
    const members = values.map((value) => (value as RecordValue).entries.get(key)!.value);
    const value = merged(run, members, of, span) ?? derivedValue(run, `index .${key}`, [of], span);
    result.entries.set(key, recordEntry(value, entry.span, entry.entrySpan, entry.frame));
  }
  return result;
}

/** Numbers and texts decide little by being there. */
function isPlainText(value: Value): boolean {
  return value.type === "text" || (value.type === "constant" && typeof value.value === "number");
}

function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.type === "constant" && b.type === "constant") return a.value === b.value;
  if (a.type === "list" || a.type === "function") return a.type === b.type;
  const [own, other] = [literalText(a), literalText(b)];
  return own !== undefined && own === other;
}
