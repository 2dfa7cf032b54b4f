import { describe, expect, test } from "vitest";
import rule from "../../rules/no-varying-tools.ts";
import { lintTexts } from "../support/lint-texts.ts";
import { block, hole, line, literal, marked, request, viewOf, words } from "../support/request-builder.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const rules = () => marked(block([words(2000)]), 31);
const find = () => block([literal("find_order", 8)]);
const refund = () => block([literal("refund_order", 9)]);
const { hole: role } = hole("role", 7, { scope: "user", reason: "the name `role`", confidence: "likely" });
const condition = {
  key: "role",
  taken: true,
  span: line(7),
  scope: "user",
  confidence: "likely",
  subjects: [role],
} as const;

describe("requests built by hand", () => {
  testViews(rule, [
    {
      name: "a condition of the user",
      view: viewOf(
        request({ tools: [find(), refund()], system: [rules()] }),
        undefined,
        undefined,
        { 7: "role" },
        {
          variations: [
            { decision: condition, other: request({ tools: [find()], system: [rules()] }), later: [] },
          ],
        },
      ),
      found: [
        {
          id: "condition",
          at: 7,
          message:
            "`role` differs from user to user (going by its name), and it decides which tools are sent. Tools are read " +
            "before all other text, so 2,001 tokens in front of the checkpoint at line 31 are written anew for each " +
            "set (1.25x). Send the same tools every time, and refuse a call that is not allowed where it is carried " +
            "out.",
        },
      ],
    },
    {
      name: "a condition that nothing is known of",
      view: viewOf(
        request({ tools: [find(), refund()], system: [rules()] }),
        undefined,
        undefined,
        {},
        {
          variations: [
            {
              decision: { ...condition, scope: "unknown" },
              other: request({ tools: [find()], system: [rules()] }),
              later: [],
            },
          ],
        },
      ),
      found: [],
    },
    {
      name: "a condition about the system text alone",
      view: viewOf(
        request({ tools: [find()], system: [rules()] }),
        undefined,
        undefined,
        {},
        {
          variations: [{ decision: condition, other: request({ tools: [find()] }), later: [] }],
        },
      ),
      found: [],
    },
    {
      name: "the name of the user in a description",
      view: viewOf(
        request({
          tools: [block([literal("Orders of "), hole("name", 6, { scope: "user" })])],
          system: [rules()],
        }),
        undefined,
        undefined,
        { 6: "user.name" },
      ),
      found: [
        {
          id: "definition",
          at: 6,
          message:
            "`user.name` differs from user to user and is part of the tools that are sent. They are read before all " +
            "other text, so 2,000 tokens in front of the checkpoint at line 31 are written anew for each set (1.25x). " +
            "Keep the tools the same, and say what changes in a message behind the last checkpoint.",
        },
      ],
    },
    {
      name: "the name of the deployment in a description",
      view: viewOf(request({ tools: [block([hole("name", 6, { scope: "deploy" })])], system: [rules()] })),
      found: [],
    },
  ]);
});

const start = `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";
        import { findOrder, refundOrder } from "./tools.js";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");`;
const tools = `
  const input_schema = { type: "object", properties: {} } as const;
  export const findOrder = { name: "find_order", description: "Find an order.", input_schema };
  export const refundOrder = { name: "refund_order", description: "Pay an order back.", input_schema };
`;

