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
  /** Shows how far a long run is, or takes that away again; undefined where nobody is there to see it. */
  progress?(text: string | undefined): void;
  /** Asks the user for yes or no; undefined where nobody is there to answer. */
  ask?(question: string): Promise<boolean>;
  /** What tells this build of promptlint from others of its version; asked for only where results are kept. */
  build?(): string;
  /** Absolute path of the folder that holds the page of each rule; undefined where there are none. */
  readonly pages?: string;
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
      case "rules":
        stdout.write(
          (await import("./print-rules.ts")).printRules(await load(), args.task.id, {
            format: args.task.format,
            color: wantsColor(args.color, surroundings),
            width: widthOf(surroundings),
            pages: surroundings.pages,
          }),
        );
        return 0;
      case "init": {
        const { init } = await import("./init/init.ts");
        await init(args, { ...surroundings, write: (text) => stdout.write(text) }, await load());
        return 0;
      }
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

/** Formats without the problems, which are told beside them. */
const forPeople: ReadonlySet<string> = new Set(["pretty", "compact", "text"]);

type ReportTask = Extract<Task, { command: "lint" | "explain" }>;

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
  const { result, files, fixed, ...analysis } = await analyze(
    args,
    {
      cwd,
      identity: args.cache === undefined ? "" : identityOf(surroundings),
      onProgress: surroundings.progress && reportProgress(surroundings.progress),
    },
    linter,
  );
  surroundings.progress?.(undefined);
  const isDry = args.fix?.isDry === true;
  const unwritten =
    fixed.size > 0 && !isDry ? (await import("./write-fixed.ts")).writeAllFixed(fixed, cwd) : [];
  const failures = [...analysis.failures, ...unwritten];
  const counts = countFindings(result);

  const cellAt = holdsNotebook(result, linter) ? await linter.loadCellFinder() : undefined;
  const context: ReportContext = {
    rules: linter.rules,
    version: surroundings.version,
    // A file has no terminal to show colours.
    color: args.outputFile === undefined ? wantsColor(args.color, surroundings) : args.color === true,
    width: widthOf(surroundings),
    failures,
    ...(args.stats && { allFiles: files }),
    ...(cellAt && { cellAt }),
    ...(isDry && { outputs: new Map([...fixed].map(([path, { after }]) => [path, after])) }),
  };
  const body = (await loadReporter(task))(args.quiet ? errorsOnly(result) : result, context);
  const showsDiff = isDry && fixed.size > 0 && (task.format === "pretty" || task.format === "compact");
  const report = showsDiff ? `${(await import("./print-diff.ts")).printDiff(fixed)}\n${body}` : body;
  if (args.outputFile === undefined) stdout.write(report);
  else (await import("./write-report.ts")).writeReport(args.outputFile, report, cwd);

  const people = { ...context, color: wantsColor(args.color, surroundings) };
  if (forPeople.has(task.format)) stderr.write(problemLines(result, people));
  for (const { path, message } of failures) {
    stderr.write(`promptlint: ${path === undefined ? "" : `${printable(path)}: `}${printable(message)}\n`);
  }
  if (fixed.size > 0) stderr.write(fixedLine(fixed.size - unwritten.length, isDry));
  stderr.write(analysis.notes);
  stderr.write(closingLine(result, task.command === "lint" ? counts : undefined));
  if (args.stats) stderr.write(statisticsLines(result, performance.now() - started));

  if (failures.length > 0) return 2;
  if (task.command === "explain") return 0;
  if (counts.errors > 0 || result.problems.some(isUselessDirective)) return 1;
  if (counts.warnings > args.maximumWarnings) {
    stderr.write(`More warnings than --max-warnings ${args.maximumWarnings} allows.\n`);
    return 1;
  }
  return 0;
}

/** A short run shows nothing, and a long one no more than a glance can take in. */
function reportProgress(show: (text: string) => void): (done: number, total: number) => void {
  let next = performance.now() + 1000;
  return (done, total) => {
    if (performance.now() < next) return;
    next = performance.now() + 200;
    show(`${done} of ${total} files`);
  };
}

function identityOf({ version, build }: Surroundings): string {
  return `${version} ${process.version} ${build?.() ?? ""}`;
}

function fixedLine(count: number, isDry: boolean): string {
  const files = count === 1 ? "1 file" : `${count} files`;
  return isDry ? `--fix would change ${files}; what would remain:\n` : `Fixed ${files}; what remains:\n`;
}

/** A comment that suppresses nothing, where such comments are to be told. */
function isUselessDirective({ kind, severity }: LintResult["problems"][number]): boolean {
  return kind === "directive" && severity === "error";
}

function holdsNotebook({ files }: LintResult, { fileKinds }: Linter): boolean {
  return [...files.keys()].some((path) => fileKinds.get(extname(path).toLowerCase()) === "notebook");
}

/** Columns of a report: wide enough for an excerpt, and no wider than is easy to read. */
function widthOf({ columns }: Surroundings): number {
  return Math.min(100, Math.max(80, columns ?? 100));
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

async function loadReporter({ command, format }: ReportTask): Promise<Reporter> {
  if (command === "explain" && format === "json")
    return (await import("../report/explain-json.ts")).explainJson;
  switch (format) {
    case "text":
      return (await import("../report/explain-text.ts")).explainText;
    case "pretty":
      return (await import("../report/pretty.ts")).pretty;
    case "compact":
      return (await import("../report/compact.ts")).compact;
    case "json":
      return (await import("../report/json.ts")).json;
    case "sarif":
      return (await import("../report/sarif.ts")).sarif;
    case "github":
      return (await import("../report/github.ts")).github;
    case "gitlab":
      return (await import("../report/gitlab.ts")).gitlab;
    case "junit":
      return (await import("../report/junit.ts")).junit;
    case "html":
      return (await import("../report/html.ts")).html;
  }
}
