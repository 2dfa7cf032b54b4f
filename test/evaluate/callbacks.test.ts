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
  ["a queue", `new Worker("questions", async (job) => ask(job.data.question));`, true],
  [
    "a topic",
    `new Kafka({}).consumer({}).run({ eachMessage: async ({ message }) => ask(message.value) });`,
    true,
  ],
  ["how a queue stands", `new Worker("questions", async (job) => ask(job.queueName));`, false],
  ["another library", `new Feed({}).on("page", (page) => ask(page.content));`, false],
])("what a library of chats or queues hands to a listener changes in every turn: %s", (_, code, isFound) => {
  const imports = `import { Client } from "discord.js";\nimport { App } from "@slack/bolt";\nimport { Feed } from "feeds";\nimport { Worker } from "bullmq";\nimport { Kafka } from "kafkajs";\n`;
  const { findings } = lintTexts({ "main.ts": imports + head + answer(code) });
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(isFound ? ["no-dynamic-prefix"] : []);
});

test.each([
  [
    "returned in an object",
    `export function makeAgent(settings) { return { async ask() { return ${send}; } }; }`,
  ],
  ["returned by a function", `export const senderFor = (settings) => () => ${send};`],
  [
    "of an object that a returned function gives",
    `const maker = (kind) => async (settings) => ({ async *stream() { yield* await ${send}; } });
    export const first = maker("first");`,
  ],
  [
    "returned by a hook beside others",
    `export function useChat() { const ask = async () => ${send}; return [null, { ask }]; }`,
  ],
])("a request is found in a function %s", (_, code) => {
  expect(lintTexts({ "main.ts": head + code }).requests).toHaveLength(1);
});

test("each of the functions that one factory has made is tried", () => {
  const code = `${head}const senderFor = (ttl) => () => client.messages.create({
      model: "claude-sonnet-4-5", max_tokens: 9, messages: [{ role: "user", content: "Hi" }],
      system: [{ type: "text", text: "Be brief.", cache_control: { type: "ephemeral", ttl } }],
    });
    export const first = senderFor("5m");
    export const second = senderFor("30m");`;
  const { findings } = lintTexts({ "main.ts": code }, { only: ["valid-ttl"] });
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(["valid-ttl"]);
});

const marked = (system: string) =>
  `client.messages.create({ model: "claude-sonnet-5", max_tokens: 9, messages: [{ role: "user", content: "Hi" }],
    system: [{ type: "text", text: ${system}, cache_control: { type: "ephemeral" } }] })`;

test.each([
  [
    "a span around it, whose result is the text",
    `async function rules() {
      return tracer.startActiveSpan("rules", async (span) => { const text = "Be brief."; span.end(); return text; });
    }
    export async function ask() { return ${marked("await rules()")}; }`,
  ],
  [
    "another attempt where it fails",
    `export async function ask() { const text = await retry(() => "Be brief.", { retries: 2 }); return ${marked("text")}; }`,
  ],
  [
    "a step of a workflow",
    `export const job = queue.createFunction({ id: "a" }, async ({ step }) => {
      const text = await step.run("rules", async () => "Be brief.");
      return ${marked("text")};
    });`,
  ],
])("the text of what is run at once is known: %s", (_, code) => {
  const outside = `import { tracer, retry, queue } from "elsewhere";\n`;
  const [request] = lintTexts({ "main.ts": outside + head + code }).requests;
  expect(request?.segments[0]?.scope).toBe("static");
});

test.each([
  ["a callback of an event", `const text = await stream.on("end", (chunk) => "Be brief.");`],
  ["a function that is kept", `const text = debounce(() => "Be brief.");`],
  ["one of two functions", `const text = await connect(() => "Be brief.", () => "Be kind.");`],
])("the result of a function that may be run later is not: %s", (_, code) => {
  const outside = `import { stream, debounce, connect } from "elsewhere";\n`;
  const all = `${outside}${head}export async function ask() { ${code} return ${marked("text")}; }`;
  expect(lintTexts({ "main.ts": all }).requests[0]?.segments[0]?.scope).not.toBe("static");
});

test.each([
  [
    "the event of a queue",
    "export const consume = async (batch: SQSEvent) => { for (const one of batch.Records) await ask(one.messageId); };",
  ],
  [
    "a route that is an arrow function",
    `export const POST = async (request) => ask((await request.json()).title);`,
  ],
])("what a handler is called with is new in every request: %s", (_, code) => {
  const { findings } = lintTexts({ "main.ts": head + answer(code) });
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(["no-dynamic-prefix"]);
});
