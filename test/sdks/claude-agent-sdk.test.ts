import { expect, test } from "vitest";
import { handbook } from "../support/handbook.ts";
import { lintTexts } from "../support/lint-texts.ts";
import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: `
    from claude_agent_sdk import ClaudeAgentOptions, ClaudeSDKClient, query
  `,
  ts: `
    import { query, SYSTEM_PROMPT_DYNAMIC_BOUNDARY } from "@anthropic-ai/claude-agent-sdk";
  `,
};

const tools = "tools 0 other stretch | <unknown>";

testSdk("claude-agent-sdk", imports, [
  {
    name: "a system prompt of one's own",
    py: `
      async def ask(question):
          async for message in query(prompt=question, options=ClaudeAgentOptions(system_prompt="S", model="claude-sonnet-4-5")):
              print(message)`,
    ts: `
      export async function ask(question: string) {
        for await (const message of query({ prompt: question, options: { systemPrompt: "S", model: "claude-sonnet-4-5" } })) console.log(message);
      }`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      ${tools}
      system 0 text | S
      messages 0.0 user text | <turn>`,
  },
  {
    name: "the preset, whose text nobody knows, and no tools",
    py: `
      options = ClaudeAgentOptions(model="claude-sonnet-4-5", tools=[], system_prompt={
          "type": "preset", "preset": "claude_code", "append": "S", "exclude_dynamic_sections": True})
      async def ask(question):
          async with ClaudeSDKClient(options=options) as client:
              await client.query(question)`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | <unknown>
      system 1 text | S
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | <turn>
      ? system: the preset's own text is not in view`,
  },
  {
    name: "a boundary among the system texts",
    ts: `
      export const ask = (question: string, note: string) => query({ prompt: question, options: {
        model: "claude-sonnet-4-5", systemPrompt: ["S", SYSTEM_PROMPT_DYNAMIC_BOUNDARY, note] } });`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      ${tools}
      system 0 text | S
      -- explicit system
      system 1 text | <unknown>
      messages 0.0 user text | <turn>`,
  },
  {
    name: "queries of something else",
    py: `
      from database import client
      client.query("Q")`,
    ts: `
      import { query as select } from "database";
      await select({ prompt: "Q", options: { systemPrompt: "S" } });`,
    gives: ``,
  },
]);

const agent = (systemPrompt: string) => `
import { query, SYSTEM_PROMPT_DYNAMIC_BOUNDARY } from "@anthropic-ai/claude-agent-sdk";
const RULES = ${JSON.stringify(handbook)};
export const ask = (question: string) =>
  query({ prompt: question, options: { model: "claude-sonnet-4-5", systemPrompt: ${systemPrompt} } });
`;

test.each([
  // Claude Code places its own marks, and keeps the text for the whole session.
  ["a clock in a text of one's own", "`It is ${new Date().toISOString()}. ${RULES}`", []],
  [
    "a clock in front of the boundary",
    "[`It is ${new Date().toISOString()}.`, RULES, SYSTEM_PROMPT_DYNAMIC_BOUNDARY]",
    ["no-dynamic-prefix"],
  ],
  [
    "a clock behind the boundary",
    "[RULES, SYSTEM_PROMPT_DYNAMIC_BOUNDARY, `It is ${new Date().toISOString()}.`]",
    [],
  ],
])("%s", (_, systemPrompt, ids) => {
  const { findings } = lintTexts({ "main.ts": agent(systemPrompt) });
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(ids);
});
