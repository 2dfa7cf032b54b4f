import { basename, dirname, join, resolve } from "node:path";
import { configSchema } from "../../engine/config/config-schema.ts";
import { LayeredSettings, type ConfigStep, type FlagSettings } from "../../engine/config/config-layers.ts";
import { unusedPatterns } from "../../engine/config/path-patterns.ts";
import type { FileSettings } from "../../engine/settings.ts";
import type { PathMessage } from "../discover-files.ts";
import { presetNames } from "../../engine/config/plain-config.ts";
import { shownPath } from "../discover-files.ts";
import type { ConfigBase } from "../linter.ts";
import { UsageError } from "../usage-error.ts";
import { fromFolder, toLayer, type ConfigLayer } from "./config-layer.ts";
import { configNames, configsIn, foldersUpTo, isCode, liesIn, repositoryRoot } from "./find-configs.ts";
import {
  emptyConfig,
  extended,
  fileOfExtended,
  readDataConfig,
  readOwnConfig,
  type ConfigChecks,
  type ReadConfig,
} from "./read-config.ts";

/** Where settings come from. */
export interface ConfigSources {
  readonly cwd: string;
  /** The only config there is, relative to `cwd`; undefined: those that are found. */
  readonly config: string | undefined;
  /** True: none is looked for. */
  readonly isWithout: boolean;
  readonly flags: FlagSettings;
}

/**
 * What the configs of a run say about each file. Those in the current folder and above it, up to the root of the
 * repository, are the user's own: they may be code and are loaded at once. In other folders only data counts.
 */
export class ProjectConfig {
  /** Whole lines for the user about configs below the current folder, found so far. */
  readonly errors: string[] = [];
  /** Configs that are not loaded because they are code. */
  readonly unloaded: PathMessage[] = [];
  readonly #cwd: string;
  readonly #checks: ConfigChecks;
  readonly #settings: LayeredSettings;
  /** Layers of a folder and those around it, the farthest first. */
  readonly #chains = new Map<string, readonly ConfigLayer[]>();
  /** What is wrong in the configs of a folder and those around it. */
  readonly #errors = new Map<string, readonly string[]>();
  readonly #only: ConfigLayer | undefined;
  readonly #isWithout: boolean;
  readonly #stated: readonly ConfigStep[];
  readonly #isShown = new Set<string>();
  readonly #read = new Set<string>();

  constructor(
    cwd: string,
    checks: ConfigChecks,
    settings: LayeredSettings,
    own: ReadonlyMap<string, readonly ConfigLayer[]>,
    only: ConfigLayer | undefined,
    isWithout: boolean,
    stated: readonly ConfigStep[] = [],
  ) {
    this.#cwd = cwd;
    this.#checks = checks;
    this.#settings = settings;
    for (const [folder, chain] of own) this.#chains.set(folder, chain);
    this.#only = only;
    this.#isWithout = isWithout;
    this.#stated = stated;
  }

  /** What holds in a file, by its path relative to the current folder. */
  settingsOf(path: string): FileSettings {
    const steps: ConfigStep[] = this.layersOf(path).flatMap((layer) => layer.steps);
    return this.#settings.settingsOf(path, [...steps, ...this.#stated]);
  }

  /** What is wrong in the configs that hold for a file, but for the user's own, as whole lines for the user. */
  errorsOf(path: string): readonly string[] {
    this.layersOf(path);
    return this.#errors.get(dirname(resolve(this.#cwd, path))) ?? [];
  }

