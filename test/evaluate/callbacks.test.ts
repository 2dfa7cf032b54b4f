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
