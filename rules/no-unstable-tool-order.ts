import {
  cachedSegments,
  defineRule,
  findRecordChange,
  findUnstableRuns,
  markedCheckpoints,
  reachesMinimum,
  sortTools,
  tellUnstableOrder,
  type RequestView,
} from "../src/rule/index.ts";

export default defineRule({
  id: "no-unstable-tool-order",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow tools in an order that can differ from request to request",
      recommended: true,
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      unstable:
        "The order of the tools from {{source}} is not fixed: {{cause}}. Tools are read before all other text, so after each " +
        "change of order {{effect}}. Sort the tools by name.",
      moved:
        "The tools stand in another order than in the request at {{other}}, from this one on. Tools are read before all " +
        "other text, so {{effect}}. Sort the tools by name.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    const cached = cachedSegments(view);
    const runs = findUnstableRuns(cached, ({ region }) => region === "tools");
    const change = findRecordChange(view, "toolOrder", cached);
    if ((runs.length === 0 && !change) || !isLongEnough(view)) return;
    for (const run of runs)
      report({ messageId: "unstable", ...tellUnstableOrder(view, run), ...sortTools(view, run.order) });
    if (change) report({ messageId: "moved", ...change });
  },
});

/** Where the provider finds the prefix by itself, the request must be long enough for that. */
function isLongEnough(view: RequestView): boolean {
  const isMarked = markedCheckpoints(view.checkpoints).length > 0;
  return isMarked || reachesMinimum(view, view.staticTokensOf(view.segments));
}
