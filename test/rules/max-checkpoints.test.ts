import { describe, expect, test } from "vitest";
import rule from "../../rules/max-checkpoints.ts";
import { runRule, unknownLimits } from "../../src/rule/index.ts";
import { block, literal, marked, request, viewOf } from "../support/request-builder.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const markAt = (at: number, facts = {}) => marked(block([literal("text")]), at, facts);
const four = [markAt(31), markAt(32), markAt(33), markAt(34)];
const messages = (count: number) =>
  request({
    messages: Array.from({ length: count }, () => [markAt(31)]),
  });

describe("requests built by hand", () => {
  testViews(rule, [
    { name: "exactly four", view: viewOf(request({ system: four })), found: [] },
    {
      name: "five",
      view: viewOf(request({ system: [...four, markAt(35)] })),
      found: [
        {
          id: "surplus",
          at: 35,
          message:
            "This is checkpoint 5 of a request that can carry 5, and Claude Sonnet 4.5 takes 4: the API rejects the " +
            "request, or the SDK drops a checkpoint that is needed. Keep the 4 that end the longest stable text.",
        },
      ],
    },
    {
      name: "the first one too many in render order, wherever it is written",
      view: viewOf(request({ tools: [markAt(50)], system: four })),
      found: [{ id: "surplus", at: 34 }],
    },
    {
      name: "seven are one finding",
      view: viewOf(request({ system: [...four, markAt(35), markAt(36), markAt(37)] })),
      found: [{ id: "surplus", at: 35 }],
    },
    {
      name: "the automatic one counts",
      view: viewOf(request({ system: four, messages: [[markAt(91, { origin: "automatic" })]] })),
      found: [
        {
          id: "surplus",
          at: 91,
          message:
            "This is checkpoint 5 of a request that can carry 5, and Claude Sonnet 4.5 takes 4, the automatic one " +
            "included: the API rejects the request, or the SDK drops a checkpoint that is needed. Keep the 4 that end " +
            "the longest stable text.",
        },
      ],
    },
    {
      name: "what the provider finds by itself does not count",
      view: viewOf(request({ system: [...four, markAt(91, { origin: "implicit" })] })),
      found: [],
    },
    {
      name: "one expression marks every message",
      view: viewOf(messages(6)),
      found: [
        {
          id: "repeated",
          at: 31,
          message:
            "This puts 6 checkpoints into one request, which then carries 6, and Claude Sonnet 4.5 takes 4: the API " +
            "rejects the request, or the SDK drops a checkpoint that is needed. Mark what ends a long stable text, and " +
            "of a conversation the last one or two messages only.",
        },
      ],
    },
    { name: "a limit nobody knows", view: viewOf(messages(6), undefined, unknownLimits), found: [] },
  ]);
});

test("the other checkpoints are named once each", () => {
  const view = viewOf(request({ system: [markAt(31), markAt(31), markAt(32), markAt(33), markAt(34)] }));
  expect(runRule(rule, view)[0]?.related.map(({ span }) => span.start)).toEqual([31, 32, 33]);
});

