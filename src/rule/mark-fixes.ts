import { markedCheckpoints } from "../request/questions.ts";
import type { MarkFault, Segment } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import type { PlannedFix } from "./fix.ts";
import { isLong } from "./fresh-holes.ts";
import type { RequestView } from "./request-view.ts";
import type { Report } from "./rule.ts";
import { isSameSpan } from "./wording.ts";

/** Takes a mark out that has no effect in any request that carries it. */
export function removeMark(mark: Span, description = "Remove the mark."): PlannedFix {
  return { description, changes: [{ kind: "remove", at: mark }], everywhere: true };
}

/**
 * What cures a mark without effect. What it says wrong is written right. A mark that would be right in another form, or
 * one place on, is for a person to choose, unless the text in front is surely too short to be cached. Else the mark is
 * taken out, but where text worth caching would be left without any: whoever wrote it has to say where that ends.
 */
export function fixFault(view: RequestView, fault: MarkFault): Pick<Report, "fix" | "suggestions"> {
  const { correction, span, after, cure } = fault;
  if (correction) {
    const description = `Write \`${correction.text}\`.`;
    return {
      fix: { description, changes: [{ kind: "setText", at: correction.span, text: correction.text }] },
    };
  }
  const minimum = view.limits.minimumTokens?.value ?? 0;
  const isLongEnough = view.tokensOf(view.segments.slice(0, after + 1)).high >= minimum;
  if (cure && isLongEnough && isSentAsWritten(view)) return { suggestions: [planCure(view, span, cure)] };
  return fault.isUnmarked || leavesUncached(view, fault) ? {} : { fix: removeMark(span) };
}

function planCure({ dialect }: RequestView, mark: Span, cure: NonNullable<MarkFault["cure"]>): PlannedFix {
  if (cure.kind === "isolate") {
    const changes = [{ kind: "isolate", at: mark } as const];
    return { description: "Make the mark an element of its own behind this one.", changes };
  }
  return {
    description: "Write the mark as this API reads it.",
    changes: [
      { kind: "remove", at: mark },
      { kind: "addMark", at: cure.block, dialect },
    ],
    everywhere: true,
  };
}

/** True where the lists and records of the code are those that are sent: other libraries make them anew. */
export function isSentAsWritten({ sdk, use }: RequestView): boolean {
  return use !== "fragment" && /^(?:anthropic|boto3|aws|bedrock|http$|json$)/.test(sdk);
}

/** Puts a mark on a block of the request, or on the text that stands for one. */
export function markBlock(view: RequestView, { span, region, kind, parts }: Segment): readonly PlannedFix[] {
  const { dialect, segments, limits } = view;
  if (!isSentAsWritten(view)) return [];
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
  // A deferred tool has no text in the prefix.
  const segments = view.segments.slice(last + 1, after + 1).filter(({ parts }) => parts.length > 0);
  return isLong(view, segments);
}
