import {
  capitalize,
  defineRule,
  isFresh,
  isImplicitlyCached,
  sameValue,
  tellHole,
  wordChange,
  wordHole,
  wordLost,
  wordSource,
  type HolePart,
  type Request,
  type RequestView,
} from "../src/rule/index.ts";

export default defineRule({
  id: "require-cache-key",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require a cache key that requests of one prefix share where the provider routes by it",
      strict: true,
    },
    messages: {
      fresh:
        "{{value}} {{changes}}, and the provider routes each request by its cache key: {{tokens}} of one request are " +
        "kept where the next one does not look. Use a key that requests of one prefix share, such as the id of the " +
        "conversation or of the user.",
      missing:
        "The provider caches only with {{field}}, so {{tokens}} are paid in full each time. Set it to something that " +
        "requests of one prefix share, such as the id of the conversation or of the user.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    const tokens = view.tokensOf(view.segments);
    const minimum = view.limits.minimumTokens?.value ?? 0;
    if (view.use !== "send" || tokens.high < minimum) return;

    const amount = wordLost(view.staticTokensOf(view.segments)) ?? "the tokens";
    const fresh = freshPart(view);
    if (fresh) {
      report({
        messageId: "fresh",
        at: fresh.span,
        subject: fresh.span,
        isDisprovedBy: isShared,
        related: tellHole(view, fresh),
        data: {
          value: capitalize(wordHole(view, fresh)),
          changes: wordChange(fresh.hole),
          tokens: amount,
        },
        confidence: fresh.hole.confidence,
        tokens,
        paid: "input",
      });
    }
    const { neededKey, cacheKey, unresolved } = view;
    const isInView = !unresolved.some(({ part }) => part === "body");
    if (neededKey !== undefined && !cacheKey && isInView) {
      report({
        messageId: "missing",
        at: view.site,
        data: { field: wordSource(neededKey), tokens: amount },
        confidence: "likely",
        tokens,
        paid: "input",
      });
    }
  },
});

/** The part of the key that is new in each request, where keys count. */
function freshPart(view: RequestView): HolePart | undefined {
  const { cacheKey } = view;
  if (!cacheKey || !isImplicitlyCached(view)) return undefined;
  const { value, span, frame } = cacheKey;
  if (value.type === "opaque")
    return isFresh(value.scope) ? { kind: "hole", hole: value, span, frame } : undefined;
  if (value.type !== "text") return undefined;
  return value.parts.find((part): part is HolePart => part.kind === "hole" && isFresh(part.hole.scope));
}

/** True where the next request has the same key: one that is made once for each conversation. */
function isShared({ cacheKey, next }: RequestView): boolean {
  const other: Request["cacheKey"] = next?.cacheKey;
  return cacheKey !== undefined && other !== undefined && sameValue(cacheKey.value, other.value) === true;
}
