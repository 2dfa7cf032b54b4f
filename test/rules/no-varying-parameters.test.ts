import { expect, test } from "vitest";
import { lintTexts } from "../support/lint-texts.ts";
import { testRule } from "../support/test-rule.ts";
import rule from "../../rules/no-varying-parameters.ts";

const start = `
        from pathlib import Path
        import anthropic
        from tools import TOOLS, run

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()
        MARK = {"type": "ephemeral"}

        def mark_last(messages):
            *earlier, last = messages
            return [*earlier, {**last, "content": [{**last["content"][0], "cache_control": MARK}]}]
`;
const steps = (parameter: string, messages = "mark_last(messages)") => `${start}
        def search(question):
            messages = [{"role": "user", "content": [{"type": "text", "text": question}]}]
            for step in range(4):
                response = client.messages.create(
                    model="claude-sonnet-4-5",
                    tools=TOOLS,
                    ${parameter}
                    max_tokens=500,
                    system=[{"type": "text", "text": RULES, "cache_control": MARK}],
                    messages=${messages},
                )
                messages.append({"role": "assistant", "content": response.content})
                messages.append({"role": "user", "content": [{"type": "text", "text": run(response)}]})
`;

testRule(rule, {
  valid: [
    {
      name: "thinking that depends on a document that is asked about",
      py: `
        import anthropic

        client = anthropic.Anthropic()

        def ask(pages: str, question: str):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                thinking={"type": "enabled" if len(pages) > 4000 else "disabled"},
                messages=[
                    {
                        "role": "user",
                        "content": [
                            {"type": "text", "text": pages, "cache_control": {"type": "ephemeral"}},
                            {"type": "text", "text": question},
                        ],
                    }
                ],
            )
      `,
    },
    { name: "the same value in every step", py: steps(`tool_choice={"type": "any"},`) },
    {
      name: "no message is cached",
      py: steps(`tool_choice={"type": "any"} if step == 0 else {"type": "auto"},`, "messages"),
    },
    { name: "a parameter beside the prefix", py: steps(`temperature=0.0 if step == 0 else 0.5,`) },
    {
      name: "the default, written out and left out",
      py: steps(`**({"tool_choice": {"type": "auto"}} if step == 0 else {}),`),
    },
    {
      name: "a value nothing is known of",
      py: `${start}
        def search(question, choice):
            messages = [{"role": "user", "content": [{"type": "text", "text": question}]}]
            for step in range(4):
                response = client.messages.create(
                    model="claude-sonnet-4-5",
                    tools=TOOLS,
                    tool_choice=choice,
                    max_tokens=500,
                    messages=mark_last(messages),
                )
                messages.append({"role": "assistant", "content": response.content})
                messages.append({"role": "user", "content": [{"type": "text", "text": run(response)}]})
      `,
    },
    {
      name: "a value that the client chooses",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export async function POST(req: Request) {
          const { messages, effort } = await req.json();
          const last = messages.at(-1);
          const marked = { type: "text", text: String(last.content), cache_control: { type: "ephemeral" } };
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 32_000,
            thinking: { type: "enabled", budget_tokens: effort.tokens },
            messages: [...messages.slice(0, -1), { role: "user", content: [marked] }],
          });
        }
      `,
    },
    {
      name: "a condition on the model",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export function answer(model: string, question: string) {
          return client.messages.create({
            model,
            max_tokens: 5000,
            ...(model.includes("opus") ? { thinking: { type: "enabled", budget_tokens: 2000 } } : {}),
            messages: [
              { role: "user", content: [{ type: "text", text: question, cache_control: { type: "ephemeral" } }] },
            ],
          });
        }
      `,
    },
    {
      name: "an option of the client's that a gateway hands on",
      py: `
        import anthropic
        from fastapi import FastAPI

        app = FastAPI()
        client = anthropic.Anthropic()

        @app.post("/chat")
        def chat(body: dict):
            options = {}
            if body.get("effort"):
                options["thinking"] = {"type": "enabled", "budget_tokens": body.get("budget")}
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                cache_control={"type": "ephemeral"},
                messages=body["messages"],
                **options,
            )
      `,
    },
  ],
  invalid: [
    {
      name: "thinking that depends on what was said last, whatever that is called",
      py: `
        import anthropic

        client = anthropic.Anthropic()

        def thinking_for(words: str):
            return {"type": "enabled" if len(words) > 400 else "disabled"}
                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ condition

        class Chat:
            def __init__(self):
                self.turns = []

            def say(self, words: str):
                self.turns.append({"role": "user", "content": words})
                reply = client.messages.create(
                    model="claude-sonnet-4-5",
                    max_tokens=500,
                    thinking=thinking_for(words),
                    cache_control={"type": "ephemeral"},
                    messages=self.turns,
                )
                self.turns.append({"role": "assistant", "content": reply.content})
      `,
    },
    {
      name: "a switch of the client's",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import { TOOLS } from "./tools";

        const client = new Anthropic();

        export async function POST(req: Request) {
          const { messages, toolsOff } = await req.json();
          const last = messages.at(-1);
          const marked = { type: "text", text: String(last.content), cache_control: { type: "ephemeral" } };
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            tools: TOOLS,
            tool_choice: { type: toolsOff ? "none" : "auto" },
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ condition
            messages: [...messages.slice(0, -1), { role: "user", content: [marked] }],
          });
        }
      `,
    },
    {
      name: "a tool is forced in the first step",
      py: `${start}
        def search(question):
            messages = [{"role": "user", "content": [{"type": "text", "text": question}]}]
            for step in range(4):
                response = client.messages.create(
                    model="claude-sonnet-4-5",
                    tools=TOOLS,
                    tool_choice={"type": "any"} if step == 0 else {"type": "auto"},
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ step
                    max_tokens=500,
                    messages=mark_last(messages),
                )
                messages.append({"role": "assistant", "content": response.content})
                messages.append({"role": "user", "content": [{"type": "text", "text": run(response)}]})
      `,
    },
    {
      name: "thinking only in the first step, on Converse",
      ts: `
        import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
        import { run } from "./tools.js";

        const client = new BedrockRuntimeClient({});

        export async function search(question: string) {
          const messages: any[] = [{ role: "user", content: [{ text: question }, { cachePoint: { type: "default" } }] }];
          for (let step = 0; step < 4; step++) {
            const additionalModelRequestFields =
              step === 0 ? { thinking: { type: "enabled", budget_tokens: 2000 } } : undefined;
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ step
            const { output } = await client.send(
              new ConverseCommand({
                modelId: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                messages,
                additionalModelRequestFields,
              }),
            );
            messages.push(output!.message!, { role: "user", content: [{ text: run(output) }] });
          }
        }
      `,
    },
    {
      name: "a helper copies the options that are given",
      py: `${start}
        def given(**options):
            return {name: option for name, option in options.items() if option is not None}

        def search(question):
            messages = [{"role": "user", "content": [{"type": "text", "text": question}]}]
            for step in range(4):
                options = given(
                    tool_choice={"type": "any"} if step == 0 else None,
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ step
                    tools=TOOLS,
                )
                response = client.messages.create(
                    model="claude-sonnet-4-5",
                    max_tokens=500,
                    messages=mark_last(messages),
                    **options,
                )
                messages.append({"role": "assistant", "content": response.content})
                messages.append({"role": "user", "content": [{"type": "text", "text": run(response)}]})
      `,
    },
    {
      name: "a word in the question decides about a number, which a helper merges with other fields",
      ts: `
        import { BedrockRuntimeClient, ConverseCommand, type Message } from "@aws-sdk/client-bedrock-runtime";

        const client = new BedrockRuntimeClient({});
        const history: Message[] = [];

        const merged = (...parts: Record<string, unknown>[]) => {
          const all: Record<string, unknown> = {};
          for (const part of parts) {
            for (const [name, field] of Object.entries(part)) all[name] = field;
          }
          return all;
        };

        export async function answer(question: string) {
          history.push({ role: "user", content: [{ text: question }, { cachePoint: { type: "default" } }] });
          const budget = question.includes("thoroughly") ? 16_000 : 2_000;
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ condition
          const thinking = { type: "enabled", budget_tokens: budget };
          const { output } = await client.send(
            new ConverseCommand({
              modelId: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
              messages: history,
              additionalModelRequestFields: merged({ thinking }, { top_k: 5 }),
            }),
          );
          history.push(output!.message!);
        }
      `,
    },
    {
      name: "the question decides",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const history: Anthropic.MessageParam[] = [];

        export async function answer(question: string) {
          history.push({ role: "user", content: [{ type: "text", text: question }] });
          const reply = await client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 5000,
            cache_control: { type: "ephemeral" },
            thinking: question.includes("why") ? { type: "enabled", budget_tokens: 2000 } : { type: "disabled" },
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ condition
            messages: history,
          });
          history.push({ role: "assistant", content: reply.content });
          return reply;
        }
      `,
    },
  ],
});

