/**
 * How widely a value is shared across requests, from widest to narrowest, and `unknown`, which is no evidence of
 * anything. `static`: the same in all deployments; `deploy`: environment, files read at start; `process`: fixed
 * while a process lives; `day`: a date; `session`: a conversation; `turn`: the question, a retrieval result;
 * `request`: a clock, a UUID.
 */
export type Scope =
  "static" | "deploy" | "process" | "day" | "tenant" | "user" | "session" | "turn" | "request" | "unknown";

const width: Record<Scope, number> = {
  static: 0,
  deploy: 1,
  process: 2,
  day: 3,
  tenant: 4,
  user: 5,
  session: 6,
  unknown: 7,
  turn: 8,
  request: 9,
};

/** All scopes from widest to narrowest, `unknown` last. */
export const scopes: readonly Scope[] = [
  "static",
  "deploy",
  "process",
  "day",
  "tenant",
  "user",
  "session",
  "turn",
  "request",
  "unknown",
];

/**
 * The scope of something made from both. A value made from an unknown one and a `turn` or `request` one is surely
 * as narrow as the latter; made from an unknown and a wider one it is unknown.
 */
export function narrowest(a: Scope, b: Scope): Scope {
  return width[a] >= width[b] ? a : b;
}

/** The scope, but no narrower than the cap: what runs once per process does not change within it. */
export function capScope(scope: Scope, cap: Scope): Scope {
  if (scope === "unknown") return cap === "static" || cap === "deploy" ? cap : scope;
  return width[scope] > width[cap] ? cap : scope;
}

/** True where a value is new in the next request of the same conversation. */
export function isFresh(scope: Scope): boolean {
  return scope === "turn" || scope === "request";
}

/** How much a claim rests on: known semantics, a name or convention, or less. */
export type Confidence = "certain" | "likely" | "possible";

/** Confidences from the surest on. */
export const confidenceRank: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, possible: 2 };

/** The weaker of two confidences. */
export function weakest(a: Confidence, b: Confidence): Confidence {
  const rank = { certain: 0, likely: 1, possible: 2 };
  return rank[a] >= rank[b] ? a : b;
}

/**
 * What fixes the order of a collection: `fixed` and `insertion` are repeatable; `filesystem` and `server` may well
 * be; `process` (hash seed), `race` (completion order) and `random` are not.
 */
export type Order = "fixed" | "insertion" | "filesystem" | "server" | "process" | "race" | "random";

/** True for orders that may differ from one request to the next. */
export function isUnstable(order: Order): boolean {
  return order !== "fixed" && order !== "insertion";
}

const instability: Record<Order, number> = {
  fixed: 0,
  insertion: 1,
  filesystem: 2,
  server: 3,
  process: 4,
  race: 5,
  random: 6,
};

/** The less stable of two orders. */
export function leastStable(a: Order, b: Order): Order {
  return instability[a] >= instability[b] ? a : b;
}
