import type { Severity } from "../rule/finding.ts";
import type { Rule } from "../rule/rule.ts";

export type PresetName = "recommended" | "strict";

/** What a preset switches on, and how. */
export interface Preset {
  /** By rule id; rules that are not named are off. */
  readonly severities: ReadonlyMap<string, Severity>;
  /** Options that differ from the rules' defaults, by rule id. */
  readonly options: ReadonlyMap<string, object>;
}

/** A preset of these rules: the recommended ones, or all of them with what they set for strictness. */
export function presetOf(rules: readonly Rule[], name: PresetName): Preset {
  const isStrict = name === "strict";
  const chosen = isStrict ? rules : rules.filter(({ meta }) => "recommended" in meta.docs);
  return {
    severities: new Map(chosen.map((rule) => [rule.id, severityOf(rule)])),
    options: new Map(
      chosen.flatMap(({ id, meta }): [string, object][] =>
        isStrict && meta.options?.strict ? [[id, meta.options.strict]] : [],
      ),
    ),
  };
}

/** What could be better is a warning; what is wrong is an error. */
function severityOf({ meta }: Rule): Severity {
  return meta.type === "problem" ? "error" : "warn";
}
