import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { rules } from "../../rules/index.ts";
import { cacheFolderOf, readSettings } from "../../src/eslint/plugin-settings.ts";
import { Fixer } from "../../src/engine/fixer.ts";
import { Session } from "../../src/engine/session.ts";
import { ReferenceIndex } from "../../src/eslint/reference-index.ts";
import { Workspace } from "../../src/eslint/workspace.ts";
import { python, typescript } from "../support/caching-agents.ts";
import { handbook } from "../support/handbook.ts";

const clock = 'from datetime import datetime\ndef opening():\n    return f"It is {datetime.now()}"\n';
const calm = 'def opening():\n    return "calm"\n';
const caller = (name: string): string =>
  `from datetime import datetime\nfrom agent import ask\ndef ${name}(text):\n    return ask(text, note=str(datetime.now()))\n`;

/** What each file can hold, the usual first; undefined: it is not there. */
const states: Readonly<Record<string, readonly (string | undefined)[]>> = {
  "agent.py": [
    python("opening()"),
    python("extra()"),
    python("note"),
    `# promptlint-disable-file no-dynamic-prefix -- known\n${python("opening()")}`,
    "def broken(:\n",
    undefined,
  ],
  "a.py": [caller("a"), undefined],
  "b.py": [caller("b"), "from agent import ask\nask('x')\n", undefined],
  "c.py": [undefined, caller("c")],
  "d.py": [undefined, caller("d")],
  "prompts.py": [calm, clock, "from registry import opening\n", undefined],
  "prompts/__init__.py": [undefined, "import uuid\ndef opening():\n    return str(uuid.uuid4())\n"],
  "registry.py": [undefined, "import agent\nfrom prompts import opening\n", clock],
  "missing/module.py": [undefined, 'import time\ndef extra():\n    return f"{time.time()}"\n'],
  "handbook.md": [handbook, "short", undefined],
  "web/agent.ts": [typescript, undefined],
  "web/lib/opening.ts": [
    "export const opening = () => `It is ${new Date()}`;\n",
    'export const opening = () => "calm";\n',
    undefined,
  ],
  "web/tsconfig.json": ['{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }', "{", undefined],
  "package.json": [undefined, '{ "dependencies": { "@anthropic-ai/sdk": "0.30.0" } }'],
  "promptlint.yaml": [
    undefined,
    "variables: { note: static }\n",
    "model: claude-haiku-4-5\n",
    "rules: { no-dynamic-prefix: [warn, { allow: [time] }] }\n",
  ],
  "other.txt": [undefined, "nothing to do with it"],
};
const linted = Object.keys(states).filter((path) => /\.(?:py|ts)$/.test(path));
const enabled = new Map(rules.map(({ id }) => [id, {}]));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "promptlint-"));
  // What was written just now is not kept of the files' versions, for it might be written again.
  vi.spyOn(Date, "now").mockReturnValue(Date.now() + 3_600_000);
  for (const [path, [text]] of Object.entries(states)) put(path, text);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function put(path: string, text: string | undefined): void {
  const file = join(folder, path);
  if (text === undefined) rmSync(file, { force: true });
  else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(join(folder, path), "utf8");
  } catch {
    return undefined;
  }
}

interface Pass {
  readonly findings: readonly string[];
  /** Files that were run for it. */
  readonly ran: readonly string[];
}

/** As one process lints some files one after the other, each as it is unless another text is given. */
function start(cache: boolean | string | undefined) {
  const settings = readSettings({ cache });
  const index = new ReferenceIndex(folder);
  const home = cacheFolderOf(folder, settings);
  if (home !== undefined) index.keepIn(home);
  const workspace = new Workspace(folder, settings, index);
  return {
    lint(paths: readonly string[] = linted, given: { text?: string; rules?: typeof enabled } = {}): Pass {
      const running = vi.spyOn(Session.prototype, "foundIn");
      const findings = paths.flatMap((path) => {
        const text = given.text ?? textOf(path);
        if (text === undefined) return [];
        const linted = { path, text, readProgram: () => undefined };
        const { findings: found, failures } = workspace.lint(linted, given.rules ?? enabled);
        return [...failures, ...found.map((one) => JSON.stringify(one))];
      });
      const ran = [...new Set(running.mock.calls.map(([path]) => path))].toSorted();
      running.mockRestore();
      return { findings, ran };
    },
    end(): void {
      workspace.store();
      index.store();
    },
  };
}

/** What a process finds that ends then. */
function lintOnce(
  cache: boolean | string | undefined,
  ...given: Parameters<ReturnType<typeof start>["lint"]>
): Pass {
  const process = start(cache);
  const pass = process.lint(...given);
  process.end();
  return pass;
}

