import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { loadLinter } from "../../../src/cli/load-linter.ts";
import { run } from "../../../src/cli/run.ts";
import { makeFolder } from "../run-command.ts";

/** A request whose only checkpoint stands behind a clock. */
const clock = [
  "from datetime import datetime",
  "import anthropic",
  "",
  'HANDBOOK = open("handbook.md").read()',
  "",
  "def ask(question):",
  "    return anthropic.Anthropic().messages.create(",
  '        model="claude-sonnet-4-5",',
  "        system=[",
  '            {"type": "text", "text": f"It is {datetime.now()}."},',
  '            {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},',
  "        ],",
  '        messages=[{"role": "user", "content": question}],',
  "    )",
  "",
].join("\n");
const handbook = "Return the goods within thirty days, in the box they came in. ".repeat(300);

let folder: ReturnType<typeof makeFolder> | undefined;
afterEach(() => folder?.remove());

/** Runs the command with all rules in a repository of these files. */
async function runIn(
  files: Readonly<Record<string, string>>,
  argv: readonly string[] = [],
  from = "",
): Promise<{ code: number; stdout: string; stderr: string }> {
  folder?.remove();
  folder = makeFolder({ "handbook.md": handbook, ...files });
  mkdirSync(join(folder.path, ".git"), { recursive: true });
  return runAt(join(folder.path, from), argv);
}

async function runAt(cwd: string, argv: readonly string[]) {
  const printed = { stdout: "", stderr: "" };
  const code = await run(
    argv,
    {
      stdout: { write: (text) => (printed.stdout += text) },
      stderr: { write: (text) => (printed.stderr += text) },
      cwd,
      env: {},
      isTTY: false,
      version: "1.2.3",
    },
    async () => loadLinter(),
  );
  return { code, ...printed };
}

/** The severities that were reported, by path. */
function severities(compact: string): Record<string, string> {
  return Object.fromEntries(
    compact
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => /^(.*?):\d+:\d+: (\w+):/.exec(line)!.slice(1) as [string, string]),
  );
}

const warned = "rules: { no-dynamic-prefix: warn }\n";

