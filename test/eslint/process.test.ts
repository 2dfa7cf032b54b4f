import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPlugin, type BuiltPlugin } from "../support/build-plugin.ts";
import { handbook } from "../support/handbook.ts";

const resolve = createRequire(import.meta.url).resolve;
const bin = (name: string, file: string): string =>
  join(dirname(resolve(`${name}/package.json`)), "bin", file);
const versions = [
  ["9", bin("eslint-9", "eslint.js")],
  ["10", bin("eslint", "eslint.js")],
] as const;
const oxlint = bin("oxlint", "oxlint");

const mark = 'cache_control: { type: "ephemeral" }';
const script = (prefix: string) => `import Anthropic from "@anthropic-ai/sdk";

export function answer(question) {
  return new Anthropic().messages.create({
    model: "claude-sonnet-4-5",
    max_tokens: 100,
${prefix}    system: [{ type: "text", text: "Be brief.", ${mark} }],
    messages: [{ role: "user", content: question }],
  });
}
`;
const python = `import anthropic

answer = anthropic.Anthropic().messages.create(
    model="claude-sonnet-4-5",
    max_tokens=100,
    system=[{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}],
    messages=[{"role": "user", "content": input()}],
)
`;
/** Sends a text, which another file makes, in front of a checkpoint. */
const caller = (opening: string): string => `import anthropic
from clock import opening

HANDBOOK = """${handbook}"""


def answer(turns):
    return anthropic.Anthropic().messages.create(
        model="claude-sonnet-4-5",
        max_tokens=100,
        system=[
            {"type": "text", "text": ${opening}},
            {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
        ],
        messages=turns,
    )
`;
const clock = `from datetime import datetime


def opening():
    return f"It is {datetime.now()}."
`;

let built: BuiltPlugin;
beforeAll(async () => {
  built = await buildPlugin("process");
  for (const folder of ["src", "across"]) mkdirSync(join(built.folder, folder));
  writeFileSync(join(built.folder, "across/clock.py"), clock);
  for (const name of ["a", "b", "c"]) writeFileSync(join(built.folder, `src/${name}.js`), script(""));
  writeFileSync(join(built.folder, "src/agent.py"), python);
  const list = "[...promptlint.configs.recommended]";
  const plugin = JSON.stringify(built.plugin);
  writeFileSync(
    join(built.folder, "eslint.config.mjs"),
    `import promptlint from ${plugin};\nexport default ${list};\n`,
  );
  writeFileSync(
    join(built.folder, "config.cjs"),
    `const { default: promptlint } = require(${plugin});\nmodule.exports = ${list};\n`,
  );
  writeFileSync(
    join(built.folder, "beside-json.mjs"),
    `import promptlint from ${plugin};
import json from "@eslint/json";
export default [
  ...promptlint.configs.recommended,
  { files: ["**/*.json"], plugins: { json }, language: "json/json", rules: { "json/no-duplicate-keys": "error" } },
];
`,
  );
  writeFileSync(
    join(built.folder, "kept.mjs"),
    `import promptlint from ${plugin};
export default [...promptlint.configs.recommended, { settings: { promptlint: { cache: true } } }];
`,
  );
  writeFileSync(
    join(built.folder, "extended.mjs"),
    `import { defineConfig } from "eslint/config";
import promptlint from ${plugin};
export default defineConfig({ files: ["src/*.py"], plugins: { promptlint }, extends: ["promptlint/strict"] });
`,
  );
  writeFileSync(
    join(built.folder, ".oxlintrc.json"),
    JSON.stringify({
      jsPlugins: [built.plugin],
      categories: { correctness: "off" },
      rules: { "promptlint/min-prefix-tokens": "error" },
    }),
  );
});
afterAll(() => built.remove());

function run(
  path: string,
  argv: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    const child = execFile(process.execPath, [path, ...argv], { cwd: built.folder }, (_, stdout, stderr) =>
      done({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

/** What ESLint printed as JSON, a line each. */
function findingsIn({ stdout, stderr }: { stdout: string; stderr: string }): readonly string[] {
  expect(stderr.replaceAll(/^.*ESLintPoorConcurrencyWarning[^]*$/gm, "")).toBe("");
  const files = JSON.parse(stdout) as {
    filePath: string;
    messages: { ruleId: string; line: number }[];
  }[];
  return files.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line }) => `${filePath.slice(built.folder.length + 1)}:${line} ${ruleId}`),
  );
}

const inPython = "src/agent.py:6 promptlint/min-prefix-tokens";
const everywhere = [
  "src/a.js:7 promptlint/min-prefix-tokens",
  inPython,
  "src/b.js:7 promptlint/min-prefix-tokens",
  "src/c.js:7 promptlint/min-prefix-tokens",
].toSorted();

