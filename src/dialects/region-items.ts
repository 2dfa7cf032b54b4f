import type { Span } from "../source/source-file.ts";
import { leastStable } from "../value/scope.ts";
import type { ListValue, OpaqueValue, OrderEvidence, RecordEntryValue, Value } from "../value/value.ts";
import { orderOf } from "./request-draft.ts";

/** An element of `tools`, `system`, `messages` or `content`. */
export interface RegionItem {
  readonly value: Value;
  readonly span: Span;
  readonly order: OrderEvidence;
}

/** An opaque list whose elements all stand here. */
export interface RegionStretch {
  readonly value: OpaqueValue;
  readonly span: Span;
  readonly order: OrderEvidence;
}

/** What a region's value is: a list of known shape, one opaque value, or something else (a text, a lone record). */
export type RegionContent =
  | { readonly kind: "list"; readonly items: readonly (RegionItem & { readonly stretch: boolean })[] }
  | { readonly kind: "opaque"; readonly value: OpaqueValue }
  | { readonly kind: "single"; readonly value: Value };

/** Reads the value of a region; an opaque value is a list where the code in view treats it as one. */
export function readRegion({ value }: RecordEntryValue): RegionContent {
  if (value.type === "list") return { kind: "list", items: itemsOf(value) };
  if (value.type !== "opaque") return { kind: "single", value };
  const { list } = value;
  const isUntouched =
    list?.elements.length === 1 && list.elements[0]?.stretch && list.elements[0].value === value;
  return list && !isUntouched ? { kind: "list", items: itemsOf(list) } : { kind: "opaque", value };
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
