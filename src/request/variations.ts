import type { Decision, OpaqueValue, Value } from "../value/value.ts";
import type { Request, Segment } from "./request.ts";
import { isHistory } from "./reuse.ts";

/** The same request as it is where one condition was decided the other way. */
export interface Variation {
  /** As this request took it. */
  readonly decision: Decision;
  readonly other: Request;
  /** The requests that follow the other one in its conversation. */
  readonly later: readonly Request[];
}

/** The request at a position of a conversation, with what rules may compare it with. */
export interface RequestContext {
  readonly request: Request;
  /** The requests that follow it in its conversation. */
  readonly later: readonly Request[];
  readonly variations: readonly Variation[];
}

/** How many requests behind one are looked at to see whether something happens again. */
const laterRequests = 2;

/**
 * Each request of a conversation with its variations: the requests at the same step of other runs that took all
 * decisions as this one did, but for one. Decisions that only one of both had to take belong to that branch.
 * @param others the same conversation in other runs under the same circumstances.
 */
export function placeRequests(
  requests: readonly Request[],
  others: readonly (readonly Request[])[],
): readonly RequestContext[] {
  return requests.map((request, index) => ({
    request,
    later: requests.slice(index + 1, index + 1 + laterRequests),
    variations: findVariations(request, stepOf(requests, index), others).map((variation) => ({
      ...variation,
      decision: aboutNewest(variation.decision, request, requests[index + 1]),
    })),
  }));
}

/** A condition on what the newest message of a conversation says comes out anew in each turn, whatever it is called. */
function aboutNewest(decision: Decision, request: Request, next: Request | undefined): Decision {
  if (decision.scope !== "unknown" || decision.subjects.length === 0) return decision;
  const newest = newestOf(request);
  const first = newest[0];
  if (first?.role !== "user") return decision;
  const isGrown = (newestOf(next)[0]?.message ?? 0) > (first.message ?? 0);
  const goesOn = request.segments.some(
    (segment) => segment.region === "messages" && (isHistory(segment) || segment.sampled),
  );
  if (!isGrown && !goesOn) return decision;
  const said = new Set(newest.flatMap(({ parts }) => parts.flatMap((part) => keysOf(part))));
  const isSaid = decision.subjects.some((subject) => leavesOf(subject, 0).some(({ key }) => said.has(key)));
  return isSaid ? { ...decision, scope: "turn", confidence: "likely" } : decision;
}

/** The segments of the last message of a request. */
function newestOf(request: Request | undefined): readonly Segment[] {
  const last = request?.segments.at(-1);
  if (last?.region !== "messages" || last.stretch) return [];
  return request!.segments.filter(({ region, message }) => region === "messages" && message === last.message);
}

/** What a message is asked for to get what it says. */
const contentName = /^(?:content|parts|text|message|body)$/;

/**
 * The keys of what is said. An object that something of a message was read from is the message only if that was its
 * content: a parameter that holds a prompt beside options of its own says nothing by its options.
 */
function keysOf(part: Segment["parts"][number]): readonly string[] {
  if (part.kind !== "hole") return [];
  return leavesOf(
    part.hole,
    0,
    ({ origin }) => origin.kind !== "member" || contentName.test(origin.name),
  ).map(({ key }) => key);
}

/** Deepest nesting of operations that is looked into. */
const maximumDepth = 4;

/**
 * What an opaque value was made of by operations and calls, itself included.
 * @param showsObject whether the object that a value is a part of counts as well
 */
function leavesOf(
  value: Value,
  depth: number,
  showsObject: (part: OpaqueValue) => boolean = () => true,
): readonly OpaqueValue[] {
  if (value.type === "text" && depth < maximumDepth)
    return value.parts.flatMap((part) =>
      part.kind === "hole" ? leavesOf(part.hole, depth + 1, showsObject) : [],
    );
  if (value.type !== "opaque") return [];
  const { origin } = value;
  const inner = origin.kind === "operation" ? origin.operands : [];
  const hasObject = (origin.kind === "member" || origin.kind === "index") && showsObject(value);
  const object = hasObject ? [origin.object] : [];
  const callee = origin.kind === "call" ? [origin.callee] : [];
  if (depth >= maximumDepth) return [value];
  return [
    value,
    ...[...inner, ...object, ...callee].flatMap((each) => leavesOf(each, depth + 1, showsObject)),
  ];
}

/** How many requests the same call of the entry point had sent before: a turned condition may end its loop early. */
function stepOf(requests: readonly Request[], index: number): number {
  const { call } = requests[index]!;
  return requests.slice(0, index).filter((request) => request.call === call).length;
}

function findVariations(
  request: Request,
  step: number,
  others: readonly (readonly Request[])[],
): readonly Variation[] {
  if (request.decisions.length === 0) return [];
  const found = new Map<string, Variation>();
  for (const conversation of others) {
    const first = conversation.findIndex(({ call }) => call === request.call);
    const index = first + step;
    const other = first < 0 ? undefined : conversation[index];
    if (other?.call !== request.call) continue;
    const decision = onlyDifference(request.decisions, other.decisions);
    if (!decision || found.has(decision.key)) continue;
    found.set(decision.key, {
      decision,
      other,
      later: conversation.slice(index + 1, index + 1 + laterRequests),
    });
  }
  return [...found.values()];
}

function onlyDifference(own: readonly Decision[], others: readonly Decision[]): Decision | undefined {
  const taken = new Map(others.map((decision) => [decision.key, decision.taken]));
  const differing = own.filter((decision) => taken.get(decision.key) === !decision.taken);
  if (differing.length !== 1) return undefined;
  const keys = new Set(own.map(({ key }) => key));
  const isOtherwise = haveOtherAnswers(
    own.filter(({ key }) => !taken.has(key)),
    others.filter(({ key }) => !keys.has(key)),
  );
  return isOtherwise ? undefined : differing[0];
}

/**
 * Whether one place asked about something else in each of two runs, and took the other way: that is a second difference
 * between them, which the first may have nothing to do with.
 */
function haveOtherAnswers(own: readonly Decision[], others: readonly Decision[]): boolean {
  const left = new Set(others);
  return own.some(({ span, taken }) => {
    const other = [...left].find((each) => each.span.file === span.file && each.span.start === span.start);
    if (other) left.delete(other);
    return other !== undefined && other.taken !== taken;
  });
}
