import {
  compareRequests,
  defineRule,
  markedCheckpoints,
  reuseAt,
  wordCheckpoints,
  wordLost,
  wordRate,
  wordSource,
  type CheckpointView,
  type Request,
  type RequestView,
} from "../src/rule/index.ts";

export default defineRule({
  id: "no-uncached-fan-out",
  meta: {
    type: "suggestion",
    docs: {
      description: "Disallow starting requests that share a prefix before the first of them is answered",
      strict: true,
    },
    messages: {
      together:
        "{{source}} starts requests that share {{tokens}} before the first of them has begun to answer, so each of them " +
        "writes what they share{{write}} and none reads it{{read}}. Wait until the first answer begins, then start the " +
        "others.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    const { fanOut } = view;
    if (!fanOut || view.use !== "send") return;
    const shared = markedCheckpoints(view.checkpoints).findLast(
      (checkpoint) =>
        checkpoint.origin !== "handle" && fanOut.together.some((other) => repeats(view, other, checkpoint)),
    );
    if (!shared || fanOut.earlier.some((other) => repeats(view, other, shared))) return;
    const minimum = view.limits.minimumTokens?.value ?? 0;
    if (shared.tokens.high < minimum) return;

    const places = wordCheckpoints(view, [shared], fanOut.span);
    const amount = wordLost(shared.tokens);
    const rates = view.ratesOf(shared);
    report({
      messageId: "together",
      at: fanOut.span,
      subject: fanOut.span,
      related: [
        { span: view.site, message: "The requests are sent here." },
        { span: shared.span, message: "Each of them writes an entry at this checkpoint." },
      ],
      data: {
        source: wordSource(view.sourceText(fanOut.span) || "This call"),
        tokens: amount ? `${amount} in front of ${places}` : `what stands in front of ${places}`,
        write: wordRate(rates, "write"),
        read: wordRate(rates, "read"),
      },
      confidence: shared.tokens.low >= minimum ? "certain" : "likely",
      tokens: shared.tokens,
    });
  },
});

/** True where the other request begins with what stands in front of the checkpoint. */
function repeats(view: RequestView, other: Request, checkpoint: CheckpointView): boolean {
  return reuseAt(compareRequests(view, other), checkpoint).reusable === true;
}
