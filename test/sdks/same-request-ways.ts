/** A way to send a body: a program around its JSON text, which is a literal of both languages. */
export type Way = readonly ["main.py" | "main.ts" | "body.json", (body: string) => string];

export const anthropicWays: Readonly<Record<string, Way>> = {
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
  "anthropic in Python, streamed through a client of Bedrock": [
    "main.py",
    (body) => `
import anthropic
params = ${body}
with anthropic.AnthropicBedrock().messages.stream(**params) as stream:
    stream.get_final_message()`,
  ],
  "anthropic in TypeScript, through a client of Vertex": [
    "main.ts",
    (body) => `
import { AnthropicVertex } from "@anthropic-ai/vertex-sdk";
const { model, ...rest } = ${body};
await new AnthropicVertex({}).beta.messages.create({ model, ...rest });`,
  ],
  "axios with an address of its own": [
    "main.ts",
    (body) => `
import axios from "axios";
const client = axios.create({ baseURL: "https://api.anthropic.com" });
await client.post("/v1/messages", ${body});`,
  ],
  "httpx, asynchronous": [
    "main.py",
    (body) => `
import asyncio
import httpx
async def ask():
    async with httpx.AsyncClient(base_url="https://api.anthropic.com") as client:
        await client.post("/v1/messages", json=${body})
asyncio.run(ask())`,
  ],
  "LangChain in Python": [
    "main.py",
    (body) => langchainInPython("ChatAnthropic", "langchain_anthropic", body),
  ],
  "LangChain in TypeScript": [
    "main.ts",
    (body) => langchainInScript("ChatAnthropic", "@langchain/anthropic", body),
  ],
  JSON: ["body.json", (body) => body],
};

export const converseWays: Readonly<Record<string, Way>> = {
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
  "AWS SDK for JavaScript, without commands": [
    "main.ts",
    (body) => `
import { BedrockRuntime } from "@aws-sdk/client-bedrock-runtime";
await new BedrockRuntime({}).converse(${body});`,
  ],
  "boto3, streamed": [
    "main.py",
    (body) => `
import boto3
session = boto3.Session(region_name="eu-west-1")
client = session.client("bedrock-runtime")
params = {}
params.update(${body})
client.converse_stream(**params)`,
  ],
  "LangChain in Python": [
    "main.py",
    (body) => langchainInPython("ChatBedrockConverse", "langchain_aws", body),
  ],
  "LangChain in TypeScript": [
    "main.ts",
    (body) => langchainInScript("ChatBedrockConverse", "@langchain/aws", body),
  ],
  JSON: ["body.json", (body) => body],
};

export const openAiWays: Readonly<Record<string, Way>> = {
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
  "openai in Python, Responses": [
    "main.py",
    (body) =>
      `from openai import OpenAI\nparams = ${responsesBody(body)}\nOpenAI().responses.create(**params)`,
  ],
  "openai in TypeScript, Responses": [
    "main.ts",
    (body) => `import OpenAI from "openai";\nawait new OpenAI().responses.create(${responsesBody(body)});`,
  ],
  "openai for Azure": [
    "main.py",
    (body) => `
from openai import AsyncAzureOpenAI
import asyncio
async def ask():
    await AsyncAzureOpenAI().chat.completions.create(**${body})
asyncio.run(ask())`,
  ],
  "OpenRouter in Python": [
    "main.py",
    (body) => `from openrouter import OpenRouter\nOpenRouter(api_key="k").chat.send(**${body})`,
  ],
  "Portkey in TypeScript": [
    "main.ts",
    (body) =>
      `import Portkey from "portkey-ai";\nawait new Portkey({ provider: "openai" }).chat.completions.create(${body});`,
  ],
  "LangChain in Python": ["main.py", (body) => langchainInPython("ChatOpenAI", "langchain_openai", body)],
  "LangChain in TypeScript": [
    "main.ts",
    (body) => langchainInScript("ChatOpenAI", "@langchain/openai", body),
  ],
  JSON: ["body.json", (body) => body],
};

