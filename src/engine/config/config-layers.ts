import type { Severity } from "../../rule/finding.ts";
import type { Preset, PresetName } from "../presets.ts";
import { emptySettings, type FileSettings, type StatedScope } from "../settings.ts";
import type { ConfigSettings, RuleSetting } from "./config.ts";

/** One step of making the settings of a file; later steps beat earlier ones. */
export type ConfigStep =
  | { readonly kind: "preset"; readonly name: PresetName }
  | {
      readonly kind: "settings";
      readonly settings: ConfigSettings;
      /** Undefined: for all files. The path is the one the engine uses. */
      readonly appliesTo?: ((path: string) => boolean) | undefined;
    };

/** What the command line, or whoever calls the library, says about all files. */
export interface FlagSettings {
  /** Stands in the place of the presets that configs extend. */
  readonly preset?: PresetName | undefined;
  readonly rules: readonly { readonly id: string; readonly severity: Severity | "off" }[];
  readonly model?: string | undefined;
}

/** What all presets know of all rules. */
export interface RuleBase {
  readonly ids: readonly string[];
  readonly presets: Readonly<Record<PresetName, Preset>>;
}

/**
 * Makes the settings of a file from the steps of its configs. Files for which the same steps count share one object.
 * Without any preset the recommended one is the first step.
 */
export class LayeredSettings {
  readonly #base: RuleBase;
  readonly #flags: FlagSettings;
  readonly #known = new Map<string, FileSettings>();
  readonly #numbers = new Map<ConfigStep, number>();

  constructor(base: RuleBase, flags: FlagSettings) {
    this.#base = base;
    this.#flags = flags;
  }

  /** @param steps of all configs that hold for the file, the farthest first */
  settingsOf(path: string, steps: readonly ConfigStep[]): FileSettings {
    const counting = steps.filter((step) => step.kind === "preset" || (step.appliesTo?.(path) ?? true));
    const key = counting.map((step) => this.#numberOf(step)).join(",");
    let settings = this.#known.get(key);
    if (!settings) this.#known.set(key, (settings = this.#merge(counting)));
    return settings;
  }

  #numberOf(step: ConfigStep): number {
    let number = this.#numbers.get(step);
    if (number === undefined) this.#numbers.set(step, (number = this.#numbers.size));
    return number;
  }

  #merge(steps: readonly ConfigStep[]): FileSettings {
    const { preset, rules: flagged, model: flaggedModel } = this.#flags;
    const rules = new Map<string, Severity | "off">();
    const ruleOptions = new Map<string, object>();
    const usePreset = (name: PresetName): void => {
      const { severities, options } = this.#base.presets[name];
      for (const id of this.#base.ids) {
        rules.set(id, severities.get(id) ?? "off");
        const strict = options.get(id);
        if (strict) ruleOptions.set(id, strict);
        else ruleOptions.delete(id);
      }
    };
    usePreset(preset ?? "recommended");
    let model: string | undefined;
    let variables: readonly StatedScope[] = [];
    let sources: readonly StatedScope[] = [];
    let reuse: FileSettings["reuse"];
    for (const step of steps) {
      if (step.kind === "preset") {
        if (preset === undefined) usePreset(step.name);
        continue;
      }
      const { settings } = step;
      for (const [id, setting] of Object.entries(settings.rules ?? {})) {
        const [severity, options] = settingParts(setting);
        rules.set(id, severity);
        if (options) ruleOptions.set(id, options);
      }
      model = settings.model ?? model;
      // The nearer a statement, the further to the front.
      variables = [...toScopes(settings.variables), ...variables];
      sources = [...toScopes(settings.sources), ...sources];
      if (settings.reuse) reuse = { ...reuse, ...settings.reuse };
    }
    for (const { id, severity } of flagged) rules.set(id, severity);
    return { ...emptySettings, rules, ruleOptions, model: flaggedModel ?? model, variables, sources, reuse };
  }
}

/** A setting of a rule as its severity and options. */
export function settingParts(setting: RuleSetting): readonly [Severity | "off", object | undefined] {
  return typeof setting === "string" ? [setting, undefined] : [setting[0], setting[1]];
}

function toScopes(stated: ConfigSettings["variables"]): readonly StatedScope[] {
  return Object.entries(stated ?? {}).map(([pattern, scope]) => ({ pattern, scope }));
}
