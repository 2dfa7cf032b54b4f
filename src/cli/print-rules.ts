import { readFileSync } from "node:fs";
import { join } from "node:path";
import { markdownText } from "../report/markdown-text.ts";
import { paletteFor } from "../report/palette.ts";
import { padEnd, wrap } from "../report/text-layout.ts";
import type { Linter } from "./linter.ts";
import { nearest } from "./nearest.ts";
import { UsageError } from "./usage-error.ts";

/** How the list of rules, or the page of one, is printed. */
export interface RulesOptions {
  readonly format: "text" | "json";
  readonly color: boolean;
  readonly width: number;
  /** The folder that holds the page of each rule as `<id>.md`. */
  readonly pages: string | undefined;
}

/** One rule in JSON; `page` only where one rule was asked for. */
interface JsonRule {
  readonly id: string;
  readonly description: string;
  readonly url: string;
  /** Presets that turn it on. */
  readonly presets: readonly string[];
  /** JSON Schema of its options; null where it has none. */
  readonly options: object | null;
  /** Markdown. */
  readonly page?: string;
}

/**
 * The list of all rules, or the page of one.
 * @throws UsageError for a rule that does not exist, or whose page was not installed.
 */
export function printRules(linter: Linter, id: string | undefined, options: RulesOptions): string {
  if (id === undefined)
    return options.format === "json" ? toJson(jsonRules(linter)) : listText(linter, options);
  const name = id.replace(/^promptlint\//, "");
  const rule = jsonRules(linter).find((each) => each.id === name);
  if (!rule) {
    const near = nearest(
      name,
      linter.rules.map((each) => each.id),
    );
    const hint = near.length > 0 ? `: did you mean ${near[0]}?` : "; promptlint rules lists all.";
    throw new UsageError(`Unknown rule "${id}"${hint}`);
  }
  const page = readPage(options.pages, name);
  if (page === undefined) throw new UsageError(`The page of ${name} is not installed; it is at ${rule.url}`);
  if (options.format === "json") return toJson({ ...rule, page });
  const palette = paletteFor(options.color);
  return `${markdownText(page, options.width, palette)}\n${palette.faint(rule.url)}\n`;
}

function readPage(folder: string | undefined, id: string): string | undefined {
  if (folder === undefined) return undefined;
  try {
    return readFileSync(join(folder, `${id}.md`), "utf8");
  } catch {
    return undefined;
  }
}

function jsonRules({ rules, presets }: Linter): JsonRule[] {
  return rules.map(({ id, description, url, optionsSchema }) => ({
    id,
    description,
    url,
    presets: Object.entries(presets)
      .filter(([, { severities }]) => (severities.get(id) ?? "off") !== "off")
      .map(([name]) => name),
    options: optionsSchema ?? null,
  }));
}

function toJson(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function listText(linter: Linter, { color, width }: RulesOptions): string {
  const palette = paletteFor(color);
  const rules = jsonRules(linter);
  const column = Math.max(...rules.map(({ id }) => id.length)) + 2;
  const lines = rules.flatMap(({ id, description, presets }) => {
    const note = presets.includes("recommended") ? "" : " (strict only)";
    const [first, ...rest] = wrap(description + note, width - column);
    return [
      `${palette.strong(padEnd(id, column))}${first}`,
      ...rest.map((line) => `${" ".repeat(column)}${line}`),
    ];
  });
  return `${lines.join("\n")}\n\nThe page of a rule: promptlint rules ID\n`;
}
