import type { Module } from "../../program/program.ts";
import { CodeEditor, type CodeSyntax } from "../code-editor.ts";
import type { SyntaxEditor } from "../edit.ts";

/** An editor of Python source. @param text what the spans of the program are offsets of */
export function editPython(text: string, module: Module): SyntaxEditor {
  return new CodeEditor(text, module, syntax);
}

const syntax: CodeSyntax = {
  comment: /#[^\r\n]*/y,

  removeStatement(text, { start, end }, isAlone) {
    if (isAlone) return [{ start, end, text: "pass" }];
    const before = /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(0, start));
    const after = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(end));
    if (before && after) return [{ start: start - before[1]!.length, end: end + after[0].length, text: "" }];
    // The comment behind it stays, at its indentation.
    const blank = /^[ \t]*(?=#)/.exec(text.slice(end));
    if (before && blank) return [{ start, end: end + blank[0].length, text: "" }];
    const next = /^[ \t]*;[ \t]*(?=[^\s#])/.exec(text.slice(end));
    if (next) return [{ start, end: end + next[0].length, text: "" }];
    const previous = /[ \t]*;[ \t]*$/.exec(text.slice(0, start));
    return previous ? [{ start: start - previous[0].length, end, text: "" }] : undefined;
  },

  quote(text, replaced) {
    const quotes = /^[rRuU]?("""|'''|["'])/.exec(replaced)?.[1];
    if (quotes === undefined || !replaced.endsWith(quotes)) return undefined;
    return quoteText(text, quotes);
  },
};

function quoteText(text: string, quotes: string): string | undefined {
  const isPlain = !text.includes(quotes.charAt(0)) && !/[\\\r\n]/.test(text);
  return isPlain ? quotes + text + quotes : undefined;
}
