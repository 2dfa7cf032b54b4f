import { describe } from "vitest";
import rule from "../../rules/no-static-after-dynamic.ts";
import type { Request } from "../../src/request/request.ts";
import { unknownLimits } from "../../src/rule/index.ts";
import {
  block,
  hole,
  implicitLimits,
  line,
  marked,
  request,
  viewOf,
  words,
} from "../support/request-builder.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const question = (at = 15) => hole("question", at, { scope: "turn" });
const sources = { 15: "ticket" };
const twice = (build: () => Request, limits?: Parameters<typeof viewOf>[2]) =>
  viewOf(build(), build(), limits, sources);
const examplesLast = () => request({ messages: [[block([question()]), block([words(2000)])]] });

describe("requests built by hand", () => {
  testViews(rule, [
    {
      name: "examples behind the question",
      view: twice(examplesLast),
      found: [
        {
          id: "uncachable",
          at: 15,
          message:
            "`ticket` changes on every turn and stands in front of 2,000 tokens of static text, so no checkpoint can " +
            "cover that text and it is paid in full each time. Move it behind the static text, and end that with a " +
            "checkpoint: 2,000 tokens can then be cached instead of none.",
        },
      ],
    },
    {
      name: "examples in front of the question",
      view: twice(() => request({ messages: [[block([words(2000)]), block([question()])]] })),
      found: [],
    },
    {
      name: "a few words behind the question",
      view: twice(() => request({ messages: [[block([question(), words(200)])]] })),
      found: [],
    },
    {
      name: "only the first of two values is told",
      view: twice(() => request({ messages: [[block([question(), hole("clock", 16), words(2000)])]] })),
      found: [{ id: "uncachable", at: 15 }],
    },
    {
      name: "a request with a mark is a matter of the other two rules",
      view: twice(() => request({ messages: [[marked(block([question(), words(2000)]), 31)]] })),
      found: [],
    },
    {
      name: "so is one whose mark does not count",
      view: twice(() => ({
        ...examplesLast(),
        faults: [{ kind: "ignored", span: line(20), reason: "No such key.", remedy: "Remove it.", after: 0 }],
      })),
      found: [],
    },
    {
      name: "code for a model that caches by itself is a matter of no-dynamic-prefix",
      view: twice(examplesLast, implicitLimits),
      found: [],
    },
    {
      name: "a template for a model that caches by itself",
      view: viewOf(
        request({ use: "asset", messages: [[block([question(), words(2000)])]] }),
        undefined,
        implicitLimits,
        sources,
      ),
      found: [
        {
          id: "uncachable",
          at: 15,
          message:
            "`ticket` changes on every turn and stands in front of 2,000 tokens of static text, so the cache never " +
            "serves that text and it is paid in full each time. Move it behind the static text: 2,000 tokens can then " +
            "be cached instead of none.",
        },
      ],
    },
    { name: "a model nobody knows", view: twice(examplesLast, unknownLimits), found: [] },
  ]);
});

testRule(rule, {
  valid: [
    {
      name: "the handbook precedes the ticket",
      py: `
        from pathlib import Path
        import boto3

        bedrock = boto3.client("bedrock-runtime")
        HANDBOOK = Path("handbook.md").read_text()

        def triage(question):
            return bedrock.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                messages=[{"role": "user", "content": [{"text": HANDBOOK}, {"text": question}]}],
            )
      `,
    },
  ],
  invalid: [
    {
      name: "the handbook follows the ticket",
      py: `
        from pathlib import Path
        import boto3

        bedrock = boto3.client("bedrock-runtime")
        HANDBOOK = Path("handbook.md").read_text()

        def triage(question):
            return bedrock.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                messages=[{"role": "user", "content": [{"text": question}, {"text": HANDBOOK}]}],
                                                                ^^^^^^^^ uncachable
            )
      `,
    },
    {
      name: "the same in TypeScript",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const HANDBOOK = readFileSync("handbook.md", "utf8");

        export function triage(question: string) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 20,
            messages: [{ role: "user", content: "Sort this: " + question + HANDBOOK }],
                                                                ^^^^^^^^ uncachable
          });
        }
      `,
    },
  ],
});
