import {
  holesOf,
  markedCheckpoints,
  segmentsAfter,
  segmentsBefore,
  textAfter,
  textBefore,
  type PlacedHole,
} from "../request/questions.ts";
import type { Segment } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { isClients } from "../request/request-flags.ts";
import { isGrowing, isHistory, nameHole } from "../request/reuse.ts";
import { isReadInOwnRun } from "../request/run-of-its-own.ts";
import { modelAnswer } from "../value/reasons.ts";
import { isFresh } from "../value/scope.ts";
import type { Scope } from "../value/scope.ts";
import { accessPath } from "../value/inspect.ts";
import type { HolePart, OpaqueValue } from "../value/value.ts";
import type { TokenEstimate } from "./finding.ts";
import type { CheckpointView, RequestView } from "./request-view.ts";
import { isSameSpan } from "./wording.ts";

/** A hole that cuts prefixes short, and how. */
export interface FreshHole {
  readonly hole: PlacedHole;
  /** The checkpoints it stands in front of, in render order; at least one. */
  readonly broken: readonly [CheckpointView, ...CheckpointView[]];
  /**
   * `prefix`: text worth caching follows the hole in front of a checkpoint, so the hole must move; `checkpoint`: the
   * hole is the tail of what the checkpoint covers, so the checkpoint must move.
   */
  readonly remedy: "prefix" | "checkpoint";
  /** What is written and not read because of it; `high` is infinite where it holds values of unknown length. */
  readonly lost: TokenEstimate;
}

/**
 * The holes with a new value in every request that stand in front of a checkpoint, one for each source, in render
 * order. Every such hole belongs to exactly one remedy, so that no two rules argue over it. Pictures that are made
 * anew for each request are left to the rule about image sources.
 */
export function findFreshHoles(view: RequestView): readonly FreshHole[] {
  // Marks that nobody reads are the matter of another rule.
  if (view.limits.caching?.value === "none") return [];
  // What stands in a cache resource is judged where the resource is created.
  const marks = markedCheckpoints(view.checkpoints).filter(({ origin }) => origin !== "handle");
  return firstOfEachSource(view.reuse?.fresh ?? []).flatMap((hole) => {
    const isOfClient = isClients(hole.hole.hole);
    const [first, ...others] = marks.filter(
      (mark) => mark.after >= hole.segment && !(isOfClient && isClientsMatter(view, mark)),
    );
    if (!first || isImageSource(view, hole) || isFetchedPicture(view, hole)) return [];
    const broken: FreshHole["broken"] = [first, ...others];
    if (isTalkedAbout(view, hole, broken) || isForNextStep(view, hole, broken)) return [];
    return [{ hole, broken, remedy: remedyFor(view, hole, broken), lost: lostTokens(view, marks, broken) }];
  });
}

/**
 * True for a checkpoint that only the client can judge: one that it has switched on, or one behind nothing but what it
 * sends. A gateway that marks what comes in does not know what comes in again.
 */
function isClientsMatter(view: RequestView, { span, prefix }: CheckpointView): boolean {
  if (view.staticTokensOf(prefix).high < 1) return true;
  return view.variations.some(
    ({ decision: { subjects }, other }) =>
      subjects.length > 0 &&
      subjects.every(isClients) &&
      !other.checkpoints.some((checkpoint) => isSameSpan(checkpoint.span, span)),
  );
}

/** Fresh holes of a request without any checkpoint, one for each source, in render order. */
export function findUnmarkedFreshHoles(view: RequestView): readonly PlacedHole[] {
  if (markedCheckpoints(view.checkpoints).length > 0 || view.faults.length > 0) return [];
  return firstOfEachSource(view.reuse?.fresh ?? []).filter((hole) => !isImageSource(view, hole));
}

/**
 * True where another request of the same call sends the value again as it was evaluated: what is new in each run, as
 * the first message of an agent's loop, is read by the later steps of its own run. So is what other requests send
 * behind earlier messages: it opens a conversation here, and goes on with one there. A summary in place of messages
 * that are dropped is the matter of the rule about histories. What a script sends once from each of two calls is read by
 * the second of them.
 */
export function isKeptBy(view: RequestView, { segment, hole }: PlacedHole): (other: RequestView) => boolean {
  const name = nameHole(view.segments[segment]!.region, hole);
  if (isGrowing(hole)) return () => false;
  return (other) =>
    other.reuse?.keeps(name) ||
    followsHistory(other.segments, name) ||
    (other.cuts.length > 0 && leads(other.segments, name)) ||
    isReadInOwnRun(other, name);
}

/** Whether a value stands in a message in front of others. */
function leads(segments: readonly Segment[], name: string): boolean {
  const last = segments.at(-1)?.message;
  return holdsValue(
    segments.filter(({ region, message }) => region === "messages" && message !== last),
    name,
  );
}

function holdsValue(segments: readonly Segment[], name: string): boolean {
  return holesOf(segments).some(({ segment, hole }) => nameHole(segments[segment]!.region, hole) === name);
}

