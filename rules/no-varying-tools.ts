import {
  capitalize,
  confidenceOfStep,
  continues,
  defineRule,
  differenceIn,
  findConditionEffects,
  findNarrowHoles,
  isFresh,
  isKeptBy,
  isSameSpan,
  isSentTool,
  hasReachedLimit,
  isTimeLimit,
  lossBehind,
  tellCondition,
  tellHole,
  tellRecord,
  wordChangeAt,
  wordCheckpoints,
  wordCondition,
  wordHole,
  wordLost,
  wordRate,
  type ConditionEffect,
  type RelatedPlace,
  type RequestView,
  type Scope,
  type Segment,
  type Span,
} from "../src/rule/index.ts";

export default defineRule({
  id: "no-varying-tools",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow tools that depend on the user, the turn or the request",
      recommended: true,
    },
    messages: {
      condition:
        "{{condition}}, and it decides which tools are sent. Tools are read before all other text, so {{effect}}. Send the " +
        "same tools every time, and refuse a call that is not allowed where it is carried out.",
      definition:
        "{{value}} {{changes}} and is part of the tools that are sent. They are read before all other text, so " +
        "{{effect}}. Keep the tools the same, and say what changes in a message behind the last checkpoint.",
      step:
        "The next request of this conversation has other tools. Tools are read before all other text, so {{effect}}. " +
        "Send the same tools every time, and restrict the choice with `tool_choice` or in a message.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    for (const effect of findConditionEffects(view, ["tools"])) {
      const { decision, differences } = effect;
      const isAboutTools = differences.some(({ segments }) =>
        segments.some(({ kind, parts }) => kind === "tool" && parts.length > 0),
      );
      if (!narrowScopes.has(decision.scope) || !isAboutTools) continue;
      report({
        messageId: "condition",
        at: decision.span,
        subject: decision.span,
        related: tellCondition(effect),
        data: {
          condition: capitalize(wordCondition(view, decision)),
          effect: wordEffect(view, effect, decision.span),
        },
        // Whoever runs out of time drops the tools on purpose, and once.
        confidence: isTimeLimit(decision) ? "possible" : decision.confidence,
        tokens: effect.lost,
      });
    }
    for (const { hole, checkpoint, shared, side } of findNarrowHoles(view, [...narrowScopes])) {
      const { hole: part, segment } = hole;
      if (view.segments[segment]!.region !== "tools" || side === "inFront") continue;
      const broken = checkpoint ? [checkpoint] : [];
      report({
        messageId: "definition",
        at: part.span,
        subject: part.span,
        once: part.sample === undefined ? undefined : view.record?.group,
        isDisprovedBy: isFresh(part.hole.scope) ? isKeptBy(view, hole) : undefined,
        related: [...tellHole(view, part), ...tellRecord(view)],
        data: {
          value: capitalize(wordHole(view, part)),
          changes: wordChangeAt(view, hole),
          effect: wordEffect(view, { broken, lost: shared }, part.span),
        },
        confidence: part.hole.confidence,
        tokens: shared,
      });
    }
    const step = findStep(view);
    if (!step) return;
    report({
      messageId: "step",
      at: step.at,
      related: [
        ...step.from,
        ...step.broken.map(({ span }) => ({
          span,
          message: "The next request cannot read what this checkpoint writes.",
        })),
      ],
      data: { effect: wordEffect(view, step, step.at) },
      confidence: hasReachedLimit(view) ? "possible" : confidenceOfStep(view),
      tokens: step.lost,
    });
  },
});

/** What differs between requests that could share a cache. */
const narrowScopes: ReadonlySet<Scope> = new Set<Scope>(["tenant", "user", "session", "turn", "request"]);

type Loss = Pick<ConditionEffect, "broken" | "lost">;

interface Step extends Loss {
  readonly at: Span;
  readonly from: readonly RelatedPlace[];
}

/** Where the tools of the next request of the same conversation begin to differ, if all of both are in view. */
function findStep(view: RequestView): Step | undefined {
  const { next } = view;
  if (!next || !continues(view, next)) return undefined;
  const difference = differenceIn(view, next, "tools");
  // How many elements a list of unknown length has is made up.
  const isKnown = difference?.segments.every(
    ({ kind, stretch, sampled }) => kind === "tool" && !stretch && !sampled,
  );
  const first = difference?.segments.find(isSentTool);
  const loss = difference && isKnown && first ? lossBehind(view, difference.segment) : undefined;
  // Where one of the two has none at all, no tool is to blame, but what hands them over.
  const handedOver =
    [view, next].find(({ segments }) => !segments.some(isSentTool)) && handedOverAt(view, next);
  return loss && { ...loss, at: handedOver ?? first!.span, from: handedOver ? [] : tellTool(view, first!) };
}

/** Where something of a tool comes from that is not in view: what adds it stands nearer to that than what writes it down. */
function tellTool(view: RequestView, { span, parts }: Segment): readonly RelatedPlace[] {
  const part = parts.find(({ kind }) => kind === "hole");
  return part?.kind === "hole" ? tellHole(view, part).filter((place) => !isSameSpan(place.span, span)) : [];
}

function handedOverAt(...requests: readonly Pick<RequestView, "segments" | "lists">[]): Span | undefined {
  return requests.find(({ segments }) => segments.some(isSentTool))?.lists?.tools;
}

function wordEffect(view: RequestView, { broken, lost }: Loss, from: Span): string {
  const last = broken.at(-1);
  const tokens = wordLost(lost);
  if (!last) return `${tokens ?? "all tokens"} behind them are cached anew for each set`;
  const rates = view.ratesOf(last);
  const what = tokens ? `${tokens} in front of` : "what stands in front of";
  const verb = tokens ? "are" : "is";
  return `${what} ${wordCheckpoints(view, broken, from)} ${verb} written anew for each set${wordRate(rates, "write")}`;
}
