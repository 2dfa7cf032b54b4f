import { execFileSync } from "node:child_process";
import nodeFs, { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { discoverFiles, type Discovery, type DiscoveryFileSystem } from "../../src/cli/discover-files.ts";
import { makeFolder } from "./run-command.ts";

const folders: { remove(): void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = makeFolder(files);
  folders.push(folder);
  return folder.path;
}

function git(cwd: string, ...args: string[]): void {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"];
  execFileSync("git", [...identity, ...args], { cwd, stdio: "pipe" });
}

const extensions = new Set([".py", ".ts", ".json", ".yaml"]);

/** Makes the error the system raises for a folder without permission; whoever runs tests as root never sees it. */
function denying(path: string): DiscoveryFileSystem {
  const readdirSync = ((folder: string, options: object) => {
    if (folder === path) throw Object.assign(new Error("EACCES"), { code: "EACCES" });
    return nodeFs.readdirSync(folder, options);
  }) as typeof nodeFs.readdirSync;
  return { ...nodeFs, readdirSync };
}

// Both ways to list a folder have to agree.
describe.each([
  { way: "with git", useGit: true },
  { way: "without git", useGit: false },
])("a folder $way", ({ useGit }) => {
  const discover = (cwd: string, paths = ["."]): Promise<Discovery> =>
    discoverFiles(paths, { cwd, extensions, ...(!useGit && { listWithGit: () => undefined }) });
  const repositoryWith = (files: Readonly<Record<string, string>>): string => {
    const cwd = folderWith(files);
    git(cwd, "init", "-q");
    return cwd;
  };

  test.each([
    {
      name: "code unit order, known extensions only",
      files: ["b.py", "B.ts", "a/z.PY", "a.txt", "Makefile"],
      found: ["B.ts", "a/z.PY", "b.py"],
    },
    {
      name: "folders that hold no code of one's own",
      files: [
        "node_modules/a.ts",
        "x/node_modules/b.ts",
        ".yarn/releases/y.cjs",
        "__pycache__/c.py",
        ".venv/lib/d.py",
        "dist/e.ts",
      ],
      found: ["dist/e.ts"],
    },
    {
      name: "what package managers write",
      files: ["package-lock.json", "web/pnpm-lock.yaml", "npm-shrinkwrap.json", "lock.json"],
      found: ["lock.json"],
    },
    {
      name: "names with blanks, quotes and letters of other scripts",
      files: ["a b.py", 'q"q.py', "ü/日.py"],
      found: ["a b.py", 'q"q.py', "ü/日.py"],
    },
  ])("$name", async ({ files, found }) => {
    const cwd = repositoryWith(Object.fromEntries(files.map((file) => [file, ""])));
    expect((await discover(cwd)).files).toEqual(found);
  });

  test("ignore files at every level, the nearest first", async () => {
    const cwd = repositoryWith({
      ".gitignore": "*.gen.ts\n/out/\nCase.ts\n",
      "a.gen.ts": "",
      "out/a.ts": "",
      "case.ts": "",
      "sub/out/a.ts": "",
      "sub/.gitignore": "!kept.gen.ts\nlocal.py\n",
      "sub/kept.gen.ts": "",
      "sub/other.gen.ts": "",
      "sub/local.py": "",
      "sub/deep/local.py": "",
      "local.py": "",
    });
    expect((await discover(cwd)).files).toEqual(["case.ts", "local.py", "sub/kept.gen.ts", "sub/out/a.ts"]);
  });

  test("ignore files above the folder that is named", async () => {
    const cwd = repositoryWith({
      ".gitignore": "/sub/out/\n*.gen.ts\n",
      "sub/a.py": "",
      "sub/out/b.py": "",
      "sub/c.gen.ts": "",
    });
    expect((await discover(cwd, ["sub"])).files).toEqual(["sub/a.py"]);
    expect((await discover(join(cwd, "sub"))).files).toEqual(["a.py"]);
  });

  test("a repository inside has ignore files of its own", async () => {
    const cwd = repositoryWith({
      ".gitignore": "a.py\n",
      "inner/a.py": "",
      "inner/b.py": "",
      "inner/.gitignore": "b.py\n",
    });
    git(join(cwd, "inner"), "init", "-q");
    expect((await discover(cwd)).files).toEqual(["inner/a.py"]);
  });

  test("a tracked file that was deleted is left out", async () => {
    const cwd = repositoryWith({ "a.py": "", "b.py": "" });
    git(cwd, "add", ".");
    rmSync(join(cwd, "a.py"));
    expect(await discover(cwd)).toMatchObject({ files: ["b.py"], failures: [] });
  });

  test("symbolic links are not followed, in a circle or out of the folder", async () => {
    const outside = folderWith({ "secret.py": "" });
    const cwd = repositoryWith({ "a/a.py": "" });
    symlinkSync(cwd, join(cwd, "a/loop"));
    symlinkSync("loop.py", join(cwd, "loop.py"));
    symlinkSync(outside, join(cwd, "outside"));
    symlinkSync(join(outside, "secret.py"), join(cwd, "secret.py"));
    git(cwd, "add", ".");
    expect((await discover(cwd)).files).toEqual(["a/a.py"]);
  });

  test("nothing to lint is said", async () => {
    const cwd = repositoryWith({ "a.txt": "" });
    expect(await discover(cwd)).toMatchObject({
      files: [],
      failures: [],
      empty: [{ path: ".", message: "There is nothing to lint in it that is not ignored." }],
    });
  });

  test("an ignored file that is named is linted, once", async () => {
    const cwd = repositoryWith({ ".gitignore": "*", "a.py": "", "b.py": "" });
    const { files, named } = await discover(cwd, ["./a.py", ".", "a.py", join(cwd, "a.py")]);
    expect(files).toEqual(["a.py"]);
    expect([...named]).toEqual(["a.py"]);
  });

  test("files outside of the current folder keep their way", async () => {
    const cwd = repositoryWith({ "sub/x.py": "", "a.py": "" });
    expect((await discover(join(cwd, "sub"), [".."])).files).toEqual(["../a.py", "x.py"]);
  });
});

describe("submodules", () => {
  test("are listed like folders", async () => {
    const library = folderWith({ "lib.py": "", "skipped.py": "", ".gitignore": "skipped.py" });
    git(library, "init", "-q");
    git(library, "add", "lib.py", ".gitignore");
    git(library, "commit", "-qm", "x");
    const cwd = folderWith({ "a.py": "" });
    git(cwd, "init", "-q");
    git(cwd, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library, "vendor/lib");
    writeFileSync(join(cwd, "vendor/lib/skipped.py"), "");
    expect((await discoverFiles(["."], { cwd, extensions })).files).toEqual(["a.py", "vendor/lib/lib.py"]);
  });

  test("that were not checked out are empty", async () => {
    const cwd = folderWith({ "a.py": "" });
    git(cwd, "init", "-q");
    mkdirSync(join(cwd, "lib"));
    git(cwd, "update-index", "--add", "--cacheinfo", "160000,1234567890123456789012345678901234567890,lib");
    expect((await discoverFiles(["."], { cwd, extensions })).files).toEqual(["a.py"]);
  });
});

test("a file system monitor in the settings of a repository is not started", async () => {
  const cwd = folderWith({ "a.py": "" });
  git(cwd, "init", "-q");
  git(cwd, "config", "core.fsmonitor", "touch started; false");
  expect((await discoverFiles(["."], { cwd, extensions })).files).toEqual(["a.py"]);
  expect(nodeFs.existsSync(join(cwd, "started"))).toBe(false);
});

test("the repository a hook names in the environment is not asked about other folders", async () => {
  const other = folderWith({ "other.py": "" });
  git(other, "init", "-q");
  git(other, "add", ".");
  const cwd = folderWith({ "a.py": "", ".gitignore": "b.py", "b.py": "" });
  git(cwd, "init", "-q");
  process.env.GIT_DIR = join(other, ".git");
  try {
    expect((await discoverFiles(["."], { cwd, extensions })).files).toEqual(["a.py"]);
  } finally {
    delete process.env.GIT_DIR;
  }
});

test.skipIf(process.platform === "win32")(
  "a folder git can't read is reported, and the rest is linted",
  async () => {
    const cwd = folderWith({ "a.py": "" });
    // Whoever runs tests as root can read every folder, so git's answer is made up.
    const bin = folderWith({
      git: `#!/bin/sh\nprintf 'a.py\\0'\necho "warning: could not open directory 'locked/': Permission denied" >&2\n`,
    });
    chmodSync(join(bin, "git"), 0o755);
    const path = process.env.PATH;
    process.env.PATH = bin;
    try {
      expect(await discoverFiles(["."], { cwd, extensions })).toMatchObject({
        files: ["a.py"],
        failures: [],
        unreadable: [{ path: "locked", message: "Permission denied." }],
      });
    } finally {
      process.env.PATH = path;
    }
  },
);

describe("what can't be had", () => {
  const withoutGit = { listWithGit: () => undefined };

  test("a path that does not exist", async () => {
    const cwd = folderWith({ "a.py": "" });
    expect(await discoverFiles(["nope", "a.py"], { cwd, extensions })).toMatchObject({
      files: ["a.py"],
      failures: [{ path: "nope", message: "No such file or folder." }],
    });
  });

  test("a named symbolic link that leads in a circle", async () => {
    const cwd = folderWith({});
    symlinkSync("loop.py", join(cwd, "loop.py"));
    expect((await discoverFiles(["loop.py"], { cwd, extensions })).failures).toEqual([
      { path: "loop.py", message: "Its symbolic links lead in a circle." },
    ]);
  });

  test("a named folder without permission", async () => {
    const cwd = folderWith({ "locked/a.py": "" });
    const fs = denying(join(cwd, "locked"));
    expect(await discoverFiles(["locked"], { cwd, extensions, fs, ...withoutGit })).toMatchObject({
      files: [],
      failures: [{ path: "locked", message: "Permission denied." }],
    });
  });

  test("a folder without permission inside: the rest is linted", async () => {
    const cwd = folderWith({ "locked/a.py": "", "b.py": "" });
    const fs = denying(join(cwd, "locked/"));
    expect(await discoverFiles(["."], { cwd, extensions, fs, ...withoutGit })).toMatchObject({
      files: ["b.py"],
      failures: [],
      unreadable: [{ path: "locked", message: "Permission denied." }],
    });
  });

  test("a named file of a kind that is not read", async () => {
    const cwd = folderWith({ "a.txt": "", Makefile: "" });
    expect(await discoverFiles(["a.txt", "Makefile"], { cwd, extensions })).toMatchObject({
      files: [],
      failures: [],
      empty: [
        { path: "a.txt", message: "Skipped, because promptlint reads no .txt files." },
        { path: "Makefile", message: "Skipped, because promptlint reads no files without an extension." },
      ],
    });
  });
});
