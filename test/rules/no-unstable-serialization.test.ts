import { expect, it } from "vitest";
import { lintTexts } from "../support/lint-texts.ts";
import rule from "../../rules/no-unstable-serialization.ts";
import { testRule } from "../support/test-rule.ts";

const python = (setup: string, text: string) => `
        import json
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()
        ${setup}

        def answer(turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": ${text}, "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
`;

testRule(rule, {
  valid: [
    {
      name: "a set that is sorted before it is joined",
      py: python(`COUNTRIES = {"Denmark", "France", "Ireland"}`, `RULES + ", ".join(sorted(COUNTRIES))`),
    },
    {
      name: "a dict that is printed",
      py: python(`FEES = {"Denmark": 5, "France": 7}`, "RULES + json.dumps(FEES)"),
    },
    {
      name: "a set that is only asked",
      py: python(`COUNTRIES = {"Denmark"}`, `RULES + ("Denmark" if "Denmark" in COUNTRIES else "")`),
    },
    {
      name: "the set stands behind the last checkpoint",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()
        COUNTRIES = {"Denmark", "France", "Ireland"}

        def answer(turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[
                    {"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}},
                    {"type": "text", "text": ", ".join(COUNTRIES)},
                ],
                messages=turns,
            )
      `,
    },
    {
      name: "a Set and a JSON.stringify of JavaScript",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");
        const COUNTRIES = new Set(["Denmark", "France"]);
        const FEES = { Denmark: 5, France: 7 };

        export function answer(turns: Anthropic.MessageParam[]) {
          const text = RULES + [...COUNTRIES].join(", ") + JSON.stringify(FEES);
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
      name: "an object that says how it is printed",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        class Desk:
            def __init__(self, name):
                self.name = name

            def __repr__(self):
                return f"Desk {self.name}"

        DESK = Desk("north")

        def answer(turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": f"{RULES} {DESK}", "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
    {
      name: "a dataclass",
      py: `
        from dataclasses import dataclass
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        @dataclass
        class Desk:
            name: str

        DESK = Desk("north")

        def answer(turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": f"{RULES} {DESK}", "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
    {
      name: "one tool of a server",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";
        import type { Client } from "@modelcontextprotocol/sdk/client/index.js";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");

        export async function answer(server: Client, turns: Anthropic.MessageParam[]) {
          const { tools } = await server.listTools();
          const text = RULES + JSON.stringify(tools[0].inputSchema);
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            system: [{ type: "text", text, cache_control: { type: "ephemeral" } }],
            messages: turns,
          });
        }
      `,
    },
  ],
  invalid: [
    {
      name: "a set of names that are worked out",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(turns):
            countries = {name.title() for name in ("denmark", "france")}
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ order
            text = RULES + ", ".join(countries)
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
    {
      name: "a dict whose keys come from a set",
      py: `
        import json
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(turns):
            table = {name: len(name) for name in {"Denmark", "France"}}
            text = RULES + json.dumps(table, indent=2)
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ order
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
    {
      name: "a set that is joined",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()
        COUNTRIES = {"Denmark", "France", "Ireland"}
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ order

        def answer(turns):
            text = f"{RULES}\\nWe deliver to {', '.join(COUNTRIES)}."
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
    {
      name: "a set that is turned into a list and printed",
      py: `
        import json
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(turns):
            text = RULES + json.dumps({"countries": list({"Denmark", "France"})})
                                                         ^^^^^^^^^^^^^^^^^^^^^ order
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
    {
      name: "sets of a table that rows fill",
      py: `
        import csv
        import json
        from collections import defaultdict
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(turns):
            sizes = defaultdict(set)
            for row in csv.DictReader(open("stock.csv")):
                sizes[row["article"]].add(row["size"])
            stock = {article: list(values) for article, values in sizes.items()}
                                   ^^^^^^ order
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": RULES + json.dumps(stock), "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
    {
      name: "a folder in the order of its listing",
      ts: `
        import { readdirSync, readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");

        export function answer(turns: Anthropic.MessageParam[]) {
          const text = RULES + readdirSync("templates").join("\\n");
                               ^^^^^^^^^^^^^^^^^^^^^^^^ order
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
      name: "an object that prints its address",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        class Desk:
            def __init__(self, name):
                self.name = name

        DESK = Desk("north")

        def answer(turns):
            text = f"{RULES} You work at {DESK}."
                                         ^^^^^^ address
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
  ],
});

it("tells where a text grows in a loop over a set, not the set twice", () => {
  const { findings } = lintTexts({
    "main.py": `
import anthropic
NAMES = {"Ann", "Ben"}
def ask(question):
    text = "Know these people. " * 2000
    for name in NAMES:
        text += name
    anthropic.Anthropic().messages.create(model="claude-sonnet-4-5", max_tokens=1,
        messages=[{"role": "user", "content": question}],
        system=[{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}])
`,
  });
  const [finding] = findings.filter(({ ruleId }) => ruleId === "no-unstable-serialization");
  expect(finding?.related.map(({ span }) => span.start)).not.toContain(finding?.at.start);
});
