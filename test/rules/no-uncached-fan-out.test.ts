import rule from "../../rules/no-uncached-fan-out.ts";
import { testRule } from "../support/test-rule.ts";

const python = `
        import asyncio
        from concurrent.futures import ThreadPoolExecutor
        from pathlib import Path
        import anthropic

        client = anthropic.AsyncAnthropic()
        RULES = Path("handbook.md").read_text()

        async def ask(question):
            content = [
                {"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}},
                {"type": "text", "text": question},
            ]
            return await client.messages.create(
                model="claude-sonnet-4-5", max_tokens=500, messages=[{"role": "user", "content": content}]
            )
`;
const typescript = `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");

        async function ask(question: string) {
          const reply = await client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [{ type: "text", text: RULES, cache_control: { type: "ephemeral" } }],
            messages: [{ role: "user", content: question }],
          });
          return reply.content;
        }
`;

testRule(rule, {
  valid: [
    {
      name: "one after the other",
      py: `${python}
        async def survey(questions):
            return [await ask(question) for question in questions]
      `,
    },
    {
      name: "the first answer is waited for",
      py: `${python}
        async def survey(questions):
            first = await ask(questions[0])
            return [first, *await asyncio.gather(*(ask(question) for question in questions[1:]))]
      `,
    },
    {
      name: "a script that waits for a first answer",
      py: `${python}
        async def survey(questions):
            await ask("Are you there?")
            return await asyncio.gather(*(ask(question) for question in questions))

        asyncio.run(survey(["Where?", "When?"]))
      `,
    },
    {
      name: "one request beside something else",
      py: `${python}
        async def survey(question, log):
            return await asyncio.gather(ask(question), log(question))
      `,
    },
    {
      name: "the requests share nothing",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export function label(letters: string[]) {
          return Promise.all(
            letters.map((text) =>
              client.messages.create({
                model: "claude-sonnet-4-5",
                max_tokens: 500,
                messages: [{ role: "user", content: [{ type: "text", text, cache_control: { type: "ephemeral" } }] }],
              }),
            ),
          );
        }
      `,
    },
    {
      name: "the steps of one conversation that is started beside something else",
      ts: `${typescript}
        async function search(question: string) {
          await ask(question);
          return ask("And now?");
        }

        export function run(question: string, log: (text: string) => Promise<void>) {
          return Promise.all([search(question), log(question)]);
        }
      `,
    },
    {
      name: "a map that calls one at a time",
      ts: `${typescript}
        import pMap from "p-map";

        export async function survey(questions: string[]) {
          return pMap(questions, ask, { concurrency: 1 });
        }
      `,
    },
    {
      name: "a loop that waits for each",
      ts: `${typescript}
        export async function survey(questions: string[]) {
          const answers = [];
          for (const question of questions) answers.push(await ask(question));
          return answers;
        }
      `,
    },
  ],
  invalid: [
    {
      name: "all questions at once",
      py: `${python}
        async def survey(questions):
            return await asyncio.gather(*(ask(question) for question in questions))
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ together
      `,
    },
    {
      name: "tasks that are made before they are gathered",
      py: `${python}
        async def survey(questions):
            tasks = [asyncio.create_task(ask(question)) for question in questions]
            return await asyncio.gather(*tasks)
                         ^^^^^^^^^^^^^^^^^^^^^^ together
      `,
    },
    {
      name: "two functions started together",
      py: `${python}
        async def survey():
            return await asyncio.gather(ask("Which trains run on Sunday?"), ask("Which do not?"))
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ together
      `,
    },
    {
      name: "a group of tasks",
      py: `${python}
        async def survey(questions):
            async with asyncio.TaskGroup() as group:
                for question in questions:
                    group.create_task(ask(question))
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ together
      `,
    },
    {
      name: "a pool of threads",
      py: `
        from concurrent.futures import ThreadPoolExecutor
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def ask(question):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                messages=[{"role": "user", "content": question}],
            )

        def survey(questions):
            with ThreadPoolExecutor(max_workers=8) as pool:
                return list(pool.map(ask, questions))
                            ^^^^^^^^^^^^^^^^^^^^^^^^ together
      `,
    },
    {
      name: "a map of calls",
      ts: `${typescript}
        export function survey(questions: string[]) {
          return Promise.all(questions.map((question) => ask(question)));
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ together
        }
      `,
    },
    {
      name: "a map that calls several at a time",
      ts: `${typescript}
        import pMap from "p-map";

        export async function survey(questions: string[]) {
          return pMap(questions, ask, { concurrency: 4 });
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ together
        }
      `,
    },
    {
      name: "callbacks that send by themselves",
      ts: `${typescript}
        export async function survey(questions: string[]) {
          const answers = await Promise.all(questions.map(async (each) => ({ each, content: await ask(each) })));
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ together
          return answers;
        }
      `,
    },
  ],
});
