import type { SourceFile, Span } from "../source/source-file.ts";
import type { SyntaxEditor } from "./edit.ts";
import { fileLinesAround, moveLinesToEnd } from "./text-lines.ts";

/** Opens and closes what makes its lines depend on each other, in Jinja and in Handlebars. */
const opens =
  /\{%[-+]?\s*(?:if|for|block|macro|call|filter|raw|with|autoescape|trans)\b|\{\{~?#|\{\{\{\{(?!\/)/g;
const closes = /\{%[-+]?\s*end\w+|\{\{~?\/|\{\{\{\{\//g;

/** Lines that say who speaks from there on: text is not moved across them. */
const roles =
  /\{\{~?\s*(?:role|history|media)\b|<<<dotprompt:|^\s*#?\s*(?:system|user|assistant|developer)\s*:\s*$/im;

/** An editor of templates, which moves whole lines and nothing else. */
export function editTemplate({ path, text }: SourceFile): SyntaxEditor {
  return {
    remove: () => undefined,
    setText: () => undefined,
    moveToEnd(hole: Span) {
      const lines = fileLinesAround(text, hole);
      if (!lines || roles.test(text.slice(lines.end))) return undefined;
      const isTag = /\{%|\{\{~?[#/>^]|\{#/.test(text.slice(lines.start, lines.end));
      const before = text.slice(0, lines.start);
      if (isTag || countOf(before, opens) !== countOf(before, closes)) return undefined;
      const edits = moveLinesToEnd(text, lines, { start: 0, end: text.length });
      return edits?.map((edit) => ({
        span: { file: path, start: edit.start, end: edit.end },
        text: edit.text,
      }));
    },
  };
}

function countOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