testRule(rule, {
  valid: [
    {
      name: "a mode that is handed over together with what is said",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const RULES = "Answer from the handbook. ".repeat(400);
        const READ = { name: "read", description: "Reads a page.", input_schema: { type: "object" as const } };
        const WRITE = { name: "write", description: "Writes a page.", input_schema: { type: "object" as const } };

        export class Chat {
          turns: any[] = [];

          async say(input: Input) {
            this.turns.push({ role: "user", content: input.words });
            const tools = input.careful ? [READ] : [READ, WRITE];
            const reply = await client.messages.create({
              model: "claude-sonnet-4-5",
              max_tokens: 500,
              tools,
              system: [{ type: "text", text: RULES, cache_control: { type: "ephemeral" } }],
              messages: this.turns,
            });
            this.turns.push({ role: "assistant", content: reply.content });
          }
        }
      `,
    },
    {
      name: "a time limit after which there are no tools",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import { TOOLS } from "./tools";

        const client = new Anthropic();
        const RULES = "Answer from the handbook. ".repeat(400);

        export async function answer(messages: any[]) {
          const startedAt = Date.now();
          for (;;) {
            const response = await client.messages.create({
              model: "claude-sonnet-4-5",
              max_tokens: 500,
              tools: Date.now() - startedAt < 120_000 ? TOOLS : [],
              system: [{ type: "text", text: RULES, cache_control: { type: "ephemeral" } }],
              messages,
            });
            if (response.stop_reason !== "tool_use") return response;
            messages.push({ role: "assistant", content: response.content });
          }
        }
      `,
    },
    {
      name: "tools of a caller, each with a list of its own",
      py: `
        import anthropic

        client = anthropic.Anthropic()
        RULES = "Answer from the handbook. " * 400

        def to_tool(spec):
            name = spec.name
            if spec.aliases:
                name = spec.aliases[0]
            return {
                "name": name,
                "description": spec.instructions("tool"),
                "input_schema": {"type": "object"},
            }

        def answer(messages, tools):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                tools=[to_tool(tool) for tool in tools] if tools else anthropic.NOT_GIVEN,
                system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                messages=messages,
            )
      `,
    },
    {
      name: "tools that a configuration lists under names of its own",
      py: `
        import anthropic

        client = anthropic.Anthropic()
        RULES = "Answer from the handbook. " * 400

        def answer(desk, messages):
            tools = {}
            for entry in desk.settings.tools:
                tools[entry.name] = {"name": entry.name, "description": entry.text, "input_schema": {"type": "object"}}
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                tools=list(tools.values()),
                system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                messages=messages,
            )
      `,
    },
    {
      name: "a tool of the deployment",
      files: { "tools.ts": tools },
      ts: `${start}

        export function answer(turns: Anthropic.MessageParam[]) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            tools: process.env.REFUNDS ? [findOrder, refundOrder] : [findOrder],
            system: [{ type: "text", text: RULES, cache_control: { type: "ephemeral" } }],
            messages: turns,
          });
        }
      `,
    },
    {
      name: "tools that a caller picks: nothing is known of how",
      files: { "tools.ts": tools },
      ts: `${start}

        export function answer(canRefund: boolean, turns: Anthropic.MessageParam[]) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            tools: canRefund ? [findOrder, refundOrder] : [findOrder],
            system: [{ type: "text", text: RULES, cache_control: { type: "ephemeral" } }],
            messages: turns,
          });
        }
      `,
    },
    {
      name: "a list of unknown length in each step",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");
        const history: Anthropic.MessageParam[] = [];

        export async function answer(text: string, tools: { name: string; schema: Anthropic.Tool.InputSchema }[]) {
          history.push({ role: "user", content: text });
          const reply = await client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            tools: tools.map(({ name, schema }) => ({ name, input_schema: schema })),
            system: [{ type: "text", text: RULES, cache_control: { type: "ephemeral" } }],
            messages: history,
          });
          history.push({ role: "assistant", content: reply.content });
        }
      `,
    },
    {
      name: "tools that a server lists, asked for in each request",
      py: `
        from pathlib import Path
        import anthropic
        import requests

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(question):
            listed = requests.get("https://tools.internal/list").json()
            tools = [
                {"name": tool["name"], "description": tool["description"], "input_schema": tool["schema"]}
                for tool in sorted(listed["tools"], key=lambda tool: tool["name"])
            ]
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                tools=tools,
                system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                messages=[{"role": "user", "content": question}],
            )
      `,
    },
    {
      name: "a deferred tool is no part of the prefix",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()
        FIND = {"name": "find_order", "description": "Find an order.", "input_schema": {"type": "object"}}
        MORE = {"name": "more", "description": "More.", "input_schema": {"type": "object"}, "defer_loading": True}

        def search(question):
            messages = [{"role": "user", "content": question}]
            for step in range(3):
                response = client.messages.create(
                    model="claude-sonnet-4-5",
                    max_tokens=500,
                    tools=[FIND] if step == 0 else [FIND, MORE],
                    system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                    messages=messages,
                )
                messages.append({"role": "assistant", "content": response.content})
                messages.append({"role": "user", "content": "Go on."})
            return messages
      `,
    },
    {
      name: "the same tools, and a choice that is restricted",
      py: `
        from pathlib import Path
        import anthropic
        from tools import TOOLS

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def answer(user, turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                tools=TOOLS,
                tool_choice={"type": "auto"} if user.is_manager else {"type": "none"},
                system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
    {
      name: "a tool that is taken away once it was used often enough",
      py: `
        import anthropic
        from tools import ADVISOR, LIMIT, count_uses, run

        client = anthropic.Anthropic()
        SEARCH = {"name": "search", "description": "Finds pages.", "input_schema": {"type": "object"}}
        ADVISE = {"name": "advise", "description": "Gives advice.", "input_schema": {"type": "object"}}

        def work(task):
            messages = [{"role": "user", "content": task}]
            uses = 0
            has_advisor = True
            for _ in range(20):
                if has_advisor and uses >= LIMIT:
                    has_advisor = False
                reply = client.messages.create(
                    model="claude-sonnet-4-5",
                    max_tokens=500,
                    cache_control={"type": "ephemeral"},
                    tools=[SEARCH] + ([ADVISE] if has_advisor else []),
                    messages=messages,
                )
                uses += count_uses(reply)
                messages.append({"role": "assistant", "content": reply.content})
                messages.append({"role": "user", "content": run(reply)})
      `,
    },
  ],
  invalid: [
    {
      name: "a match on the user, told once",
      py: `
        import anthropic

        client = anthropic.Anthropic()

        def tools_for(user):
            match user.role:
                  ^^^^^^^^^ condition
                case "manager":
                    return [{"name": "look", "input_schema": {}}, {"name": "pay", "input_schema": {}}]
                case "bench":
                    return [{"name": "look", "input_schema": {}}, {"name": "mend", "input_schema": {}}]
            return [{"name": "look", "input_schema": {}}]

        def answer(user, rules, turns):
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                tools=tools_for(user),
                system=[{"type": "text", "text": rules, "cache_control": {"type": "ephemeral"}}],
                messages=turns,
            )
      `,
    },
    {
      name: "the last step goes without any tools",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()
        FIND = {"name": "find", "description": "Find a page.", "input_schema": {"type": "object"}}
        TOOLS = [FIND]

        def work(task):
            messages = [{"role": "user", "content": task}]
            for step in range(3):
                params = {"model": "claude-sonnet-4-5", "max_tokens": 500, "messages": messages}
                if step < 2:
                    params["tools"] = TOOLS
                                      ^^^^^ step
                reply = client.messages.create(
                    **params, system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}]
                )
                messages.append({"role": "assistant", "content": reply.content})
                messages.append({"role": "user", "content": "Go on."})
      `,
    },
    {
      name: "a tool for managers",
      files: { "tools.ts": tools },
      ts: `${start}

        export function answer(user: { isManager: boolean }, turns: Anthropic.MessageParam[]) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            tools: [findOrder, ...(user.isManager ? [refundOrder] : [])],
                                   ^^^^^^^^^^^^^^ condition
            system: [{ type: "text", text: RULES, cache_control: { type: "ephemeral" } }],
            messages: turns,
          });
        }
      `,
    },
    {
      name: "a filter by the rights of the user",
      files: { "tools.ts": tools },
      ts: `${start}

        export function answer(user: { may(tool: string): boolean }, turns: Anthropic.MessageParam[]) {
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            tools: [findOrder, refundOrder].filter((tool) => user.may(tool.name)),
                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ condition
            system: [{ type: "text", text: RULES, cache_control: { type: "ephemeral" } }],
            messages: turns,
          });
        }
      `,
    },
    {
      name: "a description that counts the calls of the process",
      ts: `
        import { readFileSync } from "node:fs";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const RULES = readFileSync("handbook.md", "utf8");
        let calls = 0;

        function searchTool() {
          calls += 1;
          return { name: "search", description: \`Search, call \${calls}.\`, input_schema: { type: "object" } };
                                                              ^^^^^^^^ definition
        }

        export const answer = (question: string) =>
          client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            tools: [searchTool()],
            system: [{ type: "text", text: RULES, cache_control: { type: "ephemeral" } }],
            messages: [{ role: "user", content: question }],
          });
      `,
    },
    {
      name: "tools that a search for the question finds",
      py: `
        from pathlib import Path
        import anthropic
        import requests
        from flask import Flask, request

        app = Flask(__name__)
        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        @app.post("/ask")
        def answer():
            question = request.json["question"]
            found = requests.get("https://tools.internal/best", params={"for": question}).json()
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                tools=[{"name": "best", "description": found["description"], "input_schema": {"type": "object"}}],
                                                       ^^^^^^^^^^^^^^^^^^^^ definition
                system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                messages=[{"role": "user", "content": question}],
            )
      `,
    },
    {
      name: "a schema that counts the steps down",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()

        def search(question):
            for step in range(3):
                client.messages.create(
                    model="claude-sonnet-4-5",
                    max_tokens=500,
                    tools=[{"name": "rest", "input_schema": {"type": "object", "maxProperties": 3 - step}}],
                                                                                                ^^^^^^^^ definition
                    system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                    messages=[{"role": "user", "content": question}],
                )
      `,
    },
    {
      name: "the last step goes without the tools of the others",
      py: `
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()
        RULES = Path("handbook.md").read_text()
        FIND = {"name": "find_order", "description": "Find an order.", "input_schema": {"type": "object"}}
        DONE = {"name": "done", "description": "End the search.", "input_schema": {"type": "object"}}

        def search(question):
            messages = [{"role": "user", "content": question}]
            for step in range(3):
                response = client.messages.create(
                    model="claude-sonnet-4-5",
                    max_tokens=500,
                    tools=[FIND, DONE] if step < 2 else [DONE],
                           ^^^^ step
                    system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                    messages=messages,
                )
                messages.append({"role": "assistant", "content": response.content})
                messages.append({"role": "user", "content": "Go on."})
            return messages
      `,
    },
  ],
});

test("a tool that is added on the way is traced back to who hands the tools over", () => {
  const text = `
from pathlib import Path
import anthropic

client = anthropic.Anthropic()
RULES = Path("handbook.md").read_text()

def as_tool(spec):
    return {"name": spec.name, "description": spec.description, "input_schema": {"type": "object"}}

def send(messages, specs):
    tools = [as_tool(spec) for spec in specs]
    system = [{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}]
    return client.messages.create(
        model="claude-sonnet-4-5", max_tokens=500, tools=tools, system=system, messages=messages
    )

def work(registry, question):
    messages = [{"role": "user", "content": question}]
    specs = [registry.find("search")]
    for name in ["read", "write"]:
        answer = send(messages, specs)
        messages.append({"role": "assistant", "content": answer.content})
        messages.append({"role": "user", "content": "Go on."})
        specs.append(registry.find(name))
`;
  const { findings } = lintTexts({ "main.py": text, "handbook.md": "Be brief and kind. ".repeat(2000) });
  const [found] = findings.filter(({ ruleId }) => ruleId === "no-varying-tools");
  const places = found!.related.map(({ span }) => text.slice(span.start, span.end));
  expect(places).toContain("send(messages, specs)");
});
