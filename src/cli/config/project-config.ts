import { basename, dirname, resolve } from "node:path";
import { configSchema } from "../../engine/config/config-schema.ts";
import { LayeredSettings, type ConfigStep, type FlagSettings } from "../../engine/config/config-layers.ts";
import { unusedPatterns } from "../../engine/config/path-patterns.ts";
import type { FileSettings } from "../../engine/settings.ts";
import type { PathMessage } from "../discover-files.ts";
import { presetNames } from "../../engine/config/plain-config.ts";
import { shownPath } from "../discover-files.ts";
import type { Linter } from "../linter.ts";
import { UsageError } from "../usage-error.ts";
import { fromFolder, toLayer, type ConfigLayer } from "./config-layer.ts";
import { configsIn, foldersUpTo, isCode, liesIn, repositoryRoot } from "./find-configs.ts";
import {
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
  readonly #only: ConfigLayer | undefined;
  readonly #isWithout: boolean;
  readonly #isShown = new Set<string>();

  constructor(
    cwd: string,
    checks: ConfigChecks,
    settings: LayeredSettings,
    own: ReadonlyMap<string, readonly ConfigLayer[]>,
    only: ConfigLayer | undefined,
    isWithout: boolean,
  ) {
    this.#cwd = cwd;
    this.#checks = checks;
    this.#settings = settings;
    for (const [folder, chain] of own) this.#chains.set(folder, chain);
    this.#only = only;
    this.#isWithout = isWithout;
  }

  /** What holds in a file, by its path relative to the current folder. */
  settingsOf(path: string): FileSettings {
    const steps: ConfigStep[] = this.layersOf(path).flatMap((layer) => layer.steps);
    return this.#settings.settingsOf(path, steps);
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
    const layer = this.#layerIn(folder);
    const chain = layer ? (layer.root ? [layer] : [...outer, layer]) : outer;
    this.#chains.set(folder, chain);
    return chain;
  }

  #layerIn(folder: string): ConfigLayer | undefined {
    const all = configsIn(folder, false);
    for (const path of all.filter(isCode)) {
      if (this.#isShown.has(path)) continue;
      this.#isShown.add(path);
      const message =
        "Not loaded, because it is code and does not stand in the current folder or above it. promptlint.yaml is read anywhere.";
      this.unloaded.push({ path: shownPath(path, this.#cwd), message });
    }
    const data = all.filter((path) => !isCode(path));
    if (data.length > 1) this.errors.push(severalText(data, this.#cwd));
    if (data.length !== 1) return undefined;
    const get = (path: string): ReadConfig | string => {
      if (isCode(path))
        return "A config that does not stand in the current folder or above it can't extend code.";
      return readDataConfig(path, this.#checks);
    };
    const layer = toLayer(readDataConfig(data[0]!, this.#checks), folder, this.#cwd, get);
    this.errors.push(...layer.config.errors, ...layer.errors);
    return layer;
  }
}

/**
 * Loads the user's own configs.
 * @throws UsageError with a line for each thing that is wrong in them
 */
export async function loadProjectConfig(
  { cwd, config, isWithout, flags }: ConfigSources,
  linter: Linter,
): Promise<ProjectConfig> {
  const checks: ConfigChecks = {
    cwd,
    schema: configSchema(linter.rules),
    isModel: (id) => linter.isModel(id),
    modelIds: () => linter.modelIds(),
  };
  const settings = new LayeredSettings(
    { ids: linter.rules.map(({ id }) => id), presets: linter.presets },
    flags,
  );
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
  return new ProjectConfig(cwd, checks, settings, chains, only, isWithout);
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
