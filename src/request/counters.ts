import type { Span } from "../source/source-file.ts";
import { identityId, opaque } from "../value/construct.ts";
import type { HolePart, LiteralPart, TextPart } from "../value/value.ts";
import type { Request, Segment } from "./request.ts";

/**
 * The requests of a conversation with a hole wherever the code prints a number that is one or two more, or less, in each
 * of them: `Step ${step} of 20`. A run knows the numbers, and yet no request sends the one of another.
 */
export function withCounters(requests: readonly Request[]): readonly Request[] {
  const places = new Set<string>();
  for (const [index, request] of requests.entries()) {
    const next = requests[index + 1];
    if (next) for (const place of countersBetween(request, next, requests[index + 2])) places.add(place);
  }
  if (places.size === 0) return requests;
  return requests.map((request) => ({
    ...request,
    segments: request.segments.map((segment) => withHoles(segment, places)),
  }));
}

/** Places that print another number in the next request, in segments that are the same apart from numbers. */
function countersBetween(request: Request, next: Request, third: Request | undefined): readonly string[] {
  return request.segments.flatMap((segment, index) => {
    const other = next.segments[index];
    if (!other || other === segment || other.region !== segment.region || other.role !== segment.role)
      return [];
    return countersIn(segment.parts, other.parts, third?.segments[index]?.parts) ?? [];
  });
}

/** A step or a question counts as one, and a turn of a conversation adds a question and its answer. */
const steps: ReadonlySet<number> = new Set([1, 2]);

/** @param third the same in the request behind the next one, where a piece of a list counts as many as it holds */
function countersIn(
  parts: readonly TextPart[],
  others: readonly TextPart[],
  third: readonly TextPart[] | undefined,
): readonly string[] | undefined {
  if (parts.length !== others.length) return undefined;
  const found: string[] = [];
  for (const [index, part] of parts.entries()) {
    const other = others[index]!;
    if (part.kind !== "literal" || other.kind !== "literal") {
      if (part.kind !== other.kind) return undefined;
      continue;
    }
    if (part.text === other.text) continue;
    const step = placeOf(part.span) === placeOf(other.span) ? Number(other.text) - Number(part.text) : NaN;
    if (Number.isNaN(step) || !isNumber(part.text) || !isNumber(other.text)) return undefined;
    if (!steps.has(Math.abs(step)) && !goesOn(third?.[index], other, step)) return undefined;
    found.push(placeOf(part.span));
  }
  return found;
}

/** Whether a number grows by the same step once more. */
function goesOn(third: TextPart | undefined, { text, span }: LiteralPart, step: number): boolean {
  if (third?.kind !== "literal" || placeOf(third.span) !== placeOf(span)) return false;
  return isNumber(third.text) && Number(third.text) - Number(text) === step;
}

function isNumber(text: string): boolean {
  return /^-?\d{1,9}$/.test(text);
}

function withHoles(segment: Segment, places: ReadonlySet<string>): Segment {
  const isCounter = (part: TextPart) =>
    part.kind === "literal" && isNumber(part.text) && places.has(placeOf(part.span));
  if (!segment.parts.some(isCounter)) return segment;
  return {
    ...segment,
    parts: segment.parts.map((part) => (isCounter(part) ? holeOf(part as LiteralPart) : part)),
  };
}

/** The same number is the same value: a message that is sent again holds what it held. */
function holeOf({ text, span }: LiteralPart): HolePart {
  const key = `counter@${placeOf(span)}`;
  const reason = "the counter";
  const hole = opaque(
    { origin: { kind: "unknown", reason }, key, span },
    { id: identityId(`${key}=${text}`), scope: "turn", confidence: "likely", reason },
  );
  return { kind: "hole", hole, span, frame: undefined, sample: text };
}

function placeOf({ file, start, end }: Span): string {
  return `${file}:${start}:${end}`;
}
