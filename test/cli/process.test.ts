import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
// Below node_modules, so that what is not bundled is found from there.
const output = join(root, "node_modules/.promptlint-test");

beforeAll(async () => {
  await build({
    entryPoints: [join(root, "src/cli/cli.ts")],
    outdir: output,
    bundle: true,
    splitting: true,
    format: "esm",
    outExtension: { ".js": ".mjs" },
    platform: "node",
    packages: "external",
    logLevel: "error",
  });
});
afterAll(() => rmSync(output, { recursive: true, force: true }));

/** Starts the command; `closed` closes the reading end of its standard output at once. */
function start(
  argv: readonly string[],
  closed = false,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(output, "cli.mjs"), ...argv], { cwd: output });
    const printed = { stdout: "", stderr: "" };
    if (closed) child.stdout.destroy();
    else child.stdout.on("data", (data: Buffer) => (printed.stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (printed.stderr += data.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...printed }));
  });
}

describe("the command as a process", () => {
  test("prints its version", async () => {
    expect(await start(["--version"])).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: "",
    });
  });

  test("a reader that stops early is no error", async () => {
    expect(await start(["--help"], true)).toMatchObject({ code: 0, stderr: "" });
  });

  test("a wrong flag is one line and 2", async () => {
    expect(await start(["--colour"])).toEqual({
      code: 2,
      stdout: "",
      stderr: "promptlint: Unknown flag --colour: did you mean --color?\n",
    });
  });

  test("a rule and a model that do not exist are told from those that do", async () => {
    const outcome = await start(["--rule", "valid-tll: off"]);
    expect(outcome).toMatchObject({ code: 2, stderr: expect.stringContaining("did you mean valid-ttl?") });
    const other = await start(["--model", "claude-sonet-4-5"]);
    expect(other).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("did you mean claude-sonnet-4-5"),
    });
  });
});
