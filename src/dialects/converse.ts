import type { Span } from "../source/source-file.ts";
import type { Value } from "../value/value.ts";
import type { LoweredBody } from "./request-draft.ts";
import { TaggedLowering } from "./tagged-lowering.ts";

/** Lowers a body of the Converse API of Amazon Bedrock, or the named arguments of a call that makes one. */
export function lowerConverse(body: Value, bodySpan: Span): LoweredBody {
  return new TaggedLowering("converse").lower(body, bodySpan);
}
