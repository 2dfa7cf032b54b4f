import { ESLint, type Linter } from "eslint";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import plugin, { type ConfigName } from "../../src/eslint/eslint.ts";
import { handbook } from "../support/handbook.ts";

let folder: string;
let ahead = 0;
beforeEach(() => {
  const { now } = performance;
  vi.spyOn(performance, "now").mockImplementation(() => now.call(performance) + ahead);
  folder = realpathSync(mkdtempSync(join(tmpdir(), "promptlint-")));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a file, and lets as much time pass as it takes until files are looked at again. */
function write(path: string, text: string): void {
  const absolute = join(folder, path);
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileSync(absolute, text);
  ahead += 3_600_000;
}

/** Lints a text as ESLint does where promptlint's configs lie on disk. */
async function lint(
  text: string,
  overrideConfig: Linter.Config = {},
  { path = "app.py", preset = "recommended" as ConfigName } = {},
): Promise<readonly Linter.LintMessage[]> {
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    baseConfig: [...plugin.configs[preset]],
    overrideConfig,
  });
  const [result] = await eslint.lintText(text, { filePath: join(folder, path) });
  return result!.messages;
}

const rulesIn = async (...args: Parameters<typeof lint>) => (await lint(...args)).map(({ ruleId }) => ruleId);
const handOver = (settings: object): Linter.Config => ({ settings: { promptlint: settings } });

const short = "promptlint/min-prefix-tokens";
const dynamic = "promptlint/no-dynamic-prefix";

/** Too short a prefix for Haiku 4.5, and long enough for Sonnet. */
const middling = `import anthropic


def answer(question):
    return anthropic.Anthropic().messages.create(
        model=load_model(),
        max_tokens=100,
        system=[{"type": "text", "text": "${"Be kind. ".repeat(700)}", "cache_control": {"type": "ephemeral"}}],
        messages=[{"role": "user", "content": question}],
    )
`;

/** The prefix names somebody; whether that spoils it depends on how often the name changes. */
const named = `import anthropic

HANDBOOK = """${handbook}"""


def answer(addressee, turns):
    return anthropic.Anthropic().messages.create(
        model="claude-sonnet-4-5",
        max_tokens=100,
        system=[
            {"type": "text", "text": f"You speak to {addressee}."},
            {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
        ],
        messages=turns,
    )
`;

describe("a config of promptlint that is data", () => {
  test.each([
    ["promptlint.yaml", "model: claude-haiku-4-5\n"],
    ["promptlint.yml", "model: claude-haiku-4-5\n"],
    ["promptlint.json", '{ "model": "claude-haiku-4-5" }\n'],
  ])("%s states the model", async (name, text) => {
    expect(await rulesIn(middling)).toEqual([]);
    write(name, text);
    expect(await rulesIn(middling)).toEqual([short]);
  });

  test("states scopes", async () => {
    write("promptlint.yaml", "variables: { addressee: turn }\n");
    expect(await rulesIn(named)).toEqual([dynamic]);
  });

  test("states options of rules", async () => {
    write("promptlint.yaml", "variables: { addressee: user }\n");
    expect(await rulesIn(named)).toEqual([]);
    write(
      "promptlint.yaml",
      "variables: { addressee: user }\nrules: { no-dynamic-prefix: [warn, { scopes: [user] }] }\n",
    );
    expect(await rulesIn(named)).toEqual([dynamic]);
  });

  test("states nothing of severities", async () => {
    write("promptlint.yaml", "model: claude-haiku-4-5\nrules: { min-prefix-tokens: off }\n");
    expect(await lint(middling)).toMatchObject([{ ruleId: short, severity: 2 }]);
  });

  test("holds for its folder, and a nearer one beats it", async () => {
    write("promptlint.yaml", "model: claude-haiku-4-5\n");
    write("near/promptlint.yaml", "model: claude-sonnet-4-5\n");
    expect(await rulesIn(middling, {}, { path: "far/app.py" })).toEqual([short]);
    expect(await rulesIn(middling, {}, { path: "near/app.py" })).toEqual([]);
  });

  test("holds for files that its overrides name", async () => {
    write("promptlint.yaml", "overrides: [{ files: bots/, model: claude-haiku-4-5 }]\n");
    expect(await rulesIn(middling, {}, { path: "bots/app.py" })).toEqual([short]);
    expect(await rulesIn(middling, {}, { path: "app.py" })).toEqual([]);
  });

  test("extends data", async () => {
    write("promptlint.yaml", "extends: ./shared/base.yaml\n");
    write("shared/base.yaml", "model: claude-haiku-4-5\n");
    expect(await rulesIn(middling)).toEqual([short]);
  });
});

