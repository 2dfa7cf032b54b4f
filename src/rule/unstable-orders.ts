import { holesOf, markedCheckpoints } from "../request/questions.ts";
import type { UnstableRun } from "../request/orders.ts";
import { isFresh, type Confidence, type Order } from "../value/scope.ts";
import type { RelatedPlace, TokenEstimate } from "./finding.ts";
import type { CheckpointView, RequestView } from "./request-view.ts";
import { tellOrder, wordCheckpoints, wordLost, wordRate, wordSource } from "./wording.ts";

const causes: Record<Order, string> = {
  fixed: "",
  insertion: "",
  filesystem: "the file system decides it, and another machine lists them in another order",
  server: "the server decides it, and the next listing may be in another order",
  process: "the hash seed decides it, and every process has another one",
  race: "whichever is done first comes first, which differs from run to run",
  random: "it is random, and the next request has another one",
};

/** An unstable order as both order rules report it. */
export interface OrderStory {
  readonly at: UnstableRun["order"]["span"];
  readonly related: readonly RelatedPlace[];
  readonly data: Readonly<Record<"source" | "cause" | "effect", string>>;
  readonly confidence: Confidence;
  readonly tokens: TokenEstimate;
}

/**
 * Tells what an unstable order does to the checkpoints behind it. Without any, the whole request is what the provider
 * cannot find again.
 */
export function tellUnstableOrder(view: RequestView, { order, first }: UnstableRun): OrderStory {
  const broken = markedCheckpoints(view.checkpoints).filter(({ after }) => after >= first);
  const last = broken.at(-1);
  const segments = last?.prefix ?? view.segments;
  const counted = view.staticTokensOf(segments);
  const isOpen = holesOf(segments).some(({ hole }) => !isFresh(hole.hole.scope));
  const tokens = isOpen ? { ...counted, high: Infinity } : counted;
  return {
    at: order.span,
    related: [
      ...tellOrder(view, order),
      ...broken.map(({ span }) => ({
        span,
        message: "What this checkpoint writes is read only while the order stays the same.",
      })),
    ],
    data: {
      source: wordSource(view.sourceText(order.span) || "this list"),
      cause: causes[order.order],
      effect: wordWrittenAgain(view, broken, order.span, wordLost(tokens)),
    },
    // Directories and servers may well list the same things in the same order each time.
    confidence: order.order === "filesystem" || order.order === "server" ? "likely" : "certain",
    tokens,
  };
}

/** What a change of order costs: what is written again at the checkpoints behind it. */
export function wordWrittenAgain(
  view: RequestView,
  broken: readonly CheckpointView[],
  from: OrderStory["at"],
  tokens: string | undefined,
): string {
  const last = broken.at(-1);
  if (!last) return `the provider finds no common prefix behind the first that moved`;
  const rates = view.ratesOf(last);
  const places = wordCheckpoints(view, broken, from);
  const what = tokens ? `${tokens} in front of ${places} are` : `what stands in front of ${places} is`;
  return `${what} written again${wordRate(rates, "write")} instead of read${wordRate(rates, "read")}`;
}
