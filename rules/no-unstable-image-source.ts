import {
  capitalize,
  defineRule,
  holesOf,
  isImageSource,
  isKeptBy,
  markedCheckpoints,
  tellHole,
  wordChange,
  wordCheckpoints,
  wordHole,
  wordLost,
  wordRate,
} from "../src/rule/index.ts";

export default defineRule({
  id: "no-unstable-image-source",
  meta: {
    type: "problem",
    docs: {
      description:
        "Disallow images and documents whose source is new in every request in front of a cache checkpoint",
      recommended: true,
    },
    messages: {
      source:
        "{{value}} {{changes}} although the {{kind}} is the same, so the block is another one for the provider: " +
        "{{tokens}} written each time{{write}} and never read{{read}}. Send the bytes as base64, or the id of an " +
        "uploaded file{{name}}.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    const marks = markedCheckpoints(view.checkpoints).filter(({ origin }) => origin !== "handle");
    for (const place of view.reuse?.fresh ?? []) {
      const broken = marks.filter(({ after }) => after >= place.segment);
      const last = broken.at(-1);
      if (!last || !isImageSource(view, place)) continue;
      const { hole } = place;
      const { kind } = view.segments[place.segment]!;
      const intact = marks.findLast(({ after }) => after < place.segment)?.after ?? -1;
      const segments = view.segments.slice(intact + 1, last.after + 1);
      const counted = view.staticTokensOf(segments);
      const tokens = holesOf(segments).length > 0 ? { ...counted, high: Infinity } : counted;
      const amount = wordLost(tokens);
      const places = wordCheckpoints(view, broken, hole.span);
      const rates = view.ratesOf(last);
      report({
        messageId: "source",
        at: hole.span,
        subject: hole.span,
        isDisprovedBy: isKeptBy(view, place),
        related: [
          ...tellHole(view, hole),
          ...broken.map(({ span }) => ({
            span,
            message: "No request can read what this checkpoint writes.",
          })),
        ],
        data: {
          value: capitalize(wordHole(view, hole)),
          changes: wordChange(hole.hole),
          kind,
          // Its name is sent along with it.
          name: kind === "document" ? ", under a name that stays the same" : "",
          tokens: amount ? `${amount} in front of ${places} are` : `what stands in front of ${places} is`,
          write: wordRate(rates, "write"),
          read: wordRate(rates, "read"),
        },
        confidence: hole.hole.confidence,
        tokens,
        paid: last,
      });
    }
  },
});
