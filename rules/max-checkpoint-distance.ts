import {
  confidenceOfLimits,
  defineRule,
  findMissedEntry,
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
        "Each request adds at least {{count}} blocks between the end of what the one before it has cached and this checkpoint, and " +
        "a lookup goes back {{lookback}} blocks: it misses the entry, and {{tokens}} written before are written " +
        "again{{write}} instead of read{{read}}. Put one more checkpoint halfway through what is added.",
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
      isDisprovedBy: (other) => other.next !== undefined && findMissedEntry(other) === undefined,
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
