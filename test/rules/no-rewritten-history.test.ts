import rule from "../../rules/no-rewritten-history.ts";
import { testRule } from "../support/test-rule.ts";

const start = `
        import anthropic

        client = anthropic.Anthropic()

        def mark_last(messages):
            *earlier, last = messages
            return [*earlier, {**last, "content": [{**last["content"][0], "cache_control": {"type": "ephemeral"}}]}]

        def block(text):
            return [{"type": "text", "text": text}]
`;

/** A conversation that keeps its messages; \`sent\` is what it does to them before they are sent. */
const conversation = (sent: string, messages = "mark_last(sent)") => `${start}
        class Conversation:
            def __init__(self):
                self.turns = []

            def say(self, text):
                self.turns.append({"role": "user", "content": block(text)})
                ${sent}
                reply = client.messages.create(
                    model="claude-sonnet-4-5", max_tokens=500, messages=${messages}
                )
                self.turns.append({"role": "assistant", "content": block(reply.content[0].text)})
`;

testRule(rule, {
  valid: [
    { name: "all messages are sent", py: conversation("sent = self.turns") },
    { name: "a window, and no message is cached", py: conversation("sent = self.turns[-20:]", "sent") },
    {
      name: "the window is never reached",
      py: conversation("sent = self.turns[-200:]"),
    },
    {
      name: "many messages are dropped at once and seldom",
      py: `${start}
        class Conversation:
            def __init__(self):
                self.turns = []

            def say(self, text):
                self.turns.append({"role": "user", "content": block(text)})
                if len(self.turns) > 24:
                    self.turns = self.turns[-10:]
                reply = client.messages.create(
                    model="claude-sonnet-4-5", max_tokens=500, messages=mark_last(self.turns)
                )
                self.turns.append({"role": "assistant", "content": block(reply.content[0].text)})
      `,
    },
    {
      name: "the newest messages are marked, and put behind the others again",
      py: `
        import anthropic

        client = anthropic.Anthropic()

        def marked(message):
            *blocks, last = message["content"]
            return {**message, "content": [*blocks, {**last, "cache_control": {"type": "ephemeral"}}]}

        def answer(messages):
            sent = messages[:-3] + [marked(message) for message in messages[-3:]]
            return client.messages.create(model="claude-sonnet-4-5", max_tokens=500, messages=sent)
      `,
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const cache_control = { type: "ephemeral" } as const;

        export function answer(messages: Anthropic.MessageParam[]) {
          const head = messages.slice(0, -3);
          const tail = messages.slice(-3).map((message) => ({
            ...message,
            content: message.content.map((block, i) => (i === message.content.length - 1 ? { ...block, cache_control } : block)),
          }));
          return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, messages: [...head, ...tail] });
        }
      `,
    },
    {
      name: "messages are dropped when the context window is full",
      py: `${start}
        class Conversation:
            def __init__(self, limit):
                self.turns = []
                self.used = 0
                self.limit = limit

            def say(self, text):
                self.turns.append({"role": "user", "content": block(text)})
                if self.used > self.limit:
                    self.turns.pop(0)
                    self.turns.pop(0)
                reply = client.messages.create(
                    model="claude-sonnet-4-5", max_tokens=500, messages=mark_last(self.turns)
                )
                self.used = reply.usage.input_tokens
                self.turns.append({"role": "assistant", "content": block(reply.content[0].text)})
      `,
    },
    {
      name: "many messages are dropped until a budget holds",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const turns: Anthropic.MessageParam[] = [];

        export function answer(question: string, budget: { left(turns: unknown): number }) {
          turns.push({ role: "user", content: question });
          while (budget.left(turns) < 0) turns.splice(0, 12);
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            cache_control: { type: "ephemeral" },
            messages: turns,
          });
        }
      `,
    },
    ...Object.entries({
      "a loop over the steps of an agent takes the system message off": "while step < self.steps:",
      "a loop that asks whether the work is done takes the system message off":
        "while not self.is_done(self.turns):",
    }).map(([name, loop]) => ({
      name,
      py: `${start}
        class Agent:
            def __init__(self, turns, steps):
                self.turns = turns
                self.steps = steps

            def work(self):
                step = 0
                ${loop}
                    step += 1
                    reply = client.messages.create(
                        model="claude-sonnet-4-5",
                        max_tokens=500,
                        system=self.turns[0]["content"],
                        messages=mark_last(self.turns[1:]),
                    )
                    self.turns.append({"role": "assistant", "content": block(reply.content[0].text)})
      `,
    })),
    {
      name: "the system message is sliced off in every request",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export function answer(chat: Anthropic.MessageParam[]) {
          const messages = chat.slice(1);
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            cache_control: { type: "ephemeral" },
            messages: messages.map(({ role, content }) => ({ role, content })),
          });
        }
      `,
    },
    {
      name: "a slice picks the messages that carry a mark",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const turns: Anthropic.MessageParam[] = [];

        export async function say(text: string) {
          turns.push({ role: "user", content: [{ type: "text", text }] });
          const recent = new Set(turns.slice(-2));
          const messages = turns.map((turn) =>
            recent.has(turn)
              ? { ...turn, content: [{ ...turn.content[0], cache_control: { type: "ephemeral" as const } }] }
              : turn,
          );
          const reply = await client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, messages });
          turns.push({ role: "assistant", content: [{ type: "text", text: reply.content[0].text }] });
        }
      `,
    },
    {
      name: "a reminder that is stored with the message",
      py: `${start}
        class Conversation:
            def __init__(self):
                self.turns = []

            def say(self, text):
                self.turns.append({"role": "user", "content": block(text + " Answer in JSON.")})
                reply = client.messages.create(
                    model="claude-sonnet-4-5", max_tokens=500, messages=mark_last(self.turns)
                )
                self.turns.append({"role": "assistant", "content": block(reply.content[0].text)})
      `,
    },
    {
      name: "blocks are added to the last message",
      py: `${start}
        def collect(reports):
            content = []
            for report in reports:
                content.append({"type": "text", "text": report})
                client.messages.create(
                    model="claude-sonnet-4-5",
                    max_tokens=500,
                    cache_control={"type": "ephemeral"},
                    messages=[{"role": "user", "content": content}],
                )
      `,
    },
    {
      name: "a provider that caches by itself loses nothing in front of the newest message",
      py: `
        from openai import OpenAI

        client = OpenAI()
        turns = []

        def say(text):
            reminded = {"role": "user", "content": text + " Answer in JSON."}
            reply = client.chat.completions.create(model="gpt-5.6-sol", messages=[*turns, reminded])
            turns.append({"role": "user", "content": text})
            turns.append({"role": "assistant", "content": reply.choices[0].message.content})
      `,
    },
    {
      name: "what is said to the model once, behind the history, and never stored",
      py: `
        from openai import OpenAI

        client = OpenAI()

        def work(task):
            history = [{"role": "user", "content": task}]
            while True:
                thought = client.responses.create(model="gpt-5.6-sol", input="What is next?")
                history.append({"role": "user", "content": thought.output_text})
                done = client.chat.completions.create(
                    model="gpt-5.6-sol",
                    messages=[
                        *history,
                        {"role": "assistant", "content": f"<plan>{thought.output_text}</plan>"},
                        {"role": "user", "content": "Carry the plan out."},
                    ],
                )
                history.append({"role": "user", "content": done.choices[0].message.content})
      `,
    },
    {
      name: "the oldest messages that fit",
      ts: `
        import { ChatAnthropic } from "@langchain/anthropic";
        import { trimMessages, type BaseMessage } from "@langchain/core/messages";

        const llm = new ChatAnthropic({ model: "claude-sonnet-4-5" });

        export async function answer(turns: BaseMessage[]) {
          const first = await trimMessages(turns, { maxTokens: 4000, tokenCounter: llm, strategy: "first" });
          return llm.invoke(first, { cache_control: { type: "ephemeral" } });
        }
      `,
    },
    {
      name: "parts of a list that have nothing to do with each other",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export async function label(letters: string[]) {
          for (let at = 0; at < letters.length; at += 5) {
            const part = letters.slice(at, at + 5);
            await client.messages.create({
              model: "claude-sonnet-4-5",
              max_tokens: 500,
              cache_control: { type: "ephemeral" },
              messages: part.map((letter) => ({ role: "user" as const, content: letter })),
            });
          }
        }
      `,
    },
    {
      name: "all messages that a client hands over, with the newest taken apart for its mark",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const cache_control = { type: "ephemeral" } as const;

        export async function reply(messages: Anthropic.MessageParam[]) {
          const last = messages[messages.length - 1];
          const text = String(last.content);
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            messages: [...messages.slice(0, -1), { role: last.role, content: [{ type: "text", text, cache_control }] }],
          });
        }
      `,
    },
  ],
  invalid: [
    {
      name: "all but the newest results of the tools that were used are emptied",
      py: `
        import anthropic
        from tools import TOOLS, run

        client = anthropic.Anthropic()

        def empty_old(messages):
            results = [
                block
                for message in messages
                if isinstance(message["content"], list)
                for block in message["content"]
                if isinstance(block, dict) and block.get("type") == "tool_result"
            ]
            for block in results[:-2]:
                block["content"] = "(emptied)"
                                   ^^^^^^^^^^^ edited

        def work(task):
            messages = [{"role": "user", "content": task}]
            while True:
                empty_old(messages)
                reply = client.messages.create(
                    model="claude-sonnet-4-5",
                    max_tokens=500,
                    tools=TOOLS,
                    cache_control={"type": "ephemeral"},
                    messages=messages,
                )
                messages.append({"role": "assistant", "content": reply.content})
                if reply.stop_reason != "tool_use":
                    return messages
                used = [block for block in reply.content if block.type == "tool_use"]
                results = [{"type": "tool_result", "tool_use_id": b.id, "content": f"Found: {run(b)}"} for b in used]
                messages.append({"role": "user", "content": results})
      `,
    },
    {
      name: "a window of twenty messages",
      py: `${start}
        class Conversation:
            def __init__(self):
                self.turns = []

            def say(self, text):
                self.turns.append({"role": "user", "content": block(text)})
                sent = self.turns[-20:]
                       ^^^^^^^^^^^^^^^^ trimmed
                reply = client.messages.create(
                    model="claude-sonnet-4-5", max_tokens=500, messages=mark_last(sent)
                )
                self.turns.append({"role": "assistant", "content": block(reply.content[0].text)})
      `,
    },
    {
      name: "a window over plain texts that are kept, the newest of which is made a marked block",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        let kept: Anthropic.MessageParam[] = [];
        const keep = (message: Anthropic.MessageParam) => {
          kept = [...kept, message].slice(-8);
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ trimmed
        };
        const marked = ({ role, content }: Anthropic.MessageParam) => ({
          role,
          content: [{ type: "text" as const, text: String(content), cache_control: { type: "ephemeral" as const } }],
        });

        export async function say(text: string) {
          keep({ role: "user", content: text });
          const messages = kept.map((message, i) => (i === kept.length - 1 ? marked(message) : message));
          const reply = await client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, messages });
          keep({ role: "assistant", content: reply.content });
        }
      `,
    },
    {
      name: "a window of what a client hands over, with the newest message taken apart for its mark",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const cache_control = { type: "ephemeral" } as const;

        export async function reply(messages: Anthropic.MessageParam[]) {
          const sent = messages.slice(-20);
                       ^^^^^^^^^^^^^^^^^^^ trimmed
          const last = sent[sent.length - 1];
          const text = String(last.content);
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            messages: [...sent.slice(0, -1), { role: last.role, content: [{ type: "text", text, cache_control }] }],
          });
        }
      `,
    },
    {
      name: "a window, and the provider looks for a common prefix by itself",
      py: `
        from openai import OpenAI

        client = OpenAI()

        class Conversation:
            def __init__(self):
                self.turns = []

            def say(self, text):
                self.turns.append({"role": "user", "content": text})
                reply = client.chat.completions.create(model="gpt-4.1", messages=self.turns[-10:])
                                                                                 ^^^^^^^^^^^^^^^^ trimmed
                self.turns.append({"role": "assistant", "content": reply.choices[0].message.content})
      `,
    },
    {
      name: "a deque, which is one place however many are added to it",
      py: `${start}
        from collections import deque

        class Conversation:
            def __init__(self):
                self.turns = deque(maxlen=20)
                             ^^^^^^^^^^^^^^^^ trimmed

            def say(self, text):
                self.turns.append({"role": "user", "content": block(text)})
                reply = client.messages.create(
                    model="claude-sonnet-4-5", max_tokens=500, messages=mark_last(self.turns)
                )
                self.turns.append({"role": "assistant", "content": block(reply.content[0].text)})
      `,
    },
    {
      name: "a window over the history that a dict keeps for each session",
      py: `${start}
        SESSIONS = {}

        def say(session_id, text):
            turns = SESSIONS.get(session_id, [])
            turns.append({"role": "user", "content": block(text)})
            reply = client.messages.create(
                model="claude-sonnet-4-5", max_tokens=500, messages=mark_last(turns[-10:])
                                                                              ^^^^^^^^^^^ trimmed
            )
            turns.append({"role": "assistant", "content": block(reply.content[0].text)})
            SESSIONS[session_id] = turns
      `,
    },
    {
      name: "a window over the history of a session that is made when there is none",
      py: `${start}
        SESSIONS = {}

        def say(session_id, text):
            if session_id not in SESSIONS:
                SESSIONS[session_id] = []
            SESSIONS[session_id].append({"role": "user", "content": block(text)})
            SESSIONS[session_id] = SESSIONS[session_id][-10:]
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^ trimmed
            reply = client.messages.create(
                model="claude-sonnet-4-5", max_tokens=500, messages=mark_last(SESSIONS[session_id])
            )
            SESSIONS[session_id].append({"role": "assistant", "content": block(reply.content[0].text)})
      `,
    },
    {
      name: "two messages are dropped as soon as there are more than twenty",
      py: `${start}
        class Conversation:
            def __init__(self):
                self.turns = []

            def say(self, text):
                self.turns.append({"role": "user", "content": block(text)})
                if len(self.turns) > 20:
                    del self.turns[:2]
                        ^^^^^^^^^^^^^^ trimmed
                reply = client.messages.create(
                    model="claude-sonnet-4-5", max_tokens=500, messages=mark_last(self.turns)
                )
                self.turns.append({"role": "assistant", "content": block(reply.content[0].text)})
      `,
    },
    {
      name: "a question and its answer are dropped until a budget holds",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export function answer(turns: Anthropic.MessageParam[], question: string) {
          turns.push({ role: "user", content: question });
          const kept = [...turns];
          while (JSON.stringify(kept).length > 40_000 && kept.length > 2) {
            kept.shift();
            ^^^^^^^^^^^^ trimmed
            kept.shift();
          }
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            cache_control: { type: "ephemeral" },
            messages: kept,
          });
        }
      `,
    },
    {
      name: "the kept conversation of a terminal is cut until its words fit",
      py: `
        import anthropic

        class Chat:
            def __init__(self):
                self.client = anthropic.Anthropic()
                self.turns = []

            def words(self):
                return sum(len(turn["content"].split()) for turn in self.turns)

            def ask(self, text):
                self.turns.append({"role": "user", "content": text})
                while len(self.turns) > 2 and self.words() > 2000:
                    del self.turns[:2]
                        ^^^^^^^^^^^^^^ trimmed
                reply = self.client.messages.create(
                    model="claude-sonnet-4-5", max_tokens=500, cache_control={"type": "ephemeral"}, messages=self.turns
                )
                self.turns.append({"role": "assistant", "content": reply.content[0].text})

        chat = Chat()
        while True:
            chat.ask(input("> "))
      `,
    },
    {
      name: "single messages are dropped until a budget holds",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        function fit(turns: Anthropic.MessageParam[]) {
          const kept = [...turns];
          let size = kept.reduce((sum, { content }) => sum + content.length, 0);
          while (size > 40_000 && kept.length > 1) size -= kept.shift()!.content.length;
                                                           ^^^^^^^^^^^^ trimmed
          return kept;
        }

        export function answer(turns: Anthropic.MessageParam[], question: string) {
          turns.push({ role: "user", content: question });
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            cache_control: { type: "ephemeral" },
            messages: fit(turns),
          });
        }
      `,
    },
    ...Object.entries({
      "messages are taken from the end until a budget is used up": `
          for (let i = turns.length - 1; i >= 0; i--) {
            used += size(turns[i]);
            if (used > limit) break;
                ^^^^^^^^^^^^ trimmed
            kept.unshift(turns[i]);
          }`,
      "messages are taken from the end and turned round": `
          for (const turn of [...turns].reverse()) {
            if (used + size(turn) > limit) break;
                ^^^^^^^^^^^^^^^^^^^^^^^^^ trimmed
            used += size(turn);
            kept.push(turn);
          }
          kept.reverse();`,
    }).map(([name, loop]) => ({
      name,
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import { size } from "./size.js";

        const client = new Anthropic();

        export function answer(turns: Anthropic.MessageParam[], question: string, limit = 8000) {
          turns.push({ role: "user", content: question });
          const kept: Anthropic.MessageParam[] = [];
          let used = 0;${loop}
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            cache_control: { type: "ephemeral" },
            messages: kept,
          });
        }
      `,
    })),
    {
      name: "a summary in place of what a window drops",
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
          const messages = [{ role: "user" as const, content: summary.content }, ...turns.slice(-6)];
                                                                                    ^^^^^^^^^^^^^^^ trimmed
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
      name: "the history a caller keeps, cut to ten messages",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export function answer(chat: { role: "user" | "assistant"; text: string }[]) {
          const recent = chat.slice(-10);
                         ^^^^^^^^^^^^^^^ trimmed
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            cache_control: { type: "ephemeral" },
            messages: recent.map(({ role, text }) => ({ role, content: text })),
          });
        }
      `,
    },
    {
      name: "a window over messages that are sent as they come, up to an automatic mark",
      py: `
        import anthropic

        client = anthropic.Anthropic()

        def answer(state):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                cache_control={"type": "ephemeral"},
                messages=state["messages"][-8:],
                         ^^^^^^^^^^^^^^^^^^^^^^ trimmed
            )
      `,
    },
    {
      name: "messages that are trimmed by LangChain",
      py: `
        from langchain_anthropic import ChatAnthropic
        from langchain_core.messages import SystemMessage, trim_messages

        llm = ChatAnthropic(model="claude-sonnet-4-5")

        def answer(state):
            recent = trim_messages(state["messages"], max_tokens=4000, token_counter=llm, strategy="last")
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ trimmed
            return llm.invoke([SystemMessage("Be brief."), *recent], cache_control={"type": "ephemeral"})
      `,
    },
    ...Object.entries({
      "a loop that asks whether the messages fit": `
            while (!fits(kept)) kept.shift();
                                ^^^^^^^^^^^^ trimmed`,
      "two messages at a time, from a copy of what was said": `
            while (size(kept) > 24_000) kept.splice(0, 2);
                                        ^^^^^^^^^^^^^^^^^ trimmed`,
    }).map(([name, loop]) => ({
      name,
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import { fits, size } from "./size.js";

        const client = new Anthropic();

        export class Chat {
          readonly #turns: Anthropic.MessageParam[] = [];

          async say(text: string) {
            this.#turns.push({ role: "user", content: text });
            const kept = [...this.#turns];${loop}
            const reply = await client.messages.create({
              model: "claude-sonnet-4-5",
              max_tokens: 500,
              cache_control: { type: "ephemeral" },
              messages: kept,
            });
            this.#turns.push({ role: "assistant", content: reply.content });
          }
        }
      `,
    })),
    {
      name: "a reminder on the newest message that is not stored",
      py: `${start}
        class Conversation:
            def __init__(self):
                self.turns = []

            def say(self, text):
                reminded = {"role": "user", "content": block(text + " Answer in JSON.")}
                                                                    ^^^^^^^^^^^^^^^^^^ edited
                reply = client.messages.create(
                    model="claude-sonnet-4-5", max_tokens=500, messages=mark_last([*self.turns, reminded])
                )
                self.turns.append({"role": "user", "content": block(text)})
                self.turns.append({"role": "assistant", "content": block(reply.content[0].text)})
      `,
    },
    {
      name: "all but the newest two tool results are replaced, in a loop without an end of its own",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import { run } from "./tools.js";

        const client = new Anthropic();

        export async function search(question: string) {
          const messages: any[] = [{ role: "user", content: question }];
          while (true) {
            const sent = messages.map((message, i) =>
              message.role === "user" && i > 0 && i < messages.length - 3
                ? { ...message, content: [{ type: "text", text: "(cleared)" }] }
                                                                ^^^^^^^^^^^ edited
                : message,
            );
            const reply = await client.messages.create({
              model: "claude-sonnet-4-5",
              max_tokens: 500,
              cache_control: { type: "ephemeral" },
              messages: sent,
            });
            messages.push({ role: "assistant", content: [{ type: "text", text: reply.content[0].text }] });
            if (reply.stop_reason === "end_turn") return messages;
            messages.push({ role: "user", content: [{ type: "text", text: run(reply) }] });
          }
        }
      `,
    },
    {
      name: "old tool results are replaced",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import { run } from "./tools.js";

        const client = new Anthropic();

        export async function search(question: string) {
          const messages: any[] = [{ role: "user", content: question }];
          for (let step = 0; step < 6; step++) {
            const reply = await client.messages.create({
              model: "claude-sonnet-4-5",
              max_tokens: 500,
              cache_control: { type: "ephemeral" },
              messages,
            });
            if (step > 0) messages[2 * step].content = [{ type: "text", text: "(cleared)" }];
                                                                              ^^^^^^^^^^^ edited
            messages.push({ role: "assistant", content: [{ type: "text", text: reply.content[0].text }] });
            messages.push({ role: "user", content: [{ type: "text", text: run(reply) }] });
          }
        }
      `,
    },
    {
      name: "old pictures are left out",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        const client = new Anthropic();
        const messages: Anthropic.MessageParam[] = [];

        const slim = (all: Anthropic.MessageParam[]) =>
          all.map((message, index) =>
            index === all.length - 1 || typeof message.content === "string"
              ? message
              : { ...message, content: message.content.filter((block) => block.type !== "image") },
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ thinned
          );

        export async function look(data: string, question: string) {
          messages.push({
            role: "user",
            content: [
              { type: "image", source: { type: "base64", media_type: "image/png", data } },
              { type: "text", text: question },
            ],
          });
          const reply = await client.messages.create({
            model: "claude-sonnet-4-5", max_tokens: 500, cache_control: { type: "ephemeral" },
            messages: slim(messages),
          });
          messages.push({ role: "assistant", content: reply.content });
        }
      `,
    },
  ],
});
