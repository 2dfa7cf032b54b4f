import {
  confidenceOfLimits,
  defineRule,
  isSameSpan,
  markedCheckpoints,
  type CheckpointView,
  type PlannedFix,
  type RequestView,
} from "../src/rule/index.ts";

export default defineRule({
  id: "max-checkpoints",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow more cache checkpoints in a request than the model takes",
      recommended: true,
    },
    fixable: "code",
    messages: {
      surplus:
        "This is checkpoint {{number}} of a request that can carry {{count}}, and {{model}} takes " +
        "{{maximum}}{{automatic}}: the API rejects the request, or the SDK drops a checkpoint that is needed. Keep the " +
        "{{maximum}} that end the longest stable text.",
      repeated:
        "This puts {{own}} checkpoints into one request, which then carries {{count}}, and {{model}} takes " +
        "{{maximum}}{{automatic}}: the API rejects the request, or the SDK drops a checkpoint that is needed. Mark " +
        "what ends a long stable text, and of a conversation the last one or two messages only.",
      each:
        "This puts a checkpoint on each of what it goes through, however many there are, and {{model}} takes " +
        "{{maximum}} in a request{{automatic}}: from {{least}} on, the API rejects the request, or the SDK drops a " +
        "checkpoint that is needed. Mark what ends a long stable text, and of a conversation the last one or two " +
        "messages only.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    const maximum = view.limits.maximumCheckpoints?.value;
    const marks = markedCheckpoints(view.checkpoints);
    if (maximum === undefined || marks.length <= maximum) return;

    const surplus = marks[maximum]!;
    const ofOne = marks.filter(({ span }) => isSameSpan(span, surplus.span));
    const own = ofOne.length;
    // How many elements a list out of view has was made up.
    const isMadeUp = ofOne.every(({ after }) => view.segments[after]?.sampled) && !isBounded(view, ofOne);
    report({
      messageId: own <= usualMarksOfConversation ? "surplus" : isMadeUp ? "each" : "repeated",
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
        own,
        least: maximum + 1 - (marks.length - own),
        number: maximum + 1,
        count: marks.length,
        maximum,
        model: view.modelName,
        automatic: marks.some(({ origin }) => origin === "automatic") ? ", the automatic one included" : "",
      },
      confidence: confidenceOfLimits(view),
      fix: own === 1 ? removeSurplus(marks, maximum) : undefined,
    });
  },
});

/** Whether longer conversations get as many marks of one expression, although it is passed by more often. */
function isBounded({ segments, later }: RequestView, marks: readonly CheckpointView[]): boolean {
  const [{ span, after }] = marks as [CheckpointView];
  const messages = new Set(marks.map((mark) => segments[mark.after]!.message));
  // How many blocks a message out of view has was made up as well.
  if (messages.size < marks.length || later.length === 0) return false;
  const place = segments[after]!.span;
  return later.every((request) => {
    const marked = request.checkpoints.filter((mark) => isSameSpan(mark.span, span)).length;
    const passed = request.segments.filter((segment) => isSameSpan(segment.span, place)).length;
    return marked <= marks.length && passed > marked;
  });
}

/** Takes the marks above the limit out, where each stands for itself and is written by hand. */
function removeSurplus(marks: readonly CheckpointView[], maximum: number): PlannedFix | undefined {
  const surplus = marks.slice(maximum);
  const kept = marks.slice(0, maximum);
  const isClean = surplus.every(
    (mark) =>
      (mark.origin === "explicit" || mark.origin === "automatic") &&
      !kept.some(({ span }) => isSameSpan(span, mark.span)),
  );
  if (!isClean) return undefined;
  const description = surplus.length === 1 ? "Remove the checkpoint." : "Remove the surplus checkpoints.";
  return { description, changes: surplus.map(({ span }) => ({ kind: "remove", at: span })) };
}

/** One expression that marks the last two messages is right by itself; what is too much stands elsewhere. */
const usualMarksOfConversation = 2;

function firstOfEachMark(marks: readonly CheckpointView[]): readonly CheckpointView[] {
  return marks.filter(
    (mark, index) => !marks.slice(0, index).some(({ span }) => isSameSpan(span, mark.span)),
  );
}
