import type { MappedText, TextPiece } from "../source/mapped-text.ts";
import type { Module } from "./program.ts";

/**
 * How a template is written: `braces` are plain `{{name}}` placeholders without logic, `format` are those of Python's
 * `str.format`, `tags` the `<%= name %>` of EJS and its kin. Liquid is read as Jinja.
 */
export type TemplateSyntax = "jinja" | "handlebars" | "braces" | "format" | "tags";

/** What an engine is told about the templates it reads. */
export interface TemplateOptions {
  /** What placeholders, tags and comments begin and end with, where that is not what it usually is. */
  readonly delimiters?: Readonly<Partial<Record<TemplateChunk, readonly [start: string, end: string]>>>;
  /** The line end behind a tag is not printed. */
  readonly trimBlocks?: boolean;
  /** White space between the beginning of a line and a tag is not printed. */
  readonly stripBlocks?: boolean;
}

/** What stands between delimiters: a value that is printed, a tag, or a comment. */
export type TemplateChunk = "output" | "tag" | "comment";

/**
 * A template as a program: its statements append what it renders to the variable `templateOutput`, which is empty
 * text before they run. Included templates stand where they are included.
 */
export interface Template {
  readonly module: Module;
  /** Variables it reads and does not set itself: whoever renders it gives them. */
  readonly names: ReadonlySet<string>;
  /** Paths of the files it is made of besides its own. */
  readonly includes: readonly string[];
}

/** The variable that holds what was rendered so far. No language has a name with a space. */
export const templateOutput = "template output";

/** Finds an included template's text; undefined: it is not in view. */
export type LoadInclude = (name: string) => IncludedTemplate | undefined;

export interface IncludedTemplate {
  /** Tells it from others: a path, or the name code hands it over by. */
  readonly id: string;
  /** The file it stands in. */
  readonly path: string;
  readonly source: MappedText;
}

/** Templates that code hands over by name, for others to include. */
export type GivenTemplates = ReadonlyMap<string, readonly TextPiece[]>;
