import type { Module } from "../../program/program.ts";
import { CodeEditor, type CodeSyntax } from "../code-editor.ts";
import type { Data, SyntaxEditor } from "../edit.ts";

/** An editor of JavaScript and TypeScript source. @param text what the spans of the program are offsets of */
export function editJavaScript(text: string, module: Module): SyntaxEditor {
  return new CodeEditor(text, module, syntax);
}

const syntax: CodeSyntax = {
  comment: /\/\/[^\r\n]*|\/\*[\s\S]*?\*\//y,

  removeStatement(text, { start, end: ownEnd }, isAlone) {
    const semicolon = /^[ \t]*;/.exec(text.slice(ownEnd));
    const end = ownEnd + (semicolon && text[ownEnd - 1] !== ";" ? semicolon[0].length : 0);
    const before = /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(0, start));
    const previous = text.slice(0, start).trimEnd();
    // Without braces around it, something has to stay.
    if (isAlone && !/[{};]$/.test(previous)) return [{ start, end, text: "{}" }];
    if (!before && !/[{};]$/.test(previous)) return undefined;
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

  literal(text, { start, end }, holes) {
    if (text[start] !== "`" || text[end - 1] !== "`") return undefined;
    const content = { start: start + 1, end: end - 1 };
    return { open: "`", close: "`", content, holes, lineEnd: /\r\n|\n|\r|(?<!\\)(?:\\\\)*\\n/g };
  },

  requote: (source) => `\`${source}\``,

  join(first, second) {
    const pieces = [first, second].map((source) => {
      if (/^[\w$.()]+$/.test(source)) return `\${${source}}`;
      const [, quote, content] = /^(["'`])([\s\S]*)\1$/.exec(source) ?? [];
      if (quote === undefined || content === undefined) return undefined;
      // With quotes in it, it may as well be a sum of several.
      if (content.replaceAll(/\\[\s\S]/g, "").includes(quote)) return undefined;
      return quote !== "`" && /`|\$\{/.test(content) ? undefined : content;
    });
    return pieces.includes(undefined) ? undefined : `\`${pieces.join("\\n\\n")}\``;
  },

  sorted(source, key) {
    const copy = `[...${source}]`;
    if (key.kind === "element") return `${copy}.sort()`;
    const path = key.path.map((name) => (isName(name) ? `.${name}` : `[${JSON.stringify(name)}]`)).join("");
    return `${copy}.sort((a, b) => (a${path} < b${path} ? -1 : 1))`;
  },

  print,
  printEntry: (key, value, near) => `${printKey(key, near)}: ${print(value, near)}`,
  wrap: (entries, near) => (/^\{\S/.test(near) ? `{${entries}}` : `{ ${entries} }`),
};

/** A value as JavaScript writes it, in the quotes and with the spaces of what stands near. */
function print(value: Data, near: string): string {
  if (typeof value === "string") {
    const isSingle = !near.includes('"') && near.includes("'") && !/['\\\r\n]/.test(value);
    return isSingle ? `'${value}'` : JSON.stringify(value);
  }
  if (value === null || typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[${value.map((each: Data) => print(each, near)).join(", ")}]`;
  const entries = Object.entries(value as Readonly<Record<string, Data>>);
  const source = entries.map(([key, each]) => `${printKey(key, near)}: ${print(each, near)}`).join(", ");
  return syntax.wrap(source, near);
}

function printKey(key: string, near: string): string {
  return isName(key) ? key : print(key, near);
}

function isName(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(key);
}
