import { isFresh } from "../value/scope.ts";
import type { HolePart, OpaqueValue, TextPart } from "../value/value.ts";
import { isOfItem } from "./loop-items.ts";
import { holesOf, type PlacedHole } from "./questions.ts";
import type { Checkpoint, Region, Request, Segment } from "./request.ts";

/** What the next request of a conversation repeats of this one. */
export interface Reuse {
  /** Segments, counted from the first, that the next request repeats whole. */
  readonly repeatedSegments: number;
  /** Holes that have a new value in the next request, in render order. What merely differs is not here. */
  readonly fresh: readonly PlacedHole[];
  /** Whether a value is sent again as it was evaluated, by `nameHole`: a stored message, a text built once per run. */
  keeps(name: string): boolean;
}

/** Whether the next request can read what a checkpoint writes. */
export interface CheckpointReuse {
  /** Undefined: not known, since the difference is no more than unknown values or other literals. */
  readonly reusable: boolean | undefined;
  /** The holes in its prefix that have a new value, in render order; the first one cuts the prefix short. */
  readonly culprits: readonly PlacedHole[];
}

/**
 * Compares a request with the next one of the same conversation. Undefined where there is none to compare with: a
 * script that sends once reads nothing and loses nothing. A data file or template is its own next request, in which
 * every hole of turn or request scope has a new value.
 */
export function compareRequests(request: Request, next: Request | undefined): Reuse | undefined {
  if (!next) return request.use === "asset" || request.record ? compareWithItself(request) : undefined;

  let repeatedSegments = 0;
  for (const [index, segment] of request.segments.entries()) {
    if (!repeats(segment, next.segments[index], next.cuts.length > 0)) break;
    repeatedSegments++;
  }
  // Few are asked about, and only where something is new.
  let kept: ReadonlySet<string> | undefined;
  return {
    repeatedSegments,
    fresh: findFreshHoles(request, next),
    keeps: (name) => (kept ??= findKeptHoles(request, next, repeatedSegments)).has(name),
  };
}

function compareWithItself(request: Request): Reuse {
  const fresh = holesOf(request.segments).filter(({ hole }) => isFresh(hole.hole.scope));
  const end = fresh[0]?.segment ?? request.segments.length;
  const repeatedSegments = Math.min(end, request.record?.first?.segment ?? end);
  return { repeatedSegments, fresh, keeps: () => false };
}

/** Whether the prefix of a checkpoint is repeated, and if not, because of which holes. */
export function reuseAt(reuse: Reuse | undefined, { after }: Checkpoint): CheckpointReuse {
  if (!reuse) return { reusable: undefined, culprits: [] };
  const culprits = reuse.fresh.filter(({ segment }) => segment <= after);
  if (culprits.length > 0) return { reusable: false, culprits };
  return { reusable: after < reuse.repeatedSegments ? true : undefined, culprits };
}

/** @param hasMoved whether messages were dropped in front: then another one may stand at the same place */
function repeats(segment: Segment, next: Segment | undefined, hasMoved: boolean): boolean {
  if (segment === next) return true;
  if (!next || !isAlike(segment, next)) return false;
  const parts = joinLiterals(segment.parts);
  const nextParts = joinLiterals(next.parts);
  return (
    parts.length === nextParts.length &&
    parts.every((part, index) => {
      const other = nextParts[index]!;
      if (typeof part === "string" || typeof other === "string") return part === other;
      const isOne = !isHistory(segment) || segment.sampled;
      if (hasMoved && segment.region === "messages" && isOne) return part.id === other.id;
      return keepsItsValue(part, other, segment);
    })
  );
}

/** Whether another request repeats these segments from the first one up to and including one of them. */
export function repeatsUpTo(segments: readonly Segment[], others: readonly Segment[], last: number): boolean {
  return segments.slice(0, last + 1).every((segment, index) => repeats(segment, others[index], false));
}

function isAlike(a: Segment, b: Segment): boolean {
  return a.region === b.region && a.role === b.role && a.kind === b.kind && a.stretch === b.stretch;
}

/** Whether two segments hold the same literals and values of the same sources, new or not. */
function isLinedUp(segment: Segment, next: Segment | undefined): boolean {
  if (segment === next) return true;
  if (!next || !isAlike(segment, next)) return false;
  const parts = joinLiterals(segment.parts);
  const nextParts = joinLiterals(next.parts);
  return (
    parts.length === nextParts.length &&
    parts.every((part, index) => {
      const other = nextParts[index]!;
      return typeof part === "string" || typeof other === "string"
        ? part === other
        : isOfOneSource(part, other, segment);
    })
  );
}

/**
 * True where two values come from the same expression. What is looked up for the newest message is asked with another
 * message each time, and is the result of the same search.
 */
