import { describe, expect, test } from "vitest";
import { printJsonBody } from "../support/print-body.ts";

const mark = `"cache_control": {"type": "ephemeral"}`;

interface BodyCase {
  readonly name: string;
  readonly body: string;
  readonly expected: readonly string[];
}

const shapes: readonly BodyCase[] = [
  {
    name: "tools, then system, then messages, whatever the order of keys",
    body: `{
      "messages": [{"role": "user", "content": "Hello"}],
      "system": "Be brief.",
      "tools": [{"name": "look_up", "description": "Find it.", "input_schema": {"type": "object"}}]
    }`,
    expected: [
      'tools 0 tool | {"description": "Find it.", "name": "look_up", "parameters": {"type": "object"}}',
      "system 0 text | Be brief.",
      "messages 0.0 user text | Hello",
    ],
  },
  {
    name: "a block of each kind",
    body: `{"messages": [
      {"role": "user", "content": [
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "aGk="}},
        {"type": "image", "source": {"type": "url", "url": "https://x.test/a.png"}},
        {"type": "document", "title": "Lease", "source": {"type": "file", "file_id": "file_1"}},
        {"type": "search_result", "title": "T", "source": "S", "content": [{"type": "text", "text": "C"}]}
      ]},
      {"role": "assistant", "content": [
        {"type": "thinking", "thinking": "Hm.", "signature": "s"},
        {"type": "redacted_thinking", "data": "x"},
        {"type": "text", "text": "Looking."},
        {"type": "tool_use", "id": "t1", "name": "look_up", "input": {"key": 1, "deep": [true, null]}}
      ]},
      {"role": "user", "content": [
        {"type": "tool_result", "tool_use_id": "t1", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]},
        {"type": "tool_result", "tool_use_id": "t2", "content": "c"}
      ]}
    ]}`,
    expected: [
      "messages 0.0 user image | aGk=",
      "messages 0.1 user image | https://x.test/a.png",
      "messages 0.2 user document | Leasefile_1",
      "messages 0.3 user document | TSC",
      "messages 1.0 assistant thinking | Hm.",
      "messages 1.1 assistant thinking | x",
      "messages 1.2 assistant text | Looking.",
      'messages 1.3 assistant toolUse | {"name": "look_up", "input": {"key": 1, "deep": [true, null]}}',
      "messages 2.0 user toolResult | ab",
      "messages 2.1 user toolResult | c",
    ],
  },
  {
    name: "server tools are printed as they are, deferred tools are not read",
    body: `{"tools": [
      {"type": "web_search_20250305", "name": "web_search", "max_uses": 2},
      {"name": "rare", "description": "R", "input_schema": {}, "defer_loading": true}
    ]}`,
    expected: [
      'tools 0 tool | {"type": "web_search_20250305", "name": "web_search", "max_uses": 2}',
      "tools 1 tool | ",
    ],
  },
  {
    name: "a system message in the middle of a conversation",
    body: `{"messages": [{"role": "user", "content": "a"}, {"role": "system", "content": "b"}]}`,
    expected: ["messages 0.0 user text | a", "messages 1.0 system text | b"],
  },
  {
    name: "parameters that belong to the prefix",
    body: `{
      "tool_choice": {"type": "any", "disable_parallel_tool_use": true},
      "thinking": {"type": "enabled", "budget_tokens": 2000},
      "output_config": {"effort": "low"},
      "speed": "fast",
      "max_tokens": 100, "temperature": 1, "metadata": {"user_id": "u"},
      "messages": [{"role": "user", "content": [
        {"type": "document", "source": {"type": "text", "data": "D"}, "citations": {"enabled": true}}
      ]}]
    }`,
    expected: [
      "messages 0.0 user document | D",
      "~ citations: system messages",
      "~ tool_choice: messages",
      "~ thinking: messages",
      "~ output_config: messages",
      "~ speed: system messages",
    ],
  },
];

