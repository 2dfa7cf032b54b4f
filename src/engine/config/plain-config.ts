import { checkAgainst, keyText } from "./check-config.ts";
import { patternsOf, type Config } from "./config.ts";
import type { ConfigStep } from "./config-layers.ts";
import { configSchema, type ConfigurableRule } from "./config-schema.ts";
import { pathMatcher } from "./path-patterns.ts";

/** The presets a config can extend, as it names them. */
export const presetNames: ReadonlyMap<string, "recommended" | "strict"> = new Map([
  ["promptlint:recommended", "recommended"],
  ["promptlint:strict", "strict"],
]);

/**
 * The steps of a config that stands in no file: its patterns are relative to where all paths begin, and it extends
 * presets only.
 * @param name what the user knows the config by
 * @throws TypeError that says what is wrong, with its key
 */
export function stepsOfPlainConfig(
  config: Config,
  rules: readonly ConfigurableRule[],
  isModel: (id: string) => boolean,
  name = "config",
): readonly ConfigStep[] {
  const fail = (key: string, message: string): never => {
    throw new TypeError(`${name}: ${key === "" ? "" : `${key} `}${message}.`);
  };
  for (const { path, message } of checkAgainst(config, configSchema(rules))) fail(keyText(path), message);
  const overrides = config.overrides ?? [];
  for (const { model } of [config, ...overrides]) {
    if (model !== undefined && !isModel(model))
      fail("model", `is "${model}", which the catalog does not have`);
  }
  return [
    ...patternsOf(config.extends).map((extended): ConfigStep => {
      const preset =
        presetNames.get(extended) ?? fail("extends", `is "${extended}", where only presets can be read`);
      return { kind: "preset", name: preset };
    }),
    { kind: "settings", settings: config },
    ...overrides.map((settings): ConfigStep => {
      const [isNamed, isLeftOut] = [settings.files, settings.ignores].map((patterns) =>
        pathMatcher(patternsOf(patterns)),
      );
      return { kind: "settings", settings, appliesTo: (path) => isNamed!(path) && !isLeftOut!(path) };
    }),
  ];
}