function isOfOneSource(value: OpaqueValue, next: OpaqueValue, { region }: Segment): boolean {
  if (value.key === next.key) return true;
  if (region === "messages" || !isFresh(value.scope) || !isFresh(next.scope)) return false;
  return isOfOnePlace(value, next);
}

function isOfOnePlace(value: OpaqueValue, next: OpaqueValue): boolean {
  const isOnePlace = value.span.file === next.span.file && value.span.start === next.span.start;
  return isOnePlace && withoutPositions(value.key) === withoutPositions(next.key);
}

/**
 * True where two requests that are sent one after the other end with a message about an item each: a loop goes through a
 * list, and asks about each of its elements.
 */
function isNextItem(value: OpaqueValue, next: OpaqueValue): boolean {
  return value.key !== next.key && isOfOnePlace(value, next) && isOfItem(value) && isOfItem(next);
}

/** Whether the last segments of two requests have the same literals and are about an item each. */
function areItems(segment: Segment, next: Segment): boolean {
  if (segment.region !== "messages" || isHistory(segment)) return false;
  if (!isAlike(segment, next)) return false;
  const [parts, nextParts] = [joinLiterals(segment.parts), joinLiterals(next.parts)];
  let differ = false;
  const isLined = parts.every((part, index) => {
    const other = nextParts[index];
    if (typeof part === "string" || typeof other === "string" || !other) return part === other;
    if (part.key === other.key) return true;
    differ = true;
    return isNextItem(part, other);
  });
  return isLined && differ && parts.length === nextParts.length;
}

/**
 * A key without the positions and the texts in it, and without what stands for the rest of a long one, which may hold some:
 * a search for another text is the same search.
 */
function withoutPositions(key: string): string {
  return key.replaceAll(/"(?:[^"\\]|\\.)*(?:"|(?=~\d+~\w+$))/g, '""').replaceAll(/\[\d+\]|~\d+~\w+/g, "[]");
}

/** One evaluation is one value; a value that is shared more widely than a turn is the same in the next request. */
function keepsItsValue(hole: OpaqueValue, next: OpaqueValue, segment: Segment): boolean {
  if (hole.id === next.id) return true;
  if (hole.key !== next.key) return false;
  if (isHistory(segment)) return true;
  return !isFresh(hole.scope) && !isFresh(next.scope);
}

/**
 * Earlier messages we know nothing about. They are sent again, whatever scope a single one of them has; a stretch of
 * unknown blocks within one message, which has a role, is no history.
 */
export function isHistory({ kind, role, stretch }: Segment): boolean {
  return stretch && kind === "history" && role === undefined;
}

type JoinedParts = readonly (OpaqueValue | string)[];

/** Parts joined so far: each segment is compared with those of several requests. */
const joinedParts = new WeakMap<readonly TextPart[], JoinedParts>();

/** Holes and, between them, the text of the literals: where one literal ends and the next begins is not sent. */
export function joinLiterals(parts: readonly TextPart[]): JoinedParts {
  let joined = joinedParts.get(parts);
  if (!joined) joinedParts.set(parts, (joined = join(parts)));
  return joined;
}

function join(parts: readonly TextPart[]): JoinedParts {
  const joined: (OpaqueValue | string)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === "hole") joined.push(part.hole);
    else if (typeof last === "string") joined[joined.length - 1] = last + part.text;
    else if (part.text !== "") joined.push(part.text);
  }
  return joined;
}

const regions: readonly Region[] = ["tools", "system", "messages"];

/**
 * The holes that are evaluated anew at the same place of the next request. Each region is lined up from its own
 * beginning, so that one defect does not hide the next.
 */
