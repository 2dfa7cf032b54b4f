import { describe } from "vitest";
import rule from "../../rules/require-cache-key.ts";
import { block, hole, implicitLimits, line, request, viewOf, words } from "../support/request-builder.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const keyed = (scope: "request" | "user") => {
  const part = hole("uuid", 12, { scope });
  const entry = { value: part.hole, span: line(12), entrySpan: line(12), frame: undefined };
  return request({ system: [block([words(2000)])], cacheKey: entry });
};
const sources = { 12: "key" };
const mistral = { neededKey: "prompt_cache_key" };

describe("requests built by hand", () => {
  testViews(rule, [
    {
      name: "a key of each request",
      view: viewOf(keyed("request"), undefined, implicitLimits, sources),
      found: [
        {
          id: "fresh",
          at: 12,
          message:
            "`key` changes on every request, and the provider routes each request by its cache key: 2,000 tokens of one " +
            "request are kept where the next one does not look. Use a key that requests of one prefix share, such as the " +
            "id of the conversation or of the user.",
        },
      ],
    },
    { name: "a key of the user", view: viewOf(keyed("user"), undefined, implicitLimits, sources), found: [] },
    {
      name: "no key where none is needed",
      view: viewOf(request({ system: [block([words(2000)])] }), undefined, implicitLimits),
      found: [],
    },
    {
      name: "no key where one is needed",
      view: viewOf(request({ system: [block([words(2000)])] }), undefined, implicitLimits, {}, mistral),
      found: [
        {
          id: "missing",
          at: 90,
          message:
            "The provider caches only with `prompt_cache_key`, so 2,000 tokens are paid in full each time. Set it to " +
            "something that requests of one prefix share, such as the id of the conversation or of the user.",
        },
      ],
    },
    {
      name: "a key where one is needed",
      view: viewOf(keyed("user"), undefined, implicitLimits, sources, mistral),
      found: [],
    },
    {
      name: "too little to cache",
      view: viewOf(request({ system: [block([words(200)])] }), undefined, implicitLimits, {}, mistral),
      found: [],
    },
  ]);
});

testRule(rule, {
  valid: [
    {
      name: "the id of the workspace",
      py: `
        from pathlib import Path
        from openai import OpenAI

        client = OpenAI()
        RULES = Path("handbook.md").read_text()

        def answer(workspace_id, turns):
            return client.chat.completions.create(
                model="gpt-5.6-sol",
                messages=[{"role": "system", "content": RULES}, *turns],
                prompt_cache_key=f"workspace-{workspace_id}",
            )
      `,
    },
    {
      name: "a key that is made once for each conversation",
      ts: `
        import { randomUUID } from "node:crypto";
        import { readFileSync } from "node:fs";
        import OpenAI from "openai";

        const openai = new OpenAI();
        const RULES = readFileSync("handbook.md", "utf8");

        export class Conversation {
          private readonly key = randomUUID();
          private readonly turns: OpenAI.Chat.ChatCompletionMessageParam[] = [];

          async say(content: string) {
            this.turns.push({ role: "user", content });
            const reply = await openai.chat.completions.create({
              model: "gpt-5.6-sol",
              messages: [{ role: "system", content: RULES }, ...this.turns],
              prompt_cache_key: this.key,
            });
            this.turns.push(reply.choices[0].message);
          }
        }
      `,
    },
    {
      name: "no key",
      py: `
        from pathlib import Path
        from openai import OpenAI

        client = OpenAI()
        RULES = Path("handbook.md").read_text()

        def answer(turns):
            return client.chat.completions.create(
                model="gpt-5.6-sol", messages=[{"role": "system", "content": RULES}, *turns]
            )
      `,
    },
  ],
  invalid: [
    {
      name: "a fresh UUID",
      ts: `
        import { randomUUID } from "node:crypto";
        import { readFileSync } from "node:fs";
        import OpenAI from "openai";

        const openai = new OpenAI();
        const RULES = readFileSync("handbook.md", "utf8");

        export function answer(turns: OpenAI.Chat.ChatCompletionMessageParam[]) {
          return openai.chat.completions.create({
            model: "gpt-5.6-sol",
            messages: [{ role: "system", content: RULES }, ...turns],
            prompt_cache_key: randomUUID(),
                              ^^^^^^^^^^^^ fresh
          });
        }
      `,
    },
    {
      name: "a part of the key is the clock",
      py: `
        import time
        from pathlib import Path
        from openai import OpenAI

        client = OpenAI()
        RULES = Path("handbook.md").read_text()

        def answer(workspace_id, turns):
            return client.chat.completions.create(
                model="gpt-5.6-sol",
                messages=[{"role": "system", "content": RULES}, *turns],
                prompt_cache_key=f"{workspace_id}-{time.time()}",
                                                  ^^^^^^^^^^^^^ fresh
            )
      `,
    },
  ],
});
