import { expect, test } from "vitest";
import { handbook } from "../support/handbook.ts";
import { lintTexts } from "../support/lint-texts.ts";

const head = `
import asyncio
import sys
from datetime import datetime
from pathlib import Path
import anthropic

client = anthropic.Anthropic()
GUIDE = Path("handbook.md").read_text()
MARK = {"cache_control": {"type": "ephemeral"}}
`;

const system = `
def system():
    return [{"type": "text", "text": f"It is {datetime.now()}."}, {"type": "text", "text": GUIDE, **MARK}]
`;

const functions = `${system}
def ask(question, blocks=None):
    return client.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=100,
        system=blocks or system(),
        messages=[{"role": "user", "content": question}],
    )

def main():
    print(ask("Where does the ferry go?"))

async def main_later():
    main()
`;

/** The rules of the findings about a script. */
function rulesOf(script: string): readonly string[] {
  const { findings } = lintTexts({ "script.py": head + script, "handbook.md": handbook });
  return findings.map(({ ruleId }) => ruleId);
}

test.each([
  ["a function that sends", `ask("Where does the ferry go?")`],
  ["a function that sends what is asked on the command line", `print(ask(sys.argv[1]))`],
  ["a main function", `if __name__ == "__main__":\n    main()`],
  ["a coroutine", `asyncio.run(main_later())`],
])("a clock on the way to the send is new in each call: %s", (_, script) => {
  expect(rulesOf(functions + script)).toEqual(["no-dynamic-prefix"]);
});

test.each([
  [
    "a text made once, at the top level",
    `${system}TEXT = system()
def ask(question):
    return client.messages.create(
        model="claude-sonnet-4-5", max_tokens=9, system=TEXT, messages=[{"role": "user", "content": question}])
ask("Where?")`,
  ],
  [
    "a request at the top level",
    `${system}client.messages.create(model="claude-sonnet-4-5", max_tokens=9, system=system(), messages=[])`,
  ],
  [
    "a main function that marks nothing",
    `def main():
    print(client.messages.create(
        model="claude-sonnet-4-5", max_tokens=9, system=GUIDE, messages=[{"role": "user", "content": input()}]))
main()`,
  ],
])("what happens once in a process is no reason for a finding: %s", (_, script) => {
  expect(rulesOf(script)).toEqual([]);
});

test("a handler that a decorator hands over is called as often as a conversation has turns", () => {
  const { findings } = lintTexts({
    "handler.py": `${head}
from collections import deque
from fastapi import FastAPI
app = FastAPI()
sessions = {}

@app.post("/chat")
def chat(payload):
    history = sessions.setdefault(payload.session_id, deque(maxlen=10))
    history.append({"role": "user", "content": [{"type": "text", "text": payload.text}]})
    *earlier, last = history
    answer = client.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=100,
        messages=[*earlier, {"role": "user", "content": [{**last["content"][0], **MARK}]}],
    )
    history.append({"role": "assistant", "content": answer.content[0].text})
`,
  });
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(["no-rewritten-history"]);
});