function findFreshHoles(request: Request, next: Request): PlacedHole[] {
  return regions.flatMap((region) => {
    // Messages that move up because earlier ones were dropped are not new.
    if (region === "messages" && next.cuts.length > 0) return [];
    const { segments: own, ids: ownIds } = surveyOf(request)[region];
    const { segments: other, ids: otherIds } = surveyOf(next)[region];
    // What stands behind unknown history becomes a part of it, and behind a difference that is no new value (messages
    // that were dropped from the front, another document) the two requests hold different things at one place.
    const isLast = own.length === other.length && own.at(-1);
    const isOfItems = isLast && areItems(isLast.segment, other.at(-1)!.segment);
    const end = own.findIndex(
      ({ segment }, position) =>
        isHistory(segment) ||
        !(isLinedUp(segment, other[position]?.segment) || (isOfItems && position === own.length - 1)),
    );
    // A value that both requests hold at different places has moved, as in a sliding window: it is not new.
    return own.flatMap(({ segment, index }, position) => {
      const isLined = end < 0 || position < end;
      // A text that holds as much of a conversation as there is holds what follows it at another place.
      const isGrown = position === end && own.length === other.length && !isHistory(segment);
      const counterpart = isLined || isGrown ? other[position]?.segment : undefined;
      if (!counterpart || counterpart === segment || !(isLined || isAlike(segment, counterpart))) return [];
      const nextHoles = holesOf([counterpart]);
      const grown = isLined ? undefined : grownHole(segment, nextHoles, ownIds);
      if (grown) return [{ ...grown, segment: index }];
      return holesOf([segment]).flatMap(({ part, hole }, order) => {
        const value = hole.hole;
        const nextValue = (
          isLined ? nextHoles[order] : nextHoles.find((next) => isSamePlace(next.hole, hole))
        )?.hole.hole;
        const isNew =
          nextValue !== undefined &&
          ((isOfItems && segment === isLast.segment && isNextItem(value, nextValue)) ||
            (isFresh(value.scope) &&
              isOfOneSource(value, nextValue, segment) &&
              !keepsItsValue(value, nextValue, segment))) &&
          !otherIds.has(value.id) &&
          !ownIds.has(nextValue.id);
        return isNew ? [{ segment: index, part, hole }] : [];
      });
    });
  });
}

/** Holes that have others of their kind behind them in the next request. */
const grownHoles = new WeakSet<HolePart>();

/** Whether the text around a hole is longer in the next request, so that it is another text although the hole is in it. */
export function isGrowing(hole: HolePart): boolean {
  return grownHoles.has(hole);
}

/**
 * What a system text has more in the next request, as the note of another answer, at the place of the
 * first of its kind.
 */
function grownHole(
  segment: Segment,
  nextHoles: readonly PlacedHole[],
  ownIds: ReadonlySet<number>,
): PlacedHole | undefined {
  if (segment.region !== "system") return undefined;
  const added = nextHoles.filter(({ hole: { hole } }) => isFresh(hole.scope) && !ownIds.has(hole.id));
  for (const place of holesOf([segment])) {
    if (!nextHoles.some((next) => next.hole.hole.id === place.hole.hole.id)) continue;
    const more = added.find((next) => isOnePlace(next.hole, place.hole));
    if (!more) continue;
    grownHoles.add(more.hole);
    return { ...place, hole: more.hole };
  }
  return undefined;
}

/** Whether two values enter their texts at the same place of the code. */
function isOnePlace(a: HolePart, b: HolePart): boolean {
  return a.span.file === b.span.file && a.span.start === b.span.start;
}

/** Whether one value enters two texts at the same place of the code. */
function isSamePlace(a: HolePart, b: HolePart): boolean {
  return a.hole.key === b.hole.key && isOnePlace(a, b);
}

/** Names what enters the text at one place of the code from one source: the same in all requests of a call. */
export function nameHole(region: Region, { hole, span }: HolePart): string {
  return `${region} ${hole.key} ${span.file}:${span.start}:${span.end}`;
}

function findKeptHoles(request: Request, next: Request, repeatedSegments: number): ReadonlySet<string> {
  // The very same request again is a retry, which says nothing about the requests of a conversation. A loop that asks
  // about each item of a list several times reads what it has written of that.
  const isRetry = repeatedSegments === next.segments.length && repeatedSegments === request.segments.length;
  const isOneLoop = request.call === next.call;
  const inNext = surveyOf(next);
  const kept = holesOf(request.segments).flatMap(({ segment, hole }) => {
    const { region } = request.segments[segment]!;
    const counts = !isRetry || (isOneLoop && isOfItem(hole.hole));
    return counts && inNext[region].ids.has(hole.hole.id) ? [nameHole(region, hole)] : [];
  });
  return new Set(kept);
}

interface PlacedSegment {
  readonly segment: Segment;
  readonly index: number;
}

/** The segments of each region, and the ids in them. */
interface Survey {
  readonly segments: PlacedSegment[];
  readonly ids: Set<number>;
}

/** Requests surveyed so far: each is compared with the one before it and the one behind it. */
const surveys = new WeakMap<readonly Segment[], Readonly<Record<Region, Survey>>>();

function surveyOf({ segments }: Request): Readonly<Record<Region, Survey>> {
  const known = surveys.get(segments);
  if (known) return known;
  const empty = (): Survey => ({ segments: [], ids: new Set() });
  const found = { tools: empty(), system: empty(), messages: empty() };
  for (const [index, segment] of segments.entries()) {
    const { segments: placed, ids } = found[segment.region];
    placed.push({ segment, index });
    for (const part of segment.parts) if (part.kind === "hole") ids.add(part.hole.id);
  }
  surveys.set(segments, found);
  return found;
}
