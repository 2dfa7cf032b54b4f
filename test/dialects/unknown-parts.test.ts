import { describe, expect, test } from "vitest";
import { recordEntry } from "../../src/value/construct.ts";
import type { ListValue, OpaqueValue, RecordValue, Value } from "../../src/value/value.ts";
import {
  anywhere,
  build,
  called,
  from,
  imported,
  member,
  parameter,
  sample,
  Spread,
  wrap,
  type Literal,
} from "../support/build-value.ts";
import { printBody } from "../support/print-body.ts";

const mark = { type: "ephemeral" };

/** A record with an opaque one spread into it. */
function spread(rest: OpaqueValue, known: Literal): Value {
  const value = build(known) as RecordValue;
  value.rest.push(rest);
  return value;
}

/** An opaque value to which the code has written, or from which it has read, an entry. */
function withField(value: OpaqueValue, key: string, field: Value): OpaqueValue {
  value.fields.set(key, recordEntry(field, anywhere));
  return value;
}

function textOf(...parts: readonly (string | OpaqueValue)[]): Value {
  return {
    type: "text",
    parts: parts.map((part) =>
      typeof part === "string"
        ? { kind: "literal", text: part, span: anywhere }
        : { kind: "hole", hole: part, span: anywhere, frame: undefined },
    ),
  };
}

interface ValueCase {
  readonly name: string;
  readonly dialect?: "converse";
  readonly body: () => Value;
  readonly expected: readonly string[];
}

const holes: readonly ValueCase[] = [
  {
    name: "holes stay in texts, tools and tool inputs",
    body: () =>
      build({
        tools: [
          {
            name: "t",
            description: wrap(textOf("Ask ", parameter("who"))),
            input_schema: wrap(parameter("schema")),
          },
        ],
        system: wrap(textOf("Hello ", parameter("name"), ".")),
      }),
    expected: [
      'tools 0 tool | {"description": "Ask <who:unknown>", "name": "t", "parameters": <schema:unknown>}',
      "system 0 text | Hello <name:unknown>.",
    ],
  },
  {
    name: "a list without a fixed order is a hole of that order in a tool",
    body: () => {
      const fields = build(["a", "b"]) as ListValue;
      fields.order = { ...fields.order, order: "process" };
      return build({ tools: [{ name: "t", input_schema: { required: wrap(fields) } }] });
    },
    expected: ['tools 0 tool | {"name": "t", "parameters": {"required": <print@app.py:0:static>}}'],
  },
  {
    name: "an image source that is not in view",
    body: () =>
      build({
        messages: [
          {
            role: "user",
            content: [{ type: "image", source: { type: "url", url: wrap(parameter("url")) } }],
          },
        ],
      }),
    expected: ["messages 0.0 user image | <url:unknown>"],
  },
  {
    name: "a tool that is a function in view",
    body: () => {
      const tool = { type: "function", node: {}, environment: {}, self: undefined, home: undefined };
      return build({ tools: [wrap(tool as unknown as Value)] });
    },
    expected: ["tools 0 tool | <a function@app.py:0:unknown>"],
  },
];

const regions: readonly ValueCase[] = [
  {
    name: "whole regions out of view",
    body: () =>
      build({
        tools: wrap(parameter("tools")),
        system: wrap(imported("prompts", "SYSTEM")),
        messages: wrap(parameter("turns")),
      }),
    expected: [
      "tools 0 other stretch | <tools:unknown>",
      "system 0 text | <prompts.SYSTEM:unknown>",
      "messages 0 history stretch | <turns:unknown>",
      "? tools: the parameter `tools` is not in view",
      "? system: `SYSTEM` of `prompts` is not in view",
      "? messages: the parameter `turns` is not in view",
    ],
  },
  {
    name: "a stretch in a known list is history and no riddle",
    body: () =>
      build({ messages: [new Spread(parameter("turns")), { role: "user", content: "A" }] as Literal }),
    expected: ["messages 0.0 history stretch | <turns:unknown>", "messages 1.0 user text | A"],
  },
  {
    name: "a list of nothing but a stretch is that stretch",
    body: () => build({ messages: [new Spread(parameter("turns"))] as Literal }),
    expected: [
      "messages 0 history stretch | <turns:unknown>",
      "? messages: the parameter `turns` is not in view",
    ],
  },
  {
    name: "a stretch of tools keeps its order",
    body: () => {
      const listed = from({ kind: "unknown", reason: "" }, "listed", { order: "server" });
      return build({ tools: [{ name: "t", input_schema: {} }, new Spread(listed)] as Literal });
    },
    expected: [
      'tools 0 tool | {"name": "t", "parameters": {}}',
      "tools 1 other stretch server | <listed:unknown>",
    ],
  },
  {
    name: "an opaque value the code has used as a list",
    body: () => {
      const turns = parameter("turns");
      turns.list = build([new Spread(turns), { role: "user", content: "A" }] as Literal) as ListValue;
      return build({ messages: wrap(turns) });
    },
    expected: ["messages 0.0 history stretch | <turns:unknown>", "messages 1.0 user text | A"],
  },
  {
    name: "an opaque list of which nothing but the stretch is known",
    body: () => {
      const turns = parameter("turns");
      turns.list = build([new Spread(turns)] as Literal) as ListValue;
      return build({ messages: wrap(turns) });
    },
    expected: [
      "messages 0 history stretch | <turns:unknown>",
      "? messages: the parameter `turns` is not in view",
    ],
  },
  {
    name: "the content of an answer is blocks, a question is a text",
    body: () =>
      build({
        messages: [
          { role: "user", content: wrap(parameter("question")) },
          { role: "assistant", content: wrap(member(parameter("response"), "content")) },
        ],
      }),
    expected: [
      "messages 0.0 user text | <question:unknown>",
      "messages 1.0 assistant history stretch | <response.content:unknown>",
    ],
  },
  {
    name: "Converse regions out of view",
    dialect: "converse",
    body: () =>
      build({
        toolConfig: { tools: wrap(parameter("tools")) },
        system: wrap(parameter("system")),
        messages: [{ role: "user", content: wrap(parameter("content")) }],
      }),
    expected: [
      "tools 0 other stretch | <tools:unknown>",
      "system 0 other stretch | <system:unknown>",
      "messages 0.0 user history stretch | <content:unknown>",
      "? tools: the parameter `tools` is not in view",
      "? system: the parameter `system` is not in view",
    ],
  },
  {
    name: "a body with unknown further keys",
    body: () => spread(parameter("params"), { system: "S" }),
    expected: ["system 0 text | S", "? body: the parameter `params` is not in view"],
  },
];

