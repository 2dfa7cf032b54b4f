import type { OpaqueValue, Value } from "../value/value.ts";

/** A made-up key of a table that is not in view, by the table and the key's position in it. */
interface KeyPlace {
  readonly table: OpaqueValue;
  readonly index: number;
}

/** The key that `Object.keys(table)[2]` is, or the first of `Object.entries(table)[2]`. */
function keyPlace({ origin }: OpaqueValue): KeyPlace | undefined {
  if (origin.kind !== "element") return undefined;
  const { of, index } = origin;
  const keys = tableOf(of, "keys()");
  if (keys) return { table: keys, index };
  const pair = of.origin.kind === "element" && index === 0 ? of.origin : undefined;
  const pairs = pair && tableOf(pair.of, "pairs()");
  return pair && pairs && { table: pairs, index: pair.index };
}

function tableOf({ origin }: OpaqueValue, name: string): OpaqueValue | undefined {
  return origin.kind === "member" && origin.name === name ? origin.object : undefined;
}

/** Whether two made-up keys of one table are the same; undefined: they are none, or of two tables. */
export function areSameKeys(left: Value, right: Value): boolean | undefined {
  if (left.type !== "opaque" || right.type !== "opaque") return undefined;
  const [a, b] = [keyPlace(left), keyPlace(right)];
  return a && b && a.table.id === b.table.id ? a.index === b.index : undefined;
}
