import type { CharacterFeatures } from "./text-features.ts";
import type { Band } from "./tokenizer-families.ts";

/** What kind of text an estimate is about: it decides how wide the range must be. */
export type TextClass = keyof typeof textClasses;

/**
 * The classes with their bands: factors on the estimate between which the true count lies. docs/tokens.md says how many
 * of the recorded and reconstructed counts of each class do.
 */
export const textClasses = {
  /** English or another language the base encoding knows well, Markdown, scripts with a coefficient of their own. */
  prose: { band: [0.91, 1.13] },
  /** Code, JSON, tables: much punctuation, many numbers, or short lines. */
  dense: { band: [0.86, 1.2] },
  /** Fewer than 200 tokens. */
  short: { band: [0.82, 1.25] },
  /** Latin script in a language that the base encoding cuts into small pieces. */
  unfamiliar: { band: [0.86, 1.3] },
  /** Latin script with many letters outside ASCII. */
  accented: { band: [0.78, 1.3] },
  /** Unbroken runs of letters or of changing case, as in base64 and identifiers without words. */
  unbroken: { band: [0.6, 1.35] },
  /** More than 1% of the characters have no calibration. */
  partlyUncharted: { band: [0.6, 2.3] },
  /** More than 20% of the characters have no calibration. */
  mostlyUncharted: { band: [0.45, 5.2] },
} as const satisfies Record<string, { band: Band }>;

/**
 * The class of a text.
 *
 * @param cl100s - cl100k_base tokens of the text without scripts
 * @param estimate - tokens of the whole text
 */
export function classifyText(features: CharacterFeatures, cl100s: number, estimate: number): TextClass {
  const { chars, letters } = features;
  if (features.uncharted > 0.2 * chars) return "mostlyUncharted";
  if (features.uncharted > 0.01 * chars) return "partlyUncharted";
  if (features.ex8 > 0.3 * letters || features.camel > 0.15 * letters) return "unbroken";
  if (features.lat > 0.01 * chars) return "accented";
  const isPunctuated = features.prun + features.pex + features.drun > 0.12 * chars;
  if (isPunctuated || features.digits > 0.15 * chars || features.nlrun > chars / 35) return "dense";
  // English has a token for every five letters, languages that are rare in the encoding's training one for every two.
  const inWords = cl100s - features.prun - features.drun - features.nlrun;
  if (letters > 0.5 * chars && inWords > 0.28 * letters) return "unfamiliar";
  return estimate < 200 ? "short" : "prose";
}

/** Whether a text is ASCII made of words, with no stretches where counts of characters say nothing. */
export function isPlainProse(features: CharacterFeatures): boolean {
  const { bytes, chars, letters } = features;
  return (
    bytes === chars &&
    letters > 0.5 * chars &&
    features.ex8 < 0.2 * letters &&
    features.prun + features.pex + features.digits < 0.25 * chars &&
    features.blankex < 0.05 * chars
  );
}
