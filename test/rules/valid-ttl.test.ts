import { describe } from "vitest";
import rule from "../../rules/valid-ttl.ts";
import { unknownLimits, type RequestView } from "../../src/rule/index.ts";
import { block, line, literal, marked, request, viewOf } from "../support/request-builder.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const markAt = (at: number, ttl?: string) =>
  marked(block([literal("text")]), at, ttl === undefined ? {} : { ttl });

/** A request whose prefix is sent every so many seconds. */
const every = (secondsBetweenRequests: number, system: Parameters<typeof request>[0]["system"]) =>
  viewOf(
    request({ ...(system && { system }) }),
    undefined,
    undefined,
    {},
    {
      expectedReuse: { secondsBetweenRequests },
    },
  );

/** The first checkpoint's TTL is an expression that cannot be read. */
const withUnreadableTtl = (view: RequestView): RequestView => ({
  ...view,
  checkpoints: view.checkpoints.map((checkpoint, index) =>
    index === 0 ? { ...checkpoint, ttl: { text: undefined, span: line(20), known: false } } : checkpoint,
  ),
});

describe("requests built by hand", () => {
  testViews(rule, [
    { name: "the default", view: viewOf(request({ system: [markAt(31)] })), found: [] },
    { name: "an hour", view: viewOf(request({ system: [markAt(31, "1h")] })), found: [] },
    {
      name: "half an hour",
      view: viewOf(request({ system: [markAt(31, "30m")] })),
      found: [
        {
          id: "unknown",
          at: 31,
          message:
            "Claude Sonnet 4.5 takes no TTL of `30m`, so the API rejects the request or falls back to the default. " +
            "Write `5m` or `1h`.",
        },
      ],
    },
    {
      name: "longer in front of shorter",
      view: viewOf(request({ tools: [markAt(20, "1h")], system: [markAt(31, "5m")] })),
      found: [],
    },
    {
      name: "longer behind the default",
      view: viewOf(request({ tools: [markAt(20)], system: [markAt(31, "1h")] })),
      found: [
        {
          id: "longerAfterShorter",
          at: 31,
          message:
            "This checkpoint keeps its entry for 1h, but the checkpoint at line 20, which is read before it, keeps its " +
            "own for 5m (the default) only. The API wants longer TTLs in front of shorter ones and rejects the " +
            "request. Give both the same TTL, or the earlier one the longer.",
        },
      ],
    },
    {
      name: "longer behind a shorter one, with another in between",
      view: viewOf(request({ system: [markAt(31, "1h"), markAt(32, "5m"), markAt(33, "1h")] })),
      found: [{ id: "longerAfterShorter", at: 33 }],
    },
    {
      name: "a TTL that cannot be read proves nothing",
      view: withUnreadableTtl(viewOf(request({ system: [markAt(31), markAt(32, "1h")] }))),
      found: [],
    },
    {
      name: "an hour where requests come within five minutes",
      view: every(30, [markAt(31, "1h"), markAt(32, "1h")]),
      found: [
        {
          id: "needless",
          at: 31,
          message:
            "One request of a prefix comes every 30 s, as `reuse` says, and each of them keeps an entry of `5m` alive " +
            "for free: a write for 1h costs more (2x) and buys nothing. Write `5m` (1.25x).",
        },
      ],
    },
    {
      name: "an hour where requests come every ten minutes",
      view: every(600, [markAt(31, "1h")]),
      found: [],
    },
    { name: "five minutes where requests come often", view: every(30, [markAt(31, "5m")]), found: [] },
    {
      name: "five minutes that are over are no matter of the TTL's value",
      view: every(600, [markAt(31, "5m")]),
      found: [],
    },
    {
      name: "a model of which nothing is known",
      view: viewOf(request({ system: [markAt(31, "30m")] }), undefined, unknownLimits),
      found: [],
    },
  ]);
});

testRule(rule, {
  valid: [
    {
      name: "an hour on the tools, five minutes on the rest",
      py: `
        import anthropic

        client = anthropic.Anthropic()

        def answer(tool, rules, turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                tools=[{**tool, "cache_control": {"type": "ephemeral", "ttl": "1h"}}],
                system=[{"type": "text", "text": rules, "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
    {
      name: "max-age is the matter of another cache",
      ts: `
        export function headers(response: Response) {
          response.headers.set("Cache-Control", "public, max-age=1800");
        }
      `,
      sendsNothing: true,
    },
  ],
  invalid: [
    {
      name: "a TTL that a caller hands to a helper",
      py: `
        import anthropic

        client = anthropic.Anthropic()

        def mark(block, ttl):
            block["cache_control"] = {"type": "ephemeral"}
            block["cache_control"]["ttl"] = ttl
            return block

        def answer(turns):
            rules = {"type": "text", "text": open("handbook.md").read()}
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[mark(rules, "24h")],
                                    ^^^^^ unknown
                messages=turns,
            )
      `,
    },
    {
      name: "a TTL from a constant",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const rules = readFileSync("handbook.md", "utf8");
        const LIFETIME = "2h";
                         ^^^^ unknown
        export function answer(turns: Anthropic.MessageParam[]) {
          return new Anthropic().messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [{ type: "text", text: rules, cache_control: { type: "ephemeral", ttl: LIFETIME } }],
            messages: turns,
          });
        }
      `,
    },
    {
      name: "five minutes in front of an hour, both written down",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export function answer(rules: string, guide: string, messages: Anthropic.MessageParam[]) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [
              { type: "text", text: rules, cache_control: { type: "ephemeral", ttl: "5m" } }, // short
              { type: "text", text: guide, cache_control: { type: "ephemeral", ttl: "1h" } },
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ longerAfterShorter
            ],
            messages,
          });
        }
      `,
    },
    {
      name: "half an hour",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export function answer(rules: string, turns: Anthropic.MessageParam[]) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [{ type: "text", text: rules, cache_control: { type: "ephemeral", ttl: "30m" } }],
                                                                                      ^^^^^^^^^^ unknown
            messages: turns,
          });
        }
      `,
    },
    {
      name: "both marks come from one helper",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        function cached(ttl?: "5m" | "1h") {
          return { cache_control: { type: "ephemeral" as const, ...(ttl && { ttl }) } };
        }

        export function answer(rules: string, guide: string, messages: Anthropic.MessageParam[]) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [
              { type: "text", text: rules, ...cached() },
              { type: "text", text: guide, ...cached("1h") },
                                              ^^^^^^^^^^^^ longerAfterShorter
            ],
            messages,
          });
        }
      `,
    },
    {
      name: "five minutes on the tools, an hour on system",
      py: `
        import boto3

        bedrock = boto3.client("bedrock-runtime")

        def answer(specs, rules, turns):
            return bedrock.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                toolConfig={"tools": [*specs, {"cachePoint": {"type": "default"}}]},
                system=[{"text": rules}, {"cachePoint": {"type": "default", "ttl": "1h"}}],
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ longerAfterShorter
                messages=turns,
            )
      `,
    },
    {
      name: "a stored request",
      json: `
        {
          "model": "claude-of-tomorrow",
          "max_tokens": 500,
          "system": [{ "type": "text", "text": "a", "cache_control": { "type": "ephemeral", "ttl": "1d" } }],
                                                                                            ^^^^^^^^^^^ unknown
          "messages": [{ "role": "user", "content": "Hello" }]
        }
      `,
    },
  ],
});
