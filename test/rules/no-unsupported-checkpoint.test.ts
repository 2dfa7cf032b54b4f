import { describe, expect, test } from "vitest";
import rule from "../../rules/no-unsupported-checkpoint.ts";
import { runRule, type Limits, type RequestView } from "../../src/rule/index.ts";
import {
  block,
  claudeLimits,
  hole,
  line,
  marked,
  request,
  viewOf,
  words,
} from "../support/request-builder.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const cited = <Value>(value: Value) => ({ value, source: "https://example.com/limits", asOf: "2026-01-01" });
const uncached: Limits = { ...claudeLimits, caching: cited("none" as const), markRegions: cited([]) };
const nova: Limits = { ...claudeLimits, markRegions: cited(["system", "messages"] as const) };
const inSystem = request({ system: [marked(block([words(2500)]), 31)] });
const inTools = request({
  tools: [marked(block([words(300)]), 21)],
  system: [marked(block([words(2500)]), 31)],
});

/** The view of a request whose API answers to a wrong mark. */
function answered(view: RequestView): RequestView {
  return { ...view, apiError: (name) => ({ status: 403, text: name }) };
}

describe("requests built by hand", () => {
  testViews(rule, [
    {
      name: "a model without caching",
      view: viewOf(inSystem, undefined, uncached),
      found: [
        {
          id: "model",
          at: 31,
          message:
            "Claude Sonnet 4.5 has no prompt caching, so this checkpoint is of no use. That leaves 2,500 tokens in front " +
            "of it uncached. Remove it, or send the request to a model that caches.",
        },
      ],
    },
    {
      name: "the error of the API, where it is known",
      view: answered(viewOf(inSystem, undefined, uncached)),
      found: [
        {
          id: "model",
          at: 31,
          message:
            "Claude Sonnet 4.5 has no prompt caching, so this checkpoint is of no use. The API answers with HTTP 403: " +
            '"unsupported-model". Remove it, or send the request to a model that caches.',
        },
      ],
    },
    {
      name: "a region without marks; the mark in another one is right",
      view: viewOf(inTools, undefined, nova),
      found: [
        {
          id: "region",
          at: 21,
          message:
            "Claude Sonnet 4.5 takes checkpoints in `system` and the messages only, and this one stands in the tools. " +
            "Remove it: a checkpoint in `system` covers the tools as well.",
        },
      ],
    },
    {
      name: "a batch job without caching",
      view: viewOf({ ...inSystem, use: "batch", platform: "bedrock" }, undefined, uncached),
      found: [
        {
          id: "batch",
          at: 31,
          message:
            "Batch jobs on Amazon Bedrock have no prompt caching, so this checkpoint is of no use. That leaves 2,500 " +
            "tokens in front of it uncached. Remove it, or send the requests one by one.",
        },
      ],
    },
    {
      name: "what an API does not take anywhere",
      view: viewOf({
        ...inSystem,
        faults: [
          {
            kind: "unsupported",
            span: line(40),
            reason: "It takes no mark.",
            remedy: "Remove it.",
            after: 0,
          },
          { kind: "misplaced", span: line(41), reason: "It stands wrong.", remedy: "Move it.", after: 0 },
        ],
      }),
      found: [{ id: "fault", at: 40, message: "It takes no mark. Remove it." }],
    },
    { name: "a model with caching", view: viewOf(inTools), found: [] },
    {
      name: "what the provider finds by itself is no mark",
      view: viewOf(
        request({ system: [marked(block([words(2500)]), 31, { origin: "implicit" })] }),
        undefined,
        uncached,
      ),
      found: [],
    },
    {
      name: "counting tokens caches nothing anyway",
      view: viewOf({ ...inSystem, use: "count" }, undefined, uncached),
      found: [],
    },
  ]);
});

test.each([
  {
    name: "for a model that is only a default",
    fields: { model: { text: "m", span: undefined, certain: false } },
    confidence: "likely",
  },
  {
    name: "behind a condition on the model",
    fields: {
      decisions: [
        {
          key: "k",
          taken: true,
          span: line(7),
          scope: "unknown",
          confidence: "certain",
          subjects: [hole("m", 7).hole],
        },
      ],
    },
    confidence: "possible",
  },
] as const)("confidence $name: $confidence", ({ fields, confidence }) => {
  const view = viewOf({ ...inSystem, ...fields }, undefined, uncached, { 7: "supports_caching(name)" });
  expect(runRule(rule, view)[0]?.confidence).toBe(confidence);
});

