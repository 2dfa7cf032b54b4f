import { describe, expect, test } from "vitest";
import rule from "../../rules/min-prefix-tokens.ts";
import { runRule, unknownLimits } from "../../src/rule/index.ts";
import { block, hole, line, marked, request, viewOf, words } from "../support/request-builder.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const short = request({ system: [marked(block([words(70)]), 31)] });

describe("requests built by hand", () => {
  testViews(rule, [
    {
      name: "far below the minimum",
      view: viewOf(short),
      found: [
        {
          id: "tooShort",
          at: 31,
          message:
            "This checkpoint ends a prefix of 70 tokens, and Claude Sonnet 4.5 caches none below 1,024: it is accepted and " +
            "has no effect. Put it behind more text that stays the same, or remove it.",
        },
      ],
    },
    {
      name: "an estimate that straddles the minimum proves nothing",
      view: {
        ...viewOf(short),
        checkpoints: viewOf(short).checkpoints.map((checkpoint) => ({
          ...checkpoint,
          tokens: { low: 900, best: 1000, high: 5000 },
        })),
      },
      found: [],
    },
    {
      name: "tools are part of the prefix",
      view: viewOf(request({ tools: [block([words(3000)])], system: [marked(block([words(70)]), 31)] })),
      found: [],
    },
    {
      name: "text of unknown length may be long",
      view: viewOf(
        request({ system: [marked(block([words(70), hole("rules", 3, { scope: "deploy" })]), 31)] }),
      ),
      found: [],
    },
    {
      name: "what could not be followed may be long",
      view: viewOf({ ...short, unresolved: [{ span: line(1), reason: "unknown function", part: "tools" }] }),
      found: [],
    },
    {
      name: "what could not be followed behind the checkpoint does not count",
      view: viewOf({
        ...short,
        unresolved: [{ span: line(1), reason: "unknown function", part: "messages" }],
      }),
      found: [{ id: "tooShort", at: 31 }],
    },
    {
      name: "a list of unknown length may be long",
      view: viewOf(request({ system: [marked(block([words(70)], { sampled: true }), 31)] })),
      found: [],
    },
    {
      name: "nothing in front of the checkpoint at all",
      view: viewOf(request({ system: [marked(block([]), 31)] })),
      found: [{ id: "tooShort", at: 31 }],
    },
    {
      name: "one mark in a loop, often enough behind long text",
      view: viewOf(request({ system: [marked(block([words(70)]), 31), marked(block([words(3000)]), 31)] })),
      found: [],
    },
    {
      name: "between the published minimum and a measured one",
      view: viewOf(request({ system: [marked(block([words(1500)]), 31)] })),
      found: [
        {
          id: "perhapsTooShort",
          at: 31,
          message:
            "This checkpoint ends a prefix of 1,500 tokens. Claude Sonnet 4.5 is documented to cache from " +
            "1,024 on, but has been seen to need 2,048. Put the checkpoint behind more text that stays the same.",
        },
      ],
    },
    {
      name: "a cache resource that is too small",
      view: viewOf(request({ system: [marked(block([words(70)]), 31, { origin: "handle" })] })),
      found: [{ id: "resourceTooSmall", at: 31 }],
    },
    { name: "a fragment's text is made up", view: viewOf({ ...short, use: "fragment" }), found: [] },
    { name: "a model nobody knows", view: viewOf(short, undefined, unknownLimits), found: [] },
  ]);
});

test.each([
  { name: "below the published minimum", count: 70, isSure: true, confidence: "certain" },
  { name: "between the two minimums", count: 1500, isSure: true, confidence: "possible" },
  { name: "for a model that is only a default", count: 70, isSure: false, confidence: "likely" },
] as const)("confidence $name: $confidence", ({ count, isSure, confidence }) => {
  const view = viewOf(
    request({
      system: [marked(block([words(count)]), 31)],
      model: { text: "claude-sonnet-4-5", span: undefined, certain: isSure },
    }),
  );
  expect(runRule(rule, view)[0]?.confidence).toBe(confidence);
});

testRule(rule, {
  valid: [
    {
      name: "one of two texts behind one mark, for the same model",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(event):
            text = RULES if event["kind"] == "letter" else "Answer in one sentence."
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}],
                messages=[{"role": "user", "content": event["text"]}],
            )
      `,
    },
    {
      name: "a prompt file that is long enough",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
    {
      name: "a prompt file that is not in view",
      py: `
        import anthropic

        client = anthropic.Anthropic()

        def answer(rules, turns):
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
      name: "one of two texts behind one mark, for the one of two models that it is too short for",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(event):
            if event["kind"] == "letter":
                model, text = "claude-sonnet-4-5", RULES
            else:
                model, text = "claude-haiku-4-5", "Answer in one sentence."
            return client.messages.create(
                model=model,
                max_tokens=500,
                system=[{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}],
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tooShort
                messages=[{"role": "user", "content": event["text"]}],
            )
      `,
    },
    {
      name: "a prompt file of one sentence",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("rules.md").read_text()

        def answer(turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tooShort
                messages=turns,
            )
      `,
      files: { "rules.md": "Answer in one sentence.\n" },
    },
    {
      name: "a cache point behind one sentence, in TypeScript",
      ts: `
        import { BedrockRuntimeClient, ConverseCommand, type Message } from "@aws-sdk/client-bedrock-runtime";

        const client = new BedrockRuntimeClient({});

        export function answer(messages: Message[]) {
          return client.send(
            new ConverseCommand({
              modelId: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
              system: [{ text: "Answer in one sentence." }, { cachePoint: { type: "default" } }],
                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tooShort
              messages,
            }),
          );
        }
      `,
    },
    {
      name: "a stored request",
      json: `
        {
          "model": "claude-sonnet-4-5",
          "max_tokens": 100,
          "system": [
            {
              "type": "text",
              "text": "Answer in one sentence.",
              "cache_control": { "type": "ephemeral" }
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tooShort
            }
          ],
          "messages": [{ "role": "user", "content": "Why?" }]
        }
      `,
    },
  ],
});
