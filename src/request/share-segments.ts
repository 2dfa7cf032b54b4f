import type { Span } from "../source/source-file.ts";
import type { TextPart } from "../value/value.ts";
import type { Segment } from "./request.ts";

/**
 * The segments with those taken from an earlier request that are the very same there. The requests of a conversation
 * repeat most of each other: what they share is kept once, and compared by looking whether it is the same object.
 */
export function shareSegments(
  segments: readonly Segment[],
  earlier: readonly Segment[] | undefined,
): readonly Segment[] {
  if (!earlier) return segments;
  return segments.map((segment, index) => {
    const before = earlier[index];
    return before && isSame(segment, before) ? before : segment;
  });
}

function isSame(a: Segment, b: Segment): boolean {
  return (
    a.region === b.region &&
    a.role === b.role &&
    a.kind === b.kind &&
    a.message === b.message &&
    a.block === b.block &&
    a.stretch === b.stretch &&
    a.sampled === b.sampled &&
    a.order.order === b.order.order &&
    a.order.frame === b.order.frame &&
    isSamePlace(a.order.span, b.order.span) &&
    isSamePlace(a.span, b.span) &&
    a.parts.length === b.parts.length &&
    a.parts.every((part, index) => isSamePart(part, b.parts[index]!))
  );
}

function isSamePart(a: TextPart, b: TextPart): boolean {
  if (a === b) return true;
  if (a.kind === "literal") return b.kind === "literal" && a.text === b.text && isSamePlace(a.span, b.span);
  return b.kind === "hole" && a.hole === b.hole && a.frame === b.frame && isSamePlace(a.span, b.span);
}

function isSamePlace(a: Span, b: Span): boolean {
  return a === b || (a.start === b.start && a.end === b.end && a.file === b.file);
}
