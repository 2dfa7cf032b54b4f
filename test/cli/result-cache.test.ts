import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadLinter } from "../../src/cli/load-linter.ts";
import { run } from "../../src/cli/run.ts";
import { python, typescript } from "../support/caching-agents.ts";
import { makeFolder } from "./run-command.ts";

const handbook = "Return the goods within thirty days, in the box they came in. ".repeat(300);

/** What each file can hold; undefined: it is not there. */
const states: Readonly<Record<string, readonly (string | undefined)[]>> = {
  "agent.py": [
    python("opening()"),
    python("extra()"),
    python("note"),
    python('"Hello"', "MODEL"),
    "def broken(:\n",
    undefined,
  ],
  "prompts.py": [
    'def opening():\n    return "calm"\n',
    'from datetime import datetime\ndef opening():\n    return f"It is {datetime.now()}"\n',
    undefined,
  ],
  "prompts/__init__.py": [undefined, "import uuid\ndef opening():\n    return str(uuid.uuid4())\n"],
  "missing/module.py": [undefined, 'import time\ndef extra():\n    return f"{time.time()}"\n'],
  "handbook.md": [handbook, "short", undefined],
  "main.py": [
    undefined,
    "from datetime import datetime\nfrom agent import ask\nask('x', note=str(datetime.now()))\n",
    "from agent import ask\nask('x', note='fixed')\n",
  ],
  "web/agent.ts": [typescript, undefined],
  "web/lib/opening.ts": [
    "export const opening = () => `It is ${new Date()}`;\n",
    'export const opening = () => "calm";\n',
    undefined,
  ],
  "web/tsconfig.json": [undefined, '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }', "{"],
  "package.json": [undefined, '{ "dependencies": { "@anthropic-ai/sdk": "0.30.0" } }'],
  "promptlint.yaml": [
    undefined,
    "rules: { no-dynamic-prefix: warn }\n",
    "model: claude-haiku-4-5\n",
    "ignores: main.py\n",
  ],
  "other.txt": [undefined, "nothing to do with it"],
};

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => (folder = makeFolder()));
afterEach(() => folder.remove());

function put(path: string, text: string | undefined): void {
  const file = join(folder.path, path);
  if (text === undefined) rmSync(file, { force: true });
  else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Output of a run, and whether the engine was asked. */
async function lint(...argv: readonly string[]): Promise<{ output: string; isCold: boolean }> {
  let output = "";
  let isCold = false;
  const code = await run(
    argv,
    {
      stdout: { write: (text) => (output += text) },
      stderr: { write: (text) => (output += text) },
      cwd: folder.path,
      env: {},
      isTTY: false,
      version: "1.2.3",
    },
    async () => {
      const linter = loadLinter();
      return {
        ...linter,
        lint: (...given) => {
          isCold = true;
          return linter.lint(...given);
        },
      };
    },
  );
  // How long it took is told with the statistics.
  return { output: `${output.replace(/in [\d.]+ s\.$/m, "")}${code}`, isCold };
}

describe("--cache", () => {
  test("finds after any edits what a cold run finds", async () => {
    const edit = fc
      .constantFrom(...Object.keys(states))
      .chain((path) => fc.record({ path: fc.constant(path), text: fc.constantFrom(...states[path]!) }));
    const flags = fc.constantFrom<string[]>(
      [],
      [],
      [],
      ["--preset", "strict"],
      ["--min-confidence", "possible"],
      ["web"],
      ["--stats"],
      ["--report-unused-disable-directives"],
    );
    const step = fc.record({ edits: fc.array(edit, { minLength: 0, maxLength: 2 }), flags });
    let warm = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { maxLength: 8 }),
        fc.array(step, { minLength: 2, maxLength: 6 }),
        async (start, steps) => {
          for (const path of [...Object.keys(states), ".promptlintcache"]) {
            rmSync(join(folder.path, path), { force: true, recursive: true });
          }
          for (const [path, [usual]] of Object.entries(states)) put(path, usual);
          for (const { path, text } of start) put(path, text);
          for (const { edits, flags: given } of [{ edits: [], flags: [] }, ...steps]) {
            for (const { path, text } of edits) put(path, text);
            const cached = await lint("--format", "json", "--cache", ...given);
            if (!cached.isCold) warm++;
            expect(cached.output).toBe((await lint("--format", "json", ...given)).output);
          }
        },
      ),
      { seed: 20261122, numRuns: Number(process.env["FUZZ_RUNS"] ?? 12) },
    );
    // Otherwise nothing would have been shown.
    expect(warm).toBeGreaterThan(5);
  }, 300_000);

  test("asks the engine nothing where nothing has changed, and shows the same in every format", async () => {
    for (const [path, [usual]] of Object.entries(states)) put(path, usual);
    put("prompts.py", states["prompts.py"]![1]);
    expect((await lint("--cache")).isCold).toBe(true);
    put("other.txt", "irrelevant");
    for (const format of ["pretty", "compact", "json", "sarif", "html", "junit"]) {
      const warm = await lint("--cache", "--format", format);
      expect(warm).toEqual({ output: (await lint("--format", format)).output, isCold: false });
    }
    expect((await lint("--cache", "explain", "--format", "json")).isCold).toBe(false);
  });

  test.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2)],
    ["of another build", (text: string) => text.replace('"identity":"1.2.3', '"identity":"1.2.4')],
    ["changed in one letter", (text: string) => text.replace("agent.py", "agenT.py")],
    ["of another shape", () => '{"key": 1}'],
  ])("a stored result that is %s is not taken", async (_, change) => {
    for (const [path, [usual]] of Object.entries(states)) put(path, usual);
    await lint("--cache");
    const cache = join(folder.path, ".promptlintcache");
    const names = readdirSync(cache).filter((one) => !one.startsWith("."));
    expect(names).toHaveLength(2);
    for (const name of names)
      writeFileSync(join(cache, name), change(readFileSync(join(cache, name), "utf8")));
    const again = await lint("--cache", "--format", "json");
    expect(again).toEqual({ output: (await lint("--format", "json")).output, isCold: true });
  });

  test("keeps results where it is told to, and not without end", async () => {
    put("agent.py", states["agent.py"]![0]);
    for (let count = 0; count < 40; count++) {
      put(`a${count}.py`, states["agent.py"]![0]);
      await lint(`a${count}.py`, "--cache-location", "kept/here", "--no-config");
    }
    expect(readdirSync(join(folder.path, "kept/here")).length).toBeLessThanOrEqual(33);
    expect(existsSync(join(folder.path, ".promptlintcache"))).toBe(false);
  }, 120_000);

  test("two runs at the same time leave what either of them could have left", async () => {
    for (const [path, [text]] of Object.entries(states)) put(path, text);
    await lint("--cache");
    put("prompts.py", states["prompts.py"]![1]);
    const [first, second] = await Promise.all([lint("--cache"), lint("--cache", "--preset", "strict")]);
    expect(first.output).toBe((await lint()).output);
    expect(second.output).toBe((await lint("--preset", "strict")).output);
    put("prompts.py", states["prompts.py"]![0]);
    expect((await lint("--cache")).output).toBe((await lint()).output);
  });

  test("a folder that can't be written is no failure", async () => {
    put("agent.py", states["agent.py"]![0]);
    put("taken", "a file");
    expect((await lint("--cache-location", "taken")).output).toBe((await lint()).output);
    expect(statSync(join(folder.path, "taken")).isFile()).toBe(true);
  });
});
