import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FileSettings } from "../../src/engine/settings.ts";
import { emptyResult } from "../report/sample-result.ts";
import { makeFolder, runCommand, type Outcome } from "./run-command.ts";

let folder: ReturnType<typeof makeFolder>;
beforeAll(() => {
  folder = makeFolder({
    "clean.py": "messages.create()\n",
    "error.py": "messages.create() # ERROR\n",
    "warning.py": "messages.create() # WARNING WARNING\n",
    "other.py": "print('nothing to do with requests')\n",
    "notes.txt": "messages.create",
  });
});
afterAll(() => folder.remove());

describe("exit code", () => {
  test.each([
    { name: "clean", argv: ["clean.py"], code: 0 },
    { name: "an error", argv: ["error.py"], code: 1 },
    { name: "warnings only", argv: ["warning.py"], code: 0 },
    { name: "as many warnings as allowed", argv: ["warning.py", "--max-warnings", "2"], code: 0 },
    { name: "more warnings than allowed", argv: ["warning.py", "--max-warnings=1"], code: 1 },
    {
      name: "warnings count although they are not shown",
      argv: ["warning.py", "--quiet", "--max-warnings=0"],
      code: 1,
    },
    { name: "findings do not matter to explain", argv: ["explain", "error.py"], code: 0 },
    { name: "no findings and a path that does not exist", argv: ["clean.py", "nope.py"], code: 2 },
    { name: "findings and a path that does not exist", argv: ["error.py", "nope.py"], code: 2 },
  ])("$code: $name", async ({ argv, code }) => {
    expect((await runCommand(argv, folder.path)).code).toBe(code);
  });

  test("2: a rule failed", async () => {
    const failures = ["The rule valid-ttl failed on a.py: no such thing."];
    const outcome = await runCommand(["error.py"], folder.path, {
      linter: { lint: () => ({ ...emptyResult, failures, feeds: new Map() }) },
    });
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain(`promptlint: ${failures[0]}\n`);
  });

  test("2: something unexpected, told in a line without a stack", async () => {
    const outcome = await runCommand(["error.py"], folder.path, {
      linter: {
        lint() {
          throw new TypeError("x is not a function\n    at y");
        },
      },
    });
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
    expect(outcome.stderr).toBe(
      "promptlint: internal error: x is not a function\n" +
        "This is a bug. Please report it with the command, the file and this version: 1.2.3.\n",
    );
  });
});

describe("a wrong command line ends with 2 and one line", () => {
  test.each([
    { argv: ["--modle", "x"], line: "Unknown flag --modle: did you mean --model?" },
    { argv: ["--frobnicate"], line: "Unknown flag --frobnicate: promptlint --help lists all flags." },
    { argv: ["-x"], line: "Unknown flag -x: promptlint --help lists all flags." },
    { argv: ["--quiet=yes"], line: '--quiet takes no value, but was given "yes".' },
    { argv: ["--model"], line: "--model needs a value." },
    { argv: ["--model", "--quiet"], line: "--model needs a value." },
    { argv: ["--output-file="], line: "--output-file needs a value." },
    {
      argv: ["--format", "xml"],
      line: '--format takes pretty, compact, json, sarif, github, gitlab, junit or html, but was given "xml".',
    },
    {
      argv: ["explain", "--format", "sarif"],
      line: '--format takes text, json or html, but was given "sarif".',
    },
    { argv: ["--preset", "all"], line: '--preset takes recommended or strict, but was given "all".' },
    {
      argv: ["--min-confidence", "sure"],
      line: '--min-confidence takes certain, likely or possible, but was given "sure".',
    },
    { argv: ["--max-warnings", "few"], line: '--max-warnings takes a whole number, but was given "few".' },
    {
      argv: ["--rule", "valid-ttl"],
      line: '--rule takes "id: severity", such as "valid-ttl: warn", but was given "valid-ttl".',
    },
    {
      argv: ["--rule", "valid-ttl: 2"],
      line: '--rule "valid-ttl" takes error, warn or off, but was given "2".',
    },
    { argv: ["--rule", "valid-tll: off"], line: 'Unknown rule "valid-tll": did you mean valid-ttl?' },
    { argv: ["--rule", "no-such-thing: off"], line: 'Unknown rule "no-such-thing".' },
    {
      argv: ["--model", "claude-sonnet-4.5"],
      line: 'Unknown model "claude-sonnet-4.5": did you mean claude-sonnet-4-5?',
    },
    { argv: ["--model", "mystery"], line: 'Unknown model "mystery".' },
  ])("$argv", async ({ argv, line }) => {
    const outcome = await runCommand(argv, folder.path);
    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: `promptlint: ${line}\n`, asked: undefined });
  });
});

