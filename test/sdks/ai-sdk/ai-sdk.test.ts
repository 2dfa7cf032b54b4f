import { describe, expect, test } from "vitest";
import { testSdk } from "../../support/sdk-cases.ts";
import { sentRequests } from "../../support/sent-requests.ts";

const ts = `
  import { anthropic, createAnthropic } from "@ai-sdk/anthropic";
  import { amazonBedrock, bedrock } from "@ai-sdk/amazon-bedrock";
  import { bedrockAnthropic } from "@ai-sdk/amazon-bedrock/anthropic";
  import { vertexAnthropic } from "@ai-sdk/google-vertex/anthropic";
  import { alibaba } from "@ai-sdk/alibaba";
  import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
  import { azure } from "@ai-sdk/azure";
  import { deepseek } from "@ai-sdk/deepseek";
  import { google } from "@ai-sdk/google";
  import { openai } from "@ai-sdk/openai";
  import { createOpenRouter } from "@openrouter/ai-sdk-provider";
  import * as ai from "ai";
  import {
    convertToModelMessages, createAgentUIStreamResponse, dynamicTool, gateway, generateObject, generateText, jsonSchema,
    streamText, tool, ToolLoopAgent, wrapLanguageModel,
  } from "ai";
  const openrouter = createOpenRouter();
  const claude = anthropic("claude-sonnet-5");
  const mark = { anthropic: { cacheControl: { type: "ephemeral" } } };
  const point = { bedrock: { cachePoint: { type: "default" } } };
`;

const imports = { py: "", ts };
const hi = "messages 0.0 user text | Hi";

