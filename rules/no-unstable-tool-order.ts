import {
  defineRule,
  findRecordChange,
  findUnstableRuns,
  isImplicitlyCached,
  markedCheckpoints,
  reachesMinimum,
  sortTools,
  tellUnstableOrder,
  type RequestView,
  type Segment,
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
    for (const run of findUnstableRuns(cachedSegments(view), ({ region }) => region === "tools")) {
      report({ messageId: "unstable", ...tellUnstableOrder(view, run), ...sortTools(view, run.order) });
    }
    const change = findRecordChange(view, "toolOrder", cachedSegments(view));
    if (change) report({ messageId: "moved", ...change });
  },
});

/** What the cache is meant to hold: the longest prefix that is marked, or all of a request that is long enough. */
function cachedSegments(view: RequestView): readonly Segment[] {
  const marks = markedCheckpoints(view.checkpoints);
  if (marks.length > 0) return marks.at(-1)!.prefix;
  const isLongEnough = reachesMinimum(view, view.staticTokensOf(view.segments));
  return isImplicitlyCached(view) && isLongEnough ? view.segments : [];
}
