import { describe, expect, test } from "vitest";
import { onlyHandsOver } from "../../src/engine/handed-over.ts";
import { Project } from "../../src/engine/project.ts";

const other = { "chat.ts": "export const chat = 1;", "chat.py": "chat = 1" };

/** Whether a file only hands `chat` over, which it imports from a file that sends. */
function handsOver(path: string, lines: readonly string[]): boolean {
  const files: Readonly<Record<string, string>> = { ...other, [path]: lines.join("\n") };
  const project = new Project({
    readText: (asked) => (Object.hasOwn(files, asked) ? { text: files[asked]! } : undefined),
    exists: (asked) => Object.hasOwn(files, asked),
  });
  return onlyHandsOver(project, project.module(path)!, new Set(["chat", "app", "ask"]));
}

describe("names are only handed over", () => {
  test.each<[string, string, string[]]>([
    [
      "to a router",
      "app.ts",
      ["import { Hono } from 'hono';", "import { chat } from './chat';", "new Hono().route('/chat', chat);"],
    ],
    [
      "to a router with a name, which is exported",
      "app.ts",
      [
        "import express from 'express';",
        "import { chat } from './chat';",
        "export const app = express();",
        "app.use('/chat', chat);",
        "app.listen(80);",
      ],
    ],
    [
      "within a record",
      "app.ts",
      [
        "import { createRouter } from 'some-router';",
        "import { chat } from './chat';",
        "export default createRouter({ chat: chat, others: [1] });",
      ],
    ],
    [
      "to an application of Python",
      "app.py",
      ["from fastapi import FastAPI", "from chat import chat", "app = FastAPI()", "app.include_router(chat)"],
    ],
    ["to whoever imports them", "app.ts", ["import { chat } from './chat';", "export { chat };"]],
  ])("%s", (_, path, lines) => {
    expect(handsOver(path, lines)).toBe(true);
  });
});

describe("names are used", () => {
  test.each<[string, string, string[]]>([
    ["by a call", "app.ts", ["import { chat } from './chat';", "chat('You are a poet.');"]],
    [
      "by a call in a function that is handed over",
      "app.ts",
      [
        "import { Hono } from 'hono';",
        "import { chat } from './chat';",
        "new Hono().get('/', (context) => chat(context.req.query('topic')));",
      ],
    ],
    [
      "by a function in view",
      "app.ts",
      [
        "import { chat } from './chat';",
        "const twice = (work) => [work('a'), work('b')];",
        "export const app = twice(chat);",
      ],
    ],
    [
      "by what a library makes of them, once it is called",
      "app.py",
      ["from functools import partial", "from chat import chat", "ask = partial(chat, 'a')", "ask('b')"],
    ],
    [
      "with other arguments, in a function",
      "app.py",
      [
        "from concurrent.futures import ThreadPoolExecutor",
        "from chat import chat",
        "pool = ThreadPoolExecutor()",
        "def run(question):",
        "    return pool.submit(chat, question)",
      ],
    ],
    [
      "by a class that is derived from them",
      "app.py",
      ["from chat import chat", "class Poet(chat):", "    system = 'You are a poet.'"],
    ],
    [
      "perhaps, by what is loaded at run time",
      "app.ts",
      [
        "import { Hono } from 'hono';",
        "import { chat } from './chat';",
        "new Hono().route('/', chat);",
        "require('./chat').chat();",
      ],
    ],
    ["not at all", "app.ts", ["export const app = 1;"]],
  ])("%s", (_, path, lines) => {
    expect(handsOver(path, lines)).toBe(false);
  });
});
