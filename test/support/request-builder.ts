import type { Checkpoint, Request, Segment, SegmentKind } from "../../src/request/request.ts";
import { unknownLimits, viewRequest, type Limits, type RequestView } from "../../src/rule/index.ts";
import type { TokenEstimate } from "../../src/rule/index.ts";
import type { Span } from "../../src/source/source-file.ts";
import { opaque } from "../../src/value/construct.ts";
import type { Confidence, Order, Scope } from "../../src/value/scope.ts";
import type { HolePart, LiteralPart, OpaqueValue, TextPart } from "../../src/value/value.ts";

/** A place on a line of `prompt.py`: one unit wide, so that a place is its line. */
export function line(number: number, file = "prompt.py"): Span {
  return { file, start: number, end: number + 1 };
}

/** Literal text of this many tokens, as `viewOf` counts them. */
export function words(count: number, at = 1): LiteralPart {
  return { kind: "literal", text: "word ".repeat(count), span: line(at) };
}

export function literal(text: string, at = 1): LiteralPart {
  return { kind: "literal", text, span: line(at) };
}

interface HoleFacts {
  readonly scope?: Scope;
  readonly confidence?: Confidence;
  readonly reason?: string;
  /** Line on which the value comes into being; the line on which it enters the text unless given. */
  readonly from?: number;
}

/** A hole on a line; each call is a new evaluation of the source `key`. */
export function hole(key: string, at: number, facts: HoleFacts = {}): HolePart {
  const value = opaque(
    { origin: { kind: "global", name: key }, key, span: line(facts.from ?? at) },
    {
      scope: facts.scope ?? "request",
      confidence: facts.confidence ?? "certain",
      reason: facts.reason ?? "",
    },
  );
  return holeOf(value, at);
}

/** A value that was evaluated before enters the text on a line. */
export function holeOf(value: OpaqueValue, at: number): HolePart {
  return { kind: "hole", hole: value, span: line(at), frame: undefined };
}

interface BlockFacts {
  readonly kind?: SegmentKind;
  readonly order?: Order;
  /** Line of the expression whose order is not fixed. */
  readonly orderAt?: number;
  readonly stretch?: boolean;
  readonly sampled?: boolean;
}

/** A block with an optional mark behind it. */
interface Block extends BlockFacts {
  readonly parts: readonly TextPart[];
  readonly mark?: Mark | undefined;
}

interface Mark {
  readonly at: number;
  readonly ttl?: string;
  readonly origin?: Checkpoint["origin"];
}

/** A block of these parts without a mark. */
export function block(parts: readonly TextPart[], facts: BlockFacts = {}): Block {
  return { ...facts, parts };
}

/** The block with a mark that stands on a line. */
export function marked(unmarked: Block, at: number, facts: Omit<Mark, "at"> = {}): Block {
  return { ...unmarked, mark: { at, ...facts } };
}

interface MessageWithRole {
  readonly role: Segment["role"];
  readonly blocks: readonly Block[];
}

interface RequestFields extends Partial<Omit<Request, "segments" | "checkpoints">> {
  readonly tools?: readonly Block[];
  readonly system?: readonly Block[];
  /** Messages in turn from the user and the assistant, each a list of blocks; or with a role of their own. */
  readonly messages?: readonly (readonly Block[] | MessageWithRole)[];
}

