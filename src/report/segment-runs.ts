import type { RequestSummary, SegmentSummary } from "../engine/result.ts";
import { tokenText } from "./token-text.ts";

/** Segments one behind the other that look alike. */
export interface SegmentRun {
  readonly segment: SegmentSummary;
  readonly times: number;
  /** Index of the last of them. */
  readonly last: number;
}

/** Segments that would be drawn alike, such as the tools of a list that was made up, are one line with a number. */
export function segmentRuns({ segments, checkpoints }: RequestSummary): SegmentRun[] {
  const runs: SegmentRun[] = [];
  const ends = new Set(checkpoints.map(({ afterSegment }) => afterSegment));
  for (const [index, segment] of segments.entries()) {
    const before = runs.at(-1);
    if (before && !ends.has(index - 1) && looksAlike(before.segment, segment)) {
      runs[runs.length - 1] = { segment, times: before.times + 1, last: index };
    } else {
      runs.push({ segment, times: 1, last: index });
    }
  }
  return runs;
}

function looksAlike(a: SegmentSummary, b: SegmentSummary): boolean {
  const look = ({ region, role, kind, scope, order, tokens, preview }: SegmentSummary): string =>
    [region, role, kind, scope, order, tokenText(tokens), preview].join("\n");
  return look(a) === look(b);
}