describe("models", () => {
  testSdk("ai-sdk", imports, [
    {
      name: "of a factory",
      ts: `await generateText({ model: anthropic("claude-sonnet-5"), prompt: "Hi" });`,
      gives: `anthropic anthropic claude-sonnet-5\n${hi}`,
    },
    {
      name: "that are called themselves",
      ts: `
        const named = (name: string) => ({ type: "function", name, description: "Looks up", inputSchema: {} });
        const find = { ...named("find"), providerOptions: mark };
        await claude.doStream({
          prompt: [
            { role: "system", content: "Be kind", providerOptions: mark },
            { role: "user", content: [{ type: "text", text: "Hi" }] },
          ],
          tools: [named("open"), find],
        });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        tools 0 tool | {"description": "Looks up", "name": "open", "parameters": {}}
        tools 1 tool | {"description": "Looks up", "name": "find", "parameters": {}}
        -- explicit tools
        system 0 text | Be kind
        -- explicit system
        ${hi}
      `,
    },
    {
      name: "that are called by the middleware around them",
      ts: `export const logged = { wrapGenerate: async ({ doGenerate, model, params }) => {
        if (params.quick) return doGenerate();
        return model.doGenerate(params);
      } };`,
      gives: ``,
    },
    {
      name: "of a factory made for another address",
      ts: `
        const own = createAnthropic({ baseURL: "https://gateway.test/v1" });
        await ai.generateText({ model: own("claude-sonnet-5"), prompt: "Hi" });
      `,
      gives: `anthropic other claude-sonnet-5\n${hi}`,
    },
    {
      name: "of a method of a factory",
      ts: `streamText({ model: anthropic.languageModel("claude-sonnet-5"), prompt: "Hi" });`,
      gives: `anthropic anthropic claude-sonnet-5\n${hi}`,
    },
    {
      name: "on Bedrock through Converse",
      ts: `streamText({ model: amazonBedrock("us.anthropic.claude-sonnet-4-6"), prompt: "Hi" });`,
      gives: `converse bedrock us.anthropic.claude-sonnet-4-6\n${hi}`,
    },
    {
      name: "on Bedrock and Vertex in Anthropic's own form",
      ts: `
        await generateText({ model: bedrockAnthropic("anthropic.claude-sonnet-4-6"), prompt: "Hi" });
        await generateText({ model: vertexAnthropic("claude-sonnet-4-6"), prompt: "Hi" });
      `,
      gives: `
        anthropic bedrock anthropic.claude-sonnet-4-6
        ${hi}
        anthropic vertex claude-sonnet-4-6
        ${hi}
      `,
    },
    {
      name: "of OpenAI, on its own platform and on Azure",
      ts: `
        await generateText({ model: openai("gpt-5.6-sol"), prompt: "Hi" });
        await generateText({ model: openai.responses("gpt-5.6-terra"), prompt: "Hi" });
        await generateText({ model: azure("desk"), prompt: "Hi" });
      `,
      gives: `
        openai openai gpt-5.6-sol
        ${hi}
        openai openai gpt-5.6-terra
        ${hi}
        openai azure-openai desk
        ${hi}
      `,
    },
    {
      name: "of Google, with a cache resource",
      ts: `
        await generateText({
          model: google("gemini-2.5-pro"),
          system: "Rules",
          tools: { look: { description: "Looks", inputSchema: jsonSchema({}) } },
          messages: [
            { role: "user", content: [{ type: "text", text: "See" }, { type: "image", image: "iVBOR" }] },
            { role: "assistant", content: "Seen" },
          ],
        });
        export async function ask(cachedContent) {
          await generateText({ model: google("gemini-2.5-pro"), prompt: "Hi", providerOptions: { google: { cachedContent } } });
        }
      `,
      gives: `
        gemini gemini gemini-2.5-pro
        tools 0 tool | {"description": "Looks", "name": "look", "parameters": {}}
        system 0 text | Rules
        messages 0.0 user text | See
        messages 0.1 user image | iVBOR
        messages 1.0 assistant text | Seen
        gemini gemini gemini-2.5-pro
        system 0 other stretch | <unknown>
        -- handle system
        ${hi}
      `,
    },
    {
      name: "of OpenRouter, of another provider",
      ts: `
        await generateText({ model: openrouter("anthropic/claude-sonnet-5"), prompt: "Hi" });
        await generateText({ model: deepseek("deepseek-chat"), prompt: "Hi" });
      `,
      gives: `
        openai other anthropic/claude-sonnet-5
        ${hi}
        openai other deepseek-chat
        ${hi}
      `,
    },
    {
      name: "of the gateway, with an id that is not in view",
      ts: `
        export async function ask(id) {
          await generateText({
            model: gateway(id),
            system: { role: "system", content: "Rules", providerOptions: { anthropic: { cacheControl: { type: "ephemeral" } } } },
            prompt: "Hi",
          });
        }
      `,
      gives: `
        anthropic other ?
        system 0 text | Rules
        -- explicit system
        ${hi}
        ? model: the parameter \`id\` names it
      `,
    },
    {
      name: "of the gateway, by text and by factory",
      ts: `
        await generateText({ model: "anthropic/claude-sonnet-5", prompt: "Hi" });
        await generateText({ model: gateway("openai/gpt-5.6-sol"), prompt: "Hi" });
      `,
      gives: `
        anthropic other anthropic/claude-sonnet-5
        ${hi}
        openai other openai/gpt-5.6-sol
        ${hi}
      `,
    },
    {
      name: "in a wrapper",
      ts: `await generateText({ model: wrapLanguageModel({ model: claude, middleware: [] }), prompt: "Hi" });`,
      gives: `anthropic anthropic claude-sonnet-5\n${hi}`,
    },
    {
      name: "in the wrapper of a library for tracing, and the id for a gateway in a wrapper",
      ts: `
        import { traced } from "a-tracing-library";
        await generateText({ model: traced(claude, { tags: ["chat"] }), prompt: "Hi" });
        await generateText({ model: wrapLanguageModel({ model: "openai/gpt-5.6-sol", middleware: [] }), prompt: "Hi" });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        ${hi}
        openai other openai/gpt-5.6-sol
        ${hi}
      `,
    },
    {
      name: "not in view, in a wrapper",
      ts: `
        export async function ask(model) {
          await generateText({ model: wrapLanguageModel({ model, middleware: [] }), prompt: "Hi" });
        }
      `,
      gives: `
        openai ? ?
        ${hi}
        ? model: the parameter \`model\` names it
      `,
    },
    {
      name: "not in view, with marks that tell whose it is",
      ts: `
        export async function ask(model) {
          await generateText({ model, system: { role: "system", content: "Rules", providerOptions: point }, prompt: "Hi" });
        }
      `,
      gives: `
        converse ? ?
        system 0 text | Rules
        -- explicit system
        ${hi}
        ? model: the parameter \`model\` names it
      `,
    },
  ]);
});

