import { describe, expect, test } from "vitest";
import { LeadingNames } from "../../src/engine/leading-names.ts";
import { Project } from "../../src/engine/project.ts";

/** The names of one file that lead to a request, when all files are followed. */
function leadingIn(path: string, files: Readonly<Record<string, string>>): readonly string[] {
  const project = new Project({
    readText: (asked) => (Object.hasOwn(files, asked) ? { text: files[asked]! } : undefined),
    exists: (asked) => Object.keys(files).some((file) => file === asked || file.startsWith(`${asked}/`)),
  });
  const names = new LeadingNames(project, new Set(Object.keys(files)));
  return [...names.in(project.module(path)!)].sort();
}

const client = {
  "client.py": [
    "def ask(client, turns):",
    "    return client.messages.create(messages=turns)",
    "def tidy(text):",
    "    return text.strip()",
    "class Desk:",
    "    def answer(self, turns):",
    "        return ask(self.client, turns)",
  ].join("\n"),
  "client.ts": [
    "export const ask = (client, turns) => client.messages.create({ messages: turns });",
    "export const tidy = (text) => text.trim();",
    "export default class Desk { answer(turns) { return ask(this.client, turns); } }",
  ].join("\n"),
};

describe("names that lead to a request", () => {
  test.each<[string, string, Record<string, string>, string[]]>([
    ["the function with the call, and what uses it", "client.py", {}, ["Desk", "ask"]],
    ["the same in TypeScript", "client.ts", {}, ["Desk", "ask", "default"]],
    ["an import of one of them", "a.py", { "a.py": "from client import ask, tidy" }, ["ask"]],
    [
      "what uses such an import, over two files",
      "b.py",
      {
        "a.py":
          "from client import ask, tidy\ndef reply(t):\n    return ask(None, t)\ndef cut(t):\n    return tidy(t)",
        "b.py": "from a import reply, cut",
      },
      ["reply"],
    ],
    ["a module as a whole", "a.py", { "a.py": "import client\nimport json" }, ["client"]],
    ["all names of a module", "a.py", { "a.py": "from client import *" }, ["Desk", "ask"]],
    [
      "a module of a package",
      "a.py",
      { "llm/client.py": client["client.py"], "a.py": "from llm import client" },
      ["client"],
    ],
    [
      "an object made by one of them",
      "a.py",
      { "a.py": "from client import Desk\ndesk = Desk()\nport = 80" },
      ["Desk", "desk"],
    ],
    ["another name", "a.ts", { "a.ts": 'import { ask as send, tidy } from "./client";' }, ["send"]],
    ["a default export", "a.ts", { "a.ts": 'import Desk from "./client";' }, ["Desk"]],
    ["what is handed on", "a.ts", { "a.ts": 'export { ask as send, tidy } from "./client";' }, ["send"]],
    ["all that is handed on", "a.ts", { "a.ts": 'export * from "./client";' }, ["Desk", "ask", "default"]],
    ["what requires it", "a.ts", { "a.ts": 'const { ask } = require("./client");\nconst n = 1;' }, ["ask"]],
    [
      "everything, where exports have no names",
      "b.ts",
      {
        "a.ts": 'const c = require("./client");\nmodule.exports = { send: c.ask };',
        "b.ts": 'import { send } from "./a";',
      },
      ["send"],
    ],
    ["nothing of a type", "a.ts", { "a.ts": 'import type { Desk } from "./client";' }, []],
    [
      "what leads there through modules that import each other",
      "a.py",
      {
        "a.py": "import b\nfrom client import ask\ndef f():\n    return b.g()\ndef x():\n    return ask()",
        "b.py": "import a\ndef g():\n    return a.x()",
      },
      ["ask", "b", "f", "x"],
    ],
    [
      "nothing of modules that import each other",
      "a.py",
      { "a.py": "import b\ndef f():\n    return b.g()", "b.py": "import a\ndef g():\n    return 1" },
      [],
    ],
  ])("%s", (_, path, files, expected) => {
    expect(leadingIn(path, { ...client, ...files })).toEqual(expected);
  });
});
