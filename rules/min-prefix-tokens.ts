import {
  confidenceOfLimits,
  defineRule,
  formatNumber,
  isSameSpan,
  markedCheckpoints,
  mayHoldMore,
  removeMark,
  repeatsUpTo,
  weakest,
  wordBounded,
  type CheckpointView,
} from "../src/rule/index.ts";

export default defineRule({
  id: "min-prefix-tokens",
  meta: {
    type: "problem",
    docs: {
      description: "Require at least the model's minimum of tokens in front of a cache checkpoint",
      recommended: true,
    },
    hasSuggestions: true,
    messages: {
      tooShort:
        "This checkpoint ends a prefix of {{tokens}}, and {{model}} caches none below {{minimum}}: it is accepted and has " +
        "no effect. Put it behind more text that stays the same, or remove it.",
      resourceTooSmall:
        "This cache resource holds {{tokens}}, and {{model}} wants at least {{minimum}}: it cannot be created. Put more " +
        "text that stays the same into it, or send the text without it.",
      perhapsTooShort:
        "This checkpoint ends a prefix of {{tokens}}. {{model}} is documented to cache from {{minimum}} on, " +
        "but has been seen to need {{conservative}}. Put the checkpoint behind more text that stays the same.",
    },
  },
  // A loop may put the mark behind much or little text; only a mark that never has enough in front of it is wrong.
  holds: "everywhere",
  check(view, report) {
    const minimum = view.limits.minimumTokens?.value;
    // The text of a fragment is made up by whoever tries it.
    if (minimum === undefined || view.use === "fragment") return;
    const conservative = Math.max(minimum, view.limits.conservativeMinimumTokens?.value ?? minimum);

    for (const checkpoint of longestOfEachMark(markedCheckpoints(view.checkpoints))) {
      const { span, origin, region, tokens, prefix } = checkpoint;
      if (tokens.high >= conservative || mayHoldMore(view, region) || !hasKnownLength(prefix)) continue;
      const isCertain = tokens.high < minimum;
      const tooShort = origin === "handle" ? "resourceTooSmall" : "tooShort";
      report({
        messageId: isCertain ? tooShort : "perhapsTooShort",
        at: span,
        anchor: span,
        // Another text that only another model is sent behind the same mark says nothing about this one.
        among: ({ model, segments }) =>
          model.text === view.model.text || repeatsUpTo(view.segments, segments, checkpoint.after),
        subject: span,
        data: {
          tokens: wordBounded(tokens),
          model: view.modelName,
          minimum: formatNumber(minimum),
          conservative: formatNumber(conservative),
        },
        confidence: weakest(isCertain ? "certain" : "possible", confidenceOfLimits(view)),
        suggestions: isCertain && origin === "explicit" ? [removeMark(span, "Remove the checkpoint.")] : [],
        tokens,
      });
    }
  },
});

/** One mark in the code can make several checkpoints: the one with the longest prefix speaks for it. */
function longestOfEachMark(checkpoints: readonly CheckpointView[]): readonly CheckpointView[] {
  return checkpoints.filter(
    (checkpoint, index) =>
      !checkpoints.slice(index + 1).some(({ span }) => isSameSpan(span, checkpoint.span)),
  );
}

/** Elements made up for a list of unknown length say what each holds, and not how many there are. */
function hasKnownLength(prefix: CheckpointView["prefix"]): boolean {
  return prefix.every(({ stretch, sampled }) => !stretch && !sampled);
}
