import { relative, resolve, sep } from "node:path";
import { patternsOf, type PathPatterns } from "../../engine/config/config.ts";
import type { KeyPath } from "../../engine/config/check-config.ts";
import type { ConfigStep } from "../../engine/config/config-layers.ts";
import { pathMatcher, type PathMatcher } from "../../engine/config/path-patterns.ts";
import { presetNames } from "../../engine/config/plain-config.ts";
import { extended, fileOfExtended, type ReadConfig } from "./read-config.ts";

/** Patterns of a config file, with their place. */
export interface PlacedPatterns {
  readonly key: KeyPath;
  readonly patterns: readonly string[];
  /** Whether they stand in a list. */
  readonly isList: boolean;
}

/** What one config file, with all that it extends, says. */
export interface ConfigLayer {
  readonly config: ReadConfig;
  /** Absolute path of the folder that its patterns are relative to. */
  readonly folder: string;
  readonly root: boolean;
  readonly steps: readonly ConfigStep[];
  /** Why a file, by its absolute path, is not linted; undefined where it is. */
  exclusionOf(path: string): "files" | "ignores" | undefined;
  /** Patterns that stand in the config itself. */
  readonly patterns: readonly PlacedPatterns[];
  /** Whole lines for the user about what it extends. */
  readonly errors: readonly string[];
}

/** Gives the config at an absolute path, or a whole sentence on why there is none. */
export type ConfigGetter = (path: string) => ReadConfig | string;

/** Joins a config and what it extends. */
export function toLayer(config: ReadConfig, folder: string, cwd: string, get: ConfigGetter): ConfigLayer {
  const steps: ConfigStep[] = [];
  const errors: string[] = [];
  const ignored: string[] = [];
  let wanted: readonly string[] = [];
  const matcher = (patterns: PathPatterns | undefined): PathMatcher => {
    const matches = pathMatcher(patternsOf(patterns));
    return (path) => matches(fromFolder(folder, resolve(cwd, path)));
  };
  const add = (current: ReadConfig, around: readonly string[]): void => {
    for (const { name, path: key } of extended(current.value)) {
      const preset = presetNames.get(name);
      if (preset) {
        steps.push({ kind: "preset", name: preset });
        continue;
      }
      const next = follow(name, current, around, get);
      if (typeof next === "string") errors.push(`${current.describe(key)}: ${next}`);
      else add(next, [...around, next.path]);
    }
    const { value } = current;
    steps.push({ kind: "settings", settings: value });
    for (const override of value.overrides ?? []) {
      const [isNamed, isLeftOut] = [matcher(override.files), matcher(override.ignores)];
      steps.push({
        kind: "settings",
        settings: override,
        appliesTo: (path) => isNamed(path) && !isLeftOut(path),
      });
    }
    if (value.files !== undefined) wanted = patternsOf(value.files);
    ignored.push(...patternsOf(value.ignores));
  };
  add(config, [config.path]);

  const [isWanted, isIgnored] = [matcher(wanted), matcher(ignored)];
  return {
    config,
    folder,
    root: config.value.root === true,
    steps,
    exclusionOf(path) {
      if (wanted.length > 0 && !isWanted(path)) return "files";
      return isIgnored(path) ? "ignores" : undefined;
    },
    patterns: patternsIn(config),
    errors,
  };
}

function follow(
  name: string,
  from: ReadConfig,
  around: readonly string[],
  get: ConfigGetter,
): ReadConfig | string {
  try {
    const path = fileOfExtended(name, from.path);
    if (around.includes(path)) return `${name} extends this config itself.`;
    return get(path);
  } catch {
    return `There is no package ${name} to be found from here. The path of a file begins with "./".`;
  }
}

/** A path relative to a folder, with forward slashes. */
export function fromFolder(folder: string, path: string): string {
  const way = relative(folder, path);
  return sep === "/" ? way : way.replaceAll(sep, "/");
}

function patternsIn({ value }: ReadConfig): readonly PlacedPatterns[] {
  const placed = (patterns: PathPatterns | undefined, key: KeyPath): PlacedPatterns[] =>
    patterns === undefined
      ? []
      : [{ key, patterns: patternsOf(patterns), isList: typeof patterns !== "string" }];
  return [
    ...placed(value.files, ["files"]),
    ...placed(value.ignores, ["ignores"]),
    ...(value.overrides ?? []).flatMap(({ files, ignores }, index) => [
      ...placed(files, ["overrides", index, "files"]),
      ...placed(ignores, ["overrides", index, "ignores"]),
    ]),
  ];
}
