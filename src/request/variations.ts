import type { Decision } from "../value/value.ts";
import type { Request } from "./request.ts";

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
    variations: findVariations(request, stepOf(requests, index), others),
  }));
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
  return differing.length === 1 ? differing[0] : undefined;
}
