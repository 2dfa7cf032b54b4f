import { expect, test } from "vitest";
import { lintTexts } from "../support/lint-texts.ts";

const send = `client.messages.create({ model: "claude-sonnet-5", messages: [{ role: "user", content: "Hi" }] })`;
const head = `import Anthropic from "@anthropic-ai/sdk";\nconst client = new Anthropic();\n`;

test.each([
  ["handed to a library at the top level", `app.post("/", async () => { await ${send}; });`],
  [
    "handed over by a callback at the top level",
    `app.post("/", async () => createStream({ execute: () => { ${send}; } }));`,
  ],
  [
    "returned by a callback in another one",
    `lazy(async () => { return handler(async () => { ${send}; }); });`,
  ],
  [
    "handed over in one case of several",
    `createServer(async (request) => {
      switch (request.url) {
        case "/": break;
        case "/x": { createStream({ execute: () => { ${send}; } }); break; }
      }
    }).listen(80);`,
  ],
])("a request is found in a callback %s", (_, code) => {
  expect(lintTexts({ "main.ts": head + code }).requests).toHaveLength(1);
});

const answer = (words: string) => `
  const rules = "Tents are sold with pegs, and a peg is of steel. ".repeat(300);
  const mark = { type: "ephemeral" } as const;
  const ask = (text: string) =>
    client.messages.create({ model: "claude-sonnet-5", max_tokens: 9, messages: [{ role: "user", content: [
      { type: "text", text }, { type: "text", text: rules, cache_control: mark }] }] });
  ${words}
`;

test.each([
  ["Discord", `new Client({}).on("messageCreate", (message) => ask(message.content));`, true],
  ["Slack", `new App({}).message(async ({ message }) => { await ask(message.text); });`, true],
  [
    "where a message is written",
    `new Client({}).on("messageCreate", (message) => ask(message.guild.name));`,
    false,
  ],
  ["another library", `new Feed({}).on("page", (page) => ask(page.content));`, false],
])("what a library of chats hands to a listener changes in every turn: %s", (_, code, isFound) => {
  const imports = `import { Client } from "discord.js";\nimport { App } from "@slack/bolt";\nimport { Feed } from "feeds";\n`;
  const { findings } = lintTexts({ "main.ts": imports + head + answer(code) });
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(isFound ? ["no-dynamic-prefix"] : []);
});
