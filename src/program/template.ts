import type { Module } from "./program.ts";

/**
 * How a template is written: `braces` are plain `{{name}}` placeholders without logic, `format` are those of Python's
 * `str.format`.
 */
export type TemplateSyntax = "jinja" | "handlebars" | "braces" | "format";

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
  readonly path: string;
  readonly text: string;
}
