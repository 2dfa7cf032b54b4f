import {
  confidenceOfLimits,
  defineRule,
  formatNumber,
  markedCheckpoints,
  wordTokens,
} from "../src/rule/index.ts";

export default defineRule({
  id: "max-cached-tokens",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow a cached prefix that is longer than what the model caches",
      recommended: true,
    },
    messages: {
      tooLong:
        "This checkpoint ends a prefix of {{tokens}}, and {{model}} caches no more than {{maximum}} of " +
        "them: {{surplus}} are paid in full in every request. Send each request only the part of the text that it " +
        "needs, or use a model without such a limit.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    const maximum = view.limits.maximumCachedTokens?.value;
    if (maximum === undefined) return;
    // The checkpoints behind it hold the same text and more.
    const first = markedCheckpoints(view.checkpoints).find(({ tokens }) => tokens.low > maximum);
    if (!first) return;

    const { span, tokens } = first;
    const surplus = { low: tokens.low - maximum, best: tokens.best - maximum, high: tokens.high - maximum };
    report({
      messageId: "tooLong",
      at: span,
      subject: span,
      data: {
        tokens: wordTokens(tokens) ?? "",
        model: view.modelName,
        maximum: formatNumber(maximum),
        surplus: wordTokens(surplus) ?? "",
      },
      confidence: confidenceOfLimits(view),
      tokens: surplus,
      paid: "input",
    });
  },
});