/** An Anthropic request sent from line 90, unless the fields say otherwise. */
export function request({ tools = [], system = [], messages = [], ...fields }: RequestFields): Request {
  const segments: Segment[] = [];
  const checkpoints: Checkpoint[] = [];
  const add = (blocks: readonly Block[], place: Pick<Segment, "region" | "role" | "message">): void => {
    for (const [index, { parts, mark, kind, order, orderAt, stretch, sampled }] of blocks.entries()) {
      segments.push({
        ...place,
        kind: kind ?? (place.region === "tools" ? "tool" : "text"),
        parts,
        span: parts[0]?.span ?? line(1),
        block: index,
        stretch: stretch ?? false,
        sampled: sampled ?? false,
        order: { order: order ?? "insertion", span: line(orderAt ?? 1), frame: undefined },
      });
      if (!mark) continue;
      checkpoints.push({
        span: line(mark.at),
        origin: mark.origin ?? "explicit",
        region: place.region,
        after: segments.length - 1,
        ttl: mark.ttl === undefined ? undefined : { text: mark.ttl, span: line(mark.at), known: true },
      });
    }
  };
  add(tools, { region: "tools", role: undefined, message: undefined });
  add(system, { region: "system", role: "system", message: undefined });
  for (const [message, content] of messages.entries()) {
    const turn: Segment["role"] = message % 2 === 0 ? "user" : "assistant";
    const { role, blocks } = "blocks" in content ? content : { role: turn, blocks: content };
    add(blocks, { region: "messages", role, message });
  }
  return {
    site: line(90),
    sdk: "anthropic-python",
    dialect: "anthropic",
    platform: "anthropic",
    model: { text: "claude-sonnet-4-5", span: undefined, certain: true },
    use: "send",
    faults: [],
    parameters: [],
    unresolved: [],
    cuts: [],
    decisions: [],
    call: 0,
    ...fields,
    segments,
    checkpoints,
  };
}

function figure<Value>(value: Value) {
  return { value, source: "https://example.com/limits", asOf: "2026-01-01" };
}

/** Limits like those of a current Claude model. */
export const claudeLimits: Limits = {
  ...unknownLimits,
  caching: figure("explicit" as const),
  minimumTokens: figure(1024),
  conservativeMinimumTokens: figure(2048),
  maximumCheckpoints: figure(4),
  ttls: figure(["5m", "1h"]),
  defaultTtl: "5m",
};

/** Limits like those of a model that caches by itself. */
export const implicitLimits: Limits = {
  ...unknownLimits,
  caching: figure("implicit" as const),
  minimumTokens: figure(1024),
};

function countWords(segments: readonly Segment[]): number {
  const literals = segments.flatMap(({ parts }) => parts.filter((part) => part.kind === "literal"));
  return literals.reduce((sum, { text }) => sum + text.split(/\s+/).filter(Boolean).length, 0);
}

/**
 * The view a rule gets: a word is a token, a hole is anything, and a place is its line. `context.later` are the requests
 * behind `next`.
 */
export function viewOf(
  current: Request,
  next?: Request,
  limits: Limits = claudeLimits,
  sources: Readonly<Record<number, string>> = {},
  context: Partial<Pick<RequestView, "later" | "variations" | "neededKey" | "expectedReuse">> = {},
): RequestView {
  const exactly = (count: number): TokenEstimate => ({ low: count, best: count, high: count });
  const later = next ? [next, ...(context.later ?? [])] : [];
  const placed = { request: current, later, variations: context.variations ?? [] };
  return viewRequest(placed, {
    modelName: "Claude Sonnet 4.5",
    limits,
    tokensOf: (segments) => {
      const count = exactly(countWords(segments));
      const isOpen = segments.some(({ parts }) => parts.some(({ kind }) => kind === "hole"));
      return isOpen ? { ...count, high: Infinity } : count;
    },
    ownTokensOf: (segments) => exactly(countWords(segments)),
    staticTokensOf: (segments) => exactly(countWords(segments)),
    neededKey: context.neededKey,
    apiError: () => undefined,
    ratesOf: ({ ttl }) => ({ write: ttl?.text === "1h" ? 2 : 1.25, read: 0.1 }),
    costOf: () => undefined,
    expectedReuse: context.expectedReuse,
    describePlace: (span, from) =>
      span.file === from.file ? `line ${span.start}` : `${span.file}:${span.start}`,
    sourceText: (span) => sources[span.start] ?? "",
  });
}
