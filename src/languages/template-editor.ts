import type { SourceFile, Span } from "../source/source-file.ts";
import { moveLines } from "./code-editor.ts";
import type { SyntaxEditor } from "./edit.ts";

/** Opens and closes what makes its lines depend on each other, in Jinja and in Handlebars. */
const opens = /\{%[-+]?\s*(?:if|for|block|macro|call|filter|raw|with|autoescape|trans)\b|\{\{~?#/g;
const closes = /\{%[-+]?\s*end\w+|\{\{~?\//g;

/** Lines that say who speaks from there on: text is not moved across them. */
const roles =
  /\{\{~?\s*(?:role|history|media)\b|<<<dotprompt:|^\s*#?\s*(?:system|user|assistant|developer)\s*:\s*$/im;

/** An editor of templates, which moves whole lines and nothing else. */
export function editTemplate({ path, text }: SourceFile): SyntaxEditor {
  return {
    remove: () => undefined,
    setText: () => undefined,
    moveToEnd(hole: Span) {
      const start =
        Math.max(text.lastIndexOf("\n", hole.start - 1), text.lastIndexOf("\r", hole.start - 1)) + 1;
      const lineEnd = /\r\n|\n|\r/g;
      lineEnd.lastIndex = hole.end;
      const next = lineEnd.exec(text);
      if (!next) return undefined;
      const end = next.index + next[0].length;
      const lines = text.slice(start, end);
      const before = text.slice(0, start);
      const after = text.slice(end);
      if (after.trim() === "" || roles.test(after)) return undefined;
      if (/\{%|\{\{~?[#/>^]|\{#/.test(lines) || countOf(before, opens) !== countOf(before, closes))
        return undefined;
      const edits = moveLines(
        text,
        { start, end, after: { start: end, end: text.length } },
        { lineEnd: /\r\n|\n|\r/g },
      );
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
