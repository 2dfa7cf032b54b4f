import {
  confidenceOfLimits,
  defineRule,
  markedCheckpoints,
  parseTtl,
  wordList,
  wordSource,
  type CheckpointView,
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
    messages: {
      unknown:
        "{{model}} takes no TTL of {{ttl}}, so the API rejects the request or falls back to the default. Write " +
        "{{accepted}}.",
      longerAfterShorter:
        "This checkpoint keeps its entry for {{ttl}}, but {{place}}, which is read before it, keeps its own for " +
        "{{earlier}} only. The API wants longer TTLs in front of shorter ones and rejects the request. Give both " +
        "the same TTL, or the earlier one the longer.",
    },
  },
  holds: "somewhere",
  check(view, report) {
    const accepted = view.limits.ttls?.value ?? [];
    const shorter: Lifetime[] = [];
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
        });
        continue;
      }

      const lifetime = lifetimeOf(view, checkpoint);
      if (!lifetime) continue;
      const earlier = shorter.find(({ seconds }) => seconds < lifetime.seconds);
      shorter.push(lifetime);
      if (!earlier) continue;
      report({
        messageId: "longerAfterShorter",
        at: span,
        subject: span,
        related: [
          { span: earlier.checkpoint.span, message: `This checkpoint keeps its entry for ${earlier.text}.` },
        ],
        data: {
          ttl: lifetime.text,
          earlier: earlier.text,
          place: `the checkpoint at ${view.describePlace(earlier.checkpoint.span, span)}`,
        },
      });
    }
  },
});

interface Lifetime {
  readonly checkpoint: CheckpointView;
  readonly seconds: number;
  readonly text: string;
}

/** How long the entry of a checkpoint lives; undefined where the TTL cannot be read or there is no default. */
function lifetimeOf({ limits }: RequestView, checkpoint: CheckpointView): Lifetime | undefined {
  const { ttl } = checkpoint;
  if (ttl && !ttl.known) return undefined;
  const text = ttl?.text ?? limits.defaultTtl;
  const seconds = text === undefined ? undefined : parseTtl(text);
  if (text === undefined || seconds === undefined) return undefined;
  return { checkpoint, seconds, text: ttl?.text === undefined ? `${text} (the default)` : text };
}
