import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadLinter } from "../../src/cli/load-linter.ts";
import { readJsonText, readYamlText } from "../../src/cli/config/config-text.ts";
import { run } from "../../src/cli/run.ts";
import { checkAgainst, keyText } from "../../src/engine/config/check-config.ts";
import { configSchema } from "../../src/engine/config/config-schema.ts";
import { makeFolder } from "../cli/run-command.ts";
import { mutatedText, runsOf, seed } from "./mutated-files.ts";

const schema = configSchema(loadLinter().rules);

const words = [
  "rules",
  "valid-ttl",
  "extends",
  "overrides",
  "files",
  "ignores",
  "model",
  "variables",
  "sources",
  "reuse",
  "root",
  "error",
  "off",
  "*.py",
  "promptlint:strict",
  "./promptlint.yaml",
  "gpt-5",
  "turn",
  "__proto__",
  "constructor",
  "toString",
  "~1",
  "%",
  "a/b",
  "",
];
/** Values that look like configs, or like nothing at all. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown[]>(...words, null, true, false, 0, -1, 1e300, "9"),
    fc.string(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...words), fc.string()), tie("value"), { maxKeys: 6 }),
  ),
}));

let folder: ReturnType<typeof makeFolder>;
beforeAll(() => {
  folder = makeFolder({ "a.py": "" });
  mkdirSync(join(folder.path, ".git"));
});
afterAll(() => folder.remove());

async function runWith(
  name: string,
  text: string,
  argv: readonly string[],
): Promise<{ code: number; stderr: string }> {
  writeFileSync(join(folder.path, name), text);
  let stderr = "";
  const code = await run(
    ["--config", name, ...argv],
    {
      stdout: { write: () => {} },
      stderr: { write: (line) => (stderr += line) },
      cwd: folder.path,
      env: {},
      isTTY: false,
      version: "1.2.3",
    },
    async () => loadLinter(),
  );
  return { code, stderr };
}

describe("a config of any content", () => {
  test("is taken, or refused with lines that name it", async () => {
    await fc.assert(
      fc.asyncProperty(value, fc.boolean(), async (config, isYaml) => {
        const name = isYaml ? "fuzz.yaml" : "fuzz.json";
        const { code, stderr } = await runWith(name, JSON.stringify(config) ?? "", [
          "--print-config",
          "a.py",
        ]);
        expect(stderr).not.toContain("internal error");
        expect(code).toBe(stderr === "" ? 0 : 2);
        for (const line of stderr.split("\n").slice(0, -1)) expect(line).toMatch(/^promptlint: /);
      }),
      { seed, numRuns: runsOf(80, 0.02) },
    );
  }, 3_600_000);

  test.each([".yaml", ".json"])(
    "whose %s is mutated never crashes",
    async (extension) => {
      await fc.assert(
        fc.asyncProperty(mutatedText(extension), async (text) => {
          const { code, stderr } = await runWith(`fuzz${extension}`, text, ["--print-config", "a.py"]);
          expect(stderr).not.toContain("internal error");
          expect([0, 2]).toContain(code);
        }),
        { seed, numRuns: runsOf(30, 0.005) },
      );
    },
    3_600_000,
  );

  test("has a line for every key, and a text for every path", () => {
    fc.assert(
      fc.property(value, (config) => {
        const text = JSON.stringify(config, undefined, 1) ?? "";
        const lines = text.split("\n").length;
        for (const { path } of checkAgainst(config, schema)) {
          expect(keyText(path)).toBeTypeOf("string");
          for (const read of [readJsonText(text), readYamlText(text)]) {
            expect(read.lineOf(path)).toBeGreaterThanOrEqual(1);
            expect(read.lineOf(path)).toBeLessThanOrEqual(lines);
          }
        }
      }),
      { seed, numRuns: runsOf(300, 0.02) },
    );
  }, 3_600_000);
});

describe("a broken file beside a good one", () => {
  const good = [
    "import anthropic, uuid",
    "def ask(q):",
    "    anthropic.Anthropic().messages.create(model='claude-sonnet-4-5', max_tokens=9, messages=[{'role': 'user', 'content': q}], system=[",
    "        {'type': 'text', 'text': str(uuid.uuid4())},",
    "        {'type': 'text', 'text': open('handbook.md').read(), 'cache_control': {'type': 'ephemeral'}}])",
    "",
  ].join("\n");

  test.each([".py", ".ts", ".json", ".yaml", ".ipynb"])(
    "%s changes neither its findings nor the meaning of the exit code",
    async (extension) => {
      writeFileSync(join(folder.path, "good.py"), good);
      writeFileSync(join(folder.path, "handbook.md"), "Return the goods within thirty days. ".repeat(400));
      writeFileSync(join(folder.path, "none.yaml"), "");
      await fc.assert(
        fc.asyncProperty(mutatedText(extension), async (text) => {
          writeFileSync(join(folder.path, `broken${extension}`), text);
          const { code, stderr } = await runWith("none.yaml", "", ["good.py", `broken${extension}`]);
          expect(stderr).not.toContain("internal error");
          expect(code).toBe(1);
        }),
        { seed, numRuns: runsOf(6, 0.003) },
      );
    },
    3_600_000,
  );
});
