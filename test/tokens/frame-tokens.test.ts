import { describe, expect, it } from "vitest";
import { frameTokens, prefixFrameTokens } from "../../src/tokens/frame-tokens.ts";

describe("frameTokens", () => {
  it.each([
    ["Claude 3, one message", "claude-v3", 1, {}, { low: 7, high: 7 }],
    ["Claude 3, three messages", "claude-v3", 3, {}, { low: 13, high: 13 }],
    ["Opus 4.7", "claude-v4.7", 1, { model: "claude-opus-4-7" }, { low: 11, high: 11 }],
    ["an unknown model of its tokenizer", "claude-v4.7", 1, {}, { low: 6, high: 11 }],
    ["Nova 2", "nova-2", 1, {}, { low: 46, high: 46 }],
    ["GPT with a system prompt", "o200k", 1, {}, { low: 10, high: 11 }],
  ] as const)("%s", (_, tokenizer, messages, options, expected) => {
    expect(frameTokens(tokenizer, { messages, hasSystem: true }, options)).toMatchObject(expected);
  });

  it("covers every provider when the tokenizer is unknown", () => {
    const { low, high } = frameTokens(undefined, { messages: 1, hasSystem: false });
    expect({ low, high }).toEqual({ low: 0, high: 46 });
  });
});

describe("prefixFrameTokens", () => {
  it.each([
    ["a checkpoint in the first message of Claude", "messages", 1, { low: 3, best: 3, high: 3 }],
    ["one in the third", "messages", 3, { low: 9, best: 9, high: 9 }],
    ["one in the system prompt", "system", 0, { low: 0, best: 1, high: 2 }],
  ] as const)("%s", (_, region, messages, expected) => {
    expect(prefixFrameTokens("claude-v3", region, messages)).toEqual(expected);
  });

  it("is at most the whole frame where nothing is recorded", () => {
    const { low, high } = prefixFrameTokens("nova-2", "messages", 1);
    expect({ low, high }).toEqual({ low: 0, high: 46 });
  });
});