const marks: readonly BodyCase[] = [
  {
    name: "marks on a tool, a system block and a content block",
    body: `{
      "tools": [{"name": "t", "input_schema": {}, "cache_control": {"type": "ephemeral", "ttl": "1h"}}],
      "system": [{"type": "text", "text": "S", "cache_control": {"type": "ephemeral", "ttl": "5m"}}],
      "messages": [{"role": "user", "content": [{"type": "text", "text": "A", ${mark}}, {"type": "text", "text": "B"}]}]
    }`,
    expected: [
      'tools 0 tool | {"name": "t", "parameters": {}}',
      "-- explicit tools 1h",
      "system 0 text | S",
      "-- explicit system 5m",
      "messages 0.0 user text | A",
      "-- explicit messages",
      "messages 0.1 user text | B",
    ],
  },
  {
    name: "the automatic mark stands behind the last block",
    body: `{"cache_control": {"type": "ephemeral", "ttl": "1h"}, "messages": [{"role": "user", "content": "A"}]}`,
    expected: ["messages 0.0 user text | A", "-- automatic messages 1h"],
  },
  {
    name: "the automatic mark passes over thinking and empty text",
    body: `{${mark}, "messages": [
      {"role": "user", "content": "A"},
      {"role": "assistant", "content": [{"type": "thinking", "thinking": "T"}, {"type": "text", "text": ""}]}
    ]}`,
    expected: [
      "messages 0.0 user text | A",
      "-- automatic messages",
      "messages 1.0 assistant thinking | T",
      "messages 1.1 assistant text | ",
    ],
  },
  {
    name: "the automatic mark of a request without messages stands behind the system text",
    body: `{${mark}, "system": "S"}`,
    expected: ["system 0 text | S", "-- automatic system"],
  },
  {
    name: "a mark on the last block of a tool result marks the tool result",
    body: `{"messages": [{"role": "user", "content": [{"type": "tool_result", "content": [
      {"type": "text", "text": "A"}, {"type": "text", "text": "B", ${mark}}
    ]}]}]}`,
    expected: ["messages 0.0 user toolResult | AB", "-- explicit messages"],
  },
  {
    name: "null is no mark",
    body: `{"system": [{"type": "text", "text": "S", "cache_control": null}]}`,
    expected: ["system 0 text | S"],
  },
];

const falseFriends: readonly BodyCase[] = [
  {
    name: "an HTTP cache header under the same key",
    body: `{"cache_control": "max-age=300", "messages": [{"role": "user", "content": "A"}]}`,
    expected: ["messages 0.0 user text | A"],
  },
  {
    name: "an object that is no mark",
    body: `{"system": [{"type": "text", "text": "S", "cache_control": {"type": "public", "max_age": 300}}]}`,
    expected: ["system 0 text | S"],
  },
  {
    name: "an object without a type",
    body: `{"system": [{"type": "text", "text": "S", "cache_control": {"maxAge": 300}}], "cacheControl": "no-store"}`,
    expected: ["system 0 text | S"],
  },
  {
    name: "usage counters",
    body: `{"usage": {"cache_creation_input_tokens": 1, "cache_read_input_tokens": 2}, "system": "S"}`,
    expected: ["system 0 text | S"],
  },
  {
    name: "a place on a map",
    body: `{"system": [{"type": "text", "text": "S", "cachePoint": "north gate"}]}`,
    expected: ["system 0 text | S"],
  },
];

const foreign = (key: string) =>
  `! ignored: The Messages API has no key \`${key}\`, so this mark never becomes a cache checkpoint.`;

