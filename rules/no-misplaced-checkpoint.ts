import {
  defineRule,
  fixFault,
  isSameSpan,
  wordFault,
  type MarkFault,
  type RequestView,
} from "../src/rule/index.ts";

export default defineRule({
  id: "no-misplaced-checkpoint",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow cache marks where the API rejects or ignores them",
      recommended: true,
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      misplaced: "{{reason}}{{effect}} {{remedy}}",
    },
  },
  // The same mark may stand behind an empty text for one input and behind a full one for all others.
  holds: "everywhere",
  check(view, report) {
    for (const fault of view.faults) {
      if (fault.kind !== "misplaced") continue;
      const { span } = fault;
      report({
        messageId: "misplaced",
        at: span,
        anchor: span,
        subject: span,
        data: wordFault(view, fault),
        ...fixFault(view, fault),
        confidence: fault.ofContent && isMadeUp(view, fault) ? "possible" : "certain",
      });
    }
  },
});

/**
 * True where the content around a mark comes from whoever tries the code, or is missing since what fills it was not
 * tried, or one expression puts marks in a row.
 */
function isMadeUp({ use, segments, checkpoints }: RequestView, { after, span, isAlone }: MarkFault): boolean {
  const marked = segments[after];
  return (
    isAlone ||
    // Nobody who tries the code makes up thinking: the code does.
    (marked?.kind !== "thinking" && (use === "fragment" || marked?.sampled === true)) ||
    checkpoints.some((mark) => isSameSpan(mark.span, span))
  );
}
