import { describe } from "vitest";
import rule from "../../rules/max-checkpoint-distance.ts";
import { block, claudeLimits, literal, marked, request, viewOf, words } from "../support/request-builder.ts";
import type { Request } from "../../src/rule/index.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const limits = {
  ...claudeLimits,
  lookbackBlocks: { value: 20, source: "https://example.com/limits", asOf: "2026-01-01" },
};
type Block = ReturnType<typeof block>;
const system = [marked(block([words(500)]), 11)];
const opening = [block([words(3000)]), marked(block([literal("?")]), 31)];
const first = request({ system, messages: [opening] });
const unmarkedOpening = opening.map((each) => block(each.parts));
/** The next request: the first message without its mark, and these new blocks. */
const after = (added: readonly Block[]): Request => request({ system, messages: [unmarkedOpening, added] });
const blocks = (count: number, facts = {}) => Array.from({ length: count }, () => block([words(10)], facts));
const last = marked(block([literal("?")]), 31);

describe("requests built by hand", () => {
  testViews(rule, [
    {
      name: "twenty blocks, the marked one included",
      view: viewOf(first, after([...blocks(19), last]), limits),
      found: [
        {
          id: "tooFar",
          at: 31,
          message:
            "This checkpoint stands at least 20 blocks behind what the request before has cached, and a lookup goes back 20 " +
            "blocks only: it misses that entry, and 3,001 tokens are written again (1.25x) instead of read (0.1x). Put one more checkpoint halfway through what is added.",
        },
      ],
    },
    { name: "nineteen blocks", view: viewOf(first, after([...blocks(18), last]), limits), found: [] },
    {
      name: "a second mark halfway",
      view: viewOf(first, after([...blocks(15), marked(block([words(1)]), 41), ...blocks(15), last]), limits),
      found: [],
    },
    {
      name: "a run of tool results counts once",
      view: viewOf(first, after([...blocks(30, { kind: "toolResult" }), last]), limits),
      found: [],
    },
    {
      name: "elements made up for a list of unknown length",
      view: viewOf(first, after([...blocks(30, { sampled: true }), last]), limits),
      found: [],
    },
    {
      name: "unknown history",
      view: viewOf(first, after([...blocks(1, { stretch: true }), last]), limits),
      found: [],
    },
    {
      name: "no checkpoint behind what was cached",
      view: viewOf(first, after(blocks(30)), limits),
      found: [],
    },
    {
      name: "what is cached has changed",
      view: viewOf(
        first,
        request({
          system,
          messages: [
            [block([words(7)]), block([literal("?")])],
            [...blocks(30), last],
          ],
        }),
        limits,
      ),
      found: [],
    },
    { name: "a request without a next one", view: viewOf(first, undefined, limits), found: [] },
    { name: "a model without such a limit", view: viewOf(first, after([...blocks(30), last])), found: [] },
  ]);
});

const chat = (count: number, carets: string) => `
  import Anthropic from "@anthropic-ai/sdk";

  const client = new Anthropic();
  const turns: Anthropic.MessageParam[] = [];

  export async function readOn(page: (index: number) => string, text: string) {
    const content: Anthropic.TextBlockParam[] = [];
    for (let index = 0; index < ${count}; index++) content.push({ type: "text", text: page(index) });
    content.push({ type: "text", text, cache_control: { type: "ephemeral" } });
${carets}
    turns.push({ role: "user", content });
    const answer = await client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, messages: turns });
    delete content.at(-1)!.cache_control;
    turns.push({ role: "assistant", content: "Noted." });
    return answer;
  }
`;

testRule(rule, {
  valid: [
    { name: "a few pages a turn", ts: chat(12, "") },
    {
      name: "tool results of unknown number",
      py: `
        import anthropic

        client = anthropic.Anthropic()
        MARK = {"type": "ephemeral"}

        def work(task, run):
            turns = [{"role": "user", "content": [{"type": "text", "text": task}]}]
            while True:
                turns[-1]["content"][-1]["cache_control"] = MARK
                answer = client.messages.create(model="claude-sonnet-4-5", max_tokens=500, messages=turns)
                if answer.stop_reason != "tool_use":
                    return answer
                del turns[-1]["content"][-1]["cache_control"]
                turns.append({"role": "assistant", "content": answer.content})
                results = [{"type": "text", "text": run(call)} for call in answer.content]
                turns.append({"role": "user", "content": results})
      `,
    },
  ],
  invalid: [
    {
      name: "many pages a turn",
      ts: chat(30, `${" ".repeat(39)}${"^".repeat(36)} tooFar`),
    },
    {
      name: "many items of a list, each asked for by its number",
      py: `
        import anthropic

        client = anthropic.Anthropic()

        class Review:
            def __init__(self):
                self.turns = []

            def ask(self, patch, question):
                content = [{"type": "text", "text": patch[number]} for number in range(30)]
                content.append({"type": "text", "text": question})
                content[-1]["cache_control"] = {"type": "ephemeral"}
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tooFar
                self.turns.append({"role": "user", "content": content})
                answer = client.messages.create(model="claude-sonnet-4-5", max_tokens=500, messages=self.turns)
                del content[-1]["cache_control"]
                self.turns.append({"role": "assistant", "content": answer.content[0].text})
                return answer
      `,
    },
    {
      name: "many readings a step, in a conversation that each call begins anew",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const places = "abcdefghijklmnopqrstuvwxy".split("");

        export async function watch(read: (place: string) => string, rules: string) {
          const turns: Anthropic.MessageParam[] = [];
          for (;;) {
            const content: Anthropic.TextBlockParam[] = places.map((place) => ({ type: "text", text: read(place) }));
            const last = content[content.length - 1];
            last.cache_control = { type: "ephemeral" };
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tooFar
            turns.push({ role: "user", content });
            const system = [{ type: "text" as const, text: rules, cache_control: { type: "ephemeral" as const } }];
            await client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, system, messages: turns });
            delete last.cache_control;
            turns.push({ role: "assistant", content: "Noted." });
          }
        }
      `,
    },
  ],
});
