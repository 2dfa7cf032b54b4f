import * as typescriptParser from "@typescript-eslint/parser";
import { ESLint as Eslint10, type Linter } from "eslint";
import { ESLint as Eslint9 } from "eslint-9";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../../rules/index.ts";
import plugin from "../../src/eslint/eslint.ts";
import { handbook } from "../support/handbook.ts";

interface Eslint {
  readonly Linter: typeof Linter;
  readonly builtinRules: ReadonlyMap<string, unknown>;
}

const versions: readonly (readonly [string, typeof Eslint10, () => Promise<Eslint>])[] = [
  [
    "9",
    Eslint9 as unknown as typeof Eslint10,
    async () =>
      ({ ...(await import("eslint-9")), ...(await import("eslint-9/use-at-your-own-risk")) }) as never,
  ],
  [
    "10",
    Eslint10,
    async () => ({ ...(await import("eslint")), ...(await import("eslint/use-at-your-own-risk")) }) as never,
  ],
];

/** A folder without files: what is linted in it are texts alone. */
const nowhere = join(tmpdir(), "promptlint-nowhere");

const python = `import anthropic

client = anthropic.Anthropic()


def answer(question):
    return client.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=100,
        system=[
            # HERE
            {"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}},
        ],
        messages=[{"role": "user", "content": question}],
    )
`;
const javascript = `import Anthropic from "@anthropic-ai/sdk";

export function answer(question) {
  return new Anthropic().messages.create({
    model: "claude-sonnet-4-5",
    max_tokens: 100,
    system: [
      // HERE
      { type: "text", text: "Be brief.", cache_control: { type: "ephemeral" } },
    ],
    messages: [{ role: "user", content: question }],
  });
}
`;
const typescript = javascript.replace("(question)", "(question: string): Promise<unknown>");
const body = `{
  "model": "claude-sonnet-4-5",
  "max_tokens": 100,
  "system": [
    // HERE
    { "type": "text", "text": "Be brief.", "cache_control": { "type": "ephemeral" } }
  ],
  "messages": [{ "role": "user", "content": "Hello" }]
}
`;
const yaml = `model: claude-sonnet-4-5
max_tokens: 100
system:
  # HERE
  - { type: text, text: Be brief., cache_control: { type: ephemeral } }
messages:
  - { role: user, content: Hello }
`;
const notebook = JSON.stringify(
  {
    cells: [
      {
        cell_type: "code",
        source: python.split(/(?<=\n)/),
        metadata: {},
        outputs: [],
        execution_count: null,
      },
    ],
    metadata: { kernelspec: { name: "python3", language: "python" } },
    nbformat: 4,
    nbformat_minor: 5,
  },
  undefined,
  1,
);
const jinja = `{# HERE #}\n{{ question }}\n${handbook}`;
const handlebars = `{{!-- HERE --}}\n{{question}}\n${handbook}`;
const dotprompt = `---\nmodel: anthropic/claude-sonnet-4-5\n---\n{{!-- HERE --}}\n{{question}}\n${handbook}`;

const short = "promptlint/min-prefix-tokens";
const late = "promptlint/no-static-after-dynamic";

interface Sample {
  readonly path: string;
  readonly text: string;
  /** What is found in it. */
  readonly rule: string;
}

const samples: readonly Sample[] = [
  { path: "app.py", text: python, rule: short },
  { path: "app.ipynb", text: notebook, rule: short },
  { path: "app.js", text: javascript, rule: short },
  { path: "app.ts", text: typescript, rule: short },
  { path: "request.jsonc", text: body, rule: short },
  { path: "request.yaml", text: yaml, rule: short },
  { path: "prompts/answer.j2", text: jinja, rule: late },
  { path: "prompts/answer.hbs", text: handlebars, rule: late },
  { path: "answer.prompt", text: dotprompt, rule: late },
];

const config: Linter.Config[] = [
  { files: ["**/*.ts"], languageOptions: { parser: typescriptParser } },
  ...plugin.configs.recommended,
  // A template alone does not say which model reads it.
  { files: ["prompts/**"], settings: { promptlint: { model: "claude-sonnet-4-5" } } },
];

function lint(
  ESLint: typeof Eslint10,
  { path, text }: Pick<Sample, "path" | "text">,
  options: ConstructorParameters<typeof Eslint10>[0] = {},
) {
  const eslint = new ESLint({ cwd: nowhere, overrideConfigFile: true, baseConfig: config, ...options });
  return eslint.lintText(text, { filePath: path }).then(([result]) => result!);
}

/** In JavaScript, ESLint reads comments that speak of several lines in this form only. */
const blockComment = (text: string) => text.replace("// HERE", "/* HERE */");

const rulesIn = ({ messages }: { messages: readonly Linter.LintMessage[] }) =>
  messages.map(({ ruleId, message }) => ruleId ?? message);

