import type { Span } from "../source/source-file.ts";
import { asList } from "../value/inspect.ts";
import { leastStable } from "../value/scope.ts";
import type { Cut, ListValue, OpaqueValue, OrderEvidence, RecordEntryValue, Value } from "../value/value.ts";
import { orderOf } from "./request-draft.ts";

/** An element of `tools`, `system`, `messages` or `content`. */
export interface RegionItem {
  readonly value: Value;
  readonly span: Span;
  readonly order: OrderEvidence;
}

/** A region, or the content of a message, that is one opaque value. */
export interface OpaqueRegion {
  readonly kind: "opaque";
  readonly value: OpaqueValue;
  readonly order: OrderEvidence;
}

/** What a region's value is: a list of known shape, one opaque value, or something else (a text, a lone record). */
export type RegionContent =
  | {
      readonly kind: "list";
      readonly items: readonly (RegionItem & { readonly stretch: boolean })[];
      readonly cuts: readonly Cut[];
    }
  | OpaqueRegion
  | { readonly kind: "single"; readonly value: Value };

/**
 * Reads the value of a region; an opaque value is a list where the code in view treats it as one. A list that holds
 * nothing but an opaque list is that list.
 */
export function readRegion({ value }: RecordEntryValue): RegionContent {
  const list = asList(value);
  if (list) {
    const items = itemsOf(list);
    const [first, ...more] = items;
    if (!first?.stretch || first.value.type !== "opaque" || more.length > 0)
      return { kind: "list", items, cuts: list.cuts };
    return { kind: "opaque", value: first.value, order: first.order };
  }
  return value.type === "opaque"
    ? { kind: "opaque", value, order: orderOf(value) }
    : { kind: "single", value };
}

function itemsOf(list: ListValue): (RegionItem & { readonly stretch: boolean })[] {
  return list.elements.map(({ value, span, stretch }) => ({
    value,
    span,
    stretch,
    order: stretch && value.type === "opaque" ? lessStable(list.order, orderOf(value)) : list.order,
  }));
}

/** The evidence for the less stable of two orders. */
export function lessStable(a: OrderEvidence, b: OrderEvidence): OrderEvidence {
  return leastStable(a.order, b.order) === a.order ? a : b;
}
