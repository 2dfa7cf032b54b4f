import { markedCheckpoints, segmentsBefore, type PlacedHole } from "../request/questions.ts";
import type { Segment } from "../request/request.ts";
import { isGrowing } from "../request/reuse.ts";
import { formatNumber, wordChange, wordTokens } from "./wording.ts";
import { isSameSource } from "./fresh-holes.ts";
import type { RelatedPlace, TokenEstimate } from "./finding.ts";
import type { RequestView } from "./request-view.ts";

/** What requests can share as they are, and if one value stood at the end. */
export interface CacheableText {
  /** Static text in front of the value. */
  readonly today: TokenEstimate;
  /** Static text up to the next value that changes, or to the last checkpoint where there is one. */
  readonly moved: TokenEstimate;
}

/** How much text can be cached in front of a value that changes, and how much without it. */
export function cacheableText(view: RequestView, place: PlacedHole): CacheableText {
  const { segments } = view;
  const end = markedCheckpoints(view.checkpoints).at(-1)?.after ?? segments.length - 1;
  const next = (view.reuse?.fresh ?? []).find(
    (other) =>
      (other.segment > place.segment || (other.segment === place.segment && other.part > place.part)) &&
      !isSameSource(other.hole, place.hole),
  );
  const moved: readonly Segment[] =
    next && next.segment <= end ? segmentsBefore(segments, next) : segments.slice(0, end + 1);
  return {
    today: view.staticTokensOf(segmentsBefore(segments, place)),
    moved: view.staticTokensOf(moved),
  };
}

/** The gain, to end the advice to move a value: ": about 2,760 tokens can then be cached instead of 12". */
export function wordGain({ limits }: RequestView, { today, moved }: CacheableText): string {
  const minimum = limits.minimumTokens?.value;
  const after = wordTokens(moved);
  if (after === undefined || moved.low <= today.high) return "";
  const isNothing = today.high < Math.max(1, minimum ?? 0);
  const before = isNothing ? "none" : (wordTokens(today)?.replace(/ tokens?$/, "") ?? "none");
  return `: ${after} can then be cached instead of ${before}`;
}

/** How often a value changes; of a written request, from which one it differs and where the two begin to. */
export function wordChangeAt(view: RequestView, { hole, segment, part }: PlacedHole): string {
  const { record } = view;
  if (isGrowing(hole)) return "gets one more of its kind with each request";
  if (!record?.first || hole.sample === undefined) return wordChange(hole.hole);
  const tokens = wordTokens(view.tokensOf(segmentsBefore(view.segments, { segment, part, hole })));
  const place = `byte ${formatNumber(record.first.byte)} of its text`;
  const where = tokens === undefined ? place : `${place}, ${tokens} in`;
  return (
    `differs from request to request (from the one at ${view.describePlace(record.other, hole.span)} at ${where}, in ` +
    `segment ${segment + 1}: ${wordSegment(view.segments[segment]!)})`
  );
}

function wordSegment({ region, role, kind }: Segment): string {
  if (region === "tools") return "a tool";
  if (region === "system") return "the system text";
  return `${kind === "text" ? "text" : kind} of the ${role ?? "history"}`;
}

/** The request a written one was compared with, as a place of its own. */
export function tellRecord({ record, describePlace, site }: RequestView): RelatedPlace[] {
  if (!record?.first) return [];
  const message = `No other request begins so much like the one at ${describePlace(site, record.other)}.`;
  return [{ span: record.other, message }];
}
