import { extname } from "node:path";
import type { LintResult } from "../engine/result.ts";
import { printable } from "../report/place.ts";
import type { ReportContext, Reporter } from "../report/report.ts";
import type { Severity } from "../rule/finding.ts";
import { help } from "./help.ts";
import { parseArguments, type Arguments, type Task } from "./arguments.ts";
import type { Linter } from "./linter.ts";
import { UsageError } from "./usage-error.ts";

/** What the command touches of the process it runs in. */
export interface Surroundings {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Absolute path of the current folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether the report goes to a terminal. */
  readonly isTTY: boolean;
  /** Width of that terminal. */
  readonly columns?: number | undefined;
  readonly version: string;
}

/** 0: clean; 1: findings at error, or too many warnings; 2: the job could not be done. */
export type ExitCode = 0 | 1 | 2;

/**
 * Runs the command. Never throws: what went wrong is one line on standard error and exit code 2. Standard output
 * holds the report and nothing else.
 *
 * @param argv the arguments behind the command's name
 * @param load brings in the linter; not called where there is nothing to lint
 */
export async function run(
  argv: readonly string[],
  surroundings: Surroundings,
  load: () => Promise<Linter>,
): Promise<ExitCode> {
  const { stdout, stderr, version } = surroundings;
  try {
    const args = parseArguments(argv);
    switch (args.task.command) {
      case "help":
        stdout.write(help);
        return 0;
      case "version":
        stdout.write(`${version}\n`);
        return 0;
      case "print-config":
        stdout.write(
          await (
            await import("./print-config.ts")
          ).printConfig(args, args.task.path, surroundings.cwd, await load()),
        );
        return 0;
      case "lint":
      case "explain":
        return await lint(args, args.task, surroundings, await load());
    }
  } catch (error) {
    if (error instanceof UsageError) {
      for (const line of error.message.split("\n")) stderr.write(`promptlint: ${printable(line)}\n`);
    } else {
      const message = (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!;
      stderr.write(`promptlint: internal error: ${message.replace(/^internal error: /, "")}\n`);
      stderr.write(
        `This is a bug. Please report it with the command, the file and this version: ${version}.\n`,
      );
    }
    return 2;
  }
}

type ReportTask = Extract<Task, { format: string }>;

async function lint(
  args: Arguments,
  task: ReportTask,
  surroundings: Surroundings,
  linter: Linter,
): Promise<ExitCode> {
  const started = performance.now();
  const { cwd, stdout, stderr } = surroundings;
  const [{ analyze }, { closingLine, countFindings, statisticsLines }, { problemLines }] = await Promise.all([
    import("./analyze.ts"),
    import("../report/closing-line.ts"),
    import("../report/problem-lines.ts"),
  ]);
  const { result, failures, files } = await analyze(args, cwd, linter);
  const counts = countFindings(result);

  const cellAt = holdsNotebook(result, linter) ? await linter.loadCellFinder() : undefined;
  const context: ReportContext = {
    rules: linter.rules,
    version: surroundings.version,
    // A file has no terminal to show colours.
    color: args.outputFile === undefined ? wantsColor(args.color, surroundings) : args.color === true,
    width: Math.min(100, Math.max(80, surroundings.columns ?? 100)),
    failures,
    ...(args.stats && { allFiles: files }),
    ...(cellAt && { cellAt }),
  };
  const report = (await loadReporter(task))(args.quiet ? errorsOnly(result) : result, context);
  if (args.outputFile === undefined) stdout.write(report);
  else (await import("./write-report.ts")).writeReport(args.outputFile, report, cwd);

  const people = { ...context, color: wantsColor(args.color, surroundings) };
  // JSON and SARIF carry the problems themselves.
  if (task.format !== "json" && task.format !== "sarif") stderr.write(problemLines(result, people));
  for (const { path, message } of failures) {
    stderr.write(`promptlint: ${path === undefined ? "" : `${printable(path)}: `}${printable(message)}\n`);
  }
  stderr.write(closingLine(result, task.command === "lint" ? counts : undefined));
  if (args.stats) stderr.write(statisticsLines(result, performance.now() - started));

  if (failures.length > 0) return 2;
  if (task.command === "explain") return 0;
  if (counts.errors > 0) return 1;
  if (counts.warnings > args.maximumWarnings) {
    stderr.write(`More warnings than --max-warnings ${args.maximumWarnings} allows.\n`);
    return 1;
  }
  return 0;
}

function holdsNotebook({ files }: LintResult, { fileKinds }: Linter): boolean {
  return [...files.keys()].some((path) => fileKinds.get(extname(path).toLowerCase()) === "notebook");
}

/** Flags beat the environment, and there FORCE_COLOR beats NO_COLOR, as in Node itself. */
function wantsColor(flag: boolean | undefined, { env, isTTY }: Surroundings): boolean {
  if (flag !== undefined) return flag;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  if (env.NO_COLOR) return false;
  return isTTY && env.TERM !== "dumb";
}

function errorsOnly(result: LintResult): LintResult {
  const isError = ({ severity }: { severity: Severity | "note" }): boolean => severity === "error";
  return { ...result, findings: result.findings.filter(isError), problems: result.problems.filter(isError) };
}

async function loadReporter(task: ReportTask): Promise<Reporter> {
  if (task.command === "explain") {
    return task.format === "json"
      ? (await import("../report/explain-json.ts")).explainJson
      : (await import("../report/explain-text.ts")).explainText;
  }
  switch (task.format) {
    case "pretty":
      return (await import("../report/pretty.ts")).pretty;
    case "compact":
      return (await import("../report/compact.ts")).compact;
    case "json":
      return (await import("../report/json.ts")).json;
    case "sarif":
      return (await import("../report/sarif.ts")).sarif;
  }
}
