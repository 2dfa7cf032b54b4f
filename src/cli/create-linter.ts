import { extname } from "node:path";
import { rules } from "../../rules/index.ts";
import { findModel, models } from "../catalog/catalog.ts";
import type { Rule } from "../rule/index.ts";
import type { Severity } from "../rule/finding.ts";
import { fileKinds } from "./file-kinds.ts";
import type { Engine, Linter } from "./linter.ts";

/** The linter with all rules and models there are, around an engine. */
export function createLinter(lint: Engine): Linter {
  return {
    lint,
    fileKinds,
    rules: rules.map(({ id, meta, url }) => ({ id, description: meta.docs.description, url })),
    presets: {
      recommended: {
        severities: severities(rules.filter(({ meta }) => "recommended" in meta.docs)),
        options: new Map(),
      },
      strict: { severities: severities(rules), options: strictOptions() },
    },
    isModel: (id) => findModel(id) !== undefined,
    modelIds: () => models.map(({ id }) => id),
    async loadCellFinder() {
      const { findCell } = await import("../languages/notebook/notebook.ts");
      return (file, offset) => {
        if (fileKinds.get(extname(file.path).toLowerCase()) !== "notebook") return undefined;
        const found = findCell(file, offset);
        return found && { cell: found.cell + 1, cellLine: found.line };
      };
    },
  };
}

function strictOptions(): Map<string, object> {
  const options = new Map<string, object>();
  for (const { id, meta } of rules) if (meta.options?.strict) options.set(id, meta.options.strict);
  return options;
}

/** What could be better is a warning; what is wrong is an error. */
function severities(chosen: readonly Rule[]): Map<string, Severity> {
  return new Map(chosen.map(({ id, meta }) => [id, meta.type === "problem" ? "error" : "warn"]));
}
