import { describe, expect, test } from "vitest";
import { lintTexts } from "../support/lint-texts.ts";
import { dedent } from "../support/dedent.ts";

/** Checkpoints of the fragments that are found, the largest number a function makes; 9 stands for any number. */
function fragmentsIn(path: string, text: string): Record<string, number> {
  const { requests, files } = lintTexts({ [path]: dedent(text) });
  return Object.fromEntries(
    requests
      .filter(({ sdk }) => sdk === "fragment")
      .map(({ at, checkpoints }) => [
        files.get(path)!.text.slice(at.start, at.end),
        Math.min(9, checkpoints.length),
      ]),
  );
}

describe("code that writes marks and sends nothing is tried on made-up arguments", () => {
  test.each([
    [
      "marks every block of a system prompt",
      "marks.py",
      `
      def mark_all(blocks):
          return [{"type": "text", "text": block, "cache_control": {"type": "ephemeral"}} for block in blocks]
      `,
      { mark_all: 9 },
    ],
    [
      "changes the messages it is given",
      "marks.py",
      `
      def mark_last(messages):
          messages[-1]["content"][-1]["cache_control"] = {"type": "ephemeral"}
      `,
      { mark_last: 1 },
    ],
    [
      "marks the last tool of a Converse request",
      "marks.ts",
      `
      export function withPoint(specs) {
        return [...specs.map((toolSpec) => ({ toolSpec })), { cachePoint: { type: "default" } }];
      }
      `,
      { withPoint: 1 },
    ],
    [
      "writes options of the AI SDK",
      "marks.ts",
      `
      export function markEach(messages) {
        const providerOptions = { anthropic: { cacheControl: { type: "ephemeral" } } };
        return messages.map((message) => ({ ...message, providerOptions }));
      }
      `,
      { markEach: 4 },
    ],
    [
      "marks parts of the body it is given",
      "marks.py",
      `
      def before_request(payload):
          for message in payload.get("messages", [])[-2:]:
              if isinstance(message["content"], list):
                  message["content"][-1]["cache_control"] = {"type": "ephemeral"}
          tools = payload.get("tools")
          if tools:
              tools[-1]["cache_control"] = {"type": "ephemeral"}
      `,
      { before_request: 3 },
    ],
    [
      "marks the tools of the body it is given",
      "marks.ts",
      `
      export function beforeRequest(body) {
        if (body.tools?.length) body.tools.at(-1).cache_control = { type: "ephemeral" };
        console.log(body.system, body.messages.length);
      }
      `,
      { beforeRequest: 1 },
    ],
    [
      "marks by an option that callers may leave out",
      "marks.ts",
      `
      export function markLast({ messages, options = { anthropic: { cacheControl: { type: "ephemeral" } } } }) {
        const last = messages.length - 1;
        return messages.map((m, i) => (i === last ? { ...m, providerOptions: { ...m.providerOptions, ...options } } : m));
      }
      `,
      { markLast: 1 },
    ],
    [
      "gives system and messages as a pair",
      "marks.py",
      `
      MARK = {"type": "ephemeral"}

      def split(rules, turns):
          system = [{"type": "text", "text": rules, "cache_control": MARK}]
          messages = [{"role": turn.role, "content": [{"type": "text", "text": turn.text}]} for turn in turns]
          messages[-1]["content"][-1]["cache_control"] = MARK
          return system, messages
      `,
      { split: 2 },
    ],
    [
      "a helper that makes one block says nothing of requests",
      "marks.py",
      `
      def cached(text):
          return {"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}
      `,
      {},
    ],
    [
      "marks that are handed on from other blocks",
      "marks.ts",
      `
      export const copyMarks = (tools, marked) =>
        tools.map((tool, index) => ({ parameters: tool, cache_control: marked[index].cache_control }));
      `,
      {},
    ],
    [
      "a conversion without marks is of no interest",
      "marks.ts",
      `
      export const toParams = (messages) => messages.map(({ role, text }) => ({ role, content: text })); // cache_control
      `,
      {},
    ],
  ])("%s", (_, path, text, expected) => {
    expect(fragmentsIn(path, text)).toEqual(expected);
  });

  test("but not where a request in view uses it", () => {
    const text = `
      import anthropic

      def mark_last(messages):
          messages[-1]["content"][-1]["cache_control"] = {"type": "ephemeral"}
          return messages

      def ask(messages):
          return anthropic.Anthropic().messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=mark_last(messages))
      `;
    expect(fragmentsIn("marks.py", text)).toEqual({});
  });

  test("a mark beside the role is no fault where the API is not known", () => {
    const text = `
      export function addMarks(systemPrompt, messages) {
        return [{ role: "system", content: systemPrompt, cache_control: { type: "ephemeral" } }, ...messages];
      }
      `;
    expect(lintTexts({ "marks.ts": dedent(text) }).findings).toEqual([]);
  });

  test.each([
    {
      name: "a copy with marks that nobody uses",
      text: `
        import copy

        def with_marks(messages):
            marked = copy.deepcopy(messages)
            marked[-1]["content"][-1]["cache_control"] = {"type": "ephemeral"}
            return marked

        def prepare(messages, system):
            with_marks(messages)
            return {"system": system, "messages": messages}
      `,
      findings: ["no-ignored-checkpoint likely"],
    },
    {
      name: "messages that are marked in place",
      text: `
        def mark(messages):
            messages[-1]["content"][-1]["cache_control"] = {"type": "ephemeral"}
            return messages

        def prepare(messages, system):
            mark(messages)
            return {"system": system, "messages": messages}
      `,
      findings: [],
    },
    {
      name: "a marked block of thinking",
      text: `
        def to_message(reply):
            blocks = [{"type": "thinking", "thinking": reply.thought, "cache_control": {"type": "ephemeral"}}]
            return {"role": "assistant", "content": [*blocks, {"type": "text", "text": reply.text}]}
      `,
      findings: ["no-misplaced-checkpoint likely"],
    },
    {
      name: "a last block that may be thinking",
      text: `
        def to_message(reply):
            blocks = []
            if reply.thought:
                blocks.append({"type": "thinking", "thinking": reply.thought})
            if reply.text:
                blocks.append({"type": "text", "text": reply.text})
            blocks[-1]["cache_control"] = {"type": "ephemeral"}
            return {"role": "assistant", "content": blocks}
      `,
      findings: [],
    },
  ])("what is found: $name", ({ text, findings }) => {
    const found = lintTexts({ "marks.py": dedent(text) }).findings;
    expect(found.map(({ ruleId, confidence }) => `${ruleId} ${confidence}`)).toEqual(findings);
  });
});
