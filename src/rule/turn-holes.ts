import { isHistory } from "../request/reuse.ts";
import type { Segment } from "../request/request.ts";
import { isKeptByAgent } from "../request/run-of-its-own.ts";
import type { PlacedHole } from "../request/questions.ts";
import { accessPath } from "../value/inspect.ts";
import type { RequestView } from "./request-view.ts";

/**
 * Whether a value of the tools or the system text is read anew for each turn of a conversation that outlives the turn: a
 * clock, a random value, although the steps of one turn, as those of an agent's loop, may all be sent the same one. The
 * messages of the turns before are sent in both requests. What a caller hands in may be the same each time, and is not
 * meant.
 */
export function isNewEachTurn({ segments, next }: RequestView, { segment, hole }: PlacedHole): boolean {
  const { hole: value } = hole;
  if (segments[segment]!.region === "messages" || accessPath(value).root.kind === "parameter") return false;
  if (value.scope !== "request" || value.confidence !== "certain" || !next) return false;
  return next.cuts.length === 0 && beginsWithEarlierTurns(segments) && beginsWithEarlierTurns(next.segments);
}

/**
 * True where the first messages come from outside of the code in view, which sends others behind them. What is handed
 * over as the content of one message is no history, however many blocks it may have.
 */
function beginsWithEarlierTurns(segments: readonly Segment[]): boolean {
  const messages = segments.filter(({ region }) => region === "messages");
  const [first] = messages;
  if (!first || messages.length < 2) return false;
  if (isHistory(first)) return !isKeptByAgent(first);
  const end = messages.findIndex(({ sampled }) => !sampled);
  const made = messages.slice(0, end < 0 ? messages.length : end);
  return new Set(made.map(({ message }) => message)).size > 1;
}
