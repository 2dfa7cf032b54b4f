import { resolve } from "node:path";
import type { EngineOptions, EngineResult } from "../engine/lint-files.ts";
import type { LintResult } from "../engine/result.ts";
import type { Failure } from "../report/report.ts";
import type { Arguments } from "./arguments.ts";
import type { StagedFiles } from "./changes/staged-files.ts";
import { loadProjectConfig, type ProjectConfig } from "./config/project-config.ts";
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
  /** Lines for the user about what is not in the result. */
  readonly notes: string;
  /** Texts that fixes have changed, by path, with what they were. */
  readonly fixed: ReadonlyMap<string, { readonly before: string; readonly after: string }>;
}

/** What of the surroundings an analysis needs. */
export interface AnalysisPlace {
  /** Absolute path of the current folder. */
  readonly cwd: string;
  /** Version and build of promptlint, for cached results. */
  readonly identity: string;
  /** Told before each file that is run. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Finds, reads and lints what the arguments name.
 * @throws UsageError for a rule or model that does not exist, or a baseline or commit that can't be read.
 */
export async function analyze(args: Arguments, place: AnalysisPlace, linter: Linter): Promise<Analysis> {
  if (args.comparedWith?.kind !== "staged") return analyzeFiles(args, place, linter, undefined);
  const staged = (await import("./changes/staged-files.ts")).openStagedFiles(place.cwd);
  try {
    return await analyzeFiles(args, place, linter, staged);
  } finally {
    staged.remove();
  }
}

async function analyzeFiles(
  args: Arguments,
  { cwd, identity, onProgress }: AnalysisPlace,
  linter: Linter,
  staged: StagedFiles | undefined,
): Promise<Analysis> {
  const { comparedWith, baseline, minimumConfidence, reportUnusedDirectives, paths } = args;
  const changes = comparedWith && (await import("./changes/find-changes.ts")).findChanges(comparedWith, cwd);
  const config = await configOf(args, cwd, linter);
  const reader = new FileReader(staged?.fs);
  const fs = staged && { fs: staged.fs };
  const found = await discoverFiles(paths, { cwd, extensions: linter.fileKinds, ...fs });
  const discovery = withoutExcluded(found, config);
  const entries = readEntries(discovery, cwd, linter.fileKinds, reader);
  const texts = new Map(entries.texts);
  const host = createFileHost(cwd, texts, linter.fileKinds, reader, {
    paths,
    exists: (path) => staged?.exists(path),
  });
  const options: EngineOptions = {
    settingsOf: (path) => config.settingsOf(path),
    minimumConfidence,
    reportUnusedDirectives,
    asked: new Set(discovery.files),
    ...(onProgress && { onProgress }),
  };
  const candidates = await repositoryFiles(discovery, cwd, linter);
  const importers = findCallers([...texts.keys()], candidates, cwd, linter.fileKinds, host);
  // Those that were asked for as well may send requests of their own, through what they import.
  const { asked } = options;
  const linted = [...texts.keys(), ...importers.filter((path) => asked?.has(path))];
  const callers = importers.filter((path) => !asked?.has(path));
  // Where no file may hold a request, the engine need not even be loaded.
  const lint = async () => (texts.size > 0 ? linter.lint(linted, host, options, callers) : nothing);
  let engineResult: EngineResult;
  let changed: ReadonlyMap<string, string> = new Map();
  if (args.fix) {
    const { applyPasses } = await import("./apply-passes.ts");
    ({ result: engineResult, changed } = await applyPasses(
      texts,
      args.fix.type,
      lint,
      (path) => changes?.has(path) ?? true,
    ));
  } else if (args.cache !== undefined && texts.size > 0) {
    const { lintCached } = await import("./result-cache.ts");
    const isWhole = changes !== undefined;
    const key = { identity, paths, isWhole, linted, callers, minimumConfidence, reportUnusedDirectives };
    engineResult = await lintCached(
      resolve(cwd, args.cache),
      key,
      host,
      options,
      (recording, recorded, memory) => linter.lint(linted, recording, recorded, callers, memory),
    );
  } else {
    engineResult = await lint();
  }
  const fixed = new Map(
    [...changed].map(([path, after]) => [path, { before: entries.texts.get(path)!, after }] as const),
  );

  let result: LintResult = {
    ...engineResult,
    problems: [
      ...discovery.unreadable.map((folder) => pathProblem(folder, "error")),
      ...discovery.empty.map((path) => pathProblem(path, "note")),
      ...config.unloaded.map((path) => pathProblem(path, "note")),
      ...entries.problems,
      ...engineResult.problems,
    ],
    statistics: { ...engineResult.statistics, files: discovery.files.length },
  };
  let notes = "";
  if (changes) {
    const { onlyChanged } = await import("../engine/changes.ts");
    const problems = result.problems.filter(({ span }) => changes.has(span.file));
    result = { ...result, ...onlyChanged(result, engineResult.feeds, changes), problems };
  }
  if (baseline) {
    const { applyBaseline } = await import("./baseline-file.ts");
    ({ result, note: notes } = applyBaseline(result, baseline, discovery.files, cwd));
  }
  return {
    result,
    failures: [
      ...[...config.errors, ...config.staleEntries(found.files, found.searched)].map(toFailure),
      ...discovery.failures,
      ...entries.failures,
      ...engineResult.failures.map(toFailure),
    ],
    files: discovery.files,
    notes,
    fixed,
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
  suppressed: [],
  problems: [],
  requests: [],
  files: new Map(),
  failures: [],
  feeds: new Map(),
  statistics: {
    files: 0,
    parsedFiles: 0,
    requests: 0,
    partlyUnderstood: 0,
    openModels: 0,
    bounds: new Map(),
  },
};

/**
 * Loads what the configs and the flags say about each file.
 * @throws UsageError for a rule, a model or a key that does not exist.
 */
export async function configOf(args: Arguments, cwd: string, linter: Linter): Promise<ProjectConfig> {
  const { model, preset, rules } = args;
  const known = linter.rules.map((rule) => rule.id);
  for (const { id } of rules) {
    if (!known.includes(id)) throw new UsageError(`Unknown rule "${id}"${suggestion(nearest(id, known))}`);
  }
  if (model !== undefined && !linter.isModel(model)) {
    throw new UsageError(`Unknown model "${model}"${suggestion(nearest(model, linter.modelIds(), 3))}`);
  }
  const { config, isWithoutConfig: isWithout } = args;
  return loadProjectConfig({ cwd, config, isWithout, flags: { preset, rules, model } }, linter);
}

/** What is left when the files that a config leaves out are taken away; of those that were named it is said. */
function withoutExcluded(discovery: Discovery, config: ProjectConfig): Discovery {
  const empty = [...discovery.empty];
  const files = discovery.files.filter((path) => {
    const message = config.exclusionOf(path);
    if (message !== undefined && discovery.named.has(path)) empty.push({ path, message });
    return message === undefined;
  });
  return { ...discovery, files, empty };
}

function toFailure(message: string): Failure {
  return { path: undefined, message };
}

function suggestion(near: readonly string[]): string {
  return near.length > 0 ? `: did you mean ${near.join(" or ")}?` : ".";
}