export const geminiWays: Readonly<Record<string, Way>> = {
  "google-genai in Python": [
    "main.py",
    (body) => `
from google import genai
body = ${body}
model = body.pop("model")
contents = body.pop("contents")
genai.Client().models.generate_content(model=model, contents=contents, config=body)`,
  ],
  "google-genai in TypeScript": [
    "main.ts",
    (body) => `
import { GoogleGenAI } from "@google/genai";
const { model, contents, ...config } = ${body};
await new GoogleGenAI({}).models.generateContent({ model, contents, config });`,
  ],
  requests: [
    "main.py",
    (body) => `
import requests
url = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent"
requests.post(url, json=${body})`,
  ],
  fetch: [
    "main.ts",
    (body) => `
const url = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent";
await fetch(url, { method: "POST", body: JSON.stringify(${body}) });`,
  ],
};

interface Message {
  readonly role: string;
  readonly content: string | readonly Record<string, unknown>[];
}

/** A body as LangChain is given it. */
interface ChainParts {
  readonly model: string;
  readonly tools: readonly object[] | undefined;
  readonly messages: readonly Message[];
  readonly options: unknown;
}

function chainParts(json: string): ChainParts {
  const body = JSON.parse(json);
  const system = body.system === undefined ? [] : [{ role: "system", content: body.system }];
  return {
    model: body.model ?? body.modelId,
    tools: body.tools ?? body.toolConfig?.tools,
    messages: [...system, ...body.messages],
    options: body.prompt_cache_options,
  };
}

const messageClasses: Readonly<Record<string, string>> = {
  system: "SystemMessage",
  user: "HumanMessage",
  assistant: "AIMessage",
};

function langchainInPython(name: string, module: string, json: string): string {
  const { model, tools, messages, options } = chainParts(json);
  const extra =
    options === undefined ? "" : `, model_kwargs={"prompt_cache_options": ${JSON.stringify(options)}}`;
  const made = messages.map(
    ({ role, content }) => `${messageClasses[role]}(content=${JSON.stringify(content)})`,
  );
  return `
from ${module} import ${name}
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
llm = ${name}(model="${model}"${extra})
${tools ? `llm = llm.bind_tools(${JSON.stringify(tools)})` : ""}
llm.invoke([${made.join(", ")}])`;
}

function langchainInScript(name: string, module: string, json: string): string {
  const { model, tools, messages, options } = chainParts(json);
  const extra =
    options === undefined ? "" : `, modelKwargs: { prompt_cache_options: ${JSON.stringify(options)} }`;
  const made = messages.map(
    ({ role, content }) => `new ${messageClasses[role]}({ content: ${JSON.stringify(content)} })`,
  );
  return `
import { ${name} } from "${module}";
import { AIMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
const llm = new ${name}({ model: "${model}"${extra} })${tools ? `.bindTools(${JSON.stringify(tools)})` : ""};
await llm.invoke([${made.join(", ")}]);`;
}

/** A body of Chat Completions as one of Responses. */
function responsesBody(json: string): string {
  const { messages, tools, ...rest } = JSON.parse(json) as {
    readonly messages: readonly Message[];
    readonly tools?: readonly { readonly function: object }[];
  };
  const input = messages.map(({ role, content }) => ({
    role,
    content: typeof content === "string" ? content : content.map(responsesPart),
  }));
  const flat = tools?.map((tool) => ({ type: "function", ...tool.function }));
  return JSON.stringify({ ...rest, ...(flat && { tools: flat }), input });
}

function responsesPart({ image_url: image, ...part }: Record<string, unknown>): object {
  const isPicture = part["type"] === "image_url";
  return {
    ...part,
    type: isPicture ? "input_image" : "input_text",
    ...(isPicture && { image_url: (image as { url: string }).url }),
  };
}
