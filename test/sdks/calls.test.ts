import { describe, expect, test } from "vitest";
import { anthropic } from "../../src/sdks/anthropic.ts";
import { noteDefault } from "../../src/value/defaults.ts";
import type { CallEvent, OpaqueValue } from "../../src/value/value.ts";
import {
  called,
  from,
  imported,
  member,
  parameter,
  pythonCall,
  scriptCall,
  wrap,
  build,
  type Literal,
} from "../support/build-value.ts";
import { newestVersions } from "../support/newest-versions.ts";
import { printCall as print } from "../support/print-call.ts";

const user = { role: "user", content: "Hi" };
const claude = { model: "claude-sonnet-4-5", max_tokens: 9, messages: [user] };
const anthropicLines = "messages 0.0 user text | Hi";

const anthropicModule = imported("anthropic", "*");
const pythonClient = called(member(anthropicModule, "Anthropic"));
const scriptClient = called(imported("@anthropic-ai/sdk", "default"));

function clientOf(name: string, options: Record<string, Literal> = {}): OpaqueValue {
  return called(imported("anthropic", name), options);
}

function operation(operator: string, ...operands: readonly Literal[]): Literal {
  return wrap(from({ kind: "operation", operator, operands: operands.map(build) }, operator));
}

function environmentWithDefault(fallback: string): Literal {
  const setting = from({ kind: "operation", operator: "environment", operands: [] }, "environment");
  noteDefault(setting, build(fallback));
  return wrap(setting);
}

interface CallCase {
  readonly name: string;
  readonly call: CallEvent;
  readonly expected: readonly string[];
}

