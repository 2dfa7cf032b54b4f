import {
  confidenceOfLimits,
  defineRule,
  fixFault,
  isSameSpan,
  leavesUncached,
  markedCheckpoints,
  mayKnowItsModel,
  removeMark,
  wordApiError,
  wordFault,
  wordList,
  wordUncached,
  type CheckpointView,
  type Region,
  type PlannedFix,
  type Report,
  type RequestView,
} from "../src/rule/index.ts";

export default defineRule({
  id: "no-unsupported-checkpoint",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow cache checkpoints that the model, the platform or the API does not support",
      recommended: true,
    },
    fixable: "code",
    messages: {
      fault: "{{reason}}{{effect}} {{remedy}}",
      model:
        "{{model}} has no prompt caching, so this checkpoint is of no use.{{effect}} Remove it, or send the request to " +
        "a model that caches.",
      region:
        "{{model}} takes checkpoints in {{regions}} only, and this one stands in {{region}}.{{effect}} Remove it: a " +
        "checkpoint in {{next}} covers {{region}} as well.",
      batch:
        "Batch jobs on Amazon Bedrock have no prompt caching, so this checkpoint is of no use.{{effect}} Remove it, or " +
        "send the requests one by one.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    for (const fault of view.faults) {
      if (fault.kind !== "unsupported") continue;
      report({
        messageId: "fault",
        at: fault.span,
        subject: fault.span,
        data: wordFault(view, fault),
        ...fixFault(view, fault),
      });
    }
    // Counting tokens caches nothing anywhere.
    if (view.use === "count") return;
    const marks = markedCheckpoints(view.checkpoints);
    for (const [index, mark] of marks.entries()) {
      const problem = problemOf(view, mark);
      if (!problem) continue;
      // Where the request as a whole has no caching, that is one defect, however many marks there are.
      const isWhole = problem.messageId !== "region";
      if (isWhole && index > 0) break;
      const alike = isWhole ? distinct(marks).filter(({ span }) => !isSameSpan(span, mark.span)) : [];
      // A model that caches elsewhere needs a mark elsewhere.
      const others = view.checkpoints.filter(({ span }) => !isSameSpan(span, mark.span));
      const isMissed =
        problem.messageId === "region" && leavesUncached({ ...view, checkpoints: others }, mark);
      report({
        ...problem,
        at: mark.span,
        subject: mark.span,
        confidence: mayKnowItsModel(view) ? "possible" : confidenceOfLimits(view),
        related: alike.map(({ span }) => ({ span, message: "This checkpoint is of no use, either." })),
        tokens: (isWhole ? marks.at(-1)! : mark).tokens,
        fix: isMissed ? undefined : removeMarks([mark, ...alike]),
      });
    }
  },
});

/** One checkpoint for each mark in the code. */
function distinct(marks: readonly CheckpointView[]): readonly CheckpointView[] {
  return marks.filter(
    ({ span }, index) => marks.findIndex((other) => isSameSpan(other.span, span)) === index,
  );
}

function removeMarks([first, ...others]: readonly [CheckpointView, ...CheckpointView[]]): PlannedFix {
  if (others.length === 0) return removeMark(first.span, "Remove the checkpoint.");
  const fix = removeMark(first.span, "Remove the checkpoints.");
  const more = others.flatMap(({ span }) => removeMark(span).changes);
  return { ...fix, changes: [...fix.changes, ...more] };
}

const regionNames: Record<Region, string> = {
  tools: "the tools",
  system: "`system`",
  messages: "the messages",
};

function problemOf(
  view: RequestView,
  mark: CheckpointView,
): Pick<Report<"model" | "region" | "batch">, "messageId" | "data"> | undefined {
  const { modelName: model, limits } = view;
  if (limits.caching?.value === "none") {
    const uncached = wordUncached({ ...view, checkpoints: [] }, mark);
    if (view.use === "batch" && view.platform === "bedrock") {
      return { messageId: "batch", data: { effect: uncached } };
    }
    const effect = wordApiError(view, "unsupported-model") || uncached;
    return { messageId: "model", data: { model, effect } };
  }
  // A model that finds prefixes by itself has no regions; a mark sent to it is ignored and costs nothing.
  const regions = limits.markRegions?.value ?? [];
  if (regions.length === 0 || regions.includes(mark.region)) return undefined;
  const data = {
    model,
    regions: wordList(regions.map((region) => regionNames[region])),
    region: regionNames[mark.region],
    next: regionNames[regions[0]!],
    effect: wordApiError(view, mark.region === "tools" ? "nova-tools" : undefined),
  };
  return { messageId: "region", data };
}
