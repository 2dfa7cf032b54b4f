import { describe, expect, it } from "vitest";
import { findModel, models, normalizeModelId, platformOf } from "../../src/catalog/catalog.ts";
import type { Platform } from "../../src/catalog/catalog.ts";

interface Case {
  readonly id: string;
  readonly model: string | undefined;
  readonly platform?: Platform;
}

const cases: readonly Case[] = [
  { id: "claude-sonnet-4-5", model: "claude-sonnet-4-5" },
  { id: "claude-sonnet-4-5-20250929", model: "claude-sonnet-4-5" },
  { id: "Claude-Sonnet-4-5", model: "claude-sonnet-4-5" },
  { id: " claude-sonnet-4-5\n", model: "claude-sonnet-4-5" },
  { id: "claude-sonnet-4.5", model: "claude-sonnet-4-5" },
  { id: "claude-sonnet-4-5[1m]", model: "claude-sonnet-4-5" },
  { id: "claude-sonnet-4-5-20250930", model: undefined },
  { id: "claude-sonnet-4-5@20250929", model: "claude-sonnet-4-5", platform: "vertex" },
  { id: "claude-sonnet-4-5@latest", model: "claude-sonnet-4-5", platform: "vertex" },
  { id: "claude-sonnet-4-6@default", model: "claude-sonnet-4-6", platform: "vertex" },
  { id: "claude-opus-4-1", model: "claude-opus-4-1" },
  { id: "claude-opus-4-1x", model: undefined },
  { id: "claude-opus-4-10", model: undefined },
  { id: "claude-opus-4", model: "claude-opus-4" },
  { id: "claude-opus-4-0", model: "claude-opus-4" },
  { id: "claude-fable-5", model: "claude-fable-5" },
  { id: "claude-fable-5-1", model: "claude-fable-5-1" },
  { id: "claude-fable-5-9", model: undefined },
  { id: "claude-3-7-sonnet-latest", model: "claude-3-7-sonnet" },
  { id: "claude-3-5-sonnet-20241022", model: "claude-3-5-sonnet-v2" },
  { id: "claude-3-5-sonnet-20240620", model: "claude-3-5-sonnet-20240620" },
  { id: "claude-3-5-sonnet@20240620", model: "claude-3-5-sonnet-20240620", platform: "vertex" },
  { id: "claude-3-5-sonnet-v2@20241022", model: "claude-3-5-sonnet-v2", platform: "vertex" },
  { id: "claude", model: undefined },
  { id: "claude-instant", model: undefined },
  { id: "claude-2.1", model: "claude-2" },
  { id: "anthropic.claude-v2:1", model: "claude-2", platform: "bedrock" },
  { id: "anthropic.claude-v2", model: "claude-2", platform: "bedrock" },
  { id: "anthropic.claude-instant-v1", model: "claude-2", platform: "bedrock" },
  { id: "us.anthropic.claude-sonnet-4-5-20250929-v1:0", model: "claude-sonnet-4-5", platform: "bedrock" },
  { id: "global.anthropic.claude-sonnet-4-5-20250929-v1:0", model: "claude-sonnet-4-5", platform: "bedrock" },
  { id: "us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0", model: "claude-sonnet-4-5", platform: "bedrock" },
  { id: "eu.anthropic.claude-opus-4-6-v1", model: "claude-opus-4-6", platform: "bedrock" },
  { id: "anthropic.claude-3-sonnet-20240229-v1:0:200k", model: "claude-3-sonnet", platform: "bedrock" },
  { id: "us.amazon.nova-pro-v1:0", model: "amazon-nova-pro", platform: "bedrock" },
  { id: "amazon.nova-pro-v1:0:300k", model: "amazon-nova-pro", platform: "bedrock" },
  { id: "global.amazon.nova-2-lite-v1:0", model: "amazon-nova-2-lite", platform: "bedrock" },
  {
    id: "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-7-sonnet-20250219-v1:0",
    model: "claude-3-7-sonnet",
    platform: "bedrock",
  },
  {
    id: "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
    model: "claude-sonnet-4-5",
    platform: "bedrock",
  },
  {
    id: "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/us-gov.amazon.nova-pro-v1:0",
    model: "amazon-nova-pro",
    platform: "bedrock",
  },
  {
    id: "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6",
    model: undefined,
    platform: "bedrock",
  },
  {
    id: "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/a1b2c3",
    model: undefined,
    platform: "bedrock",
  },
  { id: "arn:aws:bedrock:us-east-1:123456789012:prompt/ABCDEF", model: undefined, platform: "bedrock" },
  { id: "arn:aws:sagemaker:us-east-1:123456789012:endpoint/claude-sonnet-4-5", model: undefined },
  { id: "anthropic/claude-sonnet-4.5", model: "claude-sonnet-4-5" },
  { id: "anthropic/claude-sonnet-4-5", model: "claude-sonnet-4-5" },
  { id: "openrouter/anthropic/claude-opus-4.8", model: "claude-opus-4-8", platform: "openrouter" },
  { id: "anthropic/claude-3.7-sonnet:thinking", model: "claude-3-7-sonnet" },
  { id: "bedrock/converse/us.anthropic.claude-sonnet-4-6", model: "claude-sonnet-4-6", platform: "bedrock" },
  { id: "bedrock/anthropic.claude-haiku-4-5-20251001-v1:0", model: "claude-haiku-4-5", platform: "bedrock" },
  { id: "vertex_ai/claude-haiku-4-5@20251001", model: "claude-haiku-4-5", platform: "vertex" },
  { id: "publishers/anthropic/models/claude-opus-4-7", model: "claude-opus-4-7", platform: "vertex" },
  {
    id: "projects/p/locations/eu/publishers/google/models/gemini-2.5-flash",
    model: "gemini-2.5-flash",
    platform: "vertex",
  },
  { id: "models/gemini-2.5-flash", model: "gemini-2.5-flash", platform: "gemini" },
  { id: "gemini/gemini-2.5-pro", model: "gemini-2.5-pro", platform: "gemini" },
  { id: "google/gemini-2.5-flash-lite", model: "gemini-2.5-flash-lite" },
  { id: "gemini-2.5-flash-litex", model: undefined },
  { id: "bedrock:us.anthropic.claude-sonnet-4-6", model: "claude-sonnet-4-6", platform: "bedrock" },
  { id: "anthropic:messages:claude-haiku-4-5", model: "claude-haiku-4-5", platform: "anthropic" },
  { id: "openai-responses:gpt-5", model: "gpt-5", platform: "openai" },
  { id: "gpt-5.6-sol", model: "gpt-5.6-sol" },
  { id: "gpt-5.6-sol-2026-08-01", model: "gpt-5.6-sol" },
  { id: "gpt-5.6-solar", model: undefined },
  { id: "us.openai.gpt-5.6-sol", model: "gpt-5.6-sol", platform: "bedrock" },
  { id: "azure/gpt-4o", model: "gpt-4o", platform: "azure-openai" },
  { id: "gpt-4o-mini", model: "gpt-4o-mini" },
  { id: "gpt-4o-2024-08-06", model: "gpt-4o" },
  { id: "o3-mini-2025-01-31", model: "o3-mini" },
  { id: "o3", model: "o3" },
  { id: "us.meta.llama3-3-70b-instruct-v1:0", model: "bedrock-llama", platform: "bedrock" },
  { id: "meta.llama3-3-70b-instruct-v1:0", model: "bedrock-llama", platform: "bedrock" },
  {
    id: "arn:aws:bedrock:us-east-1::foundation-model/meta.llama3-8b-instruct-v1:0",
    model: "bedrock-llama",
    platform: "bedrock",
  },
  { id: "mistral.mistral-large-2407-v1:0", model: "bedrock-mistral", platform: "bedrock" },
  { id: "amazon.titan-text-express-v1", model: "bedrock-titan", platform: "bedrock" },
  { id: "us.deepseek.r1-v1:0", model: "bedrock-deepseek", platform: "bedrock" },
  { id: "cohere.command-r-plus-v1:0", model: "bedrock-cohere", platform: "bedrock" },
  { id: "openai.gpt-oss-120b-1:0", model: "bedrock-gpt-oss", platform: "bedrock" },
  { id: "openai/gpt-oss-120b", model: "gpt-oss-120b" },
  { id: "meta-llama/llama-3.3-70b-instruct", model: undefined },
  { id: "zai.glm-5.3", model: "glm-5.3", platform: "bedrock" },
  { id: "zai.glm-4.7", model: "bedrock-glm-4", platform: "bedrock" },
  { id: "my-deployment", model: undefined },
  { id: "", model: undefined },
];

