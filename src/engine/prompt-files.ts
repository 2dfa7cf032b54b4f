import { readYamlText, yamlComments } from "../languages/yaml/yaml.ts";
import type { Comment } from "../program/program.ts";
import type { PromptFile } from "../sdks/sdk.ts";
import type { Problem } from "../source/problem.ts";
import type { SourceFile } from "../source/source-file.ts";
import { entryOf, literalText } from "../value/inspect.ts";
import type { Value } from "../value/value.ts";

/** Formats that hold prompts and nothing else. */
const promptFormats = /\.(?:prompt|prompty)$/i;

/** Templates of any kind: prompts among them are told by their place. */
const templateFormats = /\.(?:j2|jinja2?|hbs|handlebars|mustache|md)$/i;

/** A folder or file whose name says that it holds prompts. */
const promptPlace = /(?:^|[/_.-])prompts?(?:[/_.-]|$)/i;

/** Pages about prompts are no prompts. */
const pages = /(?:^|\/)(?:docs?|documentation|content|guides?|README[^/]*|CHANGELOG[^/]*)(?:\/|$|\.)/i;

/** Texts that are no prompts wherever they lie: web pages, and templates that models bring for their own format. */
const foreignText = /^\s*(?:<!doctype|<html|<\?xml)|\bbos_token\b|\badd_generation_prompt\b/i;

/** Whether a file of templates holds a prompt of its own, as far as its place and its first words tell. */
export function isPromptFile({ path, text }: SourceFile): boolean {
  if (promptFormats.test(path)) return true;
  const name = path.slice(path.lastIndexOf("/") + 1);
  // Partials are parts of others.
  if (!templateFormats.test(path) || !promptPlace.test(path) || name.startsWith("_")) return false;
  if (/\.md$/i.test(path) && pages.test(path)) return false;
  return !foreignText.test(text);
}

/** Whether a path may hold a template. */
export function isTemplatePath(path: string): boolean {
  return promptFormats.test(path) || templateFormats.test(path);
}

/** A prompt file with its front matter read. */
export function readPromptFile(file: SourceFile): {
  readonly prompt: PromptFile;
  /** Comments in the front matter, and what it states about scopes as if it stood in one. */
  readonly comments: readonly Comment[];
  readonly problems: readonly Problem[];
} {
  const { path, text } = file;
  const matter = /^(?:#[^\n]*\n|\s)*---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(text);
  const isMatter = matter?.index === 0;
  const start = isMatter ? matter[0].length : 0;
  const from = isMatter ? matter[0].lastIndexOf(matter[1]!) : 0;
  const content = isMatter ? readYamlText(file, from, from + matter[1]!.length) : undefined;
  const span = { file: path, start, end: text.length };
  return {
    prompt: {
      path,
      frontMatter: content?.values[0]?.value,
      body: {
        type: "text",
        parts: start < text.length ? [{ kind: "literal", text: text.slice(start), span }] : [],
      },
      span,
    },
    comments: isMatter
      ? [...yamlComments(file, from, from + matter[1]!.length), ...statedIn(content?.values[0]?.value)]
      : [],
    problems: content?.problems ?? [],
  };
}

/** `promptlint-scope: {question: turn}` in front matter, which may also be the text a comment would have. */
function statedIn(frontMatter: Value | undefined): readonly Comment[] {
  const entry = entryOf(frontMatter, "promptlint-scope");
  if (!entry) return [];
  const { value, span } = entry;
  const stated =
    value.type === "record"
      ? [...value.entries].map(([name, each]) => `${name}=${literalText(each.value) ?? ""}`).join(", ")
      : (literalText(value) ?? "");
  return [{ text: `promptlint-scope: ${stated}`, span }];
}