describe("prompts", () => {
  testSdk("ai-sdk", imports, [
    {
      name: "instructions as a text, a message and a list of them",
      ts: `
        await generateText({ model: claude, instructions: "Rules", prompt: "Hi" });
        await generateText({ model: claude, instructions: { role: "system", content: "Rules" }, prompt: "Hey" });
        await generateText({
          model: claude,
          instructions: [
            { role: "system", content: "Rules", providerOptions: { anthropic: { cacheControl: { type: "ephemeral", ttl: "1h" } } } },
            { role: "system", content: "Note" },
          ],
          prompt: "Hi",
        });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        system 0 text | Rules
        ${hi}
        anthropic anthropic claude-sonnet-5
        system 0 text | Rules
        messages 0.0 user text | Hey
        anthropic anthropic claude-sonnet-5
        system 0 text | Rules
        -- explicit system 1h
        system 1 text | Note
        ${hi}
      `,
    },
    {
      name: "system messages at the head of the messages",
      ts: `
        await generateText({
          model: claude,
          messages: [{ role: "system", content: "Rules", providerOptions: mark }, { role: "user", content: "Hi" }],
        });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        system 0 text | Rules
        -- explicit system
        ${hi}
      `,
    },
    {
      name: "history that is converted first",
      ts: `
        export async function POST(request) {
          const { messages } = await request.json();
          streamText({ model: claude, system: "Rules", messages: await convertToModelMessages(messages) });
        }
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        system 0 text | Rules
        messages 0 history stretch | <request>
        ? messages: the parameter \`request.json().messages\` is not in view
      `,
    },
    {
      name: "parts of every kind for Anthropic",
      ts: `
        await generateText({
          model: claude,
          messages: [
            { role: "user", content: [
              { type: "text", text: "See" },
              { type: "image", image: "iVBOR" },
              { type: "file", mediaType: "application/pdf", data: "JVBER", filename: "a.pdf" },
            ] },
            { role: "assistant", content: [
              { type: "reasoning", text: "Hm" },
              { type: "tool-call", toolCallId: "1", toolName: "look", input: { at: 1 } },
            ] },
            { role: "tool", content: [
              { type: "tool-result", toolCallId: "1", toolName: "look", output: { type: "text", value: "Seen" } },
            ] },
          ],
        });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        messages 0.0 user text | See
        messages 0.1 user image | iVBOR
        messages 0.2 user document | a.pdfJVBER
        messages 1.0 assistant thinking | Hm
        messages 1.1 assistant toolUse | {"name": "look", "input": {"at": 1}}
        messages 2.0 user toolResult | Seen
      `,
    },
    {
      name: "parts of every kind for Chat Completions",
      ts: `
        await generateText({
          model: openai("gpt-5.6-sol"),
          messages: [
            { role: "user", content: [{ type: "text", text: "See" }, { type: "image", image: "iVBOR" }] },
            { role: "assistant", content: [
              { type: "text", text: "Hm" },
              { type: "tool-call", toolCallId: "1", toolName: "look", input: { at: 1 } },
            ] },
            { role: "tool", content: [
              { type: "tool-result", toolCallId: "1", toolName: "look", output: { type: "json", value: { ok: true } } },
            ] },
          ],
        });
      `,
      gives: `
        openai openai gpt-5.6-sol
        messages 0.0 user text | See
        messages 0.1 user image | iVBOR
        messages 1.0 assistant text | Hm
        messages 1.1 assistant toolUse | {"name": "look", "input": {"at": 1}}
        messages 2.0 tool toolResult | {"ok": true}
      `,
    },
    {
      name: "the schema of an object stands first for OpenAI",
      ts: `
        await generateObject({ model: openai("gpt-5.6-sol"), schema: jsonSchema({ type: "object" }), prompt: "Hi" });
      `,
      gives: `
        openai openai gpt-5.6-sol
        tools 0 other | {"type": "object"}
        ${hi}
        ~ response_format: tools system messages
      `,
    },
  ]);
});

