import {
  defineRule,
  fixFault,
  isProviderChoice,
  isSameSpan,
  wordFault,
  type MarkFault,
  type RequestView,
  type Segment,
} from "../src/rule/index.ts";

export default defineRule({
  id: "no-ignored-checkpoint",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow cache marks that never reach the provider",
      recommended: true,
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      ignored: "{{reason}}{{effect}} {{remedy}}",
    },
  },
  holds: "somewhere",
  check(view, report) {
    for (const fault of view.faults) {
      if (fault.kind !== "ignored") continue;
      // Code that asks which of several providers it goes to writes the mark for the one that reads it.
      if (fault.isForOther && view.decisions.some(isProviderChoice)) continue;
      const { span } = fault;
      report({
        messageId: "ignored",
        at: span,
        subject: span,
        data: wordFault(view, fault),
        ...fixFault(view, fault),
        // The same where another way to this call goes to the provider that reads the mark.
        isDisprovedBy: (other) =>
          (other.dialect !== view.dialect ||
            other.platform !== view.platform ||
            other.model.text !== view.model.text) &&
          other.checkpoints.some(
            (checkpoint) =>
              isSameSpan(checkpoint.span, span) || isOnBlock(other.segments[checkpoint.after], view, fault),
          ),
      });
    }
  },
});

/** A block may carry a mark for each of several providers, of which every one reads its own. */
function isOnBlock(segment: Segment | undefined, view: RequestView, { after }: MarkFault): boolean {
  const block = view.segments[after];
  return segment !== undefined && block !== undefined && isSameSpan(segment.span, block.span);
}
