import type { Module } from "../program/program.ts";
import type { GivenTemplates, Template, TemplateOptions, TemplateSyntax } from "../program/template.ts";
import type { DroppedMarks } from "../request/dropped-marks.ts";
import type { LoweredRequest } from "../request/request.ts";
import type { TextPiece } from "../source/mapped-text.ts";
import type { Span } from "../source/source-file.ts";
import type { Scope } from "../value/scope.ts";
import type { CallEvent, Decision, Value } from "../value/value.ts";

/** What the evaluator needs from outside: other modules, prompt files, and somebody who knows requests. */
export interface EvaluateHost {
  /** The module an import names, parsed; or the text of a file it names (`?raw`); undefined: not in view. */
  resolveImport(fromFile: string, specifier: string): ResolvedImport | undefined;
  /** Says that the code of an imported module is run, which then counts as having been read. */
  runs?(path: string): void;
  /** Whether a module's text may make a name known to those who import it. */
  mayExport?(path: string, name: string): boolean;
  /** The classes in view that inherit or implement a type that is left open, as a file names it; the likeliest first. */
  heirsOf?(file: string, name: string): readonly Heir[];
  /** A file at a path written in the code: absolute, or relative to `fromFile`'s folder or the working folder. */
  readText(fromFile: string, path: string): { readonly path: string; readonly text: string } | undefined;
  /** The value in a file of data (JSON, YAML); undefined: it is none, or can't be read. */
  readData(path: string): Value | undefined;
  /** A template file; undefined: it is not in view. */
  readTemplate(reference: TemplateReference): Template | undefined;
  /** A template that is given as text; those it includes are `given`, or looked for beside it and `fromFile`. */
  parseTemplate(
    pieces: readonly TextPiece[],
    syntax: TemplateSyntax,
    fromFile: string,
    options?: TemplateOptions,
    given?: GivenTemplates,
  ): Template;
  /** The requests a call sends, if it sends any. */
  requestsOf(call: CallEvent): readonly LoweredRequest[] | undefined;
  /** Whether a name is that of a provider, or of a model of one, whose requests carry cache marks. */
  takesMarks?(name: string): boolean;
  /**
   * The cache marks in a list or record whose value is not used at `span`. `name`: the local name it is given, which
   * may be read elsewhere in the file.
   */
  droppedMarks(value: Value, span: Span, name: string | undefined): DroppedMarks | undefined;
  /**
   * What a function that sends nothing makes of made-up arguments, if that carries a cache mark, or holds what was
   * marked in a copy that is dropped: `values` are its result and the arguments it changed, `site` its name.
   */
  fragmentOf(
    values: readonly Value[],
    site: Span,
    dropped: readonly DroppedMarks[],
  ): LoweredRequest | undefined;
  /**
   * What the user states about the scope of variables of templates and of parameters, or of what calls return, in a
   * file. `names` are those that one thing has; they are asked for only where something is stated.
   */
  statedScope?(kind: "variable" | "source", file: string, names: () => readonly string[]): Scope | undefined;
  /** What a comment in the code states about the scope of what gets its value at a place, under a name or without. */
  commentedScope?(span: Span, name: string | undefined): Scope | undefined;
}

/** A class that fills in what a type leaves open, by its module and its name there. */
export interface Heir {
  readonly module: Module;
  readonly name: string;
}

/** A template file as a program names it. */
export interface TemplateReference {
  readonly fromFile: string;
  /** As the loader knows it: `desk/system.j2`. */
  readonly name: string;
  /** Folders the loader looks in; the usual ones are tried where none is known. */
  readonly folders: readonly string[];
  readonly syntax: TemplateSyntax;
  readonly options?: TemplateOptions;
}

export type ResolvedImport =
  | { readonly kind: "module"; readonly module: Module }
  /** A Python package's folder without a file of its own. */
  | { readonly kind: "namespace"; readonly path: string }
  | { readonly kind: "text"; readonly path: string; readonly text: string }
  | { readonly kind: "data"; readonly path: string; readonly value: Value };

/** A request as it was sent in a run, with the conditions decided before it. */
export interface SentRequest {
  readonly request: LoweredRequest;
  /** The calls that led to it: the same for the turns of one conversation. */
  readonly path: string;
  readonly decisions: readonly Decision[];
  /** How often the entry point had been called before. */
  readonly call: number;
  /** The call that started it together with others; the same object for all of them. */
  readonly start?: Start;
  /** Which of the calls that were started together sent it. */
  readonly branch?: number;
}

/** A call that starts several requests without waiting for any of them. */
export interface Start {
  readonly span: Span;
}
