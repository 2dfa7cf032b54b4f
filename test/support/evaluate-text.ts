import { Project } from "../../src/engine/project.ts";
import { entryPointsOf, type EntryPoint } from "../../src/evaluate/entries.ts";
import { StopRun } from "../../src/evaluate/bounds.ts";
import { historyLengths } from "../../src/evaluate/explore.ts";
import { Modules } from "../../src/evaluate/modules.ts";
import { Run, type Scenario } from "../../src/evaluate/run.ts";
import type { Decision, ListValue, OpaqueValue, RecordValue, Value } from "../../src/value/value.ts";
import { dedent } from "./dedent.ts";

export interface EvaluateOptions {
  /** Other files in view, by path; the snippet itself is `main.py` or `main.ts`. */
  readonly files?: Readonly<Record<string, string>>;
  /** True: results of runs with other lengths of unknown lists are given as well. */
  readonly lengths?: boolean;
}

export interface EvaluatedText {
  /** The different values, printed, in the order in which the runs found them. */
  readonly values: readonly string[];
  /** The bounds that were reached. */
  readonly bounds: readonly string[];
}

/**
 * Evaluates a snippet in a file of this name: what its function, method or class member `build` returns on every
 * path. A snippet without one is the body of it, and its last line the value.
 */
export function evaluateText(
  path: "main.py" | "main.ts",
  snippet: string,
  { files = {}, lengths = false }: EvaluateOptions = {},
): EvaluatedText {
  const code = dedent(snippet).trimEnd();
  const texts: Readonly<Record<string, string>> = {
    ...files,
    [path]: /\bbuild\b/.test(code) ? code : wrap(path, code),
  };
  const folders = new Set(Object.keys(texts).flatMap(foldersAbove));
  const project = new Project({
    readText: (name) => (Object.hasOwn(texts, name) ? { text: dedent(texts[name]!) } : undefined),
    exists: (name) => Object.hasOwn(texts, name) || folders.has(name),
  });
  const modules = new Modules(project);
  const module = project.module(path)!;
  const [problem] = module.problems;
  if (problem) throw new Error(`${path}: ${problem.message}`);
  const entry = entryPointsOf(modules.load(module)).find(({ name }) => name === "build");
  if (!entry) throw new Error(`${path} has no function named build`);
  return runEntry(project, modules, entry, lengths);
}

/** Ways through a program that are tried. */
const maximumRuns = 64;

/** Runs an entry point on every path: each decision of a run is turned in another one. */
function runEntry(project: Project, modules: Modules, entry: EntryPoint, lengths: boolean): EvaluatedText {
  const values: string[] = [];
  const bounds = new Set<string>();
  const usual = historyLengths.usual;
  const runWith = (
    forced: ReadonlyMap<string, boolean>,
    length: number,
    calls: number,
  ): readonly Decision[] => {
    const run = runOnce(project, modules, { forced, length, calls }, entry, (printed) => {
      if (!values.includes(printed)) values.push(printed);
    });
    for (const name of run.boundsReached.keys()) bounds.add(name);
    return run.decisions;
  };
  const pending: ReadonlyMap<string, boolean>[] = [new Map()];
  for (let runs = 0; runs < maximumRuns && pending[runs]; runs++) {
    const forced = pending[runs]!;
    const decisions = runWith(forced, usual, 2);
    const before = new Map(forced);
    for (const { key, taken } of decisions) {
      if (!before.has(key)) pending.push(new Map(before).set(key, !taken));
      before.set(key, taken);
    }
  }
  if (lengths)
    for (const length of historyLengths.others) runWith(new Map(), length, length > usual ? 16 : 2);
  return { values, bounds: [...bounds] };
}

function runOnce(
  project: Project,
  modules: Modules,
  scenario: Scenario,
  entry: EntryPoint,
  tell: (printed: string) => void,
): Run {
  const run = new Run(project, modules, scenario, false);
  try {
    const value = entry.run(run);
    tell(value ? printValue(value) : "(the call ended in a throw)");
  } catch (error) {
    if (!(error instanceof StopRun)) throw error;
    tell("(the run ended early)");
  } finally {
    run.undoAll();
  }
  return run;
}

function wrap(path: string, code: string): string {
  const lines = code.split("\n");
  const last = lines.findLastIndex((line) => /^[^\s)\]}]/.test(line));
  lines[last] = `return ${lines[last]!}`;
  const body = lines.map((line) => (line === "" ? line : `    ${line}`)).join("\n");
  return path.endsWith(".py") ? `def build():\n${body}\n` : `export async function build() {\n${body}\n}\n`;
}

function foldersAbove(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** Deepest nesting that is printed. */
const maximumDepth = 6;

/**
 * A value as one line: text in quotes with each hole as its scope, `?` behind scopes that are only likely, unstable
 * orders behind what has them, `...` in front of what stands for any number of elements.
 */
export function printValue(value: Value, depth = 0): string {
  if (depth > maximumDepth) return "…";
  switch (value.type) {
    case "text":
      return `"${value.parts.map((part) => (part.kind === "literal" ? part.text.replaceAll("\n", "\\n") : printHole(part.hole))).join("")}"`;
    case "constant":
      return String(value.value);
    case "list":
      return printList(value, depth);
    case "record":
      return printRecord(value, depth);
    case "function":
      return `function ${value.node.name}`;
    case "class":
      return `class ${value.node.name}`;
    case "opaque":
      return printHole(value);
  }
}

function printHole({ scope, confidence, order }: OpaqueValue): string {
  const isStable = order === "insertion" || order === "fixed";
  return `<${scope}${confidence === "certain" ? "" : "?"}${isStable ? "" : ` ${order}`}>`;
}

function printList({ elements, order, cuts }: ListValue, depth: number): string {
  const inner = elements.map(
    (element) => (element.stretch ? "..." : "") + printValue(element.value, depth + 1),
  );
  const isStable = order.order === "insertion" || order.order === "fixed";
  const dropped = cuts.map((cut) => ` cut ${cut.dropped}`).join("");
  return `[${inner.join(", ")}]${isStable ? "" : ` ${order.order}`}${dropped}`;
}

function printRecord({ entries, rest }: RecordValue, depth: number): string {
  const inner = [...entries].map(([key, entry]) => `${key}: ${printValue(entry.value, depth + 1)}`);
  return `{${[...inner, ...rest.map((each) => `...${printHole(each)}`)].join(", ")}}`;
}
