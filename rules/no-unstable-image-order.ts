import {
  defineRule,
  findUnstableRuns,
  markedCheckpoints,
  sortElements,
  tellUnstableOrder,
} from "../src/rule/index.ts";

export default defineRule({
  id: "no-unstable-image-order",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow images and documents in an unstable order in front of a cache checkpoint",
      recommended: true,
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      unstable:
        "The order of the images or documents from {{source}} is not fixed: {{cause}}. After each change of order {{effect}}. " +
        "Sort them by name before they are sent.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    const prefix = markedCheckpoints(view.checkpoints).at(-1)?.prefix ?? [];
    for (const run of findUnstableRuns(prefix, ({ kind }) => kind === "image" || kind === "document")) {
      report({ messageId: "unstable", ...tellUnstableOrder(view, run), ...sortElements(view, run.order) });
    }
  },
});
