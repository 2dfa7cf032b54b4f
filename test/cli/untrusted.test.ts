import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadLinter } from "../../src/cli/load-linter.ts";
import { run } from "../../src/cli/run.ts";
import { makeFolder } from "./run-command.ts";

const secret = "The password is swordfish.";
/** Sends what `prompt` is worth. */
const sender = (prompt: string): string =>
  [
    "import anthropic",
    "from prompts import TEXT",
    "def ask(q):",
    `    anthropic.Anthropic().messages.create(model="claude-sonnet-4-5", system=${prompt}, messages=[{"role": "user", "content": q}])`,
    "",
  ].join("\n");

let folder: ReturnType<typeof makeFolder>;
let root: string;
beforeEach(() => {
  folder = makeFolder({
    "outside/secret.md": secret,
    "outside/prompts.py": `TEXT = "${secret}"\n`,
    "repo/.git/HEAD": "",
  });
  root = join(folder.path, "repo");
});
afterEach(() => folder.remove());

async function runAt(cwd: string, ...argv: readonly string[]): Promise<{ code: number; output: string }> {
  let output = "";
  const write = (text: string): void => void (output += text);
  const code = await run(
    argv,
    { stdout: { write }, stderr: { write }, cwd, env: {}, isTTY: false, version: "1.2.3" },
    async () => loadLinter(),
  );
  return { code, output };
}

describe("nothing outside of the repository is read", () => {
  test.each<[name: string, prompt: string, prepare: () => void]>([
    ["where code names a path that leads out", 'open("../outside/secret.md").read()', () => {}],
    ["where code names an absolute path", "PATH", () => {}],
    [
      "where a file is a link",
      'open("linked.md").read()',
      () => symlinkSync(join(folder.path, "outside/secret.md"), join(root, "linked.md")),
    ],
    [
      "where a folder is a link",
      'open("docs/secret.md").read()',
      () => symlinkSync(join(folder.path, "outside"), join(root, "docs")),
    ],
    [
      "where an imported module is a link",
      "TEXT",
      () => symlinkSync(join(folder.path, "outside/prompts.py"), join(root, "prompts.py")),
    ],
  ])("%s", async (_, prompt, prepare) => {
    prepare();
    const absolute = `open(${JSON.stringify(join(folder.path, "outside/secret.md"))}).read()`;
    writeFileSync(join(root, "a.py"), sender(prompt === "PATH" ? absolute : prompt));
    const { code, output } = await runAt(root, "explain", "--format", "json");
    expect(code).toBe(0);
    expect(output).not.toContain("swordfish");
    expect((await runAt(root, "explain")).output).not.toContain("swordfish");
  });

  test("but a link within it is followed, and so is what lies beside the current folder", async () => {
    writeFileSync(join(root, "secret.md"), secret);
    mkdirSync(join(root, "app"));
    symlinkSync(join(root, "secret.md"), join(root, "app/linked.md"));
    writeFileSync(join(root, "app/a.py"), sender('open("linked.md").read() + open("../secret.md").read()'));
    expect((await runAt(join(root, "app"), "explain")).output).toContain("swordfish.The password is sword");
  });

  test("not when folders are searched", async () => {
    symlinkSync(join(folder.path, "outside"), join(root, "docs"));
    writeFileSync(join(folder.path, "outside/b.py"), sender("'x'"));
    expect((await runAt(root)).output).toContain("0 requests");
  });
});

describe("nothing of what is analyzed is executed", () => {
  test("configs, modules and scripts of others", async () => {
    const pwned = join(folder.path, "pwned");
    const bomb = `require("fs").writeFileSync(${JSON.stringify(pwned)}, "");`;
    const files: Record<string, string> = {
      "promptlint.config.js": bomb,
      "inner/promptlint.config.ts": bomb,
      "inner/promptlint.yaml": "extends: ./evil.cjs\n",
      "inner/evil.cjs": bomb,
      "inner/a.py": `${sender("'x'")}open(${JSON.stringify(pwned)}, "w")\n`,
      "inner/setup.py": `open(${JSON.stringify(pwned)}, "w")\n`,
      "inner/package.json": JSON.stringify({ scripts: { prepare: bomb, postinstall: bomb } }),
      "inner/b.ts": `import "./evil.cjs";\nimport Anthropic from "@anthropic-ai/sdk";\nnew Anthropic().messages.create({ model: "claude-sonnet-4-5", messages: [] });\n`,
      "inner/c.yaml":
        "a: !!js/function 'function () {}'\nb: !!python/object/apply:os.system ['touch pwned']\ncache_control: messages\n",
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, path, ".."), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    // From a folder of the user's own, which is no part of that repository.
    const own = join(folder.path, "own");
    mkdirSync(own);
    const { output } = await runAt(own, "../repo");
    expect(output).toContain("2 requests");
    await runAt(root, "--no-config");
    expect(existsSync(pwned)).toBe(false);
  });

  test("commands that the settings of the repository name", async () => {
    const pwned = join(folder.path, "pwned");
    const script = join(folder.path, "hook.sh");
    writeFileSync(script, `#!/bin/sh\ntouch ${pwned}\ncat\n`);
    chmodSync(script, 0o755);
    const at = join(folder.path, "real");
    mkdirSync(at);
    const git = (...args: string[]): void => void execFileSync("git", args, { cwd: at, stdio: "ignore" });
    git("init", "-q");
    writeFileSync(join(at, "a.py"), sender("'x'"));
    writeFileSync(join(at, ".gitattributes"), "*.py diff=evil\n");
    git("add", "-A");
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "x");
    for (const key of [
      "core.fsmonitor",
      "diff.external",
      "diff.evil.textconv",
      "diff.evil.command",
      "core.pager",
    ]) {
      git("config", key, script);
    }
    writeFileSync(join(at, "a.py"), sender("'y'"));
    expect((await runAt(at, "--since", "HEAD")).code).toBe(0);
    expect((await runAt(at, "--staged")).code).toBe(0);
    expect(existsSync(pwned)).toBe(false);
  });
});

describe("no file over a stated size is read", () => {
  test.each([
    ["a.py", 5],
    ["a.json", 64],
  ])("%s", async (name, mebibytes) => {
    const path = join(root, name);
    writeFileSync(path, "cache_control messages.create(\n");
    truncateSync(path, mebibytes * 2 ** 20 + 1);
    const { code, output } = await runAt(root, name);
    expect(output).toContain(
      `Skipped, because it is too large: ${mebibytes}.0 MiB, where at most ${mebibytes} are read.`,
    );
    expect(code).toBe(0);
  });
});
