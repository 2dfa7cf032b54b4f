import { describe, expect, test } from "vitest";
import type { CallEvent } from "../../src/value/value.ts";
import {
  called,
  imported,
  member,
  parameter,
  pythonCall,
  scriptCall,
  Spread,
  wrap,
  type Literal,
} from "../support/build-value.ts";
import { printCall } from "../support/print-call.ts";

const system = { role: "system", content: "Rules" };
const user = { role: "user", content: "Hi" };
const answer = { role: "assistant", content: "Hello" };
const ephemeral = { type: "ephemeral" };
const model = "anthropic/claude-sonnet-4-5";
const completion = imported("litellm", "completion");
const head = (platform: string, name: string) => ["litellm", `openai ${platform} ${name}`];
const line = "messages 0.0 user text | Hi";
const starved =
  "! ignored: LiteLLM marks at most four messages, the oldest of a role first, so newer ones get no mark and what is cached of a conversation stops growing.";

interface CallCase {
  readonly name: string;
  readonly call: CallEvent;
  readonly expected: readonly string[];
}

const calls: readonly CallCase[] = [
  {
    name: "a function imported by name",
    call: pythonCall(completion, { model, messages: [user] }),
    expected: [...head("anthropic", model), line],
  },
  {
    name: "a function of the module",
    call: pythonCall(member(imported("litellm", "*"), "acompletion"), { model, messages: [user] }),
    expected: [...head("anthropic", model), line],
  },
  {
    name: "arguments by position",
    call: scriptCall(completion, [model, [user]]),
    expected: [...head("anthropic", model), line],
  },
  {
    name: "Responses",
    call: pythonCall(imported("litellm", "responses"), { model: "openai/gpt-5.6-sol", input: "Hi" }),
    expected: [...head("openai", "openai/gpt-5.6-sol"), line],
  },
  {
    name: "on Bedrock",
    call: pythonCall(completion, {
      model: "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
      messages: [user],
    }),
    expected: [...head("bedrock", "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0"), line],
  },
  {
    name: "through OpenRouter: the prefix tells the catalog",
    call: pythonCall(completion, { model: "openrouter/anthropic/claude-sonnet-4-5", messages: [user] }),
    expected: [...head("?", "openrouter/anthropic/claude-sonnet-4-5"), line],
  },
  {
    name: "a router whose list is in view",
    call: pythonCall(
      member(
        called(imported("litellm", "Router"), {
          model_list: [
            { model_name: "other", litellm_params: { model: "openai/gpt-5.6-sol" } },
            {
              model_name: "support",
              litellm_params: {
                model,
                cache_control_injection_points: [{ location: "message", role: "system" }],
              },
            },
          ],
        }),
        "completion",
      ),
      { model: "support", messages: [system, user] },
    ),
    expected: [...head("anthropic", model), "system 0 text | Rules", "-- injected system", line],
  },
  {
    name: "a router nobody has seen made",
    call: pythonCall(member(parameter("self"), "router", "acompletion"), {
      model: "support",
      messages: [user],
    }),
    expected: [...head("?", "support"), line],
  },
  {
    name: "marks on a part, a message and a tool",
    call: pythonCall(completion, {
      model,
      tools: [{ type: "function", function: { name: "look" }, cache_control: ephemeral }],
      messages: [
        { ...system, cache_control: { ...ephemeral, ttl: "1h" } },
        { role: "user", content: [{ type: "text", text: "Hi", cache_control: ephemeral }] },
      ],
    }),
    expected: [
      ...head("anthropic", model),
      'tools 0 tool | {"name": "look"}',
      "-- explicit tools",
      "system 0 text | Rules",
      "-- explicit system 1h",
      line,
      "-- explicit messages",
    ],
  },
  {
    name: "marked messages of Gemini are one cache, as far as they are neighbours",
    call: pythonCall(completion, {
      model: "vertex_ai/gemini-2.5-pro",
      messages: [
        { ...system, cache_control: ephemeral },
        { ...user, cache_control: ephemeral },
        answer,
        { ...user, cache_control: ephemeral },
      ],
    }),
    expected: [
      ...head("vertex", "vertex_ai/gemini-2.5-pro"),
      "system 0 text | Rules",
      line,
      "-- explicit messages",
      "messages 1.0 assistant text | Hello",
      "messages 2.0 user text | Hi",
      "! ignored: For Gemini, LiteLLM caches the first run of marked messages, and this mark stands behind its end.",
    ],
  },
  {
    name: "a mark is taken out of what goes to OpenAI",
    call: pythonCall(completion, { model: "gpt-5.6-sol", messages: [{ ...user, cache_control: ephemeral }] }),
    expected: [
      ...head("openai", "gpt-5.6-sol"),
      line,
      "! ignored: OpenAI has no key `cache_control`, so this mark never becomes a cache checkpoint.",
    ],
  },
  {
    name: "a mark stays for a server of one's own",
    call: pythonCall(completion, {
      model: "openai/claude",
      api_base: "https://gateway.test",
      messages: [{ ...user, cache_control: ephemeral }],
    }),
    expected: [...head("other", "openai/claude"), line, "-- explicit messages"],
  },
];

