import type { EngineHost } from "../engine/engine-host.ts";
import type { EngineOptions, EngineResult } from "../engine/lint-files.ts";
import type { FileKind } from "../engine/markers.ts";
import type { Preset, PresetName } from "../engine/presets.ts";
import type { Memory } from "../engine/session.ts";
import type { ConfigurableRule } from "../engine/config/config-schema.ts";
import type { CellFinder } from "../report/report.ts";

/** Lints the files of these paths, which are relative to the current folder and have forward slashes. */
export type Engine = (
  paths: readonly string[],
  host: EngineHost,
  options: EngineOptions,
  callers: readonly string[],
  memory?: Memory,
) => EngineResult | Promise<EngineResult>;

/** What configs can speak of. */
export interface ConfigBase {
  /** Every rule there is, by id in alphabetical order. */
  readonly rules: readonly ConfigurableRule[];
  readonly presets: Readonly<Record<PresetName, Preset>>;
  /** Whether the catalog knows a model of this id. */
  isModel(id: string): boolean;
  /** All ids of the catalog, to suggest one. */
  modelIds(): Iterable<string>;
}

/** Everything the command needs to know of the rest of promptlint. Loaded only when there is something to lint. */
export interface Linter extends ConfigBase {
  readonly lint: Engine;
  /** What the files of an extension hold; the key is lower case and has its dot. */
  readonly fileKinds: ReadonlyMap<string, FileKind>;
  /** Brings in what tells the cells of notebooks. */
  loadCellFinder(): Promise<CellFinder>;
}
