import type { EngineOptions, EngineResult } from "../engine/lint-files.ts";
import type { LintResult } from "../engine/result.ts";
import { emptySettings, type FileSettings } from "../engine/settings.ts";
import type { Failure } from "../report/report.ts";
import type { Severity } from "../rule/finding.ts";
import type { Arguments } from "./arguments.ts";
import { discoverFiles, type Discovery } from "./discover-files.ts";
import { findCallers } from "./find-callers.ts";
import { createFileHost } from "./file-host.ts";
import type { Linter } from "./linter.ts";
import { nearest } from "./nearest.ts";
import { pathProblem, readEntries } from "./read-entries.ts";
import { FileReader } from "./read-file.ts";
import { UsageError } from "./usage-error.ts";

/** What a run found out, with what kept it from doing all of its job. */
export interface Analysis {
  /** Its problems include those of finding and reading files; `statistics.files` counts all of these. */
  readonly result: LintResult;
  /** Any makes the run end with exit code 2. */
  readonly failures: readonly Failure[];
  /** Every file that was looked at. */
  readonly files: readonly string[];
}

/**
 * Finds, reads and lints what the arguments name.
 * @throws UsageError for a rule or model that does not exist.
 */
export async function analyze(args: Arguments, cwd: string, linter: Linter): Promise<Analysis> {
  const rules = settingsOf(args, linter);
  const model = args.model;
  if (model !== undefined && !linter.isModel(model)) {
    throw new UsageError(`Unknown model "${model}"${suggestion(nearest(model, linter.modelIds(), 3))}`);
  }

  const reader = new FileReader();
  const discovery = await discoverFiles(args.paths, { cwd, extensions: linter.fileKinds });
  const entries = readEntries(discovery, cwd, linter.fileKinds, reader);
  const host = createFileHost(cwd, entries.texts, linter.fileKinds, reader);
  const fileSettings: FileSettings = {
    ...emptySettings,
    rules,
    ruleOptions: linter.presets[args.preset].options,
    model,
  };
  const settings: EngineOptions = {
    settingsOf: () => fileSettings,
    minimumConfidence: args.minimumConfidence,
  };
  const linted = [...entries.texts.keys()];
  const callers = findCallers(linted, await repositoryFiles(discovery, cwd, linter), cwd, linter.fileKinds);
  // Where no file may hold a request, the engine need not even be loaded.
  const result = entries.texts.size > 0 ? await linter.lint(linted, host, settings, callers) : nothing;

  return {
    result: {
      ...result,
      problems: [
        ...discovery.unreadable.map((folder) => pathProblem(folder, "error")),
        ...discovery.empty.map((path) => pathProblem(path, "note")),
        ...entries.problems,
        ...result.problems,
      ],
      statistics: { ...result.statistics, files: discovery.files.length },
    },
    failures: [
      ...discovery.failures,
      ...entries.failures,
      ...result.failures.map((message) => ({ path: undefined, message })),
    ],
    files: discovery.files,
  };
}

/** The files among which callers are looked for: more than was named, where single files were. */
async function repositoryFiles(
  { files, named }: Discovery,
  cwd: string,
  { fileKinds }: Linter,
): Promise<readonly string[]> {
  if (named.size === 0) return files;
  return (await discoverFiles(["."], { cwd, extensions: fileKinds })).files;
}

const nothing: EngineResult = {
  findings: [],
  problems: [],
  requests: [],
  files: new Map(),
  failures: [],
  statistics: { files: 0, parsedFiles: 0, requests: 0, partlyUnderstood: 0, bounds: new Map() },
};

/** The severity of every rule: the preset's, then what `--rule` says. */
function settingsOf({ preset, rules }: Arguments, linter: Linter): Map<string, Severity | "off"> {
  const known = linter.rules.map((rule) => rule.id);
  const settings = new Map<string, Severity | "off">(
    known.map((id) => [id, linter.presets[preset].severities.get(id) ?? "off"]),
  );
  for (const { id, severity } of rules) {
    if (!settings.has(id)) throw new UsageError(`Unknown rule "${id}"${suggestion(nearest(id, known))}`);
    settings.set(id, severity);
  }
  return settings;
}

function suggestion(near: readonly string[]): string {
  return near.length > 0 ? `: did you mean ${near.join(" or ")}?` : ".";
}
