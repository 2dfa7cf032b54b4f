import { describe, expect, it } from "vitest";
import { estimateTokens } from "../../src/tokens/estimate-tokens.ts";
import { allToolTokens, toolPreambleTokens, toolTokens } from "../../src/tokens/tool-tokens.ts";
import { tokenizerNames } from "../../src/tokens/tokenizer-families.ts";

const weather = {
  name: "get_weather",
  description: "Look up the current weather in a city.",
  schemaJson: '{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}',
};

describe("toolTokens", () => {
  it("counts what Claude is shown: spaced JSON and six tokens", () => {
    const shown =
      '{"description": "Look up the current weather in a city.", "name": "get_weather", "parameters": ' +
      '{"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}';
    expect(toolTokens(weather, "claude-v3").best).toBe(estimateTokens(shown, "claude-v3").best + 6);
  });

  it("counts what OpenAI's models are shown: a TypeScript type", () => {
    const shown =
      "// Look up the current weather in a city.\ntype get_weather = (_: {\ncity: string,\n}) => any;\n";
    expect(toolTokens(weather, "o200k").best).toBe(estimateTokens(shown, "o200k").best);
  });

  it.each([...tokenizerNames, undefined])("gives a range around the best in %s", (tokenizer) => {
    const { low, best, high } = toolTokens(weather, tokenizer);
    expect(low).toBeLessThan(best);
    expect(high).toBeGreaterThan(best);
  });

  it("doubles for two tools", () => {
    const one = toolTokens(weather, "claude-v3").best;
    expect(toolTokens([weather, weather], "claude-v3").best).toBeGreaterThanOrEqual(2 * one - 1);
  });

  it("is zero of no tools", () => {
    expect(toolTokens([], "claude-v3")).toEqual({ low: 0, best: 0, high: 0 });
  });

  it.each([
    ["no JSON", "not json"],
    ["JSON that is no schema", "[1, null]"],
    ["a schema with null properties", '{"type":"object","properties":null}'],
    ["a schema with a property that is no schema", '{"type":"object","properties":{"a":null}}'],
  ])("takes a schema that is %s", (_, schemaJson) => {
    for (const tokenizer of tokenizerNames) {
      expect(toolTokens({ name: "broken", schemaJson }, tokenizer).best).toBeGreaterThan(0);
    }
  });
});

describe("toolPreambleTokens", () => {
  it.each([
    ["Claude 3.7 Sonnet", "claude-3-7-sonnet", "auto", 314],
    ["Claude 3.5 Haiku with a named tool", "claude-3-5-haiku", "tool", 361],
    ["Claude Opus 4.1 with any tool", "claude-opus-4-1", "any", 313],
    ["Claude Sonnet 4.5 in 2025", "claude-sonnet-4-5", "auto", 310],
    ["Claude Sonnet 4.5 in 2026", "claude-sonnet-4-5", "auto", 497],
    ["a model that isn't known", undefined, "auto", 530],
  ] as const)("holds what was recorded for %s", (_, model, choice, recorded) => {
    const { low, high } = toolPreambleTokens("claude-v3", choice, model === undefined ? {} : { model });
    expect(low).toBeLessThanOrEqual(recorded);
    expect(high).toBeGreaterThanOrEqual(recorded);
  });

  it("holds both the recorded and the published figure", () => {
    const published = { auto: 286, forced: 406 };
    const range = toolPreambleTokens("claude-v4.7", "auto", { model: "claude-opus-5", published });
    expect(range).toMatchObject({ best: 286 });
    expect(range.high).toBeGreaterThanOrEqual(381);
  });

  it("takes the published figure alone for a model without recordings", () => {
    const published = { auto: 300, forced: 400 };
    const range = toolPreambleTokens("claude-v4.7", "any", { model: "claude-mythos-5", published });
    expect(range).toEqual({ low: 380, best: 400, high: 420 });
  });
});

describe("allToolTokens", () => {
  it("has no preamble without tools", () => {
    expect(allToolTokens([], "claude-v3", "auto")).toEqual({ low: 0, best: 0, high: 0 });
  });

  it("adds the preamble once", () => {
    const all = allToolTokens([weather, weather], "nova-1", "auto");
    expect(all.best).toBe(toolTokens([weather, weather], "nova-1").best + 357);
  });
});
