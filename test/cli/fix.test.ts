import {
  chmodSync,
  lstatSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { loadLinter } from "../../src/cli/load-linter.ts";
import { writeFixed } from "../../src/cli/write-fixed.ts";
import type { JsonFile } from "../../src/report/json.ts";
import { makeFolder, runCommand } from "./run-command.ts";

const folders: { remove(): void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = makeFolder(files);
  folders.push(folder);
  return folder.path;
}

const lint = (cwd: string, ...argv: string[]) => runCommand(argv, cwd, { linter: loadLinter() });

/** A mark for a model without caching, which a fix takes out. */
const marked = `import boto3

client = boto3.client("bedrock-runtime")

def answer(rules, turns):
    return client.converse(
        modelId="mistral.mistral-large-2407-v1:0",
        system=[{"text": rules}, {"cachePoint": {"type": "default"}}],  # the rules
        messages=turns,
    )
`;
const fixed = marked.replace(', {"cachePoint": {"type": "default"}}', "");

describe("--fix", () => {
  test("applies safe fixes and reports what remains", async () => {
    const cwd = folderWith({ "a.py": marked });
    const { code, stdout, stderr } = await lint(cwd, "--fix", ".");
    expect(readFileSync(join(cwd, "a.py"), "utf8")).toBe(fixed);
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("Fixed 1 file; what remains:");
  });

  test("without it nothing is written", async () => {
    const cwd = folderWith({ "a.py": marked });
    expect((await lint(cwd, ".")).stdout).toContain("--fix: Remove the checkpoint.");
    expect(readFileSync(join(cwd, "a.py"), "utf8")).toBe(marked);
  });

  test("keeps byte order marks, line ends and the mode, and leaves no other file behind", async () => {
    const cwd = folderWith({ "a.py": `\ufeff${marked.replaceAll("\n", "\r\n")}` });
    chmodSync(join(cwd, "a.py"), 0o755);
    await lint(cwd, "--fix", "a.py");
    expect(readFileSync(join(cwd, "a.py"), "utf8")).toBe(`\ufeff${fixed.replaceAll("\n", "\r\n")}`);
    expect(statSync(join(cwd, "a.py")).mode & 0o777).toBe(0o755);
    expect(readdirSync(cwd)).toEqual(["a.py"]);
  });

  test("goes on until nothing is left to fix", async () => {
    const block = `{"type": "text", "text": text, "cache_control": {"type": "ephemeral", "ttl": "5m"}}`;
    const system = [block, block, block.replace("5m", "1h")].join(", ");
    const source = `import anthropic\n\ndef ask(text, turns):\n    return anthropic.Anthropic().messages.create(\n        model="claude-sonnet-4-5", max_tokens=9, system=[${system}], messages=turns)\n`;
    const cwd = folderWith({ "a.py": source });
    expect((await lint(cwd, "--fix", "--rule", "valid-ttl: error", ".")).stdout).not.toContain("valid-ttl");
    const ttls = [...readFileSync(join(cwd, "a.py"), "utf8").matchAll(/"ttl": "(\w+)"/g)].map(
      ([, ttl]) => ttl,
    );
    expect(ttls).toEqual(["1h", "5m", "5m"]);
  });

  test("follows no link out of the folder", async () => {
    const outside = folderWith({ "a.py": marked });
    const cwd = folderWith({});
    symlinkSync(join(outside, "a.py"), join(cwd, "a.py"));
    const { code, stderr } = await lint(cwd, "--fix", "a.py");
    expect(readFileSync(join(outside, "a.py"), "utf8")).toBe(marked);
    expect(code).toBe(2);
    expect(stderr).toContain("a link to a place outside of this folder");
  });

  test("writes to what a link within the folder leads to", async () => {
    const cwd = folderWith({ "real.py": marked });
    symlinkSync("real.py", join(cwd, "link.py"));
    await lint(cwd, "--fix", "link.py");
    expect(readFileSync(join(cwd, "real.py"), "utf8")).toBe(fixed);
    expect(lstatSync(join(cwd, "link.py")).isSymbolicLink()).toBe(true);
  });

  test("leaves a file alone that has changed since it was read", () => {
    const cwd = folderWith({ "a.py": "new" });
    expect(writeFixed("a.py", "old", "fixed", cwd)).toContain("has changed since it was read");
    expect(readFileSync(join(cwd, "a.py"), "utf8")).toBe("new");
  });

  test.each([
    ["UTF-16", Buffer.from("\ufeffaé", "utf16le"), Buffer.from("\ufeffbé", "utf16le")],
    ["Latin-1", Buffer.from("aé", "latin1"), Buffer.from("bé", "latin1")],
    ["UTF-8", Buffer.from("aé"), Buffer.from("bé")],
  ])("keeps %s", (_, before, after) => {
    const cwd = folderWith({ "a.py": before });
    expect(writeFixed("a.py", "aé", "bé", cwd)).toBeUndefined();
    expect(readFileSync(join(cwd, "a.py"))).toEqual(after);
  });
});

describe("--fix-dry-run", () => {
  test("prints the changes and writes nothing", async () => {
    const cwd = folderWith({ "a.py": marked });
    const { stdout, stderr } = await lint(cwd, "--fix-dry-run", ".");
    expect(stdout).toContain("--- a/a.py\n+++ b/a.py\n@@ -5,6 +5,6 @@\n");
    expect(stdout).toContain(
      '\n-        system=[{"text": rules}, {"cachePoint": {"type": "default"}}],  # the rules\n',
    );
    expect(stderr).toContain("--fix would change 1 file");
    expect(readFileSync(join(cwd, "a.py"), "utf8")).toBe(marked);
  });

  test("json has the text that would be written", async () => {
    const cwd = folderWith({ "a.py": marked });
    const { stdout } = await lint(cwd, "--fix-dry-run", "--format", "json", ".");
    const [file] = JSON.parse(stdout) as JsonFile[];
    expect(file).toMatchObject({ filePath: "a.py", messages: [], output: fixed });
  });
});

describe("--fix-type", () => {
  const clock = `from datetime import datetime
from pathlib import Path

import anthropic

client = anthropic.Anthropic()
RULES = Path("rules.md").read_text()


def answer(turns):
    return client.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=500,
        system=[
            {"type": "text", "text": f"It is {datetime.now()}"},  # for the greeting
            {"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}},
        ],
        messages=turns,
    )
`;
  const files = { "a.py": clock, "rules.md": "Answer kindly and in whole sentences. ".repeat(900) };

  test("safe leaves what moves text to a person", async () => {
    const cwd = folderWith(files);
    const { code, stdout } = await lint(cwd, "--fix", ".");
    expect(code).toBe(1);
    expect(stdout).toContain("--fix --fix-type suggestion: Move the block behind the checkpoint.");
    expect(readFileSync(join(cwd, "a.py"), "utf8")).toBe(clock);
  });

  test("suggestion moves it", async () => {
    const cwd = folderWith(files);
    expect((await lint(cwd, "--fix", "--fix-type", "suggestion", ".")).code).toBe(0);
    const text = readFileSync(join(cwd, "a.py"), "utf8");
    expect(text.indexOf("datetime.now()")).toBeGreaterThan(text.indexOf("cache_control"));
    expect(text).toContain("# for the greeting");
  });

  test.each([
    [["--fix-type", "suggestion"], "--fix-type needs --fix or --fix-dry-run."],
    [["--fix", "--fix-type", "all"], '--fix-type takes safe or suggestion, but was given "all".'],
  ])("%j is explained", async (argv, message) => {
    const { code, stderr } = await lint(folderWith({}), ...argv);
    expect([code, stderr]).toEqual([2, `promptlint: ${message}\n`]);
  });
});

test("a file that is only read is not written", async () => {
  const cwd = folderWith({ "a.py": marked });
  writeFileSync(join(cwd, "b.py"), "from a import answer\n");
  await lint(cwd, "--fix", "b.py");
  expect(readFileSync(join(cwd, "a.py"), "utf8")).toBe(marked);
});
