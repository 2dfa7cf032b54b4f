import type { Value } from "../value/value.ts";

const grouped = new WeakSet<Value>();

/**
 * Remembers what a table keeps under a key that is not known: `sizes[row["article"]]`. Each key that was met may have got
 * more than the one thing that a run puts there.
 */
export function noteGrouped(value: Value, key: string): void {
  if (key.startsWith("[")) grouped.add(value);
}

/** Whether a value is one group of many, of whose members a run has seen a part. */
export function isGrouped(value: Value): boolean {
  return grouped.has(value);
}
