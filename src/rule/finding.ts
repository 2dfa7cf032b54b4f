import type { Span } from "../source/source-file.ts";
import type { Confidence } from "../value/scope.ts";
import type { Fix } from "./fix.ts";
import type { CostEstimate } from "./price.ts";

export type Severity = "error" | "warn";

/** A place that tells a part of a finding's story. */
export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
}

/** Estimated tokens: the truth lies between `low` and `high`. */
export interface TokenEstimate {
  readonly low: number;
  readonly best: number;
  readonly high: number;
}

/** What one finding affects. A request that a function sends counts once, however often it is called. */
export interface Affected {
  readonly requests: number;
  readonly checkpoints: number;
}

/** What a rule reports about one place. */
export interface Finding {
  readonly ruleId: string;
  readonly messageId: string;
  /** Where to edit. */
  readonly at: Span;
  readonly message: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Source, path and checkpoint, in the order in which they are told. */
  readonly related: readonly RelatedPlace[];
  /** Tokens that are written or read at full price because of it, per request. */
  readonly tokens: TokenEstimate | undefined;
  /** What that costs; undefined where a price, or how often it is paid, is not known. */
  readonly cost?: CostEstimate | undefined;
  /** How much suffers from it: requests by the calls that send them, checkpoints by their marks. */
  readonly affects?: Affected;
  /** Applied by `--fix`: the bytes the model reads keep their meaning. */
  readonly fix?: Fix;
  /** Other ways out, which move text or change what the model sees; each stands for itself. */
  readonly suggestions?: readonly Fix[];
}
