export * from "./cacheable-text.ts";
export * from "./condition-effects.ts";
export type { RelatedPlace, TokenEstimate } from "./finding.ts";
export type { Change, Fix, PlannedFix, SortKey } from "./fix.ts";
export * from "./fresh-holes.ts";
export type { Caching, CacheRates, Figure, Limits } from "./limits.ts";
export { unknownLimits } from "./limits.ts";
export * from "./expected-benefit.ts";
export * from "./lifetime.ts";
export * from "./price.ts";
export type { ApiAnswer, CheckpointView, Paid, RequestFacts, RequestView } from "./request-view.ts";
export { confidenceOfLimits, viewRequest } from "./request-view.ts";
export type {
  Report,
  ReportedFinding,
  Rule,
  RuleDefinition,
  RuleDocs,
  RuleMeta,
  RuleOptions,
} from "./rule.ts";
export { defineRule, runRule } from "./rule.ts";
export type { VariantFindings } from "./settle.ts";
export { onePerSubject, settleVariants } from "./settle.ts";
export * from "./wording.ts";
export * from "./mark-faults.ts";
export * from "./mark-fixes.ts";
export * from "./move-fixes.ts";
export * from "./record-changes.ts";
export * from "./missed-entries.ts";
export * from "./parameter-places.ts";
export * from "./sort-fixes.ts";
export * from "./static-prefix.ts";
export * from "./turn-holes.ts";
export * from "./unstable-orders.ts";
export { differenceIn, holdsLiteral, type RegionDifference } from "../request/differences.ts";
export { continues } from "../request/growth.ts";
export { isModelSupport, isProviderChoice } from "../request/model-support.ts";
export { isRequestFlag, isTimeLimit } from "../request/request-flags.ts";
export * from "../request/orders.ts";
export { differingParameters, sameValue, type ParameterDifference } from "../request/parameters.ts";
export { isAboutOtherAnswers } from "../request/answers.ts";
export * from "../request/questions.ts";
export { findRewrites, type Rewrite } from "../request/rewrites.ts";
export { findUnstableTexts, type UnstableText } from "../request/unstable-texts.ts";
export { parseTtl } from "../request/ttl.ts";
export { compareRequests, repeatsUpTo, reuseAt, type CheckpointReuse, type Reuse } from "../request/reuse.ts";
export type {
  Checkpoint,
  CheckpointOrigin,
  Dialect,
  MarkFault,
  Platform,
  PrefixParameter,
  Region,
  Request,
  Role,
  Segment,
  SegmentKind,
} from "../request/request.ts";
export type { Span } from "../source/source-file.ts";
export type { Confidence, Order, Scope } from "../value/scope.ts";
export { isFresh, isUnstable, weakest } from "../value/scope.ts";
export type { Decision, Frame, HolePart, OpaqueValue, OrderEvidence, TextPart } from "../value/value.ts";