describe("the config of ESLint beats it", () => {
  test("in the model", async () => {
    write("promptlint.yaml", "model: claude-haiku-4-5\n");
    expect(await rulesIn(middling, handOver({ model: "claude-sonnet-4-5" }))).toEqual([]);
  });

  test("in a scope, and what it does not speak of stays", async () => {
    write("promptlint.yaml", "model: claude-haiku-4-5\nvariables: { addressee: turn }\n");
    expect(await rulesIn(named, handOver({ variables: { addressee: "static" } }))).toEqual([]);
    expect(await rulesIn(middling, handOver({ variables: { addressee: "static" } }))).toEqual([short]);
  });

  test("in the options of a rule", async () => {
    write(
      "promptlint.yaml",
      "variables: { addressee: user }\nrules: { no-dynamic-prefix: [warn, { scopes: [user] }] }\n",
    );
    const own: Linter.Config = { rules: { [dynamic]: ["error", { scopes: ["tenant"] }] } };
    expect(await rulesIn(named, own)).toEqual([]);
  });

  test("but not by what a preset sets", async () => {
    write(
      "promptlint.yaml",
      "variables: { addressee: user }\nrules: { no-dynamic-prefix: [warn, { scopes: [tenant] }] }\n",
    );
    expect(await rulesIn(named, {}, { preset: "strict" })).not.toContain(dynamic);
    write("promptlint.yaml", "variables: { addressee: user }\n");
    expect(await rulesIn(named, {}, { preset: "strict" })).toContain(dynamic);
  });
});

describe("a whole config in `settings`", () => {
  test("counts with its overrides and the options of its rules", async () => {
    const config = handOver({
      extends: "promptlint:recommended",
      ignores: ["legacy/"],
      variables: { addressee: "user" },
      overrides: [{ files: "bots/", rules: { "no-dynamic-prefix": ["warn", { scopes: ["user"] }] } }],
    });
    expect(await rulesIn(named, config, { path: "app.py" })).toEqual([]);
    expect(await rulesIn(named, config, { path: "bots/app.py" })).toEqual([dynamic]);
  });

  test.each([
    ["a key that there is not", { modell: "claude-haiku-4-5" }, "settings.promptlint: modell "],
    ["a file that it extends", { extends: "./base.yaml" }, "only presets can be read"],
    ["what is no object", "strict", "settings.promptlint takes an object"],
  ])("%s is an error", async (_, settings, message) => {
    await expect(lint(named, handOver(settings as object))).rejects.toThrow(message);
  });
});

describe("a config that is wrong", () => {
  test.each([
    ["an unknown rule", { "promptlint.yaml": "model: claude-haiku-4-5\nrules: { valid-tll: warn }\n" }],
    ["broken YAML", { "promptlint.yaml": "model: claude-haiku-4-5\nrules: {\n" }],
    ["two of them", { "promptlint.yaml": "{}", "promptlint.json": "{}" }],
    ["broken, and extended", { "promptlint.yaml": "extends: ./base.yaml\n", "base.yaml": "modell: x\n" }],
  ])("is told at the first line, and nothing else is: %s", async (_, files) => {
    for (const [path, text] of Object.entries(files)) write(path, text as string);
    const messages = await lint(middling);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ line: 1, column: 1, severity: 2 });
    expect(messages[0]!.message).toMatch(/promptlint\.yaml|base\.yaml/);
  });

  test("is told with its line", async () => {
    write("promptlint.yaml", "model: claude-haiku-4-5\nrules: { valid-tll: warn }\n");
    const [{ message }] = (await lint(middling)) as [Linter.LintMessage];
    expect(message).toBe(
      "promptlint.yaml:2: rules.valid-tll: there is no such rule: did you mean valid-ttl?",
    );
  });

  test("is not told of files that it does not hold for, nor of files without requests", async () => {
    write("near/promptlint.yaml", "modell: claude-haiku-4-5\n");
    expect(await rulesIn(middling, {}, { path: "near/app.py" })).toHaveLength(1);
    expect(await rulesIn(middling, {}, { path: "far/app.py" })).toEqual([]);
    expect(await rulesIn("x = 1\n", {}, { path: "near/plain.py" })).toEqual([]);
  });
});

describe("a config that is code", () => {
  const code = `globalThis.promptlintConfigWasRun = true;\nexport default { model: "claude-haiku-4-5" };\n`;

  async function warningsIn(work: () => Promise<unknown>): Promise<readonly string[]> {
    const warnings: string[] = [];
    const note = ({ name, message }: Error): void => {
      if (name === "PromptlintWarning") warnings.push(message);
    };
    process.on("warning", note);
    await work();
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", note);
    return warnings;
  }

  test("is not run, and that is said once", async () => {
    write("once/promptlint.config.mjs", code);
    const path = "once/app.py";
    const warnings = await warningsIn(async () => {
      expect(await rulesIn(middling, {}, { path })).toEqual([]);
      expect(await rulesIn(`${middling}\n`, {}, { path })).toEqual([]);
    });
    expect(warnings).toEqual([expect.stringContaining("once/promptlint.config.mjs is code")]);
    expect(globalThis).not.toHaveProperty("promptlintConfigWasRun");
  });

  test("is not spoken of where a config is handed over", async () => {
    write("handed/promptlint.config.mjs", code);
    const warnings = await warningsIn(async () => {
      const config = handOver({ model: "claude-haiku-4-5" });
      expect(await rulesIn(middling, config, { path: "handed/app.py" })).toEqual([short]);
    });
    expect(warnings).toEqual([]);
  });
});
