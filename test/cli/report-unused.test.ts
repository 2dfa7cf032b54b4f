import { afterAll, expect, test } from "vitest";
import { loadLinter } from "../../src/cli/load-linter.ts";
import { run } from "../../src/cli/run.ts";
import { makeFolder } from "./run-command.ts";

const folder = makeFolder({
  "app.py": [
    "import anthropic",
    "# promptlint-disable valid-ttl -- for later",
    'anthropic.Anthropic().messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])',
    "",
  ].join("\n"),
});
afterAll(() => folder.remove());

async function lint(...flags: readonly string[]) {
  let stderr = "";
  const code = await run(
    ["app.py", "--no-config", ...flags],
    {
      stdout: { write: () => undefined },
      stderr: { write: (part: string) => (stderr += part) },
      cwd: folder.path,
      env: {},
      isTTY: false,
      version: "1.2.3",
    },
    async () => loadLinter(),
  );
  return { code, stderr };
}

test("a comment that suppresses nothing is silent", async () => {
  const { code, stderr } = await lint();
  expect({ code, told: stderr.includes("suppresses nothing") }).toEqual({ code: 0, told: false });
});

test("with --report-unused-disable-directives it is told and fails the run", async () => {
  const { code, stderr } = await lint("--report-unused-disable-directives");
  expect(code).toBe(1);
  expect(stderr).toContain("app.py:2:1: error: This comment suppresses nothing of valid-ttl.\n");
  expect(stderr).not.toContain("could not be read");
});
