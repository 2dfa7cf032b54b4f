import type { LoweredBody } from "../dialects/request-draft.ts";
import { presentEntry, viewRecord } from "../dialects/record-view.ts";
import type { MarkFault } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { list, listElement, record, recordEntry, text } from "../value/construct.ts";
import { asList, literalText } from "../value/inspect.ts";
import type { ListElement, ListValue, RecordEntryValue, RecordValue, Value } from "../value/value.ts";
import { bodyEntry } from "./assemble-request.ts";
import { injectCheckpoint, lastSegmentOf } from "./inject-checkpoints.ts";

/** How a body with marks becomes a request. */
export interface InjectionTarget {
  lower(body: Value): LoweredBody;
  /** False: the provider's translation leaves `tool_config` points out. */
  readonly marksTools: boolean;
  /** True: the marks are OpenAI's breakpoints, which stand on parts only. */
  readonly placesBreakpoints: boolean;
  /** False: an older version, which places as many marks as there are messages for them. */
  readonly stopsAtFour: boolean;
}

/** Marks on messages beyond which LiteLLM places none. */
const maximumMarks = 4;

/**
 * Lowers a body after LiteLLM has put marks where `cache_control_injection_points` say: on every message of a role,
 * oldest first, or on the one at an index, in the order of the points and until four messages are marked; a point
 * for the tools takes one of the four. A message with a mark of its own is left as it is.
 *
 * Source: https://github.com/BerriAI/litellm litellm/integrations/anthropic_cache_control_hook.py, read 2026-11-22.
 */
export function injectPoints(
  body: Value,
  points: RecordEntryValue | undefined,
  target: InjectionTarget,
): LoweredBody {
  const elements = asList(points?.value)?.elements ?? [];
  if (elements.length === 0) return target.lower(body);
  const all = elements.map(readPoint);
  const tools = all.find(({ location }) => location === "tool_config");
  const messages = bodyEntry(body, "messages");
  const maximum = target.stopsAtFour ? maximumMarks - (tools ? 1 : 0) : Infinity;
  const injection = new Injection(asList(messages?.value), maximum, target.placesBreakpoints);
  for (const point of all) if (point.location === "message") injection.place(point);

  let lowered = asInjected(target.lower(withMessages(body, messages, injection.result())), injection.spans);
  const last =
    messages?.value.type === "opaque" && !asList(messages.value) ? pointAtEnd(all) : injection.atEnd;
  if (last) {
    lowered = injectCheckpoint(lowered, lowered.segments.length - 1, { span: last.span, ttl: last.ttl });
  }
  const faults = [
    ...lowered.faults,
    ...injection.surplus.map((point) => surplusFault(point, lowered)),
    ...injection.starved.map((point) => starvedFault(point, lowered)),
  ];
  const lastTool = lastSegmentOf(lowered, "tools");
  if (!tools || lastTool < 0) return { ...lowered, faults };
  if (!target.marksTools) faults.push({ ...toolsFault(tools), after: lastTool });
  const result = { ...lowered, faults };
  return target.marksTools
    ? injectCheckpoint(result, lastTool, { span: tools.span, ttl: undefined })
    : result;
}

interface Point {
  readonly location: string | undefined;
  readonly role: string | undefined;
  readonly index: number | undefined;
  readonly control: RecordEntryValue | undefined;
  readonly ttl: LoweredBody["checkpoints"][number]["ttl"];
  readonly span: Span;
}

function readPoint({ value, span }: ListElement): Point {
  const view = viewRecord(value);
  const index = presentEntry(view, "index")?.value;
  const control = presentEntry(view, "control");
  const ttl = presentEntry(viewRecord(control?.value), "ttl");
  const written = literalText(index);
  return {
    location: literalText(presentEntry(view, "location")?.value),
    role: literalText(presentEntry(view, "role")?.value),
    index:
      index?.type === "constant" && typeof index.value === "number"
        ? index.value
        : written !== undefined && /^-?\d+$/.test(written)
          ? Number(written)
          : undefined,
    control,
    ttl: ttl && {
      text: literalText(ttl.value),
      span: ttl.entrySpan,
      known: literalText(ttl.value) !== undefined,
    },
    span,
  };
}

