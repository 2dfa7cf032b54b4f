import { expect, test } from "vitest";
import { handbook } from "../support/handbook.ts";
import { lintTexts } from "../support/lint-texts.ts";

test("a statement that puts two marks into a request is told of once", () => {
  const { findings } = lintTexts({
    "main.py": `
from datetime import datetime
import anthropic
client = anthropic.Anthropic()
def block(text):
    return {"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}
def ask(question):
    return client.messages.create(
        model="claude-sonnet-4-5", max_tokens=9, messages=[{"role": "user", "content": question}],
        system=[{"type": "text", "text": f"It is {datetime.now()}."}, block(${JSON.stringify(handbook)}), block(${JSON.stringify(handbook)})])
`,
  });
  const [finding] = findings;
  expect(finding?.ruleId).toBe("no-dynamic-prefix");
  expect(finding?.message).toContain("in front of the 2 checkpoints at line 6");
  const told = finding?.related.map(({ span, message }) => `${span.start} ${message}`);
  expect(told?.filter((place) => place.includes("No request can read"))).toHaveLength(1);
  expect(new Set(told).size).toBe(told?.length);
});
