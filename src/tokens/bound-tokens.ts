import { measureFeatures } from "./text-features.ts";
import type { TokenizerName } from "./tokenizer-families.ts";
import type { TokenRange } from "./token-range.ts";

/**
 * The tokens `text` has at least and at most, by proof or exhaustive search rather than by estimate, without loading any
 * encoding: a token never spans two words, and every encoding falls back to bytes. `best` is what the bytes suggest.
 * Without a tokenizer the bounds hold for all of them.
 */
export function boundTokens(text: string, tokenizer: TokenizerName | undefined): TokenRange {
  return boundCounts(countWords(text), measureFeatures(text).bytes, tokenizer);
}

/** The same from the words and UTF-8 bytes of a text. */
export function boundCounts(words: number, bytes: number, tokenizer: TokenizerName | undefined): TokenRange {
  if (bytes === 0) return { low: 0, best: 0, high: 0 };
  const low = isOpenai(tokenizer) ? Math.max(words, Math.ceil(bytes / longestToken)) : Math.max(words, 1);
  const high = highestTokens(bytes, tokenizer);
  const best = Math.round(bytes / (tokenizer === undefined ? 3 : typicalBytesPerToken[tokenizer]));
  return { low, best: Math.min(Math.max(best, low), high), high };
}

/** The most tokens a text of so many UTF-8 bytes can have. */
export function highestTokens(bytes: number, tokenizer: TokenizerName | undefined): number {
  if (bytes === 0) return 0;
  // Byte-level encodings spend at most one token a byte. The Claude tokenizer marks capitals with tokens of their own:
  // the worst text that an adversarial search found has 1.145 tokens a byte. Nova and Gemini get the same margin.
  return isOpenai(tokenizer) ? bytes : Math.ceil(1.25 * bytes) + 16;
}

/** Words no token reaches across: letters and marks, with apostrophes between them. */
export function countWords(text: string): number {
  let words = 0;
  wordPattern.lastIndex = 0;
  while (wordPattern.test(text)) words++;
  return words;
}

const wordPattern = /[\p{L}\p{M}]+(?:['\u2019][\p{L}\p{M}]+)*/gu;

/** Bytes of the longest token of the OpenAI encodings. */
const longestToken = 128;

/** Medians over the calibration's texts; those of Nova and Gemini are o200k's. */
const typicalBytesPerToken: Readonly<Record<TokenizerName, number>> = {
  "claude-v3": 2.88,
  "claude-v4.7": 2.38,
  "nova-1": 3.59,
  "nova-2": 3.59,
  "gemini-2": 3.59,
  "gemini-3": 3.59,
  o200k: 3.59,
  cl100k: 3.43,
};

function isOpenai(tokenizer: TokenizerName | undefined): boolean {
  return tokenizer === "o200k" || tokenizer === "cl100k";
}
