import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: "",
  ts: `
    import { anthropic } from "@ai-sdk/anthropic";
    import { bedrock } from "@ai-sdk/amazon-bedrock";
    import { Mastra } from "@mastra/core";
    import { Agent } from "@mastra/core/agent";
    import { createTool } from "@mastra/core/tools";
    import { Memory } from "@mastra/memory";
    import { z } from "zod";
    const mark = { anthropic: { cacheControl: { type: "ephemeral" } } };
  `,
};

testSdk("mastra", imports, [
  {
    name: "instructions with a mark, tools and memory",
    ts: `
      const look = createTool({ id: "look", description: "Looks", inputSchema: z.object({}), execute: async () => "x" });
      const desk = new Agent({ name: "Desk", model: "anthropic/claude-sonnet-4-5", tools: { look }, memory: new Memory(),
        instructions: { role: "system", content: "S", providerOptions: { anthropic: { cacheControl: { type: "ephemeral", ttl: "1h" } } } } });
      export async function ask(question: string) {
        return desk.generate(question, { memory: { thread: "t", resource: "r" } });
      }`,
    gives: `
      anthropic anthropic anthropic/claude-sonnet-4-5
      tools 0 tool | {"description": "Looks", "name": "look", "parameters": <static>}
      system 0 text | S
      -- explicit system 1h
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | <turn>`,
  },
  {
    name: "a list of system messages, and messages with marks",
    ts: `
      const desk = new Agent({ name: "Desk", model: anthropic("claude-sonnet-4-5"),
        instructions: [{ role: "system", content: "S", providerOptions: mark }, { role: "system", content: "T" }] });
      await desk.stream([{ role: "user", content: "D", providerOptions: mark }, { role: "user", content: "Q" }]);`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      -- explicit system
      system 1 text | T
      messages 0.0 user text | D
      -- explicit messages
      messages 1.0 user text | Q`,
  },
  {
    name: "instructions that are a function, of an agent that is asked for by its key",
    ts: `
      const desk = new Agent({ name: "Desk", model: "openai/gpt-5", instructions: async () => \`Now: \${new Date().toISOString()}\` });
      const mastra = new Mastra({ agents: { desk } });
      export const ask = () => mastra.getAgent("desk").generate("Q");`,
    gives: `
      openai openai openai/gpt-5
      system 0 text | Now: <request>
      messages 0.0 user text | Q`,
  },
  {
    name: "tools that are a function of the context of the request",
    ts: `
      const look = createTool({ id: "look", description: "Looks", inputSchema: z.object({}), execute: async () => "x" });
      const desk = new Agent({ name: "Desk", model: "openai/gpt-5",
        instructions: ({ requestContext }) => \`For \${requestContext.get("user")}.\`,
        tools: ({ requestContext }) => ({ look: { ...look, description: requestContext.get("word") } }) });
      export const ask = (requestContext: Map<string, string>) => desk.generate("Q", { requestContext });`,
    gives: `
      openai openai openai/gpt-5
      tools 0 tool | {"description": <unknown>, "name": "look", "parameters": <static>}
      system 0 text | For <user>.
      messages 0.0 user text | Q`,
  },
  {
    name: "the option of another provider",
    ts: `
      const desk = new Agent({ name: "Desk", model: bedrock("us.anthropic.claude-sonnet-4-6"),
        instructions: { role: "system", content: "S", providerOptions: mark } });
      await desk.generate("Q");`,
    gives: `
      converse bedrock us.anthropic.claude-sonnet-4-6
      system 0 text | S
      messages 0.0 user text | Q
      ! ignored: The Bedrock provider of the AI SDK never looks at \`anthropic.cacheControl\`, so this mark is dropped.`,
  },
  {
    name: "agents of something else",
    ts: `
      import { Agent as Other } from "some-agents";
      await new Other({ model: "anthropic/claude-sonnet-4-5", instructions: "S" }).generate("Q");`,
    gives: ``,
  },
]);
