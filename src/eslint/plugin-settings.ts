import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { cacheFolder } from "../cli/cache-folder.ts";
import { configBase } from "../cli/create-linter.ts";
import type { ConfigStep } from "../engine/config/config-layers.ts";
import type { Config } from "../engine/config/config.ts";
import { stepsOfPlainConfig } from "../engine/config/plain-config.ts";
import { confidenceRank, type Confidence } from "../value/scope.ts";

/**
 * What `settings.promptlint` of an ESLint config can say: what a config file of promptlint can. Of `rules` the options
 * count alone; severities and which files are linted are ESLint's.
 */
export interface PluginSettings extends Config {
  /** Findings that are less sure are left out; `likely` unless given. */
  readonly minimumConfidence?: Confidence;
  /**
   * Whether what is found out is kept on disk for the next run, and taken from there as far as it still holds; a text is
   * the folder to keep it in, and `true` stands for `.promptlintcache`. Unless given, it is kept in
   * `node_modules/.cache/promptlint`, and nothing where there is no `node_modules`.
   */
  readonly cache?: boolean | string;
}

/** Settings that were read. The cache does not count in their key: it decides nothing. */
export interface ReadSettings {
  readonly steps: readonly ConfigStep[];
  readonly minimumConfidence: Confidence;
  /** Where something is kept for the next run, as it was given. */
  readonly cache: boolean | string | undefined;
  /** The same for settings that say the same; empty where there are none. */
  readonly key: string;
}

const known = new Map<string, ReadSettings>();

/**
 * Reads `settings.promptlint`.
 * @throws TypeError where there is no such key, or a value is none that its key takes.
 */
export function readSettings(value: unknown): ReadSettings {
  const text = value === undefined ? "" : JSON.stringify(value);
  const before = known.get(text);
  if (before) return before;
  const { cache, ...stated } = asRecord(value);
  if (cache !== undefined && typeof cache !== "boolean" && typeof cache !== "string") {
    throw new TypeError("settings.promptlint.cache takes true, false or a folder.");
  }
  const { minimumConfidence = "likely", ...config } = stated;
  if (!isConfidence(minimumConfidence)) {
    throw new TypeError("settings.promptlint.minimumConfidence takes certain, likely or possible.");
  }
  const { rules, isModel } = configBase;
  const key = Object.keys(stated).length === 0 ? "" : JSON.stringify(stated);
  const steps = key === "" ? [] : stepsOfPlainConfig(config, rules, isModel, "settings.promptlint");
  const settings: ReadSettings = { steps, minimumConfidence, cache, key };
  known.set(text, settings);
  return settings;
}

/**
 * The absolute path of the folder in which something is kept for the next run over a folder; undefined: nothing is.
 * @param cwd absolute path of the folder that is linted
 */
export function cacheFolderOf(cwd: string, { cache }: ReadSettings): string | undefined {
  if (cache === undefined) {
    // Tools keep their caches there by custom: git ignores it, and whoever installs anew throws it away.
    const packages = join(cwd, "node_modules");
    return existsSync(packages) ? join(packages, ".cache", "promptlint") : undefined;
  }
  return cache === false || cache === "" ? undefined : resolve(cwd, cache === true ? cacheFolder : cache);
}

function asRecord(value: unknown = {}): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError("settings.promptlint takes an object.");
  }
  return value as Readonly<Record<string, unknown>>;
}

function isConfidence(value: unknown): value is Confidence {
  return typeof value === "string" && Object.hasOwn(confidenceRank, value);
}
