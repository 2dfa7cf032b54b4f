import type { Span } from "../source/source-file.ts";
import type { Confidence, Order, Scope } from "./scope.ts";
import type {
  ClockFacet,
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

/** What has to be said of an opaque value. */
interface RequiredFacts {
  readonly origin: Origin;
  /** The key, or what makes it when somebody asks. */
  readonly key: string | (() => string);
  readonly span: Span;
}

/** What may be known of one besides. */
interface KnownFacts extends Partial<
  Pick<OpaqueValue, "id" | "scope" | "confidence" | "reason" | "order" | "clock" | "frame">
> {
  /** Makes the identity that stands for the id when somebody asks for it. */
  readonly identity?: () => string;
  /** See `waitFor`. */
  readonly wait?: number;
}

/** Most values that wait for each other's key and id: each is a call on the stack when the last one is asked. */
const longestWait = 50;

/**
 * How many values wait for each other in a row if a new one waits for these; undefined: it cannot wait for them,
 * because they may change until it is asked.
 */
export function waitFor(values: readonly Value[]): number | undefined {
  let longest = 0;
  for (const value of values) {
    if (value.type === "list" || value.type === "record") return undefined;
    if (value.type === "opaque") longest = Math.max(longest, waitOf(value));
    else if (value.type === "text") {
      for (const part of value.parts)
        if (part.kind === "hole") longest = Math.max(longest, waitOf(part.hole));
    }
  }
  return longest < longestWait ? longest + 1 : undefined;
}

function waitOf(value: OpaqueValue): number {
  return value instanceof Opaque ? value.wait : 0;
}

/**
 * Most opaque values are never asked for their key, id or fields, and there are very many of them: each is made when it
 * is asked for.
 */
class Opaque implements OpaqueValue {
  readonly type = "opaque";
  readonly origin: Origin;
  readonly span: Span;
  readonly scope: Scope;
  readonly confidence: Confidence;
  readonly reason: string;
  readonly order: Order;
  readonly clock: ClockFacet | undefined;
  readonly frame: Frame | undefined;
  list: ListValue | undefined;
  readonly wait: number;
  #key: string | (() => string);
  #id: number | (() => string);
  #fields: Map<string, RecordEntryValue> | undefined;
  #removed: Set<string> | undefined;

  constructor({ origin, key, span }: RequiredFacts, known: KnownFacts) {
    this.origin = origin;
    this.span = span;
    this.scope = known.scope ?? "unknown";
    this.confidence = known.confidence ?? "certain";
    this.reason = known.reason ?? "";
    this.order = known.order ?? "insertion";
    this.clock = known.clock;
    this.frame = known.frame;
    this.list = undefined;
    this.wait = known.wait ?? 0;
    this.#key = key;
    this.#id = known.id ?? known.identity ?? freshId();
    this.#fields = undefined;
    this.#removed = undefined;
  }

  get key(): string {
    if (typeof this.#key === "function") this.#key = this.#key();
    return this.#key;
  }

  get id(): number {
    if (typeof this.#id === "function") this.#id = identityId(this.#id());
    return this.#id;
  }

  get fields(): Map<string, RecordEntryValue> {
    return (this.#fields ??= new Map());
  }

  get removed(): Set<string> {
    return (this.#removed ??= new Set());
  }
}

/** An opaque value; everything but its origin, key and span has a cautious default. */
export function opaque(required: RequiredFacts, known: KnownFacts = {}): OpaqueValue {
  return new Opaque(required, known);
}

/** The same opaque value with another origin, order or scope, and all that was read from and written to it. */
export function restated(
  value: OpaqueValue,
  changes: Partial<Pick<OpaqueValue, "origin" | "order" | "scope">>,
): OpaqueValue {
  const { key, id, span, confidence, reason, clock, frame } = value;
  const { origin, order, scope } = { ...value, ...changes };
  const copy = opaque({ origin, key, span }, { id, scope, confidence, reason, order, clock, frame });
  for (const [name, entry] of value.fields) copy.fields.set(name, entry);
  for (const name of value.removed) copy.removed.add(name);
  copy.list = value.list;
  return copy;
}
