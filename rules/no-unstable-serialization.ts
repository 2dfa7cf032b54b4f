import {
  cachedSegments,
  defineRule,
  findRecordChange,
  findUnstableTexts,
  markedCheckpoints,
  reachesMinimum,
  segmentsAfter,
  sortElements,
  sortKeys,
  tellOrder,
  tellUnstableOrder,
  wordSource,
  type RequestView,
  type UnstableText,
} from "../src/rule/index.ts";

export default defineRule({
  id: "no-unstable-serialization",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow text in front of a cache checkpoint that prints the same things differently",
      recommended: true,
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      order:
        "This text is made from {{source}}, whose order is not fixed: {{cause}}. After each change of order {{effect}}. " +
        "Sort the elements before they become text.",
      address:
        "{{source}} is printed with the place it has in memory, which is another one in every process, so " +
        "{{effect}}. Print a name, or give the class a `__repr__` of its own.",
      keys:
        "This tool has its keys in another order than in the request at {{other}}. It is sent as it is written, so " +
        "{{effect}}. Sort the keys.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    for (const text of findUnstableTexts(cachedSegments(view))) {
      const { hole, segment } = text.place;
      if (!isWorthIt(view, text)) continue;
      const order = { order: hole.hole.order, span: hole.hole.span, frame: hole.frame };
      const broken = markedCheckpoints(view.checkpoints).filter(({ after }) => after >= segment);
      const { data, ...story } = tellUnstableOrder(view, { order, first: segment });
      report({
        ...story,
        ...(text.kind === "order" && { ...sortElements(view, order), ...sortKeys(hole) }),
        messageId: text.kind,
        at: text.kind === "order" ? hole.hole.span : hole.span,
        subject: hole.span,
        related: [
          ...(text.kind === "order" ? [{ span: hole.span, message: "It becomes text here." }] : []),
          ...tellOrder(view, { ...order, span: hole.span }),
          ...broken.map(({ span }) => ({
            span,
            message: "What this checkpoint writes is read only while it stays the same.",
          })),
        ],
        data: text.kind === "order" ? data : { ...data, source: wordSource(view.sourceText(hole.span)) },
      });
    }
    const change = findRecordChange(view, "keyOrder", cachedSegments(view));
    if (change) report({ messageId: "keys", ...change });
  },
});

/** Where the provider finds the prefix by itself, enough static text must follow what changes. */
function isWorthIt(view: RequestView, { place }: UnstableText): boolean {
  if (markedCheckpoints(view.checkpoints).length > 0) return true;
  return reachesMinimum(view, view.staticTokensOf(segmentsAfter(view.segments, place)));
}
