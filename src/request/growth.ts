import type { OpaqueValue } from "../value/value.ts";
import type { Request, Segment } from "./request.ts";
import { joinLiterals } from "./reuse.ts";

/** The segments of one message with their indexes into `Request.segments`. */
export interface PlacedMessage {
  readonly segments: readonly { readonly segment: Segment; readonly index: number }[];
}

/** Messages found so far, by segments: every rule about histories asks for them, of each pair of requests. */
const known = new WeakMap<readonly Segment[], readonly PlacedMessage[]>();

/** The messages of a request in order; a stretch of unknown messages is one. */
export function messagesOf({ segments }: Request): readonly PlacedMessage[] {
  let messages = known.get(segments);
  if (!messages) known.set(segments, (messages = findMessages(segments)));
  return messages;
}

function findMessages(segments: readonly Segment[]): readonly PlacedMessage[] {
  const messages = new Map<number, { segment: Segment; index: number }[]>();
  for (const [index, segment] of segments.entries()) {
    if (segment.region !== "messages") continue;
    const number = segment.message ?? -1;
    const placed = messages.get(number);
    if (placed) placed.push({ segment, index });
    else messages.set(number, [{ segment, index }]);
  }
  return [...messages.values()].map((placed) => ({ segments: placed }));
}

/**
 * True where the next request goes on with the conversation of this one: it has more messages, and the first one is
 * the same. Requests of one call that have nothing to do with each other repeat no message, or add none.
 */
export function continues(request: Request, next: Request): boolean {
  const [own, others] = [messagesOf(request), messagesOf(next)];
  if (others.length <= own.length || own.length === 0) return false;
  return isSameMessage(own[0]!, others[0]!);
}

/**
 * True where both messages are surely the same one: of one value at least the very same evaluation, or all literal. A
 * message that is wholly unknown is itself where it was made up for this run.
 */
export function isSameMessage(own: PlacedMessage, other: PlacedMessage): boolean {
  if (own.segments.length === 0 || own.segments.some(({ segment }) => isUncounted(segment))) return false;
  const ids = idsOf(other);
  const ownIds = idsOf(own);
  if (ownIds.size > 0) return [...ownIds].some((id) => ids.has(id));
  return ids.size === 0 && textOf(own) === textOf(other);
}

/**
 * True where one of both was made from the other, or both from one message of a list that came from outside: code that
 * marks the newest message takes it apart, and hands on the others as they are.
 */
export function isMadeOfOneMessage(own: PlacedMessage, other: PlacedMessage): boolean {
  const elements = elementsOf(other);
  return [...elementsOf(own)].some((id) => elements.has(id));
}

/** Ids of the elements of unknown lists that the parts of a message are, or belong to. */
function elementsOf({ segments }: PlacedMessage): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const { segment } of segments) {
    for (const part of segment.parts) {
      let at = part.kind === "hole" ? part.hole : undefined;
      while (at && at.origin.kind !== "element") at = wholeOf(at);
      if (at) ids.add(at.id);
    }
  }
  return ids;
}

/** What a value is a part of, or was made from alone. */
function wholeOf({ origin }: OpaqueValue): OpaqueValue | undefined {
  if (origin.kind === "member" || origin.kind === "index") return origin.object;
  if (origin.kind !== "operation") return undefined;
  const open = origin.operands.filter((operand) => operand.type === "opaque");
  return open.length === 1 ? open[0] : undefined;
}

function isUncounted({ stretch, sampled }: Segment): boolean {
  return stretch && !sampled;
}

/** Ids of the values a message shows; what is made from one of them alone, such as its text, is still that one. */
function idsOf({ segments }: PlacedMessage): ReadonlySet<number> {
  return new Set(
    segments.flatMap(({ segment }) =>
      segment.parts.flatMap((part) => (part.kind === "hole" ? [madeFrom(part.hole).id] : [])),
    ),
  );
}

function madeFrom(hole: OpaqueValue): OpaqueValue {
  let at = hole;
  for (let from = wholeOf(at); at.origin.kind === "operation" && from; from = wholeOf(at)) at = from;
  return at;
}

function textOf({ segments }: PlacedMessage): string {
  return segments.flatMap(({ segment }) => joinLiterals(segment.parts)).join("\0");
}
