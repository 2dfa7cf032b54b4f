import { blocksBetween, markedCheckpoints } from "../request/questions.ts";
import type { Checkpoint } from "../request/request.ts";
import type { TokenEstimate } from "./finding.ts";
import type { RequestView } from "./request-view.ts";

/** What a request has cached, and the next one does not find again. */
export interface MissedEntry {
  /** The checkpoint of the next request that ought to have found it. */
  readonly checkpoint: Checkpoint;
  /** Blocks between the two, the checkpoint's own included; made-up ones are not counted. */
  readonly count: number;
  readonly lookback: number;
  /** Tokens that are written again. */
  readonly lost: TokenEstimate;
}

/**
 * The last entry a request writes, if the next request repeats its prefix and none of its checkpoints is near enough
 * to find it. A lookup looks at so many positions, and that of the checkpoint itself is the first of them.
 */
export function findMissedEntry(view: RequestView): MissedEntry | undefined {
  const { next, reuse } = view;
  const lookback = view.limits.lookbackBlocks?.value;
  if (lookback === undefined || !next || !reuse) return undefined;
  const written = markedCheckpoints(view.checkpoints)
    .map(({ after }) => after)
    .filter((after) => after >= 0 && after < reuse.repeatedSegments);
  const entry = written.at(-1);
  if (entry === undefined) return undefined;

  // Elements made up for a list of unknown length say nothing about how many there are.
  const distanceTo = (from: number, to: number): number => {
    const between = next.segments
      .slice(from + 1, to + 1)
      .filter(({ stretch, sampled }) => !stretch && !sampled);
    return blocksBetween({ ...next, segments: between }, -1, between.length - 1);
  };
  const reaches =
    (from: number) =>
    ({ after }: Checkpoint) =>
      after >= from && distanceTo(from, after) < lookback;
  const marks = markedCheckpoints(next.checkpoints);
  if (marks.some(reaches(entry))) return undefined;
  const checkpoint = marks.find(({ after }) => after >= entry);
  if (!checkpoint) return undefined;

  const found = written.findLast((from) => marks.some(reaches(from))) ?? -1;
  const lost = view.tokensOf(view.segments.slice(found + 1, entry + 1));
  return { checkpoint, count: distanceTo(entry, checkpoint.after), lookback, lost };
}
