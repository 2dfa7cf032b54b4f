import { isUnstable } from "../value/scope.ts";
import type { OrderEvidence } from "../value/value.ts";
import type { Segment } from "./request.ts";

/** Segments of one list whose order is not fixed. */
export interface UnstableRun {
  readonly order: OrderEvidence;
  /** Index of the first of them among the segments that were given. */
  readonly first: number;
}

/**
 * Lists with an unstable order among the segments that pass the test, one for each expression that makes them
 * unstable. A list of a single segment has but one order; a stretch, or an element made up for a list of unknown
 * length, stands for several.
 */
export function findUnstableRuns(
  segments: readonly Segment[],
  isPart: (segment: Segment) => boolean,
): readonly UnstableRun[] {
  const runs = new Map<string, { run: UnstableRun; length: number }>();
  for (const [index, segment] of segments.entries()) {
    const { order } = segment;
    if (!isUnstable(order.order) || !isPart(segment)) continue;
    const key = `${order.span.file}:${order.span.start}:${order.span.end}`;
    const found = runs.get(key) ?? { run: { order, first: index }, length: 0 };
    found.length += segment.stretch || segment.sampled ? Infinity : 1;
    runs.set(key, found);
  }
  return [...runs.values()].filter(({ length }) => length > 1).map(({ run }) => run);
}
