import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Linter } from "../../src/cli/linter.ts";
import { run, type ExitCode, type Surroundings } from "../../src/cli/run.ts";
import type { EngineHost } from "../../src/engine/engine-host.ts";
import type { EngineOptions, EngineResult } from "../../src/engine/lint-files.ts";
import type { Finding } from "../../src/rule/finding.ts";
import { SourceFile } from "../../src/source/source-file.ts";

/** A folder of its own, removed by `remove`; the keys are paths, the values what the files hold. */
export function makeFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): {
  path: string;
  remove(): void;
} {
  const path = mkdtempSync(join(tmpdir(), "promptlint-test-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A linter of two rules that finds each `ERROR` and `WARNING`, and takes each `messages.create` for a request. */
export const fakeLinter: Linter = {
  rules: ["no-dynamic-prefix", "valid-ttl"].map((id) => ({
    id,
    description: `Disallow what ${id} is about`,
    url: `https://example.org/${id}.md`,
  })),
  presets: {
    recommended: { severities: new Map([["no-dynamic-prefix", "error"]]), options: new Map() },
    strict: {
      severities: new Map([
        ["no-dynamic-prefix", "error"],
        ["valid-ttl", "warn"],
      ]),
      options: new Map([["no-dynamic-prefix", { narrow: true }]]),
    },
  },
  fileKinds: new Map([
    [".py", "code"],
    [".ts", "code"],
    [".ipynb", "notebook"],
    [".json", "data"],
    [".j2", "template"],
  ]),
  isModel: (id) => id === "claude-sonnet-4-5",
  modelIds: () => ["claude-sonnet-4-5", "claude-haiku-4-5", "gpt-5.6"],
  loadCellFinder: async () => (file, offset) => ({ cell: 2, cellLine: file.positionAt(offset).line }),
  lint: (paths, host) => lintWords(paths, host),
};

export function lintWords(paths: readonly string[], host: EngineHost): EngineResult {
  const findings: Finding[] = [];
  const files = new Map<string, SourceFile>();
  let requests = 0;
  for (const path of paths) {
    const read = host.readText(path);
    if (!read || !("text" in read)) continue;
    const file = new SourceFile(path, read.text);
    files.set(path, file);
    requests += read.text.split("messages.create").length - 1;
    for (const match of read.text.matchAll(/ERROR|WARNING/g)) {
      findings.push({
        ruleId: "no-dynamic-prefix",
        messageId: "word",
        at: { file: path, start: match.index, end: match.index + match[0].length },
        message: `This is ${match[0]}.`,
        severity: match[0] === "ERROR" ? "error" : "warn",
        confidence: "certain",
        related: [],
        tokens: undefined,
      });
    }
  }
  const statistics = {
    files: paths.length,
    parsedFiles: paths.length,
    requests,
    partlyUnderstood: 0,
    openModels: 0,
  };
  return {
    findings,
    suppressed: [],
    problems: [],
    requests: [],
    files,
    failures: [],
    feeds: new Map(),
    statistics: { ...statistics, bounds: new Map() },
  };
}

export interface Outcome {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
  /** What the engine was asked to do; undefined when it was not. */
  readonly asked: { paths: readonly string[]; options: EngineOptions } | undefined;
}

/** Runs the command in a folder with an engine that finds words, and returns what it printed. */
export async function runCommand(
  argv: readonly string[],
  cwd: string,
  changes: { linter?: Partial<Linter>; surroundings?: Partial<Surroundings> } = {},
): Promise<Outcome> {
  const printed = { stdout: "", stderr: "" };
  let asked: Outcome["asked"];
  const linter: Linter = { ...fakeLinter, ...changes.linter };
  const code = await run(
    argv,
    {
      stdout: { write: (text) => (printed.stdout += text) },
      stderr: { write: (text) => (printed.stderr += text) },
      cwd,
      env: {},
      isTTY: false,
      version: "1.2.3",
      ...changes.surroundings,
    },
    async () => ({
      ...linter,
      lint(paths, host, options, callers) {
        asked = { paths, options };
        return linter.lint(paths, host, options, callers);
      },
    }),
  );
  return { code, ...printed, asked };
}
