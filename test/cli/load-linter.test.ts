import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadLinter } from "../../src/cli/load-linter.ts";
import { makeFolder, runCommand, type Outcome } from "./run-command.ts";

// Long enough for the minimum of every model.
const handbook = Array.from({ length: 600 }, (_, line) => `Rule ${line}: answer in whole sentences.`).join(
  "\n",
);

const agent = (system: string): string => `
import anthropic
from datetime import datetime

HANDBOOK = """${handbook}"""

def answer(question):
    return anthropic.Anthropic().messages.create(
        model="claude-sonnet-4-5",
        max_tokens=100,
        system=[
            ${system}
            {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
        ],
        messages=[{"role": "user", "content": question}],
    )
`;

let folder: ReturnType<typeof makeFolder>;
beforeAll(() => {
  folder = makeFolder({
    "clean.py": agent(""),
    "clock.py": agent('{"type": "text", "text": f"It is {datetime.now()}."},'),
    "broken.py": "client.messages.create(\n)))\n",
    "broken.ts": "client.messages.create({{{",
    "broken.json": '{"model": "x", "messages": [',
    "empty.ipynb": "",
  });
});
afterAll(() => folder.remove());

const run = (...argv: string[]): Promise<Outcome> => runCommand(argv, folder.path, { linter: loadLinter() });

describe("the command with its own engine and rules", () => {
  test("a clock in front of the checkpoint is an error, with its line", async () => {
    const { code, stdout } = await run("--format", "json", "clean.py", "clock.py");
    const line = readFileSync(`${folder.path}/clock.py`, "utf8").split("It is {")[0]!.split("\n").length;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { filePath: "clock.py", messages: [{ ruleId: "no-dynamic-prefix", severity: 2, line }], errorCount: 1 },
    ]);
  });

  test("a rule that is off finds nothing", async () => {
    expect(await run("--rule", "no-dynamic-prefix: off", "clock.py")).toMatchObject({ code: 0, stdout: "" });
  });

  test("explain draws the request and tells what the next one reads", async () => {
    const { stdout } = await run("explain", "clean.py");
    expect(stdout).toContain("claude-sonnet-4-5 on anthropic");
    expect(stdout).toMatch(/── checkpoint .*, read again ─/);
    expect((await run("explain", "clock.py")).stdout).toMatch(/── checkpoint .*, never read ─/);
  });

  test("files that can't be parsed are reported, and the rest is linted", async () => {
    const { code, stdout, stderr } = await run("--format", "compact", ".");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^clock\.py:\d+:\d+: error: .* \[no-dynamic-prefix\]\n$/);
    for (const file of ["broken.py", "broken.ts", "broken.json"]) expect(stderr).toContain(`${file}:`);
    expect(stderr).not.toContain("internal error");
  });

  test("and do not fail a run by themselves", async () => {
    expect((await run("broken.py", "broken.ts", "broken.json")).code).toBe(0);
  });
});