  /** Absolute paths of the files that were looked for or read so far, whether they are there or not. */
  watched(): readonly string[] {
    const looked = [...this.#errors.keys()].flatMap((folder) =>
      configNames.map((name) => join(folder, name)),
    );
    return [...new Set([...looked, ...this.#read])];
  }

  /** Why a file is not linted, as a sentence; undefined where it is. */
  exclusionOf(path: string): string | undefined {
    for (const { config, exclusionOf } of this.layersOf(path)) {
      const key = exclusionOf(path);
      const name = shownPath(config.path, this.#cwd);
      if (key === "ignores") return `Skipped, because \`ignores\` of ${name} names it.`;
      if (key === "files") return `Skipped, because \`files\` of ${name} does not name it.`;
    }
    return undefined;
  }

  /** The configs that hold for a file, the farthest first, as absolute paths. */
  configsOf(path: string): readonly string[] {
    return this.layersOf(path).map(({ config }) => config.path);
  }

  /**
   * Patterns without any effect, each as a line for the user.
   * @param files all files that were found
   * @param searched absolute paths of the folders that were searched for them; only configs in these can be judged
   */
  staleEntries(files: readonly string[], searched: readonly string[]): readonly string[] {
    const layers = new Set([...this.#chains.values()].flat());
    if (this.#only) layers.add(this.#only);
    return [...layers].flatMap(({ config, folder, patterns }) => {
      if (!searched.some((outer) => liesIn(folder, outer))) return [];
      const paths = files.map((path) => fromFolder(folder, resolve(this.#cwd, path)));
      return patterns.flatMap(({ key, patterns: listed, isList }) =>
        unusedPatterns(listed, paths).map((index) => {
          const place = config.describe(isList ? [...key, index] : key);
          return `${place}: "${listed[index]}" matches no file that promptlint reads. Correct it, or take it out.`;
        }),
      );
    });
  }

  private layersOf(path: string): readonly ConfigLayer[] {
    if (this.#only) return [this.#only];
    return this.#isWithout ? [] : this.#chainAt(dirname(resolve(this.#cwd, path)));
  }

  #chainAt(folder: string): readonly ConfigLayer[] {
    const known = this.#chains.get(folder);
    if (known) return known;
    const ceiling = repositoryRoot(folder) ?? (liesIn(folder, this.#cwd) ? this.#cwd : folder);
    const isInside = folder !== ceiling && dirname(folder) !== folder;
    const outer = isInside ? this.#chainAt(dirname(folder)) : [];
    const { layer, errors } = this.#layerIn(folder);
    this.errors.push(...errors);
    const around = (isInside && !layer?.root && this.#errors.get(dirname(folder))) || [];
    this.#errors.set(folder, [...around, ...errors]);
    const chain = layer ? (layer.root ? [layer] : [...outer, layer]) : outer;
    this.#chains.set(folder, chain);
    return chain;
  }

  #layerIn(folder: string): { readonly layer?: ConfigLayer; readonly errors: readonly string[] } {
    const isOwn = liesIn(this.#cwd, folder);
    const all = configsIn(folder, isOwn);
    for (const path of all.filter(isCode)) this.#leaveOut(path);
    const data = all.filter((path) => !isCode(path));
    if (data.length > 1) return { errors: [severalText(data, this.#cwd)] };
    if (data.length === 0) return { errors: [] };
    const errors: string[] = [];
    const read = (path: string): ReadConfig => {
      this.#read.add(path);
      const config = readDataConfig(path, this.#checks);
      errors.push(...config.errors);
      return config;
    };
    const get = (path: string): ReadConfig | string => {
      if (!isCode(path)) return read(path);
      if (!isOwn) return "A config that does not stand in the current folder or above it can't extend code.";
      this.#leaveOut(path);
      return emptyConfig(path);
    };
    const layer = toLayer(read(data[0]!), folder, this.#cwd, get);
    return { layer, errors: [...errors, ...layer.errors] };
  }

  #leaveOut(path: string): void {
    if (this.#isShown.has(path)) return;
    this.#isShown.add(path);
    const message =
      "Not loaded, because it is code and does not stand in the current folder or above it. promptlint.yaml is read anywhere.";
    this.unloaded.push({ path: shownPath(path, this.#cwd), message });
  }
}

/**
 * The configs that are data, each read when a file is asked for that it holds for. No code is run, not even the user's
 * own; `unloaded` lists it.
 * @param stated steps that beat those of all configs
 */
export function findDataConfigs(cwd: string, base: ConfigBase, stated: readonly ConfigStep[]): ProjectConfig {
  const settings = layeredSettings(base, { rules: [] });
  return new ProjectConfig(cwd, checksOf(cwd, base), settings, new Map(), undefined, false, stated);
}

/**
 * Loads the user's own configs.
 * @throws UsageError with a line for each thing that is wrong in them
 */
export async function loadProjectConfig(
  { cwd, config, isWithout, flags }: ConfigSources,
  base: ConfigBase,
): Promise<ProjectConfig> {
  const checks = checksOf(cwd, base);
  const chains = new Map<string, readonly ConfigLayer[]>();
  let only: ConfigLayer | undefined;
  if (config !== undefined) {
    only = await ownLayer(resolve(cwd, config), cwd, checks);
  } else if (!isWithout) {
    const folders = foldersUpTo(cwd, repositoryRoot(cwd) ?? cwd);
    let chain: readonly ConfigLayer[] = [];
    for (const folder of folders.toReversed()) {
      const found = configsIn(folder, true);
      if (found.length > 1) throw new UsageError(severalText(found, cwd));
      const layer = found[0] === undefined ? undefined : await ownLayer(found[0], cwd, checks, folder);
      if (layer) chain = layer.root ? [layer] : [...chain, layer];
      chains.set(folder, chain);
    }
  }
  return new ProjectConfig(cwd, checks, layeredSettings(base, flags), chains, only, isWithout);
}

function checksOf(cwd: string, base: ConfigBase): ConfigChecks {
  return {
    cwd,
    schema: configSchema(base.rules),
    isModel: (id) => base.isModel(id),
    modelIds: () => base.modelIds(),
  };
}

function layeredSettings({ rules, presets }: ConfigBase, flags: FlagSettings): LayeredSettings {
  return new LayeredSettings({ ids: rules.map(({ id }) => id), presets }, flags);
}

/** The patterns of a config that was named are relative to the current folder: it may lie anywhere. */
async function ownLayer(path: string, cwd: string, checks: ConfigChecks, folder = cwd): Promise<ConfigLayer> {
  const read = new Map<string, ReadConfig>();
  const pending = [path];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (read.has(next)) continue;
    const config = await readOwnConfig(next, checks);
    read.set(next, config);
    for (const { name } of extended(config.value)) {
      if (presetNames.has(name)) continue;
      try {
        pending.push(fileOfExtended(name, next));
      } catch {
        // Said where the configs are joined.
      }
    }
  }
  const layer = toLayer(read.get(path)!, folder, cwd, (other) => read.get(other)!);
  const errors = [...[...read.values()].flatMap((config) => config.errors), ...layer.errors];
  if (errors.length > 0) throw new UsageError(errors.join("\n"));
  return layer;
}

function severalText(paths: readonly string[], cwd: string): string {
  const names = paths.map((path) => basename(path));
  return `${shownPath(dirname(paths[0]!), cwd)}: It holds ${names.join(" and ")}, where only one config counts. Keep one.`;
}