testRule(rule, {
  valid: [
    {
      name: "the last two messages of the user, where the answer stands once for each tool it calls",
      py: `
        import boto3
        client = boto3.client("bedrock-runtime")
        MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"

        def marked(messages):
            users = [i for i, message in enumerate(messages) if message.get("role") == "user"]
            for i in users[-2:]:
                messages[i]["content"].append({"cachePoint": {"type": "default"}})
            return messages

        def answer(question, lamps):
            messages = [{"role": "user", "content": [{"text": question}]}]
            first = client.converse(modelId=MODEL, messages=messages)
            for block in first["output"]["message"]["content"]:
                if not block.get("toolUse"):
                    continue
                messages.append(first["output"]["message"])
                found = {"toolUseId": block["toolUse"]["toolUseId"], "content": [{"text": lamps(block)}]}
                messages.append({"role": "user", "content": [{"toolResult": found}]})
            system = [{"text": "Sell lamps."}, {"cachePoint": {"type": "default"}}]
            return client.converse(modelId=MODEL, messages=marked(messages), system=system)
      `,
    },
    {
      name: "a mark more only in the rounds of tools, and one less in front of it",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        const client = new Anthropic();
        const mark = { cache_control: { type: "ephemeral" } } as const;

        export function ask(rules: string, files: string, tools: Anthropic.Tool[], turns: Anthropic.MessageParam[]) {
          const sent = turns.map((turn) => ({ ...turn, content: turn.content.map((block) => ({ ...block })) }));
          const asked = sent.findLastIndex((turn) => turn.role === "user" && turn.content.some((b) => b.type === "text"));
          Object.assign(sent[asked].content.at(-1), mark);
          if (asked < sent.length - 1) Object.assign(sent.at(-1).content.at(-1), mark);
          const rounds = asked < sent.length - 1;
          return client.messages.create({
            model: "claude-sonnet-4-5", max_tokens: 99, messages: sent,
            tools: tools.map((tool, i) => (i === tools.length - 1 ? { ...tool, ...mark } : tool)),
            system: [{ type: "text", text: rules, ...(rounds ? {} : mark) }, { type: "text", text: files, ...mark }],
          });
        }
      `,
    },
    {
      name: "a copy of a shared list is given one more",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const cache_control = { type: "ephemeral" } as const;
        const shared = [{ type: "text", text: "Be brief.", cache_control }];

        export function answer(text: string) {
          const system = [...shared];
          system.push({ type: "text", text, cache_control });
          return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, system, messages: [] });
        }
      `,
    },
    {
      name: "every nth message of a history, for an n that only callers know",
      ts: `
        import OpenAI from "openai";

        export function markSome(rules: string, messages: OpenAI.Chat.ChatCompletionMessageParam[], every = 10) {
          messages[0] = { role: "system", content: [{ type: "text", text: rules, cache_control: { type: "ephemeral" } }] };
          let seen = 0;
          for (const message of messages) {
            if (message.role !== "user") continue;
            if (typeof message.content === "string") message.content = [{ type: "text", text: message.content }];
            if (seen % every === every - 1) {
              const part = message.content.filter(({ type }) => type === "text").pop();
              part["cache_control"] = { type: "ephemeral" };
            }
            seen++;
          }
        }
      `,
    },
    {
      name: "every nth message of a history, told by its remainder",
      ts: `
        import OpenAI from "openai";

        export function markSome(rules: string, messages: OpenAI.Chat.ChatCompletionMessageParam[], every = 10) {
          messages[0] = { role: "system", content: [{ type: "text", text: rules, cache_control: { type: "ephemeral" } }] };
          let seen = 0;
          for (const message of messages) {
            if (message.role !== "user") continue;
            if (typeof message.content === "string") message.content = [{ type: "text", text: message.content }];
            if (!(seen % every)) {
              const part = message.content.filter(({ type }) => type === "text").pop();
              part["cache_control"] = { type: "ephemeral" };
            }
            seen++;
          }
        }
      `,
    },
    {
      name: "the last two messages of a history",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const mark = { type: "ephemeral" } as const;

        export function answer(turns: { role: "user" | "assistant"; text: string }[]) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            messages: turns.map(({ role, text }, i) => ({
              role,
              content: [{ type: "text", text, ...(i >= turns.length - 2 && { cache_control: mark }) }],
            })),
          });
        }
      `,
    },
    {
      name: "a prompt of a caller, cut where its author wrote a tag",
      py: `
        import boto3

        client = boto3.client("bedrock-runtime")

        def answer(prompt: str):
            content = []
            parts = prompt.split("<<CACHE>>")
            for index, part in enumerate(parts):
                content.append({"text": part})
                if index < len(parts) - 1:
                    content.append({"cachePoint": {"type": "default"}})
            return client.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                messages=[{"role": "user", "content": content}],
            )
      `,
    },
    {
      name: "four blocks",
      py: `
        import anthropic

        client = anthropic.Anthropic()
        MARK = {"type": "ephemeral"}

        def block(text):
            return {"type": "text", "text": text, "cache_control": MARK}

        def answer(a, b, c, d, turns):
            system = [block(a), block(b), block(c), block(d)]
            return client.messages.create(model="claude-sonnet-4-5", max_tokens=500, system=system, messages=turns)
      `,
    },
  ],
  invalid: [
    {
      name: "the files of a folder, sorted when the module is loaded",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        CHAPTERS = sorted(Path("book").glob("*.md"))

        def ask(question):
            system = []
            for path in CHAPTERS:
                system.append({"type": "text", "text": path.read_text(), "cache_control": {"type": "ephemeral"}})
                                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ each
            return client.messages.create(
                model="claude-sonnet-4-5", max_tokens=500, system=system, messages=[{"role": "user", "content": question}]
            )
      `,
    },
    {
      name: "each block of the last message that is to be kept",
      py: `
        import anthropic

        client = anthropic.Anthropic()

        def blocks_of(message, is_kept):
            blocks = []
            for part in message.parts:
                block = {"type": "text", "text": part.text}
                if is_kept:
                    block["cache_control"] = {"type": "ephemeral"}
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ each
                blocks.append(block)
            return blocks

        def ask(messages):
            last = len(messages) - 1
            sent = [
                {"role": message.role, "content": blocks_of(message, index == last)}
                for index, message in enumerate(messages)
            ]
            return client.messages.create(model="claude-sonnet-4-5", max_tokens=500, messages=sent)
      `,
    },
    {
      name: "a mark more only in the rounds of tools",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        const client = new Anthropic();
        const mark = { cache_control: { type: "ephemeral" } } as const;

        export function ask(rules: string, files: string, tools: Anthropic.Tool[], turns: Anthropic.MessageParam[]) {
          const sent = turns.map((turn) => ({ ...turn, content: turn.content.map((block) => ({ ...block })) }));
          const asked = sent.findLastIndex((turn) => turn.role === "user" && turn.content.some((b) => b.type === "text"));
          Object.assign(sent[asked].content.at(-1), mark);
          if (asked < sent.length - 1) sent.at(-1).content.at(-1).cache_control = { type: "ephemeral" };
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ surplus
          return client.messages.create({
            model: "claude-sonnet-4-5", max_tokens: 99, messages: sent,
            tools: tools.map((tool, i) => (i === tools.length - 1 ? { ...tool, ...mark } : tool)),
            system: [{ type: "text", text: rules, ...mark }, { type: "text", text: files, ...mark }],
          });
        }
      `,
    },
    {
      name: "every call gives one more to a list they all share",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const cache_control = { type: "ephemeral" } as const;
        const shared = [{ type: "text", text: "Be brief.", cache_control }];

        export function answer(text: string) {
          const body = { max_tokens: 500, system: shared };
          body.system.push({ type: "text", text, cache_control });
                                                 ^^^^^^^^^^^^^ repeated
          return client.messages.create({ ...body, model: "claude-sonnet-4-5", messages: [] });
        }
      `,
    },
    {
      name: "every message of a history",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const mark = { type: "ephemeral" } as const;

        export function answer(turns: { role: "user" | "assistant"; text: string }[]) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            messages: turns.map(({ role, text }) => ({
              role,
              content: [{ type: "text", text, cache_control: mark }],
                                              ^^^^^^^^^^^^^^^^^^^ each
            })),
          });
        }
      `,
    },
    {
      name: "options under a name that are nothing but a mark, given to every message",
      ts: `
        import { openrouter } from "@openrouter/ai-sdk-provider";
        import { generateText, type ModelMessage } from "ai";

        const cache = { openrouter: { cacheControl: { type: "ephemeral" } } };

        export function answer(turns: ModelMessage[]) {
          const messages = turns.map((turn) => ({ ...turn, providerOptions: cache }));
                                                           ^^^^^^^^^^^^^^^^^^^^^^ each
          return generateText({ model: openrouter("anthropic/claude-sonnet-4.5"), messages });
        }
      `,
    },
    {
      name: "a mark under a name, spread into five blocks",
      py: `
        import anthropic

        client = anthropic.Anthropic()
        MARKED = {"cache_control": {"type": "ephemeral"}}

        def answer(one, two, three, four, five, turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[
                    {"type": "text", "text": one, **MARKED},
                    {"type": "text", "text": two, **MARKED},
                    {"type": "text", "text": three, **MARKED},
                    {"type": "text", "text": four, **MARKED},
                    {"type": "text", "text": five, **MARKED},
                                                     ^^^^^^ surplus
                ],
                messages=turns,
            )
      `,
    },
    {
      name: "five blocks",
      py: `
        import anthropic

        client = anthropic.Anthropic()
        MARK = {"type": "ephemeral"}

        def answer(a, b, c, d, e, turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[
                    {"type": "text", "text": a, "cache_control": MARK},
                    {"type": "text", "text": b, "cache_control": MARK},
                    {"type": "text", "text": c, "cache_control": MARK},
                    {"type": "text", "text": d, "cache_control": MARK},
                    {"type": "text", "text": e, "cache_control": MARK},
                                                ^^^^^^^^^^^^^^^^^^^^^ surplus
                ],
                messages=turns,
            )
      `,
    },
    {
      name: "a stored request",
      json: `
        {
          "model": "claude-sonnet-4-5",
          "max_tokens": 500,
          "system": [
            { "type": "text", "text": "a", "cache_control": { "type": "ephemeral" } },
            { "type": "text", "text": "b", "cache_control": { "type": "ephemeral" } },
            { "type": "text", "text": "c", "cache_control": { "type": "ephemeral" } },
            { "type": "text", "text": "d", "cache_control": { "type": "ephemeral" } },
            { "type": "text", "text": "e", "cache_control": { "type": "ephemeral" } }
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ surplus
          ],
          "messages": [{ "role": "user", "content": "Hello" }]
        }
      `,
    },
    {
      name: "an adapter that marks the results of tools, and nothing else",
      py: `
        def to_block(part):
            if part["type"] == "text":
                return {"type": "text", "text": part["text"]}
            if part["type"] == "tool_call":
                return {"type": "tool_use", "id": part["id"], "name": part["name"], "input": part["input"]}
            block = {"type": "tool_result", "tool_use_id": part["id"], "content": part["output"]}
            block["cache_control"] = {"type": "ephemeral"}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ each
            return block

        def to_messages(history):
            return [{"role": m["role"], "content": [to_block(part) for part in m["parts"]]} for m in history]
      `,
    },
    {
      name: "messages of LlamaIndex that are given a mark with a name",
      py: `
        from llama_index.core.llms import ChatMessage
        from llama_index.llms.anthropic import Anthropic

        llm = Anthropic(model="claude-sonnet-4-5")
        CACHED = {"cache_control": {"type": "ephemeral"}}

        def answer(a, b, c, d, e):
            return llm.chat([
                ChatMessage(role="user", content=a, additional_kwargs=CACHED),
                ChatMessage(role="user", content=b, additional_kwargs=CACHED),
                ChatMessage(role="user", content=c, additional_kwargs=CACHED),
                ChatMessage(role="user", content=d, additional_kwargs=CACHED),
                ChatMessage(role="user", content=e, additional_kwargs=CACHED),
                                                    ^^^^^^^^^^^^^^^^^^^^^^^^ surplus
            ])
      `,
    },
    {
      name: "the newest two messages and a pinned one, however long the conversation is",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        const client = new Anthropic();
        const mark = { cache_control: { type: "ephemeral" } } as const;
        const rules = (text: string) => ({ type: "text" as const, text, ...mark });

        export function chat(entries: Entry[], pinnedId: string) {
          const newest = new Set(entries.slice(-2).map(({ id }) => id));
          return client.messages.create({
            model: "claude-sonnet-4-5", max_tokens: 500, system: [rules("Be brief."), rules("Be kind.")],
            messages: entries.map(({ id, role, text }) => ({
              role,
              content: [{ type: "text", text, ...((newest.has(id) || id === pinnedId) && { cache_control: { type: "ephemeral" } }) }],
                                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ repeated
            })),
          });
        }
      `,
    },
  ],
});
