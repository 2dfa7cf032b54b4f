import { describe, expect, test } from "vitest";
import { dedent } from "../support/dedent.ts";
import { lintTexts } from "../support/lint-texts.ts";

/** Checkpoints of each request of a text. */
function checkpointsIn(path: string, text: string): readonly number[] {
  return lintTexts({ [path]: dedent(text) }).requests.map(({ checkpoints }) => checkpoints.length);
}

describe("what is empty at first and filled by somebody else may be set", () => {
  test.each([
    [
      "a module variable in Python",
      "chat.py",
      `
      import anthropic
      client = None

      def init():
          global client
          client = anthropic.Anthropic()

      def ask(turns):
          if not client:
              raise RuntimeError("call init first")
          return client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=turns, system=[
              {"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}])
      `,
    ],
    [
      "a module variable in TypeScript",
      "chat.ts",
      `
      import Anthropic from "@anthropic-ai/sdk";
      let client: Anthropic | null = null;
      export function init() { client = new Anthropic(); }
      export function ask(turns) {
        if (client === null) throw new Error("call init first");
        return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 9, messages: turns, system: [
          { type: "text", text: "Be brief.", cache_control: { type: "ephemeral" } }] });
      }
      `,
    ],
    [
      "a field that another method fills",
      "chat.py",
      `
      import anthropic

      class Desk:
          def __init__(self):
              self.client = None

          def connect(self):
              self.client = anthropic.Anthropic()

          def ask(self, turns):
              assert self.client is not None
              if self.client is None:
                  raise RuntimeError("not connected")
              return self.client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=turns, system=[
                  {"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}])
      `,
    ],
  ])("%s", (_, path, text) => {
    expect(checkpointsIn(path, text)).toEqual([1]);
  });

  test("what a factory makes once somebody asks for it is that", () => {
    const text = `
      import { createGateway, generateText } from "ai";
      let gateway: ReturnType<typeof createGateway> | null = null;
      function getGateway() {
        if (!gateway) gateway = createGateway({ apiKey: process.env.KEY });
        return gateway;
      }
      export const ask = (prompt) => generateText({ model: getGateway()("anthropic/claude-sonnet-4.5"), prompt });
      `;
    const { requests } = lintTexts({ "chat.ts": dedent(text) });
    expect(requests.map(({ modelId, platform }) => [modelId, platform])).toEqual([
      ["anthropic/claude-sonnet-4.5", "other"],
    ]);
  });

  test.each([
    [
      "a declared field",
      "agent.ts",
      `
      import { anthropicPromptCachingMiddleware, createAgent } from "langchain";
      export class Chat {
        private agent: ReturnType<typeof createAgent>;
        async open(settings) {
          const kept = settings.ttl;
          const middleware = [anthropicPromptCachingMiddleware({ ttl: kept })];
          this.agent = createAgent({ model: "anthropic:claude-sonnet-4-5", middleware, systemPrompt: "Be brief." });
        }
        async ask(messages) {
          if (!this.agent) throw new Error("Open it first.");
          return this.agent.invoke({ messages });
        }
      }
      `,
    ],
    [
      "a field that no constructor knows",
      "agent.py",
      `
      from langchain.agents import create_agent
      from langchain_anthropic.middleware import AnthropicPromptCachingMiddleware

      class Chat:
          def open(self, settings):
              kept = settings.ttl
              middleware = [AnthropicPromptCachingMiddleware(ttl=kept)]
              self.agent = create_agent("anthropic:claude-sonnet-4-5", middleware=middleware, system_prompt="Be brief.")

          def ask(self, messages):
              return self.agent.invoke({"messages": messages})
      `,
    ],
  ])("what a method makes out of what it was handed fills %s", (_, path, text) => {
    const { requests } = lintTexts({ [path]: dedent(text) });
    expect(requests.map(({ modelId, checkpoints }) => [modelId, checkpoints[0]?.origin])).toEqual([
      ["claude-sonnet-4-5", "injected"],
    ]);
  });

  test("what nobody fills stays empty", () => {
    const text = `
      import anthropic
      MARK = None

      def ask(turns):
          block = {"type": "text", "text": "Be brief."}
          if MARK is not None:
              block["cache_control"] = MARK
          return anthropic.Anthropic().messages.create(model="claude-sonnet-4-5", messages=turns, system=[block])
      `;
    expect(checkpointsIn("chat.py", text)).toEqual([0]);
  });
});
