import type { ProgramLanguage } from "../program/program.ts";

/** What a name is imported or handed on from in a text; undefined where it is not. */
export function importSourceOf(text: string, name: string, language: ProgramLanguage): string | undefined {
  const word = `(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`;
  const pattern =
    language === "python"
      ? `^[ \\t]*from[ \\t]+([\\w.]+)[ \\t]+import[ \\t]+(?:\\([^)]{0,2000}?${word}|[^\\n#(]{0,2000}?${word})`
      : `\\b(?:import|export)\\b[^;'"]{0,2000}?${word}[^;'"]{0,2000}?\\bfrom\\s*["']([^"']+)["']`;
  return new RegExp(pattern, "m").exec(text)?.[1];
}
