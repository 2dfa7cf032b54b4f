import type { SourceFile, Span } from "../source/source-file.ts";
import type { SyntaxEditor } from "./edit.ts";
import type { Stretch } from "./separated-items.ts";
import { fileLinesAround, moveLinesToEnd } from "./text-lines.ts";

/** Opens and closes what makes its lines depend on each other, in Jinja and in Handlebars. */
const opens =
  /\{%[-+]?\s*(?:if|for|block|macro|call|filter|raw|with|autoescape|trans)\b|\{\{~?#|\{\{\{\{(?!\/)/g;
const closes = /\{%[-+]?\s*end\w+|\{\{~?\/|\{\{\{\{\//g;

/** Lines that say who speaks from there on: text is not moved across them. */
const roles =
  /^.*(?:\{\{~?\s*(?:role|history|media)\b|<<<dotprompt:).*$|^[ \t]*#?[ \t]*(?:system|user|assistant|developer)[ \t]*:[ \t]*$/gim;

/** An editor of templates, which moves whole lines and nothing else. */
export function editTemplate({ path, text }: SourceFile): SyntaxEditor {
  return {
    remove: () => undefined,
    setText: () => undefined,
    moveToEnd(hole: Span) {
      const lines = fileLinesAround(text, hole);
      if (!lines) return undefined;
      const isTag = /\{%|\{\{~?[#/>^]|\{#/.test(text.slice(lines.start, lines.end));
      const before = text.slice(0, lines.start);
      if (isTag || countOf(before, opens) !== countOf(before, closes)) return undefined;
      const edits = moveLinesToEnd(text, lines, turnAround(text, lines));
      return edits?.map((edit) => ({
        span: { file: path, start: edit.start, end: edit.end },
        text: edit.text,
      }));
    },
  };
}

/** The text between the lines that say who speaks. */
function turnAround(text: string, lines: Stretch): Stretch {
  const marks = [...text.matchAll(roles)].map(({ index, 0: line }) => ({
    start: index,
    end: index + line.length,
  }));
  const before = marks.findLast(({ end }) => end <= lines.start);
  const after = marks.find(({ start }) => start >= lines.end);
  const start = before ? before.end + /^(?:\r\n|\n|\r)?/.exec(text.slice(before.end))![0].length : 0;
  return { start, end: after?.start ?? text.length };
}

function countOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
