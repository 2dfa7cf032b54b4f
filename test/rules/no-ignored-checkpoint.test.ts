import { describe } from "vitest";
import rule from "../../rules/no-ignored-checkpoint.ts";
import { block, line, request, viewOf, words } from "../support/request-builder.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const fault = {
  kind: "ignored",
  span: line(40),
  reason: "There is no such key.",
  remedy: "Write it so.",
  after: 0,
} as const;

describe("requests built by hand", () => {
  testViews(rule, [
    {
      name: "with what it does not cache",
      view: viewOf(request({ system: [block([words(2500)])], faults: [fault] })),
      found: [
        {
          id: "ignored",
          at: 40,
          message: "There is no such key. That leaves 2,500 tokens in front of it uncached. Write it so.",
        },
      ],
    },
    {
      name: "other faults are the matter of other rules",
      view: viewOf(request({ faults: [{ ...fault, kind: "misplaced" }] })),
      found: [],
    },
  ]);
});

testRule(rule, {
  valid: [
    {
      name: "each API gets its own mark",
      py: `
        import anthropic
        import boto3

        client = anthropic.Anthropic()
        bedrock = boto3.client("bedrock-runtime")

        def answer(rules, turns, on_bedrock):
            if on_bedrock:
                return bedrock.converse(
                    modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                    system=[{"text": rules}, {"cachePoint": {"type": "default"}}],
                    messages=turns,
                )
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": rules, "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
  ],
  invalid: [
    {
      name: "a cache point in an Anthropic request",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export function answer(text: string, messages: Anthropic.MessageParam[]) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [{ type: "text", text, cachePoint: { type: "default" } } as any],
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ignored
            messages,
          });
        }
      `,
    },
    {
      name: "a mark of the Anthropic API in a Converse request",
      py: `
        import boto3

        bedrock = boto3.client("bedrock-runtime")

        def answer(rules, turns):
            return bedrock.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                system=[{"text": rules, "cache_control": {"type": "ephemeral"}}],
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ignored
                messages=turns,
            )
      `,
    },
  ],
});
