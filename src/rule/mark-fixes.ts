import { markedCheckpoints } from "../request/questions.ts";
import type { MarkFault } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import type { PlannedFix } from "./fix.ts";
import { isLong } from "./fresh-holes.ts";
import type { RequestView } from "./request-view.ts";

/** Takes a mark out that has no effect in any request that carries it. */
export function removeMark(mark: Span, description = "Remove the mark."): PlannedFix {
  return { description, changes: [{ kind: "remove", at: mark }], everywhere: true };
}

/**
 * The safe fix of a mark without effect: what it says right where that is known, and else without it. None where text
 * worth caching would be left without any mark: whoever wrote it wants that cached, and has to say where.
 */
export function fixFault(view: RequestView, fault: MarkFault): PlannedFix | undefined {
  const { correction, span } = fault;
  if (correction) {
    return {
      description: `Write \`${correction.text}\`.`,
      changes: [{ kind: "setText", at: correction.span, text: correction.text }],
    };
  }
  return fault.isUnmarked || leavesUncached(view, fault) ? undefined : removeMark(span);
}

/** True where text that is worth caching stands in front of a mark, and no checkpoint behind it covers that. */
export function leavesUncached(view: RequestView, { after }: Pick<MarkFault, "after">): boolean {
  const marks = markedCheckpoints(view.checkpoints);
  if (marks.some((mark) => mark.after >= after)) return false;
  const last = Math.max(-1, ...marks.map((mark) => mark.after));
  return isLong(view, view.segments.slice(last + 1, after + 1));
}
