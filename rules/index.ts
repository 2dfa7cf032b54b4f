import type { Rule } from "../src/rule/index.ts";
import maxCachedTokens from "./max-cached-tokens.ts";
import maxCheckpointDistance from "./max-checkpoint-distance.ts";
import maxCheckpoints from "./max-checkpoints.ts";
import minPrefixTokens from "./min-prefix-tokens.ts";
import noCachePerRequest from "./no-cache-per-request.ts";
import noConditionalPrefix from "./no-conditional-prefix.ts";
import noDynamicCheckpoint from "./no-dynamic-checkpoint.ts";
import noDynamicPrefix from "./no-dynamic-prefix.ts";
import noIgnoredCheckpoint from "./no-ignored-checkpoint.ts";
import noLowBenefitCheckpoint from "./no-low-benefit-checkpoint.ts";
import noMisplacedCheckpoint from "./no-misplaced-checkpoint.ts";
import noRewrittenHistory from "./no-rewritten-history.ts";
import noStaticAfterDynamic from "./no-static-after-dynamic.ts";
import noUncachedFanOut from "./no-uncached-fan-out.ts";
import noUnstableImageOrder from "./no-unstable-image-order.ts";
import noUnstableImageSource from "./no-unstable-image-source.ts";
import noUnstableSerialization from "./no-unstable-serialization.ts";
import noUnstableToolOrder from "./no-unstable-tool-order.ts";
import noUnsupportedCheckpoint from "./no-unsupported-checkpoint.ts";
import noVaryingParameters from "./no-varying-parameters.ts";
import noVaryingTools from "./no-varying-tools.ts";
import requireCacheKey from "./require-cache-key.ts";
import requireCheckpoint from "./require-checkpoint.ts";
import validTtl from "./valid-ttl.ts";

/** All rules, in the order of their ids. */
export const rules: readonly Rule[] = [
  maxCachedTokens,
  maxCheckpointDistance,
  maxCheckpoints,
  minPrefixTokens,
  noCachePerRequest,
  noConditionalPrefix,
  noDynamicCheckpoint,
  noDynamicPrefix,
  noIgnoredCheckpoint,
  noLowBenefitCheckpoint,
  noMisplacedCheckpoint,
  noRewrittenHistory,
  noStaticAfterDynamic,
  noUncachedFanOut,
  noUnstableImageOrder,
  noUnstableImageSource,
  noUnstableSerialization,
  noUnstableToolOrder,
  noUnsupportedCheckpoint,
  noVaryingParameters,
  noVaryingTools,
  requireCacheKey,
  requireCheckpoint,
  validTtl,
];

/**
 * Rules that judge the same thing, the foremost first: of several findings about one mark, or about one changing
 * value, only the first is shown. See `onePerSubject`.
 */
export const precedence: readonly (readonly string[])[] = [
  [
    "no-unsupported-checkpoint",
    "no-misplaced-checkpoint",
    "no-ignored-checkpoint",
    "max-checkpoints",
    "valid-ttl",
    "min-prefix-tokens",
    "no-low-benefit-checkpoint",
  ],
  [
    "no-varying-tools",
    "no-conditional-prefix",
    "no-unstable-image-source",
    "no-unstable-serialization",
    "no-dynamic-prefix",
    "no-dynamic-checkpoint",
    "no-static-after-dynamic",
  ],
];
