import type { RequestSummary } from "../engine/result.ts";
import type { Finding } from "../rule/finding.ts";
import type { Span } from "../source/source-file.ts";

/** Findings by where a drawing of the requests shows them. */
export interface PlacedFindings {
  /** For each request, in order: by index of the segment they belong to; -1: to the request as a whole. */
  readonly ofRequests: readonly ReadonlyMap<number, readonly Finding[]>[];
  /** Findings that no request can be told for. */
  readonly others: readonly Finding[];
}

/**
 * Finds for each finding the first request and segment that its place lies in, or that one of the places of its story
 * does.
 */
export function placeFindings(
  findings: readonly Finding[],
  requests: readonly RequestSummary[],
): PlacedFindings {
  const ofRequests = requests.map(() => new Map<number, Finding[]>());
  const others: Finding[] = [];
  for (const finding of findings) {
    const place = findPlace(finding, requests);
    if (!place) {
      others.push(finding);
      continue;
    }
    const rows = ofRequests[place.request]!;
    rows.set(place.segment, [...(rows.get(place.segment) ?? []), finding]);
  }
  return { ofRequests, others };
}

function findPlace(
  { at, related }: Finding,
  requests: readonly RequestSummary[],
): { request: number; segment: number } | undefined {
  for (const span of [at, ...related.map((one) => one.span)]) {
    for (const [request, { segments, checkpoints }] of requests.entries()) {
      const segment = innermost(segments, span);
      if (segment >= 0) return { request, segment };
      const mark = checkpoints.find((checkpoint) => overlaps(checkpoint.at, span));
      if (mark) return { request, segment: mark.afterSegment };
    }
  }
  const request = requests.findIndex((one) =>
    [at, ...related.map(({ span }) => span)].some((span) => overlaps(one.at, span)),
  );
  return request < 0 ? undefined : { request, segment: -1 };
}

/** Index of the shortest segment that has a part of the span; -1: none. */
function innermost(segments: readonly { readonly at: Span }[], span: Span): number {
  let best = -1;
  for (const [index, { at }] of segments.entries()) {
    if (!overlaps(at, span)) continue;
    if (best < 0 || lengthOf(at) < lengthOf(segments[best]!.at)) best = index;
  }
  return best;
}

function overlaps(a: Span, b: Span): boolean {
  return a.file === b.file && a.start < b.end && b.start < a.end;
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}