/** Whether a value stands in a message behind messages that code outside of view kept. */
function followsHistory(segments: readonly Segment[], name: string): boolean {
  const start = segments.findIndex(
    (segment) =>
      segment.region === "messages" && ((segment.sampled && !isAnswer(segment)) || isHistory(segment)),
  );
  if (start < 0) return false;
  return holdsValue(
    segments.slice(start).filter(({ message }) => message !== segments[start]!.message),
    name,
  );
}

/** True for what the model has answered in this run: the code itself has kept that, and what stands around it. */
function isAnswer({ parts }: Segment): boolean {
  return parts.some((part) => part.kind === "hole" && part.hole.reason === modelAnswer);
}

/** Static text behind a hole, to the end of the request. */
export function staticTokensAfter(view: RequestView, hole: PlacedHole): TokenEstimate {
  return view.staticTokensOf(segmentsAfter(view.segments, hole));
}

/** True for a prompt or request that is written down in a file of its own, and not put together by code. */
export function isStored({ use, record }: RequestView): boolean {
  return use === "asset" || record !== undefined;
}

/** True where the provider looks for a common prefix by itself. */
export function isImplicitlyCached({ limits }: RequestView): boolean {
  return limits.caching?.value === "implicit" || limits.caching?.value === "both";
}

/** What the cache is meant to hold: the longest prefix that is marked, or all where the provider looks for it by itself. */
export function cachedSegments(view: RequestView): readonly Segment[] {
  const last = markedCheckpoints(view.checkpoints).at(-1);
  if (last) return last.prefix;
  return isImplicitlyCached(view) ? view.segments : [];
}

/**
 * True where the text of these segments is surely at least as long as a prefix must be to be cached. A provider that finds
 * prefixes by itself and names no minimum is not held to a larger one than others have.
 */
export function reachesMinimum(view: RequestView, tokens: TokenEstimate): boolean {
  const minimum = view.limits.minimumTokens?.value ?? (isImplicitlyCached(view) ? usualMinimum : undefined);
  return minimum !== undefined && tokens.low >= minimum;
}

function firstOfEachSource(holes: readonly PlacedHole[]): PlacedHole[] {
  const seen = new Set<string>();
  return holes.filter(({ hole }) => {
    const names = sourceNames(hole);
    const isNew = !names.some((name) => seen.has(name));
    for (const name of names) seen.add(name);
    return isNew;
  });
}

/** True where a reader who moves one of two holes moves the other one along. */
export function isSameSource(a: HolePart, b: HolePart): boolean {
  const names = sourceNames(a);
  return sourceNames(b).some((name) => names.includes(name));
}

/**
 * What a hole may share with others of its source: the value, the place, the clock it is read off, or the list of whose
 * elements it is a part.
 */
function sourceNames({ hole, span }: HolePart): readonly string[] {
  const { root } = accessPath(hole);
  const placeOf = ({ file, start, end }: Span) => `${file}:${start}:${end}`;
  return [
    hole.key,
    placeOf(span),
    ...(hole.reason === "the clock" ? [`clock ${placeOf(hole.span)}`] : []),
    ...(root.kind === "element" ? [`element of ${root.of.key}`] : []),
  ];
}

/**
 * True for the source of a picture or document that is made anew for each request, such as a signed address. One that
 * is handed in is another picture.
 */
export function isImageSource({ segments }: RequestView, { segment, hole }: PlacedHole): boolean {
  const kind = segments[segment]?.kind;
  return (kind === "image" || kind === "document") && hole.hole.scope === "request" && !isHandedIn(hole.hole);
}

/** True for a picture or document that is fetched by its address: it is the same one, however often it is fetched. */
function isFetchedPicture({ segments }: RequestView, { segment, hole }: PlacedHole): boolean {
  const kind = segments[segment]?.kind;
  return (kind === "image" || kind === "document") && hole.hole.reason === "the fetched response";
}

/**
 * True for a document that a caller hands in together with a question about it, when the checkpoint stands between
 * the two: whoever wrote that expects more questions about the same document. Long static text behind the document
 * would still be worth more in front of it.
 */
function isTalkedAbout(view: RequestView, place: PlacedHole, broken: FreshHole["broken"]): boolean {
  const { hole } = place.hole;
  // A name that gives a value away as new, such as `question`, is no document.
  if (!isHandedIn(hole) || hole.reason.startsWith("the name ")) return false;
  const end = broken.at(-1)!.after;
  if (isLong(view, segmentsAfter(view.segments, place, end))) return false;
  const fresh = view.reuse?.fresh ?? [];
  return fresh.some(
    (other) => other.segment > end && isHandedIn(other.hole.hole) && other.hole.hole.key !== hole.key,
  );
}

/**
 * True for what the last message of a step of an agent says, where that ends with the checkpoint: the next step, which this
 * run may not have come to, sends it again with what its tools have answered.
 */
