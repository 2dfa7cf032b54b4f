import {
  confidenceOfHole,
  cacheableText,
  capitalize,
  defineRule,
  findUnmarkedFreshHoles,
  isImplicitlyCached,
  isKeptBy,
  isStored,
  moveBehindStaticText,
  moveToEndOfText,
  reachesMinimum,
  staticTokensAfter,
  tellHole,
  tellRecord,
  wordChangeAt,
  wordGain,
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
    hasSuggestions: true,
    messages: {
      uncachable:
        "{{value}} {{changes}} and stands in front of {{tokens}} of static text, so {{nothing}} that text " +
        "and it is paid in full each time. Move it behind the static text{{mark}}{{gain}}.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    // Code that sends to a model which caches by itself is the matter of no-dynamic-prefix.
    const isImplicit = isImplicitlyCached(view);
    if ((isImplicit && !isStored(view)) || view.limits.caching?.value === "none") return;

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
      once: part.sample === undefined ? undefined : view.record?.group,
      related: [...tellHole(view, part), ...tellRecord(view)],
      data: {
        value: capitalize(wordHole(view, part)),
        changes: wordChangeAt(view, hole),
        tokens: wordTokens(behind) ?? "",
        nothing: isImplicit ? "the cache never serves" : "no checkpoint can cover",
        mark: isImplicit ? "" : ", and end that with a checkpoint",
        gain: wordGain(view, cacheableText(view, hole)),
      },
      confidence: confidenceOfHole(part),
      suggestions: [...moveToEndOfText(view, hole), ...moveBehindStaticText(view, hole)],
      tokens: behind,
      paid: "input",
    });
  },
});