/** The point that marks the last message, whatever the messages are. */
function pointAtEnd(points: readonly Point[]): Point | undefined {
  return points.find(({ location, index }) => location === "message" && index === -1);
}

/** The messages while marks are put on them. */
class Injection {
  readonly spans = new Set<string>();
  readonly surplus: Point[] = [];
  /** Points for a role of which newer messages got no mark. */
  readonly starved: Point[] = [];
  /** The point for the last message where that is one of an unknown number. */
  atEnd: Point | undefined;
  readonly #messages: ListValue | undefined;
  readonly #elements: ListElement[];
  readonly #placesBreakpoints: boolean;
  #free: number;

  constructor(messages: ListValue | undefined, maximum: number, placesBreakpoints: boolean) {
    this.#messages = messages;
    this.#placesBreakpoints = placesBreakpoints;
    this.#elements = messages ? [...messages.elements] : [];
    this.#free =
      maximum - this.#elements.reduce((sum, { value, stretch }) => sum + (stretch ? 0 : marksOn(value)), 0);
  }

  result(): ListValue | undefined {
    if (!this.#messages || this.spans.size === 0) return undefined;
    const copy = list(this.#elements, this.#messages.span, this.#messages.shape);
    return { ...copy, order: this.#messages.order, cuts: this.#messages.cuts };
  }

  place(point: Point): void {
    const targets = this.#targetsOf(point);
    if (this.#free <= 0 && targets.length > 0) this.surplus.push(point);
    let hasPlaced = false;
    for (const index of targets) {
      const element = this.#elements[index]!;
      if (this.#free <= 0) {
        if (hasPlaced) this.starved.push(point);
        return;
      }
      if (element.stretch) {
        this.atEnd = point;
        this.#free--;
        continue;
      }
      if (marksOn(element.value) > 0) continue;
      const marked = this.#placesBreakpoints
        ? withBreakpoint(element.value, point)
        : withMark(element.value, point);
      if (!marked) continue;
      this.#elements[index] = { ...element, value: marked };
      this.spans.add(nameSpan(point.span));
      hasPlaced = true;
      this.#free--;
    }
  }

  /** Indices of the messages a point means, as far as the number of messages in front of them is known. */
  #targetsOf({ index, role }: Point): readonly number[] {
    const elements = this.#elements;
    const stretches = elements.flatMap(({ stretch }, position) => (stretch ? [position] : []));
    if (index !== undefined) {
      const position = index < 0 ? elements.length + index : index;
      if (position < 0 || position >= elements.length) return [];
      const isLast = index === -1;
      const isBehind = stretches.some((stretch) => (index < 0 ? stretch >= position : stretch <= position));
      return !isBehind || isLast ? [position] : [];
    }
    if (role === undefined) return [];
    // An unknown number of older messages of the role may have taken what is free; there is seldom but one system text.
    const end = role === "system" || stretches.length === 0 ? elements.length : stretches[0]!;
    return elements.slice(0, end).flatMap(({ value, stretch }, position) => {
      const own = stretch ? undefined : literalText(presentEntry(viewRecord(value), "role")?.value);
      return own === role ? [position] : [];
    });
  }
}

/** Marks on a message and on the parts of its content. */
function marksOn(message: Value): number {
  const view = viewRecord(message);
  const content = asList(presentEntry(view, "content")?.value)?.elements ?? [];
  const isMarked = (value: Value): boolean => presentEntry(viewRecord(value), "cache_control") !== undefined;
  return (
    Number(isMarked(message)) + content.filter(({ value, stretch }) => !stretch && isMarked(value)).length
  );
}

/** A message with a mark on the last part of its content, or beside its text; undefined for an empty content. */
function withMark(message: Value, point: Point): Value | undefined {
  const content = presentEntry(viewRecord(message), "content");
  const parts = asList(content?.value);
  if (!content || !parts) return withEntry(message, "cache_control", markEntry(point));
  const last = parts.elements.at(-1);
  if (!last || last.stretch || !viewRecord(last.value)) return undefined;
  const part = withEntry(last.value, "cache_control", markEntry(point));
  const marked: ListValue = {
    ...list([...parts.elements.slice(0, -1), { ...last, value: part }], parts.span),
    order: parts.order,
    cuts: parts.cuts,
  };
  return withEntry(message, "content", { ...content, value: marked });
}

/** The mark for OpenAI; a content that is a text becomes a part for it. */
function withBreakpoint(message: Value, { span }: Point): Value | undefined {
  const content = presentEntry(viewRecord(message), "content");
  if (!content) return undefined;
  const mode = record(span, [["mode", recordEntry(text("explicit", span), span)]]);
  const part = record(content.span, [
    ["type", recordEntry(text("text", content.span), content.span)],
    ["text", content],
  ]);
  const parts = asList(content.value) ?? list([listElement(part, content.span)], content.span);
  const last = parts.elements.at(-1);
  if (!last || last.stretch || !viewRecord(last.value)) return undefined;
  const marked = withEntry(last.value, "prompt_cache_breakpoint", recordEntry(mode, span, span));
  const copy = list([...parts.elements.slice(0, -1), { ...last, value: marked }], parts.span);
  return withEntry(message, "content", {
    ...content,
    value: { ...copy, order: parts.order, cuts: parts.cuts },
  });
}

function markEntry({ control, span }: Point): RecordEntryValue {
  const mark = record(span, [["type", recordEntry(text("ephemeral", span), span)]]);
  return recordEntry(control?.value ?? mark, span, span);
}

function withEntry(value: Value, key: string, entry: RecordEntryValue): RecordValue {
  const isRecord = value.type === "record";
  const copy = record(isRecord ? value.span : entry.span, isRecord ? value.entries : []);
  copy.rest = isRecord ? [...value.rest] : value.type === "opaque" ? [value] : [];
  copy.entries.set(key, entry);
  return copy;
}

function withMessages(
  body: Value,
  entry: RecordEntryValue | undefined,
  messages: ListValue | undefined,
): Value {
  return entry && messages ? withEntry(body, "messages", { ...entry, value: messages }) : body;
}

function asInjected(body: LoweredBody, spans: ReadonlySet<string>): LoweredBody {
  const checkpoints = body.checkpoints.map((checkpoint) =>
    spans.has(nameSpan(checkpoint.span)) ? ({ ...checkpoint, origin: "injected" } as const) : checkpoint,
  );
  return { ...body, checkpoints };
}

function nameSpan({ file, start, end }: Span): string {
  return `${file}:${start}:${end}`;
}

function surplusFault({ span }: Point, { segments }: LoweredBody): MarkFault {
  return {
    kind: "ignored",
    span,
    after: segments.length - 1,
    reason: "LiteLLM marks at most four messages, and the marks and points before this one take them all.",
    remedy: "Remove an earlier one that is needed less.",
  };
}

function starvedFault({ span }: Point, { segments }: LoweredBody): MarkFault {
  return {
    kind: "ignored",
    span,
    after: segments.length - 1,
    reason:
      "LiteLLM marks at most four messages, the oldest of a role first, so newer ones get no mark and what is cached of a " +
      "conversation stops growing.",
    remedy: 'Point at the newest message instead: `{"location": "message", "index": -1}`.',
  };
}

function toolsFault({ span }: Point): Omit<MarkFault, "after"> {
  return {
    kind: "ignored",
    span,
    reason: "LiteLLM places a mark for `tool_config` on Amazon Bedrock only.",
    remedy: "Put `cache_control` on the last tool instead.",
  };
}
