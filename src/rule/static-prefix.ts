import { holesOf, textBefore, type PlacedHole } from "../request/questions.ts";
import type { Segment } from "../request/request.ts";
import type { Scope } from "../value/scope.ts";
import type { RequestView } from "./request-view.ts";

/** Scopes of values that all requests of a deployment share, or nearly all. */
const sharedScopes: ReadonlySet<Scope> = new Set<Scope>(["static", "deploy", "process", "day"]);

/**
 * The segments all requests of a call surely begin with: up to the first value that may differ from one to the next,
 * which may cut a segment short. Elements made up for a list of unknown length end it, too.
 */
export function staticPrefixOf({
  segments,
  next,
}: Pick<RequestView, "segments" | "next">): readonly Segment[] {
  const keys = next && new Set(holesOf(next.segments).map(({ hole }) => hole.hole.key));
  const prefix: Segment[] = [];
  for (const segment of segments) {
    if (segment.stretch || segment.sampled) break;
    const own = holesOf([segment]).find((hole) => isOwn(hole) || keys?.has(hole.hole.hole.key) === false);
    if (!own) {
      prefix.push(segment);
      continue;
    }
    if (own.part > 0) prefix.push(textBefore(segment, own.part));
    break;
  }
  return prefix;
}

/**
 * True where the next request is surely another one: longer, or with a value of its own. The very same request again
 * within one call is a retry. A stored request is sent again if it is a template.
 */
export function isSentWithOthers({ use, segments, next, call, record }: RequestView): boolean {
  const holes = holesOf(segments);
  if (use === "asset" || record) return holes.some(isOwn);
  if (!next) return false;
  if (next.segments.length !== segments.length) return true;
  if (next.call !== call) return holes.some(isOwn);
  const keys = new Set(holes.map(({ hole }) => hole.hole.key));
  const ids = new Set(holes.map(({ hole }) => hole.hole.id));
  return holesOf(next.segments).some((each) => {
    const { id, key } = each.hole.hole;
    return !keys.has(key) || (isOwn(each) && !ids.has(id));
  });
}

/** True for a value that requests of one deployment may not share. */
function isOwn({ hole }: PlacedHole): boolean {
  return !sharedScopes.has(hole.hole.scope);
}
