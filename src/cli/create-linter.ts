import { rules } from "../../rules/index.ts";
import { findModel, models } from "../catalog/catalog.ts";
import type { FileKind } from "../engine/markers.ts";
import { findCell } from "../languages/notebook/notebook.ts";
import type { Rule } from "../rule/index.ts";
import type { Severity } from "../rule/finding.ts";
import type { Engine, Linter } from "./linter.ts";

/** The linter with all rules and models there are, around an engine and the kinds of file it reads. */
export function createLinter(lint: Engine, fileKinds: ReadonlyMap<string, FileKind>): Linter {
  return {
    lint,
    fileKinds,
    rules: rules.map(({ id, meta, url }) => ({ id, description: meta.docs.description, url })),
    presets: {
      recommended: severities(rules.filter(({ meta }) => "recommended" in meta.docs)),
      strict: severities(rules),
    },
    isModel: (id) => findModel(id) !== undefined,
    modelIds: () => models.map(({ id }) => id),
    cellAt(file, offset) {
      if (!file.path.endsWith(".ipynb")) return undefined;
      const found = findCell(file, offset);
      return found && { cell: found.cell + 1, cellLine: found.line };
    },
  };
}

/** What could be better is a warning; what is wrong is an error. */
function severities(chosen: readonly Rule[]): Map<string, Severity> {
  return new Map(chosen.map(({ id, meta }) => [id, meta.type === "problem" ? "error" : "warn"]));
}