const faults: readonly BodyCase[] = [
  {
    name: "a cache point of Converse as an element is no block",
    body: `{"system": [{"type": "text", "text": "S"}, {"cachePoint": {"type": "default"}}]}`,
    expected: ["system 0 text | S", foreign("cachePoint")],
  },
  {
    name: "a cache point beside the text",
    body: `{"messages": [{"role": "user", "content": [{"type": "text", "text": "A", "cachePoint": {"type": "default"}}]}]}`,
    expected: ["messages 0.0 user text | A", foreign("cachePoint")],
  },
  {
    name: "camel case, on a tool, a block, a message and the body",
    body: `{
      "cacheControl": {"type": "ephemeral"},
      "tools": [{"name": "t", "input_schema": {}, "cacheControl": {"type": "ephemeral"}}],
      "messages": [{"role": "user", "cacheControl": {"type": "ephemeral"}, "content": [
        {"type": "text", "text": "A", "cacheControl": {"type": "ephemeral"}}
      ]}]
    }`,
    expected: [
      'tools 0 tool | {"name": "t", "parameters": {}}',
      "messages 0.0 user text | A",
      foreign("cacheControl"),
      foreign("cacheControl"),
      foreign("cacheControl"),
      foreign("cacheControl"),
    ],
  },
  {
    name: "a mark beside role",
    body: `{"messages": [{"role": "user", "content": "A", ${mark}}]}`,
    expected: [
      "messages 0.0 user text | A",
      "! misplaced: A message takes `role` and `content` only, so a mark beside them is rejected.",
    ],
  },
  {
    name: "a mark on an empty text",
    body: `{"system": [{"type": "text", "text": "", ${mark}}]}`,
    expected: ["system 0 text | ", "! misplaced: An empty text cannot carry a mark."],
  },
  {
    name: "a mark on thinking and on redacted thinking",
    body: `{"messages": [{"role": "assistant", "content": [
      {"type": "thinking", "thinking": "T", ${mark}}, {"type": "redacted_thinking", "data": "x", ${mark}}
    ]}]}`,
    expected: [
      "messages 0.0 assistant thinking | T",
      "messages 0.1 assistant thinking | x",
      "! misplaced: A `thinking` block cannot carry a mark.",
      "! misplaced: A `redacted_thinking` block cannot carry a mark.",
    ],
  },
  {
    name: "a mark on a deferred tool",
    body: `{"tools": [{"name": "t", "input_schema": {}, "defer_loading": true, ${mark}}]}`,
    expected: [
      "tools 0 tool | ",
      "! misplaced: A tool with `defer_loading: true` cannot carry a mark: it is not part of the prefix.",
    ],
  },
  {
    name: "a mark inside a tool result, not on its last block",
    body: `{"messages": [{"role": "user", "content": [{"type": "tool_result", "content": [
      {"type": "text", "text": "A", ${mark}}, {"type": "text", "text": "B"}
    ]}]}]}`,
    expected: [
      "messages 0.0 user toolResult | AB",
      "! misplaced: A block inside another block cannot carry a mark.",
    ],
  },
  {
    name: "a mark inside a document",
    body: `{"messages": [{"role": "user", "content": [{"type": "document", "source": {"type": "content", "content": [
      {"type": "text", "text": "A", ${mark}}
    ]}}]}]}`,
    expected: [
      "messages 0.0 user document | A",
      "! misplaced: A block inside another block cannot carry a mark.",
    ],
  },
];

describe.each([
  ["shapes", shapes],
  ["marks", marks],
  ["false friends", falseFriends],
  ["faults", faults],
])("Messages body: %s", (_, cases) => {
  test.each(cases)("$name", ({ body, expected }) => {
    expect(printJsonBody("anthropic", body)).toBe(expected.join("\n"));
  });
});

test("InvokeModel takes marks on blocks and none at the top level", () => {
  const body = `{${mark}, "system": [{"type": "text", "text": "S", ${mark}}]}`;
  expect(printJsonBody("bedrock", body)).toBe(
    [
      "system 0 text | S",
      "-- explicit system",
      "! unsupported: InvokeModel on Amazon Bedrock takes no `cache_control` at the top level of the body.",
    ].join("\n"),
  );
});
