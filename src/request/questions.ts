import type { HolePart } from "../value/value.ts";
import type { Checkpoint, Region, Request, Segment } from "./request.ts";

const regionRank: Record<Region, number> = { tools: 0, system: 1, messages: 2 };

/** The segments in front of a checkpoint, the one it stands on included. */
export function prefixOf(request: Request, checkpoint: Checkpoint): readonly Segment[] {
  return request.segments.slice(0, checkpoint.after + 1);
}

/**
 * The checkpoints somebody asked for: explicit, automatic and injected marks and cache handles, in render order.
 * What a provider finds by itself is left out.
 */
export function markedCheckpoints<Mark extends Checkpoint>(checkpoints: readonly Mark[]): readonly Mark[] {
  return checkpoints.filter((checkpoint) => checkpoint.origin !== "implicit");
}

/** True where segments that could not be followed may stand in front of the end of this region. */
export function mayHoldMore(request: Request, region: Region): boolean {
  return request.unresolved.some(
    ({ part }) => part === "body" || (part !== "model" && regionRank[part] <= regionRank[region]),
  );
}

/** A hole with its position in the request. */
export interface PlacedHole {
  /** Index into `Request.segments`. */
  readonly segment: number;
  /** Index into the parts of that segment. */
  readonly part: number;
  readonly hole: HolePart;
}

/** All holes of these segments in render order; positions count from the first segment given. */
export function holesOf(segments: readonly Segment[]): readonly PlacedHole[] {
  const found: PlacedHole[] = [];
  for (let segment = 0; segment < segments.length; segment++) {
    const { parts } = segments[segment]!;
    for (let part = 0; part < parts.length; part++) {
      const hole = parts[part]!;
      if (hole.kind === "hole") found.push({ segment, part, hole });
    }
  }
  return found;
}

/** The segment cut down to what stands in front of one of its parts. */
export function textBefore(segment: Segment, part: number): Segment {
  return { ...segment, parts: segment.parts.slice(0, part) };
}

/** The segment cut down to what stands behind one of its parts. */
export function textAfter(segment: Segment, part: number): Segment {
  return { ...segment, parts: segment.parts.slice(part + 1) };
}

/** Everything behind a hole, up to and including segment `end`; the rest of the hole's own segment comes first. */
export function segmentsAfter(
  segments: readonly Segment[],
  { segment, part }: PlacedHole,
  end: number = segments.length - 1,
): readonly Segment[] {
  const own = segments[segment];
  if (!own || end < segment) return [];
  return [textAfter(own, part), ...segments.slice(segment + 1, end + 1)];
}

/** Everything in front of a hole, from segment `start` on; the beginning of the hole's own segment comes last. */
export function segmentsBefore(
  segments: readonly Segment[],
  { segment, part }: PlacedHole,
  start = 0,
): readonly Segment[] {
  const own = segments[segment];
  if (!own) return [];
  return [...segments.slice(start, segment), textBefore(own, part)];
}

/**
 * Positions a lookup walks over from behind segment `from` up to segment `to`. A run of tool uses counts once, and
 * so does a run of tool results. A stretch of unknown length makes the count a lower bound.
 *
 * Source: https://platform.claude.com/docs/en/build-with-claude/prompt-caching, read 2026-10-10.
 */
export function blocksBetween(request: Request, from: number, to: number): number {
  let count = 0;
  let previous: Segment["kind"] | undefined;
  for (const { kind } of request.segments.slice(from + 1, to + 1)) {
    const continuesRun = kind === previous && (kind === "toolUse" || kind === "toolResult");
    if (!continuesRun) count++;
    previous = kind;
  }
  return count;
}
