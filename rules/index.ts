import type { Rule } from "../src/rule/index.ts";
import noDynamicPrefix from "./no-dynamic-prefix.ts";

/** All rules, in the order of their ids. */
export const rules: readonly Rule[] = [noDynamicPrefix];

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
  ],
  [
    "no-conditional-prefix",
    "no-unstable-image-source",
    "no-varying-tools",
    "no-dynamic-prefix",
    "no-dynamic-checkpoint",
    "no-static-after-dynamic",
  ],
];
