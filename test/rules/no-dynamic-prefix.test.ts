import { describe, expect, test } from "vitest";
import rule from "../../rules/no-dynamic-prefix.ts";
import { runRule } from "../../src/rule/index.ts";
import type { Request } from "../../src/request/request.ts";
import {
  block,
  hole,
  implicitLimits,
  literal,
  marked,
  request,
  viewOf,
  words,
} from "../support/request-builder.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const clock = () => hole("datetime.now", 14, { reason: "the clock" });
const question = () =>
  hole("question", 15, { scope: "turn", reason: "the name `question`", confidence: "likely" });
const sources = { 14: "datetime.now()", 15: "question" };

/** The request and the next one, built by the same code. */
const twice = (build: () => Request, limits?: Parameters<typeof viewOf>[2]) =>
  viewOf(build(), build(), limits, sources);

describe("requests built by hand", () => {
  testViews(rule, [
    {
      name: "a clock in an earlier block",
      view: twice(() => request({ system: [block([clock()]), marked(block([words(1310)]), 31)] })),
      found: [
        {
          id: "fresh",
          at: 14,
          message:
            "The clock `datetime.now()` changes on every request, so 1,310 tokens in front of the checkpoint at line 31 " +
            "are written each time (1.25x) and never read (0.1x). Move it behind the checkpoint: 1,310 tokens " +
            "can then be cached instead of none.",
        },
      ],
    },
    {
      name: "a clock that opens the marked block",
      view: twice(() => request({ system: [marked(block([clock(), words(1310)]), 31)] })),
      found: [{ id: "fresh", at: 14 }],
    },
    {
      name: "a question that ends the marked block is a matter of the checkpoint",
      view: twice(() => request({ system: [marked(block([words(1310), question()]), 31)] })),
      found: [],
    },
    {
      name: "only what lies behind the last intact checkpoint is lost",
      view: twice(() =>
        request({
          messages: [
            [marked(block([words(1400)]), 31), block([question()]), marked(block([words(900)]), 33)],
          ],
        }),
      ),
      found: [
        {
          id: "fresh",
          at: 15,
          message:
            "`question` changes on every turn (going by its name), so 900 tokens in front of the checkpoint at line 33 " +
            "are written each time (1.25x) and never read (0.1x). Move it behind the checkpoint: 2,300 tokens " +
            "can then be cached instead of 1,400.",
        },
      ],
    },
    {
      name: "text of unknown length is not counted",
      view: twice(() =>
        request({ system: [block([clock()]), marked(block([hole("rules", 3, { scope: "deploy" })]), 31)] }),
      ),
      found: [
        {
          id: "freshText",
          at: 14,
          message:
            "The clock `datetime.now()` changes on every request, so what stands in front of the checkpoint at line 31 " +
            "is written each time (1.25x) and never read (0.1x). Move it behind the checkpoint.",
        },
      ],
    },
    {
      name: "two checkpoints behind one clock are one finding",
      view: twice(() =>
        request({ system: [marked(block([clock(), words(1200)]), 31), marked(block([words(300)]), 33)] }),
      ),
      found: [
        {
          id: "fresh",
          at: 14,
          message:
            "The clock `datetime.now()` changes on every request, so 1,500 tokens in front of the 2 checkpoints at line " +
            "31 and line 33 are written each time (1.25x) and never read (0.1x). Move it behind the last of " +
            "them: 1,500 tokens can then be cached instead of none.",
        },
      ],
    },
    {
      name: "two changing values are two findings",
      view: twice(() =>
        request({ system: [block([clock(), question()]), marked(block([words(1310)]), 31)] }),
      ),
      found: [
        { id: "fresh", at: 14 },
        { id: "fresh", at: 15 },
      ],
    },
    {
      name: "the same value in two places is one finding",
      view: twice(() =>
        request({ system: [block([clock(), literal("and"), clock()]), marked(block([words(99)]), 31)] }),
      ),
      found: [{ id: "fresh", at: 14 }],
    },
    {
      name: "a clock behind the last checkpoint",
      view: twice(() => request({ system: [marked(block([words(1310)]), 31), block([clock()])] })),
      found: [],
    },
    {
      name: "an unknown value in front of the checkpoint",
      view: twice(() =>
        request({
          system: [block([hole("profile", 14, { scope: "unknown" })]), marked(block([words(1310)]), 31)],
        }),
      ),
      found: [],
    },
    {
      name: "a date in front of the checkpoint",
      view: twice(() =>
        request({ system: [block([hole("today", 14, { scope: "day" })]), marked(block([words(1310)]), 31)] }),
      ),
      found: [],
    },
    {
      name: "a signed address of an image is a matter of the image source",
      view: twice(() =>
        request({ messages: [[block([clock()], { kind: "image" }), marked(block([words(1310)]), 31)]] }),
      ),
      found: [],
    },
    {
      name: "implicit caching: a clock in front of enough static text",
      view: twice(
        () => request({ dialect: "openai", system: [block([clock(), words(2600)])] }),
        implicitLimits,
      ),
      found: [
        {
          id: "implicit",
          at: 14,
          message:
            "The clock `datetime.now()` changes on every request, and the provider caches no further than to the first " +
            "difference, so 2,600 tokens of static text behind it are paid in full each time. Move it behind the " +
            "static text: 2,600 tokens can then be cached instead of none.",
        },
      ],
    },
    {
      name: "implicit caching: a clock in front of a few words",
      view: twice(
        () => request({ dialect: "openai", system: [block([clock(), words(200)])] }),
        implicitLimits,
      ),
      found: [],
    },
    {
      name: "implicit caching: a question behind the static text",
      view: twice(
        () =>
          request({ dialect: "openai", system: [block([words(2600)])], messages: [[block([question()])]] }),
        implicitLimits,
      ),
      found: [],
    },
    {
      name: "explicit caching without a mark is a matter of no-static-after-dynamic",
      view: twice(() => request({ system: [block([clock(), words(2600)])] })),
      found: [],
    },
  ]);
});

