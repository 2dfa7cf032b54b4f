import type { RecordChange, Segment } from "../request/request.ts";
import { markedCheckpoints } from "../request/questions.ts";
import type { Span } from "../source/source-file.ts";
import type { RelatedPlace, TokenEstimate } from "./finding.ts";
import type { RequestView } from "./request-view.ts";
import { wordWrittenAgain } from "./unstable-orders.ts";
import { wordLost } from "./wording.ts";

/** What to report of a written request that holds the same things in another way than one it is compared with. */
interface ChangeStory {
  readonly at: Span;
  readonly subject: Span;
  readonly once: Span;
  readonly related: readonly RelatedPlace[];
  readonly data: Readonly<Record<"other" | "effect", string>>;
  readonly tokens: TokenEstimate;
}

/**
 * The change of this kind, if it stands in front of what is cached.
 * @param cached the segments the cache is meant to hold
 */
export function findRecordChange(
  view: RequestView,
  kind: RecordChange["kind"],
  cached: readonly Segment[],
): ChangeStory | undefined {
  const { record } = view;
  const change = record?.change;
  if (!record || change?.kind !== kind || change.segment >= cached.length) return undefined;
  const broken = markedCheckpoints(view.checkpoints).filter(({ after }) => after >= change.segment);
  // What ends at an earlier checkpoint is read all the same.
  const kept =
    markedCheckpoints(view.checkpoints).findLast(({ after }) => after < change.segment)?.after ?? -1;
  const tokens = view.staticTokensOf((broken.at(-1)?.prefix ?? cached).slice(kept + 1));
  return {
    at: change.span,
    subject: change.span,
    once: record.group,
    related: [
      { span: change.other, message: "This request differs." },
      ...broken.map(({ span }) => ({
        span,
        message: "Neither of both requests can read what the other one wrote here.",
      })),
    ],
    data: {
      other: view.describePlace(change.other, change.span),
      effect: wordWrittenAgain(view, broken, change.span, wordLost(tokens)),
    },
    tokens,
  };
}