describe.each(versions)("ESLint %s as a process", (_, eslint) => {
  test("finds the same in one thread and in several", async () => {
    expect(findingsIn(await run(eslint, ["-f", "json", "src"])).toSorted()).toEqual(everywhere);
    const parallel = await run(eslint, ["-f", "json", "--concurrency", "2", "src"]);
    expect(findingsIn(parallel).toSorted()).toEqual(everywhere);
  });

  test("keeps findings in a cache", async () => {
    const argv = ["-f", "json", "--cache", "--cache-location", `cache-${_}`, "src"];
    expect(findingsIn(await run(eslint, argv)).toSorted()).toEqual(everywhere);
    expect(readFileSync(join(built.folder, `cache-${_}`), "utf8")).toContain("agent.py");
    expect(findingsIn(await run(eslint, argv)).toSorted()).toEqual(everywhere);
  });

  test("finds across files in several threads; a cache keeps what another file has ended", async () => {
    const inClock = ["across/clock.py:5 promptlint/no-dynamic-prefix"];
    writeFileSync(join(built.folder, "across/agent.py"), caller("opening()"));
    const argv = ["-f", "json", "--cache", "--cache-location", `across-${_}`, "across"];
    expect(findingsIn(await run(eslint, ["-f", "json", "--concurrency", "2", "across"]))).toEqual(inClock);
    expect(findingsIn(await run(eslint, argv))).toEqual(inClock);
    writeFileSync(join(built.folder, "across/agent.py"), caller('"Good day."'));
    expect(findingsIn(await run(eslint, argv))).toEqual(inClock);
    expect(findingsIn(await run(eslint, ["-f", "json", "across"]))).toEqual([]);
  });

  test("keeps what it has found out, in one thread and in several", async () => {
    const cache = join(built.folder, ".promptlintcache");
    const argv = ["-f", "json", "-c", "kept.mjs", "across"];
    const parallel = [...argv, "--concurrency", "2"];
    writeFileSync(join(built.folder, "across/agent.py"), caller("opening()"));
    rmSync(cache, { recursive: true, force: true });
    for (const given of [parallel, argv]) {
      expect(findingsIn(await run(eslint, given))).toEqual([
        "across/clock.py:5 promptlint/no-dynamic-prefix",
      ]);
      expect(readdirSync(cache).map((name) => name.slice(name.indexOf(".")))).toEqual(
        expect.arrayContaining([".gitignore", ".session"]),
      );
    }
    writeFileSync(join(built.folder, "across/agent.py"), caller('"Good day."'));
    expect(findingsIn(await run(eslint, parallel))).toEqual([]);
  });

  test("is configured by a CommonJS file", async () => {
    const result = await run(eslint, ["-f", "json", "-c", "config.cjs", "src/agent.py"]);
    expect(findingsIn(result)).toEqual([inPython]);
  });

  test("extends a config by its name", async () => {
    const result = await run(eslint, ["-f", "json", "-c", "extended.mjs", "src"]);
    expect(findingsIn(result)).toContain(inPython);
  });

  test("lints files that another plugin reads", async () => {
    writeFileSync(
      join(built.folder, "request.json"),
      `{
  "model": "claude-sonnet-4-5",
  "max_tokens": 100, "max_tokens": 100,
  "system": [{ "type": "text", "text": "Be brief.", "cache_control": { "type": "ephemeral" } }],
  "messages": [{ "role": "user", "content": "Hello" }]
}
`,
    );
    const result = await run(eslint, ["-f", "json", "-c", "beside-json.mjs", "request.json"]);
    expect(findingsIn(result)).toEqual([
      "request.json:3 json/no-duplicate-keys",
      "request.json:4 promptlint/min-prefix-tokens",
    ]);
  });
});

describe("oxlint", () => {
  const found = /min-prefix-tokens/;

  test("finds what is wrong in JavaScript, and leaves other languages alone", async () => {
    const { stdout } = await run(oxlint, ["-f", "unix", "src/a.js", "src/agent.py"]);
    expect(stdout).toMatch(/^src\/a\.js:7:\d+: .*promptlint\(min-prefix-tokens\)\]$/m);
    expect(stdout).not.toContain("agent.py");
  });

  test.each(["eslint", "oxlint"])("reads comments that begin with %s", async (name) => {
    const comment = `    // ${name}-disable-next-line promptlint/min-prefix-tokens\n`;
    writeFileSync(join(built.folder, "known.js"), script(comment));
    const { code, stdout } = await run(oxlint, ["-f", "unix", "known.js"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.not.stringMatching(found) });
  });

  test("applies suggestions where it is told to", async () => {
    writeFileSync(join(built.folder, "fixed.js"), script(""));
    await run(oxlint, ["--fix-suggestions", "fixed.js"]);
    expect(readFileSync(join(built.folder, "fixed.js"), "utf8")).toBe(script("").replace(`, ${mark}`, ""));
  });
});