/** What the engine was told to do with the requests of any file. */
const settingsOf = (asked: Outcome["asked"]): FileSettings => asked!.options.settingsOf("agent.py");

describe("what the engine is asked", () => {
  test("the current folder by default, files that may hold a request only", async () => {
    const { asked, stderr } = await runCommand([], folder.path);
    expect(asked!.paths).toEqual(["clean.py", "error.py", "warning.py"]);
    expect(stderr).toContain("4 files, 3 requests: 1 error, 2 warnings.");
  });

  test.each([
    { argv: [], rules: { "no-dynamic-prefix": "error", "valid-ttl": "off" } },
    { argv: ["--preset", "strict"], rules: { "no-dynamic-prefix": "error", "valid-ttl": "warn" } },
    {
      argv: ["--rule", "valid-ttl: error", "--rule", "no-dynamic-prefix:off", "--rule", "valid-ttl: warn"],
      rules: { "no-dynamic-prefix": "off", "valid-ttl": "warn" },
    },
  ])("rules for $argv", async ({ argv, rules }) => {
    const { asked } = await runCommand(argv, folder.path);
    expect(Object.fromEntries(settingsOf(asked).rules)).toEqual(rules);
  });

  test("options of the preset", async () => {
    expect(settingsOf((await runCommand([], folder.path)).asked).ruleOptions).toEqual(new Map());
    const { asked } = await runCommand(["--preset", "strict"], folder.path);
    expect(settingsOf(asked).ruleOptions).toEqual(new Map([["no-dynamic-prefix", { narrow: true }]]));
  });

  test("confidence and model", async () => {
    expect((await runCommand([], folder.path)).asked!.options).toMatchObject({ minimumConfidence: "likely" });
    const { asked } = await runCommand(
      ["--min-confidence", "possible", "--model", "claude-sonnet-4-5"],
      folder.path,
    );
    expect(asked!.options).toMatchObject({ minimumConfidence: "possible" });
    expect(settingsOf(asked)).toMatchObject({ model: "claude-sonnet-4-5" });
  });

  test("nothing, where no file may hold a request", async () => {
    const quiet = makeFolder({ "other.py": "x = 1\n" });
    const outcome = await runCommand([], quiet.path);
    quiet.remove();
    expect(outcome).toMatchObject({
      code: 0,
      asked: undefined,
      stderr: "1 file, 0 requests: no findings.\n",
    });
  });

  test("a file that is named, whatever it holds: it may lead to a request in another one", async () => {
    const { asked } = await runCommand(["other.py"], folder.path);
    expect(asked!.paths).toEqual(["other.py"]);
  });

  test("files without a marker count as linted: a request may be sent there on behalf of others", async () => {
    const { asked } = await runCommand([], folder.path);
    expect(asked!.paths).not.toContain("other.py");
    expect(asked!.options.asked).toContain("other.py");
  });

  test("a folder that is called explain is linted by another name", async () => {
    const other = makeFolder({ "explain/a.py": "messages.create()" });
    const { asked } = await runCommand(["./explain"], other.path);
    other.remove();
    expect(asked!.paths).toEqual(["explain/a.py"]);
  });
});