describe.each(versions)("ESLint %s", (_, ESLint, loadEslint) => {
  test.each(samples)("finds $rule in $path", async (sample) => {
    const result = await lint(ESLint, sample);
    expect(rulesIn(result)).toEqual([sample.rule]);
    const [{ line, column, endLine }] = result.messages as [Linter.LintMessage];
    const above = sample.text.split("\n").findIndex((text) => text.includes("HERE")) + 1;
    expect(line).toBe(above + 1);
    expect(endLine).toBeGreaterThanOrEqual(line);
    expect(column).toBeGreaterThan(0);
  });

  test.each(samples)("a comment on the line before turns it off in $path", async (sample) => {
    const text = sample.text.replace("HERE", `eslint-disable-next-line ${sample.rule} -- Known.`);
    const { messages, suppressedMessages } = await lint(ESLint, { ...sample, text });
    expect(messages).toEqual([]);
    expect(suppressedMessages).toMatchObject([
      { ruleId: sample.rule, suppressions: [{ justification: "Known." }] },
    ]);
  });

  test.each(samples)("a comment turns it off for all that follows in $path", async (sample) => {
    const text = blockComment(sample.text).replace("HERE", "eslint-disable");
    expect(rulesIn(await lint(ESLint, { ...sample, text }))).toEqual([]);
  });

  test.each(samples)("a comment turns it on again in $path", async (sample) => {
    const line = blockComment(sample.text)
      .split(/(?<=\n)/)
      .find((each) => each.includes("HERE"))!;
    const off = line.replace("HERE", `eslint-disable ${sample.rule}`);
    const text = blockComment(sample.text).replace(line, off + line.replace("HERE", "eslint-enable"));
    expect(rulesIn(await lint(ESLint, { ...sample, text }))).toContain(sample.rule);
  });

  test.each(samples)("a comment that turns off nothing is reported in $path", async (sample) => {
    const text = sample.text.replace("HERE", "eslint-disable-next-line promptlint/valid-ttl");
    const result = await lint(ESLint, { ...sample, text });
    expect(rulesIn(result)).toContain(sample.rule);
    expect(result.messages.map(({ message }) => message)).toContainEqual(
      expect.stringContaining("Unused eslint-disable directive"),
    );
  });

  test.each(samples)("a comment that turns off nothing is removed by --fix in $path", async (sample) => {
    const text = sample.text.replace("HERE", "eslint-disable-next-line promptlint/valid-ttl");
    const { output = "" } = await lint(ESLint, { ...sample, text }, { fix: true });
    expect(output).not.toContain("eslint-disable");
    expect(output).toContain("Be brief".slice(0, sample.rule === short ? undefined : 0));
  });

  test.each(samples.filter(({ path }) => !/\.[jt]s$/.test(path)))(
    "a comment sets the severity of a rule in $path",
    async (sample) => {
      const text = sample.text.replace("HERE", `eslint ${sample.rule}: off`);
      expect(rulesIn(await lint(ESLint, { ...sample, text }))).toEqual([]);
    },
  );

  test("comments in texts of a program are none", async () => {
    const text = python.replace("# HERE", "").replace("Be brief.", "# eslint-disable");
    expect(rulesIn(await lint(ESLint, { path: "app.py", text }))).toEqual([short]);
  });

  test("a broken comment that sets rules is reported", async () => {
    const text = python.replace("HERE", "eslint promptlint/valid-ttl: [");
    expect(
      (await lint(ESLint, { path: "app.py", text })).messages.map(({ message }) => message),
    ).toContainEqual(expect.stringContaining("Failed to parse"));
  });

  test("suggestions change the text", async () => {
    const { messages } = await lint(ESLint, { path: "app.py", text: python });
    const [suggestion] = messages[0]!.suggestions!;
    expect(suggestion!.desc).toBe("Remove the checkpoint.");
    const [start, end] = suggestion!.fix.range;
    const changed = python.slice(0, start) + suggestion!.fix.text + python.slice(end);
    expect(changed).not.toContain("cache_control");
    expect(rulesIn(await lint(ESLint, { path: "app.py", text: changed }))).toEqual([]);
  });

  test("--fix changes the text", async () => {
    const marked = `{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}},`;
    const text = python
      .replace("# HERE", `${marked}\n            ${marked}\n            ${marked}\n            ${marked}`)
      .replaceAll("Be brief.", `" + HANDBOOK + "`)
      .replace("\n\n", `\n\nHANDBOOK = """${handbook}"""\n`);
    expect(rulesIn(await lint(ESLint, { path: "app.py", text }))).toEqual(["promptlint/max-checkpoints"]);
    const { output = "", messages } = await lint(ESLint, { path: "app.py", text }, { fix: true });
    expect(output.split("cache_control")).toHaveLength(5);
    expect(messages).toEqual([]);
  });

  test("rules of JavaScript that are on for all files find nothing in others", async () => {
    const { Linter, builtinRules } = await loadEslint();
    const linter = new Linter({ configType: "flat", cwd: nowhere });
    const text = "x = 1  \n\tif x :\n";
    // The rule that every release since 8.53 calls deprecated asks for tokens and cannot be satisfied.
    const ids = [...builtinRules.keys()].filter((id) => id !== "indent");
    const failures = ids.flatMap((id) => {
      const configs = [{ rules: { [id]: "error" } }, ...plugin.configs.recommended] as Linter.Config[];
      return linter.verify(text, configs, { filename: "app.py" }).map(({ message }) => `${id}: ${message}`);
    });
    expect(failures).toEqual([]);
  });

  test("a cell of a notebook that an editor shows as one is Python", async () => {
    expect(rulesIn(await lint(ESLint, { path: "app.ipynb", text: python }))).toEqual([short]);
  });

  test("options of a rule are checked", async () => {
    const wrong = { "promptlint/no-dynamic-prefix": ["error", { checkTols: true }] } as Linter.RulesRecord;
    const promise = lint(ESLint, { path: "app.py", text: python }, { overrideConfig: { rules: wrong } });
    await expect(promise).rejects.toThrow("promptlint/no-dynamic-prefix");
  });

  test("settings state what the code does not", async () => {
    const text = python
      .replace('"claude-sonnet-4-5"', "load_model()")
      .replaceAll("Be brief.", "Be kind. ".repeat(300));
    const known = { settings: { promptlint: { model: "claude-haiku-4-5" } } };
    expect(rulesIn(await lint(ESLint, { path: "app.py", text }))).toEqual([]);
    expect(rulesIn(await lint(ESLint, { path: "app.py", text }, { overrideConfig: known }))).toEqual([short]);
  });

  test.each([
    [{ model: "claude-haiku-9" }, 'settings.promptlint: model is "claude-haiku-9"'],
    [{ minimumConfidence: "sure" }, "takes certain, likely or possible"],
    [{ variables: { question: "often" } }, "settings.promptlint: variables.question takes static,"],
  ])("a wrong setting is an error: %j", async (settings, message) => {
    const overrideConfig = { settings: { promptlint: settings } };
    await expect(lint(ESLint, { path: "app.py", text: python }, { overrideConfig })).rejects.toThrow(message);
  });

  test("files without any marker are left alone", async () => {
    for (const path of ["a.py", "a.json", "a.yaml", "a.ipynb", "a.j2", "prompts/a.md"]) {
      expect(rulesIn(await lint(ESLint, { path, text: "{ x: [" }))).toEqual([]);
    }
  });

  test("broken files are no errors", async () => {
    for (const { path, text } of samples.filter(({ path }) => !/\.[jt]s$/.test(path))) {
      const broken = text.slice(0, text.indexOf("HERE") + 60);
      expect((await lint(ESLint, { path, text: broken })).fatalErrorCount).toBe(0);
    }
  });
});