describe("tools", () => {
  const tools = `
    const tools = {
      write: tool({ description: "Writes", inputSchema: jsonSchema({ type: "object" }), execute: run }),
      read: { description: "Reads", inputSchema: jsonSchema({}), providerOptions: mark },
    };
  `;
  const write = '{"description": "Writes", "name": "write", "parameters": {"type": "object"}}';
  const read = '{"description": "Reads", "name": "read", "parameters": {}}';
  testSdk("ai-sdk", imports, [
    {
      name: "in the order of the object",
      ts: `${tools} await generateText({ model: claude, tools, prompt: "Hi" });`,
      gives: `
        anthropic anthropic claude-sonnet-5
        tools 0 tool | ${write}
        tools 1 tool | ${read}
        -- explicit tools
        ${hi}
      `,
    },
    {
      name: "in the order of a list, the others by name, without those that are not active",
      ts: `
        ${tools}
        const all = { ...tools, zoom: { description: "Z" }, ask: { description: "A" } };
        await generateText({
          model: claude, tools: all, toolOrder: ["read"], activeTools: ["write", "read", "ask"], prompt: "Hi",
        });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        tools 0 tool | ${read}
        -- explicit tools
        tools 1 tool | {"description": "A", "name": "ask"}
        tools 2 tool | ${write}
        ${hi}
      `,
    },
    {
      name: "of a server, with and without an order of their own",
      ts: `
        export async function ask(client) {
          const served = await client.listTools();
          await generateText({ model: claude, tools: served, prompt: "Hi" });
          await generateText({ model: claude, tools: served, toolOrder: [], prompt: "Hi" });
        }
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        tools 0 other stretch server | <unknown>
        ${hi}
        ? tools: the parameter \`client.listTools()\` is not in view
        anthropic anthropic claude-sonnet-5
        tools 0 other stretch | <unknown>
        ${hi}
        ? tools: the parameter \`client.listTools()\` is not in view
      `,
    },
    {
      name: "a copy with a mark",
      ts: `
        const search = tool({ description: "Finds", inputSchema: jsonSchema({}) });
        await generateText({ model: claude, tools: { search: { ...search, providerOptions: mark } }, prompt: "Hi" });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        tools 0 tool | {"description": "Finds", "name": "search", "parameters": {}}
        -- explicit tools
        ${hi}
      `,
    },
    {
      name: "a tool of the provider takes no mark, and one of the program in front of it does",
      ts: `
        const web = anthropic.tools.webSearch_20250305({ maxUses: 5 });
        const own = { type: "provider-defined", id: "anthropic.bash_20250124", args: {} };
        await generateText({
          model: claude,
          tools: {
            look: { description: "Looks", providerOptions: mark },
            web: { ...web, providerOptions: mark },
            bash: { ...own, providerOptions: mark },
          },
          prompt: "Hi",
        });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        tools 0 tool | {"description": "Looks", "name": "look"}
        -- explicit tools
        tools 1 tool | {"description": <unknown>, "name": "web"}
        tools 2 tool | {"name": "bash"}
        ${hi}
        ! ignored: The Anthropic provider of the AI SDK sends no mark on a tool of the provider, such as web search.
        ! ignored: The Anthropic provider of the AI SDK sends no mark on a tool of the provider, such as web search.
      `,
    },
    {
      name: "marks for several providers say nothing about one that reads none of them",
      ts: `
        const any = { anthropic: { cacheControl: { type: "ephemeral" } }, bedrock: { cachePoint: { type: "default" } } };
        const tools = { look: { description: "Looks", providerOptions: any } };
        await generateText({ model: openai.chat("gpt-5.1"), tools, prompt: "Hi" });
      `,
      gives: `
        openai openai gpt-5.1
        tools 0 tool | {"description": "Looks", "name": "look"}
        ${hi}
      `,
    },
    {
      name: "Bedrock has no mark for tools",
      ts: `
        await generateText({
          model: bedrock("us.anthropic.claude-sonnet-4-6"),
          tools: { look: { description: "Looks", providerOptions: point } },
          prompt: "Hi",
        });
      `,
      gives: `
        converse bedrock us.anthropic.claude-sonnet-4-6
        tools 0 tool | {"description": "Looks", "name": "look"}
        ${hi}
        ! ignored: The Bedrock provider of the AI SDK has no mark for tools.
      `,
    },
  ]);
});

