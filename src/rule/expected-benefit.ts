import type { Checkpoint } from "../request/request.ts";
import { markedCheckpoints } from "../request/questions.ts";
import { parseTtl } from "../request/ttl.ts";
import { lifetimeOf, type Lifetime } from "./lifetime.ts";
import { breakEvenRequests, outlivesPause } from "./price.ts";
import type { CheckpointView, RequestView } from "./request-view.ts";

/** What becomes of the entry of a checkpoint if its prefix is sent as often as the user expects. */
export interface ExpectedBenefit {
  readonly checkpoint: CheckpointView;
  readonly lifetime: Lifetime;
  /**
   * `pays`: writing and reading it costs less than no cache; `expires`: it is gone when the next request comes;
   * `tooFew`: too few requests read it.
   */
  readonly verdict: "pays" | "expires" | "tooFew";
  /** Requests from which on the write pays. */
  readonly breakEven: number;
  /** A TTL the model takes that pays and costs less to write; where this one does not pay, any that pays. */
  readonly better: string | undefined;
}

/**
 * Judges each checkpoint by what the user says of how often a prefix is sent. Empty where nothing is said, or where it
 * says nothing about the requests: a batch has no order, and what was made up is not sent.
 */
export function findExpectedBenefits(view: RequestView): readonly ExpectedBenefit[] {
  if (!view.expectedReuse || view.use !== "send") return [];
  return markedCheckpoints(view.checkpoints)
    .filter(({ origin, after }) => origin !== "handle" && after >= 0)
    .flatMap((checkpoint): ExpectedBenefit[] => {
      const lifetime = lifetimeOf(view, checkpoint);
      const own = lifetime && judge(view, lifetime.ttl, lifetime.seconds);
      if (!own) return [];
      const others = (view.limits.ttls?.value ?? []).flatMap((ttl) => {
        const seconds = parseTtl(ttl);
        const other = seconds === undefined || ttl === lifetime.ttl ? undefined : judge(view, ttl, seconds);
        return other?.verdict === "pays" ? [{ ttl, write: other.write }] : [];
      });
      const [cheapest] = others.sort((a, b) => a.write - b.write);
      // That an entry lives long enough has to be said: without it the longer one may be there for a reason.
      const isKnown = view.expectedReuse?.secondsBetweenRequests !== undefined;
      const isBetter = cheapest && isKnown && (own.verdict !== "pays" || cheapest.write < own.write);
      const { verdict, breakEven } = own;
      return [{ checkpoint, lifetime, verdict, breakEven, better: isBetter ? cheapest.ttl : undefined }];
    });
}

interface Judgement extends Pick<ExpectedBenefit, "verdict" | "breakEven"> {
  /** Price of the write as a multiple of the input price. */
  readonly write: number;
}

function judge(view: RequestView, ttl: string, seconds: number): Judgement | undefined {
  const rates = view.ratesOf(withTtl(ttl));
  const reuse = view.expectedReuse;
  if (!rates || !reuse) return undefined;
  const breakEven = breakEvenRequests({ input: 1, ...rates });
  const { write } = rates;
  if (outlivesPause(seconds, reuse) === false) return { verdict: "expires", breakEven, write };
  const isRead = reuse.requestsPerPrefix === undefined || reuse.requestsPerPrefix >= breakEven;
  return { verdict: isRead ? "pays" : "tooFew", breakEven, write };
}

function withTtl(text: string): Pick<Checkpoint, "ttl"> {
  return { ttl: { text, known: true, span: { file: "", start: 0, end: 0 } } };
}
