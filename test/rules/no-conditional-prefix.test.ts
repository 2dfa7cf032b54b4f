import { describe, expect, test } from "vitest";
import rule from "../../rules/no-conditional-prefix.ts";
import type { Scope } from "../../src/value/scope.ts";
import type { Decision } from "../../src/value/value.ts";
import { block, hole, line, literal, marked, request, viewOf, words } from "../support/request-builder.ts";
import { testViews } from "../support/run-on-views.ts";
import { lintTexts } from "../support/lint-texts.ts";
import { testRule } from "../support/test-rule.ts";

const decision = (scope: Scope): Decision => {
  const { hole: flag } = hole("flag", 5, { scope });
  return { key: "flag", taken: true, span: line(5), scope, confidence: "certain", subjects: [flag] };
};

const sent = (...sections: number[]) =>
  request({ system: [marked(block(sections.map((count) => words(count))), 31)] });

/** The request with 2,000 words, and its other way with 100 words more. */
const splitBy = (decided: Decision) => {
  const variations = [{ decision: decided, other: sent(2000, 100), later: [] }];
  return viewOf(sent(2000), undefined, undefined, { 5: "flag" }, { variations });
};

describe("requests built by hand", () => {
  testViews(rule, [
    {
      name: "one condition",
      view: splitBy(decision("user")),
      found: [
        {
          id: "splits",
          at: 5,
          message:
            "`flag` decides what stands in front of the checkpoint at line 31, so 2,000 tokens are written (1.25x) once " +
            "for each answer. Send the same text every time, or move what depends on it behind the checkpoint.",
        },
      ],
    },
    { name: "a condition of the deployment", view: splitBy(decision("deploy")), found: [] },
    { name: "a condition on the date", view: splitBy(decision("day")), found: [] },
    {
      name: "a condition on the model",
      view: splitBy({ ...decision("unknown"), key: "equal:model=claude-sonnet-4-5" }),
      found: [],
    },
    {
      name: "the text in front has a checkpoint of its own",
      view: viewOf(
        request({
          system: [marked(block([words(2000)]), 8), marked(block([literal("Tables.")]), 31)],
        }),
        undefined,
        undefined,
        {},
        {
          variations: [
            {
              decision: decision("user"),
              other: request({ system: [marked(block([words(2000)]), 8)] }),
              later: [],
            },
          ],
        },
      ),
      found: [],
    },
    {
      name: "a clock breaks the checkpoint anyway",
      view: viewOf(
        request({ system: [marked(block([hole("clock", 3), words(2000)]), 31)] }),
        request({ system: [marked(block([hole("clock", 3), words(2000)]), 31)] }),
        undefined,
        {},
        {
          variations: [
            {
              decision: decision("user"),
              other: request({ system: [marked(block([hole("clock", 3), words(2100)]), 31)] }),
              later: [],
            },
          ],
        },
      ),
      found: [],
    },
  ]);
});

