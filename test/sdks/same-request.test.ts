import { describe, expect, test } from "vitest";
import { readJson } from "../../src/languages/json/json.ts";
import { rawBody } from "../../src/sdks/raw-body.ts";
import { SourceFile } from "../../src/source/source-file.ts";
import { dedent } from "../support/dedent.ts";
import { alone } from "../support/asset-context.ts";
import { printRequest } from "../support/print-request.ts";
import { sentRequests } from "../support/sent-requests.ts";
import { anthropicWays, converseWays, geminiWays, openAiWays, type Way } from "./same-request-ways.ts";

/** One request in the shape of a dialect, written once for all SDKs that take the dialect's body as it is. */
interface SharedRequest {
  readonly name: string;
  readonly body: object;
  /** Options of `generateText` that make the same body, in TypeScript. */
  readonly aiSdk: string;
  /** The request as it prints, without the line that names platform and model. */
  readonly gives: string;
}

const look = { description: "Looks", schema: { type: "object", properties: { at: { type: "string" } } } };
const history = [
  { role: "user", text: "Where?" },
  { role: "assistant", text: "There." },
  { role: "user", text: "Why?" },
] as const;
const printedHistory = `
  messages 0.0 user text | Where?
  messages 1.0 assistant text | There.
  messages 2.0 user text | Why?
`;
const printedTool =
  'tools 0 tool | {"description": "Looks", "name": "look", "parameters": {"type": "object", "properties": {"at": {"type": "string"}}}}';

/** The same conversation for the AI SDK, with or without options on its last message. */
const aiSdkHistory = (options?: string) => `messages: [
  { role: "user", content: "Where?" },
  { role: "assistant", content: "There." },
  { role: "user", content: "Why?"${options === undefined ? "" : `, providerOptions: ${options}`} },
]`;
const aiSdkTools = (options?: string) => `tools: { look: tool({
  description: "Looks",
  inputSchema: jsonSchema({ type: "object", properties: { at: { type: "string" } } }),
  ${options === undefined ? "" : `providerOptions: ${options},`}
}) }`;

const ephemeral = { type: "ephemeral" };
const anthropicTool = { name: "look", description: look.description, input_schema: look.schema };
const anthropicHistory = history.map(({ role, text }) => ({ role, content: text }));
const claude = { model: "claude-sonnet-5", max_tokens: 9 };
const mark = `{ anthropic: { cacheControl: { type: "ephemeral" } } }`;
const hour = `{ anthropic: { cacheControl: { type: "ephemeral", ttl: "1h" } } }`;

