import { describe, expect, test } from "vitest";
import rule from "../../rules/no-misplaced-checkpoint.ts";
import { runRule } from "../../src/rule/index.ts";
import { block, hole, line, marked, request, viewOf, words } from "../support/request-builder.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const fault = { kind: "misplaced", span: line(40), reason: "It stands wrong.", remedy: "Move it." } as const;

describe("requests built by hand", () => {
  testViews(rule, [
    {
      name: "with what it does not cache",
      view: viewOf(request({ system: [block([words(2500)])], faults: [{ ...fault, after: 0 }] })),
      found: [
        {
          id: "misplaced",
          at: 40,
          message: "It stands wrong. That leaves 2,500 tokens in front of it uncached. Move it.",
        },
      ],
    },
    {
      name: "behind text of unknown length",
      view: viewOf(
        request({ system: [block([words(2500), hole("rules", 3)])], faults: [{ ...fault, after: 0 }] }),
      ),
      found: [
        {
          id: "misplaced",
          at: 40,
          message: "It stands wrong. That leaves at least 2,500 tokens in front of it uncached. Move it.",
        },
      ],
    },
    {
      name: "what a checkpoint covers is cached",
      view: viewOf(
        request({
          system: [marked(block([words(2500)]), 31), block([words(9)])],
          faults: [{ ...fault, after: 1 }],
        }),
      ),
      found: [{ id: "misplaced", at: 40, message: "It stands wrong. Move it." }],
    },
    {
      name: "the SDK answers itself",
      view: {
        ...viewOf(request({ faults: [{ ...fault, after: -1, error: "merged-block" }] })),
        apiError: (name) => ({ status: "client", text: name }),
      },
      found: [
        {
          id: "misplaced",
          at: 40,
          message: 'It stands wrong. The SDK rejects the request before it is sent: "merged-block". Move it.',
        },
      ],
    },
    {
      name: "other faults are the matter of other rules",
      view: viewOf(request({ faults: [{ ...fault, kind: "ignored", after: -1 }] })),
      found: [],
    },
  ]);
});

const sampled = block([hole("turn", 3)], { sampled: true });
const onContent = { ...fault, after: 0, ofContent: true };

test.each([
  {
    name: "wrong by its place",
    fields: { use: "fragment", faults: [{ ...fault, after: 0 }] },
    confidence: "certain",
  },
  { name: "wrong by content in view", fields: { faults: [onContent] }, confidence: "certain" },
  {
    name: "wrong by made-up content",
    fields: { use: "fragment", faults: [onContent] },
    confidence: "possible",
  },
  {
    name: "behind an element of unknown content",
    fields: { messages: [[sampled]], faults: [onContent] },
    confidence: "possible",
  },
  {
    name: "right in another round of the same loop",
    fields: { messages: [[marked(block([words(9)]), 40)]], faults: [{ ...onContent, after: 1 }] },
    confidence: "possible",
  },
  {
    name: "alone where nothing else was added",
    fields: { faults: [{ ...onContent, isAlone: true }] },
    confidence: "possible",
  },
] as const)("a mark that is $name: $confidence", ({ fields, confidence }) => {
  expect(runRule(rule, viewOf(request(fields)))[0]?.confidence).toBe(confidence);
});