testRule(rule, {
  valid: [
    {
      name: "the section stands behind the checkpoint",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(turns, wants_table):
            system = [{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}]
            if wants_table:
                system.append({"type": "text", "text": "Put figures into a table."})
            return client.messages.create(
                model="claude-sonnet-4-5", max_tokens=500, system=system, messages=turns
            )
      `,
    },
    {
      name: "an environment variable switches the section",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");

        export function answer(turns: Anthropic.MessageParam[]) {
          const text = process.env.TABLES ? RULES + "\\nPut figures into a table." : RULES;
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [{ type: "text", text, cache_control: { type: "ephemeral" } }],
            messages: turns,
          });
        }
      `,
    },
    {
      name: "a document that is sent if there is one",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(turns, lease):
            system = [{"type": "text", "text": RULES}]
            if lease:
                system.append({"type": "text", "text": lease})
            system[-1]["cache_control"] = {"type": "ephemeral"}
            return client.messages.create(
                model="claude-sonnet-4-5", max_tokens=500, system=system, messages=turns
            )
      `,
    },
    {
      name: "an option with a default that nobody in view overrides",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(turns, wants_table=False):
            text = RULES + ("Put figures into a table." if wants_table else "")
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
    {
      name: "an option of the object that sends",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const RULES = readFileSync("handbook.md", "utf8");

        export class Desk {
          private readonly client = new Anthropic();
          constructor(private readonly brief: boolean) {}

          answer(turns: Anthropic.MessageParam[]) {
            const text = this.brief ? RULES + "Be brief." : RULES;
            return this.client.messages.create({
              model: "claude-sonnet-4-5",
              max_tokens: 500,
              system: [{ type: "text", text, cache_control: { type: "ephemeral" } }],
              messages: turns,
            });
          }
        }
      `,
    },
    {
      name: "one of two texts that have nothing in common",
      files: { "german.md": "Guten Tag. ".repeat(800) },
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        ENGLISH = Path("handbook.md").read_text()
        GERMAN = Path("german.md").read_text()

        def answer(turns, is_german):
            text = GERMAN if is_german else ENGLISH
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
    {
      name: "a sort looks at what it sorts",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");

        export function answer(tools: Anthropic.Tool[], turns: Anthropic.MessageParam[]) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            tools: tools.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
            system: [{ type: "text", text: RULES, cache_control: { type: "ephemeral" } }],
            messages: turns,
          });
        }
      `,
    },
    {
      name: "the condition decides about the mark alone",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(turns, is_long):
            block = {"type": "text", "text": RULES}
            if is_long:
                block["cache_control"] = {"type": "ephemeral"}
            return client.messages.create(
                model="claude-sonnet-4-5", max_tokens=500, system=[block], messages=turns
            )
      `,
    },
  ],
  invalid: [
    {
      name: "two sections, two conditions",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(turns, wants_table, wants_sources):
            text = RULES
            if wants_table:
               ^^^^^^^^^^^ splits
                text += "Put figures into a table."
            if wants_sources:
               ^^^^^^^^^^^^^ splits
                text += "End with a list of sources."
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
    {
      name: "one of two openings",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");

        export function answer(user: { isMember: boolean }, turns: Anthropic.MessageParam[]) {
          const opening = user.isMember ? "You speak with a member." : "You speak with a guest.";
                          ^^^^^^^^^^^^^ splits
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [{ type: "text", text: opening + RULES, cache_control: { type: "ephemeral" } }],
            messages: turns,
          });
        }
      `,
    },
    {
      name: "a section in front of the report of a one-shot request",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        REPORT = Path("handbook.md").read_text()

        def ask(question, is_expert):
            content = [{"type": "text", "text": "Answer an expert." if is_expert else "Answer a beginner."}]
                                                                       ^^^^^^^^^ splits
            content.append({"type": "text", "text": REPORT, "cache_control": {"type": "ephemeral"}})
            content.append({"type": "text", "text": question})
            return client.messages.create(
                model="claude-sonnet-4-5", max_tokens=500, messages=[{"role": "user", "content": content}]
            )
      `,
    },
  ],
});

test("a condition that was handed over is told where it comes from", () => {
  const { findings } = lintTexts({
    "main.ts": `
      import Anthropic from "@anthropic-ai/sdk";

      const client = new Anthropic();
      const rules = "Tents are sold with pegs, and a peg is of steel. ".repeat(300);
      const plus = (text: string, more: string, wanted: boolean) => (wanted ? text + more : text);

      export function answer(session: { wantsTable: boolean }, messages: Anthropic.MessageParam[]) {
        const text = plus(rules, "Use a table.", session.wantsTable);
        const system = [{ type: "text" as const, text, cache_control: { type: "ephemeral" as const } }];
        return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, system, messages });
      }
    `,
  });
  const found = findings.filter(({ ruleId }) => ruleId === rule.id);
  expect(found.map(({ related }) => related.map(({ message }) => message))).toEqual([
    [
      "This is what it asks about.",
      "What is sent here depends on it.",
      "This checkpoint has an entry for each way.",
    ],
  ]);
});