testRule(rule, {
  valid: [
    {
      name: "the mark is placed only where the model takes it",
      py: `
        import boto3
        from settings import MODEL

        bedrock = boto3.client("bedrock-runtime")

        def answer(rules, turns):
            system = [{"text": rules}]
            if MODEL.startswith("us.anthropic."):
                system.append({"cachePoint": {"type": "default"}})
            return bedrock.converse(modelId=MODEL, system=system, messages=turns)
      `,
      files: { "settings.py": 'MODEL = "us.meta.llama3-3-70b-instruct-v1:0"\n' },
    },
    {
      name: "Nova with a cache point behind the system text",
      ts: `
        import { BedrockRuntimeClient, ConverseCommand, type Message } from "@aws-sdk/client-bedrock-runtime";

        const client = new BedrockRuntimeClient({});

        export function answer(rules: string, messages: Message[]) {
          const system = [{ text: rules }, { cachePoint: { type: "default" } }];
          return client.send(new ConverseCommand({ modelId: "us.amazon.nova-pro-v1:0", system, messages }));
        }
      `,
    },
    {
      name: "a batch on the Anthropic API",
      py: `
        import anthropic

        client = anthropic.Anthropic()
        MARK = {"type": "ephemeral"}

        def start(rules, letters):
            return client.messages.batches.create(
                requests=[
                    {
                        "custom_id": str(number),
                        "params": {
                            "model": "claude-sonnet-4-5",
                            "max_tokens": 500,
                            "system": [{"type": "text", "text": rules, "cache_control": MARK}],
                            "messages": [{"role": "user", "content": letter}],
                        },
                    }
                    for number, letter in enumerate(letters)
                ]
            )
      `,
    },
    {
      name: "a model nobody knows",
      py: `
        import boto3

        bedrock = boto3.client("bedrock-runtime")

        def answer(model, rules, turns):
            system = [{"text": rules}, {"cachePoint": {"type": "default"}}]
            return bedrock.converse(modelId=model, system=system, messages=turns)
      `,
    },
  ],
  invalid: [
    {
      name: "a cache point that is appended on a condition",
      py: `
        import boto3

        client = boto3.client("bedrock-runtime")

        def answer(rules, turns, long):
            system = [{"text": rules}]
            if long:
                # Long rules are worth it.
                system.append({"cachePoint": {"type": "default"}})
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ model
            return client.converse(
                modelId="mistral.mistral-large-2407-v1:0",
                system=system,
                messages=turns,
            )
      `,
    },
    {
      name: "a cache point of a type that there is not",
      py: `
        import boto3

        client = boto3.client("bedrock-runtime")

        def answer(rules, turns):
            return client.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                system=[{"text": rules}, {"cachePoint": {"type": "ephemeral"}}],
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fault
                messages=turns,
            )
      `,
    },
    {
      name: "a cache point in a stored request to a model without caching",
      json: `
        {
          "modelId": "mistral.mistral-large-2407-v1:0",
          "system": [
            { "text": "Answer in one sentence." },
            { "cachePoint": { "type": "default" } }
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ model
          ],
          "messages": [{ "role": "user", "content": [{ "text": "Why?" }] }]
        }
      `,
    },
    {
      name: "Mistral on Bedrock",
      py: `
        import boto3

        bedrock = boto3.client("bedrock-runtime")

        def answer(rules, turns):
            return bedrock.converse(
                modelId="mistral.mistral-large-2407-v1:0",
                system=[{"text": rules}, {"cachePoint": {"type": "default"}}],
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ model
                messages=turns,
            )
      `,
    },
    {
      name: "a cache point among the tools of Nova",
      ts: `
        import { BedrockRuntimeClient, ConverseCommand, type Message, type Tool } from "@aws-sdk/client-bedrock-runtime";

        const client = new BedrockRuntimeClient({});

        export function answer(tools: Tool[], messages: Message[]) {
          return client.send(
            new ConverseCommand({
              modelId: "us.amazon.nova-pro-v1:0",
              toolConfig: { tools: [...tools, { cachePoint: { type: "default" } }] },
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ region
              messages,
            }),
          );
        }
      `,
    },
    {
      name: "a mark at the top level through InvokeModel",
      py: `
        import json
        import boto3

        bedrock = boto3.client("bedrock-runtime")

        def answer(rules, turns):
            body = {
                "anthropic_version": "bedrock-2023-05-31",
                "max_tokens": 500,
                "cache_control": {"type": "ephemeral"},
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fault
                "system": rules,
                "messages": turns,
            }
            return bedrock.invoke_model(modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0", body=json.dumps(body))
      `,
    },
    {
      name: "a model without caching is one defect, however many marks there are",
      py: `
        import boto3

        bedrock = boto3.client("bedrock-runtime")

        def answer(rules, manual, question):
            return bedrock.converse(
                modelId="meta.llama3-3-70b-instruct-v1:0",
                system=[
                    {"text": rules},
                    {"cachePoint": {"type": "default"}},
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ model
                    {"text": manual},
                    {"cachePoint": {"type": "default"}},
                ],
                messages=[{"role": "user", "content": [{"text": question}]}],
            )
      `,
    },
  ],
});
