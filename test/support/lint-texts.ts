import { precedence, rules } from "../../rules/index.ts";
import { lintFiles, type EngineResult } from "../../src/engine/lint-files.ts";
import { emptySettings, type FileSettings } from "../../src/engine/settings.ts";
import type { Confidence } from "../../src/value/scope.ts";

export interface LintTextsOptions {
  readonly model?: string;
  readonly minimumConfidence?: Confidence;
  readonly reportUnusedDirectives?: boolean;
  /** Ids of the rules to run; all of them unless given. */
  readonly only?: readonly string[];
  readonly preset?: "recommended" | "strict";
  /** What a configuration says beyond this. */
  readonly settings?: Partial<FileSettings>;
  /** Paths to lint; all texts unless given. */
  readonly lint?: readonly string[];
  /** Paths that count as linted although they are not run. */
  readonly asked?: readonly string[];
}

/** Lints texts as if they were the files of a folder. */
export function lintTexts(
  texts: Readonly<Record<string, string>>,
  options: LintTextsOptions = {},
): EngineResult {
  const { only, preset = "recommended" } = options;
  const settings: FileSettings = {
    ...emptySettings,
    rules: new Map(rules.filter(({ id }) => !only || only.includes(id)).map(({ id }) => [id, "error"])),
    ruleOptions: new Map(
      rules.map((rule) => [rule.id, preset === "strict" ? (rule.meta.options?.strict ?? {}) : {}]),
    ),
    model: options.model,
    ...options.settings,
  };
  const folders = new Set(Object.keys(texts).flatMap(foldersAbove));
  return lintFiles(
    options.lint ??
      Object.keys(texts).filter((path) =>
        /\.(?:py|ipynb|[cm]?[jt]sx?|jsonc?|jsonl|ya?ml|tf|j2|hbs|prompty?)$/.test(path),
      ),
    {
      readText: (path) => (Object.hasOwn(texts, path) ? { text: texts[path]! } : undefined),
      exists: (path) => Object.hasOwn(texts, path) || folders.has(path),
    },
    {
      settingsOf: () => settings,
      minimumConfidence: options.minimumConfidence ?? "likely",
      ...(options.reportUnusedDirectives && { reportUnusedDirectives: true }),
      ...(options.asked && { asked: new Set(options.asked) }),
    },
    { rules, precedence },
  );
}

function foldersAbove(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}
