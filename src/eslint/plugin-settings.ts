import { findModel } from "../catalog/catalog.ts";
import { emptySettings, type FileSettings, type StatedScope } from "../engine/settings.ts";
import { confidenceRank, scopes, type Confidence } from "../value/scope.ts";

/** What `settings.promptlint` of an ESLint config can say; the keys are those of promptlint's own config. */
export interface PluginSettings {
  /** The model of requests whose own is not known, by any of its names. */
  readonly model?: string;
  /** Scopes of template placeholders and of parameters, by name or by a pattern with `*`; the first that fits counts. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Scopes of what your own functions return, by name or by a pattern with `*`; the first that fits counts. */
  readonly sources?: Readonly<Record<string, string>>;
  /** How often a prefix is sent. */
  readonly reuse?: { readonly secondsBetweenRequests?: number; readonly requestsPerPrefix?: number };
  /** Findings that are less sure are left out; `likely` unless given. */
  readonly minimumConfidence?: Confidence;
}

/** Settings as the engine takes them, but for what is said of rules. */
export interface ReadSettings {
  readonly file: Omit<FileSettings, "rules" | "ruleOptions">;
  readonly minimumConfidence: Confidence;
  /** The same for settings that say the same. */
  readonly key: string;
}

const known = new Map<string, ReadSettings>();

/**
 * Reads `settings.promptlint`.
 * @throws TypeError where a value is none that the key takes.
 */
export function readSettings(value: unknown): ReadSettings {
  const key = JSON.stringify(value ?? {});
  const before = known.get(key);
  if (before) return before;
  if (!isRecord(value ?? {})) throw new TypeError("settings.promptlint takes an object.");
  const { model, variables, sources, reuse, minimumConfidence = "likely" } = (value ?? {}) as PluginSettings;
  if (model !== undefined && !findModel(model)) {
    throw new TypeError(`settings.promptlint.model: the catalog has no model "${String(model)}".`);
  }
  if (!Object.hasOwn(confidenceRank, minimumConfidence)) {
    throw new TypeError("settings.promptlint.minimumConfidence takes certain, likely or possible.");
  }
  const settings: ReadSettings = {
    file: {
      ...emptySettings,
      model,
      variables: readScopes("variables", variables),
      sources: readScopes("sources", sources),
      reuse,
    },
    minimumConfidence,
    key,
  };
  known.set(key, settings);
  return settings;
}

function readScopes(name: string, stated: unknown = {}): readonly StatedScope[] {
  if (!isRecord(stated)) throw new TypeError(`settings.promptlint.${name} takes an object.`);
  return Object.entries(stated).map(([pattern, word]) => {
    const scope = scopes.find((each) => each === word && each !== "unknown");
    if (!scope) {
      const accepted = scopes.filter((each) => each !== "unknown").join(", ");
      throw new TypeError(`settings.promptlint.${name}.${pattern} takes one of ${accepted}.`);
    }
    return { pattern, scope };
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
