import type { Module } from "../../program/program.ts";
import { CodeEditor, type CodeSyntax } from "../code-editor.ts";
import type { SyntaxEditor } from "../edit.ts";

/** An editor of JavaScript and TypeScript source. @param text what the spans of the program are offsets of */
export function editJavaScript(text: string, module: Module): SyntaxEditor {
  return new CodeEditor(text, module, syntax);
}

const syntax: CodeSyntax = {
  comment: /\/\/[^\r\n]*|\/\*[\s\S]*?\*\//y,

  removeStatement(text, { start, end: ownEnd }, isAlone) {
    const semicolon = /^[ \t]*;/.exec(text.slice(ownEnd));
    const end = ownEnd + (semicolon && text[ownEnd - 1] !== ";" ? semicolon[0].length : 0);
    // Without braces around it, something has to stay.
    const previous = text.slice(0, start).trimEnd();
    if (isAlone && !/[{};]$/.test(previous)) return [{ start, end, text: "{}" }];
    if (!/(?:[{};]|\*\/|^)$/.test(previous) && !/(?:^|[\r\n])[ \t]*$/.test(text.slice(0, start)))
      return undefined;
    const before = /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(0, start));
    const after = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(end));
    if (before && after) return [{ start: start - before[1]!.length, end: end + after[0].length, text: "" }];
    const space = /^[ \t]*/.exec(text.slice(end))![0];
    return [{ start, end: end + space.length, text: "" }];
  },

  quote(text, replaced) {
    const quote = replaced.charAt(0);
    if (!/^["'`]$/.test(quote) || !replaced.endsWith(quote)) return undefined;
    return text.includes(quote) || /[\\\r\n]|\$\{/.test(text) ? undefined : quote + text + quote;
  },
};
