import { defineRule, markedCheckpoints, mayHoldMore, wordTokens } from "../src/rule/index.ts";

interface Options {
  /** The least part of a request that should stand in front of its last checkpoint, from 0 to 1. */
  readonly leastShare: number;
}

export default defineRule({
  id: "no-low-benefit-checkpoint",
  meta: {
    type: "suggestion",
    docs: {
      description: "Disallow checkpoints in front of a small part of a long request",
      strict: true,
    },
    messages: {
      smallPart:
        "Only {{prefix}} of {{total}} stand in front of the last checkpoint, so at most {{percent}}% of the request can be " +
        "read from the cache. If what follows is sent again, end it with a checkpoint of its own; if not, send less of it.",
    },
    options: {
      schema: {
        type: "object",
        properties: { leastShare: { type: "number", minimum: 0, maximum: 1 } },
        additionalProperties: false,
      },
      default: { leastShare: 0.2 } as Options,
    },
  },
  // The same mark may well be worth it where less text follows.
  holds: "everywhere",
  check(view, report, { leastShare }) {
    const last = markedCheckpoints(view.checkpoints).at(-1);
    // Counting tokens is free, and the text of a fragment is made up by whoever tries it.
    if (!last || view.use === "count" || view.use === "fragment" || mayHoldMore(view, last.region)) return;
    const prefix = last.tokens;
    const total = view.tokensOf(view.segments);
    if (prefix.high >= leastShare * total.low) return;

    report({
      messageId: "smallPart",
      at: last.span,
      anchor: last.span,
      subject: last.span,
      data: {
        prefix: wordTokens(prefix) ?? "no tokens",
        total: wordTokens(total) ?? "",
        percent: Math.ceil((100 * prefix.high) / total.low),
      },
    });
  },
});