describe("a config", () => {
  test.each<[name: string, files: Record<string, string>]>([
    ["promptlint.yaml", { "promptlint.yaml": warned }],
    ["promptlint.yml", { "promptlint.yml": warned }],
    ["promptlint.json", { "promptlint.json": '{ /* why */ "rules": { "no-dynamic-prefix": "warn", }, }' }],
    [
      "promptlint.config.js",
      { "promptlint.config.mjs": 'export default { rules: { "no-dynamic-prefix": "warn" } };' },
    ],
    [
      "promptlint.config.ts",
      {
        "promptlint.config.ts":
          'const severity = "warn" as const;\nexport default { rules: { "no-dynamic-prefix": severity } };\n',
      },
    ],
  ])("%s sets the severity of a rule", async (_, files) => {
    const { code, stdout, stderr } = await runIn({ "a.py": clock, ...files }, ["-f", "compact"]);
    expect({ code, found: severities(stdout) }).toEqual({ code: 0, found: { "a.py": "warning" } });
    expect(stderr).not.toContain("promptlint:");
  });

  test("holds for the whole repository from any folder in it", async () => {
    const files = { "promptlint.yaml": warned, "src/handbook.md": handbook, "src/a.py": clock };
    const { stdout } = await runIn(files, ["-f", "compact"], "src");
    expect(severities(stdout)).toEqual({ "a.py": "warning" });
  });

  test("of a folder further in beats those around it, and adds to them", async () => {
    const files = {
      "promptlint.yaml": "rules: { no-dynamic-prefix: warn, valid-ttl: off }\nmodel: claude-haiku-4-5\n",
      "inner/promptlint.json": '{ "rules": { "no-dynamic-prefix": "error" } }',
      "a.py": clock,
      "inner/a.py": clock,
      "inner/handbook.md": handbook,
    };
    const { stdout } = await runIn(files, ["-f", "compact"]);
    expect(severities(stdout)).toEqual({ "a.py": "warning", "inner/a.py": "error" });
    const printed = JSON.parse((await runAt(folder!.path, ["--print-config", "inner/a.py"])).stdout);
    expect(printed).toMatchObject({
      configs: ["promptlint.yaml", "inner/promptlint.json"],
      model: "claude-haiku-4-5",
      rules: { "no-dynamic-prefix": "error", "valid-ttl": "off" },
    });
  });

  test("with root: true is the outermost that counts", async () => {
    const files = { "promptlint.yaml": "model: claude-haiku-4-5", "inner/promptlint.yaml": "root: true" };
    const { stdout } = await runIn(files, ["--print-config", "inner/a.py"]);
    expect(JSON.parse(stdout)).toMatchObject({ configs: ["inner/promptlint.yaml"] });
    expect(JSON.parse(stdout)).not.toHaveProperty("model");
  });

  test("overrides settings for some files, the last that fits winning", async () => {
    const files = {
      "promptlint.yaml": [
        "overrides:",
        "  - files: tests/",
        "    ignores: tests/real.py",
        "    rules: { no-dynamic-prefix: off }",
        '  - files: ["*_slow.py"]',
        "    rules: { no-dynamic-prefix: warn }",
        "",
      ].join("\n"),
      "a.py": clock,
      "tests/a.py": clock,
      "tests/real.py": clock,
      "tests/a_slow.py": clock,
      "tests/handbook.md": handbook,
    };
    const { stdout } = await runIn(files, ["-f", "compact"]);
    expect(severities(stdout)).toEqual({
      "a.py": "error",
      "tests/a_slow.py": "warning",
      "tests/real.py": "error",
    });
  });

  test("leaves files out, named ones as well", async () => {
    const files = {
      "promptlint.yaml": 'files: "*.py"\nignores: [old/]\n',
      "a.py": clock,
      "old/a.py": clock,
      "b.ts": "",
    };
    const all = await runIn(files, ["-f", "compact"]);
    expect(severities(all.stdout)).toEqual({ "a.py": "error" });
    const named = await runAt(folder!.path, ["old/a.py", "b.ts"]);
    expect(named.code).toBe(0);
    expect(named.stderr).toContain("old/a.py: note: Skipped, because `ignores` of promptlint.yaml names it.");
    expect(named.stderr).toContain(
      "b.ts: note: Skipped, because `files` of promptlint.yaml does not name it.",
    );
  });

  test("extends presets and files, and beats them", async () => {
    const files = {
      "promptlint.yaml": "extends: [promptlint:strict, ./shared/base.json]\nrules: { valid-ttl: off }\n",
      "shared/base.json": '{ "rules": { "valid-ttl": "warn", "max-checkpoints": "warn" } }',
    };
    const { stdout } = await runIn(files, ["--print-config", "a.py"]);
    expect(JSON.parse(stdout)).toMatchObject({
      configs: ["promptlint.yaml"],
      rules: {
        "valid-ttl": "off",
        "max-checkpoints": "warn",
        "no-dynamic-prefix": ["error", { scopes: ["session", "user", "tenant"] }],
      },
    });
  });

  test("extends a package", async () => {
    const files = {
      "promptlint.yaml": "extends: promptlint-config-acme\n",
      "node_modules/promptlint-config-acme/package.json": '{ "main": "index.cjs" }',
      "node_modules/promptlint-config-acme/index.cjs": 'module.exports = { rules: { "valid-ttl": "off" } };',
    };
    const { stdout } = await runIn(files, ["--print-config", "a.py"]);
    expect(JSON.parse(stdout)).toMatchObject({ rules: { "valid-ttl": "off" } });
  });

  test("gives scopes of names and the reuse to count with", async () => {
    const files = {
      "promptlint.yaml":
        "variables: { brand: static }\nsources: { load_*: session }\nreuse: { requestsPerPrefix: 8 }\n",
      "inner/promptlint.yaml":
        "variables: { question: turn, brand: tenant }\nreuse: { secondsBetweenRequests: 30 }\n",
    };
    const { stdout } = await runIn(files, ["--print-config", "inner/a.py"]);
    expect(JSON.parse(stdout)).toMatchObject({
      variables: { question: "turn", brand: "tenant" },
      sources: { "load_*": "session" },
      reuse: { requestsPerPrefix: 8, secondsBetweenRequests: 30 },
    });
  });
});