testRule(rule, {
  valid: [
    {
      name: "a cache point behind results of which none is in view",
      py: `
        import boto3

        client = boto3.client("bedrock-runtime")
        EXAMPLES = []

        def answer(question):
            content = [{"text": example} for example in EXAMPLES]
            content.append({"cachePoint": {"type": "default"}})
            return client.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                messages=[{"role": "user", "content": content}],
            )
      `,
    },
    {
      name: "tools whose own cache points are made anew",
      ts: `
        import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";

        const client = new BedrockRuntimeClient({});

        export function answer(text: string, given: any[]) {
          const tools: any[] = [];
          for (const tool of given) {
            if ("cachePoint" in tool) {
              tools.push({ cachePoint: { type: "default" } });
              continue;
            }
            tools.push({ toolSpec: tool });
          }
          return client.send(
            new ConverseCommand({
              modelId: "anthropic.claude-sonnet-4-5-20250929-v1:0",
              messages: [{ role: "user", content: [{ text }] }],
              toolConfig: { tools },
            }),
          );
        }
      `,
    },
    {
      name: "a mark on the last block of a message",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export function answer(text: string) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            messages: [{ role: "user", content: [{ type: "text", text, cache_control: { type: "ephemeral" } }] }],
          });
        }
      `,
    },
    {
      name: "a text that is empty by default and full in a call in view",
      py: `
        import anthropic

        client = anthropic.Anthropic()
        MARK = {"type": "ephemeral"}

        def answer(question, notes=""):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": notes, "cache_control": MARK}],
                messages=[{"role": "user", "content": question}],
            )
      `,
    },
    {
      name: "a converter that passes cache points on",
      ts: `
        import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";

        interface Block {
          text?: string;
          cachePoint?: object;
        }

        export function toMessage(blocks: Block[]): Message {
          const content: ContentBlock[] = [];
          for (const block of blocks) {
            if (block.cachePoint) content.push({ cachePoint: { type: "default" } });
            else content.push({ text: block.text! });
          }
          return { role: "user", content };
        }
      `,
      sendsNothing: true,
    },
    {
      name: "a cache point behind text that is there for some inputs only",
      ts: `
        import { BedrockRuntimeClient, ConverseCommand, type Message } from "@aws-sdk/client-bedrock-runtime";

        const client = new BedrockRuntimeClient({});

        export function answer(messages: Message[], rules?: string) {
          const system = [];
          if (rules) system.push({ text: rules });
          system.push({ cachePoint: { type: "default" } });
          const modelId = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
          return client.send(new ConverseCommand({ modelId, system, messages }));
        }
      `,
    },
  ],
  invalid: [
    {
      name: "a cache point beside the text of its element",
      py: `
        import boto3

        bedrock = boto3.client("bedrock-runtime")

        def answer(rules, turns):
            return bedrock.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                system=[
                    # The rules of the desk.
                    {"text": rules, "cachePoint": {"type": "default"}},  # they stay the same
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misplaced
                ],
                messages=turns,
            )
      `,
    },
    {
      name: "a mark beside the role",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export function answer(content: string) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            messages: [{ role: "user", content, cache_control: { type: "ephemeral" } } as any],
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misplaced
          });
        }
      `,
    },
    {
      name: "a mark on a thinking block",
      py: `
        import anthropic

        client = anthropic.Anthropic()
        MARK = {"type": "ephemeral"}

        def answer(question, thought, signature):
            block = {"type": "thinking", "thinking": thought, "signature": signature, "cache_control": MARK}
                                                                                      ^^^^^^^^^^^^^^^^^^^^^ misplaced
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                messages=[{"role": "user", "content": question}, {"role": "assistant", "content": [block]}],
            )
      `,
    },
    {
      name: "a mark on the thinking that opens an answer",
      py: `
        import anthropic

        client = anthropic.Anthropic()
        MARK = {"type": "ephemeral"}

        def answer(question):
            messages = [{"role": "user", "content": question}]
            for _ in range(9):
                reply = client.messages.create(model="claude-sonnet-4-5", max_tokens=500, messages=messages)
                thought, *others = [block.model_dump() for block in reply.content]
                thought = {"type": "thinking", "thinking": thought["thinking"], "cache_control": MARK}
                                                                                ^^^^^^^^^^^^^^^^^^^^^ misplaced
                messages.append({"role": "assistant", "content": [thought, *others]})
                messages.append({"role": "user", "content": "Go on."})
      `,
    },
    {
      name: "a mark on a deferred tool",
      py: `
        import anthropic

        client = anthropic.Anthropic()
        TOOL = {
            "name": "stock",
            "description": "Say what is in stock.",
            "input_schema": {"type": "object", "properties": {}},
            "defer_loading": True,
            "cache_control": {"type": "ephemeral"},
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misplaced
        }

        def answer(turns):
            return client.messages.create(model="claude-sonnet-4-5", max_tokens=500, tools=[TOOL], messages=turns)
      `,
    },
    {
      name: "a cache point that opens the system text",
      ts: `
        import { BedrockRuntimeClient, ConverseCommand, type Message } from "@aws-sdk/client-bedrock-runtime";

        const client = new BedrockRuntimeClient({});

        export function answer(rules: string, messages: Message[]) {
          const system = [{ cachePoint: { type: "default" } }, { text: rules }];
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misplaced
          const modelId = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
          return client.send(new ConverseCommand({ modelId, system, messages }));
        }
      `,
    },
    {
      name: "a stored request with the mark beside the role",
      json: `
        {
          "model": "claude-sonnet-4-5",
          "max_tokens": 500,
          "messages": [{ "role": "user", "content": "Hello", "cache_control": { "type": "ephemeral" } }]
                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misplaced
        }
      `,
    },
  ],
});
