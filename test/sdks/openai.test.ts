import { noteDefault } from "../../src/value/defaults.ts";
import { describe, expect, test } from "vitest";
import { openai } from "../../src/sdks/openai.ts";
import type { CallEvent, OpaqueValue } from "../../src/value/value.ts";
import {
  build,
  called,
  from,
  imported,
  member,
  parameter,
  pythonCall,
  scriptCall,
  wrap,
  type Literal,
} from "../support/build-value.ts";
import { newestVersions } from "../support/newest-versions.ts";
import { printCall } from "../support/print-call.ts";

const user = { role: "user", content: "Hi" };
const chat = { model: "gpt-5.6-sol", messages: [user] };
const marked = {
  model: "claude-sonnet-4-5",
  messages: [{ role: "user", content: [{ type: "text", text: "Hi", cache_control: { type: "ephemeral" } }] }],
};
const line = "messages 0.0 user text | Hi";
const ignored =
  "! ignored: OpenAI has no key `cache_control`, so this mark never becomes a cache checkpoint.";

const openaiModule = imported("openai", "*");
const pythonClient = called(member(openaiModule, "OpenAI"));

function client(name: string, options: Record<string, Literal> = {}): OpaqueValue {
  return called(imported("openai", name), options);
}

/** `new OpenAI({...})`. */
function scriptClient(options: Literal = {}): OpaqueValue {
  const [callee, name] = [imported("openai", "default"), "OpenAI()"];
  const { arguments: given } = scriptCall(callee, [options], true);
  return from({ kind: "call", callee, arguments: given, isNew: true }, name);
}

function environment(name: string, fallback?: string): Literal {
  const operands = [build(name)];
  const setting = from({ kind: "operation", operator: "environment", operands }, name);
  noteDefault(setting, fallback === undefined ? undefined : build(fallback));
  return wrap(setting);
}

const chatOf = (object: OpaqueValue, method = "create") => member(object, "chat", "completions", method);

interface CallCase {
  readonly name: string;
  readonly call: CallEvent;
  readonly expected: readonly string[];
}

