import { expect, test } from "vitest";
import { lintTexts } from "../support/lint-texts.ts";

const head = `import Anthropic from "@anthropic-ai/sdk";
const client = new Anthropic();
`;

/** A class whose method \`ask\` leads to \`send\`, which names \`ask\` in turn. */
function desk(inSend: string): string {
  return `${head}export class Desk {
  ask(question: string) {
    return this.send("You answer what guests of a hotel ask about rooms, meals and trains.", question);
  }
  private send(rules: string, question: string) {
    ${inSend}
    return client.messages.create({
      model: "claude-sonnet-4-5",
      max_tokens: 100,
      system: rules,
      messages: [{ role: "user", content: question }],
    });
  }
}
`;
}

test.each([
  ["told in a text", 'const caller = "ask"; log(caller);'],
  ["called again", "if (question.length > 9000) return this.ask(question.slice(0, 9000));"],
  ["handed over", "queue.retryWith(this.ask);"],
])("a request is run from its caller, whose name is %s", (_, inSend) => {
  const { requests } = lintTexts({ "desk.ts": desk(inSend) });
  expect(requests.map(({ unresolved }) => unresolved.map(({ part }) => part))).toEqual([[]]);
  expect(requests[0]!.segments[0]!.tokens.low).toBeGreaterThan(8);
});

test.each([
  ["is shown in a file that was asked for and holds no marker", ["base.py"], 1],
  ["is not shown in a file that nobody asked for", [], 0],
])("a request that a file sends on behalf of another %s", (_, asked, count) => {
  const files = {
    "base.py": "class Base:\n    def send(self, call, **body):\n        return call(**body)\n",
    "bot.py": `import anthropic
from base import Base
class Bot(Base):
    def ask(self, messages):
        return self.send(anthropic.Anthropic().messages.create, model="claude-sonnet-4-5", max_tokens=9, messages=messages)
`,
  };
  const { requests } = lintTexts(files, { lint: ["bot.py"], asked });
  expect(requests.map(({ at }) => at.file)).toEqual(Array.from({ length: count }, () => "base.py"));
});

test("what only one run has followed is no difference between two", () => {
  const { findings, requests } = lintTexts({
    "main.py": `
import anthropic
client = anthropic.Anthropic()
def pad(label, n):
    return " ".join(f"{label} note {i:03d}: prefer SI units, and show all steps." for i in range(n))
def tools(note):
    return [{"name": "weather", "description": f"{note} {pad('w', 200)}", "input_schema": {"type": "object"}},
            {"name": "time", "description": pad("t", 200), "input_schema": {"type": "object"}}]
def ask(prompt):
    return client.messages.create(model="claude-sonnet-4-5", max_tokens=9, tools=tools("v1"),
        messages=[{"role": "user", "content": [{"type": "text", "text": prompt, "cache_control": {"type": "ephemeral"}}]}])
def until_cached(prompt):
    for i in range(4):
        reply = ask(prompt)
        if reply.usage.cache_read_input_tokens > 0 or i == 3:
            return reply
        print(pad("retry", 200))
for _ in range(6):
    until_cached("What is 2+2?")
`,
  });
  expect(requests.map(({ checkpoints }) => checkpoints.length)).toEqual([1]);
  expect(findings).toEqual([]);
});

test.each([
  ["is found in a file that speaks of caching", "with_prompt_caching", 1],
  ["is given up on in one that does not", "with_greeting", 0],
])("a request that a long way leads to %s", (_, helper, count) => {
  const { requests } = lintTexts({
    "helpers.py": `
def ${helper}(text):
    return [{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}]
`,
    "main.py": `
import anthropic
from helpers import ${helper}
def ask(question):
    total = 0
    for group in range(15):
        for number in range(900):
            total += number
    return anthropic.Anthropic().messages.create(model="claude-sonnet-4-5", max_tokens=9,
        system=${helper}("You answer what guests ask."), messages=[{"role": "user", "content": question}])
`,
  });
  expect(requests.filter(({ at }) => at.file === "main.py")).toHaveLength(count);
});

test("an import that a function repeats is followed once, and what it brings counts", () => {
  const { requests } = lintTexts({
    "registry.py":
      "TOOLS = []\ndef add(name):\n    TOOLS.append({'name': name, 'description': name, 'input_schema': {'type': 'object'}})\n",
    "clock.py": "import registry\nregistry.add('clock')\n",
    "main.py": `
import anthropic
import registry
def load():
    import clock
def ask(question):
    for _ in range(20):
        load()
    tools = [tool for tool in registry.TOOLS]
    return anthropic.Anthropic().messages.create(model="claude-sonnet-4-5", max_tokens=9, tools=tools,
        messages=[{"role": "user", "content": question}])
`,
  });
  expect(requests.map(({ segments }) => segments.filter(({ region }) => region === "tools").length)).toEqual([
    1,
  ]);
});
