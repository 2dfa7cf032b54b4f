import { describe, expect, test } from "vitest";
import { dedent } from "../support/dedent.ts";
import { handbook } from "../support/handbook.ts";
import { lintTexts } from "../support/lint-texts.ts";

/** What is told of the checkpoints of the only request of a file. */
function checkpointsOf(path: string, text: string): readonly string[] {
  const { requests } = lintTexts({ [path]: text, "rules.md": handbook });
  expect(requests).toHaveLength(1);
  return requests[0]!.checkpoints.map(({ reusable, reason }) => `${reusable ?? "open"}: ${reason}`);
}

const cache_control = { type: "ephemeral" };
const messages = [{ role: "user", content: "Hi" }];

/** A program whose system prompt is an expression of a constant and of parameters. */
function sending(system: string): string {
  return dedent(`
    import anthropic
    client = anthropic.Anthropic()
    RULES = open("rules.md").read()
    def ask(rules, question):
        return client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[{"role": "user", "content": question}],
            system=[{"type": "text", "text": ${system}, "cache_control": {"type": "ephemeral"}}])
  `);
}

describe("whether a checkpoint is read again", () => {
  test.each([
    {
      name: "constant text",
      path: "app.py",
      text: sending("RULES"),
      told: ["true: The next request starts with the same bytes."],
    },
    {
      name: "a value nothing is known about",
      path: "app.py",
      text: sending("RULES + rules"),
      told: ["open: The next request starts with the same bytes if `rules` at line 6 stays the same."],
    },
    {
      name: "the question",
      path: "app.py",
      text: sending("RULES + question"),
      told: ["false: The name `question` at line 6 differs in the next request."],
    },
    {
      name: "text below the minimum",
      path: "request.json",
      text: JSON.stringify({
        model: "claude-sonnet-4-5",
        max_tokens: 9,
        system: [{ type: "text", text: "Be kind.", cache_control }],
        messages,
      }),
      told: ["false: Claude Sonnet 4.5 caches no prefix below 1,024 tokens."],
    },
    {
      name: "a batch job without caching",
      path: "job.jsonl",
      text: JSON.stringify({
        recordId: "1",
        modelInput: {
          anthropic_version: "bedrock-2023-05-31",
          max_tokens: 9,
          system: [{ type: "text", text: handbook, cache_control }],
          messages,
        },
      }),
      told: ["false: A batch job on Amazon Bedrock has no prompt caching."],
    },
    {
      name: "a region that takes no checkpoint",
      path: "request.json",
      text: JSON.stringify({
        modelId: "us.amazon.nova-pro-v1:0",
        toolConfig: {
          tools: [
            { toolSpec: { name: "find", description: handbook, inputSchema: { json: { type: "object" } } } },
            { cachePoint: { type: "default" } },
          ],
        },
        messages: [{ role: "user", content: [{ text: "Hi" }] }],
      }),
      told: ["false: Amazon Nova Pro on Amazon Bedrock takes no checkpoint in tools."],
    },
  ])("$name", ({ path, text, told }) => {
    expect(checkpointsOf(path, text)).toEqual(told);
  });
});
