import { describe, expect, it } from "vitest";
import { Project } from "../../src/engine/project.ts";
import { entryPointsOf } from "../../src/evaluate/entries.ts";
import { explore } from "../../src/evaluate/explore.ts";
import { StepBudget } from "../../src/evaluate/step-budget.ts";
import { Modules } from "../../src/evaluate/modules.ts";
import type { Run } from "../../src/evaluate/run.ts";

/** Four functions that ask the same helper, which looks at a flag that nobody knows. */
function callers(body: string): string {
  const asking = [1, 2, 3, 4].map((index) => `def ask_${index}():\n    return look_up()\n`).join("");
  return `import anthropic\nclient = anthropic.Anthropic()\n\ndef look_up():\n${body}\n${asking}`;
}

const sends = `client.messages.create(model="claude-sonnet-4-5", max_tokens=1, messages=[])`;

/** How often each of the functions is run, by name. */
function runsOf(text: string, wasVain: (place: string) => boolean = () => false) {
  const project = new Project({
    readText: (path) => (path === "main.py" ? { text } : undefined),
    exists: (path) => path === "main.py",
  });
  const modules = new Modules(project);
  const budget = new StepBudget(() => false, wasVain);
  const entries = entryPointsOf(modules.load(project.module("main.py")!));
  return entries
    .filter(({ name }) => name.startsWith("ask_"))
    .map((entry) => {
      let runs = 0;
      const run = (state: Run) => {
        runs++;
        return entry.run(state);
      };
      explore(project, modules, budget, run, ({ requests }) => String(requests.length));
      return runs;
    });
}

describe("a condition that has shown nothing whenever it was turned", () => {
  const silent = callers("    return 1 if settings.flag else 2");

  it("is turned by three functions that send nothing, and not by the fourth", () => {
    expect(runsOf(silent)).toEqual([2, 2, 2, 1]);
  });

  it("is turned by none where other files have turned it", () => {
    const place = `main.py:${silent.indexOf("settings.flag")}`;
    expect(runsOf(silent, (asked) => asked === place)).toEqual([1, 1, 1, 1]);
  });

  it("is turned by all that send something", () => {
    expect(runsOf(callers(`    if settings.flag:\n        ${sends}\n    else:\n        ${sends}`))).toEqual([
      2, 2, 2, 2,
    ]);
  });

  it("is turned by all where turning it sends something", () => {
    const runs = runsOf(callers(`    if settings.flag:\n        return\n    ${sends}`));
    expect(runs.every((count) => count >= 2)).toBe(true);
  });
});
