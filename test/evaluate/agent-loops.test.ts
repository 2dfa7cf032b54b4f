import { expect, test } from "vitest";
import { Project } from "../../src/engine/project.ts";
import { entryPointsOf } from "../../src/evaluate/entries.ts";
import { explore } from "../../src/evaluate/explore.ts";
import { StepBudget } from "../../src/evaluate/step-budget.ts";
import { Modules } from "../../src/evaluate/modules.ts";

const send = `answer = client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=history)`;

/** Whether what a function sends is a step of an agent, for each request. */
function stepsIn(body: string): readonly boolean[] {
  const text = `import anthropic\nclient = anthropic.Anthropic()\ndef ask(history):\n${body.replace(/^(?=.)/gm, "    ")}`;
  const project = new Project({ readText: () => ({ text }), exists: (path) => path === "main.py" });
  const modules = new Modules(project);
  const budget = new StepBudget(
    () => false,
    () => false,
  );
  const [entry] = entryPointsOf(modules.load(project.module("main.py")!));
  const { traces } = explore(
    project,
    modules,
    budget,
    (run) => entry!.run(run),
    ({ requests }) => String(requests.length),
  );
  return [
    ...new Set(traces.flatMap(({ requests }) => requests.map(({ request }) => request.isStep === true))),
  ];
}

test.each([
  [
    "while the newest message is not the model's",
    `while history[-1]["role"] != "assistant":\n    ${send}\n`,
    [true],
  ],
  [
    "until the model has had enough",
    `while True:\n    ${send}\n    if answer.stop_reason != "tool_use":\n        break\n`,
    [true],
  ],
  [
    "for some rounds at most",
    `for _ in range(9):\n    ${send}\n    if not answer.tool_calls:\n        return answer\n`,
    [true],
  ],
  [
    "until it has worked",
    `while True:\n    try:\n        ${send}\n        break\n    except Exception:\n        wait()\n`,
    [false],
  ],
  [
    "for each of some texts",
    `for history in read():\n    ${send}\n    if not answer.tool_calls:\n        return answer\n`,
    [false],
  ],
  ["once", `${send}\n`, [false]],
])("a request that is sent %s", (_, body, expected) => {
  expect(stepsIn(body)).toEqual(expected);
});