const samples: readonly ValueCase[] = [
  {
    name: "made-up messages, and messages made from them",
    body: () => {
      const turns = parameter("turns");
      const content = [{ type: "text", text: wrap(member(sample(turns, 1), "text")) }];
      return build({ messages: [wrap(sample(turns, 0)), { role: "user", content }] });
    },
    expected: [
      "messages 0.0 history stretch sampled | <turns[0]:unknown>",
      "messages 1.0 user text sampled | <turns[1].text:unknown>",
    ],
  },
  {
    name: "a text joined from several elements is no sample",
    body: () => {
      const docs = parameter("docs");
      return build({ system: wrap(textOf(sample(docs, 0), "\n", sample(docs, 1))) });
    },
    expected: ["system 0 text | <docs[0]:unknown>\\n<docs[1]:unknown>"],
  },
];

const opaqueMarks: readonly ValueCase[] = [
  {
    name: "one mark that a loop puts on several messages is one fault",
    body: () => {
      const message = { role: "user", content: "A", cache_control: mark };
      return build({ messages: [message, message] });
    },
    expected: [
      "messages 0.0 user text | A",
      "messages 1.0 user text | A",
      "! misplaced: A message takes `role` and `content` only, so a mark beside them is rejected.",
    ],
  },
  {
    name: "a mark that is not in view",
    body: () => build({ system: [{ type: "text", text: "S", cache_control: wrap(parameter("mark")) }] }),
    expected: ["system 0 text | S", "-- explicit system ?"],
  },
  {
    name: "a lifetime that is not in view",
    body: () =>
      build({
        system: [{ type: "text", text: "S", cache_control: { ...mark, ttl: wrap(parameter("ttl")) } }],
      }),
    expected: ["system 0 text | S", "-- explicit system ?"],
  },
  {
    name: "typed constructors",
    body: () => {
      const types = imported("anthropic.types", "*");
      const typed = called(member(types, "CacheControlEphemeralParam"), { type: "ephemeral", ttl: "1h" });
      const block = called(member(types, "TextBlockParam"), {
        type: "text",
        text: "S",
        cache_control: wrap(typed),
      });
      return build({ system: [wrap(block)] });
    },
    expected: ["system 0 text | S", "-- explicit system 1h"],
  },
  {
    name: "a block out of view with a mark added",
    body: () => build({ system: [wrap(spread(parameter("block"), { cache_control: mark }))] }),
    expected: ["system 0 other | <block:unknown>", "-- explicit system"],
  },
  {
    name: "a mark written to a block out of view",
    body: () => build({ system: [wrap(withField(parameter("block"), "cache_control", build(mark)))] }),
    expected: ["system 0 other | <block:unknown>", "-- explicit system"],
  },
  {
    name: "reading a mark of a block out of view puts none there",
    body: () => {
      const block = parameter("block");
      return build({ system: [wrap(withField(block, "cache_control", member(block, "cache_control")))] });
    },
    expected: ["system 0 other | <block:unknown>"],
  },
  {
    name: "a mark that is left out by the SDK's own sign",
    body: () => build({ cache_control: wrap(imported("anthropic", "NOT_GIVEN")), system: "S" }),
    expected: ["system 0 text | S"],
  },
  {
    name: "a decorated tool function",
    body: () => {
      const decorator = called(imported("anthropic", "beta_tool"), { cache_control: mark });
      return build({ tools: [wrap(called(decorator))] });
    },
    expected: ["tools 0 tool | <anthropic.beta_tool()():unknown>", "-- explicit tools"],
  },
  {
    name: "a Converse cache point added to a block out of view",
    dialect: "converse",
    body: () => build({ system: [wrap(spread(parameter("block"), { cachePoint: { type: "default" } }))] }),
    expected: [
      "system 0 other | <block:unknown>",
      "! misplaced: An element has exactly one key, so a cache point beside another key is rejected.",
    ],
  },
  {
    name: "a Converse cache point behind blocks out of view is not the first",
    dialect: "converse",
    body: () => {
      const content = [new Spread(parameter("blocks")), { cachePoint: { type: "default" } }] as Literal;
      return build({ messages: [{ role: "user", content }] });
    },
    expected: ["messages 0.0 user history stretch | <blocks:unknown>", "-- explicit messages"],
  },
];

describe.each([
  ["holes", holes],
  ["regions", regions],
  ["samples", samples],
  ["marks", opaqueMarks],
])("unknown %s", (_, cases) => {
  test.each(cases)("$name", ({ dialect, body, expected }) => {
    expect(printBody(dialect ?? "anthropic", body())).toBe(expected.join("\n"));
  });
});
