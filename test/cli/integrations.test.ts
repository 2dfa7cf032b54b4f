import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import packageJson from "../../package.json" with { type: "json" };
import { fileKinds } from "../../src/cli/file-kinds.ts";
import { loadLinter } from "../../src/cli/load-linter.ts";
import { run, type Surroundings } from "../../src/cli/run.ts";
import { makeFolder } from "./run-command.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string): unknown => parse(readFileSync(join(root, path), "utf8"));

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => (folder = makeFolder()));
afterEach(() => folder.remove());

describe(".pre-commit-hooks.yaml", () => {
  const hooks = read(".pre-commit-hooks.yaml") as {
    id: string;
    entry: string;
    files?: string;
    language: string;
  }[];

  test("hands over every kind of file that is read", () => {
    const files = new RegExp(hooks.find(({ id }) => id === "promptlint")!.files!);
    const missed = [...fileKinds.keys()].filter((extension) => !files.test(`a${extension}`));
    expect(missed).toEqual([]);
    expect(["a.txt", "a.pyc", "a.tsv", "amd"].filter((path) => files.test(path))).toEqual([]);
  });

  test.each(hooks)("$id runs the command of the package", async ({ entry, language }) => {
    const [command, ...flags] = entry.split(" ");
    expect({ language, command }).toEqual({ language: "node", command: Object.keys(packageJson.bin)[0] });
    execFileSync("git", ["init", "-q"], { cwd: folder.path });
    expect((await runIn(flags)).code).toBe(0);
  });
});

describe("action.yml", () => {
  const action = read("action.yml") as {
    inputs: Record<string, { default: string }>;
    runs: { steps: { name: string; id?: string; run?: string; env?: Record<string, string> }[] };
  };
  const lint = action.runs.steps.find(({ id }) => id === "lint")!;

  /** Runs the step with a command that writes down its arguments, and a report if it is to, and ends with a code. */
  function runStep(
    inputs: Readonly<Record<string, string>>,
    code = 0,
    writesReport = true,
  ): { calls: string[][]; output: string; status: number | null } {
    const command = join(folder.path, "command.cjs");
    const log = join(folder.path, "log");
    writeFileSync(
      command,
      `const fs = require("fs");
      fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)) + "\\n");
      const at = process.argv.indexOf("--output-file") + 1;
      if (at > 0 && ${writesReport}) fs.writeFileSync(process.argv[at], "{}");
      process.exitCode = ${code};`,
    );
    const output = join(folder.path, "output");
    writeFileSync(output, "");
    const given = Object.fromEntries(
      Object.entries(lint.env!).map(([name, value]) => {
        const [, input] = /^\$\{\{ inputs\.(\w+) \}\}$/.exec(value) ?? [];
        return [name, input === undefined ? command : (inputs[input] ?? action.inputs[input]!.default)];
      }),
    );
    const env = { PATH: process.env["PATH"], RUNNER_TEMP: folder.path, GITHUB_OUTPUT: output, ...given };
    // As GitHub starts it.
    const { status } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", lint.run!], {
      cwd: folder.path,
      env,
    });
    const calls = existsSync(log)
      ? readFileSync(log, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as string[])
      : [];
    return { calls, output: readFileSync(output, "utf8"), status };
  }

  test("prints annotations, and keeps the exit code for later", () => {
    expect(runStep({ paths: "src lib", args: "--preset strict", since: "origin/main" }, 1)).toEqual({
      calls: [["--preset", "strict", "--since=origin/main", "--format", "github", "--", "src", "lib"]],
      output: "code=1\n",
      status: 0,
    });
  });

  test("writes SARIF where it is asked for", () => {
    const { calls, output } = runStep({ sarif: "true", annotations: "false" }, 1);
    const report = join(folder.path, "promptlint.sarif");
    expect(calls.map((call) => call.slice(-6))).toEqual([
      ["--format", "sarif", "--output-file", report, "--", "."],
    ]);
    expect(output).toBe(`sarif-file=${report}\ncode=1\n`);
  });

  test("names no report where none was written", () => {
    expect(runStep({ sarif: "true", args: "--colour" }, 2, false).output).toBe("code=2\n");
  });

  test("executes nothing that stands in an input", () => {
    const hostile = '$(touch pwned) `touch pwned`; touch pwned; "*';
    const { calls } = runStep({ paths: hostile, args: hostile, since: hostile });
    expect(existsSync(join(folder.path, "pwned"))).toBe(false);
    expect(calls[0]).toContain(`--since=${hostile}`);
    expect(action.runs.steps.filter(({ run: script }) => script?.includes("${{"))).toEqual([]);
  });
});

