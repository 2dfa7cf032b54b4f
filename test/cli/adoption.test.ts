import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadLinter } from "../../src/cli/load-linter.ts";
import { run } from "../../src/cli/run.ts";
import { makeFolder } from "./run-command.ts";

/** A request whose only checkpoint stands behind what `opening` returns. */
const agent = [
  "import anthropic",
  "from prompts import opening",
  "",
  'HANDBOOK = open("handbook.md").read()',
  "",
  "def ask(question):",
  "    return anthropic.Anthropic().messages.create(",
  '        model="claude-sonnet-4-5",',
  "        system=[",
  '            {"type": "text", "text": opening()},',
  '            {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},',
  "        ],",
  '        messages=[{"role": "user", "content": question}],',
  "    )",
  "",
].join("\n");
const calm = 'def opening():\n    return "You work at the repair desk."\n';
const restless = 'from datetime import datetime\n\ndef opening():\n    return f"It is {datetime.now()}."\n';
const handbook = "Return the goods within thirty days, in the box they came in. ".repeat(300);
/** One that has nothing to do with the others. */
const other = agent.replace("from prompts import opening", restless);

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => (folder = makeFolder({ "handbook.md": handbook })));
afterEach(() => folder.remove());

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), text);
  }
}

function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...identity, ...args], { cwd: folder.path, stdio: "ignore" });
}

function commit(files: Readonly<Record<string, string>>): void {
  write(files);
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "x");
}

async function lint(...argv: readonly string[]) {
  const printed = { stdout: "", stderr: "" };
  const code = await run(
    ["-f", "compact", ...argv],
    {
      stdout: { write: (text) => (printed.stdout += text) },
      stderr: { write: (text) => (printed.stderr += text) },
      cwd: folder.path,
      env: {},
      isTTY: false,
      version: "1.2.3",
    },
    async () => loadLinter(),
  );
  const found = printed.stdout.split("\n").flatMap((line) => (line === "" ? [] : [line.split(": ", 1)[0]!]));
  return { code, found, ...printed };
}

describe("a baseline", () => {
  test("is written with the present findings, which are then not reported", async () => {
    write({ "a.py": other });
    expect(await lint("--baseline", "base.json", "--update-baseline")).toMatchObject({ code: 0, found: [] });
    expect(JSON.parse(readFileSync(join(folder.path, "base.json"), "utf8"))).toEqual({
      version: 1,
      files: { "a.py": { "no-dynamic-prefix": { f11819fd4b879eea: 1 } } },
    });
  });

  test("survives what happens above a finding", async () => {
    write({ "a.py": other });
    await lint("--baseline", "base.json", "--update-baseline");
    write({ "a.py": `import os\n\n${other}` });
    const outcome = await lint("--baseline", "base.json");
    expect(outcome).toMatchObject({ code: 0, found: [] });
    expect(outcome.stderr).toContain("1 finding is in the baseline.\n");
  });

  test("does not hide a finding that is new, nor the same line once more", async () => {
    write({ "a.py": other });
    await lint("--baseline", "base.json", "--update-baseline");
    write({ "a.py": `${other}\n${other.replaceAll(/opening|ask/g, "$&_again")}`, "b.py": other });
    expect((await lint("--baseline", "base.json")).found).toEqual(["a.py:24:20", "b.py:5:20"]);
  });

  test("tells of entries that are gone, and an update takes them out but keeps those of other files", async () => {
    write({ "a.py": other, "b.py": other });
    await lint("--baseline", "base.json", "--update-baseline");
    write({ "a.py": agent, "prompts.py": calm });
    expect((await lint("--baseline", "base.json")).stderr).toContain(
      "1 entry of it is found no more; --update-baseline takes it out.",
    );
    await lint("a.py", "--baseline", "base.json", "--update-baseline");
    const { files } = JSON.parse(readFileSync(join(folder.path, "base.json"), "utf8"));
    expect(Object.keys(files)).toEqual(["b.py"]);
    rmSync(join(folder.path, "b.py"));
    await lint("a.py", "--baseline", "base.json", "--update-baseline");
    expect(JSON.parse(readFileSync(join(folder.path, "base.json"), "utf8"))).toEqual({
      version: 1,
      files: {},
    });
  });

  test.each<[name: string, text: string | undefined, flags: string[], message: string]>([
    ["that is missing", undefined, [], "There is no baseline base.json: --update-baseline writes it."],
    ["that is no JSON", "{", [], "base.json is no baseline"],
    ["of another shape", '{"version": 1, "files": {"a.py": 3}}', [], "base.json is no baseline"],
    [
      "that would be overwritten although it is none",
      "precious",
      ["--update-baseline"],
      "base.json is no baseline",
    ],
  ])("%s ends the run with 2", async (_, text, flags, message) => {
    write({ "a.py": "", ...(text !== undefined && { "base.json": text }) });
    const outcome = await lint("a.py", "--baseline", "base.json", ...flags);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain(message);
    if (text !== undefined) expect(readFileSync(join(folder.path, "base.json"), "utf8")).toBe(text);
  });
});

