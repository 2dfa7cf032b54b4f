import { findTexts } from "../../languages/find-node.ts";
import { hclComments } from "../../languages/hcl/hcl.ts";
import { jsonComments } from "../../languages/json/json.ts";
import { findCell } from "../../languages/notebook/notebook.ts";
import { multiLineYamlTexts, yamlComments } from "../../languages/yaml/yaml.ts";
import type { Comment } from "../../program/program.ts";
import { templateSyntaxOf } from "../../sdks/assets/prompt-file.ts";
import type { SourceFile, Span } from "../../source/source-file.ts";
import type { Project } from "../project.ts";
import { isTemplatePath, readPromptFile } from "../prompt-files.ts";

/** What has to be known of a file to say which lines its comments speak of. */
export interface FileComments {
  readonly comments: readonly Comment[];
  /** Strings that go over several lines: no comment can stand between their lines. */
  readonly texts: readonly Span[];
  /**
   * The number of the line an offset stands in. Neighbours in the source are neighbours in number; two lines that
   * people see apart, such as those of two cells, are not.
   */
  lineOf(offset: number): number;
}

/** The comments of a file, as the reader of its language finds them; none where it has no comments. */
export function commentsOf(project: Project, file: SourceFile): FileComments {
  const { path } = file;
  const lineOf = (offset: number): number => file.positionAt(offset).line;
  if (/\.ya?ml$/i.test(path))
    return { comments: yamlComments(file), texts: multiLineYamlTexts(file), lineOf };
  if (/\.jsonc?$/i.test(path)) return { comments: jsonComments(file), texts: [], lineOf };
  if (/\.tf$/i.test(path)) return { ...hclComments(file), lineOf };
  if (isTemplatePath(path)) return { comments: templateComments(project, file), texts: [], lineOf };
  const module = project.module(path);
  if (!module) return { comments: [], texts: [], lineOf };
  return {
    comments: module.comments,
    texts: findTexts(module),
    lineOf: /\.ipynb$/i.test(path) ? lineInCells(file) : lineOf,
  };
}

/** More lines than a cell has. */
const linesPerCell = 1_000_000;

/** A line of a cell's source is one string of the file, or all of them are. */
function lineInCells(file: SourceFile): (offset: number) => number {
  return (offset) => {
    const found = findCell(file, offset);
    return found ? (found.cell + 1) * linesPerCell + found.line : file.positionAt(offset).line;
  };
}

function templateComments(project: Project, file: SourceFile): readonly Comment[] {
  const { prompt, comments } = readPromptFile(file);
  const syntax = templateSyntaxOf(prompt);
  if (syntax !== "jinja" && syntax !== "handlebars") return comments;
  const template = project.templates.ofFile(file, syntax, [], prompt.span.start);
  return [...comments, ...template.module.comments.filter(({ span }) => span.file === file.path)];
}
