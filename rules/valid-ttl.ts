import {
  confidenceOfLimits,
  defineRule,
  findExpectedBenefits,
  isSameSpan,
  lifetimeOf,
  markedCheckpoints,
  wordList,
  wordRate,
  wordSeconds,
  wordSource,
  type CheckpointView,
  type ExpectedBenefit,
  type Lifetime,
  type Report,
  type RequestView,
} from "../src/rule/index.ts";

export default defineRule({
  id: "valid-ttl",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow TTLs the model does not take, and a longer TTL behind a shorter one",
      recommended: true,
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      unknown:
        "{{model}} takes no TTL of {{ttl}}, so the API rejects the request or falls back to the default. Write " +
        "{{accepted}}.",
      longerAfterShorter:
        "This checkpoint keeps its entry for {{ttl}}, but {{place}}, which is read before it, keeps its own for " +
        "{{earlier}} only. The API wants longer TTLs in front of shorter ones and rejects the request. Give both " +
        "the same TTL, or the earlier one the longer.",
      needless:
        "One request of a prefix comes every {{pause}}, as `reuse` says, and each of them keeps an entry of {{better}} " +
        "alive for free: a write for {{ttl}} costs more{{write}} and buys nothing. Write {{better}}{{rate}}.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    const [needless, ...alike] = findNeedless(view);
    if (needless) {
      const { checkpoint, better, lifetime } = needless;
      const span = checkpoint.ttl!.span;
      report({
        messageId: "needless",
        at: span,
        subject: checkpoint.span,
        related: alike.map((other) => ({
          span: other.checkpoint.span,
          message: "The same holds for this checkpoint.",
        })),
        data: {
          pause: wordSeconds(view.expectedReuse!.secondsBetweenRequests!),
          better: wordSource(better!),
          ttl: lifetime.text,
          write: wordRate(view.ratesOf(checkpoint), "write"),
          rate: wordRate(view.ratesOf({ ttl: { text: better, known: true, span } }), "write"),
        },
        suggestions: [
          {
            description: `Keep the entry for ${better!}.`,
            changes: [{ kind: "setText", at: span, text: better! }],
          },
        ],
      });
    }
    const accepted = view.limits.ttls?.value ?? [];
    const shorter: Kept[] = [];
    for (const checkpoint of markedCheckpoints(view.checkpoints)) {
      const { span, ttl } = checkpoint;
      if (ttl?.known && ttl.text !== undefined && accepted.length > 0 && !accepted.includes(ttl.text)) {
        report({
          messageId: "unknown",
          at: ttl.span,
          subject: span,
          data: {
            model: view.modelName,
            ttl: wordSource(ttl.text),
            accepted: wordList(accepted.map(wordSource), "or"),
          },
          confidence: confidenceOfLimits(view),
          suggestions: accepted.map((text) => ({
            description: `Keep the entry for ${text}.`,
            changes: [{ kind: "setText", at: ttl.span, text }],
          })),
        });
        continue;
      }

      const lifetime = lifetimeOf(view, checkpoint);
      if (!lifetime) continue;
      const earlier = shorter.find(({ seconds }) => seconds < lifetime.seconds);
      const kept = { checkpoint, ...lifetime };
      shorter.push(kept);
      if (!earlier) continue;
      // A helper that makes both marks tells them apart by what it is given.
      const at = isSameSpan(span, earlier.checkpoint.span) ? (ttl?.span ?? span) : span;
      report({
        messageId: "longerAfterShorter",
        at,
        subject: span,
        related: [
          { span: earlier.checkpoint.span, message: `This checkpoint keeps its entry for ${earlier.text}.` },
        ],
        data: {
          ttl: lifetime.text,
          earlier: earlier.text,
          place: `the checkpoint at ${view.describePlace(earlier.checkpoint.span, at)}`,
        },
        ...reorder(earlier, kept),
      });
    }
  },
});

/** Swaps the two TTLs where both are written with their marks; where the earlier one is the default, equals them. */
function reorder(earlier: Kept, later: Kept): Pick<Report, "fix" | "suggestions"> {
  const [first, second] = [earlier.checkpoint.ttl, later.checkpoint.ttl];
  if (second?.text === undefined || !isWithin(later.checkpoint)) return {};
  if (first?.text === undefined) {
    const text = earlier.ttl;
    const change = { kind: "setText", at: second.span, text } as const;
    return { suggestions: [{ description: `Keep this entry for ${text}, too.`, changes: [change] }] };
  }
  if (!isWithin(earlier.checkpoint)) return {};
  const changes = [
    { kind: "setText", at: first.span, text: second.text },
    { kind: "setText", at: second.span, text: first.text },
  ] as const;
  return { fix: { description: "Swap the two TTLs.", changes } };
}

/** True where the TTL is written in the mark, and not in a constant that other marks may share. */
function isWithin({ span, ttl }: CheckpointView): boolean {
  return (
    ttl !== undefined &&
    ttl.span.file === span.file &&
    span.start <= ttl.span.start &&
    ttl.span.end <= span.end
  );
}

/** A checkpoint with how long its entry lives. */
interface Kept extends Lifetime {
  readonly checkpoint: CheckpointView;
}

/** TTLs that cost more than a shorter one and buy nothing, if requests come as often as the user says. */
function findNeedless(view: RequestView): readonly ExpectedBenefit[] {
  return findExpectedBenefits(view).filter(
    ({ verdict, better, checkpoint }) =>
      verdict === "pays" && better !== undefined && checkpoint.ttl !== undefined,
  );
}
