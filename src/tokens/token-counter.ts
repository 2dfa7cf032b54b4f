import { boundCounts, countWords } from "./bound-tokens.ts";
import { countBaseTokens, type BaseCount } from "./base-encoding.ts";
import {
  estimateFromFeatures,
  estimateWithoutEncoding,
  neededCounts,
  type BaseCounts,
  type EstimateOptions,
} from "./estimate-tokens.ts";
import { isPlainProse } from "./text-class.ts";
import { addFeatures, measureFeatures, stripScripts, type CharacterFeatures } from "./text-features.ts";
import { tokenizerFamilies, type TokenizerName } from "./tokenizer-families.ts";
import {
  addRanges,
  clampRange,
  compareToLimit,
  zeroTokens,
  type LimitAnswer,
  type TokenRange,
} from "./token-range.ts";

export interface CompareOptions extends EstimateOptions {
  /** Tokens that come on top of the texts: tools, frames, images. */
  readonly plus?: TokenRange;
}

/**
 * Counts texts, each text once, and loads an encoding only for a question that can't be settled without.
 *
 * Several texts given together are judged together, as one sum with one band, which is narrower than the sum of their
 * ranges when they are short. Texts that touch each other on the wire should be joined by the caller.
 */
export class TokenCounter {
  readonly #measured = new Map<string, MeasuredText>();

  /** The tokens of the texts together; loads the encodings that the tokenizer's estimate needs. */
  range(
    texts: string | readonly string[],
    tokenizer: TokenizerName | undefined,
    options: EstimateOptions = {},
  ): TokenRange {
    const measured = this.#measureAll(texts);
    const features = addFeatures(measured.map((text) => text.features));
    const counts: { -readonly [name in keyof BaseCounts]: BaseCounts[name] } = {};
    for (const name of neededCounts(tokenizer))
      counts[name] = addCounts(measured.map((text) => text.count(name)));
    return estimateFromFeatures(features, counts, tokenizer, options);
  }

  /** A wider range that holds the count too and never loads an encoding. */
  quickRange(
    texts: string | readonly string[],
    tokenizer: TokenizerName | undefined,
    options: EstimateOptions = {},
  ): TokenRange {
    let [words, bytes] = [0, 0];
    const measured = this.#measureAll(texts);
    for (const text of measured) {
      words += text.words;
      bytes += text.features.bytes;
    }
    const bounds = boundCounts(words, bytes, tokenizer);
    if (tokenizer === undefined || options.unverified === true) return bounds;
    const family = tokenizerFamilies[tokenizer];
    const features = addFeatures(measured.map((text) => text.features));
    if (family.kind !== "linear" || !isPlainProse(features)) return bounds;
    // None of the recorded counts of such texts lies outside.
    const best = estimateWithoutEncoding(features, family);
    const rough = {
      low: Math.floor(best * 0.7 - 2),
      best: Math.round(best),
      high: Math.ceil(best * 2.8 + 16),
    };
    return clampRange(rough, bounds);
  }

  /**
   * Whether the texts certainly have fewer tokens than `limit`, or certainly as many or more. Asks the quick range
   * first and counts only if that can't tell.
   */
  compare(
    texts: string | readonly string[],
    limit: number,
    tokenizer: TokenizerName | undefined,
    options: CompareOptions = {},
  ): LimitAnswer {
    const plus = options.plus ?? zeroTokens;
    const quick = compareToLimit(addRanges(this.quickRange(texts, tokenizer, options), plus), limit);
    if (quick !== "unknown") return quick;
    return compareToLimit(addRanges(this.range(texts, tokenizer, options), plus), limit);
  }

  #measureAll(texts: string | readonly string[]): MeasuredText[] {
    return (typeof texts === "string" ? [texts] : texts).map((text) => this.#measure(text));
  }

  #measure(text: string): MeasuredText {
    let measured = this.#measured.get(text);
    if (measured === undefined) {
      measured = new MeasuredText(text);
      if (this.#measured.size >= keptTexts) this.#measured.clear();
      this.#measured.set(text, measured);
    }
    return measured;
  }
}

/** Bounds the memory of a long run; a file's texts are asked about together, so forgetting all at once does no harm. */
const keptTexts = 2000;

/** One text with what has been counted in it so far. */
class MeasuredText {
  readonly features: CharacterFeatures;
  readonly #text: string;
  readonly #counts = new Map<keyof BaseCounts, BaseCount | undefined>();
  #words: number | undefined;

  constructor(text: string) {
    this.#text = text;
    this.features = measureFeatures(text);
  }

  get words(): number {
    this.#words ??= countWords(this.#text);
    return this.#words;
  }

  count(name: keyof BaseCounts): BaseCount | undefined {
    if (!this.#counts.has(name)) this.#counts.set(name, this.#count(name));
    return this.#counts.get(name);
  }

  #count(name: keyof BaseCounts): BaseCount | undefined {
    if (name !== "cl100s") return countBaseTokens(this.#text, name);
    return countBaseTokens(stripScripts(this.#text, this.features), "cl100k");
  }
}

function addCounts(counts: readonly (BaseCount | undefined)[]): BaseCount | undefined {
  let [tokens, spread] = [0, 0];
  for (const count of counts) {
    if (count === undefined) return undefined;
    tokens += count.tokens;
    spread += count.tokens * count.error;
  }
  return { tokens, error: tokens === 0 ? 0 : spread / tokens };
}
