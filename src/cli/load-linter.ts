import { precedence, rules } from "../../rules/index.ts";
import { createLinter } from "./create-linter.ts";
import type { Linter } from "./linter.ts";

/** The linter the command runs; its engine and parsers are loaded when there is a file to parse. */
export function loadLinter(): Linter {
  return createLinter(async (paths, host, options, callers, memory) => {
    const { lintFiles } = await import("../engine/lint-files.ts");
    return lintFiles(paths, host, options, { rules, precedence }, callers, memory);
  });
}
