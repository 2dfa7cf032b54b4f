import { describe } from "vitest";
import checkpoints from "../../rules/no-dynamic-checkpoint.ts";
import prefixes from "../../rules/no-dynamic-prefix.ts";
import { testRule } from "../support/test-rule.ts";

/** An agent that sends its system text with each step of a turn, and is handed the turns before. */
const steps = `
        messages = [*history, {"role": "user", "content": question}]
        for step in range(400):
            reply = client.messages.create(
                model="claude-sonnet-4-5", max_tokens=500, system=system, messages=messages
            )
            messages.append({"role": "assistant", "content": reply.content})
            if reply.stop_reason != "tool_use":
                break
            messages.append({"role": "user", "content": run_tools(reply)})
        return messages
`;
const imports = `
    from datetime import date, datetime
    import anthropic
    from tools import run_tools
    client = anthropic.Anthropic()
    HANDBOOK = "Answer what is asked, and nothing else. " * 400
    MARK = {"type": "ephemeral"}
`;

describe("a clock in front of the text", () => {
  testRule(prefixes, {
    valid: [
      {
        name: "the day is the same in most turns",
        py: `${imports}
    def turn(history, question):
        system = [{"type": "text", "text": f"It is {date.today()}. {HANDBOOK}", "cache_control": MARK}]
${steps}`,
      },
      {
        name: "a task that begins a conversation of its own",
        py: `${imports}
    def turn(question):
        history = []
        system = [{"type": "text", "text": f"It is {datetime.now()}. {HANDBOOK}", "cache_control": MARK}]
${steps}`,
      },
      {
        name: "a task of unknown blocks that begins a conversation of its own",
        py: `${imports}
    def turn(task):
        for block in task:
            log(block.type)
        history = []
        question = task
        system = [{"type": "text", "text": f"It is {datetime.now()}. {HANDBOOK}", "cache_control": MARK}]
${steps}`,
      },
    ],
    invalid: [
      {
        name: "read once a turn",
        py: `${imports}
    def turn(history, question):
        system = [
            {"type": "text", "text": f"It is {datetime.now()}."},
                                             ^^^^^^^^^^^^^^^^ turn
            {"type": "text", "text": HANDBOOK, "cache_control": MARK},
        ]
${steps}`,
      },
      {
        name: "read for each step",
        py: `${imports}
    def system_text():
        return [{"type": "text", "text": f"It is {datetime.now()}. {HANDBOOK}", "cache_control": MARK}]
                                                 ^^^^^^^^^^^^^^^^ fresh
    def turn(history, question):
${steps.replace("system=system", "system=system_text()")}`,
      },
    ],
  });
});

describe("a clock at the end of the marked text", () => {
  testRule(checkpoints, {
    valid: [
      {
        name: "behind the mark",
        py: `${imports}
    def turn(history, question):
        system = [
            {"type": "text", "text": HANDBOOK, "cache_control": MARK},
            {"type": "text", "text": f"It is {datetime.now()}."},
        ]
${steps}`,
      },
    ],
    invalid: [
      {
        name: "read once a turn",
        py: `${imports}
    def turn(history, question):
        system = [{"type": "text", "text": f"{HANDBOOK} It is {datetime.now()}.", "cache_control": MARK}]
                                                              ^^^^^^^^^^^^^^^^ turn
${steps}`,
      },
    ],
  });
});
