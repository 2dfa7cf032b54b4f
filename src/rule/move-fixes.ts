import { textBefore, type PlacedHole } from "../request/questions.ts";
import type { Segment } from "../request/request.ts";
import type { Change, PlannedFix } from "./fix.ts";
import { isImplicitlyCached, isLong, isWorthCaching, reachesMinimum, type FreshHole } from "./fresh-holes.ts";
import { isFresh } from "../value/scope.ts";
import type { RequestView } from "./request-view.ts";
import { isSentAsWritten } from "./mark-fixes.ts";
import { isSameSpan } from "./wording.ts";

/**
 * Moves a changing value behind the checkpoints it breaks: the block it stands in, or the lines of a longer text, as a
 * block of their own. Nothing where the value or the checkpoint does not stand in a list of blocks.
 */
export function moveBehindCheckpoints(
  view: RequestView,
  { hole, broken }: Pick<FreshHole, "hole" | "broken">,
): readonly PlannedFix[] {
  const own = view.segments[hole.segment]!;
  const last = broken.at(-1)!;
  const end = view.segments[last.after]!;
  if (last.origin !== "explicit" || own.message !== end.message || own.region !== end.region) return [];
  if (own.region === "tools" || [own, end].some(isMadeUp)) return [];
  if (last.after > hole.segment && !isLong(view, [own])) {
    const change: Change = { kind: "moveBehind", at: own.span, to: end.span, mark: last.span };
    return [{ description: "Move the block behind the checkpoint.", changes: [change] }];
  }
  return [
    splitBlock(view, hole, "Move the lines behind the checkpoint, into a block of their own.", end, false),
  ];
}

/**
 * Moves a changing value of the system text to the last message of the user: the block it stands in, or its lines of
 * a longer text. Nothing where that message is not in view, or is itself in front of a checkpoint.
 */
export function moveToLastMessage(
  view: RequestView,
  { hole, broken }: Pick<FreshHole, "hole" | "broken">,
): readonly PlannedFix[] {
  const { segments, checkpoints, dialect } = view;
  const own = segments[hole.segment]!;
  const end = segments.at(-1)!;
  if (own.region !== "system" || end.region !== "messages" || end.role !== "user" || end.kind !== "text")
    return [];
  if ([own, end].some(isMadeUp) || !isSentAsWritten(view)) return [];
  if (checkpoints.some(({ origin, after }) => origin !== "explicit" || after >= segments.length - 1))
    return [];
  const isWhole = broken.at(-1)!.after > hole.segment && !isLong(view, [own]);
  const isAlone = own.parts.filter((part) => part.kind === "hole" && isFresh(part.hole.scope)).length === 1;
  // Of several values in a marked block, each is an edit of its own, and one alone would cure nothing.
  if (!isWhole && !isAlone) return [];
  const at = isWhole ? undefined : hole.hole.span;
  const change: Change = { kind: "moveToMessage", at: own.span, hole: at, to: end.span, dialect };
  return [{ description: "Move it to the last user message.", changes: [change] }];
}

/**
 * Takes a changing value out of what a checkpoint covers: cuts the block it ends in two, or moves the checkpoint to
 * the block in front.
 */
export function endCheckpointInFront(view: RequestView, { hole, broken }: FreshHole): readonly PlannedFix[] {
  const mark = broken.at(-1)!;
  const own = view.segments[hole.segment]!;
  if (mark.origin !== "explicit" || isMadeUp(own)) return [];
  if (isWorthCaching(view, [textBefore(own, hole.part)])) {
    const description = "Split the block: the checkpoint ends the text that stays the same.";
    return canBeCached(view, [...view.segments.slice(0, hole.segment), textBefore(own, hole.part)])
      ? [splitBlock(view, hole, description, own, true)]
      : [];
  }
  const previous = view.segments[hole.segment - 1];
  if (!previous || isMadeUp(previous) || !canBeCached(view, view.segments.slice(0, hole.segment))) return [];
  if (view.checkpoints.some(({ after, origin }) => origin === "explicit" && after === hole.segment - 1)) {
    const description = "Remove the checkpoint: the one in front of it ends the text that stays the same.";
    return [{ description, changes: [{ kind: "remove", at: mark.span }], everywhere: true }];
  }
  const change: Change = { kind: "moveMark", at: mark.span, to: previous.span };
  return [{ description: "Move the checkpoint to the block in front.", changes: [change], everywhere: true }];
}

/**
 * Moves the block of a changing value behind static text of the same list that follows it, and ends that with a
 * checkpoint unless the provider finds the prefix by itself.
 */
export function moveBehindStaticText(view: RequestView, { segment }: PlacedHole): readonly PlannedFix[] {
  const { segments, dialect } = view;
  const own = segments[segment]!;
  const last = segments.findLastIndex(
    ({ region, message, kind }, index) =>
      index > segment && region === own.region && message === own.message && kind === own.kind,
  );
  const end = segments[last];
  if (!end || own.region === "tools" || isLong(view, [own])) return [];
  const moved = segments.slice(segment + 1, last + 1);
  // Others that change would stand in front of it then, as it stands in front of them now.
  if (moved.some((one) => isMadeUp(one) || one.parts.some(({ kind }) => kind === "hole")) || isMadeUp(own))
    return [];
  const move: Change = { kind: "moveBehind", at: own.span, to: end.span, mark: undefined };
  if (isImplicitlyCached(view)) {
    return [{ description: "Move the block behind the static text.", changes: [move] }];
  }
  if (!isSentAsWritten(view)) return [];
  const description = "Move the block behind the static text, and end that with a checkpoint.";
  return [{ description, changes: [{ kind: "addMark", at: end.span, dialect }, move] }];
}

/** Moves the lines of a changing value to the end of their text, if nothing worth caching follows that. */
export function moveToEndOfText(view: RequestView, { segment, hole }: PlacedHole): readonly PlannedFix[] {
  const behind = view.staticTokensOf(view.segments.slice(segment + 1));
  if (reachesMinimum(view, behind) || isMadeUp(view.segments[segment]!)) return [];
  const change: Change = { kind: "moveToEnd", at: hole.span };
  return [{ description: "Move the lines to the end of the text.", changes: [change] }];
}

function splitBlock(
  { checkpoints, segments }: RequestView,
  { segment, hole }: PlacedHole,
  description: string,
  end: Segment,
  isTail: boolean,
): PlannedFix {
  const own = checkpoints.filter(({ after }) => after >= segment);
  const marks = own
    .map(({ span }) => span)
    .filter((span, index, all) => !all.slice(0, index).some((one) => isSameSpan(one, span)));
  const change: Change = {
    kind: "split",
    at: segments[segment]!.span,
    hole: hole.span,
    end: end.span,
    marks,
    isTail,
  };
  return { description, changes: [change] };
}

/** True unless the text is surely too short to be cached at all. */
function canBeCached(view: RequestView, segments: readonly Segment[]): boolean {
  const minimum = view.limits.minimumTokens?.value ?? 0;
  return view.tokensOf(segments).high >= minimum;
}

/** What stands for several, or for anything, is written elsewhere. */
function isMadeUp({ stretch, sampled }: Segment): boolean {
  return stretch || sampled;
}
