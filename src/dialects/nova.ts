import type { Span } from "../source/source-file.ts";
import type { Value } from "../value/value.ts";
import type { LoweredBody } from "./request-draft.ts";
import { TaggedLowering } from "./tagged-lowering.ts";

/** Lowers a body of InvokeModel for Amazon Nova. */
export function lowerNova(body: Value, bodySpan: Span): LoweredBody {
  return new TaggedLowering("nova").lower(body, bodySpan);
}
