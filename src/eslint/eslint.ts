import type { ESLint, Linter } from "eslint";
import packageJson from "../../package.json" with { type: "json" };
import { rules } from "../../rules/index.ts";
import { toEslintRule } from "./eslint-rule.ts";
import { presetConfig } from "./presets.ts";
import { textLanguages, typescript } from "./text-languages.ts";

export type { PluginSettings } from "./plugin-settings.ts";

/** Names of the flat configs. */
export type ConfigName = "recommended" | "strict";

/** The ESLint plugin: rules as `promptlint/<id>`, languages, and flat configs to spread into a config. */
export interface Plugin extends ESLint.Plugin {
  readonly configs: Readonly<Record<ConfigName, Linter.Config[]>>;
}

const plugin: ESLint.Plugin = {
  meta: { name: packageJson.name, version: packageJson.version, namespace: "promptlint" },
  rules: Object.fromEntries(rules.map((rule) => [rule.id, toEslintRule(rule)])),
  languages: {
    ...Object.fromEntries(Object.entries(textLanguages).map(([name, { language }]) => [name, language])),
    typescript,
  } as unknown as NonNullable<ESLint.Plugin["languages"]>,
};

const configs = {
  recommended: presetConfig("recommended", plugin),
  strict: presetConfig("strict", plugin),
};

export default Object.assign(plugin, { configs }) as Plugin;
