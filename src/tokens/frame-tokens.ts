import { tokenizerNames, type TokenizerName } from "./tokenizer-families.ts";
import { hullOfRanges, roundRange, type TokenRange } from "./token-range.ts";

export interface FrameOptions {
  /** Catalog id, such as `claude-opus-4-7`, whose frame differs from its neighbours'. */
  readonly model?: string;
}

/**
 * What a provider puts around the texts of a whole request: turn markers, roles, an opening. `messages` counts the
 * messages; a system prompt counts as one for OpenAI only, and costs nothing extra elsewhere.
 */
export function frameTokens(
  tokenizer: TokenizerName | undefined,
  request: { readonly messages: number; readonly hasSystem: boolean },
  options: FrameOptions = {},
): TokenRange {
  if (tokenizer === undefined) {
    return hullOfRanges(tokenizerNames.map((name) => frameTokens(name, request)));
  }
  const { first, further, countsSystem } = frames[tokenizer];
  const messages = request.messages + (countsSystem && request.hasSystem ? 1 : 0);
  if (messages === 0) return { low: 0, best: 0, high: first[1] };
  const opening = options.model === "claude-opus-4-7" ? ([11, 11] as const) : first;
  const low = opening[0] + further[0] * (messages - 1);
  const high = opening[1] + further[1] * (messages - 1);
  return roundRange({ low, best: opening[0] + ((further[0] + further[1]) / 2) * (messages - 1), high });
}

/** Where a checkpoint stands. */
export type CheckpointRegion = "tools" | "system" | "messages";

/**
 * What a provider puts around the texts in front of a checkpoint, as far as it belongs to the cached prefix.
 *
 * @param messages - messages up to and including the one that carries the checkpoint
 */
export function prefixFrameTokens(
  tokenizer: TokenizerName | undefined,
  region: CheckpointRegion,
  messages: number,
): TokenRange {
  if (tokenizer === undefined) {
    return hullOfRanges(tokenizerNames.map((name) => prefixFrameTokens(name, region, messages)));
  }
  if (tokenizer !== "claude-v3" && tokenizer !== "claude-v4.7") {
    // Not recorded: anything up to the frame of the messages so far.
    const { high } = frameTokens(tokenizer, { messages, hasSystem: true });
    return { low: 0, best: Math.round(high / 2), high };
  }
  if (region !== "messages" || messages === 0) return { low: 0, best: 1, high: 2 };
  const [low, high] = frames[tokenizer].further;
  return { low: 3 + low * (messages - 1), best: 3 * messages, high: 3 + high * (messages - 1) };
}

type Interval = readonly [low: number, high: number];

interface Frame {
  /** Tokens with the first message, and with each further one. */
  readonly first: Interval;
  readonly further: Interval;
  readonly countsSystem: boolean;
}

const frames: Readonly<Record<TokenizerName, Frame>> = {
  "claude-v3": { first: [7, 7], further: [3, 3], countsSystem: false },
  "claude-v4.7": { first: [6, 11], further: [2, 3], countsSystem: false },
  "nova-1": { first: [0, 0], further: [2, 3], countsSystem: false },
  "nova-2": { first: [46, 46], further: [2, 3], countsSystem: false },
  "gemini-2": { first: [0, 0], further: [0, 1], countsSystem: false },
  "gemini-3": { first: [1, 1], further: [0, 1], countsSystem: false },
  // 4 a message, and once 2 (GPT-5, o-series) or 3 (GPT-4o, GPT-4.1 and earlier).
  o200k: { first: [6, 7], further: [4, 4], countsSystem: true },
  cl100k: { first: [7, 7], further: [4, 4], countsSystem: true },
};
