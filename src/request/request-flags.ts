import type { Decision } from "../value/value.ts";

/**
 * True for a condition on nothing but whether a field of the incoming request is set: a switch of the client's, which may
 * well send the same in each request.
 */
export function isRequestFlag({ key, subjects }: Pick<Decision, "key" | "subjects">): boolean {
  return (
    key.startsWith("truth:") &&
    subjects.length > 0 &&
    subjects.every(({ origin, reason }) => origin.kind === "member" && reason === "the incoming request")
  );
}
