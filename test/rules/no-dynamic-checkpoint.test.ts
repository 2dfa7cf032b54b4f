import { describe } from "vitest";
import rule from "../../rules/no-dynamic-checkpoint.ts";
import type { Request } from "../../src/request/request.ts";
import { block, hole, holeOf, marked, request, viewOf, words } from "../support/request-builder.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const question = () => hole("question", 15, { scope: "turn", reason: "the user's input" });
const sources = { 15: "input()" };
const twice = (build: () => Request) => viewOf(build(), build(), undefined, sources);

const stored = question();

describe("requests built by hand", () => {
  testViews(rule, [
    {
      name: "static text and the question in one block",
      view: twice(() => request({ messages: [[marked(block([words(1310), question()]), 31)]] })),
      found: [
        {
          id: "mixed",
          at: 15,
          message:
            "The user's input `input()` changes on every turn and ends the block of the checkpoint at line 31, so 1,310 " +
            "tokens are written each time (1.25x) and never read (0.1x), the static text in front of it included. " +
            "Split the block: end the static text with the checkpoint and send the rest in a block of its own behind it.",
        },
      ],
    },
    {
      name: "the mark sits on the question",
      view: twice(() =>
        request({ system: [block([words(1310)])], messages: [[marked(block([question()]), 31)]] }),
      ),
      found: [
        {
          id: "fresh",
          at: 15,
          message:
            "The checkpoint at line 31 stands on the user's input `input()`, which changes on every turn, so 1,310 " +
            "tokens in front of it are written each time (1.25x) and never read (0.1x). Put the checkpoint at the end " +
            "of the text that stays the same.",
        },
      ],
    },
    {
      name: "the mark sits on the question of an agent's step, which the next step sends again",
      view: twice(() =>
        request({
          tools: [block([words(1310)])],
          messages: [[marked(block([question()]), 31)]],
          isStep: true,
        }),
      ),
      found: [],
    },
    {
      name: "the mark sits on the question of a conversation that keeps it",
      view: viewOf(
        request({ messages: [[marked(block([stored]), 31)]] }),
        request({
          messages: [
            [block([holeOf(stored.hole, 15)])],
            [block([words(9)])],
            [marked(block([question()]), 31)],
          ],
        }),
      ),
      found: [],
    },
    {
      name: "a value that text worth caching follows is a matter of the prefix",
      view: twice(() => request({ messages: [[marked(block([question(), words(1310)]), 31)]] })),
      found: [],
    },
    {
      name: "a value in an earlier block is a matter of the prefix",
      view: twice(() => request({ messages: [[block([question()]), marked(block([words(1310)]), 31)]] })),
      found: [],
    },
    {
      name: "two values at the end of one block are one finding",
      view: twice(() =>
        request({ messages: [[marked(block([words(1310), question(), hole("clock", 16)]), 31)]] }),
      ),
      found: [{ id: "mixed", at: 15 }],
    },
    {
      name: "a template with its placeholder under the mark",
      view: viewOf(request({ use: "asset", messages: [[marked(block([words(1310), question()]), 31)]] })),
      found: [{ id: "mixed", at: 15 }],
    },
    {
      name: "a single request tells nothing about the next one",
      view: viewOf(request({ messages: [[marked(block([question()]), 31)]] })),
      found: [],
    },
    {
      name: "what the provider finds by itself is no checkpoint of anybody",
      view: twice(() => request({ messages: [[marked(block([question()]), 31, { origin: "implicit" })]] })),
      found: [],
    },
  ]);
});