test("a condition is not said to come out another way each time", () => {
  const { findings } = lintTexts({
    "main.ts": `
      import Anthropic from "@anthropic-ai/sdk";
      const history: Anthropic.MessageParam[] = [];
      export async function answer(question: string) {
        history.push({ role: "user", content: question });
        const reply = await new Anthropic().messages.create({ model: "claude-sonnet-4-5", max_tokens: 9,
          cache_control: { type: "ephemeral" }, messages: history,
          thinking: question.includes("why") ? { type: "enabled", budget_tokens: 2000 } : { type: "disabled" } });
        history.push({ role: "assistant", content: reply.content });
      }
    `,
  });
  expect(findings.map(({ message }) => message.split(",")[0])).toEqual([
    '`question.includes("why")` can come out differently in every turn (going by its name)',
  ]);
});

test("what a condition may decide either way is said to be possible, with the condition", () => {
  const { findings } = lintTexts({
    "main.ts": `
      import Anthropic from "@anthropic-ai/sdk";
      import { next, wantsMore } from "./queue";
      const history: Anthropic.MessageParam[] = [];
      export async function serve(size: number) {
        for (let round = 0; round < 3; round++) {
          const thought = await next();
          const budget = wantsMore(thought, round) ? 9_000 : 2_000;
          history.push({ role: "user", content: thought });
          const reply = await new Anthropic().messages.create({ model: "claude-sonnet-4-5", max_tokens: size,
            cache_control: { type: "ephemeral" }, messages: history, thinking: { type: "enabled", budget_tokens: budget } });
          history.push({ role: "assistant", content: reply.content });
        }
      }
    `,
  });
  expect(findings.map(({ message }) => message.split(", and")[0])).toEqual([
    "`thinking` can have another value in the next request of this conversation, as `wantsMore(thought, round)` can come out " +
      "differently",
  ]);
});