async function runIn(
  argv: readonly string[],
  changes: Partial<Surroundings> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const printed = { stdout: "", stderr: "" };
  const surroundings: Surroundings = {
    stdout: { write: (text) => (printed.stdout += text) },
    stderr: { write: (text) => (printed.stderr += text) },
    cwd: folder.path,
    env: {},
    isTTY: false,
    version: "1.2.3",
    ...changes,
  };
  const code = await run(argv, surroundings, async () => loadLinter());
  return { code, ...printed };
}

describe("promptlint init", () => {
  const sender =
    "import anthropic\nimport os\ndef ask(q):\n    anthropic.Anthropic().messages.create(model=os.environ['MODEL'], messages=[{'role': 'user', 'content': q}])\n";
  const text = (path: string): string => readFileSync(join(folder.path, path), "utf8");

  test("writes a config, a hook and a workflow for what it finds", async () => {
    mkdirSync(join(folder.path, ".git"));
    writeFileSync(join(folder.path, "a.py"), sender);
    const { code, stdout } = await runIn(["init"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Files: .py (1).\n1 request: anthropic-python (1).\n");
    expect(text("promptlint.yaml")).toContain("# model: claude-sonnet-4-5\n");
    expect(parse(text("promptlint.yaml"))).toEqual({ extends: "promptlint:recommended" });
    expect(parse(text(".pre-commit-config.yaml"))).toEqual({
      repos: [
        { repo: "https://github.com/promptlint/promptlint", rev: "v1.2.3", hooks: [{ id: "promptlint" }] },
      ],
    });
    expect(parse(text(".github/workflows/promptlint.yml"))).toMatchObject({
      jobs: { promptlint: { steps: [{}, {}, { uses: "promptlint/promptlint@v1.2.3" }] } },
    });
    expect((await runIn(["a.py"])).stderr).not.toContain("promptlint:");
  });

  test("changes nothing that is there, and prints its lines", async () => {
    mkdirSync(join(folder.path, ".git"));
    for (const path of ["promptlint.json", ".pre-commit-config.yaml", ".gitlab-ci.yml"]) {
      writeFileSync(join(folder.path, path), "{}");
    }
    const { stdout } = await runIn(["init"]);
    expect(stdout).toContain("promptlint.json is there already.\n");
    expect(stdout).toContain("- id: promptlint\n");
    expect(stdout).toContain("codequality: gl-code-quality-report.json\n");
    expect([text("promptlint.json"), text(".pre-commit-config.yaml"), text(".gitlab-ci.yml")]).toEqual([
      "{}",
      "{}",
      "{}",
    ]);
    expect(existsSync(join(folder.path, ".github"))).toBe(false);
  });

  test("writes only what the user wants where one is there to ask", async () => {
    mkdirSync(join(folder.path, ".git"));
    const asked: string[] = [];
    const ask = async (question: string): Promise<boolean> => asked.push(question) === 1;
    await runIn(["init"], { ask });
    expect(asked).toEqual([
      "Write promptlint.yaml?",
      "Write .pre-commit-config.yaml?",
      "Write .github/workflows/promptlint.yml?",
    ]);
    expect(existsSync(join(folder.path, "promptlint.yaml"))).toBe(true);
    expect(existsSync(join(folder.path, ".pre-commit-config.yaml"))).toBe(false);
  });
});

describe("progress", () => {
  test("is shown for long runs only, and taken away again", async () => {
    writeFileSync(join(folder.path, "a.py"), "messages.create()");
    const shown: (string | undefined)[] = [];
    await runIn(["a.py"], { progress: (line) => void shown.push(line) });
    expect(shown).toEqual([undefined]);
  });
});