describe("--since", () => {
  test("reports what stands on changed lines and nothing else", async () => {
    commit({ "old.py": other, "new.py": calm });
    write({ "new.py": other });
    expect((await lint("--since", "HEAD")).found).toEqual(["new.py:5:20"]);
    expect((await lint()).found).toEqual(["new.py:5:20", "old.py:5:20"]);
  });

  test("reports a request in an unchanged file that a changed file feeds", async () => {
    commit({ "agent.py": agent, "prompts.py": calm, "old.py": other });
    write({ "prompts.py": restless });
    const { found, code } = await lint("--since", "HEAD");
    expect({ found, code }).toEqual({ found: ["prompts.py:4:20"], code: 1 });
  });

  test("counts the text of a prompt file as feeding a request", async () => {
    commit({
      "agent.py": agent,
      "prompts.py": restless,
      "old.py": other.replace("handbook.md", "manual.md"),
      "manual.md": handbook,
    });
    write({ "handbook.md": `${handbook}!` });
    expect((await lint("--since", "HEAD")).found).toEqual(["prompts.py:4:20"]);
  });

  test("takes untracked files, and leaves those alone that only the other branch has changed", async () => {
    commit({ "old.py": calm });
    git("branch", "topic");
    commit({ "old.py": other });
    git("branch", "upstream");
    git("checkout", "-q", "topic");
    write({ "new.py": other });
    expect((await lint("--since", "upstream")).found).toEqual(["new.py:5:20"]);
  });

  test("works from a folder further in", async () => {
    commit({ "in/old.py": other, "in/handbook.md": handbook, "in/a.py": calm });
    write({ "in/a.py": other });
    const outer = folder;
    folder = { path: join(outer.path, "in"), remove: () => outer.remove() };
    expect((await lint("--since", "HEAD")).found).toEqual(["a.py:5:20"]);
  });

  test.each([
    ["a commit that is not there", "nowhere"],
    ["a flag in the place of a commit", "--output=x"],
  ])("%s ends the run with 2", async (_, reference) => {
    commit({ "a.py": calm });
    const { code, stderr } = await lint(`--since=${reference}`);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^promptlint: git says: .*\n$/);
  });

  test("outside of a repository ends the run with 2", async () => {
    write({ "a.py": calm });
    expect(await lint("--since", "HEAD")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("not a git repository"),
    });
  });
});

describe("--staged", () => {
  test("reads what is staged, and not what the folder holds", async () => {
    commit({ "a.py": calm, "b.py": calm });
    write({ "a.py": other, "b.py": other });
    git("add", "a.py");
    write({ "a.py": calm });
    expect((await lint("--staged")).found).toEqual(["a.py:5:20"]);
  });

  test("knows nothing of files that are not tracked", async () => {
    commit({ "agent.py": calm });
    write({ "agent.py": agent, "prompts.py": restless });
    git("add", "agent.py");
    expect((await lint("--staged")).found).toEqual([]);
    git("add", "prompts.py");
    expect((await lint("--staged")).found).toEqual(["prompts.py:4:20"]);
  });

  test("reads what was deleted in the folder only", async () => {
    commit({ README: "" });
    write({ "a.py": other });
    git("add", "a.py");
    rmSync(join(folder.path, "a.py"));
    expect((await lint("--staged")).found).toEqual(["a.py:5:20"]);
  });

  test("works before the first commit", async () => {
    write({ "a.py": other });
    git("init", "-q");
    git("add", "a.py");
    expect((await lint("--staged")).found).toEqual(["a.py:5:20"]);
  });
});

describe("flags that exclude each other", () => {
  test.each([
    [["--since", "HEAD", "--staged"]],
    [["--staged", "--fix"]],
    [["--update-baseline"]],
    [["--baseline", "b", "--update-baseline", "--since", "HEAD"]],
  ])("%s", async (flags) => {
    expect(await lint(...flags)).toMatchObject({ code: 2, stdout: "" });
  });
});