function isForNextStep(view: RequestView, { segment }: PlacedHole, broken: FreshHole["broken"]): boolean {
  const { segments, isStep = false } = view;
  const last = segments.at(-1)?.message;
  if (!isStep || last === undefined || !segments.some(({ region }) => region === "tools")) return false;
  const marked = segments[broken.at(-1)!.after];
  return segments[segment]?.message === last && marked?.message === last;
}

/** True for a parameter and what it holds; an address that an object signs when it is asked is made here. */
function isHandedIn(value: OpaqueValue): boolean {
  return accessPath(value).root.kind === "parameter" && value.reason !== "a freshly signed URL";
}

/** Scopes that are wider than a turn and known: what has one is worth caching, however long it is. */
const lastingScopes: ReadonlySet<Scope> = new Set<Scope>([
  "static",
  "deploy",
  "process",
  "day",
  "tenant",
  "user",
  "session",
]);

/** Taken where the model's minimum is not known, in tokens. */
export const usualMinimum = 1024;

/** True where text is long enough to move a checkpoint or a value for it: a quarter of the minimum, or a lasting value. */
export function isWorthCaching(view: RequestView, segments: readonly Segment[]): boolean {
  if (holesOf(segments).some(({ hole }) => lastingScopes.has(hole.hole.scope))) return true;
  return isLong(view, segments);
}

/** True where the static text of these segments is at least a quarter of what is cached at all. */
export function isLong(view: RequestView, segments: readonly Segment[]): boolean {
  const minimum = view.limits.minimumTokens?.value ?? usualMinimum;
  return view.staticTokensOf(segments).best >= minimum / 4;
}

function remedyFor(view: RequestView, hole: PlacedHole, broken: FreshHole["broken"]): FreshHole["remedy"] {
  if (broken.some(({ after }) => after > hole.segment)) return "prefix";
  const segment = view.segments[hole.segment]!;
  const behind = [textAfter(segment, hole.part)];
  if (isWorthCaching(view, behind)) return "prefix";
  // Something unknown behind a hole that opens the block may be the long text; there is nothing else to cache.
  const fresh = view.reuse?.fresh ?? [];
  const isUnknownBehind = holesOf(behind).some(
    ({ hole: other }) => !isFresh(other.hole.scope) && !fresh.some((place) => place.hole === other),
  );
  return isUnknownBehind && !isWorthCaching(view, [textBefore(segment, hole.part)]) ? "prefix" : "checkpoint";
}

function lostTokens(
  view: RequestView,
  marks: readonly CheckpointView[],
  broken: FreshHole["broken"],
): TokenEstimate {
  const intact = marks.filter(({ reuse }) => reuse.culprits.length === 0).map(({ after }) => after);
  const last = broken.at(-1)!.after;
  const segments = view.segments.slice(Math.max(-1, ...intact.filter((after) => after < last)) + 1, last + 1);
  const tokens = view.staticTokensOf(segments);
  const isOpen = holesOf(segments).some(({ hole }) => !isFresh(hole.hole.scope));
  return isOpen ? { ...tokens, high: Infinity } : tokens;
}

/**
 * Holes of these scopes in tools or system that stand beside static text that all could share: in front of enough of
 * it, or behind enough of it without a checkpoint in between.
 */
export function findNarrowHoles(view: RequestView, scopes: readonly Scope[]): readonly NarrowHole[] {
  if (view.limits.caching?.value === "none") return [];
  const marks = markedCheckpoints(view.checkpoints);
  const lastMark = marks.at(-1);
  const end = lastMark?.after ?? (isImplicitlyCached(view) ? view.segments.length - 1 : -1);
  const holes = holesOf(view.segments).filter(({ segment, hole }) => {
    const region = view.segments[segment]!.region;
    return segment <= end && region !== "messages" && scopes.includes(hole.hole.scope);
  });
  return firstOfEachSource(holes).flatMap((hole): NarrowHole[] => {
    const behind = view.staticTokensOf(segmentsAfter(view.segments, hole, end));
    if (reachesMinimum(view, behind)) return [{ hole, checkpoint: lastMark, shared: behind, side: "behind" }];
    if (!lastMark) return [];
    const start =
      Math.max(-1, ...marks.map(({ after }) => after).filter((after) => after < hole.segment)) + 1;
    const inFront = view.staticTokensOf(segmentsBefore(view.segments, hole, start));
    if (!reachesMinimum(view, inFront)) return [];
    return [{ hole, checkpoint: lastMark, shared: inFront, side: "inFront" }];
  });
}

/** A hole that keeps static text from being shared by all. */
export interface NarrowHole {
  readonly hole: PlacedHole;
  /** The last checkpoint; undefined where caching is implicit. */
  readonly checkpoint: CheckpointView | undefined;
  /** The static text, and where it stands as seen from the hole. */
  readonly shared: TokenEstimate;
  readonly side: "behind" | "inFront";
}
