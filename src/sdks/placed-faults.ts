import type { FaultDraft, LoweredBody } from "../dialects/request-draft.ts";
import type { Span } from "../source/source-file.ts";

/** A fault of a mark that an SDK takes away before the dialect sees it. */
export interface PlacedFault {
  readonly fault: FaultDraft;
  /** The message or the tool that the mark was meant to end. */
  readonly of: Span;
}

/** Adds faults behind the last segment of what they were found in; those of nothing that is sent at the end. */
export function withFaults(body: LoweredBody, faults: readonly PlacedFault[]): LoweredBody {
  if (faults.length === 0) return body;
  const placed = faults.map(({ fault, of }) => {
    const found = body.segments.findLastIndex(({ span }) => contains(of, span));
    return { ...fault, after: found < 0 ? body.segments.length - 1 : found };
  });
  return { ...body, faults: [...body.faults, ...placed] };
}

function contains(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}
