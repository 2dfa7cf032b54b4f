import { countBaseTokens, type BaseCount } from "./base-encoding.ts";
import { highestTokens } from "./bound-tokens.ts";
import { classifyText, textClasses } from "./text-class.ts";
import { measureFeatures, stripScripts, type CharacterFeatures } from "./text-features.ts";
import {
  tokenizerFamilies,
  tokenizerNames,
  type Band,
  type Coefficients,
  type LinearFamily,
  type ScaledFamily,
  type TokenizerName,
} from "./tokenizer-families.ts";
import { hullOfRanges, roundRange, zeroTokens, type TokenRange } from "./token-range.ts";

export interface EstimateOptions {
  /** The model's tokenizer is assumed rather than verified: the range is 5% wider at both ends. */
  readonly unverified?: boolean;
}

/** Counts with the base encodings, each undefined if the encoding can't be loaded. */
export interface BaseCounts {
  /** The text without scripts (`stripScripts`) in cl100k_base, for the Claude families. */
  readonly cl100s?: BaseCount | undefined;
  /** The whole text in o200k_base and cl100k_base, for all others. */
  readonly o200k?: BaseCount | undefined;
  readonly cl100k?: BaseCount | undefined;
}

/**
 * How many tokens `text` has in a tokenizer; without one, the range covers every family. OpenAI's tokenizers are
 * counted, the others estimated. Loads an encoding at the first call: `TokenCounter` often answers without.
 */
export function estimateTokens(
  text: string,
  tokenizer: TokenizerName | undefined,
  options: EstimateOptions = {},
): TokenRange {
  const features = measureFeatures(text);
  return estimateFromFeatures(features, countNeeded(text, features, tokenizer), tokenizer, options);
}

/** Counts a text with the base encodings that a tokenizer's estimate needs. */
export function countNeeded(
  text: string,
  features: CharacterFeatures,
  tokenizer: TokenizerName | undefined,
): BaseCounts {
  const needed = neededCounts(tokenizer);
  return {
    cl100s: needed.has("cl100s") ? countBaseTokens(stripScripts(text, features), "cl100k") : undefined,
    o200k: needed.has("o200k") ? countBaseTokens(text, "o200k") : undefined,
    cl100k: needed.has("cl100k") ? countBaseTokens(text, "cl100k") : undefined,
  };
}

/** Which of the base counts an estimate reads. */
export function neededCounts(tokenizer: TokenizerName | undefined): ReadonlySet<keyof BaseCounts> {
  return new Set((tokenizer === undefined ? tokenizerNames : [tokenizer]).map(countOf));
}

/** The estimate from what has been counted in a text; texts are counted together by adding their counts up. */
export function estimateFromFeatures(
  features: CharacterFeatures,
  counts: BaseCounts,
  tokenizer: TokenizerName | undefined,
  options: EstimateOptions = {},
): TokenRange {
  if (features.chars === 0) return zeroTokens;
  if (tokenizer === undefined) {
    const all = tokenizerNames.map((name) => estimateFromFeatures(features, counts, name, options));
    return hullOfRanges(all);
  }
  const family = tokenizerFamilies[tokenizer];
  const count = counts[countOf(tokenizer)];
  const { low, best, high } =
    family.kind === "linear"
      ? estimateLinear(features, count, family)
      : estimateScaled(features, count, family);
  const widening = options.unverified === true ? 0.05 : 0;
  const limit = highestTokens(features.bytes, tokenizer);
  return roundRange({
    low: Math.max(Math.min(low * (1 - widening), limit), 0),
    best: Math.min(best, limit),
    high: Math.min(high * (1 + widening), limit),
  });
}

/** The weighted sum of a linear family, before any band. */
export function linearEstimate(features: CharacterFeatures, cl100s: number, family: LinearFamily): number {
  return sumOf(family.coefficients, features, cl100s);
}

/** The rougher sum that needs no encoding. */
export function estimateWithoutEncoding(features: CharacterFeatures, family: LinearFamily): number {
  return sumOf(family.withoutEncoding, features, 0);
}

const missingEncoding: Band = [0.7, 1.6];
const missingEncodingForeign: Band = [0.6, 3.3];
const foreignText: Band = [0.7, 1.6];

/** Tokens added at both ends of a linear estimate: what rounding and the first and last characters can do. */
const slack = 2;
/** The same for Nova and Gemini, where two-letter answers were recorded as four tokens. */
const scaledSlack = 3;

function estimateLinear(
  features: CharacterFeatures,
  count: BaseCount | undefined,
  family: LinearFamily,
): TokenRange {
  if (count === undefined) {
    const band = features.bytes === features.chars ? missingEncoding : missingEncodingForeign;
    return applyBand(estimateWithoutEncoding(features, family), band, 0, slack);
  }
  const estimate = linearEstimate(features, count.tokens, family);
  return applyBand(
    estimate,
    textClasses[classifyText(features, count.tokens, estimate)].band,
    count.error,
    slack,
  );
}

function estimateScaled(
  features: CharacterFeatures,
  count: BaseCount | undefined,
  family: ScaledFamily,
): TokenRange {
  if (count === undefined) {
    // The form for Claude, brought down by the median ratio of Claude's counts to o200k's.
    const estimate =
      estimateWithoutEncoding(features, tokenizerFamilies["claude-v3"] as LinearFamily) / 1.167;
    return applyBand(estimate, missingEncodingForeign, 0, slack);
  }
  const isPublic = family.band[0] === family.band[1];
  // The recorded texts of Nova and Gemini are mostly English prose: nothing vouches for other scripts.
  const isForeign = !isPublic && (features.bytes - features.chars) / features.chars > 0.1;
  return applyBand(
    count.tokens * family.factor,
    isForeign ? foreignText : family.band,
    count.error,
    isPublic ? 0 : scaledSlack,
  );
}

function applyBand(estimate: number, [low, high]: Band, error: number, extra: number): TokenRange {
  return {
    low: estimate * low * (1 - error) - extra,
    best: estimate,
    high: estimate * high * (1 + error) + extra,
  };
}

function sumOf(coefficients: Coefficients, features: CharacterFeatures, cl100s: number): number {
  let sum = (coefficients.cl100s ?? 0) * cl100s;
  for (const [name, coefficient] of Object.entries(coefficients)) {
    if (name !== "cl100s") sum += coefficient * features[name as keyof CharacterFeatures];
  }
  return sum;
}

function countOf(tokenizer: TokenizerName): keyof BaseCounts {
  const family = tokenizerFamilies[tokenizer];
  return family.kind === "linear" ? "cl100s" : family.encoding;
}
