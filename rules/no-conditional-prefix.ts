import {
  capitalize,
  confidenceOfCondition,
  defineRule,
  findConditionEffects,
  formatNumber,
  tellCondition,
  wordCheckpoints,
  wordLost,
  wordRate,
  wordSource,
} from "../src/rule/index.ts";

export default defineRule({
  id: "no-conditional-prefix",
  meta: {
    type: "suggestion",
    docs: {
      description: "Disallow conditions that decide what stands in front of a cache checkpoint",
      strict: true,
    },
    messages: {
      splits:
        "{{condition}} decides what stands in front of {{checkpoints}}, so {{tokens}} are written{{write}} once for " +
        "each answer{{together}}. Send the same text every time, or move what depends on it behind the checkpoint.",
      implicit:
        "{{condition}} decides what stands near the beginning of the request, so {{tokens}} behind it are cached once " +
        "for each answer{{together}}. Send the same text every time, or move what depends on it to the end.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    const effects = findConditionEffects(view, ["tools", "system", "messages"]);
    for (const effect of effects) {
      const { decision, broken, lost } = effect;
      const { span } = decision;
      const rates = broken.length > 0 ? view.ratesOf(broken.at(-1)!) : undefined;
      report({
        messageId: broken.length > 0 ? "splits" : "implicit",
        at: span,
        subject: span,
        related: tellCondition(effect),
        data: {
          condition: capitalize(wordSource(view.sourceText(span) || "a condition")),
          checkpoints: wordCheckpoints(view, broken, span),
          tokens: wordLost(lost) ?? "the tokens",
          write: wordRate(rates, "write"),
          together: wordTogether(effects.length),
        },
        confidence: confidenceOfCondition(view, decision),
        tokens: lost,
      });
    }
  },
});

function wordTogether(conditions: number): string {
  if (conditions < 2) return "";
  return `, and the ${conditions} conditions of this request make ${formatNumber(2 ** conditions)} prefixes`;
}