const anthropicCalls: readonly CallCase[] = [
  {
    name: "Python create",
    call: pythonCall(member(pythonClient, "messages", "create"), claude),
    expected: ["anthropic-python", "anthropic anthropic claude-sonnet-4-5", anthropicLines],
  },
  {
    name: "TypeScript create",
    call: scriptCall(member(scriptClient, "messages", "create"), [claude]),
    expected: ["anthropic-typescript", "anthropic anthropic claude-sonnet-4-5", anthropicLines],
  },
  {
    name: "stream of the beta",
    call: pythonCall(member(pythonClient, "beta", "messages", "stream"), claude),
    expected: ["anthropic-python", "anthropic anthropic claude-sonnet-4-5", anthropicLines],
  },
  {
    name: "the beta of the first year",
    call: pythonCall(member(pythonClient, "beta", "prompt_caching", "messages", "create"), claude),
    expected: ["anthropic-python", "anthropic anthropic claude-sonnet-4-5", anthropicLines],
  },
  {
    name: "raw response wrapper",
    call: pythonCall(member(pythonClient, "messages", "with_raw_response", "create"), claude),
    expected: ["anthropic-python", "anthropic anthropic claude-sonnet-4-5", anthropicLines],
  },
  {
    name: "client with options",
    call: pythonCall(member(called(member(pythonClient, "with_options")), "messages", "create"), claude),
    expected: ["anthropic-python", "anthropic anthropic claude-sonnet-4-5", anthropicLines],
  },
  {
    name: "tool runner",
    call: scriptCall(member(scriptClient, "beta", "messages", "toolRunner"), [claude]),
    expected: ["anthropic-typescript", "anthropic anthropic claude-sonnet-4-5", anthropicLines],
  },
  {
    name: "counting",
    call: pythonCall(member(pythonClient, "messages", "count_tokens"), claude),
    expected: ["anthropic-python", "anthropic anthropic claude-sonnet-4-5 (count)", anthropicLines],
  },
  {
    name: "Bedrock client: InvokeModel takes no automatic mark",
    call: pythonCall(member(clientOf("AsyncAnthropicBedrock"), "messages", "create"), {
      ...claude,
      cache_control: { type: "ephemeral" },
    }),
    expected: [
      "anthropic-python",
      "anthropic bedrock claude-sonnet-4-5",
      anthropicLines,
      "! unsupported: InvokeModel on Amazon Bedrock takes no `cache_control` at the top level of the body.",
    ],
  },
  {
    name: "Bedrock's own Messages endpoint takes the automatic mark",
    call: pythonCall(member(clientOf("AnthropicBedrockMantle"), "messages", "create"), {
      ...claude,
      cache_control: { type: "ephemeral" },
    }),
    expected: [
      "anthropic-python",
      "anthropic bedrock claude-sonnet-4-5",
      anthropicLines,
      "-- automatic messages",
    ],
  },
  {
    name: "Vertex client of its own package",
    call: scriptCall(
      member(called(imported("@anthropic-ai/vertex-sdk", "AnthropicVertex")), "messages", "create"),
      [claude],
    ),
    expected: ["anthropic-typescript", "anthropic vertex claude-sonnet-4-5", anthropicLines],
  },
  {
    name: "a client of another address",
    call: pythonCall(
      member(clientOf("Anthropic", { base_url: "https://gateway.test" }), "messages", "create"),
      claude,
    ),
    expected: ["anthropic-python", "anthropic other claude-sonnet-4-5", anthropicLines],
  },
  {
    name: "a client that is an annotated parameter",
    call: pythonCall(member(parameter("client", "anthropic.Anthropic"), "messages", "create"), claude),
    expected: ["anthropic-python", "anthropic anthropic claude-sonnet-4-5", anthropicLines],
  },
  {
    name: "a client of which nothing is known, with the shape of a request",
    call: pythonCall(member(parameter("self"), "client", "messages", "create"), claude),
    expected: ["anthropic-python", "anthropic ? claude-sonnet-4-5", anthropicLines],
  },
  {
    name: "parameters that are not in view",
    call: pythonCall(member(parameter("client"), "messages", "create"), {}, parameter("params")),
    expected: ["anthropic-python", "anthropic ? ?", "? body: the parameter `params` is not in view"],
  },
  {
    name: "parameters partly in view",
    call: pythonCall(member(pythonClient, "messages", "create"), { messages: [user] }, parameter("params")),
    expected: [
      "anthropic-python",
      "anthropic anthropic ?",
      anthropicLines,
      "? body: the parameter `params` is not in view",
    ],
  },
  {
    name: "an extra body is merged",
    call: pythonCall(member(pythonClient, "messages", "create"), {
      ...claude,
      extra_body: { cache_control: { type: "ephemeral" } },
    }),
    expected: [
      "anthropic-python",
      "anthropic anthropic claude-sonnet-4-5",
      anthropicLines,
      "-- automatic messages",
    ],
  },
  {
    name: "a batch",
    call: pythonCall(member(pythonClient, "messages", "batches", "create"), {
      requests: [
        { custom_id: "1", params: claude },
        { custom_id: "2", params: { ...claude, system: "S" } },
      ],
    }),
    expected: [
      "anthropic-python",
      "anthropic anthropic claude-sonnet-4-5 (batch)",
      anthropicLines,
      "anthropic-python",
      "anthropic anthropic claude-sonnet-4-5 (batch)",
      "system 0 text | S",
      anthropicLines,
    ],
  },
  {
    name: "a batch whose requests are not in view",
    call: pythonCall(member(pythonClient, "messages", "batches", "create"), {
      requests: wrap(parameter("jobs")),
    }),
    expected: [
      "anthropic-python",
      "anthropic anthropic ? (batch)",
      "? body: the parameter `jobs` is not in view",
    ],
  },
  {
    name: "a model from the environment with a default",
    call: pythonCall(member(pythonClient, "messages", "create"), {
      ...claude,
      model: environmentWithDefault("claude-opus-4-1"),
    }),
    expected: ["anthropic-python", "anthropic anthropic claude-opus-4-1", anthropicLines],
  },
  {
    name: "a model that is a parameter",
    call: pythonCall(member(pythonClient, "messages", "create"), {
      ...claude,
      model: wrap(parameter("model")),
    }),
    expected: [
      "anthropic-python",
      "anthropic anthropic ?",
      anthropicLines,
      "? model: the parameter `model` names it",
    ],
  },
];

const runtime = called(member(imported("boto3", "*"), "client"));
const converse = {
  modelId: "us.amazon.nova-pro-v1:0",
  messages: [{ role: "user", content: [{ text: "Hi" }] }],
};
const converseLines = ["converse bedrock us.amazon.nova-pro-v1:0", anthropicLines];

/** What the evaluator makes of `json.dumps(...)` and `JSON.stringify(...)`. */
const json = (literal: Literal): Literal => operation("json", literal);

const bedrockClaude = { anthropic_version: "bedrock-2023-05-31", max_tokens: 9, messages: [user] };
const arn = "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/abc";

