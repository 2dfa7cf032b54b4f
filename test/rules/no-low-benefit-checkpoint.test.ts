import { describe } from "vitest";
import rule from "../../rules/no-low-benefit-checkpoint.ts";
import type { ExpectedReuse } from "../../src/rule/index.ts";
import { block, hole, line, marked, request, viewOf, words } from "../support/request-builder.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const rules = marked(block([words(1500)]), 31);
/** A request with one mark, sent as often as this. */
const kept = (mark: { readonly ttl?: string }, expectedReuse: ExpectedReuse) =>
  viewOf(
    request({
      system: [marked(block([words(1500)]), 31, mark)],
      messages: [[block([hole("question", 60)])]],
    }),
    undefined,
    undefined,
    {},
    { expectedReuse },
  );
const asked = (count: number) => request({ system: [rules], messages: [[block([words(count)])]] });

describe("requests built by hand", () => {
  testViews(rule, [
    {
      name: "a tenth of the request",
      view: viewOf(asked(13_500)),
      found: [
        {
          id: "smallPart",
          at: 31,
          message:
            "This request has 15,000 tokens, and only 1,500 tokens of them stand in front of the last checkpoint, so at most " +
            "10% of it can be read from the cache. If what follows is sent again, end it with a checkpoint of its own; if not, send less " +
            "of it.",
        },
      ],
    },
    { name: "a fifth of the request", view: viewOf(asked(6000)), found: [] },
    {
      name: "a share of one's own",
      view: viewOf(asked(6000)),
      options: { leastShare: 0.5 },
      found: [{ id: "smallPart", at: 31 }],
    },
    {
      name: "a checkpoint behind the long text",
      view: viewOf(request({ system: [rules], messages: [[marked(block([words(13_500)]), 41)]] })),
      found: [],
    },
    {
      name: "a prefix of unknown length may be long",
      view: viewOf(
        request({
          system: [marked(block([hole("rules", 3)]), 31)],
          messages: [[block([words(13_500)])]],
        }),
      ),
      found: [],
    },
    {
      name: "what could not be followed may stand in front of the checkpoint",
      view: viewOf({ ...asked(13_500), unresolved: [{ span: line(1), reason: "unknown", part: "tools" }] }),
      found: [],
    },
    {
      name: "no checkpoint at all",
      view: viewOf(request({ messages: [[block([words(13_500)])]] })),
      found: [],
    },
    {
      name: "requests that come after the entry is gone",
      view: kept({}, { secondsBetweenRequests: 900 }),
      found: [
        {
          id: "expires",
          at: 31,
          message:
            "One request of a prefix comes every 15 minutes, as `reuse` says, and this entry lives for 5m (the " +
            "default): it is written each time (1.25x) and gone before it is read (0.1x). A TTL of `1h` pays.",
        },
      ],
    },
    {
      name: "requests that come after any entry is gone",
      view: kept({ ttl: "1h" }, { secondsBetweenRequests: 3 * 3600 }),
      found: [
        {
          id: "expires",
          at: 31,
          message:
            "One request of a prefix comes every 3 hours, as `reuse` says, and this entry lives for 1h: it is written " +
            "each time (2x) and gone before it is read (0.1x). Remove the checkpoint.",
        },
      ],
    },
    {
      name: "an hour that the second request reads and no third one",
      view: kept({ ttl: "1h" }, { secondsBetweenRequests: 900, requestsPerPrefix: 2 }),
      found: [
        {
          id: "tooFew",
          at: 31,
          message:
            "A prefix is sent 2 times, as `reuse` says, and a write for 1h (2x) pays from the third request on: the " +
            "checkpoint costs more than it saves. Remove the checkpoint.",
        },
      ],
    },
    {
      name: "five minutes that a second request reads",
      view: kept({}, { secondsBetweenRequests: 60, requestsPerPrefix: 2 }),
      found: [],
    },
    {
      name: "an hour that a third request reads",
      view: kept({ ttl: "1h" }, { requestsPerPrefix: 3 }),
      found: [],
    },
    {
      name: "a prefix that is sent once",
      view: kept({}, { requestsPerPrefix: 1 }),
      found: [{ id: "tooFew", at: 31 }],
    },
    {
      name: "a pause as long as the entry lives",
      view: kept({}, { secondsBetweenRequests: 300 }),
      found: [],
    },
    {
      name: "a batch has no pauses",
      view: { ...kept({}, { secondsBetweenRequests: 900 }), use: "batch" },
      found: [],
    },
    { name: "counting tokens", view: viewOf({ ...asked(13_500), use: "count" }), found: [] },
  ]);
});

testRule(rule, {
  valid: [
    {
      name: "a question of unknown length",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(question):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                messages=[{"role": "user", "content": question}],
            )
      `,
    },
    {
      name: "a mark in front of a long text in one variant only",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()
        REPORT = "The deck has cracks near the second pier. " * 3000

        def answer(question, with_report):
            text = REPORT if with_report else question
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                messages=[{"role": "user", "content": text}],
            )
      `,
    },
  ],
  invalid: [
    {
      name: "a long text in every request",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const rules = readFileSync("handbook.md", "utf8");
        const report = "The deck has cracks. ".repeat(90).repeat(90);

        export function answer(question: string) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [{ type: "text", text: rules, cache_control: { type: "ephemeral" } }],
                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ smallPart
            messages: [{ role: "user", content: report + question }],
          });
        }
      `,
    },
    {
      name: "a prefix that comes back when its entry is gone",
      options: { settings: { reuse: { secondsBetweenRequests: 1800 } } },
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(question):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ expires
                messages=[{"role": "user", "content": question}],
            )
      `,
    },
  ],
});
