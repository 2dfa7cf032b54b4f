import type { FileKind } from "../engine/markers.ts";
import type { LintResult } from "../engine/result.ts";
import type { CellFinder, RuleDescription } from "../report/report.ts";
import type { Severity } from "../rule/finding.ts";
import type { Confidence } from "../value/scope.ts";

/** How the engine gets at files other than through the paths it was given: imports and prompt files. */
export interface FileHost {
  /** The text of a file, why it can't be had, or undefined where there is no such file. */
  readText(path: string): { readonly text: string } | { readonly problem: string } | undefined;
  /** Whether there is a file or folder of this path. */
  exists(path: string): boolean;
}

export interface EngineOptions {
  /** The severity of each rule that is known; rules that are not named are off. */
  readonly rules: ReadonlyMap<string, Severity | "off">;
  readonly minimumConfidence: Confidence;
  /** The model of requests whose own is not known. */
  readonly model?: string;
}

/** What a run of the engine gives; `failures` are whole sentences about what broke on our side, such as a rule. */
export type EngineResult = LintResult & { readonly failures?: readonly string[] };

/** Lints the files of these paths, which are relative to the current folder and have forward slashes. */
export type Engine = (
  paths: readonly string[],
  host: FileHost,
  options: EngineOptions,
) => EngineResult | Promise<EngineResult>;

export type PresetName = "recommended" | "strict";

/** Everything the command needs to know of the rest of promptlint. Loaded only when there is something to lint. */
export interface Linter {
  readonly lint: Engine;
  /** Every rule there is, by id in alphabetical order. */
  readonly rules: readonly RuleDescription[];
  /** The rules each preset switches on. */
  readonly presets: Readonly<Record<PresetName, ReadonlyMap<string, Severity>>>;
  /** What the files of an extension hold; the key is lower case and has its dot. */
  readonly fileKinds: ReadonlyMap<string, FileKind>;
  /** Whether the catalog knows a model of this id. */
  isModel(id: string): boolean;
  /** All ids of the catalog, to suggest one. */
  modelIds(): Iterable<string>;
  /** Brings in what tells the cells of notebooks. */
  loadCellFinder(): Promise<CellFinder>;
}
