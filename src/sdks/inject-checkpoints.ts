import { ttlIn } from "../dialects/marks.ts";
import type { LoweredBody } from "../dialects/request-draft.ts";
import type { Checkpoint, Region } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import type { RecordEntryValue } from "../value/value.ts";

/** A checkpoint an SDK places by itself. */
export interface InjectedMark {
  /** The flag, setting or middleware that asks for it. */
  readonly span: Span;
  readonly ttl: Checkpoint["ttl"];
}

/** The TTL an option gives. */
export function ttlOf(entry: RecordEntryValue | undefined): Checkpoint["ttl"] {
  return entry && ttlIn(entry);
}

/** Index of the last segment of a region; -1 where it has none. */
export function lastSegmentOf({ segments }: LoweredBody, region: Region): number {
  return segments.findLastIndex((segment) => segment.region === region);
}

/** Puts a checkpoint behind a segment, unless there is one already or no such segment. */
export function injectCheckpoint(body: LoweredBody, after: number, mark: InjectedMark): LoweredBody {
  const region = body.segments[after]?.region;
  if (!region || body.checkpoints.some((checkpoint) => checkpoint.after === after)) return body;
  const injected: Checkpoint = { ...mark, origin: "injected", region, after };
  const checkpoints = [...body.checkpoints, injected].sort((a, b) => a.after - b.after);
  return { ...body, checkpoints };
}
