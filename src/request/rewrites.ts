import type { Span } from "../source/source-file.ts";
import type { Cut, LiteralPart } from "../value/value.ts";
import { holdsLiteral, withoutCommonText } from "./differences.ts";
import { isMadeOfOneMessage, isSameMessage, messagesOf, type PlacedMessage } from "./growth.ts";
import type { Request, Segment } from "./request.ts";
import { joinLiterals } from "./reuse.ts";

/** A message that was sent and is sent again in another form, or not at all. */
export interface Rewrite {
  /**
   * `trimmed`: messages are dropped from the front; `edited`: a message is another one the next time; `thinned`: it lacks
   * some of its blocks then.
   */
  readonly kind: "trimmed" | "edited" | "thinned";
  /** The slice, the text that only one of both has, or the list of the blocks that are left. */
  readonly span: Span;
  /** Index into `Request.segments`: from here on the next request repeats nothing. */
  readonly segment: number;
  /** The budget that a loop drops messages for until it holds: sooner or later that is in every turn. */
  readonly until?: Span;
}

/**
 * How the next requests of a conversation rewrite what this one sends. Only what surely happens counts: messages that
 * are dropped in two requests running, since dropping many now and then is the way to do it; and a message that both
 * requests hold, with literal text in one of them that the other one lacks.
 */
export function findRewrites(request: Request, later: readonly Request[]): readonly Rewrite[] {
  const [next, afterNext] = later;
  if (!next) return [];
  const first = request.segments.findIndex(({ region }) => region === "messages");
  if (first < 0) return [];
  const trims = (afterNext ? growingCuts(request, next, afterNext) : []).filter((cut) =>
    isSlid(request, next, cut),
  );
  if (trims.length > 0) {
    return oneOfEachLoop(trims).map(({ span, until }) => ({
      kind: "trimmed",
      span,
      segment: first,
      ...(until && { until }),
    }));
  }
  const edit = request.cuts.length === 0 && next.cuts.length === 0 ? findEdit(request, next) : undefined;
  return edit ? [edit] : [];
}

/** The slices that drop more in each of the three requests than in the one before; for a budget, something in each. */
function growingCuts(...requests: readonly [Request, Request, Request]): Cut[] {
  const [before, then, last] = requests.map(({ cuts }) => totalOf(cuts));
  return [...last!.values()].filter((cut) => {
    const key = placeOf(cut.span);
    const [first, second] = [before!.get(key)?.dropped ?? 0, then!.get(key)?.dropped ?? 0];
    if (cut.until) return first > 0 && second > 0;
    return first < second && second < cut.dropped;
  });
}

/** A loop that drops a question and its answer until a budget holds does one thing, in however many statements. */
function oneOfEachLoop(cuts: readonly Cut[]): readonly Cut[] {
  return cuts.filter(
    ({ until }, index) =>
      !until || !cuts.slice(0, index).some((cut) => cut.until && placeOf(cut.until) === placeOf(until)),
  );
}

function totalOf(cuts: readonly Cut[]): ReadonlyMap<string, Cut> {
  const totals = new Map<string, Cut>();
  for (const cut of cuts) {
    const key = placeOf(cut.span);
    totals.set(key, { ...cut, dropped: cut.dropped + (totals.get(key)?.dropped ?? 0) });
  }
  return totals;
}

function placeOf({ file, start, end }: Span): string {
  return `${file}:${start}:${end}`;
}

/**
 * True where the next request still holds the last message, since parts of something else would share nothing. What a
 * slice leaves out may be put back in front of it: then the request grows, and begins as this one does.
 */
function isSlid(request: Request, next: Request, { until }: Cut): boolean {
  const [own, others] = [messagesOf(request), messagesOf(next)];
  const last = own.at(-1);
  if (!last) return false;
  const isHeld = others.some((message) => isSameMessage(last, message) || isMadeOfOneMessage(last, message));
  if (!isHeld) return false;
  // A budget that ends a loop ended none in this run, and one that goes on with it drops as many of each copy here.
  if (until) return true;
  return others.length <= own.length || !isSentAgain(own[0]!, others[0]!);
}

/** True where a message is sent again as it was, even if nothing is known about it. */
function isSentAgain(own: PlacedMessage, other: PlacedMessage): boolean {
  const [atoms, others] = [own, other].map(({ segments }) =>
    segments.flatMap(({ segment }) =>
      joinLiterals(segment.parts).map((atom) => (typeof atom === "string" ? atom : atom.id)),
    ),
  );
  return atoms!.length === others!.length && atoms!.every((atom, index) => atom === others![index]);
}