describe("flags", () => {
  test.each<[name: string, flags: string[], expected: object]>([
    ["--rule beats the config", ["--rule", "valid-ttl: error"], { rules: { "valid-ttl": "error" } }],
    ["--model beats the config", ["--model", "gpt-5"], { model: "gpt-5" }],
    [
      "--preset stands in the place of the preset the config extends",
      ["--preset", "recommended"],
      { rules: { "valid-ttl": "warn", "no-conditional-prefix": "off" } },
    ],
    ["--no-config leaves all configs out", ["--no-config"], { configs: [], rules: { "valid-ttl": "error" } }],
    [
      "--config takes one in the place of those that are found",
      ["--config", "ci/strict.yaml"],
      { configs: ["ci/strict.yaml"], rules: { "valid-ttl": "off" } },
    ],
  ])("%s", async (_, flags, expected) => {
    const files = {
      "promptlint.yaml": "extends: promptlint:strict\nmodel: claude-haiku-4-5\nrules: { valid-ttl: warn }\n",
      "ci/strict.yaml": "rules: { valid-ttl: off }\n",
    };
    const { stdout, stderr } = await runIn(files, [...flags, "--print-config", "a.py"]);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject(expected);
  });

  test("--config and --no-config exclude each other", async () => {
    expect(await runIn({}, ["--config", "a.yaml", "--no-config"])).toMatchObject({ code: 2, stdout: "" });
  });

  test("the patterns of --config are relative to the current folder", async () => {
    const files = { "ci/only.yaml": "ignores: old/\n", "old/a.py": clock, "a.py": clock };
    const { stdout } = await runIn(files, ["--config", "ci/only.yaml", "-f", "compact"]);
    expect(severities(stdout)).toEqual({ "a.py": "error" });
  });
});

describe("what is wrong in a config is told with file, line and key", () => {
  test.each<[name: string, config: string, line: string]>([
    ["an unknown key", "a: 1\n", "promptlint.yaml:1: a: there is no such key."],
    [
      "a misspelt key",
      "\nmodle: gpt-5\n",
      "promptlint.yaml:2: modle: there is no such key: did you mean model?",
    ],
    [
      "an unknown rule",
      "rules:\n  valid-ttl: off\n  valid-tll: off\n",
      "promptlint.yaml:3: rules.valid-tll: there is no such rule: did you mean valid-ttl?",
    ],
    [
      "a severity",
      "rules:\n  valid-ttl: loud\n",
      'promptlint.yaml:2: rules.valid-ttl: takes error, warn or off, but is "loud".',
    ],
    [
      "an option of a rule",
      "rules:\n  no-low-benefit-checkpoint: [warn, { leastShare: 2 }]\n",
      "promptlint.yaml:2: rules.no-low-benefit-checkpoint[1].leastShare: must be at most 1, but is 2.",
    ],
    [
      "an option that a rule does not have",
      "rules:\n  valid-ttl: [warn, { strict: true }]\n",
      "promptlint.yaml:2: rules.valid-ttl: takes at most 1 of them, but has 2.",
    ],
    [
      "an override without files",
      "overrides:\n  - model: gpt-5\n",
      'promptlint.yaml:2: overrides[0]: lacks "files".',
    ],
    [
      "a scope",
      "variables:\n  question: turns\n",
      'promptlint.yaml:2: variables.question: takes static, deploy, process, day, tenant, user, session, turn or request, but is "turns".',
    ],
    [
      "an unknown model",
      "model: claude-sonet-4-5\n",
      'promptlint.yaml:1: model: the catalog has no model "claude-sonet-4-5": did you mean claude-sonnet-4-5',
    ],
    [
      "an unknown preset",
      "extends:\n  - promptlint:strickt\n",
      'promptlint.yaml:2: extends[0]: there is no preset "promptlint:strickt": did you mean promptlint:strict?',
    ],
    ["a file it extends", "extends: ./none.yaml\n", "none.yaml: It can't be read. No such file or folder."],
    [
      "a package it extends",
      "extends: promptlint-config-none\n",
      'promptlint.yaml:1: extends: There is no package promptlint-config-none to be found from here. The path of a file begins with "./".',
    ],
    [
      "itself",
      "extends: ./promptlint.yaml\n",
      "promptlint.yaml:1: extends: ./promptlint.yaml extends this config itself.",
    ],
    [
      "what is no YAML",
      "a: [1\n",
      "promptlint.yaml:2: Flow sequence in block collection must be sufficiently indented",
    ],
    ["what is no mapping", "- 1\n", "promptlint.yaml:1"],
    [
      "a pattern that matches nothing",
      "ignores:\n  - handbook.md\n  - gone/\n",
      'promptlint.yaml:3: ignores[1]: "gone/" matches no file that promptlint reads. Correct it, or take it out.',
    ],
    [
      "a pattern of an override that matches nothing",
      'overrides:\n  - files: "*.tsx"\n    model: gpt-5\n',
      'promptlint.yaml:2: overrides[0].files: "*.tsx" matches no file that promptlint reads.',
    ],
  ])("%s", async (_, config, line) => {
    const { code, stderr } = await runIn({ "promptlint.yaml": config, "a.py": "" });
    expect(stderr).toContain(`promptlint: ${line}`);
    expect(stderr).not.toContain("internal error");
    expect(code).toBe(2);
  });

  test("everything at once, a line each", async () => {
    const { stderr } = await runIn({ "promptlint.json": '{\n "modle": 1,\n "rules": { "a": "off" }\n}' });
    expect(stderr.split("\n").filter((line) => line.startsWith("promptlint: promptlint.json:"))).toHaveLength(
      2,
    );
  });

  test("in a folder further in, while the rest is linted", async () => {
    const files = {
      "a.py": clock,
      "inner/promptlint.yaml": "modle: 1\n",
      "inner/a.py": clock,
      "inner/handbook.md": handbook,
    };
    const { code, stdout, stderr } = await runIn(files, ["-f", "compact"]);
    expect(severities(stdout)).toEqual({ "a.py": "error", "inner/a.py": "error" });
    expect(stderr).toContain(
      "promptlint: inner/promptlint.yaml:1: modle: there is no such key: did you mean model?",
    );
    expect(code).toBe(2);
  });

  test("two configs in one folder", async () => {
    const { code, stderr } = await runIn({ "promptlint.json": "{}", "promptlint.yaml": "" });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "promptlint: .: It holds promptlint.yaml and promptlint.json, where only one config counts. Keep one.\n",
    });
  });

  test("code that throws", async () => {
    const { code, stderr } = await runIn({ "promptlint.config.mjs": 'throw new Error("no luck\\nat all");' });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "promptlint: promptlint.config.mjs: It can't be loaded: no luck\n",
    });
  });

  test("values that are no data", async () => {
    const { stderr } = await runIn({
      "promptlint.config.mjs": "export default { model: () => 1 };",
    });
    expect(stderr).toContain(
      'promptlint: promptlint.config.mjs: model: the catalog has no model "a function"',
    );
  }, 60_000);

  test("patterns are not judged where only a part of the files was searched", async () => {
    const { code } = await runIn({ "promptlint.yaml": "ignores: gone/\n", "src/a.py": "" }, ["src"]);
    expect(code).toBe(0);
  });
});