describe("marks", () => {
  testSdk("ai-sdk", imports, [
    {
      name: "of a message stand on its last part, those of a part on the part",
      ts: `
        await generateText({
          model: claude,
          messages: [
            { role: "user", content: "A", providerOptions: mark },
            { role: "user", content: [{ type: "text", text: "B", providerOptions: mark }, { type: "text", text: "C" }], providerOptions: mark },
          ],
        });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        messages 0.0 user text | A
        -- explicit messages
        messages 1.0 user text | B
        -- explicit messages
        messages 1.1 user text | C
        -- explicit messages
      `,
    },
    {
      name: "of a message on Bedrock end the message",
      ts: `
        await generateText({
          model: bedrock("us.anthropic.claude-sonnet-4-6"),
          messages: [{ role: "user", content: [{ type: "text", text: "A" }, { type: "text", text: "B" }], providerOptions: point }],
        });
      `,
      gives: `
        converse bedrock us.anthropic.claude-sonnet-4-6
        messages 0.0 user text | A
        messages 0.1 user text | B
        -- explicit messages
      `,
    },
    {
      name: "of a message for OpenRouter stand on its last text",
      ts: `
        await generateText({
          model: openrouter("anthropic/claude-sonnet-5"),
          messages: [{ role: "user", content: [{ type: "text", text: "A" }, { type: "image", image: "iVBOR" }], providerOptions: mark }],
        });
      `,
      gives: `
        openai other anthropic/claude-sonnet-5
        messages 0.0 user text | A
        -- explicit messages
        messages 0.1 user image | iVBOR
      `,
    },
    {
      name: "of a system message and a part for OpenAI",
      ts: `
        const stop = { openai: { promptCacheBreakpoint: { mode: "explicit" } } };
        await generateText({
          model: openai("gpt-5.6-sol"),
          instructions: { role: "system", content: "Rules", providerOptions: stop },
          messages: [{ role: "user", content: "Hi", providerOptions: stop }],
          providerOptions: { openai: { promptCacheOptions: { ttl: "30m" } } },
        });
      `,
      gives: `
        openai openai gpt-5.6-sol
        system 0 text | Rules
        -- explicit messages 30m
        ${hi}
        ! ignored: The OpenAI provider of the AI SDK reads a mark on a part or a system message only.
      `,
    },
    {
      name: "of the call are automatic for Anthropic and OpenRouter, nothing for Bedrock",
      ts: `
        await generateText({ model: claude, prompt: "Hi", providerOptions: mark });
        await generateText({
          model: openrouter("anthropic/claude-sonnet-5"),
          prompt: "Hi",
          providerOptions: { openrouter: { cacheControl: { type: "ephemeral" } } },
        });
        await generateText({ model: bedrock("us.anthropic.claude-sonnet-4-6"), prompt: "Hi", providerOptions: point });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        ${hi}
        -- automatic messages
        openai other anthropic/claude-sonnet-5
        ${hi}
        -- automatic messages
        converse bedrock us.anthropic.claude-sonnet-4-6
        ${hi}
        ! ignored: The Bedrock provider of the AI SDK reads a mark on a message or a part only.
      `,
    },
    {
      name: "for other providers are dropped",
      ts: `
        await generateText({ model: claude, prompt: [{ role: "user", content: "Hi", providerOptions: point }] });
        await generateText({
          model: openrouter("anthropic/claude-sonnet-5"), prompt: "Hi", providerOptions: mark,
        });
        const mixed = { openai: { cacheControl: { type: "ephemeral" } } };
        await generateText({ model: claude, prompt: [{ role: "user", content: "Hi", providerOptions: mixed }] });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        ${hi}
        ! ignored: The Anthropic provider of the AI SDK never looks at \`bedrock.cachePoint\`, so this mark is dropped.
        openai other anthropic/claude-sonnet-5
        ${hi}
        ! ignored: The OpenRouter provider of the AI SDK never looks at \`anthropic.cacheControl\`, so this mark is dropped.
        anthropic anthropic claude-sonnet-5
        ${hi}
        ! ignored: The Anthropic provider of the AI SDK never looks at \`openai.cacheControl\`, so this mark is dropped.
      `,
    },
    {
      name: "beside the options of a message or part are dropped",
      ts: `
        const cache_control = { type: "ephemeral" };
        await generateText({ model: claude, messages: [{ role: "user", content: "Hi", cache_control }] });
        await generateText({
          model: bedrock("us.anthropic.claude-sonnet-4-6"),
          messages: [{ role: "user", content: [{ type: "text", text: "Hi", cachePoint: { type: "default" } }] }],
        });
        await generateText({ model: claude, messages: [{ role: "user", content: "Hi", cacheControl: "max-age=60" }] });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        ${hi}
        ! ignored: The AI SDK reads no \`cache_control\` outside of \`providerOptions\`, so this mark is dropped.
        converse bedrock us.anthropic.claude-sonnet-4-6
        ${hi}
        ! ignored: The AI SDK reads no \`cachePoint\` outside of \`providerOptions\`, so this mark is dropped.
        anthropic anthropic claude-sonnet-5
        ${hi}
      `,
    },
    {
      name: "for several providers, this one not among them",
      ts: `
        const both = { anthropic: { cacheControl: { type: "ephemeral" } }, openrouter: { cacheControl: { type: "ephemeral" } } };
        await generateText({
          model: bedrock("us.anthropic.claude-sonnet-4-6"), messages: [{ role: "user", content: "Hi", providerOptions: both }],
        });
      `,
      gives: `
        converse bedrock us.anthropic.claude-sonnet-4-6
        ${hi}
        ! ignored: The Bedrock provider of the AI SDK never looks at \`anthropic.cacheControl\` or \`openrouter.cacheControl\`, so this mark is dropped.
      `,
    },
    {
      name: "for Alibaba and for a server of Chat Completions",
      ts: `
        const own = { alibaba: { cacheControl: { type: "ephemeral" } } };
        await generateText({
          model: alibaba("qwen-plus"),
          instructions: { role: "system", content: "Rules", providerOptions: own },
          messages: [{ role: "user", content: [{ type: "text", text: "A" }, { type: "text", text: "B" }], providerOptions: own }],
        });
        const proxy = createOpenAICompatible({ name: "proxy", baseURL: "http://localhost:4000" });
        const key = { openaiCompatible: { cache_control: { type: "ephemeral" } } };
        await generateText({
          model: proxy.chatModel("claude-sonnet-5"),
          instructions: { role: "system", content: "Rules", providerOptions: key },
          messages: [{ role: "user", content: "Hi", providerOptions: key }],
        });
      `,
      gives: `
        openai other qwen-plus
        system 0 text | Rules
        -- explicit system
        messages 0.0 user text | A
        messages 0.1 user text | B
        -- explicit messages
        openai other claude-sonnet-5
        system 0 text | Rules
        -- explicit system
        ${hi}
        ! ignored: The OpenAI-compatible provider of the AI SDK reads a mark on a part or a system message only.
      `,
    },
    {
      name: "for several providers at once",
      ts: `
        const all = { ...mark, ...point };
        await generateText({ model: claude, prompt: [{ role: "user", content: "Hi", providerOptions: all }] });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        ${hi}
        -- explicit messages
      `,
    },
    {
      name: "beyond the fourth are dropped, those of tools first",
      ts: `
        await generateText({
          model: claude,
          tools: { look: { description: "Looks", providerOptions: mark } },
          instructions: { role: "system", content: "Rules", providerOptions: mark },
          messages: ["A", "B", "C"].map((content) => ({ role: "user", content, providerOptions: mark })),
        });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        tools 0 tool | {"description": "Looks", "name": "look"}
        system 0 text | Rules
        -- explicit system
        messages 0.0 user text | A
        -- explicit messages
        messages 1.0 user text | B
        -- explicit messages
        messages 2.0 user text | C
        -- explicit messages
        ! ignored: The Anthropic provider of the AI SDK sends four marks, counted in the system text, then the messages, then the tools, and drops this one.
      `,
    },
    {
      name: "on reasoning are dropped",
      ts: `
        await generateText({
          model: claude,
          messages: [{ role: "assistant", content: [{ type: "reasoning", text: "Hm", providerOptions: mark }] }],
        });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        messages 0.0 assistant thinking | Hm
        ! ignored: The Anthropic provider of the AI SDK sends no mark on a reasoning part.
      `,
    },
  ]);
});

