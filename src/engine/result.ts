import type { Finding, TokenEstimate } from "../rule/finding.ts";
import type {
  AssumedVersion,
  CheckpointOrigin,
  Dialect,
  Platform,
  Region,
  Role,
  SegmentKind,
  Unresolved,
} from "../request/request.ts";
import type { Problem } from "../source/problem.ts";
import type { SourceFile, Span } from "../source/source-file.ts";
import type { Order, Scope } from "../value/scope.ts";

/** Everything a run found out. Findings are in path order, then position order; so are requests. */
export interface LintResult {
  readonly findings: readonly Finding[];
  /** Findings that comments turn off, in the same order. */
  readonly suppressed: readonly SuppressedFinding[];
  /** Files that could not be read or parsed, or only in part. */
  readonly problems: readonly Problem[];
  readonly requests: readonly RequestSummary[];
  /** Every file a finding, problem or request points into, by path. */
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly statistics: Statistics;
}

/** A finding that a comment turns off. */
export interface SuppressedFinding {
  readonly finding: Finding;
  /** What the comment says behind `--`. */
  readonly reason: string | undefined;
  /** The comment. */
  readonly by: Span;
}

export interface Statistics {
  /** Files looked at, parsed or not. */
  readonly files: number;
  readonly parsedFiles: number;
  readonly requests: number;
  /** Requests of which the model, the system text or the tools could not be followed. */
  readonly partlyUnderstood: number;
  /** Requests whose model is named when the program runs, and by no setting of ours either. */
  readonly openModels: number;
  /** Bounds of the evaluator that were reached, with how often: `steps`, `depth`, ... */
  readonly bounds: ReadonlyMap<string, number>;
}

/** One request as `explain` shows it. Tokens of a hole count from 0 to infinity. */
export interface RequestSummary {
  readonly at: Span;
  readonly sdk: string;
  /** Undefined: nothing says in which wire shape the prompt is sent. */
  readonly dialect: Dialect | undefined;
  readonly platform: Platform | undefined;
  /** Catalog id. */
  readonly model: string | undefined;
  /** As written. */
  readonly modelId: string | undefined;
  /** Other models it may be: further entries of the table it is looked up in, or what other ways to the call name. */
  readonly otherModelIds?: readonly string[];
  /** Where no model is in view: the family of models that its API offers and that read the request, such as "Claude". */
  readonly anyModelOf?: string;
  /** Where no model is in view: who names it when the program runs, as a noun phrase, such as "the parameter `model`". */
  readonly modelChosenBy?: string;
  /** True: the model is a default that a setting or a caller out of view may replace. */
  readonly isDefaultModel?: boolean;
  readonly segments: readonly SegmentSummary[];
  readonly checkpoints: readonly CheckpointSummary[];
  /** Tokens the provider adds once where there are tools; absent where there are none. */
  readonly toolPreambleTokens?: TokenEstimate;
  /** What could not be followed, and which part of the request it leaves open. */
  readonly unresolved: readonly {
    readonly at: Span;
    readonly reason: string;
    readonly part?: Unresolved["part"];
  }[];
  /** Packages on whose versions it depends what is sent, with the versions that were assumed. */
  readonly versions: readonly AssumedVersion[];
}

export interface SegmentSummary {
  readonly region: Region;
  readonly role: Role | undefined;
  readonly kind: SegmentKind;
  readonly scope: Scope;
  readonly order: Order;
  /** Of a tool: its definition alone. */
  readonly tokens: TokenEstimate;
  readonly at: Span;
  /** Index of the message it is a part of; absent outside of messages. */
  readonly message?: number;
  /** True: made up for a list of unknown length. */
  readonly sampled?: boolean;
  /** The beginning of its text with holes shown as `{expression}`. */
  readonly preview: string;
}

export interface CheckpointSummary {
  readonly at: Span;
  /** Index into the segments of the last one in the prefix; -1: none. */
  readonly afterSegment: number;
  readonly ttl: string | undefined;
  readonly origin: CheckpointOrigin;
  readonly prefixTokens: TokenEstimate;
  /** Whether the next request can read what this one writes; undefined: not known. */
  readonly reusable: boolean | undefined;
  /** Why (not), as a short sentence. */
  readonly reason: string;
}
