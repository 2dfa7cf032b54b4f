import { precedence, rules as builtInRules } from "../rules/index.ts";
import { findModel } from "./catalog/catalog.ts";
import type { EngineHost } from "./engine/engine-host.ts";
import { lintFiles, type EngineOptions, type EngineResult } from "./engine/lint-files.ts";
import type { Config } from "./engine/config/config.ts";
import { LayeredSettings } from "./engine/config/config-layers.ts";
import { stepsOfPlainConfig } from "./engine/config/plain-config.ts";
import { presetOf, type Preset, type PresetName } from "./engine/presets.ts";
import { emptySettings, type FileSettings } from "./engine/settings.ts";
import type { Severity } from "./rule/finding.ts";
import type { Rule } from "./rule/rule.ts";
import type { Confidence } from "./value/scope.ts";

export {
  defineConfig,
  type Config,
  type ConfigOverride,
  type ConfigSettings,
  type RuleSetting,
} from "./engine/config/config.ts";
export { defineRule } from "./rule/rule.ts";
export type { EngineResult, PresetName };
export type {
  CheckpointSummary,
  LintResult,
  RequestSummary,
  SegmentSummary,
  Statistics,
} from "./engine/result.ts";
export type * from "./rule/index.ts";
export type { Finding, Severity } from "./rule/finding.ts";
export type { Fix } from "./rule/fix.ts";
export type { Edit } from "./source/edit.ts";
export type { Problem } from "./source/problem.ts";
export type { Position, SourceFile } from "./source/source-file.ts";

/** Every rule of promptlint, in the order of their ids. */
export const rules: readonly Rule[] = builtInRules;

/** What both `lint` and `analyze` want to know. Paths have forward slashes and one folder as their start. */
export interface AnalyzeOptions {
  /** Path of the text. Its extension says what the text is, and results point to it. */
  readonly filePath: string;
  /** Other files the text may import or read, by path, or what gives them. Nothing is read from disk. */
  readonly files?: Readonly<Record<string, string>> | ((path: string) => string | undefined);
  /** The model of requests whose own is not known, by any of its names. */
  readonly model?: string;
}

export interface LintOptions extends AnalyzeOptions {
  /** What a config file could hold; the other options beat it. It extends presets only, and leaves no file out. */
  readonly config?: Config;
  /** `recommended` unless this or the config says otherwise. */
  readonly preset?: PresetName;
  /** Severities that differ from those of preset and config, by rule id. */
  readonly rules?: Readonly<Record<string, Severity | "off">>;
  /** Rules of your own, made with `defineRule`. They are on as in the preset `strict`. */
  readonly additionalRules?: readonly Rule[];
  /** Findings that are less sure are left out; `likely` unless given. */
  readonly minimumConfidence?: Confidence;
}

/**
 * Lints one text. Findings are in the order of their places, which `files` of the result turns into lines and
 * columns; `failures` says which rules broke. What is wrong with the text is no error but a problem in the result.
 * @throws TypeError for a rule or a model that does not exist, or a config that is wrong.
 */
export function lint(text: string, options: LintOptions): EngineResult {
  const { config, preset, model, additionalRules = [], minimumConfidence = "likely" } = options;
  const all = [...builtInRules, ...additionalRules];
  const flagged = Object.entries(options.rules ?? {}).map(([id, severity]) => ({ id, severity }));
  for (const { id } of flagged) {
    if (!all.some((rule) => rule.id === id)) throw new TypeError(`rules: there is no rule "${id}".`);
  }
  const configurable = all.map(({ id, meta, url }) => ({
    id,
    description: meta.docs.description,
    url,
    optionsSchema: meta.options?.schema,
  }));
  const isModel = (id: string): boolean => findModel(id) !== undefined;
  const steps = config ? stepsOfPlainConfig(config, configurable, isModel) : [];
  const presets = { recommended: joinPresets("recommended"), strict: joinPresets("strict") };
  const layered = new LayeredSettings(
    { ids: all.map(({ id }) => id), presets },
    { preset, rules: flagged, model },
  );
  return runEngine(
    text,
    options,
    { settingsOf: (path) => layered.settingsOf(path, steps), minimumConfidence },
    all,
  );

  function joinPresets(name: PresetName): Preset {
    const builtIn = presetOf(builtInRules, name);
    const own = presetOf(additionalRules, "strict");
    return { ...builtIn, severities: new Map([...builtIn.severities, ...own.severities]) };
  }
}

/**
 * Finds the requests of one text: their segments in the order the provider reads them, their checkpoints, and what
 * the next request can reuse.
 * @throws TypeError for a model that does not exist.
 */
export function analyze(
  text: string,
  options: AnalyzeOptions,
): Pick<EngineResult, "requests" | "problems" | "files" | "statistics"> {
  const fileSettings: FileSettings = { ...emptySettings, model: options.model };
  const settings: EngineOptions = { settingsOf: () => fileSettings, minimumConfidence: "certain" };
  const { requests, problems, files, statistics } = runEngine(text, options, settings, []);
  return { requests, problems, files, statistics };
}

function runEngine(
  text: string,
  { filePath, files = {}, model }: AnalyzeOptions,
  settings: EngineOptions,
  rules: readonly Rule[],
): EngineResult {
  if (model !== undefined && !findModel(model)) {
    throw new TypeError(`model: the catalog has no model "${model}".`);
  }
  const find = typeof files === "function" ? files : (path: string) => ownText(files, path);
  const host: EngineHost = {
    readText: (path) => {
      const found = path === filePath ? text : find(path);
      return found === undefined ? undefined : { text: found };
    },
    exists: (path) => path === filePath || find(path) !== undefined || isFolderOf(path, files, filePath),
  };
  return lintFiles([filePath], host, settings, { rules, precedence });
}

function ownText(files: Readonly<Record<string, string>>, path: string): string | undefined {
  return Object.hasOwn(files, path) ? files[path] : undefined;
}

/** Whether a path names a folder that one of the known files lies in. */
function isFolderOf(path: string, files: NonNullable<AnalyzeOptions["files"]>, filePath: string): boolean {
  const known = typeof files === "function" ? [filePath] : [filePath, ...Object.keys(files)];
  return known.some((file) => file.startsWith(`${path}/`));
}
