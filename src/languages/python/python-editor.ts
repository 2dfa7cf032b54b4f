import type { Module } from "../../program/program.ts";
import { CodeEditor, type CodeSyntax } from "../code-editor.ts";
import type { Data, SyntaxEditor } from "../edit.ts";

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
    return isPlain(text, quotes) ? quotes + text + quotes : undefined;
  },

  literal(text, { start, end }, holes) {
    const open = /^[a-zA-Z]*("""|'''|["'])/.exec(text.slice(start, end));
    const close = open?.[1];
    if (!open || close === undefined || !text.slice(start, end).endsWith(close)) return undefined;
    const content = { start: start + open[0].length, end: end - close.length };
    // Several strings side by side are one literal, too, but not one token.
    let at = content.start;
    for (const stretch of [...holes, { start: content.end, end: content.end }]) {
      if (hasQuotes(text.slice(at, stretch.start), close)) return undefined;
      at = stretch.end;
    }
    const isLong = close.length === 3;
    const isRaw = /r/i.test(open[0]);
    return {
      open: open[0],
      close,
      content,
      holes,
      lineEnd: isLong ? /\r\n|\n|\r/g : isRaw ? /(?!)/g : /(?<!\\)(?:\\\\)*\\n/g,
    };
  },

  requote(source, { open, close }, hasHoles) {
    const isFormat = hasHoles || /[{}]/.test(source);
    return (isFormat ? open : open.replace(/[fF]/, "")) + source + close;
  },

  join(first, second) {
    const literals = [first, second].map((source) => /^([fF]?)("""|'''|["'])([\s\S]*)\2$/.exec(source));
    const quotes = literals.find((literal) => literal !== null)?.[2] ?? '"';
    const pieces = [first, second].map((source, index) => {
      const [, format, own, content] = literals[index] ?? [];
      // Quotes within the braces of an f-string are read by new versions of Python only.
      if (content === undefined) return /^[\w.()]+$/.test(source) ? `{${source}}` : undefined;
      const isOther = own !== quotes && (content.includes(quotes.charAt(0)) || /[\r\n]/.test(content));
      if (isOther || hasQuotes(content, own!) || (!format && /\\N\{/.test(content))) return undefined;
      return format ? content : content.replaceAll(/[{}]/g, "$&$&");
    });
    return pieces.includes(undefined) ? undefined : `f${quotes}${pieces.join("\\n\\n")}${quotes}`;
  },

  sorted(source, key) {
    if (key.kind === "element") return `sorted(${source})`;
    const path = key.path.map((name) => `[${JSON.stringify(name)}]`).join("");
    return `sorted(${source}, key=lambda each: each${path})`;
  },

  printArgument: (name, value) => `${name}=${print(value, "")}`,

  print,
  printEntry: (key, value, near) => `${print(key, near)}: ${print(value, near)}`,
  wrap: (entries) => `{${entries}}`,
};

/** A value as Python writes it, in the quotes of what stands near. */
function print(value: Data, near: string): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") {
    const isSingle = !near.includes('"') && near.includes("'") && isPlain(value, "'");
    return isSingle ? `'${value}'` : JSON.stringify(value);
  }
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return `[${value.map((each: Data) => print(each, near)).join(", ")}]`;
  const entries = Object.entries(value as Readonly<Record<string, Data>>);
  return `{${entries.map(([key, each]) => `${print(key, near)}: ${print(each, near)}`).join(", ")}}`;
}

function isPlain(text: string, quotes: string): boolean {
  return !text.includes(quotes.charAt(0)) && !/[\\\r\n]/.test(text);
}

/** True where quotes stand in a piece of a string that are not escaped. */
function hasQuotes(piece: string, quotes: string): boolean {
  return piece.replaceAll(/\\[\s\S]/g, "").includes(quotes);
}