testRule(rule, {
  valid: [
    {
      name: "the mark that each step of a call with tools places on its newest message",
      ts: `
        import { anthropic } from "@ai-sdk/anthropic";
        import { stepCountIs, streamText, tool } from "ai";
        const mark = { anthropic: { cacheControl: { type: "ephemeral" } } };

        export async function POST(request: Request) {
          const { question } = await request.json();
          return streamText({
            model: anthropic("claude-sonnet-4-5"),
            system: "Sell lamps. ".repeat(900),
            messages: [{ role: "user", content: question }],
            tools: { find: tool({ description: "Finds lamps", inputSchema: schema, execute: find }) },
            stopWhen: stepCountIs(10),
            prepareStep: ({ messages }) => ({
              messages: messages.map((each, i) => (i === messages.length - 1 ? { ...each, providerOptions: mark } : each)),
            }),
          });
        }
      `,
    },
    {
      name: "the question has a block of its own, behind the mark",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const HANDBOOK = readFileSync("handbook.md", "utf8");

        export function answer(question: string) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            messages: [
              {
                role: "user",
                content: [
                  { type: "text", text: HANDBOOK, cache_control: { type: "ephemeral" } },
                  { type: "text", text: question },
                ],
              },
            ],
          });
        }
      `,
    },
    {
      name: "a document that comes with a question about it, the mark between the two",
      py: `
        import boto3

        bedrock = boto3.client("bedrock-runtime")

        def lambda_handler(event, context):
            return bedrock.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                messages=[{"role": "user", "content": [
                    {"text": event["document"]},
                    {"cachePoint": {"type": "default"}},
                    {"text": event["question"]},
                ]}],
            )
      `,
    },
    ...[
      "ask(doc, 'Who?'), ask(doc, 'When?')",
      "check(doc), ask(doc, 'Why?')",
      "[check(doc) for _ in range(5)]",
    ].map((calls) => ({
      name: `a document of a list that is asked about behind its mark: ${calls}`,
      py: `
          import anthropic

          client = anthropic.Anthropic()

          def ask(doc, question):
              block = {"type": "text", "text": doc, "cache_control": {"type": "ephemeral"}}
              content = [block, {"type": "text", "text": question}]
              return client.messages.create(
                  model="claude-sonnet-4-5", max_tokens=9, messages=[{"role": "user", "content": content}]
              )

          def check(doc):
              block = {"type": "text", "text": doc, "cache_control": {"type": "ephemeral"}}
              return client.messages.create(
                  model="claude-sonnet-4-5", max_tokens=9, messages=[{"role": "user", "content": [block]}]
              )

          def run(docs):
              for doc in docs:
                  print(${calls})
        `,
    })),
    {
      name: "the mark moves along with a growing conversation",
      py: `
        import anthropic

        client = anthropic.Anthropic()
        turns = []

        def say(question):
            turns.append({"role": "user", "content": question})
            sent = [*turns[:-1], {"role": "user", "content": [
                {"type": "text", "text": question, "cache_control": {"type": "ephemeral"}}]}]
            reply = client.messages.create(model="claude-sonnet-4-5", max_tokens=500, messages=sent)
            turns.append({"role": "assistant", "content": reply.content})
            return reply
      `,
    },
    ...["stored ? JSON.parse(stored) : []", "stored?.turns ?? []", "stored || []"].map((loaded) => ({
      name: `a conversation that begins empty and is kept elsewhere: ${loaded}`,
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import express from "express";
        import { createClient } from "redis";

        const client = new Anthropic();
        const redis = createClient();
        const app = express();

        app.post("/chat/:id", async (req, res) => {
          const stored: any = await redis.get(req.params.id);
          const turns: Anthropic.MessageParam[] = ${loaded};
          const { text } = req.body;
          const block = { type: "text" as const, text, cache_control: { type: "ephemeral" as const } };
          const messages = [...turns, { role: "user" as const, content: [block] }];
          const reply = await client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, messages });
          await redis.set(req.params.id, JSON.stringify([...messages, reply]));
          res.json(reply.content);
        });
      `,
    })),
  ],
  invalid: [
    {
      name: "the mark on the newest message of a call that has no second step",
      ts: `
        import { anthropic } from "@ai-sdk/anthropic";
        import { stepCountIs, streamText, tool } from "ai";
        const mark = { anthropic: { cacheControl: { type: "ephemeral" } } };

        export async function POST(request: Request) {
          const { question } = await request.json();
          return streamText({
            model: anthropic("claude-sonnet-4-5"),
            system: "Sell lamps. ".repeat(900),
            messages: [{ role: "user", content: question, providerOptions: mark }],
                                                ^^^^^^^^ fresh
            tools: { find: tool({ description: "Finds lamps", inputSchema: schema, execute: find }) },
            stopWhen: stepCountIs(1),
          });
        }
      `,
    },
    {
      name: "the rows of a table, one request for each",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import { readFileSync } from "node:fs";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");

        export async function label(rows: { title: string; text: string }[]) {
          for (const row of rows) {
            const text = JSON.stringify(row);
            await client.messages.create({
              model: "claude-sonnet-4-5",
              max_tokens: 9,
              system: RULES,
              messages: [{ role: "user", content: [{ type: "text", text, cache_control: { type: "ephemeral" } }] }],
                                                                   ^^^^ fresh
            });
          }
        }
      `,
    },
    {
      name: "the lines of the standard input, one request for each",
      py: `
        import sys
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def label(text):
            block = {"type": "text", "text": RULES + text, "cache_control": {"type": "ephemeral"}}
                                                     ^^^^ mixed
            return client.messages.create(
                model="claude-sonnet-4-5", max_tokens=9, messages=[{"role": "user", "content": [block]}]
            )

        for line in sys.stdin:
            print(label(line.strip()))
      `,
    },
    {
      name: "the handbook and the question in one string",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const HANDBOOK = readFileSync("handbook.md", "utf8");

        export function answer(question: string) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            messages: [
              {
                role: "user",
                content: [
                  { type: "text", text: HANDBOOK + " Q: " + question, cache_control: { type: "ephemeral" } },
                                                            ^^^^^^^^ mixed
                ],
              },
            ],
          });
        }
      `,
    },
    {
      name: "a document that comes alone",
      py: `
        import boto3

        bedrock = boto3.client("bedrock-runtime")

        def lambda_handler(event, context):
            return bedrock.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                messages=[{"role": "user", "content": [
                    {"text": event["document"]},
                             ^^^^^^^^^^^^^^^^^ fresh
                    {"cachePoint": {"type": "default"}},
                    {"text": "Summarise the document."},
                ]}],
            )
      `,
    },
    {
      name: "the mark on a question that is sent once",
      py: `
        from pathlib import Path
        import boto3

        bedrock = boto3.client("bedrock-runtime")
        HANDBOOK = Path("handbook.md").read_text()

        def answer(question):
            return bedrock.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                system=[{"text": HANDBOOK}],
                messages=[{"role": "user", "content": [{"text": question}, {"cachePoint": {"type": "default"}}]}],
                                                                ^^^^^^^^ fresh
            )
      `,
    },
    {
      name: "a clock in the last line, and the question of a user",
      py: `
        from datetime import datetime
        from pathlib import Path
        import boto3

        bedrock = boto3.client("bedrock-runtime")
        HANDBOOK = Path("handbook.md").read_text()

        def answer(question):
            return bedrock.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                system=[
                    {"text": f"{HANDBOOK}\\nIt is {datetime.now()}"},
                                                 ^^^^^^^^^^^^^^^^ mixed
                    {"cachePoint": {"type": "default"}},
                ],
                messages=[{"role": "user", "content": [{"text": question}]}],
            )
      `,
    },
  ],
});
