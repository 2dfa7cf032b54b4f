import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadLinter } from "../src/cli/load-linter.ts";
import { run } from "../src/cli/run.ts";
import type { JsonFile } from "../src/report/json.ts";

/** What `case.json` says; see README.md beside the cases. */
interface Case {
  readonly title: string;
  /** Paths to lint, relative to the case's folder. */
  readonly lint: readonly string[];
  readonly args: readonly string[];
  readonly expect: readonly ExpectedFinding[];
  readonly allow: readonly ExpectedFinding[];
  readonly requests?: readonly ExpectedRequest[];
}

interface ExpectedFinding {
  readonly rule: string;
  readonly file: string;
  /** The finding stands on one of these; on any line unless given. */
  readonly lines?: readonly number[];
}

/** What `explain` must show; null and missing fields are not compared. */
interface ExpectedRequest {
  readonly file: string;
  readonly line?: number | null;
  readonly dialect?: string | null;
  readonly model?: string | null;
  readonly checkpoints?: number | null;
}

interface FoundRequest {
  readonly filePath: string;
  readonly line: number;
  readonly dialect: string;
  readonly model: string | null;
  readonly checkpoints: readonly unknown[];
}

const folder = new URL("cases/", import.meta.url);
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();
/** Why a case does not pass yet, by its name. */
const pending = JSON.parse(readFileSync(new URL("pending.json", folder), "utf8")) as Record<string, string>;

test("every pending case exists, says why, and stands in its place", () => {
  expect(Object.keys(pending).filter((name) => !names.includes(name))).toEqual([]);
  expect(Object.values(pending).filter((reason) => !/^needs .{5,}[^.]$/.test(reason))).toEqual([]);
  expect(Object.keys(pending)).toEqual(Object.keys(pending).toSorted());
});

for (const name of names) {
  const reason = pending[name];
  test(reason === undefined ? name : `${name} (pending: ${reason})`, async () => {
    const faults = await faultsOf(name);
    if (reason === undefined) expect(faults).toEqual([]);
    else expect(faults, "This case passes now: remove it from test/cases/pending.json.").not.toEqual([]);
  });
}

/** How the command's answers about a case differ from what is expected, a sentence each. */
async function faultsOf(name: string): Promise<readonly string[]> {
  const place = new URL(`${name}/`, folder);
  const specification = JSON.parse(readFileSync(new URL("case.json", place), "utf8")) as Case;
  const { args, lint, expect: expected, allow, requests = [] } = specification;
  for (const { file } of [...expected, ...allow, ...requests]) {
    // A misspelt path would allow or compare nothing.
    if (!existsSync(new URL(file, place)))
      throw new Error(`${name}/case.json names no file of the case: ${file}`);
  }

  const linted = await runIn(place, ["--format", "json", ...args, ...lint]);
  if (linted.code === 2) return [`The command could not do its job: ${linted.stderr}`];
  const found = (JSON.parse(linted.stdout) as JsonFile[]).flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, message }) => ({ rule: ruleId, file: filePath, line, message })),
  );
  const isMet = (wanted: ExpectedFinding, { rule, file, line }: (typeof found)[number]): boolean =>
    wanted.rule === rule && wanted.file === file && (wanted.lines?.includes(line) ?? true);
  const faults = [
    ...expected
      .filter((wanted) => !found.some((finding) => isMet(wanted, finding)))
      .map(({ rule, file, lines }) => `Missing: ${rule} at ${file}:${lines?.join("/") ?? "*"}`),
    ...found
      .filter((finding) => ![...expected, ...allow].some((wanted) => isMet(wanted, finding)))
      .map(({ rule, file, line, message }) => `False alarm: ${rule} at ${file}:${line}: ${message}`),
  ];
  if (requests.length === 0) return faults;

  // Rules are no matter of `explain`, which takes all flags of a lint nevertheless.
  const explained = await runIn(place, ["explain", "--format", "json", ...args, ...lint]);
  if (explained.code !== 0) return [...faults, `explain exits with ${explained.code}: ${explained.stderr}`];
  const shown = (JSON.parse(explained.stdout) as { requests: FoundRequest[] }).requests;
  return [...faults, ...requests.flatMap((wanted) => faultsOfRequest(wanted, shown))];
}

function faultsOfRequest(wanted: ExpectedRequest, shown: readonly FoundRequest[]): readonly string[] {
  const { file, line = null } = wanted;
  const candidates = shown.filter((one) => one.filePath === file && (line === null || one.line === line));
  if (candidates.length === 0) {
    const places = shown.map((one) => `${one.filePath}:${one.line}`).join(", ");
    return [`No request at ${file}:${line ?? "*"}; there are: ${places || "none"}`];
  }
  const differences = candidates.map(({ dialect, model, checkpoints }) => {
    const actual = { dialect, model, checkpoints: checkpoints.length };
    return (Object.keys(actual) as (keyof typeof actual)[])
      .filter((key) => (wanted[key] ?? null) !== null && wanted[key] !== actual[key])
      .map((key) => `${key} of the request at ${file}:${line ?? "*"} is ${actual[key]}, not ${wanted[key]}`);
  });
  return differences.find((difference) => difference.length === 0) ?? differences[0] ?? [];
}

async function runIn(place: URL, argv: readonly string[]) {
  const printed = { stdout: "", stderr: "" };
  const code = await run(
    argv,
    {
      stdout: { write: (text) => (printed.stdout += text) },
      stderr: { write: (text) => (printed.stderr += text) },
      cwd: fileURLToPath(place),
      env: {},
      isTTY: false,
      version: "0.0.0",
    },
    async () => loadLinter(),
  );
  return { code, ...printed };
}
