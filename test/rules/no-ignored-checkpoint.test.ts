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
      name: "a mark for another of the providers that the code can go to",
      ts: `
        import { createAnthropic } from "@ai-sdk/anthropic";
        import { createOpenAI } from "@ai-sdk/openai";
        import { streamText } from "ai";
        import { register } from "./providers";
        const RULES = "Answer from the handbook. ".repeat(400);

        function choose(provider: string, id: string) {
          if (provider === "anthropic") return createAnthropic({})(id);
          if (provider === "openai") return createOpenAI({})(id);
          throw new Error(\`\${provider} is none of \${register}.\`);
        }

        export function ask(provider: string, id: string, prompt: string) {
          return streamText({
            model: choose(provider, id),
            messages: [
              { role: "system", content: RULES, providerOptions: { bedrock: { cachePoint: { type: "default" } } } },
              { role: "user", content: prompt },
            ],
          });
        }
      `,
    },
    {
      name: "the last tool of a table, told by its name",
      ts: `
        import { anthropic } from "@ai-sdk/anthropic";
        import { streamText, type Tool } from "ai";
        const mark = { anthropic: { cacheControl: { type: "ephemeral" } } } as const;

        function markLast(tools: Record<string, Tool>) {
          const names = Object.keys(tools);
          const last = names[names.length - 1];
          const marked: Record<string, Tool> = {};
          for (const [name, tool] of Object.entries(tools)) {
            marked[name] = name === last ? { ...tool, providerOptions: mark } : tool;
          }
          return marked;
        }

        export function ask(tools: Record<string, Tool>, prompt: string) {
          return streamText({ model: anthropic("claude-sonnet-4-5"), tools: markLast(tools), prompt });
        }
      `,
    },
    {
      name: "the last tool of a table whose names are gone through",
      ts: `
        import { anthropic } from "@ai-sdk/anthropic";
        import { streamText, type Tool } from "ai";
        const mark = { anthropic: { cacheControl: { type: "ephemeral" } } } as const;

        function markLast(tools: Record<string, Tool>) {
          const last = Object.keys(tools).pop();
          const marked: Record<string, Tool> = {};
          for (const name in tools) {
            marked[name] = name === last ? { ...tools[name], providerOptions: mark } : tools[name];
          }
          return marked;
        }

        export function ask(tools: Record<string, Tool>, prompt: string) {
          return streamText({ model: anthropic("claude-sonnet-4-5"), tools: markLast(tools), prompt });
        }
      `,
    },
    {
      name: "the last tool of a copy",
      ts: `
        import { anthropic } from "@ai-sdk/anthropic";
        import { streamText, type Tool } from "ai";
        const mark = { anthropic: { cacheControl: { type: "ephemeral" } } } as const;

        function markLast(tools: Record<string, Tool>) {
          const marked = { ...tools };
          const last = Object.keys(marked).at(-1);
          for (const name in marked) {
            if (name === last) marked[name] = { ...marked[name], providerOptions: mark };
          }
          return marked;
        }

        export function ask(tools: Record<string, Tool>, prompt: string) {
          return streamText({ model: anthropic("claude-sonnet-4-5"), tools: markLast(tools), prompt });
        }
      `,
    },
    {
      name: "code for two providers writes the mark of the one that has marks",
      ts: `
        import { anthropic } from "@ai-sdk/anthropic";
        import { openai } from "@ai-sdk/openai";
        import { generateText } from "ai";

        export function answer(useClaude: boolean, text: string, messages) {
          return generateText({
            model: useClaude ? anthropic("claude-sonnet-4-5") : openai("gpt-5.6-sol"),
            instructions: {
              role: "system",
              content: text,
              providerOptions: { anthropic: { cacheControl: { type: "ephemeral" } } },
            },
            messages,
          });
        }
      `,
    },
    {
      name: "a helper marks the messages themselves, so its result is not needed",
      py: `
        import anthropic

        client = anthropic.Anthropic()

        def mark_last(turns):
            turns[-1]["content"][-1]["cache_control"] = {"type": "ephemeral"}
            return turns

        def answer(turns, text):
            turns.append({"role": "user", "content": [{"type": "text", "text": text}]})
            mark_last(turns)
            return client.messages.create(model="claude-sonnet-4-5", max_tokens=500, messages=turns)
      `,
    },
    {
      name: "a copy of the list holds the same blocks",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        function markLast(blocks: Anthropic.TextBlockParam[]) {
          const copy = [...blocks];
          copy[copy.length - 1]!.cache_control = { type: "ephemeral" };
          return copy;
        }

        export function answer(rules: string, messages: Anthropic.MessageParam[]) {
          const system: Anthropic.TextBlockParam[] = [{ type: "text", text: rules }];
          markLast(system);
          return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, system, messages });
        }
      `,
    },
    {
      name: "a call that gives back what it changes, on the way to something that is not in view",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import { send } from "./send.js";

        const client = new Anthropic();

        function build(text: string, extra: object) {
          const body = { system: [{ type: "text", text, cache_control: { type: "ephemeral" } }] };
          Object.assign(body, extra);
          return body;
        }

        export async function answer(text: string, extra: object) {
          await send(build(text, extra));
          const messages = [{ role: "user" as const, content: text }];
          return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, messages });
        }
      `,
    },
    {
      name: "marked messages that are taken out of the list again",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const marked = (text: string) => ({
          role: "user" as const,
          content: [{ type: "text", text, cache_control: { type: "ephemeral" } }],
        });

        export function answer(text: string) {
          const messages: Anthropic.MessageParam[] = [marked(text)];
          messages.splice(0, messages.length, { role: "user", content: text });
          return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, messages });
        }
      `,
    },
    {
      name: "a marked copy that is sent",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export function answer(text: string) {
          const system = [{ type: "text" as const, text, cache_control: { type: "ephemeral" as const } }];
          const messages = [{ role: "user" as const, content: "Go." }];
          return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, system, messages });
        }
      `,
    },
    {
      name: "a function that sends what it returns, called for its effect; the next request says something else",
      py: `
        import anthropic

        client = anthropic.Anthropic()

        def warm_up(rules):
            params = {
                "model": "claude-sonnet-4-5",
                "max_tokens": 1,
                "system": [{"type": "text", "text": rules, "cache_control": {"type": "ephemeral"}}],
                "messages": [{"role": "user", "content": "Begin."}],
            }
            client.messages.create(**params)
            return params

        def answer(rules):
            warm_up(rules)
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                messages=[{"role": "user", "content": rules}],
            )
      `,
    },
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
      name: "a mark of the Anthropic API behind a text that is too short for any",
      py: `
        import boto3

        bedrock = boto3.client("bedrock-runtime")

        def answer(turns):
            return bedrock.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                system=[{"text": "Answer in one sentence.", "cache_control": {"type": "ephemeral"}}],
                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ignored
                messages=turns,
            )
      `,
    },
    {
      name: "a marked copy that is thrown away",
      py: `
        import copy
        import anthropic

        client = anthropic.Anthropic()

        def mark_last(turns):
            marked = copy.deepcopy(turns)
            marked[-1]["content"][-1]["cache_control"] = {"type": "ephemeral"}
            return marked

        def answer(turns, text):
            turns.append({"role": "user", "content": [{"type": "text", "text": text}]})
            mark_last(turns)
            ^^^^^^^^^^^^^^^^ ignored
            return client.messages.create(model="claude-sonnet-4-5", max_tokens=500, messages=turns)
      `,
    },
    {
      name: "a marked list that nobody takes",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const withMark = ({ role, content }: { role: "user"; content: string }) => ({
          role,
          content: [{ type: "text", text: content, cache_control: { type: "ephemeral" } }],
        });

        export function answer(messages: { role: "user"; content: string }[]) {
          messages.map(withMark);
          ^^^^^^^^^^^^^^^^^^^^^^ ignored
          return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, messages });
        }
      `,
    },
    {
      name: "a marked list with a name that nobody reads",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const withMark = ({ role, content }: { role: "user"; content: string }) => ({
          role,
          content: [{ type: "text", text: content, cache_control: { type: "ephemeral" } }],
        });

        export function answer(messages: { role: "user"; content: string }[]) {
          const cached = messages.map(withMark);
                         ^^^^^^^^^^^^^^^^^^^^^^ ignored
          return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, messages });
        }
      `,
    },
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
