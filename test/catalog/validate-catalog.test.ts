import { describe, expect, it } from "vitest";
import { models, platforms, sources } from "../../src/catalog/catalog.ts";
import { validateCatalog } from "../../src/catalog/validate-catalog.ts";

const limits = {
  caching: "explicit",
  automaticMark: "yes",
  minimumTokens: 1024,
  ttls: ["5m"],
  regions: ["system"],
  source: "anthropic-docs",
  asOf: "2026-10-10",
  confidence: "high",
};
const entry = {
  id: "model-a",
  provider: "anthropic",
  ids: ["model-a"],
  tokenizerVerified: true,
  platforms: { anthropic: limits },
};
const family = {
  id: "family-a",
  provider: "meta",
  ids: [],
  family: /^meta\.llama.+$/,
  tokenizerVerified: false,
  platforms: { bedrock: { ...limits, caching: "none", regions: [], ttls: [], minimumTokens: undefined } },
};

function withLimits(changed: object): object {
  return { ...entry, platforms: { anthropic: { ...limits, ...changed } } };
}

describe("validateCatalog", () => {
  it("finds nothing wrong with the project's own catalog", () => {
    expect(validateCatalog(models)).toEqual([]);
  });

  it("accepts a sound model and a sound family", () => {
    expect(validateCatalog([entry, family])).toEqual([]);
  });

  it.each<[string, readonly unknown[], string]>([
    ["an entry that is no object", [7], "Entry 1: found 7, accepted is an object."],
    [
      "no id",
      [{ ...entry, id: undefined }],
      "Entry 1, id: found nothing, accepted is a text that is not empty.",
    ],
    [
      "an unknown field",
      [withLimits({ minimum: 5 })],
      "Model model-a on anthropic: found the field minimum, accepted is one of source, asOf,",
    ],
    [
      "a second entry",
      [entry, entry],
      "Model model-a, id: found a second entry, accepted is one entry a model.",
    ],
    [
      "an id of another model",
      [entry, { ...entry, id: "model-b", ids: ["us.anthropic.model-a-v1:0"] }],
      'Model model-b, ids: found "us.anthropic.model-a-v1:0", which model model-a claims too; accepted is one owner.',
    ],
    [
      "an id that a family matches",
      [{ ...entry, ids: ["us.meta.llama3-v1:0"] }, family],
      'Model model-a, ids: found "us.meta.llama3-v1:0", which the family "family-a" matches; accepted is an id outside it.',
    ],
    [
      "an id that hides its model",
      [{ ...entry, ids: ["arn:aws:bedrock:us-east-1:1:application-inference-profile/x"] }],
      'Model model-a, ids: found "arn:aws:bedrock:us-east-1:1:application-inference-profile/x", accepted is an id that names its model.',
    ],
    ["no ids", [{ ...entry, ids: [] }], "Model model-a, ids: found [], accepted are the ids of a model"],
    [
      "a pattern that matches pieces",
      [{ ...family, family: /llama/ }],
      "Model family-a, family: found /llama/, accepted is a pattern from ^ to $ without flags.",
    ],
    [
      "a family with caching",
      [{ ...family, platforms: { bedrock: limits } }],
      'Model family-a on bedrock, caching: found "explicit", accepted is none for a family.',
    ],
    [
      "an unknown provider",
      [{ ...entry, provider: "acme" }],
      'Model model-a, provider: found "acme", accepted is one of',
    ],
    [
      "an unknown platform",
      [{ ...entry, platforms: { moon: limits } }],
      'Model model-a, platforms: found "moon", accepted is one of anthropic,',
    ],
    [
      "no platform",
      [{ ...entry, platforms: {} }],
      "Model model-a, platforms: found none, accepted is at least one.",
    ],
    [
      "an unlisted source",
      [withLimits({ source: "a-blog" })],
      'Model model-a on anthropic, source: found "a-blog", accepted is one of bedrock-ug,',
    ],
    [
      "a date in words",
      [withLimits({ asOf: "May 2026" })],
      'Model model-a on anthropic, asOf: found "May 2026", accepted is a date as YYYY, YYYY-MM or YYYY-MM-DD.',
    ],
    [
      "a day that does not exist",
      [withLimits({ asOf: "2026-02-31" })],
      'Model model-a on anthropic, asOf: found "2026-02-31", accepted is a date as YYYY, YYYY-MM or YYYY-MM-DD.',
    ],
    [
      "a minimum of zero",
      [withLimits({ minimumTokens: 0 })],
      "Model model-a on anthropic, minimumTokens: found 0, accepted is a whole number above 0,",
    ],
    [
      "a figure without its source",
      [withLimits({ minimumTokens: { value: 1024, asOf: "2026", confidence: "low" } })],
      "Model model-a on anthropic, minimumTokens, source: found nothing, accepted is one of bedrock-ug,",
    ],
    [
      "a conservative minimum below the published one",
      [withLimits({ conservativeMinimumTokens: 512 })],
      "Model model-a on anthropic, conservativeMinimumTokens: found 512, accepted is at least the minimumTokens of 1024.",
    ],
    [
      "an unknown TTL",
      [withLimits({ ttls: ["5m", "2h"] })],
      'Model model-a on anthropic, ttls: found ["5m","2h"], accepted is a list, without repetition, of 5m,',
    ],
    [
      "explicit caching without a place for marks",
      [withLimits({ regions: [] })],
      "Model model-a on anthropic, regions: found none, accepted is at least one where caching is explicit.",
    ],
    [
      "marks without explicit caching",
      [withLimits({ caching: "implicit" })],
      'Model model-a on anthropic, regions: found ["system"], accepted is none where caching is not explicit.',
    ],
    [
      "a minimum without caching",
      [withLimits({ caching: "none", regions: [] })],
      "Model model-a on anthropic, minimumTokens: found 1024, accepted is nothing where caching is none.",
    ],
    [
      "a price of zero",
      [withLimits({ prices: { input: 0 } })],
      "Model model-a on anthropic, prices, input: found 0, accepted is a number of US dollars above 0.",
    ],
    [
      "a read dearer than the input",
      [withLimits({ prices: { input: 1, cacheRead: 2 } })],
      "Model model-a on anthropic, prices.cacheRead: found 2, accepted is at most the input price of 1.",
    ],
    [
      "prices from nowhere",
      [
        withLimits({
          prices: { input: 1 },
          pricesFrom: { source: "hearsay", asOf: "2026", confidence: "low" },
        }),
      ],
      'Model model-a on anthropic, pricesFrom, source: found "hearsay", accepted is one of bedrock-ug,',
    ],
    [
      "a day of retirement for a model in service",
      [withLimits({ retiredOn: "2026-08-05" })],
      "Model model-a on anthropic, status: found nothing, accepted is retired with a retiredOn date.",
    ],
    [
      "a tool preamble without a source",
      [{ ...entry, toolPreambleTokens: { auto: 300, forced: 400, asOf: "2026", confidence: "high" } }],
      "Model model-a, toolPreambleTokens, source: found nothing, accepted is one of bedrock-ug,",
    ],
  ])("refuses %s", (_name, entries, problem) => {
    expect(validateCatalog(entries)).toEqual([expect.stringContaining(problem)]);
  });
});

describe("the catalog", () => {
  it("cites every source it lists", () => {
    const cited = JSON.stringify([models, platforms]);
    const unused = Object.keys(sources).filter((id) => !cited.includes(`"source":"${id}"`));
    expect(unused).toEqual([]);
  });
});