describe("findModel", () => {
  it.each(cases)("finds $model for $id", ({ id, model }) => {
    expect(findModel(id)?.id).toBe(model);
  });

  const named = models.filter(({ family }) => !family);

  it.each(named.flatMap((model) => [model.id, ...model.ids].map((id) => ({ id, model }))))(
    "finds $model.id for its own id $id",
    ({ id, model }) => {
      expect(findModel(id)).toBe(model);
    },
  );

  it("finds no model by an id that goes on where the model's ends, or begins earlier", () => {
    const names = named.flatMap(({ ids }) => ids).map((id) => normalizeModelId(id));
    const others = names.flatMap((name) => [`${name}x`, `${name}-next`, `x${name}`]);
    expect(others.filter((id) => findModel(id))).toEqual([]);
  });
});

describe("platformOf", () => {
  it.each(cases)("tells $platform for $id", ({ id, platform }) => {
    expect(platformOf(id)).toBe(platform);
  });
});

describe("normalizeModelId", () => {
  it.each([
    ["us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5-20250929"],
    ["claude-sonnet-4-5@20250929", "claude-sonnet-4-5-20250929"],
    ["openrouter/anthropic/claude-opus-4.8:beta", "claude-opus-4-8"],
    ["gpt-4.1-2025-04-14", "gpt-4.1"],
    ["anthropic.claude-v2:1", "claude-v2:1"],
    ["arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3", undefined],
  ])("makes %s into %s", (raw, normalized) => {
    expect(normalizeModelId(raw)).toBe(normalized);
  });
});
