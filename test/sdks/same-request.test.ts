import { describe, expect, test } from "vitest";
import { readJson } from "../../src/languages/json/json.ts";
import { rawBody } from "../../src/sdks/raw-body.ts";
import { SourceFile } from "../../src/source/source-file.ts";
import { dedent } from "../support/dedent.ts";
import { alone } from "../support/asset-context.ts";
import { printRequest } from "../support/print-request.ts";
import { sentRequests } from "../support/sent-requests.ts";

/** One request in the shape of a dialect, written once for all SDKs that take the dialect's body as it is. */
interface SharedRequest {
  readonly name: string;
  readonly body: object;
  /** Options of `generateText` that make the same body, in TypeScript. */
  readonly aiSdk: string;
  /** The request as it prints, without the line that names platform and model. */
  readonly gives: string;
}

/** A way to send a body: a program around its JSON text, which is a literal of both languages. */
type Way = readonly ["main.py" | "main.ts" | "body.json", (body: string) => string];

const anthropicWays: Readonly<Record<string, Way>> = {
  "anthropic in Python": [
    "main.py",
    (body) => `import anthropic\nparams = ${body}\nanthropic.Anthropic().messages.create(**params)`,
  ],
  "anthropic in TypeScript": [
    "main.ts",
    (body) => `import Anthropic from "@anthropic-ai/sdk";\nawait new Anthropic().messages.create(${body});`,
  ],
  "boto3, InvokeModel": [
    "main.py",
    (body) => `
import boto3
import json
runtime = boto3.client("bedrock-runtime")
body = {**${body}, "anthropic_version": "bedrock-2023-05-31"}
runtime.invoke_model(modelId="anthropic.claude-sonnet-5", body=json.dumps(body))`,
  ],
  "AWS SDK for JavaScript, InvokeModel": [
    "main.ts",
    (body) => `
import { BedrockRuntimeClient, InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
const body = JSON.stringify({ anthropic_version: "bedrock-2023-05-31", ...${body} });
await new BedrockRuntimeClient({}).send(new InvokeModelCommand({ modelId: "anthropic.claude-sonnet-5", body }));`,
  ],
  requests: [
    "main.py",
    (body) => `import requests\nrequests.post("https://api.anthropic.com/v1/messages", json=${body})`,
  ],
  fetch: [
    "main.ts",
    (body) => `
await fetch("https://api.anthropic.com/v1/messages", { method: "POST", body: JSON.stringify(${body}) });`,
  ],
  JSON: ["body.json", (body) => body],
};

const converseWays: Readonly<Record<string, Way>> = {
  "boto3, Converse": [
    "main.py",
    (body) => `import boto3\nparams = ${body}\nboto3.client("bedrock-runtime").converse(**params)`,
  ],
  "AWS SDK for JavaScript, Converse": [
    "main.ts",
    (body) => `
import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
await new BedrockRuntimeClient({}).send(new ConverseCommand(${body}));`,
  ],
  requests: [
    "main.py",
    (body) => `
import requests
requests.post("https://bedrock-runtime.eu-west-1.amazonaws.com/model/us.amazon.nova-pro-v1:0/converse", json=${body})`,
  ],
  JSON: ["body.json", (body) => body],
};

const openAiWays: Readonly<Record<string, Way>> = {
  "openai in Python": [
    "main.py",
    (body) => `from openai import OpenAI\nparams = ${body}\nOpenAI().chat.completions.create(**params)`,
  ],
  "openai in TypeScript": [
    "main.ts",
    (body) => `import OpenAI from "openai";\nawait new OpenAI().chat.completions.create(${body});`,
  ],
  LiteLLM: ["main.py", (body) => `from litellm import completion\ncompletion(**${body})`],
  httpx: [
    "main.py",
    (body) => `import httpx\nhttpx.post("https://api.openai.com/v1/chat/completions", json=${body})`,
  ],
  axios: [
    "main.ts",
    (body) => `
import axios from "axios";
await axios.post("https://api.openai.com/v1/chat/completions", ${body});`,
  ],
  JSON: ["body.json", (body) => body],
};

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
