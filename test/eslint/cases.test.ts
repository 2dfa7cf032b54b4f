import * as typescriptParser from "@typescript-eslint/parser";
import { ESLint, type Linter } from "eslint";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadLinter } from "../../src/cli/load-linter.ts";
import { run } from "../../src/cli/run.ts";
import plugin from "../../src/eslint/eslint.ts";
import { storeAll } from "../../src/eslint/store-later.ts";
import type { JsonFile } from "../../src/report/json.ts";

const folder = new URL("../cases/", import.meta.url);
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

/** What the flags of a case are in an ESLint config. */
function configFor(args: readonly string[], cache: string | undefined): Linter.Config[] {
  const flags = new Map(
    args.flatMap((arg, index) => (arg.startsWith("--") ? [[arg, args[index + 1]!]] : [])),
  );
  const known = new Set(["--preset", "--model", "--rule"]);
  for (const flag of flags.keys())
    if (!known.has(flag)) throw new Error(`No ESLint setting stands for ${flag}.`);
  const [rule, severity] = (flags.get("--rule") ?? "").split(": ");
  const model = flags.get("--model");
  return [
    { files: ["**/*.{ts,mts,cts,tsx}"], languageOptions: { parser: typescriptParser } },
    { files: ["**/*.jsx"], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
    ...plugin.configs[flags.get("--preset") === "strict" ? "strict" : "recommended"],
    ...(rule ? [{ rules: { [`promptlint/${rule}`]: severity as Linter.StringSeverity } }] : []),
    {
      settings: {
        promptlint: { ...(model !== undefined && { model }), ...(cache !== undefined && { cache }) },
      },
    },
  ];
}

async function findingsOfCommand(cwd: string, argv: readonly string[]): Promise<readonly string[]> {
  let printed = "";
  const surroundings = {
    stdout: { write: (text: string) => (printed += text) },
    stderr: { write: () => {} },
    cwd,
    env: {},
    isTTY: false,
    version: "0.0.0",
  };
  await run(["--format", "json", ...argv], surroundings, async () => loadLinter());
  return (JSON.parse(printed) as JsonFile[])
    .flatMap(({ filePath, messages }) =>
      messages
        .filter(({ ruleId }) => ruleId !== null)
        .map((one) => `${filePath}:${one.line}:${one.column} ${one.ruleId} ${one.message}`),
    )
    .toSorted();
}

async function findingsOfEslint(
  cwd: string,
  args: readonly string[],
  lint: readonly string[],
  cache?: string,
): Promise<readonly string[]> {
  const eslint = new ESLint({ cwd, overrideConfigFile: true, baseConfig: configFor(args, cache) });
  const results = await eslint.lintFiles([...lint]);
  return results
    .flatMap(({ filePath, messages }) =>
      messages.map(({ line, column, ruleId, message }) => {
        const path = relative(cwd, filePath).replaceAll(sep, posix.sep);
        return `${path}:${line}:${column} ${ruleId?.replace(/^promptlint\//, "")} ${message}`;
      }),
    )
    .toSorted();
}

let kept: string;
beforeAll(() => (kept = mkdtempSync(join(tmpdir(), "promptlint-"))));
afterAll(() => rmSync(kept, { recursive: true, force: true }));

describe("ESLint finds what the command finds, also by what it has kept of a run before", () => {
  test.each(names)("%s", async (name) => {
    const place = new URL(`${name}/`, folder);
    const cwd = fileURLToPath(place).replace(/[/\\]$/, "");
    const { args, lint } = JSON.parse(readFileSync(new URL("case.json", place), "utf8")) as {
      args: readonly string[];
      lint: readonly string[];
    };
    const expected = await findingsOfCommand(cwd, [...args, ...lint]);
    expect(await findingsOfEslint(cwd, args, lint)).toEqual(expected);
    const cache = join(kept, name);
    expect(await findingsOfEslint(cwd, args, lint, cache)).toEqual(expected);
    storeAll();
    // The same folder by another name, as another process comes to it.
    expect(await findingsOfEslint(cwd, args, lint, join(cache, "again", ".."))).toEqual(expected);
  });
});
