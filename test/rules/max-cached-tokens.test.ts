import { describe } from "vitest";
import rule from "../../rules/max-cached-tokens.ts";
import { block, claudeLimits, hole, marked, request, viewOf, words } from "../support/request-builder.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const limits = {
  ...claudeLimits,
  maximumCachedTokens: { value: 20_000, source: "https://example.com/limits", asOf: "2026-01-01" },
};
const long = request({ system: [marked(block([words(30_000)]), 31)] });

describe("requests built by hand", () => {
  testViews(rule, [
    {
      name: "above the limit",
      view: viewOf(long, undefined, limits),
      found: [
        {
          id: "tooLong",
          at: 31,
          message:
            "This checkpoint ends a prefix of 30,000 tokens, and Claude Sonnet 4.5 caches no more than 20,000 " +
            "of them: 10,000 tokens are paid in full in every request. Send each request only the part of the text that " +
            "it needs, or use a model without such a limit.",
        },
      ],
    },
    {
      name: "the first checkpoint that is too far speaks for all behind it",
      view: viewOf(
        request({
          system: [
            marked(block([words(9000)]), 31),
            marked(block([words(12_000)]), 32),
            marked(block([words(9)]), 33),
          ],
        }),
        undefined,
        limits,
      ),
      found: [{ id: "tooLong", at: 32 }],
    },
    {
      name: "what stands behind the checkpoint does not count",
      view: viewOf(
        request({ system: [marked(block([words(9000)]), 31), block([words(30_000)])] }),
        undefined,
        limits,
      ),
      found: [],
    },
    {
      name: "text of unknown length may be short",
      view: viewOf(
        request({ system: [marked(block([words(19_000), hole("rules", 3)]), 31)] }),
        undefined,
        limits,
      ),
      found: [],
    },
    {
      name: "an estimate that straddles the limit proves nothing",
      view: {
        ...viewOf(long, undefined, limits),
        checkpoints: viewOf(long).checkpoints.map((checkpoint) => ({
          ...checkpoint,
          tokens: { low: 19_000, best: 22_000, high: 25_000 },
        })),
      },
      found: [],
    },
    { name: "a model without such a limit", view: viewOf(long), found: [] },
  ]);
});

testRule(rule, {
  valid: [
    {
      name: "the same text on Claude",
      py: `
        import boto3

        bedrock = boto3.client("bedrock-runtime")
        CATALOGUE = "A kettle of steel with a lid of copper, for two litres. " * 3000

        def answer(turns):
            return bedrock.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                system=[{"text": CATALOGUE}, {"cachePoint": {"type": "default"}}],
                messages=turns,
            )
      `,
    },
  ],
  invalid: [
    {
      name: "a long catalogue on Nova",
      py: `
        import boto3

        bedrock = boto3.client("bedrock-runtime")
        CATALOGUE = "A kettle of steel with a lid of copper, for two litres. " * 3000

        def answer(turns):
            return bedrock.converse(
                modelId="us.amazon.nova-pro-v1:0",
                system=[{"text": CATALOGUE}, {"cachePoint": {"type": "default"}}],
                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tooLong
                messages=turns,
            )
      `,
    },
    {
      name: "a long catalogue on Nova, in TypeScript",
      ts: `
        import { BedrockRuntimeClient, ConverseCommand, type Message } from "@aws-sdk/client-bedrock-runtime";

        const client = new BedrockRuntimeClient({});
        const catalogue = "A kettle of steel. ".repeat(90).repeat(90);

        export function answer(messages: Message[]) {
          const system = [{ text: catalogue }, { cachePoint: { type: "default" } }];
                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tooLong
          return client.send(new ConverseCommand({ modelId: "us.amazon.nova-pro-v1:0", system, messages }));
        }
      `,
    },
  ],
});
