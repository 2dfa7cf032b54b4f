import {
  defineRule,
  findExpectedBenefits,
  markedCheckpoints,
  mayHoldMore,
  wordOrdinal,
  wordRate,
  wordSeconds,
  wordSource,
  wordTokens,
  type ExpectedBenefit,
  type RequestView,
} from "../src/rule/index.ts";

interface Options {
  /** The least part of a request that should stand in front of its last checkpoint, from 0 to 1. */
  readonly leastShare: number;
}

export default defineRule({
  id: "no-low-benefit-checkpoint",
  meta: {
    type: "suggestion",
    docs: {
      description:
        "Disallow checkpoints that save little: in front of a small part of a long request, or read too seldom",
      strict: true,
    },
    messages: {
      smallPart:
        "This request has {{total}}, and only {{prefix}} of them stand in front of the last checkpoint, so at most " +
        "{{percent}}% of it can be read from the cache. If what follows is sent again, end it with a checkpoint of its own; if not, send less of it.",
      expires:
        "One request of a prefix comes every {{pause}}, as `reuse` says, and this entry lives for {{ttl}}: it is written " +
        "each time{{write}} and gone before it is read{{read}}. {{remedy}}",
      tooFew:
        "A prefix is sent {{times}}, as `reuse` says, and a write for {{ttl}}{{write}} pays from the {{first}} request " +
        "on: the checkpoint costs more than it saves. {{remedy}}",
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
    const idle = findExpectedBenefits(view).filter(({ verdict }) => verdict !== "pays");
    if (idle[0]) {
      report(describeIdle(view, idle[0], idle.slice(1)));
      return;
    }
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

function describeIdle(
  view: RequestView,
  { checkpoint, lifetime, verdict, breakEven, better }: ExpectedBenefit,
  others: readonly ExpectedBenefit[],
) {
  const { secondsBetweenRequests = 0, requestsPerPrefix = 0 } = view.expectedReuse!;
  const rates = view.ratesOf(checkpoint);
  const remove = "Remove the checkpoint.";
  return {
    messageId: verdict === "expires" ? "expires" : "tooFew",
    at: checkpoint.span,
    anchor: checkpoint.span,
    subject: checkpoint.span,
    related: others.map((other) => ({
      span: other.checkpoint.span,
      message: "The same holds for this checkpoint.",
    })),
    data: {
      pause: wordSeconds(secondsBetweenRequests),
      times: requestsPerPrefix === 1 ? "once" : `${requestsPerPrefix} times`,
      ttl: lifetime.text,
      write: wordRate(rates, "write"),
      read: wordRate(rates, "read"),
      first: wordOrdinal(breakEven),
      remedy: better === undefined ? remove : `A TTL of ${wordSource(better)} pays.`,
    },
  } as const;
}
