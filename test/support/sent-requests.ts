import { Project } from "../../src/engine/project.ts";
import { entryPointsOf, runAsProgram } from "../../src/evaluate/entries.ts";
import { explore } from "../../src/evaluate/explore.ts";
import { StepBudget } from "../../src/evaluate/step-budget.ts";
import { Modules } from "../../src/evaluate/modules.ts";
import { dedent } from "./dedent.ts";
import { printRequest } from "./print-request.ts";

/**
 * The requests a program sends, printed with the SDK in front: those of its top level, then those of each of its
 * functions that is run on its own; each shape once.
 * @param files files beside the program, such as manifests, by path
 */
export function sentRequests(
  path: "main.py" | "main.ts",
  code: string,
  files: Readonly<Record<string, string>> = {},
): readonly string[] {
  const texts = new Map([...Object.entries(files), [path, dedent(code)]]);
  const project = new Project({
    readText: (name) => (texts.has(name) ? { text: texts.get(name)! } : undefined),
    exists: (name) => texts.has(name),
  });
  const modules = new Modules(project);
  const module = project.module(path)!;
  const [problem] = module.problems;
  if (problem) throw new Error(`${path}: ${problem.message}`);
  const entries = entryPointsOf(modules.load(module));
  const sent = new Set<string>();
  for (const run of [undefined, ...entries]) {
    explore(
      project,
      modules,
      new StepBudget(
        ({ checkpoints }) => checkpoints.length > 0,
        () => false,
      ),
      (state) => (run ? run.run(state) : runAsProgram(state, modules, module)),
      ({ requests }) => {
        const printed = requests.map(({ request }) => `${request.sdk}\n${printRequest(request)}`);
        for (const one of printed) sent.add(one);
        return printed.join("\n");
      },
    );
  }
  return [...sent];
}