describe("output", () => {
  test.each(["--help", "-h"])("%s lists every flag and loads nothing", async (flag) => {
    const { code, stdout, asked } = await runCommand([flag, "nope"], folder.path);
    expect({ code, asked }).toEqual({ code: 0, asked: undefined });
    const flags = ["color", "format", "max-warnings", "min-confidence", "model", "no-color", "output-file"];
    for (const name of [...flags, "preset", "quiet", "rule", "stats", "version", "help"]) {
      expect(stdout).toContain(`--${name}`);
    }
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
  });

  test.each(["--version", "-v"])("%s", async (flag) => {
    expect(await runCommand([flag], folder.path)).toMatchObject({ code: 0, stdout: "1.2.3\n", stderr: "" });
  });

  test.each(["json", "sarif"])("%s on standard output stands alone", async (format) => {
    const { stdout, stderr } = await runCommand(["--format", format, "."], folder.path);
    expect(() => JSON.parse(stdout)).not.toThrow();
    expect(stderr).toBe("4 files, 3 requests: 1 error, 2 warnings.\n");
  });

  test("explain has a JSON of its own", async () => {
    const { stdout } = await runCommand(["explain", "-f", "json", "clean.py"], folder.path);
    expect(JSON.parse(stdout)).toEqual({ version: 1, requests: [] });
  });

  test("compact shows findings in path order", async () => {
    const { stdout } = await runCommand(["--format", "compact"], folder.path);
    expect(stdout.split("\n").map((line) => line.split(" ")[0])).toEqual([
      "error.py:1:21:",
      "warning.py:1:21:",
      "warning.py:1:29:",
      "",
    ]);
  });

  test("findings in notebooks carry their cell", async () => {
    const other = makeFolder({ "a.ipynb": "messages.create ERROR", "b.py": "messages.create ERROR" });
    const { stdout } = await runCommand(["-f", "json"], other.path);
    other.remove();
    const messages = JSON.parse(stdout).map((file: { messages: object[] }) => file.messages[0]);
    expect(messages[0]).toMatchObject({ line: 1, cell: 2, cellLine: 1 });
  });

  test("--quiet shows errors only, and still counts the rest", async () => {
    const { stdout, stderr } = await runCommand(["--quiet", "--format", "compact"], folder.path);
    expect(stdout).toBe("error.py:1:21: error: This is ERROR. [no-dynamic-prefix]\n");
    expect(stderr).toContain("1 error, 2 warnings.");
  });

  test("--stats lists every file in JSON and says how many were parsed", async () => {
    const { stdout, stderr } = await runCommand(["--stats", "--format", "json"], folder.path);
    const files = JSON.parse(stdout).map((file: { filePath: string }) => file.filePath);
    expect(files).toEqual(["clean.py", "error.py", "other.py", "warning.py"]);
    expect(stderr).toMatch(/^3 files parsed in \d+\.\d\d s\.$/m);
  });

  test("the report goes into a file, whose folders are made, and problems stay on standard error", async () => {
    const { stdout, code } = await runCommand(
      ["-o", "reports/deep/out.json", "-f", "json", "error.py"],
      folder.path,
    );
    expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
    const report = JSON.parse(readFileSync(join(folder.path, "reports/deep/out.json"), "utf8"));
    expect(report).toMatchObject([{ filePath: "error.py", errorCount: 1 }]);
  });

  test("a report that can't be written is one line and 2", async () => {
    const outcome = await runCommand(["-o", "error.py/out.json", "clean.py"], folder.path);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toBe(
      "promptlint: The report can't be written to error.py/out.json. A file stands where a folder should.\n",
    );
    expect(existsSync(join(folder.path, "error.py/out.json"))).toBe(false);
  });

  test.each([
    { name: "a terminal", env: {}, isTTY: true, colored: true },
    { name: "no terminal", env: {}, isTTY: false, colored: false },
    { name: "a dumb terminal", env: { TERM: "dumb" }, isTTY: true, colored: false },
    { name: "NO_COLOR", env: { NO_COLOR: "1" }, isTTY: true, colored: false },
    { name: "an empty NO_COLOR", env: { NO_COLOR: "" }, isTTY: true, colored: true },
    { name: "FORCE_COLOR", env: { FORCE_COLOR: "1" }, isTTY: false, colored: true },
    { name: "FORCE_COLOR=0", env: { FORCE_COLOR: "0" }, isTTY: true, colored: false },
    {
      name: "FORCE_COLOR over NO_COLOR",
      env: { FORCE_COLOR: "1", NO_COLOR: "1" },
      isTTY: false,
      colored: true,
    },
    {
      name: "--no-color over FORCE_COLOR",
      argv: ["--no-color"],
      env: { FORCE_COLOR: "1" },
      isTTY: true,
      colored: false,
    },
    { name: "--color over NO_COLOR", argv: ["--color"], env: { NO_COLOR: "1" }, isTTY: false, colored: true },
  ])("colours: $name", async ({ argv = [], env, isTTY, colored }) => {
    const { stdout } = await runCommand([...argv, "error.py"], folder.path, { surroundings: { env, isTTY } });
    expect(stdout.includes("\u001b[")).toBe(colored);
  });
});
