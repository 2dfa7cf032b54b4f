import { holesOf, markedCheckpoints } from "../request/questions.ts";
import type { MarkFault } from "../request/request.ts";
import type { TokenEstimate } from "./finding.ts";
import type { RequestView } from "./request-view.ts";
import { wordLost } from "./wording.ts";

/**
 * What the API answers, as a sentence to stand behind another: ` The API answers with HTTP 400: "...".` Empty where
 * that is not known.
 */
export function wordApiError(view: RequestView, name: string | undefined): string {
  const answer = name === undefined ? undefined : view.apiError(name);
  if (!answer) return "";
  const who =
    answer.status === "client"
      ? "The SDK rejects the request before it is sent"
      : `The API answers with HTTP ${answer.status}`;
  return answer.text === undefined ? ` ${who}.` : ` ${who}: "${answer.text}".`;
}

/** The parts of the message about a fault, each a sentence; those but the reason and the remedy may be empty. */
export function wordFault(
  view: RequestView,
  fault: MarkFault,
): Readonly<Record<"reason" | "effect" | "remedy", string>> {
  const { reason, remedy, error } = fault;
  return { reason, effect: wordApiError(view, error) || wordUncached(view, fault), remedy };
}

/**
 * What is not cached because a mark behind segment `after` has no effect, as a sentence to stand behind another; empty
 * where a checkpoint behind it covers the text, or too little of it is known.
 */
export function wordUncached(view: RequestView, { after }: Pick<MarkFault, "after">): string {
  const tokens = wordLost(uncachedTokens(view, after));
  return tokens === undefined ? "" : ` That leaves ${tokens} in front of it uncached.`;
}

/** Tokens between the last checkpoint in front of segment `after` and that segment. */
function uncachedTokens(view: RequestView, after: number): TokenEstimate {
  const last = Math.max(-1, ...markedCheckpoints(view.checkpoints).map((mark) => mark.after));
  const segments = view.segments.slice(last + 1, after + 1);
  const tokens = view.staticTokensOf(segments);
  return holesOf(segments).length > 0 ? { ...tokens, high: Infinity } : tokens;
}

/**
 * True where a condition on models or caching was decided on the way to the request: the code may well place marks
 * only where the model takes them, and the two choices be one.
 */
export function mayKnowItsModel(view: RequestView): boolean {
  return view.decisions.some(({ span }) =>
    /cach|model|provider|support|claude|nova/i.test(view.sourceText(span)),
  );
}