const bedrockCalls: readonly CallCase[] = [
  {
    name: "converse",
    call: pythonCall(member(runtime, "converse"), converse),
    expected: ["boto3-converse", ...converseLines],
  },
  {
    name: "converse_stream of a client nobody has seen made",
    call: pythonCall(member(parameter("self"), "client", "converse_stream"), converse),
    expected: ["boto3-converse", ...converseLines],
  },
  {
    name: "converse with parameters that are not in view, of a client that says what it is",
    call: pythonCall(member(parameter("bedrock"), "converse"), {}, parameter("params")),
    expected: ["boto3-converse", "converse bedrock ?", "? body: the parameter `params` is not in view"],
  },
  {
    name: "ConverseCommand",
    call: scriptCall(imported("@aws-sdk/client-bedrock-runtime", "ConverseCommand"), [converse], true),
    expected: ["aws-sdk-js-converse", ...converseLines],
  },
  {
    name: "ConverseStreamCommand of the module's object",
    call: scriptCall(
      member(imported("@aws-sdk/client-bedrock-runtime", "*"), "ConverseStreamCommand"),
      [converse],
      true,
    ),
    expected: ["aws-sdk-js-converse", ...converseLines],
  },
  {
    name: "the aggregated client",
    call: scriptCall(
      member(called(imported("@aws-sdk/client-bedrock-runtime", "BedrockRuntime")), "converse"),
      [converse],
    ),
    expected: ["aws-sdk-js-converse", ...converseLines],
  },
  {
    name: "invoke_model with a Claude body",
    call: pythonCall(member(runtime, "invoke_model"), { modelId: arn, body: json(bedrockClaude) }),
    expected: ["boto3-invoke-model", `anthropic bedrock ${arn}`, anthropicLines],
  },
  {
    name: "InvokeModelCommand with a Nova body",
    call: scriptCall(
      imported("@aws-sdk/client-bedrock-runtime", "InvokeModelCommand"),
      [
        {
          modelId: "amazon.nova-lite-v1:0",
          body: json({
            system: [{ text: "S", cachePoint: { type: "default" } }],
            messages: converse.messages,
            inferenceConfig: { max_new_tokens: 9 },
          }),
        },
      ],
      true,
    ),
    expected: [
      "aws-sdk-js-invoke-model",
      "nova bedrock amazon.nova-lite-v1:0",
      "system 0 text | S",
      "-- explicit system",
      anthropicLines,
    ],
  },
  {
    name: "a body that is JSON text",
    call: pythonCall(member(runtime, "invoke_model"), { modelId: arn, body: JSON.stringify(bedrockClaude) }),
    expected: ["boto3-invoke-model", `anthropic bedrock ${arn}`, anthropicLines],
  },
  {
    name: "a body that is encoded, and one in a buffer",
    call: pythonCall(member(runtime, "invoke_model"), {
      modelId: arn,
      body: operation("bytes", operation(".encode", json(bedrockClaude), "utf-8")),
    }),
    expected: ["boto3-invoke-model", `anthropic bedrock ${arn}`, anthropicLines],
  },
  {
    name: "a body that is not in view",
    call: pythonCall(member(runtime, "invoke_model"), { modelId: arn, body: wrap(parameter("body")) }),
    expected: [
      "boto3-invoke-model",
      `anthropic bedrock ${arn}`,
      "? body: the parameter `body` is not in view",
    ],
  },
  {
    name: "a Nova body that is not in view",
    call: pythonCall(member(runtime, "invoke_model_with_response_stream"), {
      modelId: "amazon.nova-lite-v1:0",
      body: wrap(parameter("body")),
    }),
    expected: [
      "boto3-invoke-model",
      "nova bedrock amazon.nova-lite-v1:0",
      "? body: the parameter `body` is not in view",
    ],
  },
  {
    name: "counting a Converse body",
    call: pythonCall(member(runtime, "count_tokens"), {
      modelId: "us.amazon.nova-pro-v1:0",
      input: { converse: { messages: converse.messages } },
    }),
    expected: ["boto3-count-tokens", "converse bedrock us.amazon.nova-pro-v1:0 (count)", anthropicLines],
  },
  {
    name: "counting an InvokeModel body",
    call: scriptCall(
      imported("@aws-sdk/client-bedrock-runtime", "CountTokensCommand"),
      [{ modelId: arn, input: { invokeModel: { body: json(bedrockClaude) } } }],
      true,
    ),
    expected: ["aws-sdk-js-count-tokens", `anthropic bedrock ${arn} (count)`, anthropicLines],
  },
];

const twilio = called(member(imported("twilio.rest", "*"), "Client"));

