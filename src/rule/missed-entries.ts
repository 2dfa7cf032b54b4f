import type { Span } from "../source/source-file.ts";
import { blocksBetween, markedCheckpoints } from "../request/questions.ts";
import type { Checkpoint } from "../request/request.ts";
import type { TokenEstimate } from "./finding.ts";
import type { RequestView } from "./request-view.ts";
import { isSameSpan } from "./wording.ts";

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
  const lookup = lookUp(view);
  if (!lookup || lookup.isFound) return undefined;
  const { lookback, written, entry, marks, reaches, distanceTo } = lookup;
  const checkpoint = marks.find(({ after }) => after >= entry.after);
  if (!checkpoint) return undefined;
  const found = written.findLast((from) => marks.some(reaches(from.after)))?.after ?? -1;
  const lost = view.tokensOf(view.segments.slice(found + 1, entry.after + 1));
  return { checkpoint, count: distanceTo(entry.after, checkpoint.after), lookback, lost };
}

/** Whether the next request finds the last entry that is in its prefix, and a checkpoint at this place has written it. */
export function findsEntryOf(view: RequestView, mark: Span): boolean {
  const lookup = lookUp(view);
  return lookup !== undefined && lookup.isSurelyFound && isSameSpan(lookup.entry.span, mark);
}

/** The entries of a request that the next one begins with, and whether it finds the last of them. */
function lookUp(view: RequestView) {
  const { next, reuse } = view;
  const lookback = view.limits.lookbackBlocks?.value;
  if (lookback === undefined || !next || !reuse) return undefined;
  const written = markedCheckpoints(view.checkpoints).filter(
    ({ after }) => after >= 0 && after < reuse.repeatedSegments,
  );
  const entry = written.at(-1);
  if (!entry) return undefined;

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
  return {
    next,
    lookback,
    written,
    entry,
    marks,
    reaches,
    distanceTo,
    isFound: marks.some(reaches(entry.after)),
    // What was made up may well be there.
    isSurelyFound: marks.some(
      ({ after }) => after >= entry.after && blocksBetween(next, entry.after, after) < lookback,
    ),
  };
}
