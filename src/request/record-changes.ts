import { literalText } from "../value/inspect.ts";
import type { Span } from "../source/source-file.ts";
import type { LoweredRequest, RecordChange, Segment } from "./request.ts";

/** Messages two requests must have in common for the one to be a later window on the conversation of the other. */
const leastOverlap = 2;

/**
 * How another written request holds the same things as this one in another way: its tools in another order, the keys
 * of a tool in another order, or its messages without the oldest ones. Undefined: there is nothing of the kind.
 */
export function findChange(request: LoweredRequest, other: LoweredRequest): RecordChange | undefined {
  const slide = findSlide(request, other) ?? findSlide(other, request);
  const first = request.segments.findIndex(({ region }) => region === "messages");
  return findToolChange(request, other) ?? (slide && { ...slide, segment: first });
}

function findToolChange(request: LoweredRequest, other: LoweredRequest): RecordChange | undefined {
  const [own, others] = [request, other].map(({ segments }) => segmentsIn(segments, "tools"));
  if (!own || !others || own.length !== others.length) return undefined;
  const at = own.findIndex((tool, index) => tool.text !== others[index]!.text);
  if (at < 0) return undefined;
  const place = { segment: own[at]!.index, span: own[at]!.segment.span, other: other.site };
  const [ownTools, otherTools] = [own, others].map((tools) => tools.map(({ text }) => withSortedKeys(text)));
  if (ownTools!.every((tool, index) => tool === otherTools![index])) return { kind: "keyOrder", ...place };
  const isSameSet = ownTools!.toSorted().join("\0") === otherTools!.toSorted().join("\0");
  return isSameSet ? { kind: "toolOrder", ...place } : undefined;
}

/** Where the other request goes on with the conversation, but has dropped its first messages. */
function findSlide(
  request: LoweredRequest,
  other: LoweredRequest,
): Omit<RecordChange, "segment"> | undefined {
  const [own, others] = [request, other].map(messageTexts);
  if (!own || !others) return undefined;
  for (let dropped = 1; dropped <= own.length - leastOverlap; dropped++) {
    const length = Math.min(own.length - dropped, others.length);
    let shared = 0;
    while (shared < length && own[dropped + shared]!.text === others[shared]!.text) shared++;
    // The newest message may have had something added that is left out when it is sent again.
    const isSlid = shared >= leastOverlap && shared >= own.length - dropped - 1 && others.length > shared;
    if (isSlid && own[0]!.text !== others[0]!.text)
      return { kind: "slide", span: own[0]!.span, other: other.site };
  }
  return undefined;
}

interface PlacedText {
  readonly text: string;
  readonly index: number;
  readonly segment: Segment;
}

/** The segments of a region with their texts; undefined where one of them is not known. */
function segmentsIn(
  segments: readonly Segment[],
  region: Segment["region"],
): readonly PlacedText[] | undefined {
  const found: PlacedText[] = [];
  for (const [index, segment] of segments.entries()) {
    if (segment.region !== region) continue;
    const text = segment.stretch ? undefined : literalText({ type: "text", parts: segment.parts });
    if (text === undefined) return undefined;
    found.push({ text, index, segment });
  }
  return found;
}

interface MessageText {
  readonly text: string;
  readonly span: Span;
}

/** What each message says, and who says it. */
function messageTexts({ segments }: LoweredRequest): readonly MessageText[] | undefined {
  const placed = segmentsIn(segments, "messages");
  if (!placed) return undefined;
  const messages = new Map<number, MessageText>();
  for (const { text, segment } of placed) {
    const known = messages.get(segment.message ?? -1);
    const own = [segment.role, segment.kind, text].join("\0");
    messages.set(
      segment.message ?? -1,
      known ? { ...known, text: [known.text, own].join("\0") } : { text: own, span: segment.span },
    );
  }
  return [...messages.values()];
}

/** A definition in JSON with sorted keys; any other text as it is. */
function withSortedKeys(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
      value !== null && typeof value === "object" && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    );
  } catch {
    return text;
  }
}
