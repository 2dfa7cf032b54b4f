import type { LoweredBody } from "../dialects/request-draft.ts";
import type { Checkpoint, MarkFault, Segment } from "../request/request.ts";

/**
 * Gemini has no marks: LiteLLM puts the first run of neighbouring messages that carry one into a cache resource. The
 * last mark of that run is the checkpoint; marks on later messages have no effect.
 *
 * Source: https://github.com/BerriAI/litellm litellm/llms/vertex_ai/context_caching/transformation.py, read 2026-11-22.
 */
export function joinGeminiMarks(body: LoweredBody): LoweredBody {
  const marks = body.checkpoints.filter(({ region }) => region !== "tools");
  if (marks.length < 2) return body;
  const ordinals = ordinalsOf(body.segments);
  let end = 0;
  while (end + 1 < marks.length && ordinals[marks[end + 1]!.after]! - ordinals[marks[end]!.after]! <= 1)
    end++;
  const faults = marks.slice(end + 1).map((mark) => laterMark(mark));
  return { ...body, checkpoints: [marks[end]!], faults: [...body.faults, ...faults] };
}

/** The number of the message each segment stands in; each block of instructions counts as one. */
function ordinalsOf(segments: readonly Segment[]): readonly number[] {
  const instructions = segments.filter(({ region }) => region === "system").length;
  return segments.map(({ region, block, message }) =>
    region === "system" ? block : instructions + (message ?? 0),
  );
}

function laterMark({ span, after }: Checkpoint): MarkFault {
  return {
    kind: "ignored",
    span,
    after,
    reason:
      "For Gemini, LiteLLM caches the first run of marked messages, and this mark stands behind its end.",
    remedy: "Mark the messages from the first one to the end of the stable prefix, one behind the other.",
  };
}
