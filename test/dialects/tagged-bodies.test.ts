import { describe, expect, test } from "vitest";
import { printJsonBody } from "../support/print-body.ts";

const point = `{"cachePoint": {"type": "default"}}`;

interface BodyCase {
  readonly name: string;
  readonly body: string;
  readonly expected: readonly string[];
}

const user = (...blocks: readonly string[]) =>
  `{"messages": [{"role": "user", "content": [${blocks.join(", ")}]}]}`;

const shapes: readonly BodyCase[] = [
  {
    name: "tools, then system, then messages, with cache points in each",
    body: `{
      "messages": [{"role": "user", "content": [{"text": "A"}, ${point}, {"text": "B"}]}],
      "system": [{"text": "S"}, {"cachePoint": {"type": "default", "ttl": "1h"}}],
      "toolConfig": {"toolChoice": {"any": {}}, "tools": [
        {"toolSpec": {"name": "t", "description": "D", "inputSchema": {"json": {"type": "object"}}}},
        {"cachePoint": {"type": "default", "ttl": "1h"}}
      ]}
    }`,
    expected: [
      'tools 0 tool | {"description": "D", "name": "t", "parameters": {"type": "object"}}',
      "-- explicit tools 1h",
      "system 0 text | S",
      "-- explicit system 1h",
      "messages 0.0 user text | A",
      "-- explicit messages",
      "messages 0.1 user text | B",
      "~ toolChoice: messages",
    ],
  },
  {
    name: "a block of each kind",
    body: `{"messages": [
      {"role": "user", "content": [
        {"image": {"format": "png", "source": {"bytes": "aGk="}}},
        {"document": {"format": "pdf", "name": "Lease", "source": {"s3Location": {"uri": "s3://b/k"}}}},
        {"video": {"format": "mp4", "source": {"bytes": "AA=="}}},
        {"guardContent": {"text": {"text": "G"}}},
        {"searchResult": {"title": "T", "source": "S", "content": [{"text": "C"}]}}
      ]},
      {"role": "assistant", "content": [
        {"reasoningContent": {"reasoningText": {"text": "Hm.", "signature": "s"}}},
        {"citationsContent": {"content": [{"text": "Quoted."}]}},
        {"toolUse": {"toolUseId": "1", "name": "t", "input": {"k": "v"}}}
      ]},
      {"role": "user", "content": [{"toolResult": {"toolUseId": "1", "content": [{"text": "a"}, {"json": {"b": 1}}]}}]}
    ]}`,
    expected: [
      "messages 0.0 user image | aGk=",
      "messages 0.1 user document | Leases3://b/k",
      "messages 0.2 user other | AA==",
      "messages 0.3 user text | G",
      "messages 0.4 user document | TSC",
      "messages 1.0 assistant thinking | Hm.",
      "messages 1.1 assistant text | Quoted.",
      'messages 1.2 assistant toolUse | {"name": "t", "input": {"k": "v"}}',
      'messages 2.0 user toolResult | a{"b": 1}',
    ],
  },
  {
    name: "fields of the model that belong to the prefix",
    body: `{
      "system": [{"text": "S"}], "inferenceConfig": {"maxTokens": 5},
      "additionalModelRequestFields": {"thinking": {"type": "enabled"}, "top_k": 5}
    }`,
    expected: ["system 0 text | S", "~ thinking: messages"],
  },
  {
    name: "a cache point behind an image and behind a PDF",
    body: user(
      `{"image": {"format": "png", "source": {"bytes": "a"}}}`,
      point,
      `{"document": {"format": "pdf", "name": "n", "source": {"bytes": "b"}}}`,
      point,
    ),
    expected: [
      "messages 0.0 user image | a",
      "-- explicit messages",
      "messages 0.1 user document | nb",
      "-- explicit messages",
    ],
  },
  {
    name: "a cache point that is null",
    body: `{"system": [{"text": "S", "cachePoint": null}]}`,
    expected: ["system 0 text | S"],
  },
];

const foreign =
  "! ignored: Converse has no key `cache_control`, so this mark never becomes a cache checkpoint.";
const mark = `"cache_control": {"type": "ephemeral"}`;

