import { extname } from "node:path";
import { rules } from "../../rules/index.ts";
import { findModel, models } from "../catalog/catalog.ts";
import { presetOf } from "../engine/presets.ts";
import { fileKinds } from "./file-kinds.ts";
import type { ConfigBase, Engine, Linter } from "./linter.ts";

/** What configs are checked against: all rules and models there are. */
export const configBase: ConfigBase = {
  rules: rules.map(({ id, meta, url }) => ({
    id,
    description: meta.docs.description,
    url,
    optionsSchema: meta.options?.schema,
  })),
  presets: { recommended: presetOf(rules, "recommended"), strict: presetOf(rules, "strict") },
  isModel: (id) => findModel(id) !== undefined,
  modelIds: () => models.map(({ id }) => id),
};

/** The linter with all rules and models there are, around an engine. */
export function createLinter(lint: Engine): Linter {
  return {
    ...configBase,
    lint,
    fileKinds,
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