describe("the plugin", () => {
  test("says who it is", () => {
    expect(plugin.meta).toEqual({
      name: "promptlint",
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      namespace: "promptlint",
    });
  });

  test("has every rule, with its page, its words, its options, and whether it can change code", () => {
    expect(Object.keys(plugin.rules!)).toEqual(rules.map(({ id }) => id));
    for (const { id, meta, url } of rules) {
      const rule = plugin.rules![id] as unknown as { meta: Record<string, unknown> };
      const recommended = "recommended" in meta.docs;
      expect(rule.meta["docs"]).toEqual({ description: meta.docs.description, recommended, url });
      expect(rule.meta["messages"]).toEqual(meta.messages);
      expect(rule.meta["schema"]).toEqual(meta.options ? [meta.options.schema] : []);
      expect(rule.meta["defaultOptions"]).toEqual(meta.options && [meta.options.default]);
      expect(rule.meta["fixable"]).toBe(meta.fixable);
      expect(rule.meta["hasSuggestions"]).toBe(meta.hasSuggestions);
    }
  });

  test("presets warn of what is mostly likely", () => {
    const { rules: severities } = plugin.configs.recommended[0]!;
    expect(severities!["promptlint/min-prefix-tokens"]).toBe("error");
    expect(severities!["promptlint/no-varying-tools"]).toBe("warn");
    // An option of the strict preset comes with its severity.
    expect(plugin.configs.strict[0]!.rules!["promptlint/no-dynamic-prefix"]).toEqual([
      "error",
      expect.any(Object),
    ]);
  });

  test("recommended is a part of strict", () => {
    const namesOf = (configs: readonly Linter.Config[]) =>
      configs.flatMap((each) => Object.keys(each.rules ?? {}));
    expect(namesOf(plugin.configs.strict)).toEqual(rules.map(({ id }) => `promptlint/${id}`));
    expect(namesOf(plugin.configs.strict)).toEqual(
      expect.arrayContaining(namesOf(plugin.configs.recommended)),
    );
  });
});
