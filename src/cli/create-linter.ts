import { extname } from "node:path";
import { rules } from "../../rules/index.ts";
import { findModel, models } from "../catalog/catalog.ts";
import { presetOf } from "../engine/presets.ts";
import { fileKinds } from "./file-kinds.ts";
import type { Engine, Linter } from "./linter.ts";

/** The linter with all rules and models there are, around an engine. */
export function createLinter(lint: Engine): Linter {
  return {
    lint,
    fileKinds,
    rules: rules.map(({ id, meta, url }) => ({
      id,
      description: meta.docs.description,
      url,
      optionsSchema: meta.options?.schema,
    })),
    presets: { recommended: presetOf(rules, "recommended"), strict: presetOf(rules, "strict") },
    isModel: (id) => findModel(id) !== undefined,
    modelIds: () => models.map(({ id }) => id),
    async loadCellFinder() {
      const { findCell } = await import("../languages/notebook/notebook.ts");
      return (file, offset) => {
        if (fileKinds.get(extname(file.path).toLowerCase()) !== "notebook") return undefined;
        const found = findCell(file, offset);
        if (!found) return undefined;
        const { cell, line, column, lineText } = found;
        return { cell: cell + 1, cellLine: line, source: { text: lineText, column } };
      };
    },
  };
}
