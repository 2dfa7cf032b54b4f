import {
  capitalize,
  defineRule,
  holesOf,
  isAboutOtherAnswers,
  isFresh,
  isKeptBy,
  tellHole,
  wordChange,
  wordHole,
  wordLost,
  type RequestView,
} from "../src/rule/index.ts";

export default defineRule({
  id: "no-cache-per-request",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow a cache resource that is created for a single request",
      recommended: true,
    },
    messages: {
      single:
        "Every call creates a cache resource here and sends one request that uses it, so {{tokens}} are written and " +
        "stored each time and read once. Create the resource once, keep its name, and use it in all requests.",
      contents:
        "{{value}} {{changes}} and becomes part of a cache resource, so no other request can use {{tokens}} in it. " +
        "Send it with the request, and keep in the resource what all requests share.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    if (view.use !== "cache") return;
    const tokens = view.tokensOf(view.segments);
    const amount = wordLost(tokens) ?? "the tokens";
    const fresh = holesOf(view.segments).find(
      ({ segment, hole }) => isFresh(hole.hole.scope) && view.segments[segment]!.kind === "text",
    );
    if (fresh) {
      const { hole } = fresh;
      report({
        messageId: "contents",
        at: hole.span,
        subject: hole.span,
        isDisprovedBy: isKeptBy(view, fresh),
        related: tellHole(view, hole),
        data: { value: capitalize(wordHole(view, hole)), changes: wordChange(hole.hole), tokens: amount },
        confidence: hole.hole.confidence,
        tokens,
      });
    } else if (isMadeEachTime(view) && view.readers === 1) {
      report({ messageId: "single", at: view.site, subject: view.site, data: { tokens: amount }, tokens });
    }
  },
});

/**
 * True where the resource is made again, and no open condition could keep that from happening: one that asks whether the
 * resource has expired is open when it is made for the second time.
 */
function isMadeEachTime({ site, next, decisions }: RequestView): boolean {
  if (!next || !decisions.every(({ scope }) => scope === "static")) return false;
  return next.decisions.every(
    (decision) => decision.scope === "static" || isAboutOtherAnswers(decision, site),
  );
}
