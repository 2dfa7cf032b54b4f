import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPlugin, type BuiltPlugin } from "../support/build-plugin.ts";
import { handbook } from "../support/handbook.ts";
import { LanguageClient } from "../support/language-client.ts";

const python = `import anthropic

client = anthropic.Anthropic()


def answer(question):
    return client.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=100,
        system=[{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}],
        messages=[{"role": "user", "content": question}],
    )
`;
const typescript = `import Anthropic from "@anthropic-ai/sdk";

export function answer(question: string): Promise<unknown> {
  return new Anthropic().messages.create({
    model: "claude-sonnet-4-5",
    max_tokens: 100,
    system: [{ type: "text", text: "Be brief.", cache_control: { type: "ephemeral" } }],
    messages: [{ role: "user", content: question }],
  });
}
`;
const jinja = `{{ question }}\n\n${handbook}\n`;
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
const page = "https://github.com/promptlint/promptlint/blob/main/rules/";

interface Sample {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  readonly rule: string;
  /** What ends the finding when it is taken out or put in: by hand, for what the first quick fix does not do. */
  readonly edit: readonly [string, string];
}

const samples: readonly Sample[] = [
  {
    path: "agent.py",
    languageId: "python",
    text: python,
    rule: "min-prefix-tokens",
    edit: [', "cache_control": {"type": "ephemeral"}', ""],
  },
  {
    path: "agent.ts",
    languageId: "typescript",
    text: typescript,
    rule: "min-prefix-tokens",
    edit: [', cache_control: { type: "ephemeral" }', ""],
  },
  {
    path: "prompts/agent.j2",
    languageId: "jinja",
    text: jinja,
    rule: "no-static-after-dynamic",
    edit: ["{{ question }}\n", "Answer.\n"],
  },
  {
    path: "agent.ipynb",
    languageId: "json",
    text: notebook,
    rule: "min-prefix-tokens",
    edit: [', \\"cache_control\\": {\\"type\\": \\"ephemeral\\"}', ""],
  },
];

let built: BuiltPlugin;
const clients: LanguageClient[] = [];

async function startClient(settings: object = {}): Promise<LanguageClient> {
  const client = new LanguageClient(built.folder, settings);
  clients.push(client);
  await client.start();
  return client;
}

beforeAll(async () => {
  built = await buildPlugin("editor");
  writeFileSync(
    join(built.folder, "eslint.config.mjs"),
    `import * as parser from "@typescript-eslint/parser";
import promptlint from ${JSON.stringify(built.plugin)};

export default [
  { files: ["**/*.ts"], languageOptions: { parser } },
  ...promptlint.configs.recommended,
  { settings: { promptlint: { model: "claude-sonnet-4-5" } } },
];
`,
  );
});
afterAll(() => {
  for (const client of clients) client.stop();
  built.remove();
});

describe("the language server of ESLint", () => {
  let client: LanguageClient;
  beforeAll(async () => {
    client = await startClient();
    for (const { path, languageId, text } of samples) client.open(path, languageId, text);
  });

  test.each(samples)("shows what is wrong in $path, with the rule's page", async ({ path, text, rule }) => {
    const diagnostics = await client.diagnose(path);
    expect(diagnostics, client.log).toMatchObject([
      { code: `promptlint/${rule}`, codeDescription: { href: `${page}${rule}.md` } },
    ]);
    const { start, end } = diagnostics[0]!.range;
    const line = text.split("\n")[start.line]!;
    expect(line.slice(start.character, end.character)).toMatch(/cache_control|question/);
  });

  test.each(samples)(
    "is clean again after $path is edited",
    async ({ path, text, edit: [before, after] }) => {
      const start = text.indexOf(before);
      client.edit(path, start, start + before.length, after);
      expect(await client.diagnose(path), client.log).toEqual([]);
      client.edit(path, start, start + after.length, before);
      expect(await client.diagnose(path)).toHaveLength(1);
    },
  );

  test.each(samples.filter(({ rule }) => rule === "min-prefix-tokens"))(
    "is clean again after a quick fix in $path",
    async ({ path }) => {
      const [diagnostic] = await client.diagnose(path);
      const fixes = await client.quickFixes(path, diagnostic!);
      const fix = fixes.find(({ title }) => title.startsWith("Remove the checkpoint."));
      expect(fix?.title).toBe("Remove the checkpoint. (promptlint/min-prefix-tokens)");
      await client.apply(fix!);
      expect(client.textOf(path)).not.toContain("cache_control");
      expect(await client.diagnose(path)).toEqual([]);
    },
  );
});

describe("with the settings editors have by themselves", () => {
  // Editors ask the server to find out by itself whether ESLint is in charge of a file.
  test.each([
    ["agent.ts", "typescript", typescript, 1],
    ["agent.ipynb", "json", notebook, 1],
    ["agent.py", "python", python, 0],
    ["prompts/agent.j2", "jinja", jinja, 0],
  ])("%s as %s", async (path, languageId, text, expected) => {
    const client = await startClient({ validate: "probe" });
    client.open(path, languageId, text);
    expect(await client.diagnose(path), client.log).toHaveLength(expected);
  });
});
