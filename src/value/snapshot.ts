import type { RecordEntryValue, Value } from "./value.ts";

/** Deepest nesting that is copied; what lies deeper is dropped. */
const maximumDepth = 30;

/** A copy of a value whose lists and records nobody else holds: it stays as it is when the program goes on. */
export function snapshot(value: Value, depth = 0): Value {
  if (depth >= maximumDepth) return { type: "constant", value: undefined };
  if (value.type === "list") {
    return {
      ...value,
      elements: value.elements.map((element) => ({ ...element, value: snapshot(element.value, depth + 1) })),
      cuts: [...value.cuts],
    };
  }
  if (value.type === "record") {
    return {
      ...value,
      entries: new Map([...value.entries].map(([key, entry]) => [key, snapshotEntry(entry, depth + 1)])),
      rest: [...value.rest],
      removed: new Set(value.removed),
    };
  }
  return value;
}

/** The same for an entry. */
export function snapshotEntry(entry: RecordEntryValue, depth = 0): RecordEntryValue {
  return { ...entry, value: snapshot(entry.value, depth) };
}