describe("code of others", () => {
  const bomb = 'import { writeFileSync } from "node:fs"; writeFileSync("exploded", ""); process.exit(3);';

  test("a config further in is not run, and that is said", async () => {
    const files = { "inner/promptlint.config.mjs": bomb, "inner/a.py": clock, "inner/handbook.md": handbook };
    const { code, stderr } = await runIn(files);
    expect(code).toBe(1);
    expect(stderr).toContain("inner/promptlint.config.mjs: note: Not loaded, because it is code");
  });

  test("a config further in can't extend code", async () => {
    const files = {
      "inner/promptlint.yaml": "extends: ./evil.mjs\n",
      "inner/evil.mjs": bomb,
      "inner/a.py": clock,
      "inner/handbook.md": handbook,
    };
    const { code, stderr } = await runIn(files);
    expect(code).toBe(2);
    expect(stderr).toContain(
      "inner/promptlint.yaml:1: extends: A config that does not stand in the current folder",
    );
  });

  test("what a config further in extends is checked as well", async () => {
    const files = {
      "inner/promptlint.yaml": "extends: ./base.yaml\n",
      "inner/base.yaml": "modell: claude-haiku-4-5\n",
      "inner/a.py": clock,
      "inner/handbook.md": handbook,
    };
    const { code, stderr } = await runIn(files);
    expect(code).toBe(2);
    expect(stderr).toContain("inner/base.yaml:1: modell: there is no such key: did you mean model?");
  });

  test("none is run under --no-config", async () => {
    expect((await runIn({ "promptlint.config.mjs": bomb, "a.py": clock }, ["--no-config"])).code).toBe(1);
  });

  test("above the repository there is no config", async () => {
    const files = {
      "promptlint.config.mjs": bomb,
      "repo/.git/HEAD": "",
      "repo/a.py": clock,
      "repo/handbook.md": handbook,
    };
    expect((await runIn(files, [], "repo")).code).toBe(1);
  });

  test("a config further in that is a symbolic link is not read", async () => {
    await runIn({
      "outside.yaml": "rules: { no-dynamic-prefix: off }\n",
      "inner/a.py": clock,
      "inner/handbook.md": handbook,
    });
    symlinkSync(join(folder!.path, "outside.yaml"), join(folder!.path, "inner/promptlint.yaml"));
    expect((await runAt(folder!.path, ["inner"])).code).toBe(1);
  });
});