const kept = (): readonly string[] =>
  readdirSync(join(folder, ".promptlintcache")).filter((name) => !name.startsWith("."));

describe("what is kept for the next process", () => {
  test("changes no finding, whatever was edited, made, removed and linted in between", () => {
    const edit = fc
      .constantFrom(...Object.keys(states))
      .chain((path) => fc.record({ path: fc.constant(path), text: fc.constantFrom(...states[path]!) }));
    const paths = fc.oneof(fc.constant(linted), fc.subarray(linted, { minLength: 1 }));
    const step = fc.record({ edits: fc.array(edit, { maxLength: 2 }), paths });
    let spared = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 6 }), (steps) => {
        rmSync(join(folder, ".promptlintcache"), { force: true, recursive: true });
        for (const [path, [usual]] of Object.entries(states)) put(path, usual);
        for (const { edits, paths: some } of [{ edits: [], paths: linted }, ...steps]) {
          for (const { path, text } of edits) put(path, text);
          const warm = lintOnce(true, some);
          const cold = lintOnce(false, some);
          expect(warm.findings).toEqual(cold.findings);
          spared += cold.ran.length - warm.ran.length;
        }
      }),
      { seed: 20261123, numRuns: Number(process.env["FUZZ_RUNS"] ?? 10) },
    );
    // Otherwise nothing would have been shown.
    expect(spared).toBeGreaterThan(20);
  }, 300_000);

  test("changes no finding after an editor has left it, whatever was typed, saved and changed elsewhere", () => {
    const edit = fc
      .constantFrom(...Object.keys(states))
      .chain((path) => fc.record({ path: fc.constant(path), text: fc.constantFrom(...states[path]!) }));
    const typing = fc
      .constantFrom(...linted)
      .chain((path) => fc.record({ path: fc.constant(path), typed: fc.constantFrom(...states[path]!, "") }));
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    let spared = 0;
    fc.assert(
      fc.property(fc.array(fc.oneof(edit, typing), { minLength: 3, maxLength: 8 }), (steps) => {
        rmSync(join(folder, ".promptlintcache"), { force: true, recursive: true });
        for (const [path, [usual]] of Object.entries(states)) put(path, usual);
        const editor = start(true);
        editor.lint();
        for (const { path, ...step } of steps) {
          now += 3_600_000;
          if ("text" in step) put(path, step.text);
          else if (step.typed !== undefined) editor.lint([path], { text: step.typed });
          if ("text" in step) editor.lint([linted[now % linted.length]!]);
        }
        editor.end();
        const warm = lintOnce(true);
        const cold = lintOnce(false);
        expect(warm.findings).toEqual(cold.findings);
        spared += cold.ran.length - warm.ran.length;
      }),
      { seed: 20261123, numRuns: Number(process.env["FUZZ_RUNS"] ?? 10) },
    );
    expect(spared).toBeGreaterThan(10);
  }, 300_000);

  test.each<[name: string, path: string, text: string | undefined, ran: readonly string[]]>([
    ["nothing", "agent.py", python("extra()"), []],
    ["a file that nothing needs", "other.txt", "other", []],
    ["what one sender imports", "web/lib/opening.ts", 'export const opening = () => "";\n', ["web/agent.ts"]],
    ["what an import leads to", "web/tsconfig.json", "{", ["web/agent.ts"]],
    [
      "what was looked for",
      "missing/module.py",
      states["missing/module.py"]![1],
      ["a.py", "agent.py", "b.py"],
    ],
    ["what is read", "handbook.md", undefined, ["a.py", "agent.py", "b.py", "web/agent.ts"]],
    ["a caller, with those that share the call", "b.py", `${caller("b")}\n`, ["a.py", "agent.py", "b.py"]],
    ["a sender", "agent.py", python("note"), ["a.py", "agent.py", "b.py"]],
    [
      "a config",
      "promptlint.yaml",
      "model: claude-haiku-4-5\n",
      ["a.py", "agent.py", "b.py", "web/agent.ts"],
    ],
  ])("is taken after a change of %s, but for what hangs on that", (_, path, text, expected) => {
    put("agent.py", python("extra()"));
    lintOnce(true);
    put(path, text);
    const { findings, ran } = lintOnce(true);
    expect(findings).toEqual(lintOnce(false).findings);
    expect(ran).toEqual(expected);
  });

  test("holds the fixes of findings, as long as the text that they change stays", () => {
    put("agent.py", python("extra()"));
    put("missing/module.py", states["missing/module.py"]![1]);
    const making = vi.spyOn(Fixer.prototype, "fix");
    const { findings } = lintOnce(true);
    expect(findings.join()).toContain("suggestions");
    making.mockClear();
    expect(lintOnce(true).findings).toEqual(findings);
    expect(making).not.toHaveBeenCalled();
    put("agent.py", `# new\n${python("extra()")}`);
    expect(lintOnce(true).findings).toEqual(lintOnce(false).findings);
    expect(making).toHaveBeenCalled();
  });

  test("is taken by a process that lints one file, which leaves what it has not come across", () => {
    lintOnce(true);
    expect(lintOnce(true, ["web/agent.ts"])).toEqual({ ...lintOnce(false, ["web/agent.ts"]), ran: [] });
    put("web/lib/opening.ts", 'export const opening = () => "calm";\n');
    lintOnce(true, ["web/agent.ts"]);
    expect(lintOnce(true).ran).toEqual([]);
  });

  test("is what all have found that ran at the same time", () => {
    const halves = [
      linted.filter((path) => path.startsWith("web/")),
      linted.filter((path) => !path.startsWith("web/")),
    ];
    const processes = halves.map(() => start(true));
    for (const [at, process] of processes.entries()) process.lint(halves[at]);
    for (const process of processes) process.end();
    expect(lintOnce(true)).toEqual({ ...lintOnce(false), ran: [] });
  });

  test("says nothing of other options of rules", () => {
    lintOnce(true);
    const lenient = new Map([...enabled, ["no-dynamic-prefix", { allow: ["time"] }]]);
    const strict = new Map([...enabled].filter(([id]) => id !== "no-dynamic-prefix"));
    for (const others of [lenient, strict, enabled]) {
      expect(lintOnce(true, linted, { rules: others }).findings).toEqual(
        lintOnce(false, linted, { rules: others }).findings,
      );
    }
  });

  test("says nothing of a text that is not saved", () => {
    const unsaved = python("extra()").replace("question,", "question, and_more,");
    const process = start(true);
    process.lint(["agent.py"], { text: unsaved });
    process.lint(["a.py"]);
    process.lint(["agent.py"], { text: unsaved });
    process.end();
    for (const name of kept())
      expect(readFileSync(join(folder, ".promptlintcache", name), "utf8")).not.toMatch(/and_more/);
    expect(lintOnce(true)).toEqual(lintOnce(false));
  });

  test("stays as it is where nothing new was found out", () => {
    lintOnce(true);
    const before = kept().map((name) => readFileSync(join(folder, ".promptlintcache", name), "utf8"));
    lintOnce(true);
    expect(kept().map((name) => readFileSync(join(folder, ".promptlintcache", name), "utf8"))).toEqual(
      before,
    );
  });

  test.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2)],
    ["empty", () => ""],
    ["changed in one letter", (text: string) => text.replace("agent.py", "agenT.py")],
    ["of another shape", () => '{"key": 1}'],
  ])("is not taken where it is %s", (_, change) => {
    lintOnce(true);
    expect(kept()).toHaveLength(2);
    for (const name of kept()) {
      const file = join(folder, ".promptlintcache", name);
      writeFileSync(file, change(readFileSync(file, "utf8")));
    }
    expect(lintOnce(true)).toEqual(lintOnce(false));
    expect(lintOnce(true).ran).toEqual([]);
  });

  test("is kept in the folder that is named, with a file that hides it from git", () => {
    lintOnce("kept/here");
    expect(readdirSync(join(folder, "kept/here")).toSorted().at(0)).toBe(".gitignore");
    expect(lintOnce("kept/here").ran).toEqual([]);
    expect(() => kept()).toThrow(/ENOENT/);
  });

  test("is kept beside what is installed where no setting says otherwise, and nowhere if nothing is", () => {
    lintOnce(undefined);
    expect(lintOnce(undefined).ran).not.toEqual([]);
    mkdirSync(join(folder, "node_modules"));
    lintOnce(false);
    expect(readdirSync(join(folder, "node_modules"))).toEqual([]);
    lintOnce(undefined);
    expect(readdirSync(join(folder, "node_modules/.cache/promptlint"))).toHaveLength(3);
    expect(lintOnce(undefined).ran).toEqual([]);
    expect(() => kept()).toThrow(/ENOENT/);
  });

  test.each([
    ["is a file", () => put(".promptlintcache", "a file")],
    ["cannot be written", () => chmodSync(folder, 0o555)],
  ])("is nothing where the folder %s", (_, hinder) => {
    hinder();
    expect(lintOnce(true)).toEqual(lintOnce(false));
    chmodSync(folder, 0o755);
  });
});
