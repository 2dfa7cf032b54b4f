import type { CheckpointSummary, RequestSummary, SegmentSummary } from "../engine/result.ts";
import type { TokenEstimate } from "../rule/finding.ts";
import { tokenText } from "./token-text.ts";

/** Segments one behind the other that look alike. */
export interface SegmentRun {
  readonly segment: SegmentSummary;
  readonly times: number;
  /** Index of the last of them. */
  readonly last: number;
  /** Checkpoints between the segments of a run that stands for many messages, the one at its end included. */
  readonly inside: readonly CheckpointSummary[];
}

/** Fewer messages than this are shown one by one. */
const fewestFolded = 4;

/** Checkpoints up to this many, such as the last two of a conversation, are shown where they stand. */
const mostShown = 2;

/**
 * Segments that would be drawn alike, such as the tools of a list that was made up, are one line with a number, and so
 * are the messages that stand for a conversation of unknown length.
 */
export function segmentRuns(request: RequestSummary): SegmentRun[] {
  const { segments, checkpoints } = request;
  const runs: SegmentRun[] = [];
  const ends = new Set(checkpoints.map(({ afterSegment }) => afterSegment));
  for (let index = 0; index < segments.length; index++) {
    const folded = foldMessages(request, index, ends);
    if (folded) {
      runs.push(folded);
      index = folded.last;
      continue;
    }
    const segment = segments[index]!;
    const before = runs.at(-1);
    if (before && !ends.has(index - 1) && looksAlike(before.segment, segment)) {
      runs[runs.length - 1] = { ...before, times: before.times + 1, last: index };
    } else {
      runs.push({ segment, times: 1, last: index, inside: [] });
    }
  }
  return runs;
}

/** The made-up messages from a segment on, as one; undefined where there are too few of them. */
function foldMessages(
  { segments, checkpoints }: RequestSummary,
  start: number,
  ends: ReadonlySet<number>,
): SegmentRun | undefined {
  const isMessage = (index: number): boolean => {
    const segment = segments[index];
    return segment?.sampled === true && segment.message !== undefined;
  };
  let last = start - 1;
  while (isMessage(last + 1)) last++;
  const marked = checkpoints.filter(({ afterSegment }) => afterSegment >= start && afterSegment <= last);
  // Where few messages are marked, which ones is what matters.
  const isMarkedThroughout = marked.length > mostShown;
  if (!isMarkedThroughout && marked.length > 0) {
    let end = start;
    while (end < last && !ends.has(end)) end++;
    // The marked message itself stays in view.
    last = end - 1;
  }
  const messages = new Set(segments.slice(start, last + 1).map(({ message }) => message)).size;
  const first = segments[start];
  if (!first || messages < fewestFolded) return undefined;
  const members = segments.slice(start, last + 1);
  const isAlike = members.every(({ scope }) => scope === first.scope);
  const segment: SegmentSummary = {
    ...first,
    role: undefined,
    kind: "history",
    scope: isAlike ? first.scope : "unknown",
    tokens: members.map(({ tokens }) => tokens).reduce(addTokens),
    preview: `${messages} messages, made up to try the code: ${first.preview}`,
  };
  return { segment, times: 1, last, inside: isMarkedThroughout ? marked : [] };
}

function addTokens(a: TokenEstimate, b: TokenEstimate): TokenEstimate {
  return { low: a.low + b.low, best: a.best + b.best, high: a.high + b.high };
}

function looksAlike(a: SegmentSummary, b: SegmentSummary): boolean {
  const look = ({ region, role, kind, scope, order, tokens, preview }: SegmentSummary): string =>
    [region, role, kind, scope, order, tokenText(tokens), preview].join("\n");
  return look(a) === look(b);
}
