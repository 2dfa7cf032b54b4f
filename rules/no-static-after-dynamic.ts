import {
  capitalize,
  defineRule,
  findUnmarkedFreshHoles,
  isImplicitlyCached,
  isKeptBy,
  reachesMinimum,
  staticTokensAfter,
  tellHole,
  wordChange,
  wordHole,
  wordTokens,
} from "../src/rule/index.ts";

export default defineRule({
  id: "no-static-after-dynamic",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow long static text behind text that changes from request to request",
      recommended: true,
    },
    messages: {
      uncachable:
        "{{value}} {{changes}} and stands in front of {{tokens}} of static text, so no checkpoint can cover that text " +
        "and it is paid in full each time. Move it behind the static text{{mark}}.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    // Code that sends to a model which caches by itself is the matter of no-dynamic-prefix.
    const isImplicit = isImplicitlyCached(view);
    if ((isImplicit && view.use !== "asset") || view.limits.caching?.value === "none") return;

    const hole = findUnmarkedFreshHoles(view).find(
      ({ segment }) => view.segments[segment]!.region !== "tools",
    );
    if (!hole) return;
    const behind = staticTokensAfter(view, hole);
    if (!reachesMinimum(view, behind)) return;

    const { hole: part } = hole;
    report({
      messageId: "uncachable",
      at: part.span,
      subject: part.span,
      isDisprovedBy: isKeptBy(view, hole),
      related: tellHole(view, part),
      data: {
        value: capitalize(wordHole(view, part)),
        changes: wordChange(part.hole),
        tokens: wordTokens(behind) ?? "",
        mark: isImplicit ? "" : ", and end that with a checkpoint",
      },
      confidence: part.hole.confidence,
      tokens: behind,
      paid: "input",
    });
  },
});
