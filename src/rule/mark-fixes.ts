import { markedCheckpoints } from "../request/questions.ts";
import type { MarkFault, Segment } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import type { PlannedFix } from "./fix.ts";
import { isLong } from "./fresh-holes.ts";
import type { RequestView } from "./request-view.ts";
import { isSameSpan } from "./wording.ts";

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

/** Puts a mark on a block of the request, or on the text that stands for one. */
export function markBlock(
  { dialect, segments, limits }: RequestView,
  { span, region, kind, parts }: Segment,
): readonly PlannedFix[] {
  // Of a block that is only in part what all requests begin with, the end is no place for a mark.
  const whole = segments.find((segment) => isSameSpan(segment.span, span));
  const isWhole =
    whole !== undefined && whole.parts.length === parts.length && !whole.stretch && !whole.sampled;
  const regions = limits.markRegions?.value;
  if (!isWhole || (regions && !regions.includes(region)) || (kind !== "text" && kind !== "tool")) return [];
  const description = "Put a checkpoint behind the text that all requests begin with.";
  return [
    { description, changes: [{ kind: "addMark", at: span, dialect }] },
    { description, changes: [{ kind: "markText", at: span, dialect }] },
  ];
}

/** True where text that is worth caching stands in front of a mark, and no checkpoint behind it covers that. */
export function leavesUncached(view: RequestView, { after }: Pick<MarkFault, "after">): boolean {
  const marks = markedCheckpoints(view.checkpoints);
  if (marks.some((mark) => mark.after >= after)) return false;
  const last = Math.max(-1, ...marks.map((mark) => mark.after));
  return isLong(view, view.segments.slice(last + 1, after + 1));
}