describe("values that several requests share", () => {
  const tenant = () => hole("tenant.name", 16, { scope: "tenant", confidence: "likely" });
  const strict = { scopes: ["session", "user", "tenant"] };
  const inFront = () => request({ system: [block([tenant()]), marked(block([words(1310)]), 31)] });

  testViews(rule, [
    { name: "accepted by default", view: twice(inFront), found: [] },
    {
      name: "strict: a tenant's name in front of the shared guide",
      view: twice(inFront),
      options: strict,
      found: [
        {
          id: "narrow",
          at: 16,
          message:
            "A value differs from tenant to tenant, so 1,310 tokens of static text that all requests could share are " +
            "cached anew for each. Move it behind the static text, and end that with a checkpoint of its own.",
        },
      ],
    },
    {
      name: "strict: a tenant's name at the end of the guide",
      view: twice(() => request({ system: [marked(block([words(1310), tenant()]), 31)] })),
      options: strict,
      found: [{ id: "narrow", at: 16 }],
    },
    {
      name: "strict: the guide has a checkpoint of its own",
      view: twice(() =>
        request({ system: [marked(block([words(1310)]), 31), marked(block([tenant()]), 32)] }),
      ),
      options: strict,
      found: [],
    },
    {
      name: "strict: too little to share",
      view: twice(() => request({ system: [block([tenant()]), marked(block([words(200)]), 31)] })),
      options: strict,
      found: [],
    },
    {
      name: "strict: a document of the session among the messages",
      view: twice(() => request({ messages: [[block([tenant()]), marked(block([words(1310)]), 31)]] })),
      options: strict,
      found: [],
    },
  ]);
});

test("the story runs from the source over the calls to the checkpoint", () => {
  const far = () => ({
    ...hole("datetime.now", 14, { reason: "the clock", from: 4 }),
    frame: {
      call: { file: "prompt.py", start: 60, end: 61 },
      functionName: "clock_line",
      parent: undefined,
    },
  });
  const view = twice(() => request({ system: [block([far()]), marked(block([words(1310)]), 31)] }));
  expect(runRule(rule, view)[0]?.related.map(({ span, message }) => [span.start, message])).toEqual([
    [4, "The clock comes from here."],
    [60, "It gets here through `clock_line()`."],
    [31, "No request can read what this checkpoint writes."],
  ]);
});

test("a value that is judged by its name is no more than likely", () => {
  const view = twice(() => request({ system: [block([question()]), marked(block([words(1310)]), 31)] }));
  expect(runRule(rule, view)[0]?.confidence).toBe("likely");
});

