import type { ESLint, Linter } from "eslint";
import { rules } from "../../rules/index.ts";
import { presetOf, type PresetName } from "../engine/presets.ts";
import { textLanguages } from "./text-languages.ts";

/**
 * Rules whose findings mostly rest on a name, a convention or an estimate: warnings at most, since ESLint knows one
 * severity for all findings of a rule.
 */
const mostlyLikely: ReadonlySet<string> = new Set([
  "no-conditional-prefix",
  "no-rewritten-history",
  "no-static-after-dynamic",
  "no-varying-tools",
]);

/**
 * A flat config: the rules for whatever ESLint lints, and a language for each kind of file that it could not read
 * without one. The first part has no `files`, so that it makes ESLint lint nothing it would not lint without it.
 */
export function presetConfig(name: PresetName, plugin: ESLint.Plugin): Linter.Config[] {
  const { severities, options } = presetOf(rules, name);
  const settings: Linter.RulesRecord = Object.fromEntries(
    [...severities].map(([id, severity]) => {
      const shown = mostlyLikely.has(id) ? "warn" : severity;
      const strict = options.get(id);
      return [`promptlint/${id}`, strict ? [shown, strict] : shown];
    }),
  );
  const plugins = { promptlint: plugin };
  return [
    { name: `promptlint/${name}`, plugins, rules: settings },
    ...Object.entries(textLanguages).map(([language, { files }]) => ({
      name: `promptlint/${name}/${language}`,
      files: [...files],
      plugins,
      language: `promptlint/${language}`,
    })),
  ];
}
