import { describe, expect, it } from "vitest";
import { imageTokens, pdfTokens } from "../../src/tokens/image-tokens.ts";

const size = (width: number, height: number) => ({ width, height });

describe("imageTokens", () => {
  it.each([
    ["a small image on Claude", size(280, 140), "claude-v3", "claude-sonnet-4-5", 53],
    [
      "an image at Claude's limit, scaled down",
      size(4000, 3000),
      "claude-v3",
      "claude-sonnet-4-5",
      46 * 34 + 3,
    ],
    ["a 1024-pixel square on GPT-4o", size(1024, 1024), "o200k", "gpt-4o", 765],
    ["a 2048 by 4096 image on GPT-4o", size(2048, 4096), "o200k", "gpt-4o", 1105],
    ["low detail on GPT-4o", { ...size(2048, 4096), lowDetail: true }, "o200k", "gpt-4o", 85],
    ["a square on GPT-4.1 mini", size(1024, 1024), "o200k", "gpt-4.1-mini", 1659],
    ["a thumbnail on Gemini", size(300, 200), "gemini-2", undefined, 258],
    ["four tiles on Gemini", size(1536, 1536), "gemini-2", undefined, 1032],
  ] as const)("%s", (_, image, tokenizer, model, expected) => {
    const { low, best, high } = imageTokens(image, tokenizer, model === undefined ? {} : { model });
    expect(best).toBe(expected);
    expect(low).toBeLessThanOrEqual(expected);
    expect(high).toBeGreaterThanOrEqual(expected);
  });

  it.each([
    ["claude-v3", 1568],
    ["claude-v4.7", 4784],
  ] as const)("never goes beyond the limit of %s", (tokenizer, limit) => {
    const { high } = imageTokens(size(9000, 7000), tokenizer, { model: "claude-sonnet-4-5" });
    expect(high).toBeLessThanOrEqual(limit + 4);
  });

  it.each(["claude-v3", "claude-v4.7", "o200k", "gemini-2", undefined] as const)(
    "covers every size in %s if none is known",
    (tokenizer) => {
      const unknown = imageTokens({}, tokenizer);
      for (const known of [size(1, 1), size(640, 480), size(1001, 1001), size(5000, 200), size(8000, 8000)]) {
        const { low, high } = imageTokens(known, tokenizer);
        expect(unknown.low).toBeLessThanOrEqual(low);
        expect(unknown.high).toBeGreaterThanOrEqual(high);
      }
    },
  );

  it("treats a size that can't be as unknown", () => {
    expect(imageTokens(size(0, -5), "claude-v3")).toEqual(imageTokens({}, "claude-v3"));
  });
});

describe("pdfTokens", () => {
  it("multiplies by the pages", () => {
    expect(pdfTokens(3, "gemini-2")).toEqual({ low: 774, best: 774, high: 774 });
  });
  it("counts text alone where no page images are sent", () => {
    expect(pdfTokens(1, "claude-v3", { textOnly: true }).high).toBeLessThan(pdfTokens(1, "claude-v3").best);
  });
  it("knows nothing of other tokenizers", () => {
    expect(pdfTokens(2, "o200k")).toEqual({ low: 0, best: 0, high: Infinity });
  });
});
