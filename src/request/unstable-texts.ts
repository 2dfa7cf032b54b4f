import { accessPath } from "../value/inspect.ts";
import { isFresh, isUnstable } from "../value/scope.ts";
import type { OpaqueValue } from "../value/value.ts";
import { holesOf, type PlacedHole } from "./questions.ts";
import type { Segment } from "./request.ts";

/** Text that comes out differently although what it is made from is the same. */
export interface UnstableText {
  readonly place: PlacedHole;
  /** `order`: elements whose order is not fixed; `address`: where an object lies in memory. */
  readonly kind: "order" | "address";
}

/**
 * Values in these segments that were printed from a collection whose order is not fixed, or from something that prints
 * its address. What is new in each request anyway is left out, as are parts of an unordered collection: they say
 * nothing of its order.
 */
export function findUnstableTexts(segments: readonly Segment[]): readonly UnstableText[] {
  return holesOf(segments).flatMap((place): UnstableText[] => {
    const { hole } = place.hole;
    const { kind, stretch } = segments[place.segment]!;
    if (stretch || kind === "image" || kind === "document" || isFresh(hole.scope)) return [];
    if (hole.origin.kind === "operation" && hole.origin.operator === "address")
      return [{ place, kind: "address" }];
    return isUnstable(hole.order) && isWhole(hole) ? [{ place, kind: "order" }] : [];
  });
}

/** True where the value is a collection, or was made from one, and not from one of its parts. */
function isWhole(value: OpaqueValue): boolean {
  const { origin } = value;
  if (origin.kind === "call") return true;
  if (origin.kind !== "operation") return false;
  return origin.operands.every(
    (operand) =>
      operand.type !== "opaque" || !isUnstable(operand.order) || !accessPath(operand).steps.includes("[]"),
  );
}
