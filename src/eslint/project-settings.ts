import { dirname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { rules } from "../../rules/index.ts";
import { findDataConfigs, type ProjectConfig } from "../cli/config/project-config.ts";
import { configBase } from "../cli/create-linter.ts";
import type { FileSettings } from "../engine/settings.ts";
import { versionOf } from "./disk-files.ts";
import type { ReadSettings } from "./plugin-settings.ts";

/** The rules that are on for a file, with their options. */
export type EnabledRules = ReadonlyMap<string, object>;

/** What holds for the files of a folder: promptlint's own configs, as far as they are data, and ESLint's, which wins. */
export class ProjectSettings {
  readonly #cwd: string;
  readonly #settings: ReadSettings;
  #config: ProjectConfig;
  readonly #known = new Map<string, FileSettings>();
  /** With the rules that were on for it when it was last asked for, as one text. */
  readonly #joined = new Map<string, { readonly enabled: string; readonly settings: FileSettings }>();
  readonly #folders = new Set<string>();
  /** The version of each file that could change what is said here, from when it was looked for. */
  readonly #versions = new Map<string, string>();

  constructor(cwd: string, settings: ReadSettings) {
    this.#cwd = cwd;
    this.#settings = settings;
    this.#config = this.#find();
  }

  /** What holds for a file. Severities are the configs', which do not count here. */
  settingsOf(path: string): FileSettings {
    let settings = this.#known.get(path);
    if (!settings) {
      settings = this.#config.settingsOf(path);
      this.#known.set(path, settings);
      this.#watch(dirname(path));
    }
    return settings;
  }

  #watch(folder: string): void {
    if (this.#folders.has(folder)) return;
    this.#folders.add(folder);
    for (const file of this.#config.watched()) {
      if (!this.#versions.has(file)) this.#versions.set(file, versionOf(file));
    }
  }

  /** The same with the rules that ESLint has switched on. Options of its config beat those of promptlint's. */
  settingsWith(path: string, enabled: EnabledRules): FileSettings {
    const key = JSON.stringify([...enabled]);
    const known = this.#joined.get(path);
    if (known?.enabled === key) return known.settings;
    const settings = this.#join(this.settingsOf(path), enabled);
    this.#joined.set(path, { enabled: key, settings });
    return settings;
  }

  #join(settings: FileSettings, enabled: EnabledRules): FileSettings {
    return {
      ...settings,
      rules: new Map([...enabled.keys()].map((id) => [id, "error"])),
      ruleOptions: new Map(
        [...enabled].map(([id, options]) => {
          const stated = settings.ruleOptions.get(id);
          return [id, stated && isByItself(id, options) ? stated : options];
        }),
      ),
    };
  }

  /** What is wrong in the configs that hold for a file, as whole lines for the user. */
  errorsOf(path: string): readonly string[] {
    this.settingsOf(path);
    return this.#config.errorsOf(path);
  }

  /** Configs that were found and are not read, because they are code. */
  get unloaded(): readonly string[] {
    return this.#config.unloaded.map(({ path }) => path);
  }

  /** Reads the configs again where one has changed, come or gone; returns whether it has. */
  refresh(): boolean {
    const isSame = [...this.#versions].every(([file, version]) => versionOf(file) === version);
    if (isSame) return false;
    this.#known.clear();
    this.#joined.clear();
    this.#folders.clear();
    this.#versions.clear();
    this.#config = this.#find();
    return true;
  }

  #find(): ProjectConfig {
    return findDataConfigs(this.#cwd, configBase, this.#settings.steps);
  }
}

/** Whether options are those a rule has unless somebody sets it up, which ESLint fills in without telling. */
function isByItself(id: string, options: object): boolean {
  const known = rules.find((rule) => rule.id === id)?.meta.options;
  const full = { ...known?.default, ...options };
  return [{}, known?.strict].some((preset) => isDeepStrictEqual(full, { ...known?.default, ...preset }));
}