interface InjectionCase {
  readonly name: string;
  readonly body: Record<string, Literal>;
  readonly points: readonly Literal[];
  readonly expected: readonly string[];
}

const message = (place: Record<string, Literal>): Literal => ({ location: "message", ...place });

const injections: readonly InjectionCase[] = [
  {
    name: "on the system text and on the last message",
    body: { messages: [system, user, answer, user] },
    points: [message({ role: "system" }), message({ index: -1, control: { ...ephemeral, ttl: "1h" } })],
    expected: [
      "system 0 text | Rules",
      "-- injected system",
      line,
      "messages 1.0 assistant text | Hello",
      "messages 2.0 user text | Hi",
      "-- injected messages 1h",
    ],
  },
  {
    name: "on the last part of a content, beside an index that is a text",
    body: {
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "A" },
            { type: "text", text: "B" },
          ],
        },
      ],
    },
    points: [message({ index: "0" })],
    expected: ["messages 0.0 user text | A", "messages 0.1 user text | B", "-- injected messages"],
  },
  {
    name: "on every message of a role, oldest first, until four are marked",
    body: { messages: [user, user, user, user, user] },
    points: [message({ role: "user" })],
    expected: [
      line,
      "-- injected messages",
      "messages 1.0 user text | Hi",
      "-- injected messages",
      "messages 2.0 user text | Hi",
      "-- injected messages",
      "messages 3.0 user text | Hi",
      "-- injected messages",
      "messages 4.0 user text | Hi",
      starved,
    ],
  },
  {
    name: "none where a mark stands already",
    body: { messages: [{ ...user, cache_control: ephemeral }] },
    points: [message({ index: 0 })],
    expected: [line, "-- explicit messages"],
  },
  {
    name: "none for an index out of range",
    body: { messages: [user] },
    points: [message({ index: 3 }), message({ index: -3 })],
    expected: [line],
  },
  {
    name: "none left for a later point",
    body: { messages: [user, user, user, user, answer] },
    points: [message({ role: "user" }), message({ index: -1 })],
    expected: [
      line,
      "-- injected messages",
      "messages 1.0 user text | Hi",
      "-- injected messages",
      "messages 2.0 user text | Hi",
      "-- injected messages",
      "messages 3.0 user text | Hi",
      "-- injected messages",
      "messages 4.0 assistant text | Hello",
      "! ignored: LiteLLM marks at most four messages, and the marks and points before this one take them all.",
    ],
  },
  {
    name: "behind earlier turns out of view",
    body: { messages: [system, new Spread(parameter("turns"))] },
    points: [message({ role: "system" }), message({ role: "user" }), message({ index: -1 })],
    expected: [
      "system 0 text | Rules",
      "-- injected system",
      "messages 0.0 history stretch | <unknown>",
      "-- injected messages",
    ],
  },
  {
    name: "behind messages that are all out of view",
    body: { messages: wrap(parameter("messages")) },
    points: [message({ role: "system" }), message({ index: -1 })],
    expected: [
      "messages 0 history stretch | <unknown>",
      "-- injected messages",
      "? messages: the parameter `messages` is not in view",
    ],
  },
];

const tool = { type: "function", function: { name: "look" } };
const toolLine = 'tools 0 tool | {"name": "look"}';

describe("calls of LiteLLM", () => {
  test.each(calls)("$name", ({ call, expected }) => {
    expect(printCall(call).split("\n")).toEqual(expected);
  });
});

describe("marks LiteLLM injects", () => {
  test.each(injections)("$name", ({ body, points, expected }) => {
    const call = pythonCall(completion, { model, ...body, cache_control_injection_points: points });
    expect(printCall(call).split("\n")).toEqual([...head("anthropic", model), ...expected]);
  });

  const points = [{ location: "tool_config" }];
  const sent = (name: string) =>
    printCall(
      pythonCall(completion, {
        model: name,
        tools: [tool],
        messages: [user],
        cache_control_injection_points: points,
      }),
    ).split("\n");

  test("behind the tools on Bedrock", () => {
    const name = "bedrock/converse/anthropic.claude-sonnet-4-5";
    expect(sent(name)).toEqual([...head("bedrock", name), toolLine, "-- injected tools", line]);
  });

  test("not behind the tools elsewhere", () => {
    const fault = "! ignored: LiteLLM places a mark for `tool_config` on Amazon Bedrock only.";
    expect(sent(model)).toEqual([...head("anthropic", model), toolLine, line, fault]);
  });
});

test.each([
  {
    name: "a function called completion",
    call: pythonCall(imported("bash_completion", "completion"), { model, messages: [user] }),
  },
  {
    name: "a method of something else",
    call: pythonCall(member(parameter("task"), "completion"), { messages: [user] }),
  },
  { name: "embedding", call: pythonCall(imported("litellm", "embedding"), { model, input: "Hi" }) },
  { name: "the response cache", call: pythonCall(imported("litellm", "Cache"), { type: "redis" }) },
])("$name is no request of LiteLLM", ({ call }) => {
  expect(printCall(call)).toBe("none");
});