const anthropicRequests: readonly SharedRequest[] = [
  {
    name: "tools, system and a history with marks on each",
    body: {
      ...claude,
      tools: [{ ...anthropicTool, cache_control: ephemeral }],
      system: [{ type: "text", text: "Rules", cache_control: ephemeral }],
      messages: [
        ...anthropicHistory.slice(0, 2),
        { role: "user", content: [{ type: "text", text: "Why?", cache_control: ephemeral }] },
      ],
    },
    aiSdk: `
      ${aiSdkTools(mark)},
      instructions: { role: "system", content: "Rules", providerOptions: ${mark} },
      ${aiSdkHistory(mark)},
    `,
    gives: `
      ${printedTool}
      -- explicit tools
      system 0 text | Rules
      -- explicit system
      messages 0.0 user text | Where?
      messages 1.0 assistant text | There.
      messages 2.0 user text | Why?
      -- explicit messages
    `,
  },
  {
    name: "pictures and a document",
    body: {
      ...claude,
      messages: [
        {
          role: "user",
          content: [
            { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBOR" } },
            {
              type: "document",
              title: "a.pdf",
              source: { type: "base64", media_type: "application/pdf", data: "JVBER" },
              cache_control: ephemeral,
            },
            { type: "text", text: "What?" },
          ],
        },
      ],
    },
    aiSdk: `messages: [{ role: "user", content: [
      { type: "image", image: "iVBOR", mediaType: "image/png" },
      { type: "file", data: "JVBER", mediaType: "application/pdf", filename: "a.pdf", providerOptions: ${mark} },
      { type: "text", text: "What?" },
    ] }]`,
    gives: `
      messages 0.0 user image | iVBOR
      messages 0.1 user document | a.pdfJVBER
      -- explicit messages
      messages 0.2 user text | What?
    `,
  },
  {
    name: "two TTLs",
    body: {
      ...claude,
      system: [
        { type: "text", text: "Rules", cache_control: { ...ephemeral, ttl: "1h" } },
        { type: "text", text: "Note", cache_control: { ...ephemeral, ttl: "5m" } },
      ],
      messages: anthropicHistory,
    },
    aiSdk: `
      instructions: [
        { role: "system", content: "Rules", providerOptions: ${hour} },
        { role: "system", content: "Note", providerOptions: { anthropic: { cacheControl: { type: "ephemeral", ttl: "5m" } } } },
      ],
      ${aiSdkHistory()},
    `,
    gives: `
      system 0 text | Rules
      -- explicit system 1h
      system 1 text | Note
      -- explicit system 5m
      ${printedHistory}
    `,
  },
  {
    name: "no marks",
    body: { ...claude, tools: [anthropicTool], system: "Rules", messages: anthropicHistory },
    aiSdk: `${aiSdkTools()}, system: "Rules", ${aiSdkHistory()}`,
    gives: `
      ${printedTool}
      system 0 text | Rules
      ${printedHistory}
    `,
  },
];

const cachePoint = { cachePoint: { type: "default" } };
const taggedHistory = history.map(({ role, text }) => ({ role, content: [{ text }] }));
const taggedTool = {
  toolSpec: { name: "look", description: look.description, inputSchema: { json: look.schema } },
};
const nova = { modelId: "us.amazon.nova-pro-v1:0" };
const point = `{ bedrock: { cachePoint: { type: "default" } } }`;

const converseRequests: readonly SharedRequest[] = [
  {
    name: "tools, system and a history with marks",
    body: {
      ...nova,
      toolConfig: { tools: [taggedTool] },
      system: [{ text: "Rules" }, cachePoint],
      messages: [...taggedHistory.slice(0, 2), { role: "user", content: [{ text: "Why?" }, cachePoint] }],
    },
    aiSdk: `
      ${aiSdkTools()},
      instructions: { role: "system", content: "Rules", providerOptions: ${point} },
      ${aiSdkHistory(point)},
    `,
    gives: `
      ${printedTool}
      system 0 text | Rules
      -- explicit system
      messages 0.0 user text | Where?
      messages 1.0 assistant text | There.
      messages 2.0 user text | Why?
      -- explicit messages
    `,
  },
  {
    name: "a picture",
    body: {
      ...nova,
      messages: [
        {
          role: "user",
          content: [{ image: { format: "png", source: { bytes: "iVBOR" } } }, cachePoint, { text: "What?" }],
        },
      ],
    },
    aiSdk: `messages: [{ role: "user", content: [
      { type: "image", image: "iVBOR", mediaType: "image/png", providerOptions: ${point} },
      { type: "text", text: "What?" },
    ] }]`,
    gives: `
      messages 0.0 user image | iVBOR
      -- explicit messages
      messages 0.1 user text | What?
    `,
  },
  {
    name: "two TTLs",
    body: {
      ...nova,
      system: [
        { text: "Rules" },
        { cachePoint: { type: "default", ttl: "1h" } },
        { text: "Note" },
        { cachePoint: { type: "default", ttl: "5m" } },
      ],
      messages: taggedHistory,
    },
    aiSdk: `
      instructions: [
        { role: "system", content: "Rules", providerOptions: { bedrock: { cachePoint: { type: "default", ttl: "1h" } } } },
        { role: "system", content: "Note", providerOptions: { bedrock: { cachePoint: { type: "default", ttl: "5m" } } } },
      ],
      ${aiSdkHistory()},
    `,
    gives: `
      system 0 text | Rules
      -- explicit system 1h
      system 1 text | Note
      -- explicit system 5m
      ${printedHistory}
    `,
  },
  {
    name: "no marks",
    body: {
      ...nova,
      toolConfig: { tools: [taggedTool] },
      system: [{ text: "Rules" }],
      messages: taggedHistory,
    },
    aiSdk: `${aiSdkTools()}, system: "Rules", ${aiSdkHistory()}`,
    gives: `
      ${printedTool}
      system 0 text | Rules
      ${printedHistory}
    `,
  },
];

const breakpoint = { prompt_cache_breakpoint: { mode: "explicit" } };
const chatTool = {
  type: "function",
  function: { name: "look", description: look.description, parameters: look.schema },
};
const gpt = { model: "gpt-5.6-sol" };
const stop = `{ openai: { promptCacheBreakpoint: { mode: "explicit" } } }`;

const openAiRequests: readonly SharedRequest[] = [
  {
    name: "tools, system and a history with a mark",
    body: {
      ...gpt,
      tools: [chatTool],
      messages: [
        { role: "system", content: [{ type: "text", text: "Rules", ...breakpoint }] },
        ...anthropicHistory,
      ],
    },
    aiSdk: `
      ${aiSdkTools()},
      instructions: { role: "system", content: "Rules", providerOptions: ${stop} },
      ${aiSdkHistory()},
    `,
    gives: `
      ${printedTool}
      system 0 text | Rules
      -- explicit messages
      ${printedHistory}
    `,
  },
  {
    name: "a picture",
    body: {
      ...gpt,
      messages: [
        {
          role: "user",
          content: [
            { type: "image_url", image_url: { url: "https://pictures.test/1.png" }, ...breakpoint },
            { type: "text", text: "What?" },
          ],
        },
      ],
    },
    aiSdk: `messages: [{ role: "user", content: [
      { type: "image", image: "https://pictures.test/1.png", providerOptions: ${stop} },
      { type: "text", text: "What?" },
    ] }]`,
    gives: `
      messages 0.0 user image | https://pictures.test/1.png
      -- explicit messages
      messages 0.1 user text | What?
    `,
  },
  {
    name: "a TTL for two marks",
    body: {
      ...gpt,
      prompt_cache_options: { mode: "explicit", ttl: "30m" },
      messages: [
        { role: "system", content: [{ type: "text", text: "Rules", ...breakpoint }] },
        { role: "system", content: [{ type: "text", text: "Note", ...breakpoint }] },
        ...anthropicHistory,
      ],
    },
    aiSdk: `
      instructions: [
        { role: "system", content: "Rules", providerOptions: ${stop} },
        { role: "system", content: "Note", providerOptions: ${stop} },
      ],
      ${aiSdkHistory()},
      providerOptions: { openai: { promptCacheOptions: { mode: "explicit", ttl: "30m" } } },
    `,
    gives: `
      system 0 text | Rules
      -- explicit messages 30m
      system 1 text | Note
      -- explicit messages 30m
      ${printedHistory}
    `,
  },
  {
    name: "no marks",
    body: {
      ...gpt,
      tools: [chatTool],
      messages: [{ role: "system", content: "Rules" }, ...anthropicHistory],
    },
    aiSdk: `${aiSdkTools()}, system: "Rules", ${aiSdkHistory()}`,
    gives: `
      ${printedTool}
      system 0 text | Rules
      ${printedHistory}
    `,
  },
];

const geminiTool = {
  functionDeclarations: [{ name: "look", description: look.description }],
};
const geminiHistory = history.map(({ role, text }) => ({
  role: role === "assistant" ? "model" : "user",
  parts: [{ text }],
}));
const gemini = { model: "gemini-2.5-flash" };
const printedGeminiTool =
  'tools 0 tool | {"functionDeclarations": [{"name": "look", "description": "Looks"}]}';

const geminiRequests: readonly Omit<SharedRequest, "aiSdk">[] = [
  {
    name: "tools, system and a history",
    body: {
      ...gemini,
      tools: [geminiTool],
      systemInstruction: { parts: [{ text: "Rules" }] },
      contents: geminiHistory,
    },
    gives: `
      ${printedGeminiTool}
      system 0 text | Rules
      ${printedHistory}
    `,
  },
  {
    name: "a picture",
    body: {
      ...gemini,
      contents: [
        {
          role: "user",
          parts: [{ inlineData: { mimeType: "image/png", data: "iVBOR" } }, { text: "What?" }],
        },
      ],
    },
    gives: `
      messages 0.0 user image | iVBOR
      messages 0.1 user text | What?
    `,
  },
  {
    name: "a cache resource",
    body: { ...gemini, cachedContent: "cachedContents/1", contents: geminiHistory },
    gives: `
      system 0 other stretch | <unknown>
      -- handle system
      ${printedHistory}
    `,
  },
  {
    name: "two system texts",
    body: {
      ...gemini,
      systemInstruction: { parts: [{ text: "Rules" }, { text: "Note" }] },
      contents: geminiHistory,
    },
    gives: `
      system 0 text | Rules
      system 1 text | Note
      ${printedHistory}
    `,
  },
];

/** The printed requests of a program or a data file, without their first lines. */
function printed(path: Way[0], text: string): string {
  const requests = path === "body.json" ? rawRequests(text) : sentRequests(path, text);
  expect(requests).toHaveLength(1);
  return requests[0]!.replace(/^(?:[\w-]+\n)?.*\n/, "");
}

function rawRequests(json: string): readonly string[] {
  const { values } = readJson(new SourceFile("body.json", json));
  const requests = values.flatMap(({ value, span }) => rawBody.fromData?.(value, span, alone) ?? []);
  return requests.map((request) => printRequest(request));
}

/** The lines of an expected text, whatever it was put together from. */
function lines(text: string): readonly string[] {
  return dedent(text)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function aiSdkProgram(model: string, options: string): string {
  return `
import { anthropic } from "@ai-sdk/anthropic";
import { bedrock } from "@ai-sdk/amazon-bedrock";
import { openai } from "@ai-sdk/openai";
import { generateText, jsonSchema, tool } from "ai";
await generateText({ model: ${model}, ${options} });`;
}

describe.each([
  ["Anthropic", anthropicWays, anthropicRequests, `anthropic("claude-sonnet-5")`],
  ["Converse", converseWays, converseRequests, `bedrock("us.amazon.nova-pro-v1:0")`],
  ["Chat Completions", openAiWays, openAiRequests, `openai("gpt-5.6-sol")`],
] as const)("the same %s request prints the same", (_, ways, requests, model) => {
  describe.each(requests)("$name", ({ body, aiSdk, gives }) => {
    test.each(Object.entries(ways))("%s", (_name, [path, program]) => {
      expect(lines(printed(path, program(JSON.stringify(body))))).toEqual(lines(gives));
    });

    test("AI SDK", () => {
      expect(lines(printed("main.ts", aiSdkProgram(model, aiSdk)))).toEqual(lines(gives));
    });
  });
});

describe.each(geminiRequests)("the same request to Gemini prints the same: $name", ({ body, gives }) => {
  test.each(Object.entries(geminiWays))("%s", (_name, [path, program]) => {
    expect(lines(printed(path, program(JSON.stringify(body))))).toEqual(lines(gives));
  });
});