const others: readonly { readonly name: string; readonly call: CallEvent }[] = [
  {
    name: "messages.create of Twilio",
    call: pythonCall(member(twilio, "messages", "create"), { to: "+1", body: "Hi" }),
  },
  {
    name: "messages.create of Twilio with parameters out of view",
    call: pythonCall(member(twilio, "messages", "create"), {}, parameter("params")),
  },
  {
    name: "messages.create of a client that is annotated as Twilio's",
    call: pythonCall(
      member(parameter("client", "twilio.rest.Client"), "messages", "create"),
      {},
      parameter("params"),
    ),
  },
  {
    name: "messages.create of Slack",
    call: scriptCall(member(called(imported("@slack/web-api", "WebClient")), "messages", "create"), [claude]),
  },
  {
    name: "messages.create of threads",
    call: pythonCall(member(called(imported("openai", "OpenAI")), "beta", "threads", "messages", "create"), {
      thread_id: "t",
      role: "user",
      content: "Hi",
    }),
  },
  {
    name: "messages.create of a repository",
    call: scriptCall(member(parameter("this"), "messages", "create"), [wrap(parameter("dto"))]),
  },
  {
    name: "messages.create without a model",
    call: scriptCall(member(parameter("db"), "messages", "create"), [{ messages: [user] }]),
  },
  {
    name: "converse of a chat library",
    call: pythonCall(member(parameter("bot"), "converse"), { text: "Hi" }),
  },
  {
    name: "converse with positional arguments",
    call: scriptCall(member(parameter("bot"), "converse"), ["Hi"]),
  },
  {
    name: "a command of another client",
    call: scriptCall(imported("@aws-sdk/client-lex", "ConverseCommand"), [{ modelId: "x" }], true),
  },
  {
    name: "invoke_model with an embedding body",
    call: pythonCall(member(runtime, "invoke_model"), {
      modelId: "amazon.titan-embed-text-v2:0",
      body: json({ inputText: "Hi" }),
    }),
  },
  {
    name: "invoke_model with an embedding body out of view",
    call: pythonCall(member(runtime, "invoke_model"), {
      modelId: "amazon.titan-embed-text-v2:0",
      body: wrap(parameter("body")),
    }),
  },
  {
    name: "invoke_model with a Mistral body",
    call: pythonCall(member(runtime, "invoke_model"), {
      modelId: "mistral.mistral-large-2407-v1:0",
      body: json({ max_tokens: 9, messages: [user] }),
    }),
  },
  {
    name: "invoke_model with a Llama body",
    call: pythonCall(member(runtime, "invoke_model"), { modelId: arn, body: json({ prompt: "Hi" }) }),
  },
  { name: "a method called toString", call: scriptCall(member(parameter("x"), "toString"), []) },
];

describe.each([
  ["Anthropic", anthropicCalls],
  ["Bedrock", bedrockCalls],
])("%s calls", (_, cases) => {
  test.each(cases)("$name", ({ call, expected }) => {
    expect(print(call)).toBe(expected.join("\n"));
  });
});

describe("calls of others", () => {
  test.each(others)("$name", ({ call }) => {
    expect(print(call)).toBe("none");
  });
});

test("a request does not change with the values it was made from", () => {
  const choice = build({ type: "auto" });
  const call = pythonCall(member(pythonClient, "messages", "create"), {
    ...claude,
    tool_choice: wrap(choice),
  });
  const [request] = anthropic.fromCall!(call, newestVersions)!;
  if (choice.type === "record") choice.entries.clear();
  expect(request!.parameters[0]!.entry.value).toMatchObject({
    entries: new Map([["type", expect.anything()]]),
  });
});

describe("the same request prints the same whatever sends it", () => {
  const body = {
    ...claude,
    system: [{ type: "text", text: "S", cache_control: { type: "ephemeral", ttl: "1h" } }],
    tool_choice: { type: "auto" },
  };
  const printed = (call: CallEvent) => print(call).split("\n").slice(1);

  test("Anthropic in Python and TypeScript", () => {
    const inPython = printed(pythonCall(member(pythonClient, "messages", "create"), body));
    expect(printed(scriptCall(member(scriptClient, "messages", "create"), [body]))).toEqual(inPython);
  });

  test("Converse in Python and TypeScript", () => {
    const command = imported("@aws-sdk/client-bedrock-runtime", "ConverseCommand");
    const inPython = printed(pythonCall(member(runtime, "converse"), converse));
    expect(printed(scriptCall(command, [converse], true))).toEqual(inPython);
  });
});