const calls: readonly CallCase[] = [
  {
    name: "chat.completions.create in Python",
    call: pythonCall(chatOf(pythonClient), chat),
    expected: ["openai-python", "openai openai gpt-5.6-sol", line],
  },
  {
    name: "chat.completions.create in TypeScript",
    call: scriptCall(chatOf(scriptClient()), [chat]),
    expected: ["openai-typescript", "openai openai gpt-5.6-sol", line],
  },
  {
    name: "beta.chat.completions.parse",
    call: pythonCall(member(pythonClient, "beta", "chat", "completions", "parse"), chat),
    expected: ["openai-python", "openai openai gpt-5.6-sol", line],
  },
  {
    name: "the module as a client",
    call: pythonCall(chatOf(openaiModule), chat),
    expected: ["openai-python", "openai openai gpt-5.6-sol", line],
  },
  {
    name: "a raw response",
    call: pythonCall(member(pythonClient, "chat", "completions", "with_raw_response", "create"), chat),
    expected: ["openai-python", "openai openai gpt-5.6-sol", line],
  },
  {
    name: "responses.stream",
    call: scriptCall(member(scriptClient(), "responses", "stream"), [{ model: "gpt-5.6-sol", input: "Hi" }]),
    expected: ["openai-typescript", "openai openai gpt-5.6-sol", line],
  },
  {
    name: "counting",
    call: pythonCall(member(pythonClient, "responses", "input_tokens", "count"), {
      model: "gpt-5.6-sol",
      input: "Hi",
    }),
    expected: ["openai-python", "openai openai gpt-5.6-sol (count)", line],
  },
  {
    name: "Azure: the model is the name of a deployment",
    call: pythonCall(chatOf(client("AsyncAzureOpenAI")), { ...chat, model: "desk" }),
    expected: ["openai-python", "openai azure-openai desk", line],
  },
  {
    name: "Bedrock",
    call: pythonCall(chatOf(client("BedrockOpenAI")), chat),
    expected: ["openai-python", "openai bedrock gpt-5.6-sol", line],
  },
  {
    name: "OpenRouter: marks are passed on",
    call: scriptCall(chatOf(scriptClient({ baseURL: "https://openrouter.ai/api/v1" })), [marked]),
    expected: ["openai-typescript", "openai other claude-sonnet-4-5", line, "-- explicit messages"],
  },
  {
    name: "Gemini's address for OpenAI clients",
    call: pythonCall(
      chatOf(client("OpenAI", { base_url: "https://generativelanguage.googleapis.com/v1beta/openai/" })),
      { ...chat, model: "gemini-2.5-flash" },
    ),
    expected: ["openai-python", "openai gemini gemini-2.5-flash", line],
  },
  {
    name: "OpenAI's own address: marks of Anthropic are ignored",
    call: pythonCall(chatOf(client("OpenAI", { base_url: "https://api.openai.com/v1" })), marked),
    expected: ["openai-python", "openai openai claude-sonnet-4-5", line, ignored],
  },
  {
    name: "an address from the environment",
    call: pythonCall(chatOf(client("OpenAI", { base_url: environment("BASE_URL") })), marked),
    expected: ["openai-python", "openai ? claude-sonnet-4-5", line, "-- explicit messages"],
  },
  {
    name: "an address from the environment with a default",
    call: pythonCall(
      chatOf(client("OpenAI", { base_url: environment("BASE_URL", "https://openrouter.ai/api/v1") })),
      marked,
    ),
    expected: ["openai-python", "openai other claude-sonnet-4-5", line, "-- explicit messages"],
  },
  {
    name: "a client nobody has seen made",
    call: pythonCall(chatOf(member(parameter("self"), "client")), marked),
    expected: ["openai-python", "openai ? claude-sonnet-4-5", line, "-- explicit messages"],
  },
  {
    name: "the client of another provider in the same shape",
    call: pythonCall(chatOf(called(imported("groq", "Groq"))), { ...chat, model: "llama-3.3-70b-versatile" }),
    expected: ["openai-python", "openai other llama-3.3-70b-versatile", line],
  },
  {
    name: "parameters that are not in view",
    call: pythonCall(chatOf(pythonClient), {}, parameter("params")),
    expected: ["openai-python", "openai openai ?", "? body: the parameter `params` is not in view"],
  },
  {
    name: "an extra body with a mark for the gateway",
    call: pythonCall(chatOf(client("OpenAI", { base_url: "https://openrouter.ai/api/v1" })), {
      ...chat,
      extra_body: { cache_control: { type: "ephemeral" } },
    }),
    expected: ["openai-python", "openai other gpt-5.6-sol", line, "-- automatic messages"],
  },
];

const others: readonly { readonly name: string; readonly call: CallEvent }[] = [
  {
    name: "responses.create of a form",
    call: scriptCall(member(parameter("forms"), "responses", "create"), [{ formId: "1", answers: [] }]),
  },
  {
    name: "completions.create without a chat",
    call: scriptCall(member(parameter("courses"), "completions", "create"), [{ user: "1" }]),
  },
  {
    name: "embeddings",
    call: pythonCall(member(pythonClient, "embeddings", "create"), {
      model: "text-embedding-3-small",
      input: "Hi",
    }),
  },
  {
    name: "images",
    call: pythonCall(member(pythonClient, "images", "generate"), { model: "gpt-image-1", prompt: "Hi" }),
  },
  {
    name: "threads",
    call: pythonCall(member(pythonClient, "beta", "threads", "create"), { messages: [user] }),
  },
  {
    name: "a mock of the response",
    call: scriptCall(member(parameter("nock"), "responses", "create"), ["ok"]),
  },
];

describe("calls of OpenAI's SDKs", () => {
  test.each(calls)("$name", ({ call, expected }) => {
    expect(printCall(call).split("\n")).toEqual(expected);
  });
});

describe("calls that are no requests of OpenAI's SDKs", () => {
  test.each(others)("$name", ({ call }) => {
    expect(printCall(call)).toBe("none");
  });
});

test("the cache key stays with the request, wherever it stands", () => {
  const key = parameter("workspace");
  const call = pythonCall(chatOf(pythonClient), { ...chat, extra_body: { prompt_cache_key: wrap(key) } });
  const keyOf = (one: CallEvent) => openai.fromCall!(one, newestVersions)?.[0]?.cacheKey;
  expect(keyOf(call)?.value).toBe(key);
  expect(keyOf(pythonCall(chatOf(pythonClient), chat))).toBeUndefined();
});
