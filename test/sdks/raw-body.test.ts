import { describe, expect, test } from "vitest";
import { readJson } from "../../src/languages/json/json.ts";
import { rawBody } from "../../src/sdks/raw-body.ts";
import { SourceFile } from "../../src/source/source-file.ts";
import { alone } from "../support/asset-context.ts";
import { printRequest } from "../support/print-request.ts";

function print(json: string): string {
  const { values } = readJson(new SourceFile("data.json", json));
  const requests = values.flatMap(({ value, span }) => rawBody.fromData?.(value, span, alone) ?? []);
  return requests.length > 0 ? requests.map((request) => printRequest(request)).join("\n") : "none";
}

const message = `{"role": "user", "content": "Hi"}`;
const tagged = `{"role": "user", "content": [{"text": "Hi"}]}`;
const line = "messages 0.0 user text | Hi";

describe("bodies in data files", () => {
  test.each([
    {
      name: "of the Messages API",
      json: `{"model": "claude-sonnet-4-5", "messages": [${message}]}`,
      expected: ["anthropic anthropic claude-sonnet-4-5 (asset)", line],
    },
    {
      name: "of InvokeModel with Claude",
      json: `{"anthropic_version": "bedrock-2023-05-31", "max_tokens": 9, "messages": [${message}]}`,
      expected: ["anthropic bedrock ? (asset)", line, "? model: the request does not name a model"],
    },
    {
      name: "of Vertex",
      json: `{"anthropic_version": "vertex-2023-10-16", "max_tokens": 9, "messages": [${message}]}`,
      expected: ["anthropic vertex ? (asset)", line, "? model: the request does not name a model"],
    },
    {
      name: "of Converse",
      json: `{"modelId": "us.amazon.nova-pro-v1:0", "messages": [${tagged}]}`,
      expected: ["converse bedrock us.amazon.nova-pro-v1:0 (asset)", line],
    },
    {
      name: "of Nova",
      json: `{"schemaVersion": "messages-v1", "messages": [${tagged}]}`,
      expected: ["nova bedrock ? (asset)", line, "? model: the request does not name a model"],
    },
    {
      name: "several in a list",
      json: `[
        {"model": "claude-sonnet-4-5", "messages": [${message}]},
        {"modelId": "m", "messages": [${tagged}]},
        "no body"
      ]`,
      expected: ["anthropic anthropic claude-sonnet-4-5 (asset)", line, "converse bedrock m (asset)", line],
    },
    {
      name: "in a record of a Bedrock batch",
      json: `{"recordId": "1", "modelInput": {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 9, "messages": [${message}]}}`,
      expected: ["anthropic bedrock ? (batch)", line, "? model: the batch job names the model"],
    },
    {
      name: "in a Nova record of a Bedrock batch",
      json: `{"recordId": "1", "modelInput": {"inferenceConfig": {"max_new_tokens": 9}, "messages": [${tagged}]}}`,
      expected: ["nova bedrock ? (batch)", line, "? model: the batch job names the model"],
    },
    {
      name: "with a cache point beside a text and no model, which is right for Nova",
      json: `{"inferenceConfig": {"maxTokens": 9}, "messages": [
        {"role": "user", "content": [{"text": "Hi", "cachePoint": {"type": "default"}}]}
      ]}`,
      expected: [
        "nova bedrock ? (asset)",
        line,
        "-- explicit messages",
        "? model: the request does not name a model",
      ],
    },
    {
      name: "with a cache point of its own and no model",
      json: `{"inferenceConfig": {"maxTokens": 9}, "messages": [
        {"role": "user", "content": [{"text": "Hi"}, {"cachePoint": {"type": "default"}}]}
      ]}`,
      expected: [
        "converse bedrock ? (asset)",
        line,
        "-- explicit messages",
        "? model: the request does not name a model",
      ],
    },
    {
      name: "in a record of an Anthropic batch",
      json: `{"custom_id": "1", "params": {"model": "claude-sonnet-4-5", "max_tokens": 9, "messages": [${message}]}}`,
      expected: ["anthropic anthropic claude-sonnet-4-5 (batch)", line],
    },
    {
      name: "in the body of an Anthropic batch",
      json: `{"requests": [{"custom_id": "1", "params": {"model": "claude-sonnet-4-5", "messages": [${message}]}}]}`,
      expected: ["anthropic anthropic claude-sonnet-4-5 (batch)", line],
    },
    {
      name: "of Chat Completions",
      json: `{"model": "gpt-5.6", "messages": [${message}]}`,
      expected: ["openai openai gpt-5.6 (asset)", line],
    },
    {
      name: "of Chat Completions for a Claude model",
      json: `{"model": "anthropic/claude-sonnet-4-5", "messages": [{"role": "system", "content": "S"}, ${message}]}`,
      expected: ["openai ? anthropic/claude-sonnet-4-5 (asset)", "system 0 text | S", line],
    },
    {
      name: "of Responses",
      json: `{"model": "gpt-5.6", "instructions": "S", "input": [${message}]}`,
      expected: ["openai openai gpt-5.6 (asset)", "system 0 text | S", line],
    },
    {
      name: "in a record of a batch of OpenAI",
      json: `{"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": {"model": "gpt-5.6", "messages": [${message}]}}`,
      expected: ["openai openai gpt-5.6 (batch)", line],
    },
  ])("$name", ({ json, expected }) => {
    expect(print(json)).toBe(expected.join("\n"));
  });
});

