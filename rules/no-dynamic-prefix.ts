import {
  confidenceOfHole,
  cacheableText,
  capitalize,
  defineRule,
  findFreshHoles,
  findNarrowHoles,
  findUnmarkedFreshHoles,
  isImplicitlyCached,
  isKeptBy,
  isNewEachTurn,
  isSameSpan,
  isStored,
  moveBehindCheckpoints,
  moveBehindStaticText,
  moveToEndOfText,
  moveToLastMessage,
  reachesMinimum,
  staticTokensAfter,
  tellHole,
  tellRecord,
  wordChangeAt,
  wordCheckpoints,
  wordGain,
  wordHole,
  wordLost,
  wordRate,
  wordTokens,
  type FreshHole,
  type NarrowHole,
  type PlacedHole,
  type RequestView,
  type Scope,
  type TokenEstimate,
} from "../src/rule/index.ts";

interface Options {
  /** Further scopes that must not stand in tools or system in front of text that all could share. */
  readonly scopes: readonly Extract<Scope, "session" | "user" | "tenant">[];
}

export default defineRule({
  id: "no-dynamic-prefix",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow text that changes from request to request in front of a cache checkpoint",
      recommended: true,
    },
    hasSuggestions: true,
    messages: {
      fresh:
        "{{value}} {{changes}}, so {{tokens}} in front of {{checkpoints}} are written each time{{write}} and never " +
        "read{{read}}. Move it behind {{last}}{{gain}}.",
      freshText:
        "{{value}} {{changes}}, so what stands in front of {{checkpoints}} is written each time{{write}} and never " +
        "read{{read}}. Move it behind {{last}}{{gain}}.",
      stamp:
        "{{value}} {{changes}} and is put into each message again, so what is kept of the conversation at " +
        "{{checkpoints}} is written each time{{write}} and never read{{read}}. Store it with its message when that " +
        "comes in, or leave it out.",
      turn:
        "{{value}} is new in each turn, so {{tokens}} in front of {{checkpoints}} are read by the steps of one turn " +
        "only, and written again{{write}} in the next. Move it behind {{last}}{{gain}}.",
      implicit:
        "{{value}} {{changes}}, and the provider caches no further than to the first difference, so {{tokens}} of " +
        "static text behind it are paid in full each time. Move it behind the static text{{gain}}.",
      narrow:
        "{{value}} {{changes}}, so {{tokens}} of static text that all requests could share are cached anew for each. " +
        "{{remedy}}",
    },
    options: {
      schema: {
        type: "object",
        properties: {
          scopes: { type: "array", items: { enum: ["session", "user", "tenant"] }, uniqueItems: true },
        },
        additionalProperties: false,
      },
      default: { scopes: [] } as Options,
      strict: { scopes: ["session", "user", "tenant"] },
    },
  },
  holds: "somewhere",
  check(view, report, { scopes }) {
    for (const hole of findFreshHoles(view)) {
      if (hole.remedy !== "prefix") continue;
      report(describeFresh(view, hole));
      if (isNewEachTurn(view, hole.hole)) report(describeTurn(view, hole));
    }
    // A data file or template that nobody marks is the home of no-static-after-dynamic.
    if (isImplicitlyCached(view) && !isStored(view)) {
      for (const hole of findUnmarkedFreshHoles(view)) {
        const behind = staticTokensAfter(view, hole);
        if (reachesMinimum(view, behind)) report(describeImplicit(view, hole, behind));
      }
    }
    for (const hole of findNarrowHoles(view, scopes)) report(describeNarrow(view, hole));
  },
});

function describeFresh(view: RequestView, fresh: FreshHole) {
  const { hole: place, broken, lost } = fresh;
  const { hole } = place;
  const tokens = wordLost(lost);
  const rates = view.ratesOf(broken.at(-1)!);
  const isStamp = isPutIntoEach(view, place);
  return {
    ...describeHole(view, place, {
      gain: wordGain(view, cacheableText(view, place)),
      tokens: tokens ?? "",
      checkpoints: wordCheckpoints(view, broken, hole.span),
      write: wordRate(rates, "write"),
      read: wordRate(rates, "read"),
      last: broken.length === 1 ? "the checkpoint" : "the last of them",
    }),
    messageId: isStamp ? "stamp" : tokens === undefined ? "freshText" : "fresh",
    isDisprovedBy: isKeptBy(view, place),
    related: [
      ...tellHole(view, hole),
      ...tellRecord(view),
      ...broken.map(({ span }) => ({ span, message: "No request can read what this checkpoint writes." })),
    ],
    tokens: lost,
    paid: broken.at(-1)!,
    suggestions: isStamp ? [] : [...moveBehindCheckpoints(view, fresh), ...moveToLastMessage(view, fresh)],
  } as const;
}

/** True for what the code puts into each message of a conversation when it sends them, as the next request shows. */
function isPutIntoEach({ segments, next }: RequestView, { segment, hole }: PlacedHole): boolean {
  if (segments[segment]!.region !== "messages") return false;
  const holding = (next ?? { segments }).segments.filter(({ parts }) =>
    parts.some((part) => part.kind === "hole" && isSameSpan(part.span, hole.span)),
  );
  return new Set(holding.map(({ message }) => message)).size > 1;
}

/** What is left where the steps of one turn send the value again. */
function describeTurn(view: RequestView, fresh: FreshHole) {
  const { isDisprovedBy: _, paid: __, ...same } = describeFresh(view, fresh);
  const { data } = same;
  return {
    ...same,
    messageId: "turn",
    confidence: "likely",
    data: { ...data, tokens: wordLost(fresh.lost) ?? "all tokens" },
    related: [
      ...tellHole(view, fresh.hole.hole),
      ...fresh.broken.map(({ span }) => ({
        span,
        message: "The next turn cannot read what this checkpoint writes.",
      })),
    ],
  } as const;
}

function describeImplicit(view: RequestView, place: PlacedHole, behind: TokenEstimate) {
  const { hole } = place;
  return {
    ...describeHole(view, place, {
      tokens: wordTokens(behind) ?? "",
      gain: wordGain(view, cacheableText(view, place)),
    }),
    messageId: "implicit",
    isDisprovedBy: isKeptBy(view, place),
    related: tellHole(view, hole),
    tokens: behind,
    paid: "input",
    suggestions: [...moveToEndOfText(view, place), ...moveBehindStaticText(view, place)],
  } as const;
}

function describeNarrow(view: RequestView, { hole: place, checkpoint, shared, side }: NarrowHole) {
  const { hole } = place;
  const message = "Each value has an entry of its own at this checkpoint.";
  const remedies = {
    behind: "Move it behind the static text, and end that with a checkpoint of its own.",
    inFront: "End the static text in front of it with a checkpoint of its own.",
  };
  return {
    ...describeHole(view, place, { tokens: wordTokens(shared) ?? "", remedy: remedies[side] }),
    messageId: "narrow",
    related: [...tellHole(view, hole), ...(checkpoint ? [{ span: checkpoint.span, message }] : [])],
    tokens: shared,
    suggestions:
      checkpoint && side === "behind"
        ? moveBehindCheckpoints(view, { hole: place, broken: [checkpoint] })
        : [],
  } as const;
}

function describeHole(view: RequestView, place: PlacedHole, data: Readonly<Record<string, string>>) {
  const { hole } = place;
  return {
    at: hole.span,
    subject: hole.span,
    once: hole.sample === undefined ? undefined : view.record?.group,
    data: { value: capitalize(wordHole(view, hole)), changes: wordChangeAt(view, place), ...data },
    confidence: confidenceOfHole(hole),
  };
}
