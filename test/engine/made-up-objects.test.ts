import { expect, test } from "vitest";
import { lintTexts } from "../support/lint-texts.ts";

/** A desk with an id of its own, in front of rules that all could share. */
const desk = (send: string) => `
  import Anthropic from "@anthropic-ai/sdk";

  const client = new Anthropic();
  const rules = "Tents are sold with pegs, and a peg is of steel. ".repeat(300);
  const mark = { type: "ephemeral" } as const;

  export class Desk {
    private readonly id = crypto.randomUUID();
    private readonly turns: Anthropic.MessageParam[] = [];
    ask(text: string) {
      const system = [{ type: "text", text: this.id }, { type: "text", text: rules, cache_control: mark }];
      ${send}
    }
  }
`;
const one = `return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 9, system, messages: [{ role: "user", content: text }] });`;
const conversation = `
  this.turns.push({ role: "user", content: text });
  return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 9, system, messages: this.turns });`;
const perRequest = `export const handle = (text: string) => new Desk().ask(text);`;
const perProcess = `const desk = new Desk();\nexport const handle = (text: string) => desk.ask(text);`;

test.each([
  { name: "nobody in view makes one", send: one, use: "", isFound: false },
  { name: "one is made for each request", send: one, use: perRequest, isFound: true },
  { name: "one is made for all", send: one, use: perProcess, isFound: false },
  { name: "one is made for a conversation", send: conversation, use: perRequest, isFound: false },
])("what an object keeps for itself is new where the object is: $name", ({ send, use, isFound }) => {
  const { findings } = lintTexts({
    "desk.ts": desk(send),
    ...(use && { "main.ts": `import { Desk } from "./desk";\n${use}` }),
  } as Record<string, string>);
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(isFound ? ["no-dynamic-prefix"] : []);
});
