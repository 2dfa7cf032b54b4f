import type { Severity } from "../../rule/finding.ts";
import type { Scope } from "../../value/scope.ts";
import type { ExpectedReuse } from "../settings.ts";

/** What a config says of one rule: its severity, alone or with options that replace those of the preset. */
export type RuleSetting =
  | Severity
  | "off"
  | readonly [Severity | "off"]
  | readonly [Severity | "off", Readonly<Record<string, unknown>>];

/** A scope that can be stated. */
export type StatableScope = Exclude<Scope, "unknown">;

/** Patterns as in `.gitignore`, relative to the folder of the config. */
export type PathPatterns = string | readonly string[];

/** What can hold for all files or for some of them. */
export interface ConfigSettings {
  /** By rule id. */
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** The model of requests whose own is not known, by any of its names. */
  readonly model?: string;
  /** Scopes of template placeholders and of parameters, by name or by a pattern with `*`; the first that fits counts. */
  readonly variables?: Readonly<Record<string, StatableScope>>;
  /** Scopes of what your own functions return, by name or by a pattern with `*`; the first that fits counts. */
  readonly sources?: Readonly<Record<string, StatableScope>>;
  /** How often a prefix is sent, for rules about TTL and cost. */
  readonly reuse?: ExpectedReuse;
}

/** Settings for the files that some patterns name. */
export interface ConfigOverride extends ConfigSettings {
  readonly files: PathPatterns;
  /** Files that `files` names and that are left out. */
  readonly ignores?: PathPatterns;
}

/** What stands in a config file. */
export interface Config extends ConfigSettings {
  /** Address of the JSON Schema, for editors. */
  readonly $schema?: string;
  /** Presets (`promptlint:recommended`, `promptlint:strict`), config files and packages; later ones beat earlier ones. */
  readonly extends?: string | readonly string[];
  /** True where configs of folders further up do not count. */
  readonly root?: boolean;
  /** Only files that match are linted. */
  readonly files?: PathPatterns;
  /** Files that match are not linted. */
  readonly ignores?: PathPatterns;
  readonly overrides?: readonly ConfigOverride[];
}

/** Gives a config in TypeScript or JavaScript its types; returns what it is given. */
export function defineConfig(config: Config): Config {
  return config;
}

/** Patterns as a list. */
export function patternsOf(patterns: PathPatterns | undefined): readonly string[] {
  return typeof patterns === "string" ? [patterns] : (patterns ?? []);
}
