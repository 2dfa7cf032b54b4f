import {
  confidenceOfStep,
  contains,
  defineRule,
  findRecordChange,
  findRewrites,
  isImplicitlyCached,
  isSameSpan,
  markedCheckpoints,
  wordCheckpoints,
  wordRate,
  wordSource,
  type CheckpointView,
  type RequestView,
  type Rewrite,
} from "../src/rule/index.ts";

export default defineRule({
  id: "no-rewritten-history",
  meta: {
    type: "problem",
    docs: { description: "Disallow changes to messages that were already sent", recommended: true },
    messages: {
      trimmed:
        "{{source}} drops the oldest messages on every turn{{from}}, so the conversation begins with another message each time: " +
        "{{effect}}. Keep all messages, or drop many of them at once and seldom.",
      slid:
        "This message is no longer the first one in the request at {{other}}, which goes on with the same conversation: " +
        "{{effect}}. Keep all messages, or drop many of them at once and seldom.",
      edited:
        "{{source}} is in this message in one request and no longer, or not yet, in the next one: {{effect}}. Send a " +
        "message again as it was sent, and put what is meant for one request into the newest message for good.",
      thinned:
        "{{source}} leaves out blocks of a message that was sent with them: {{effect}}. Send messages again as they were " +
        "sent, or leave blocks out of many messages at once and seldom.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    const slide = findRecordChange(view, "slide", view.segments);
    const slid = slide && brokenBy(view, { ...view.record!.change!, kind: "trimmed" });
    if (slid) {
      const effect = wordEffect(view, slid, slide.at);
      report({ messageId: "slid", ...slide, data: { ...slide.data, effect } });
    }
    for (const rewrite of findRewrites(view, view.later)) {
      const { kind, span, segment } = rewrite;
      const broken = brokenBy(view, rewrite);
      if (!broken || !isInevitable(view, rewrite)) continue;
      report({
        messageId: kind,
        at: span,
        subject: span,
        related: distinct(broken).map((checkpoint) => ({
          span: checkpoint.span,
          message: "No request can read what this checkpoint writes.",
        })),
        data: {
          source: wordSource(view.sourceText(span) || "This"),
          from: rewrite.until ? " once the limit is reached" : "",
          effect: wordEffect(view, broken, span),
        },
        confidence: broken.length > 0 && !rewrite.until ? confidenceOfStep(view) : "likely",
        tokens: { low: 0, best: view.staticTokensOf(view.segments.slice(segment)).best, high: Infinity },
      });
    }
  },
});

/** The checkpoints that suffer; none where the provider finds the prefix by itself; undefined: nothing is cached. */
function brokenBy(
  view: RequestView,
  { kind, segment, until }: Rewrite,
): readonly CheckpointView[] | undefined {
  const marks = markedCheckpoints(view.checkpoints);
  if (marks.length === 0) {
    // What a provider finds by itself reaches up to the newest message, whatever becomes of that.
    const isNewest = view.segments[segment]!.message === view.segments.at(-1)!.message;
    return isImplicitlyCached(view) && (kind === "trimmed" || !isNewest) ? [] : undefined;
  }
  const broken = marks.filter(({ region, after, reuse }) => {
    // A budget that still holds here will not hold for long.
    return region === "messages" && after >= segment && (until !== undefined || reuse.reusable !== true);
  });
  return broken.length > 0 ? broken : undefined;
}

/** One checkpoint for each mark in the code. */
function distinct(checkpoints: readonly CheckpointView[]): readonly CheckpointView[] {
  return checkpoints.filter(
    ({ span }, index) => !checkpoints.slice(0, index).some((other) => isSameSpan(other.span, span)),
  );
}

/**
 * False where some condition that nothing decides keeps it from happening: it may well come seldom. One that keeps out
 * what is edited, as where an answer uses no tool, leaves nothing to be edited.
 */
function isInevitable(view: RequestView, { kind, span, segment, until }: Rewrite): boolean {
  const edited = view.segments[segment]!.span;
  const holds = ({ segments }: Pick<RequestView, "segments">) =>
    segments.some((other) => isSameSpan(other.span, edited));
  return view.variations.every(
    ({ decision, other, later }) =>
      (until && contains(until, decision.span)) ||
      later.length < view.later.length ||
      (kind !== "trimmed" && ![other, ...later].some(holds)) ||
      findRewrites(other, later).some((rewrite) => rewrite.kind === kind && isSameSpan(rewrite.span, span)),
  );
}

function wordEffect(view: RequestView, broken: readonly CheckpointView[], from: Rewrite["span"]): string {
  const last = broken.at(-1);
  if (!last) return "the provider finds nothing of the conversation in its cache";
  const rates = view.ratesOf(last);
  const places = wordCheckpoints(view, broken, from);
  return (
    `what is kept of it at ${places} is written each time${wordRate(rates, "write")} and never ` +
    `read${wordRate(rates, "read")}`
  );
}
