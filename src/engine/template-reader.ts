import type { TemplateReference } from "../evaluate/host.ts";
import { readHandlebars } from "../languages/handlebars/handlebars.ts";
import { readJinja } from "../languages/jinja/jinja.ts";
import { readBraces, readFormat, readTags } from "../languages/placeholders/placeholders.ts";
import type {
  GivenTemplates,
  IncludedTemplate,
  LoadInclude,
  Template,
  TemplateOptions,
  TemplateSyntax,
} from "../program/template.ts";
import { alignText, MappedText, type TextPiece } from "../source/mapped-text.ts";
import type { SourceFile } from "../source/source-file.ts";
import { folderOf } from "../evaluate/library/files.ts";
import { joinPaths } from "./resolve-import.ts";

/** Largest template that is read, in UTF-16 units. */
const maximumLength = 1_000_000;

/** Folders that template loaders look in by convention. */
const usualFolders = ["templates", "prompts", "src/templates", "src/prompts"];

/** Where partials of Handlebars and Mustache lie by convention. */
const partialFolders = ["partials", "../partials"];

/** Extensions that references to templates leave out. */
const extensions = [
  "",
  ".hbs",
  ".handlebars",
  ".mustache",
  ".j2",
  ".jinja",
  ".jinja2",
  ".njk",
  ".liquid",
  ".prompt",
];

/** Reads the templates of one run, each at most once. */
export class TemplateReader {
  readonly #find: (path: string) => SourceFile | undefined;
  readonly #templates = new Map<string, Template>();

  constructor(find: (path: string) => SourceFile | undefined) {
    this.#find = find;
  }

  /** The template a program names. */
  read({ fromFile, name, folders, syntax, options }: TemplateReference): Template | undefined {
    const home = folderOf(fromFile);
    const file = this.#search(name, foldersFor(home, folders));
    return file && this.ofFile(file, syntax, foldersFor(home, folders), 0, options);
  }

  /** The template a file holds from an offset on. */
  ofFile(
    file: SourceFile,
    syntax: TemplateSyntax,
    folders: readonly string[] = [],
    start = 0,
    options?: TemplateOptions,
  ): Template {
    const key = [file.path, syntax, start, JSON.stringify(options), ...folders].join("\0");
    let template = this.#templates.get(key);
    if (!template) {
      template = this.#parse(MappedText.ofFile(file, start), syntax, file.path, folders, options);
      this.#templates.set(key, template);
    }
    return template;
  }

  /**
   * A template that stands in a literal of some file, or was read from one.
   * @param given templates it may include; others are looked for beside it and beside `fromFile`
   */
  ofText(
    pieces: readonly TextPiece[],
    syntax: TemplateSyntax,
    fromFile: string,
    options?: TemplateOptions,
    given?: GivenTemplates,
  ): Template {
    const homes = [...new Set(pieces.map(({ span }) => folderOf(span.file)))];
    return this.#parse(this.#align(pieces), syntax, fromFile, homes, options, given);
  }

  /** Text with the places its words have in the file. */
  #align(pieces: readonly TextPiece[]): MappedText {
    const aligned = pieces.flatMap(({ text, span }) => {
      if (span.end - span.start === text.length) return [{ text, span }];
      const file = this.#find(span.file);
      return file ? alignText(text, file.text, span) : [{ text, span }];
    });
    return new MappedText(aligned);
  }

  #parse(
    source: MappedText,
    syntax: TemplateSyntax,
    path: string,
    folders: readonly string[],
    options: TemplateOptions | undefined,
    given?: GivenTemplates,
  ): Template {
    const load: LoadInclude = (name) => {
      const pieces = given?.get(name);
      if (pieces) return { id: name, path: pieces[0]?.span.file ?? path, source: this.#align(pieces) };
      const home = folderOf(path);
      const beside =
        syntax === "handlebars"
          ? [...folders, home].flatMap((folder) => partialFolders.map((each) => joinPaths(folder, each)))
          : [];
      return this.#load(name, home, folders, beside);
    };
    switch (syntax) {
      case "jinja":
        return readJinja(source, path, load, options);
      case "handlebars":
        return readHandlebars(source, path, load);
      case "braces":
        return readBraces(source, path);
      case "format":
        return readFormat(source, path);
      case "tags":
        return readTags(source, path);
    }
  }

  #load(
    name: string,
    home: string,
    folders: readonly string[],
    last: readonly string[],
  ): IncludedTemplate | undefined {
    const usual = usualFolders.map((folder) => joinPaths(home, folder));
    const file = this.#search(name, [...folders, home, ...usual, ...last]);
    return file && { id: file.path, path: file.path, source: MappedText.ofFile(file) };
  }

  #search(name: string, folders: readonly string[]): SourceFile | undefined {
    const slash = name.lastIndexOf("/") + 1;
    for (const folder of folders) {
      for (const extension of extensions) {
        // Partials of Handlebars often begin with an underscore.
        for (const candidate of [name, `${name.slice(0, slash)}_${name.slice(slash)}`]) {
          const file = this.#find(joinPaths(folder, candidate + extension));
          if (file && file.text.length <= maximumLength) return file;
        }
      }
    }
    return undefined;
  }
}

/** Where to look: the loader's folders, from the working folder and from the program's, else the usual ones. */
function foldersFor(home: string, folders: readonly string[]): string[] {
  const known = folders.length > 0 ? folders : [".", ...usualFolders];
  const above = folderOf(home);
  return [
    ...new Set([
      ...known,
      ...known.map((folder) => joinPaths(home, folder)),
      ...known.map((folder) => joinPaths(above, folder)),
    ]),
  ];
}
