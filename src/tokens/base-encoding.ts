import { createRequire } from "node:module";

/** The public byte-pair encodings that other tokenizers are estimated from. */
export type BaseEncoding = "cl100k" | "o200k";

/** A token count; the true one lies within `tokens * (1 - error)` and `tokens * (1 + error)`. */
export interface BaseCount {
  readonly tokens: number;
  /** 0 for an exact count, more where a text is so long that it was sampled, or has runs that had to be cut. */
  readonly error: number;
}

/** Texts of more UTF-16 units than this are sampled rather than counted. */
export const sampledAbove = 200_000;

/**
 * Counts `text` with a base encoding; text that looks like a special token counts as plain text. The encoding is loaded
 * at the first call, which takes 100 to 300 ms. Returns undefined if it can't be loaded.
 */
export function countBaseTokens(text: string, encoding: BaseEncoding): BaseCount | undefined {
  if (text === "") return { tokens: 0, error: 0 };
  const count = loadEncoding(encoding);
  if (count === undefined) return undefined;
  return text.length > sampledAbove ? countSamples(text, count) : countWhole(text, count);
}

/** Whether the encoding has been loaded; for measurements and tests. */
export function isEncodingLoaded(encoding: BaseEncoding): boolean {
  return loaded.has(encoding);
}

// The merging is quadratic in the length of one piece (50,000 letters in a row take three seconds), so a longer run of
// letters, blanks or symbols is counted in cuts. Real prompts have no such runs.
const longRun = /[\p{L}\p{M}]{600,}|\s{600,}|[^\s\p{L}\p{N}]{600,}/gu;
const cutLength = 200;

const cutError = 0.05;

const samples = 50;
const sampleLength = 2000;

type Count = (text: string) => number;

interface GptEncoding {
  countTokens(text: string, options: { disallowedSpecial: ReadonlySet<string> }): number;
}

const entries: Record<BaseEncoding, string> = {
  cl100k: "gpt-tokenizer/cjs/encoding/cl100k_base",
  o200k: "gpt-tokenizer/cjs/encoding/o200k_base",
};

function countWhole(text: string, count: Count): BaseCount {
  let tokens = 0;
  let from = 0;
  for (const run of text.matchAll(longRun)) {
    tokens += count(text.slice(from, run.index));
    for (let at = 0; at < run[0].length; at += cutLength) tokens += count(run[0].slice(at, at + cutLength));
    from = run.index + run[0].length;
  }
  return { tokens: tokens + count(text.slice(from)), error: from === 0 ? 0 : cutError };
}

/** Counts evenly spaced windows; the error is four standard errors of their mean, and what the cuts add. */
function countSamples(text: string, count: Count): BaseCount {
  const densities: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const from = Math.floor(((text.length - sampleLength) * sample) / (samples - 1));
    densities.push(countWhole(text.slice(from, from + sampleLength), count).tokens / sampleLength);
  }
  const mean = densities.reduce((sum, density) => sum + density, 0) / samples;
  const variance = densities.reduce((sum, density) => sum + (density - mean) ** 2, 0) / (samples - 1);
  return { tokens: mean * text.length, error: 0.01 + (4 * Math.sqrt(variance / samples)) / mean };
}

const loaded = new Map<BaseEncoding, Count | undefined>();

function loadEncoding(encoding: BaseEncoding): Count | undefined {
  if (!loaded.has(encoding)) loaded.set(encoding, requireEncoding(encoding));
  return loaded.get(encoding);
}

function requireEncoding(encoding: BaseEncoding): Count | undefined {
  try {
    const library = createRequire(import.meta.url)(entries[encoding]) as GptEncoding;
    const options = { disallowedSpecial: new Set<string>() };
    return (text) => library.countTokens(text, options);
  } catch {
    // Estimates without the encoding are wider, but an analysis without any would be worse.
    return undefined;
  }
}
