import type { Expression } from "../../program/program.ts";
import type { Template } from "../../program/template.ts";
import type { MappedText } from "../../source/mapped-text.ts";
import { TemplateWriter } from "../template-writer.ts";

/** Reads text with plain `{{name}}` placeholders and no logic, such as the prompts of Amazon Bedrock. */
export function readBraces(source: MappedText, path: string): Template {
  return readPlaceholders(source, path, /\{\{\s*([\w$.-]+)\s*\}\}/g, "javascript");
}

/** Reads text with the placeholders of Python's `str.format`: `{name}`, and `{{` and `}}` for plain braces. */
export function readFormat(source: MappedText, path: string): Template {
  return readPlaceholders(
    source,
    path,
    /(\{\{|\}\})|\{([A-Za-z_]\w*)(?:[.[][^{}]*)?(?:![rsa])?(?::[^{}]*)?\}/g,
    "python",
  );
}

const tag = /<%(%|[-=~_#]?)((?:(?!%>)[\s\S])*)%>/g;

/**
 * Reads the `<%= user.name %>` of EJS, Eta and lodash. Code between tags is not run: what stands between is printed,
 * and what an expression makes is not known.
 */
export function readTags(source: MappedText, path: string): Template {
  const writer = new TemplateWriter();
  const names = new Set<string>();
  let at = 0;
  for (const match of source.text.matchAll(tag)) {
    const [whole, sign, inner = ""] = match;
    const end = match.index + whole.length;
    writer.text(source.slice(at, match.index));
    at = end;
    if (sign !== "=" && sign !== "-" && sign !== "~") continue;
    const span = source.spanOf(match.index, end);
    const steps = /^\s*(?:(?:it|locals|data)\.)?([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)\s*$/
      .exec(inner)?.[1]
      ?.split(".");
    const [name, ...members] = steps ?? [];
    if (name === undefined) {
      writer.value({ kind: "unknownExpression", reason: "code in a template", parts: [], span }, span);
      continue;
    }
    names.add(name);
    const value = members.reduce<Expression>(
      (object, member) => ({ kind: "member", object, name: member, optional: true, span }),
      { kind: "name", name, span },
    );
    writer.value(value, span);
  }
  writer.text(source.slice(at, source.text.length));
  const body = writer.finish();
  return { module: { path, language: "javascript", body, comments: [], problems: [] }, names, includes: [] };
}

/** The last group of the pattern is the name; a first group, if there are two, a doubled brace. */
function readPlaceholders(
  source: MappedText,
  path: string,
  pattern: RegExp,
  language: Template["module"]["language"],
): Template {
  const writer = new TemplateWriter();
  const names = new Set<string>();
  let at = 0;
  for (const match of source.text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    const name = match.at(-1);
    // Of a doubled brace the first one is printed.
    writer.text(source.slice(at, name === undefined ? match.index + 1 : match.index));
    if (name !== undefined) {
      const span = source.spanOf(match.index, end);
      names.add(name);
      writer.value({ kind: "name", name, span }, span);
    }
    at = end;
  }
  writer.text(source.slice(at, source.text.length));
  const body = writer.finish();
  return { module: { path, language, body, comments: [], problems: [] }, names, includes: [] };
}
