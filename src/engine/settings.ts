import type { Severity } from "../rule/finding.ts";
import type { ExpectedReuse } from "../rule/price.ts";
import type { Scope } from "../value/scope.ts";

export type { ExpectedReuse };

/** What the user states about values by their names. */
export interface StatedScope {
  /** A name, or a pattern with `*` for any run of characters. */
  readonly pattern: string;
  readonly scope: Scope;
}

/** What holds for the requests and findings of one file. */
export interface FileSettings {
  /** The severity of each rule; rules that are not named are off. */
  readonly rules: ReadonlyMap<string, Severity | "off">;
  /** Options of rules that differ from their defaults, by rule id. */
  readonly ruleOptions: ReadonlyMap<string, object>;
  /** The model of requests whose own is not known, by any of its names. */
  readonly model: string | undefined;
  /** Scopes of template placeholders and of parameters, the foremost pattern first. */
  readonly variables: readonly StatedScope[];
  /** Scopes of what the user's own calls return, the foremost pattern first. */
  readonly sources: readonly StatedScope[];
  readonly reuse: ExpectedReuse | undefined;
}

/** Settings of a file that say nothing, to build others from. */
export const emptySettings: FileSettings = {
  rules: new Map(),
  ruleOptions: new Map(),
  model: undefined,
  variables: [],
  sources: [],
  reuse: undefined,
};