function findEdit(request: Request, next: Request): Rewrite | undefined {
  const own = messagesOf(request);
  const others = messagesOf(next);
  // The same number of messages is a retry, or another conversation.
  if (others.length <= own.length) return undefined;
  for (const [index, message] of own.entries()) {
    const other = others[index]!;
    if ([...message.segments, ...other.segments].some(({ segment }) => segment.stretch)) return undefined;
    const isLast = index === own.length - 1;
    if (isKept(message, other, isLast)) continue;
    const follower = own[index + 1];
    const isSame =
      isSameMessage(message, other) ||
      (follower !== undefined && isSameMessage(follower, others[index + 1]!)) ||
      // What another role says in its place is no other form of it: it was sent once, behind the history, and left out.
      (roleOf(message) === roleOf(other) &&
        own.slice(0, index).some((earlier, position) => isSameMessage(earlier, others[position]!)));
    return isSame ? (describeEdit(message, other) ?? leftOut(message, other)) : undefined;
  }
  return undefined;
}

function roleOf({ segments }: PlacedMessage): string | undefined {
  return segments[0]?.segment.role;
}

/** True where the next request holds the message as it was; blocks may have been added at the end of the last one. */
function isKept(message: PlacedMessage, other: PlacedMessage, isLast: boolean): boolean {
  const [own, others] = [message, other].map(({ segments }) =>
    segments.map(({ segment }) => printOf(segment)),
  );
  if (own!.length > others!.length || (own!.length < others!.length && !isLast)) return false;
  return own!.every((print, index) => print === others![index]);
}

/** Segments printed so far: consecutive requests share most of theirs. */
const prints = new WeakMap<Segment, string>();

function printOf(segment: Segment): string {
  let print = prints.get(segment);
  if (print === undefined) prints.set(segment, (print = findPrint(segment)));
  return print;
}

function findPrint({ role, kind, parts }: Segment): string {
  const atoms = joinLiterals(parts).map((atom) => (typeof atom === "string" ? `"${atom}` : atom.key));
  return [role, kind, ...atoms].join("\0");
}

function describeEdit(message: PlacedMessage, other: PlacedMessage): Rewrite | undefined {
  const place = message.segments.findIndex(({ segment }, index) => {
    const counterpart = other.segments[index]?.segment;
    return !counterpart || printOf(segment) !== printOf(counterpart);
  });
  // The other one has a block more.
  if (place < 0) return undefined;
  const { segment, index } = message.segments[place]!;
  const counterpart = other.segments[place]?.segment;
  if (segment.kind !== (counterpart?.kind ?? segment.kind)) return undefined;
  const [own, others] = withoutCommonText(
    joinLiterals(segment.parts),
    counterpart ? joinLiterals(counterpart.parts) : [],
  );
  if (!holdsLiteral(own) && !holdsLiteral(others)) return undefined;
  // What takes the place of something else is the edit; what merely went out with a message is missing later.
  const literal =
    (counterpart && literalWithin(counterpart.parts, others)) ?? literalWithin(segment.parts, own);
  return { kind: "edited", span: literal?.span ?? segment.span, segment: index };
}

/** Blocks that are left out of a message when it is sent again, such as old pictures: told where the others are listed. */
function leftOut(message: PlacedMessage, other: PlacedMessage): Rewrite | undefined {
  const [kept] = other.segments;
  if (!kept || other.segments.length >= message.segments.length) return undefined;
  let next = 0;
  let missing: number | undefined;
  for (const { segment, index } of message.segments) {
    const counterpart = other.segments[next]?.segment;
    if (counterpart && printOf(counterpart) === printOf(segment)) next++;
    else missing ??= index;
  }
  if (next < other.segments.length || missing === undefined) return undefined;
  return { kind: "thinned", span: kept.segment.order.span, segment: missing };
}

/** The literal that what differs comes from. */
function literalWithin(
  parts: Request["segments"][number]["parts"],
  atoms: readonly unknown[],
): LiteralPart | undefined {
  const text = atoms.find((atom): atom is string => typeof atom === "string" && holdsLiteral([atom]));
  if (text === undefined) return undefined;
  return parts.find(
    (part): part is LiteralPart =>
      part.kind === "literal" &&
      holdsLiteral([part.text]) &&
      (text.includes(part.text) || part.text.includes(text)),
  );
}
