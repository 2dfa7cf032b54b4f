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
