import type { Span } from "../source/source-file.ts";
import type {
  ConstantValue,
  Frame,
  ListElement,
  ListValue,
  OpaqueValue,
  Origin,
  RecordEntryValue,
  RecordValue,
  TextPart,
  TextValue,
  Value,
} from "./value.ts";

let lastId = 0;

/** A number no other value of this run has. */
export function freshId(): number {
  return ++lastId;
}

/** The last number given out: what is made from now on has a larger one. */
export function currentId(): number {
  return lastId;
}

const identities = new Map<string, number>();

/** One number for each identity: what is made from the same things in the same way is the same. */
export function identityId(identity: string): number {
  let id = identities.get(identity);
  if (id === undefined) identities.set(identity, (id = freshId()));
  return id;
}

export function constant(value: number | boolean | null | undefined): ConstantValue {
  return { type: "constant", value };
}

/** Text without holes. */
export function text(literal: string, span: Span): TextValue {
  return { type: "text", parts: literal === "" ? [] : [{ kind: "literal", text: literal, span }] };
}

/** Text of several parts; neighbouring literals of one span are joined. */
export function textOf(parts: readonly TextPart[]): TextValue {
  return { type: "text", parts };
}

export function list(elements: ListElement[], span: Span, shape: ListValue["shape"] = "list"): ListValue {
  return {
    type: "list",
    id: freshId(),
    elements,
    shape,
    order: { order: "insertion", span, frame: undefined },
    cuts: [],
    span,
  };
}

export function listElement(value: Value, span: Span, frame?: Frame, stretch = false): ListElement {
  return { value, span, frame, stretch };
}

export function record(span: Span, entries: Iterable<readonly [string, RecordEntryValue]> = []): RecordValue {
  return {
    type: "record",
    id: freshId(),
    entries: new Map(entries),
    rest: [],
    removed: new Set(),
    class: undefined,
    span,
  };
}

export function recordEntry(
  value: Value,
  span: Span,
  entrySpan: Span = span,
  frame?: Frame,
): RecordEntryValue {
  return { value, span, entrySpan, frame };
}

/** An opaque value; everything but its origin, key and span has a cautious default. */
export function opaque(
  required: { readonly origin: Origin; readonly key: string; readonly span: Span },
  known: Partial<
    Pick<OpaqueValue, "id" | "scope" | "confidence" | "reason" | "order" | "clock" | "frame">
  > = {},
): OpaqueValue {
  return {
    type: "opaque",
    id: known.id ?? freshId(),
    key: required.key,
    origin: required.origin,
    span: required.span,
    scope: known.scope ?? "unknown",
    confidence: known.confidence ?? "certain",
    reason: known.reason ?? "",
    order: known.order ?? "insertion",
    clock: known.clock,
    frame: known.frame,
    fields: new Map(),
    removed: new Set(),
    list: undefined,
  };
}
