import type { RecordEntryValue, Value } from "./value.ts";

/** Deepest nesting that is copied; what lies deeper is dropped. */
const maximumDepth = 30;

/** Copies made so far: what is shared, or contains itself, is copied once. */
type Copies = Map<Value, Value>;

/** A copy of a value whose lists and records nobody else holds: it stays as it is when the program goes on. */
export function snapshot(value: Value): Value {
  return copy(value, 0, new Map());
}

/** The same for an entry. */
export function snapshotEntry(entry: RecordEntryValue): RecordEntryValue {
  return { ...entry, value: snapshot(entry.value) };
}

function copy(value: Value, depth: number, copies: Copies): Value {
  if (value.type !== "list" && value.type !== "record") return value;
  if (depth >= maximumDepth) return { type: "constant", value: undefined };
  const before = copies.get(value);
  if (before) return before;
  if (value.type === "list") {
    const list = { ...value, cuts: [...value.cuts] };
    copies.set(value, list);
    list.elements = value.elements.map((element) => ({
      ...element,
      value: copy(element.value, depth + 1, copies),
    }));
    return list;
  }
  const entries = new Map<string, RecordEntryValue>();
  const record = { ...value, entries, rest: [...value.rest], removed: new Set(value.removed) };
  copies.set(value, record);
  for (const [key, entry] of value.entries) {
    entries.set(key, { ...entry, value: copy(entry.value, depth + 1, copies) });
  }
  return record;
}