describe("agents", () => {
  testSdk("ai-sdk", imports, [
    {
      name: "generate and stream with what they were made with",
      ts: `
        const agent = new ToolLoopAgent({
          model: claude,
          instructions: { role: "system", content: "Rules", providerOptions: mark },
          tools: { look: { description: "Looks" } },
        });
        await agent.generate({ prompt: "Hi" });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        tools 0 tool | {"description": "Looks", "name": "look"}
        system 0 text | Rules
        -- explicit system
        ${hi}
      `,
    },
    {
      name: "answer a page",
      ts: `
        const agent = new ai.Experimental_Agent({ model: claude, instructions: "Rules" });
        export function POST(uiMessages) {
          return createAgentUIStreamResponse({ agent, uiMessages });
        }
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        system 0 text | Rules
        messages 0 history stretch | <request>
        ? messages: the parameter \`uiMessages\` is not in view
      `,
    },
    {
      name: "handed to a page through a transport",
      ts: `
        const agent = new ToolLoopAgent({ model: claude, instructions: "Rules", providerOptions: mark });
        export const transport = new ai.DirectChatTransport({ agent });
      `,
      gives: `
        anthropic anthropic claude-sonnet-5
        system 0 text | Rules
        messages 0 history stretch | <session>
        -- automatic messages
        ? messages: a value is not in view
      `,
    },
  ]);
});