const faults: readonly BodyCase[] = [
  {
    name: "the mark of the Messages API, on a block, a tool, a message and the body",
    body: `{
      ${mark},
      "toolConfig": {"tools": [{"toolSpec": {"name": "t", "inputSchema": {"json": {}}, ${mark}}}]},
      "system": [{"text": "S", ${mark}}],
      "messages": [{"role": "user", "content": [{"text": "A"}], ${mark}}]
    }`,
    expected: [
      'tools 0 tool | {"name": "t", "parameters": {}}',
      "system 0 text | S",
      "messages 0.0 user text | A",
      foreign,
      foreign,
      foreign,
      foreign,
    ],
  },
  {
    name: "beside the text",
    body: user(`{"text": "A", "cachePoint": {"type": "default"}}`, `{"text": "B"}`),
    expected: [
      "messages 0.0 user text | A",
      "messages 0.1 user text | B",
      "! misplaced: An element has exactly one key, so a cache point beside another key is rejected.",
    ],
  },
  {
    name: "beside a tool",
    body: `{"toolConfig": {"tools": [{"toolSpec": {"name": "t", "inputSchema": {"json": {}}}, "cachePoint": {"type": "default"}}]}}`,
    expected: [
      'tools 0 tool | {"name": "t", "parameters": {}}',
      "! misplaced: An element has exactly one key, so a cache point beside another key is rejected.",
    ],
  },
  {
    name: "first in its list, although text stands in front of the list",
    body: `{"system": [{"text": "S"}], "messages": [{"role": "user", "content": [${point}, {"text": "A"}]}]}`,
    expected: [
      "system 0 text | S",
      "messages 0.0 user text | A",
      "! misplaced: The cache point is the first element of its list, so there is nothing in front of it to cache.",
    ],
  },
  {
    name: "two in a row: the first one counts",
    body: `{"system": [{"text": "S"}, ${point}, ${point}]}`,
    expected: [
      "system 0 text | S",
      "-- explicit system",
      "! misplaced: Two cache points follow each other, so the second one has nothing of its own to cache.",
    ],
  },
  {
    name: "inside a tool result",
    body: user(`{"toolResult": {"toolUseId": "1", "content": [{"text": "A"}, ${point}]}}`),
    expected: [
      "messages 0.0 user toolResult | A",
      "! misplaced: A cache point cannot stand in `toolResult.content`.",
    ],
  },
  {
    name: "beside role",
    body: `{"messages": [{"role": "user", "content": [{"text": "A"}], "cachePoint": {"type": "default"}}]}`,
    expected: [
      "messages 0.0 user text | A",
      "! misplaced: A cache point cannot stand in a message, beside `role`.",
    ],
  },
  {
    name: "behind reasoning",
    body: user(`{"reasoningContent": {"reasoningText": {"text": "R"}}}`, point),
    expected: [
      "messages 0.0 user thinking | R",
      "! misplaced: A cache point directly behind a reasoning block is rejected.",
    ],
  },
  {
    name: "behind a document that is no PDF",
    body: user(
      `{"text": "A"}`,
      `{"document": {"format": "csv", "name": "n", "source": {"bytes": "b"}}}`,
      point,
    ),
    expected: [
      "messages 0.0 user text | A",
      "messages 0.1 user document | nb",
      "! misplaced: A cache point directly behind a video, or a document that is no PDF, is rejected.",
    ],
  },
  {
    name: "behind an empty text",
    body: user(`{"text": "A"}`, `{"text": ""}`, point),
    expected: [
      "messages 0.0 user text | A",
      "messages 0.1 user text | ",
      "! misplaced: An empty text cannot carry a cache point.",
    ],
  },
  {
    name: "with the type of the other dialect",
    body: `{"system": [{"text": "S"}, {"cachePoint": {"type": "ephemeral"}}]}`,
    expected: [
      "system 0 text | S",
      "! unsupported: A cache point has the type `default`, and `ephemeral` is rejected.",
    ],
  },
];

describe.each([
  ["shapes", shapes],
  ["faults", faults],
])("Converse body: %s", (_, cases) => {
  test.each(cases)("$name", ({ body, expected }) => {
    expect(printJsonBody("converse", body)).toBe(expected.join("\n"));
  });
});

const nova: readonly BodyCase[] = [
  {
    name: "the mark is a key beside the text",
    body: `{
      "schemaVersion": "messages-v1",
      "system": [{"text": "S", "cachePoint": {"type": "default"}}],
      "messages": [{"role": "user", "content": [{"text": "A", "cachePoint": {"type": "default"}}, {"text": "B"}]}]
    }`,
    expected: [
      "system 0 text | S",
      "-- explicit system",
      "messages 0.0 user text | A",
      "-- explicit messages",
      "messages 0.1 user text | B",
    ],
  },
  {
    name: "a mark on a tool keeps its region, for rules that know the model",
    body: `{"toolConfig": {"tools": [{"toolSpec": {"name": "t", "inputSchema": {"json": {}}}, "cachePoint": {"type": "default"}}]}}`,
    expected: ['tools 0 tool | {"name": "t", "parameters": {}}', "-- explicit tools"],
  },
  {
    name: "the mark of the Messages API",
    body: `{"system": [{"text": "S", ${mark}}]}`,
    expected: [
      "system 0 text | S",
      "! ignored: The Nova request format has no key `cache_control`, so this mark never becomes a cache checkpoint.",
    ],
  },
];

describe("Nova body", () => {
  test.each(nova)("$name", ({ body, expected }) => {
    expect(printJsonBody("nova", body)).toBe(expected.join("\n"));
  });
});
