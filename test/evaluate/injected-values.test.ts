import { expect, test } from "vitest";
import { lintTexts } from "../support/lint-texts.ts";

const head = `import Anthropic from "@anthropic-ai/sdk";\nconst client = new Anthropic();\n`;

test.each([
  [
    "made in place",
    `export const ask = async (deps) => (deps.client ?? new Anthropic()).messages.create(BODY);`,
  ],
  [
    "made by a function that may be handed over as well",
    `export function makeHandler(deps: Deps) {
      const make = deps.makeAnthropic ?? (() => new Anthropic());
      const client = deps.client ?? make();
      return async () => client.messages.create(BODY);
    }`,
  ],
  [
    "found in an object of options",
    `const newClient = () => new Anthropic();
    export async function ask(options: Options = {}) {
      const client = options.client || newClient();
      return client.messages.create(BODY);
    }`,
  ],
  [
    "fetch itself",
    `export const ask = (options) => (options.fetch ?? fetch)("https://api.anthropic.com/v1/messages", POST);`,
  ],
])("a client that callers may hand over is the one that is made without them: %s", (_, code) => {
  const body = `{ model: "claude-sonnet-5", max_tokens: 9, messages: [{ role: "user", content: "Hi" }] }`;
  const whole = code
    .replace("BODY", body)
    .replace("POST", `{ method: "POST", body: JSON.stringify(${body}) }`);
  expect(lintTexts({ "main.ts": head + whole }).requests.map(({ modelId }) => modelId)).toEqual([
    "claude-sonnet-5",
  ]);
});
