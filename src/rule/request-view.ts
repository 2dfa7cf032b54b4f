import { prefixOf } from "../request/questions.ts";
import type { Checkpoint, Request, Segment } from "../request/request.ts";
import { compareRequests, reuseAt, type CheckpointReuse, type Reuse } from "../request/reuse.ts";
import type { RequestContext, Variation } from "../request/variations.ts";
import type { Span } from "../source/source-file.ts";
import type { Confidence } from "../value/scope.ts";
import type { TokenEstimate } from "./finding.ts";
import type { CacheRates, Limits } from "./limits.ts";
import type { CostEstimate, ExpectedReuse } from "./price.ts";

/** What a rule cannot find out from the request alone: models, tokens and the text of files. */
export interface RequestFacts {
  /** As a person names it, the platform included where it matters: "Claude Sonnet 4.5"; "the model" where unknown. */
  readonly modelName: string;
  readonly limits: Limits;
  /** Tokens of these segments as they are sent; a hole counts from 0 to infinity. */
  tokensOf(segments: readonly Segment[]): TokenEstimate;
  /** As `tokensOf`, without what the provider adds once where there are tools. */
  ownTokensOf(segments: readonly Segment[]): TokenEstimate;
  /** Tokens of the literal text in these segments; holes count nothing. */
  staticTokensOf(segments: readonly Segment[]): TokenEstimate;
  /** What writing and reading at this checkpoint costs; undefined where no price is known. */
  ratesOf(checkpoint: Pick<Checkpoint, "ttl">): CacheRates | undefined;
  /** What it costs that these tokens are paid like this instead of read; undefined where a price is not known. */
  costOf(tokens: TokenEstimate, paid: Paid): CostEstimate | undefined;
  /** How often a prefix is sent, where the user says so. */
  readonly expectedReuse: ExpectedReuse | undefined;
  /** The request field that nothing is cached without, such as `prompt_cache_key`; undefined where none is needed. */
  readonly neededKey: string | undefined;
  /** What the API of this request answers to the wrong use of this name; undefined where it is not known to. */
  apiError(name: string): ApiAnswer | undefined;
  /** `line 14` in the file of `from`, `prompt.ts:14` elsewhere. */
  describePlace(span: Span, from: Span): string;
  /** The expression as it is written; empty where the text is not at hand. */
  sourceText(span: Span): string;
}

/** How tokens are paid that could be read: as plain input, or written at a checkpoint. */
export type Paid = "input" | Pick<Checkpoint, "ttl">;

/** The error a request ends with. */
export interface ApiAnswer {
  /** The HTTP status; `client`: the SDK rejects the request before it is sent. */
  readonly status: number | "client";
  /** A part of the message, where it is known. */
  readonly text: string | undefined;
}

/** A checkpoint with what the rules ask of it most. */
export interface CheckpointView extends Checkpoint {
  /** The segments in front of it, the one it stands on included. */
  readonly prefix: readonly Segment[];
  /** Tokens of the prefix; a hole counts from 0 to infinity. */
  readonly tokens: TokenEstimate;
  readonly reuse: CheckpointReuse;
}

/** One request of a conversation as a rule sees it. */
export interface RequestView extends Omit<Request, "checkpoints">, RequestFacts {
  /** The next request of the same conversation; undefined for the last one that was looked at. */
  readonly next: Request | undefined;
  /** The next requests, `next` first, as far as they are looked at. */
  readonly later: readonly Request[];
  /** This request as it is where one condition was decided the other way, for each such condition. */
  readonly variations: readonly Variation[];
  /** In render order. */
  readonly checkpoints: readonly CheckpointView[];
  /** What the next request repeats; undefined where there is none to compare with. */
  readonly reuse: Reuse | undefined;
}

/** Joins a request, those it is compared with, and the facts about them. */
export function viewRequest(
  { request, later, variations }: RequestContext,
  facts: RequestFacts,
): RequestView {
  const [next] = later;
  const reuse = compareRequests(request, next);
  return {
    ...request,
    modelName: facts.modelName,
    limits: facts.limits,
    tokensOf: (segments) => facts.tokensOf(segments),
    ownTokensOf: (segments) => facts.ownTokensOf(segments),
    staticTokensOf: (segments) => facts.staticTokensOf(segments),
    ratesOf: (checkpoint) => facts.ratesOf(checkpoint),
    costOf: (tokens, paid) => facts.costOf(tokens, paid),
    expectedReuse: facts.expectedReuse,
    neededKey: facts.neededKey,
    apiError: (name) => facts.apiError(name),
    describePlace: (span, from) => facts.describePlace(span, from),
    sourceText: (span) => facts.sourceText(span),
    next,
    later,
    variations,
    reuse,
    checkpoints: request.checkpoints.map((checkpoint) => {
      const prefix = prefixOf(request, checkpoint);
      return { ...checkpoint, prefix, tokens: facts.tokensOf(prefix), reuse: reuseAt(reuse, checkpoint) };
    }),
  };
}

/** What a limit is worth as evidence: those of a guessed model prove nothing about the one that is used. */
export function confidenceOfLimits({ model }: RequestView): Confidence {
  return model.text === undefined || model.certain ? "certain" : "likely";
}
