import { conversations } from "./opaques.ts";
import type { OpaqueValue, Origin, Value } from "../value/value.ts";

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

/** Fields by which one tells the elements of a list apart. */
const identifying = /^(?:_?id|uuid|key|slug)$|(?:Id|_id)$/;

/** The element of an unknown list that a value tells from the others: the element itself, its id, a tool's name. */
function elementTold({ origin }: OpaqueValue): Extract<Origin, { kind: "element" }> | undefined {
  if (origin.kind === "element") return origin;
  if (origin.kind !== "member" || origin.object.origin.kind !== "element") return undefined;
  const element = origin.object.origin;
  const list = element.of.origin;
  // Messages may share a name, as all others that are listed hardly do.
  const isName = origin.name === "name" && !("name" in list && conversations.test(list.name));
  return isName || identifying.test(origin.name) ? element : undefined;
}

function nameOf({ origin }: OpaqueValue): string | undefined {
  return origin.kind === "member" ? origin.name : undefined;
}

/**
 * Whether two values tell the same made-up element of a list, or key of a table, that is not in view; undefined: they do
 * not tell elements, or those of two lists. What is looked for by an id is found at most once, in the first place.
 */
export function areSameElements(left: Value, right: Value): boolean | undefined {
  const one = left.type === "opaque" ? elementTold(left) : undefined;
  const other = right.type === "opaque" ? elementTold(right) : undefined;
  if (left.type === "opaque" && right.type === "opaque") {
    const [a, b] = [keyPlace(left), keyPlace(right)];
    if (a && b) return a.table.id === b.table.id ? a.index === b.index : undefined;
    if (one && other && one.of.id === other.of.id)
      return nameOf(left) === nameOf(right) ? one.index === other.index : undefined;
  }
  if (one && other) return undefined;
  const [told, value, wanted] = one ? [one, left, right] : [other, right, left];
  if (!told || value.type !== "opaque" || value.origin.kind !== "member") return undefined;
  // Whether there is an id is another question.
  return told.index > 0 && wanted.type !== "constant" ? false : undefined;
}
