import { parse } from "@handlebars/parser";
import type { Comment, Statement } from "../../program/program.ts";
import type { LoadInclude, Template } from "../../program/template.ts";
import { MappedText } from "../../source/mapped-text.ts";
import type { Problem } from "../../source/problem.ts";
import type { Span } from "../../source/source-file.ts";
import { readBraces } from "../placeholders/placeholders.ts";
import type { Location, Program } from "./handlebars-ast.ts";
import { HandlebarsLowering } from "./lower-handlebars.ts";

/** How deep templates may include others. */
const maximumIncludes = 12;

/** Longest template that is parsed, in UTF-16 units: the parser takes seconds for more. */
const maximumLength = 200_000;

/** Deepest nesting of blocks that is parsed: the parser's time grows with its square, and more. */
const maximumNesting = 100;

/**
 * Reads a Handlebars or Mustache template; partials become part of it. One that cannot be parsed is read as text
 * with plain placeholders.
 * @param path of the file the template stands in.
 */
export function readHandlebars(source: MappedText, path: string, load: LoadInclude): Template {
  const reading = new Reading(load);
  source = withUsualDelimiters(source);
  const body = reading.read(source, path);
  if (!body) {
    const plain = readBraces(source, path);
    return { ...plain, module: { ...plain.module, problems: reading.problems } };
  }
  return {
    module: { path, language: "javascript", body, comments: reading.comments, problems: reading.problems },
    names: reading.names,
    includes: [...reading.includes],
  };
}

const delimiters = /\{\{=\s*(\S+)\s+(\S+)\s*=\}\}[ \t]*\r?\n?/;

/** A template of Mustache that sets its own delimiters, with the usual ones in their place. */
function withUsualDelimiters(source: MappedText): MappedText {
  const match = delimiters.exec(source.text);
  const [whole, open, close] = match ?? [];
  if (!match || !whole || !open || !close) return source;
  const start = match.index + whole.length;
  const end = source.text.length;
  const pieces = source.slice(0, match.index);
  const token = new RegExp(
    `${escaped(open)}=.*?=${escaped(close)}|${escaped(open)}|${escaped(close)}|\\{\\{`,
    "g",
  );
  let at = start;
  for (const found of source.text.slice(start).matchAll(token)) {
    const from = start + found.index;
    const to = from + found[0].length;
    pieces.push(...source.slice(at, from));
    const text = found[0] === open ? "{{" : found[0] === close ? "}}" : found[0] === "{{" ? "\\{{" : "";
    if (text !== "") pieces.push({ text, span: source.spanOf(from, to) });
    at = to;
    // What sets the usual ones again ends it.
    if (text === "") break;
  }
  pieces.push(...source.slice(at, end));
  return new MappedText(pieces);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}

/** Reads a template and its partials. */
class Reading {
  readonly names = new Set<string>();
  readonly comments: Comment[] = [];
  readonly problems: Problem[] = [];
  readonly includes = new Set<string>();
  readonly #load: LoadInclude;
  readonly #stack: string[] = [];
  readonly #inline = new Map<string, () => Statement[]>();

  constructor(load: LoadInclude) {
    this.#load = load;
  }

  read(source: MappedText, id: string): Statement[] | undefined {
    const program = this.#parse(source);
    if (!program) return undefined;
    this.#stack.push(id);
    const lowering = new HandlebarsLowering({
      source,
      spanOf: spansOf(source),
      names: this.names,
      comments: this.comments,
      inline: this.#inline,
      partial: (name) => this.#partial(name),
    });
    const body = lowering.program(program);
    this.#stack.pop();
    return body;
  }

  #partial(name: string): Statement[] | undefined {
    const found = this.#stack.length <= maximumIncludes ? this.#load(name) : undefined;
    if (!found || this.#stack.includes(found.id)) return undefined;
    this.includes.add(found.path);
    return this.read(withUsualDelimiters(found.source), found.id);
  }

  #parse(source: MappedText): Program | undefined {
    if (source.text.length > maximumLength) return undefined;
    if (nestingIn(source.text) > maximumNesting) {
      const message = `The template is not read as Handlebars, because blocks are nested more than ${maximumNesting} deep.`;
      this.problems.push({ severity: "note", message, span: source.spanOf(0, 0) });
      return undefined;
    }
    try {
      // Its declared types leave out what is read here.
      return parse(source.text) as unknown as Program;
    } catch (error) {
      const line = /line (\d+)/.exec(String(error))?.[1];
      const message = "The template is not read as Handlebars, because it cannot be parsed.";
      const { start } = offsetsIn(source.text)({
        start: { line: Number(line ?? 1), column: 0 },
        end: { line: 1, column: 0 },
      });
      this.problems.push({ severity: "note", message, span: source.spanOf(start, start) });
      return undefined;
    }
  }
}

/** How deep blocks are nested at most, as far as their tags tell. */
function nestingIn(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [, opening] of text.matchAll(/\{\{~?(?:([#^]\s*[^\s}~])|\/)/g)) {
    depth += opening === undefined ? -1 : 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function spansOf(source: MappedText): (location: Location) => Span & { readonly from: number } {
  const offsets = offsetsIn(source.text);
  return (location) => {
    const { start, end } = offsets(location);
    return { ...source.spanOf(start, end), from: start };
  };
}

function offsetsIn(text: string): (location: Location) => { start: number; end: number } {
  const lines = [0];
  for (const match of text.matchAll(/\r\n?|\n/g)) lines.push(match.index + match[0].length);
  const offset = ({ line, column }: Location["start"]): number =>
    Math.min((lines[line - 1] ?? text.length) + column, text.length);
  return ({ start, end }) => ({ start: offset(start), end: offset(end) });
}
