import { beforeEach, describe, expect, it, vi } from "vitest";
import type { TokenizerName } from "../../src/tokens/tokenizer-families.ts";

const paragraph =
  "Our warehouse team opens the loading dock at half past six every weekday, and early drivers wait. ";

// Each test starts with no encoding loaded.
beforeEach(() => {
  vi.resetModules();
});

async function load() {
  const { TokenCounter } = await import("../../src/tokens/token-counter.ts");
  const { isEncodingLoaded } = await import("../../src/tokens/base-encoding.ts");
  return {
    counter: new TokenCounter(),
    loaded: () => (["cl100k", "o200k"] as const).filter((encoding) => isEncodingLoaded(encoding)),
  };
}

describe("compare", () => {
  it.each<[string, number, TokenizerName | undefined, string]>([
    ["a sentence", 1, "claude-v3", "below"],
    ["a sentence without tokenizer", 1, undefined, "below"],
    ["ten sentences", 10, "claude-v3", "below"],
    ["eight sentences of OpenAI", 8, "o200k", "below"],
    ["a long document", 200, "claude-v3", "reached"],
    ["a long document without tokenizer", 200, undefined, "reached"],
  ])("answers %s without loading an encoding", async (_, times, tokenizer, expected) => {
    const { counter, loaded } = await load();
    expect(counter.compare(paragraph.repeat(times), 1024, tokenizer)).toBe(expected);
    expect(loaded()).toEqual([]);
  });

  it("loads the one encoding it needs near the limit", async () => {
    const { counter, loaded } = await load();
    expect(counter.compare(paragraph.repeat(40), 1024, "o200k")).toBe("below");
    expect(loaded()).toEqual(["o200k"]);
  });

  it("leaves open what the range straddles", async () => {
    const { counter } = await load();
    expect(counter.compare(paragraph.repeat(52), 1024, "claude-v3")).toBe("unknown");
  });

  it("adds what comes on top", async () => {
    const { counter } = await load();
    const plus = { low: 2000, best: 2100, high: 2200 };
    expect(counter.compare(paragraph, 1024, "claude-v3", { plus })).toBe("reached");
  });

  it("proves nothing below when something unknown comes on top", async () => {
    const { counter } = await load();
    const plus = { low: 0, best: 0, high: Infinity };
    expect(counter.compare(paragraph, 1024, "claude-v3", { plus })).toBe("unknown");
  });
});

describe("range", () => {
  it("judges several texts together, with one band", async () => {
    const { counter } = await load();
    const texts = Array.from({ length: 40 }, (_, index) => `${index}. ${paragraph}`);
    const together = counter.range(texts, "claude-v3");
    const each = texts.map((text) => counter.range(text, "claude-v3"));
    const sumOfHighs = each.reduce((sum, { high }) => sum + high, 0);
    expect(together.high).toBeLessThan(sumOfHighs);
    expect(together.best).toBeCloseTo(
      each.reduce((sum, { best }) => sum + best, 0),
      -2,
    );
  });

  it("is what estimateTokens says of one text", async () => {
    const { counter } = await load();
    const { estimateTokens } = await import("../../src/tokens/estimate-tokens.ts");
    expect(counter.range(paragraph, "nova-1")).toEqual(estimateTokens(paragraph, "nova-1"));
  });

  it("is zero of no text", async () => {
    const { counter, loaded } = await load();
    expect(counter.range([], "claude-v3")).toEqual({ low: 0, best: 0, high: 0 });
    expect(loaded()).toEqual([]);
  });
});

describe("quickRange", () => {
  it.each<[string, string]>([
    ["prose", paragraph.repeat(30)],
    [
      "code",
      "const total = items.map((item) => item.price * item.count).reduce((a, b) => a + b, 0);\n".repeat(30),
    ],
    ["Japanese", "倉庫は平日の六時半に開きます。".repeat(30)],
    ["emoji", "🚚📦✅ ".repeat(50)],
    ["digits", "3141592653589793".repeat(50)],
  ])("holds the range of %s", async (_, text) => {
    const { counter } = await load();
    for (const tokenizer of ["claude-v3", "claude-v4.7", "o200k", "cl100k"] as const) {
      const quick = counter.quickRange(text, tokenizer);
      const { best } = counter.range(text, tokenizer);
      expect(quick.low).toBeLessThanOrEqual(best);
      expect(quick.high).toBeGreaterThanOrEqual(best);
    }
  });
});
