import {
  confidenceOfLimits,
  defineRule,
  isSameSpan,
  markedCheckpoints,
  type CheckpointView,
} from "../src/rule/index.ts";

export default defineRule({
  id: "max-checkpoints",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow more cache checkpoints in a request than the model takes",
      recommended: true,
    },
    messages: {
      surplus:
        "This is checkpoint {{number}} of a request that can carry {{count}}, and {{model}} takes " +
        "{{maximum}}{{automatic}}: the API rejects the request, or the SDK drops a checkpoint that is needed. Keep the " +
        "{{maximum}} that end the longest stable text.",
      growing:
        "The number of checkpoints grows with the list, {{count}} and more in one request, and {{model}} takes " +
        "{{maximum}}{{automatic}}: the API rejects the request, or the SDK drops a checkpoint that is " +
        "needed. Mark the last one or two elements only.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    const maximum = view.limits.maximumCheckpoints?.value;
    const marks = markedCheckpoints(view.checkpoints);
    if (maximum === undefined || marks.length <= maximum) return;

    const surplus = marks[maximum]!;
    // An element made up for a list of unknown length: a longer list makes more of them.
    const isGrowing = view.segments[surplus.after]?.sampled ?? false;
    report({
      messageId: isGrowing ? "growing" : "surplus",
      at: surplus.span,
      subject: surplus.span,
      related: firstOfEachMark(marks)
        .filter(({ span }) => !isSameSpan(span, surplus.span))
        .map(({ span, origin }) => ({
          span,
          message:
            origin === "automatic" ? "The automatic checkpoint counts, too." : "This checkpoint counts, too.",
        })),
      data: {
        number: maximum + 1,
        count: marks.length,
        maximum,
        model: view.modelName,
        automatic: marks.some(({ origin }) => origin === "automatic") ? ", the automatic one included" : "",
      },
      confidence: confidenceOfLimits(view),
    });
  },
});

function firstOfEachMark(marks: readonly CheckpointView[]): readonly CheckpointView[] {
  return marks.filter(
    (mark, index) => !marks.slice(0, index).some(({ span }) => isSameSpan(span, mark.span)),
  );
}