testRule(rule, {
  valid: [
    {
      name: "notes of all answers so far behind the rules",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import { readFileSync } from "node:fs";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");

        export class Desk {
          private readonly notes: string[] = [];

          async ask(question: string) {
            const reply = await client.messages.create({
              model: "claude-sonnet-4-5",
              max_tokens: 500,
              system: [
                { type: "text", text: RULES, cache_control: { type: "ephemeral" } },
                { type: "text", text: "Notes: " + this.notes.map((note) => "- " + note).join(" ") },
              ],
              messages: [{ role: "user", content: question }],
            });
            this.notes.push(reply.content[0].text);
          }
        }
      `,
    },
    {
      name: "a summary that takes the place of a history that has grown up to a limit",
      py: `
        import anthropic

        client = anthropic.Anthropic()
        MARK = {"type": "ephemeral"}
        LIMIT = 150_000

        def summarise(messages):
            asked = [*messages, {"role": "user", "content": "Sum up what was said."}]
            return client.messages.create(model="claude-haiku-4-5", max_tokens=500, messages=asked).content[0].text

        class Chat:
            def __init__(self):
                self.messages = []

            def say(self, text):
                if sum(len(message["content"]) for message in self.messages) // 4 > LIMIT:
                    summary = summarise(self.messages)
                    self.messages = [{"role": "user", "content": f"So far: {summary}"}, {"role": "assistant", "content": "Go on."}]
                self.messages.append({"role": "user", "content": text})
                newest = {"role": "user", "content": [{"type": "text", "text": text, "cache_control": MARK}]}
                reply = client.messages.create(
                    model="claude-sonnet-4-5", max_tokens=500, messages=[*self.messages[:-1], newest]
                )
                self.messages.append({"role": "assistant", "content": reply.content[0].text})
                return reply.content[0].text
      `,
    },
    {
      name: "pictures that are fetched by their addresses",
      py: `
        import base64
        import anthropic
        import httpx

        client = anthropic.Anthropic()

        def block(url):
            data = base64.b64encode(httpx.get(url).content).decode()
            return {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": data}}

        def ask(urls, question):
            content = [block(url) for url in urls]
            content[-1]["cache_control"] = {"type": "ephemeral"}
            content.append({"type": "text", "text": question})
            return client.messages.create(
                model="claude-sonnet-4-5", max_tokens=500, messages=[{"role": "user", "content": content}]
            )
      `,
    },
    {
      name: "a script whose second call reads what the first has written under the id of the run",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";
        const client = new Anthropic();

        export async function warmUp() {
          const head = \`Run \${crypto.randomUUID()} \` + readFileSync("handbook.md", "utf8");
          const system = [{ type: "text", text: head, cache_control: { type: "ephemeral" } }];
          const cold = await client.messages.create({
            model: "claude-sonnet-4-5", max_tokens: 16, system,
            messages: [{ role: "user", content: "Say ok." }],
          });
          const warm = await client.messages.create({
            model: "claude-sonnet-4-5", max_tokens: 16, system,
            messages: [{ role: "user", content: "Say ok again." }],
          });
          return warm.usage.cache_read_input_tokens / cold.usage.cache_creation_input_tokens;
        }
      `,
    },
    {
      name: "the time at which each order was made, among what is stored of it",
      py: `
        import anthropic
        from shop import table

        client = anthropic.Anthropic()

        def ask(question, number):
            orders = [f"{order['id']}: {order.get('timestamp')}" for order in table.query(number)["items"]]
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[
                    {"type": "text", "text": "\\n".join(orders)},
                    {"type": "text", "text": "All sales are final. " * 500, "cache_control": {"type": "ephemeral"}},
                ],
                messages=[{"role": "user", "content": question}],
            )
      `,
    },
    {
      name: "a test whose agent answers twice from the prefix it was made with",
      py: `
        import uuid
        from strands import Agent
        from strands.models import BedrockModel

        def test_the_cache_is_read():
            model = BedrockModel(model_id="us.anthropic.claude-sonnet-4-5-20250929-v1:0")
            rules = f"Run {uuid.uuid4()}. " + "All sales are final. " * 900
            agent = Agent(model=model, system_prompt=[{"text": rules}, {"cachePoint": {"type": "default"}}])
            agent("May I return a lamp?")
            assert agent("And a chair?").metrics.accumulated_usage["cacheReadInputTokens"] > 0
      `,
    },
    {
      name: "settings that a handler is provided with",
      py: `
        from typing import Annotated
        import anthropic
        from fastapi import Depends, FastAPI
        from elsewhere import Settings, get_settings

        app = FastAPI()
        client = anthropic.Anthropic()

        @app.post("/ask")
        async def ask(question: str, settings: Annotated[Settings, Depends(get_settings)]):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[
                    {"type": "text", "text": f"{settings.shop}\\n" + "All sales are final. " * 500,
                     "cache_control": {"type": "ephemeral"}},
                ],
                messages=[{"role": "user", "content": question}],
            )
      `,
    },
    {
      name: "a gateway that marks the system prompt that each client sends",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        const client = new Anthropic();
        const mark = { cache_control: { type: "ephemeral" } } as const;

        export async function POST(request: Request) {
          const { system, messages } = await request.json();
          return client.messages.create({
            model: "claude-sonnet-4-5", max_tokens: 500, messages,
            system: [{ type: "text", text: system, ...mark }],
          });
        }
      `,
    },
    {
      name: "the system prompt among the messages that a client sends",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import type { APIGatewayProxyEvent } from "aws-lambda";
        const client = new Anthropic();
        const mark = { cache_control: { type: "ephemeral" } } as const;

        export const handler = async (event: APIGatewayProxyEvent) => {
          const { messages } = JSON.parse(event.body!);
          const system = messages.find((message) => message.role === "system");
          const others = messages.filter((message) => message.role !== "system");
          return client.messages.create({
            model: "claude-sonnet-4-5", max_tokens: 500, messages: others,
            system: [{ type: "text", text: "Be polite.\\n" + system.content, ...mark }],
          });
        };
      `,
    },
    {
      name: "the clock follows the checkpoint",
      py: `
        from datetime import datetime
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        HANDBOOK = Path("handbook.md").read_text()

        def answer(turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[
                    {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
                    {"type": "text", "text": f"It is {datetime.now().isoformat()}"},
                ],
                messages=turns,
            )
      `,
    },
    {
      name: "a summary in place of what a window drops is a matter of the history",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export async function answer(turns: Anthropic.MessageParam[], question: string) {
          turns.push({ role: "user", content: question });
          const summary = await client.messages.create({
            model: "claude-haiku-4-5",
            max_tokens: 400,
            messages: [{ role: "user", content: JSON.stringify(turns) }],
          });
          const messages = [{ role: "user" as const, content: summary.content[0].text }, ...turns.slice(-6)];
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            cache_control: { type: "ephemeral" },
            messages,
          });
        }
      `,
    },
    {
      name: "a date cut to the day",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const HANDBOOK = readFileSync("handbook.md", "utf8");

        export function answer(turns: Anthropic.MessageParam[]) {
          const today = new Date().toISOString().slice(0, 10);
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [
              { type: "text", text: "Today is " + today },
              { type: "text", text: HANDBOOK, cache_control: { type: "ephemeral" } },
            ],
            messages: turns,
          });
        }
      `,
    },
    {
      name: "a clock read once, when the module is loaded",
      py: `
        from datetime import datetime
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        HANDBOOK = Path("handbook.md").read_text()
        STARTED = datetime.now().isoformat()

        def answer(turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[
                    {"type": "text", "text": f"Running since {STARTED}"},
                    {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
                ],
                messages=turns,
            )
      `,
    },
    {
      name: "a clock that opens a run and is sent again with each of its steps",
      py: `
        from datetime import datetime
        import anthropic

        client = anthropic.Anthropic()

        def run(task, tools, call):
            turns = [{"role": "user", "content": f"Started at {datetime.now().isoformat()}. {task}"}]
            while True:
                last = turns[-1]
                sent = [*turns[:-1], {**last, "content": [
                    {"type": "text", "text": last["content"], "cache_control": {"type": "ephemeral"}}]}]
                reply = client.messages.create(model="claude-sonnet-4-5", max_tokens=500, tools=tools, messages=sent)
                if reply.stop_reason != "tool_use":
                    return reply
                turns.append({"role": "assistant", "content": reply.content})
                turns.append({"role": "user", "content": call(reply)})
      `,
    },
  ],
  invalid: [
    {
      name: "the lines of the piece that is translated",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import { readFileSync } from "node:fs";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");
        const lines = readFileSync(process.argv[2]!, "utf8").split("\\n");

        for (let i = 0; i < lines.length; i += 40) {
          await client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [{ type: "text", text: "From line " + (i + 1) + ".\\n" + RULES, cache_control: { type: "ephemeral" } }],
                                                           ^^^^^ fresh
            messages: [{ role: "user", content: lines.slice(i, i + 40).join("\\n") }],
          });
        }
      `,
    },
    {
      name: "a question behind the printed conversation and in front of the rules",
      py: `
        from pathlib import Path
        from openai import OpenAI

        client = OpenAI()
        RULES = Path("handbook.md").read_text()

        def answer(turns, question):
            said = "\\n".join(f"{turn['speaker']}: {turn['text']}" for turn in turns)
            prompt = f"{said}\\nQuestion: {question}\\n{RULES}"
                                         ^^^^^^^^^^ implicit
            return client.chat.completions.create(
                model="gpt-4.1", messages=[{"role": "user", "content": prompt}]
            )
      `,
    },
    {
      name: "what a script finds for each of its questions",
      py: `
        from pathlib import Path
        import anthropic
        from langchain_community.vectorstores import FAISS

        client = anthropic.Anthropic()
        index = FAISS.load_local("index", embeddings)
        RULES = Path("handbook.md").read_text()

        def answer(question):
            passages = index.similarity_search(question)
            block = {"type": "text", "text": f"{passages}\\n{RULES}", "cache_control": {"type": "ephemeral"}}
                                               ^^^^^^^^^^ fresh
            return client.messages.create(
                model="claude-sonnet-4-5", max_tokens=9, system=[block], messages=[{"role": "user", "content": question}]
            )

        for question in ["How do I return a bike?", "Who repairs it?"]:
            print(answer(question))
      `,
    },
    {
      name: "notes of all answers so far",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import { readFileSync } from "node:fs";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");

        export class Desk {
          private readonly notes: string[] = [];

          async ask(question: string) {
            const reply = await client.messages.create({
              model: "claude-sonnet-4-5",
              max_tokens: 500,
              system: [
                { type: "text", text: "Notes: " + this.notes.map((note) => "- " + note).join(" ") },
                                                                                  ^^^^ fresh
                { type: "text", text: RULES, cache_control: { type: "ephemeral" } },
              ],
              messages: [{ role: "user", content: question }],
            });
            this.notes.push(reply.content[0].text);
          }
        }
      `,
    },
    {
      name: "what a client sends to a procedure",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import { initTRPC } from "@trpc/server";
        import { readFileSync } from "node:fs";

        const client = new Anthropic();
        const { procedure, router } = initTRPC.create();
        const RULES = readFileSync("handbook.md", "utf8");

        export const app = router({
          suggest: procedure.mutation(({ input, ctx }) =>
            client.messages.create({
              model: "claude-sonnet-4-5",
              max_tokens: 500,
              system: [{ type: "text", text: \`For \${input.diners}.\\n\${RULES}\`, cache_control: { type: "ephemeral" } }],
                                                  ^^^^^^^^^^^^^^^ fresh
              messages: [{ role: "user", content: input.wish }],
            }),
          ),
        });
      `,
    },
    {
      name: "a clock that is put into each message when they are sent",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const turns: { role: "user" | "assistant"; text: string }[] = [];

        export async function say(text: string) {
          turns.push({ role: "user", text });
          const blocks = turns.map((turn) => [{ type: "text" as const, text: turn.text + " at " + Date.now() }]);
                                                                                                  ^^^^^^^^^^ stamp
          const messages = turns.map(({ role }, i) => ({ role, content: blocks[i] }));
          const last = messages[messages.length - 1].content[0];
          messages[messages.length - 1].content[0] = { ...last, cache_control: { type: "ephemeral" } };
          const reply = await client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, messages });
          turns.push({ role: "assistant", text: reply.content.map((each) => each.text).join("") });
        }
      `,
    },
    {
      name: "what the steps so far have cost",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def work(task):
            spent = 0
            messages = [{"role": "user", "content": task}]
            while spent < 50_000:
                reply = client.messages.create(
                    model="claude-sonnet-4-5",
                    max_tokens=500,
                    system=[
                        {"type": "text", "text": f"{50_000 - spent} tokens left."},
                                                   ^^^^^^^^^^^^^^^^ fresh
                        {"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}},
                    ],
                    messages=messages,
                )
                spent += reply.usage.input_tokens + reply.usage.output_tokens
                messages.append({"role": "assistant", "content": reply.content})
                messages.append({"role": "user", "content": "Go on."})
      `,
    },
    {
      name: "a counter of the process, and a provider that tells of no minimum",
      py: `
        import itertools
        from pathlib import Path
        from openai import OpenAI

        client = OpenAI(base_url="https://api.deepseek.com")
        RULES = Path("handbook.md").read_text()
        numbers = itertools.count(1)

        def answer(question):
            system = f"Case {next(numbers)}." + RULES
                            ^^^^^^^^^^^^^^^ implicit
            return client.chat.completions.create(
                model="deepseek-v4-flash",
                messages=[{"role": "system", "content": system}, {"role": "user", "content": question}],
            )
      `,
    },
    {
      name: "a clock of each turn, sent by two calls of it",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";
        const client = new Anthropic();

        export async function answer(question: string) {
          const head = \`Now \${new Date().toISOString()} \` + readFileSync("handbook.md", "utf8");
                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ fresh
          const system = [{ type: "text", text: head, cache_control: { type: "ephemeral" } }];
          const plan = await client.messages.create({
            model: "claude-sonnet-4-5", max_tokens: 99, system,
            messages: [{ role: "user", content: \`Plan an answer to \${question}\` }],
          });
          return client.messages.create({
            model: "claude-sonnet-4-5", max_tokens: 999, system,
            messages: [{ role: "user", content: question }, { role: "assistant", content: plan.content[0].text }],
          });
        }
      `,
    },
    {
      name: "an id of each round of a script, sent by one of its calls only",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";
        const client = new Anthropic();

        export async function report() {
          const handbook = readFileSync("handbook.md", "utf8");
          const send = (id: string, task: string) => [{ role: "user", content: [
            { type: "text", text: id + handbook, cache_control: { type: "ephemeral" } },
                                  ^^ fresh
            { type: "text", text: task },
          ] }];
          await client.messages.create({
            model: "claude-sonnet-4-5", max_tokens: 99, messages: send(crypto.randomUUID(), "List the duties."),
          });
          await client.messages.create({
            model: "claude-sonnet-4-5", max_tokens: 99, messages: send(crypto.randomUUID(), "List the dates."),
          });
        }
      `,
    },
    {
      name: "the turns of a session that are left",
      py: `
        from dataclasses import dataclass, field
        import anthropic

        @dataclass
        class Session:
            turns: list = field(default_factory=list)

            @property
            def left(self):
                return 40 - len(self.turns)

        client = anthropic.Anthropic()
        RULES = "All sales are final. " * 500

        def reply(session: Session, text: str):
            session.turns.append({"role": "user", "content": text})
            answer = client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[
                    {"type": "text", "text": f"{session.left} are left. {RULES}", "cache_control": {"type": "ephemeral"}},
                                               ^^^^^^^^^^^^^^ fresh
                ],
                messages=session.turns,
            )
            session.turns.append({"role": "assistant", "content": answer.content})
      `,
    },
    {
      name: "a page of Streamlit, which runs anew for each question",
      py: `
        from datetime import datetime
        import anthropic
        import streamlit as st

        client = anthropic.Anthropic()
        RULES = "All sales are final. " * 500

        if question := st.chat_input("Your question"):
            system = f"It is {datetime.now()}. {RULES}"
                             ^^^^^^^^^^^^^^^^ fresh
            answer = client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": system, "cache_control": {"type": "ephemeral"}}],
                messages=[{"role": "user", "content": question}],
            )
            st.markdown(answer.content[0].text)
      `,
    },
    {
      name: "passages found for the newest message of a state that grows",
      py: `
        from langchain_anthropic import ChatAnthropic
        from langchain_core.messages import SystemMessage
        from store import vectors

        llm = ChatAnthropic(model="claude-sonnet-4-5")
        RULES = "All sales are final. " * 500

        def answer(state):
            found = vectors.similarity_search(state["messages"][-1].content, k=4)
            passages = "".join(doc.page_content for doc in found)
            blocks = [
                {"type": "text", "text": f"Passages: {passages}"},
                                                     ^^^^^^^^^^ fresh
                {"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}},
            ]
            return {"messages": [llm.invoke([SystemMessage(content=blocks), *state["messages"]])]}
      `,
    },
    {
      name: "what the client says of itself, beside what a handler is provided with",
      py: `
        from typing import Annotated
        import anthropic
        from fastapi import FastAPI, Query

        app = FastAPI()
        client = anthropic.Anthropic()

        @app.post("/ask")
        async def ask(question: str, trace: str = Query("")):
            rules = "All sales are final. " * 500
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": trace + rules, "cache_control": {"type": "ephemeral"}}],
                                                 ^^^^^ fresh
                messages=[{"role": "user", "content": question}],
            )
      `,
    },
    {
      name: "a line in the middle of the marked text, which has a name",
      py: `
        from datetime import datetime
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        HANDBOOK = Path("handbook.md").read_text()

        def answer(turns):
            # What the desk knows.
            rules = f"""You help.
        It is {datetime.now()}.
              ^^^^^^^^^^^^^^^^ fresh
        {HANDBOOK}"""
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[
                    {"type": "text", "text": rules, "cache_control": {"type": "ephemeral"}},  # all of it
                ],
                messages=turns,
            )
      `,
    },
    {
      name: "pairs of a random sample, which are one source however many there are",
      py: `
        import random
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        HANDBOOK = Path("handbook.md").read_text()
        EXAMPLES = [("Where?", "Here."), ("When?", "Now."), ("Who?", "Us.")]

        def shots():
            chosen = random.sample(EXAMPLES, 2)
            return "\\n".join(f"{given}: {wanted}" for given, wanted in chosen)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fresh

        def answer(turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[
                    {"type": "text", "text": shots()},
                    {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
                ],
                messages=turns,
            )
      `,
    },
    {
      name: "passages that are joined elsewhere enter the text where they meet other text",
      files: {
        "passages.py": `
          def find(store, question):
              return "\\n---\\n".join(hit.page_content for hit in store.similarity_search(question))
        `.replaceAll("\n          ", "\n"),
      },
      py: `
        from pathlib import Path
        import anthropic
        from passages import find

        client = anthropic.Anthropic()
        HANDBOOK = Path("handbook.md").read_text()

        def answer(store, question):
            passages = find(store, question)
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[
                    {"type": "text", "text": f"Background: {passages}"},
                                                           ^^^^^^^^^^ fresh
                    {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
                ],
                messages=[{"role": "user", "content": question}],
            )
      `,
    },
    {
      name: "a line in the middle of the marked text, in TypeScript",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const HANDBOOK = readFileSync("handbook.md", "utf8");

        export function answer(turns: Anthropic.MessageParam[]) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [
              { type: "text", text: \`Now: \${Date.now()}\\n\${HANDBOOK}\`, cache_control: { type: "ephemeral" } },
                                          ^^^^^^^^^^^^^ fresh
            ],
            messages: turns,
          });
        }
      `,
    },
    {
      name: "the clock precedes the checkpoint",
      py: `
        from datetime import datetime
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        HANDBOOK = Path("handbook.md").read_text()

        def answer(turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[
                    {"type": "text", "text": f"It is {datetime.now().isoformat()}"},
                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fresh
                    {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
                ],
                messages=turns,
            )
      `,
    },
    {
      name: "the number of the step in a loop",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const HANDBOOK = readFileSync("handbook.md", "utf8");

        export async function work(task: string) {
          const messages: Anthropic.MessageParam[] = [{ role: "user", content: task }];
          for (let step = 1; step <= 20; step++) {
            const reply = await client.messages.create({
              model: "claude-sonnet-4-5",
              max_tokens: 500,
              system: [
                { type: "text", text: "Step " + step + " of 20. " + HANDBOOK, cache_control: { type: "ephemeral" } },
                                                ^^^^ fresh
              ],
              messages,
            });
            messages.push({ role: "assistant", content: reply.content });
          }
        }
      `,
    },
    {
      name: "a cached function that is given the minute",
      py: `
        from datetime import datetime
        from functools import lru_cache
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        HANDBOOK = Path("handbook.md").read_text()

        @lru_cache(maxsize=8)
        def system(stamp):
            return f"It is {stamp}. {HANDBOOK}"
                           ^^^^^^^ fresh

        def answer(question):
            stamp = datetime.now().strftime("%Y-%m-%d %H:%M")
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": system(stamp), "cache_control": {"type": "ephemeral"}}],
                messages=[{"role": "user", "content": question}],
            )
      `,
    },
    {
      name: "a count of turns",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        HANDBOOK = Path("handbook.md").read_text()

        class Chat:
            def __init__(self):
                self.turns = []
                self.count = 0

            def say(self, text):
                self.count += 1
                self.turns.append({"role": "user", "content": text})
                return client.messages.create(
                    model="claude-sonnet-4-5",
                    max_tokens=500,
                    system=[
                        {"type": "text", "text": "Turn {}.".format(self.count)},
                                                                   ^^^^^^^^^^ fresh
                        {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
                    ],
                    messages=self.turns,
                )
      `,
    },
    {
      name: "a clock to the millisecond, in TypeScript",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const HANDBOOK = readFileSync("handbook.md", "utf8");

        export function answer(turns: Anthropic.MessageParam[]) {
          const now = new Date().toISOString();
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [
              { type: "text", text: "It is " + now },
                                               ^^^ fresh
              { type: "text", text: HANDBOOK, cache_control: { type: "ephemeral" } },
            ],
            messages: turns,
          });
        }
      `,
    },
    {
      name: "two parts of one clock",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");

        export async function answer(messages: Anthropic.MessageParam[]) {
          const now = new Date();
          const time = now.getHours() + ":" + now.getMinutes() + " " + RULES;
                       ^^^^^^^^^^^^^^ fresh
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [{ type: "text", text: time, cache_control: { type: "ephemeral" } }],
            messages,
          });
        }
      `,
    },
    {
      name: "two fields of each passage that was found",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";
        import type { VectorStore } from "@langchain/core/vectorstores";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");

        export async function answer(store: VectorStore, question: string) {
          const found = await store.similaritySearch(question, 6);
          const passages = found.map((one) => one.metadata.title + ": " + one.pageContent).join("; ");
                                              ^^^^^^^^^^^^^^^^^^ fresh
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [{ type: "text", text: passages + RULES, cache_control: { type: "ephemeral" } }],
            messages: [{ role: "user", content: question }],
          });
        }
      `,
    },
    {
      name: "a clock beside the question of a user, in Python",
      py: `
        from datetime import datetime
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        HANDBOOK = Path("handbook.md").read_text()

        def answer(question, history):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[
                    {"type": "text", "text": f"It is {datetime.now()}"},  # for questions of the day
                                                     ^^^^^^^^^^^^^^^^ fresh
                    {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
                ],
                messages=[*history, {"role": "user", "content": question}],
            )
      `,
    },
    {
      name: "a clock beside the question of a user, in the shape of Converse",
      ts: `
        import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
        import { readFileSync } from "node:fs";

        const client = new BedrockRuntimeClient({});
        const HANDBOOK = readFileSync("handbook.md", "utf8");

        export async function answer(question: string) {
          const now = new Date();
          const messages = [{ role: "user" as const, content: [{ text: question }] }];
          return await client.send(
            new ConverseCommand({
              modelId: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
              system: [
                { text: \`It is \${now.toISOString()}\` },
                               ^^^^^^^^^^^^^^^^^^^^ fresh
                { text: HANDBOOK },
                { cachePoint: { type: "default" } },
              ],
              messages,
            }),
          );
        }
      `,
    },
    {
      name: "what is remembered about the newest message, by its vector",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";
        import { embed } from "ai";
        import { bedrock } from "@ai-sdk/amazon-bedrock";
        import pg from "pg";

        const client = new Anthropic();
        const pool = new pg.Pool();
        const HANDBOOK = readFileSync("handbook.md", "utf8");
        const model = bedrock.embedding("amazon.titan-embed-text-v2:0");
        const QUERY = "select text from memories where user_id = $1 order by vector <-> $2 limit 5";

        export async function answer(userId: string, messages: Anthropic.MessageParam[]) {
          const { embedding } = await embed({ model, value: String(messages.at(-1)!.content) });
          const { rows } = await pool.query(QUERY, [userId, embedding]);
          const found = rows.map((row) => \`- \${row.text}\`);
                                             ^^^^^^^^^^^ fresh
          return client.messages.create({
            model: "claude-sonnet-4-5", max_tokens: 500, messages,
            system: [{ type: "text", text: [...found, HANDBOOK].join("\\n"), cache_control: { type: "ephemeral" } }],
          });
        }
      `,
    },
    {
      name: "a clock beside the question of a user, in TypeScript",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const HANDBOOK = readFileSync("handbook.md", "utf8");

        export function answer(question: string) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [
              { type: "text", text: \`It is \${Date.now()}\` },
                                           ^^^^^^^^^^^^^ fresh
              { type: "text", text: HANDBOOK, cache_control: { type: "ephemeral" } },
            ],
            messages: [{ role: "user", content: question }],
          });
        }
      `,
    },
  ],
});
