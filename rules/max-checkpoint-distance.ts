import {
  confidenceOfLimits,
  defineRule,
  findMissedEntry,
  findsEntryOf,
  formatNumber,
  wordLost,
  wordRate,
} from "../src/rule/index.ts";

export default defineRule({
  id: "max-checkpoint-distance",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow more new blocks behind a cached prefix than a lookup walks back over",
      recommended: true,
    },
    messages: {
      tooFar:
        "This checkpoint stands at least {{count}} blocks behind what the request before has cached, and a lookup goes " +
        "back {{lookback}} blocks only: it misses that entry, and {{tokens}} are written again{{write}} instead of " +
        "read{{read}}. Put one more checkpoint halfway through what is added.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    const missed = findMissedEntry(view);
    if (!missed) return;
    const { checkpoint, count, lookback, lost } = missed;
    const { span } = checkpoint;
    const rates = view.ratesOf(checkpoint);
    report({
      messageId: "tooFar",
      at: span,
      subject: span,
      // The same mark, put on in smaller steps, finds what was written before.
      isDisprovedBy: (other) => findsEntryOf(other, span),
      data: {
        count,
        lookback: formatNumber(lookback),
        tokens: wordLost(lost) ?? "all tokens",
        write: wordRate(rates, "write"),
        read: wordRate(rates, "read"),
      },
      confidence: confidenceOfLimits(view),
      tokens: lost,
      paid: checkpoint,
    });
  },
});