describe("other data", () => {
  test.each([
    {
      name: "a record for fine-tuning",
      json: `{"messages": [{"role": "system", "content": "S"}, ${message}]}`,
    },
    { name: "an embedding", json: `{"model": "text-embedding-3-small", "input": "Hi"}` },
    {
      name: "a record of a batch of embeddings",
      json: `{"custom_id": "1", "url": "/v1/embeddings", "body": {}}`,
    },
    { name: "messages of a translation file", json: `{"messages": {"hello": "Hi"}, "model": "claude"}` },
    { name: "a chat export", json: `{"messages": [{"user": "U1", "text": "Hi"}], "model": "claude-x"}` },
    { name: "an error report", json: `{"messages": [], "model": "claude-x"}` },
    { name: "a record of another batch", json: `{"custom_id": "1", "params": {"a": 1}}` },
    { name: "a Titan record", json: `{"recordId": "1", "modelInput": {"inputText": "Hi"}}` },
    {
      name: "usage counters",
      json: `{"usage": {"cacheReadInputTokens": 3, "cached_content_token_count": 4}, "cachedContents": []}`,
    },
    {
      name: "an example to tune Gemini with",
      json: `{"systemInstruction": {"parts": [{"text": "S"}]}, "contents": [{"role": "user", "parts": [{"text": "Hi"}]}, {"role": "model", "parts": [{"text": "Ho"}]}]}`,
    },
    { name: "a number", json: "3" },
  ])("$name", ({ json }) => {
    expect(print(json)).toBe("none");
  });
});

test("a request stands at its own object, in a list too", () => {
  const json = `[{"model": "claude-sonnet-4-5", "messages": [${message}]}]`;
  const [first] = readJson(new SourceFile("data.json", json)).values;
  const [request] = rawBody.fromData?.(first!.value, first!.span, alone) ?? [];
  expect(request?.site).toEqual({ file: "data.json", start: 1, end: json.length - 1 });
});

test("a body of Gemini, in a record of a batch", () => {
  const json = `{"key": "1", "request": {"systemInstruction": {"parts": [{"text": "S"}]}, "contents": [{"role": "user", "parts": [{"text": "Hi"}]}]}}`;
  const [first] = readJson(new SourceFile("data.json", json)).values;
  const [request] = rawBody.fromData?.(first!.value, first!.span, alone) ?? [];
  expect(request?.dialect).toBe("gemini");
  expect(request?.segments.map(({ region }) => region)).toEqual(["system", "messages"]);
});
