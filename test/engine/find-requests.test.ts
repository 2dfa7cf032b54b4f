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
