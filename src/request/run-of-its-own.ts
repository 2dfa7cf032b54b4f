import type { Request, Segment } from "./request.ts";
import { isOfItem } from "./loop-items.ts";
import { holesOf } from "./questions.ts";
import { isHistory, nameHole, repeatsUpTo } from "./reuse.ts";
import { accessPath } from "../value/inspect.ts";
import { earlierTurnsOfAgent } from "../value/reasons.ts";

/**
 * Whether a value that is new in each run of a program is written by one call and read by another one of the same run:
 * both begin with it and with all that stands in front of it. That is what the entry is for where the run takes nothing
 * from outside, as a script or a test does. A function that is handed a question or a conversation runs again for the
 * next one, which then reads nothing; so does what goes around in a loop.
 * @param name of the value, as `nameHole` gives it
 */
export function isReadInOwnRun(
  request: Pick<Request, "site" | "segments" | "ofSameCall">,
  name: string,
): boolean {
  const { segments, ofSameCall = [] } = request;
  if (ofSameCall.length === 0) return false;
  const place = holesOf(segments).find(
    ({ segment, hole }) => nameHole(segments[segment]!.region, hole) === name,
  );
  if (!place) return false;
  const isItem = isOfItem(place.hole.hole);
  if (!isItem && !isWholeInItself(segments)) return false;
  const readers = ofSameCall.filter(
    (other) => !isSamePlace(other.site, request.site) && repeatsUpTo(segments, other.segments, place.segment),
  );
  // What is asked about one item of a loop in the same round.
  if (isItem) return readers.length > 0;
  if (ofSameCall.filter(({ site }) => isSamePlace(site, request.site)).length > 1) return false;
  return readers.some((other) => isWholeInItself(other.segments));
}

function isSamePlace(a: Request["site"], b: Request["site"]): boolean {
  return a.file === b.file && a.start === b.start;
}

/** True for the conversation that an agent object keeps: one made with a new value has heard nothing before. */
export function isKeptByAgent({ parts }: Segment): boolean {
  return parts.some((part) => part.kind === "hole" && part.hole.reason === earlierTurnsOfAgent);
}

/** True where nothing that was handed over, or is kept elsewhere, is sent. */
function isWholeInItself(segments: readonly Segment[]): boolean {
  const others = segments.filter((segment) => !isKeptByAgent(segment));
  if (others.some((segment) => segment.sampled || isHistory(segment))) return false;
  return holesOf(others).every(({ hole }) => {
    const { kind } = accessPath(hole.hole).root;
    return kind !== "parameter" && kind !== "unknown" && kind !== "element";
  });
}
