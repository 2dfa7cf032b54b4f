import {
  confidenceOfHole,
  capitalize,
  defineRule,
  endCheckpointInFront,
  findFreshHoles,
  isKeptBy,
  isNewEachTurn,
  isSameSpan,
  isWorthCaching,
  moveToLastMessage,
  tellHole,
  textBefore,
  tellRecord,
  wordChangeAt,
  wordCheckpoints,
  wordHole,
  wordLost,
  wordRate,
} from "../src/rule/index.ts";

export default defineRule({
  id: "no-dynamic-checkpoint",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow a cache checkpoint on text that changes from request to request",
      recommended: true,
    },
    hasSuggestions: true,
    messages: {
      mixed:
        "{{value}} {{changes}} and ends the block of {{checkpoint}}, so {{tokens}} are written each time{{write}} " +
        "and never read{{read}}, the static text in front of it included. Split the block: end the static text with " +
        "the checkpoint and send the rest in a block of its own behind it.",
      fresh:
        "{{checkpoint}} stands on {{value}}, which {{changes}}, so {{tokens}} in front of it are written each " +
        "time{{write}} and never read{{read}}. Put the checkpoint at the end of the text that stays the same.",
      turn:
        "{{checkpoint}} stands on {{value}}, which is new in each turn, so {{tokens}} in front of it are read by the " +
        "steps of one turn only, and written again{{write}} in the next. End the text that stays the same with the " +
        "checkpoint, and send the rest in a block of its own behind it.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    const told: (typeof view.checkpoints)[number][] = [];
    for (const fresh of findFreshHoles(view)) {
      const { hole, broken, remedy, lost } = fresh;
      // All holes in the tail of one block are cured by moving its checkpoint: the first one speaks for them.
      const checkpoint = broken.at(-1)!;
      if (remedy !== "checkpoint" || told.some(({ span }) => isSameSpan(span, checkpoint.span))) continue;
      told.push(checkpoint);

      const { hole: part } = hole;
      const isMixed = isWorthCaching(view, [textBefore(view.segments[hole.segment]!, hole.part)]);
      const rates = view.ratesOf(checkpoint);
      const value = wordHole(view, part);
      const place = wordCheckpoints(view, [checkpoint], part.span);
      const finding = {
        messageId: isMixed ? "mixed" : "fresh",
        at: part.span,
        subject: part.span,
        once: part.sample === undefined ? undefined : view.record?.group,
        isDisprovedBy: isKeptBy(view, hole),
        related: [
          ...tellHole(view, part),
          ...tellRecord(view),
          { span: checkpoint.span, message: "No request can read what this checkpoint writes." },
        ],
        data: {
          value: isMixed ? capitalize(value) : value,
          changes: wordChangeAt(view, hole),
          checkpoint: isMixed ? place : capitalize(place),
          tokens: wordLost(lost) ?? "all tokens",
          write: wordRate(rates, "write"),
          read: wordRate(rates, "read"),
        },
        confidence: confidenceOfHole(part),
        tokens: lost,
        paid: checkpoint,
        suggestions: [...endCheckpointInFront(view, fresh), ...moveToLastMessage(view, fresh)],
      } as const;
      report(finding);
      // What is left where the steps of one turn send the value again.
      if (!isNewEachTurn(view, hole)) continue;
      const { isDisprovedBy: _, paid: __, ...same } = finding;
      const message = "The next turn cannot read what this checkpoint writes.";
      report({
        ...same,
        messageId: "turn",
        confidence: "likely",
        related: [...tellHole(view, part), { span: checkpoint.span, message }],
        data: { ...finding.data, value, checkpoint: capitalize(place) },
      });
    }
  },
});