test.each([
  ["a picture", `await ai.generateImage({ model: openai.image("gpt-image-1"), prompt: "Hi" });`],
  [
    "an agent of another library",
    `import { Agent } from "x"; await new Agent({ model: claude }).generate({ prompt: "Hi" });`,
  ],
  [
    "a function of this name without a model",
    `export const f = (generateText) => generateText({ title: "Hi" });`,
  ],
  ["a method called stream", `export const f = (file) => file.stream({ prompt: "Hi" });`],
])("%s is no request", (_, code) => {
  expect(sentRequests("main.ts", ts + code)).toEqual([]);
});

describe("snippets and models that are not in view", () => {
  testSdk("ai-sdk", { py: "", ts: "" }, [
    {
      name: "a tool tells whose marks are meant",
      ts: `
        const result = await generateText({
          model: chosen("claude-haiku-4-5"),
          tools: { look: tool({ providerOptions: { anthropic: { cacheControl: { type: "ephemeral" } } } }) },
          messages: [{ role: "user", content: "Hi" }],
        });
      `,
      gives: `
        anthropic ? ?
        tools 0 tool | {"name": "look"}
        -- explicit tools
        messages 0.0 user text | Hi
        ? model: the model comes from \`chosen()\`
      `,
    },
  ]);
});
