import { expect, test } from "vitest";
import { ReferenceGraph, type References } from "../../src/eslint/reference-graph.ts";
import { importsIn } from "../../src/eslint/references.ts";

/** Files by path, each with what it imports; `marked` ones may send a request. */
function graphOf(files: Record<string, readonly string[]>, marked: readonly string[]): ReferenceGraph {
  const entries = Object.entries(files).map(([path, imports]): [string, References] => [
    path,
    { isMarked: marked.includes(path), imports, names: new Set(imports), bases: [] },
  ]);
  return ReferenceGraph.of(new Map(entries), () => "");
}

const chain = Object.fromEntries(
  Array.from({ length: 10 }, (_, at) => [`step${at}.ts`, at < 9 ? [`./step${at + 1}`] : []]),
);

test.each([
  {
    name: "of what a sender imports",
    files: { "send.ts": ["./prompt"], "prompt.ts": [] },
    marked: ["send.ts"],
    of: "prompt.ts",
    users: ["send.ts"],
  },
  {
    name: "of what is imported on the way, the nearest first",
    files: { "far.ts": ["./near"], "near.ts": ["./prompt"], "prompt.ts": [] },
    marked: ["far.ts", "near.ts"],
    of: "prompt.ts",
    users: ["near.ts", "far.ts"],
  },
  {
    name: "not of the sender itself, where two import each other",
    files: { "send.ts": ["./other"], "other.ts": ["./send"] },
    marked: ["send.ts"],
    of: "send.ts",
    users: ["other.ts"],
  },
  {
    name: "of a template that is named",
    files: { "send.py": ["persona"], "prompts/persona.j2": [] },
    marked: ["send.py"],
    of: "prompts/persona.j2",
    users: ["send.py"],
  },
  { name: "up to six steps away", files: chain, marked: ["step0.ts"], of: "step6.ts", users: ["step0.ts"] },
  { name: "no farther", files: chain, marked: ["step0.ts"], of: "step7.ts", users: [] },
  {
    name: "without tests",
    files: { "send.test.ts": ["./send"], "send.ts": ["./prompt"], "prompt.ts": [] },
    marked: ["send.test.ts", "send.ts"],
    of: "prompt.ts",
    users: ["send.ts"],
  },
  {
    name: "with tests, for what belongs to a test",
    files: { "tests/send.test.ts": ["./fixture"], "tests/fixture.ts": [] },
    marked: ["tests/send.test.ts"],
    of: "tests/fixture.ts",
    users: ["tests/send.test.ts"],
  },
])("users are found $name", ({ files, marked, of, users }) => {
  expect(graphOf(files, marked).usersOf(of)).toEqual(users);
});

test("at most eight users are named", () => {
  const senders = Array.from({ length: 20 }, (_, at) => `send${at}.ts`);
  const files = { "prompt.ts": [], ...Object.fromEntries(senders.map((path) => [path, ["./prompt"]])) };
  expect(graphOf(files, senders).usersOf("prompt.ts")).toHaveLength(8);
});

test("callers of what may send are followed two steps up", () => {
  const files = { "main.ts": ["./app"], "app.ts": ["./route"], "route.ts": ["./send"], "send.ts": [] };
  expect([...graphOf(files, ["send.ts"]).leading]).toEqual(["send.ts", "route.ts", "app.ts"]);
});

test("whoever names a type leads to the classes that fill it in", () => {
  const texts: Record<string, string> = {
    "llm/types.ts": "export interface Provider { chat(): string }",
    "llm/index.ts": 'export * from "./types.js";',
    "llm/claude.ts": 'import type { Provider } from "./index.js"; class Claude implements Provider {}',
    "agent.ts":
      'import type { Provider } from "./llm/index.js"; export const ask = (p: Provider) => p.chat();',
    "other.ts": 'import { names } from "./llm/index.js";',
  };
  const entries = Object.entries(texts).map(([path, text]): [string, References] => [
    path,
    {
      isMarked: path === "llm/claude.ts",
      imports: importsIn(text),
      names: new Set(),
      bases: path === "llm/claude.ts" ? ["Provider"] : [],
    },
  ]);
  const graph = ReferenceGraph.of(new Map(entries), (path) => texts[path] ?? "");

  expect([...graph.leading]).toEqual(["llm/claude.ts", "agent.ts"]);
  expect(graph.usersOf("llm/claude.ts")).toEqual(["agent.ts"]);
});
