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
}

/** Settings that were read. */
export interface ReadSettings {
  readonly steps: readonly ConfigStep[];
  readonly minimumConfidence: Confidence;
  /** The same for settings that say the same; empty where there are none. */
  readonly key: string;
}

const known = new Map<string, ReadSettings>();

/**
 * Reads `settings.promptlint`.
 * @throws TypeError where there is no such key, or a value is none that its key takes.
 */
export function readSettings(value: unknown): ReadSettings {
  const key = value === undefined ? "" : JSON.stringify(value);
  const before = known.get(key);
  if (before) return before;
  const { minimumConfidence = "likely", ...config } = asRecord(value);
  if (!isConfidence(minimumConfidence)) {
    throw new TypeError("settings.promptlint.minimumConfidence takes certain, likely or possible.");
  }
  const { rules, isModel } = configBase;
  const steps = key === "" ? [] : stepsOfPlainConfig(config, rules, isModel, "settings.promptlint");
  const settings: ReadSettings = { steps, minimumConfidence, key };
  known.set(key, settings);
  return settings;
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
