import { afterEach, describe, expect, it, vi } from "vitest";
import { countBaseTokens, sampledAbove } from "../../src/tokens/base-encoding.ts";
import { boundTokens } from "../../src/tokens/bound-tokens.ts";
import { estimateTokens } from "../../src/tokens/estimate-tokens.ts";
import { tokenizerNames } from "../../src/tokens/tokenizer-families.ts";
import vectors from "./vectors.json" with { type: "json" };

const paragraph =
  "Our warehouse team opens the loading dock at half past six every weekday, and early drivers wait. ";

describe("estimateTokens", () => {
  it.each([...tokenizerNames, undefined])("is zero of no text in %s", (tokenizer) => {
    expect(estimateTokens("", tokenizer)).toEqual({ low: 0, best: 0, high: 0 });
  });

  it("counts the text of a special token as plain text", () => {
    expect(estimateTokens("<|endoftext|>", "cl100k").best).toBe(7);
  });

  it("is wider where the tokenizer is assumed", () => {
    const text = paragraph.repeat(40);
    const verified = estimateTokens(text, "claude-v4.7");
    const assumed = estimateTokens(text, "claude-v4.7", { unverified: true });
    expect(assumed.best).toBe(verified.best);
    expect(assumed.low).toBeCloseTo(verified.low * 0.95, -1);
    expect(assumed.high).toBeCloseTo(verified.high * 1.05, -1);
  });

  it("has the reconstructed Claude counts of all texts but one in its ranges", () => {
    const misses = vectors.flatMap(({ name, text, claude }) =>
      (["claude-v3", "claude-v4.7"] as const)
        .filter((tokenizer) => {
          const { low, high } = estimateTokens(text, tokenizer);
          return claude[tokenizer] < low || claude[tokenizer] > high;
        })
        .map((tokenizer) => `${name} in ${tokenizer}`),
    );
    // A German sentence without umlauts, of 52 and 71 tokens: within the 5% of texts that a range leaves out.
    expect(misses).toEqual(["de in claude-v3", "de in claude-v4.7"]);
  });
});

describe("texts above the sampling size", () => {
  const lines = vectors.map(({ text }) => text);
  const long = Array.from({ length: 6000 }, (_, index) => lines[(index * index) % lines.length]).join("\n");
  const split = Array.from({ length: Math.ceil(long.length / 100_000) }, (_, index) =>
    long.slice(index * 100_000, (index + 1) * 100_000),
  );

  it("are long enough to be sampled", () => {
    expect(long.length).toBeGreaterThan(sampledAbove);
  });

  it.each(["cl100k", "o200k"] as const)("hold the count of %s in their range", (encoding) => {
    const truth = split.reduce((sum, part) => sum + (countBaseTokens(part, encoding)?.tokens ?? NaN), 0);
    const { low, high } = estimateTokens(long, encoding);
    expect(low).toBeLessThanOrEqual(truth);
    expect(high).toBeGreaterThanOrEqual(truth);
    expect(high - low).toBeLessThan(truth / 2);
  });
});

describe("a long run of one kind", () => {
  it.each([
    ["letters", "a".repeat(100_000)],
    ["blanks", " ".repeat(100_000)],
    ["symbols", "=-".repeat(50_000)],
    ["Han", "世界".repeat(50_000)],
  ])("is counted in time: %s", (_, text) => {
    const started = performance.now();
    const { low, high } = estimateTokens(text, "o200k");
    expect(performance.now() - started).toBeLessThan(2000);
    expect(low).toBeLessThan(high);
  });
});

describe("boundTokens", () => {
  it.each(vectors)("holds every recorded count of $name", ({ text, o200k, cl100k, claude }) => {
    const counts = { o200k, cl100k, ...claude };
    for (const tokenizer of ["o200k", "cl100k", "claude-v3", "claude-v4.7"] as const) {
      for (const { low, high } of [boundTokens(text, tokenizer), boundTokens(text, undefined)]) {
        expect(low).toBeLessThanOrEqual(counts[tokenizer]);
        expect(high).toBeGreaterThanOrEqual(counts[tokenizer]);
      }
    }
  });

  it.each([
    ["words and bytes", "don't stop now", { low: 3, high: 14 }],
    ["no words", "12345", { low: 1, high: 5 }],
    ["bytes beyond ASCII", "漢字", { low: 1, high: 6 }],
    ["a run longer than the longest token", "a".repeat(300), { low: 3, high: 300 }],
    ["nothing", "", { low: 0, high: 0 }],
  ])("counts %s", (_, text, expected) => {
    expect(boundTokens(text, "o200k")).toMatchObject(expected);
  });
});

describe("without the encodings", () => {
  afterEach(() => {
    vi.doUnmock("node:module");
    vi.resetModules();
  });

  it("still gives ranges that hold the estimates with them", async () => {
    const text = paragraph.repeat(30);
    const bests = tokenizerNames.map((tokenizer) => estimateTokens(text, tokenizer).best);
    vi.resetModules();
    vi.doMock("node:module", () => ({
      createRequire: () => () => {
        throw new Error("not installed");
      },
    }));
    const { estimateTokens: estimateWithout } = await import("../../src/tokens/estimate-tokens.ts");
    for (const [index, tokenizer] of tokenizerNames.entries()) {
      const range = estimateWithout(text, tokenizer);
      expect(range.low).toBeLessThan(bests[index]!);
      expect(range.high).toBeGreaterThan(bests[index]!);
      expect(range.high - range.low).toBeGreaterThan(bests[index]! / 2);
    }
  });
});
