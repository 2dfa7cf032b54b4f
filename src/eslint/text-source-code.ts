import { ConfigCommentParser, Directive, TextSourceCodeBase, VisitNodeStep } from "@eslint/plugin-kit";
import { Project } from "../engine/project.ts";
import { commentsOf } from "../engine/suppressions/file-comments.ts";
import { SourceFile } from "../source/source-file.ts";
import { noScope, noScopes, noTypes } from "./no-javascript.ts";

/** A stretch of text with its place, as ESLint wants every node of a tree. */
export interface TextNode {
  readonly type: "Document" | "Comment";
  readonly range: [number, number];
  readonly loc: { readonly start: TextPlace; readonly end: TextPlace };
  /** The text of a comment, without its markers. */
  readonly value?: string;
}

/** Lines count from 1, columns from 0. */
interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** What ESLint is told of a comment that speaks to it and that cannot be taken. */
interface DirectiveProblem {
  readonly ruleId: null;
  readonly message: string;
  readonly loc: TextNode["loc"];
}

/** Rules that a comment sets for its file. */
interface InlineConfig {
  readonly config: { readonly rules: Record<string, unknown> };
  readonly loc: TextNode["loc"];
}

const directiveTypes: Readonly<Record<string, Directive["type"]>> = {
  "eslint-disable": "disable",
  "eslint-enable": "enable",
  "eslint-disable-line": "disable-line",
  "eslint-disable-next-line": "disable-next-line",
};

const commentParser = new ConfigCommentParser();

/** Line ends as promptlint counts them: `\n`, `\r\n` and a lone `\r`. */
const lineEndingPattern = /\r\n|[\r\n]/;

/**
 * A file in a language of promptlint, for ESLint: a tree of one node, and comments that speak to ESLint. Rules that
 * want to know more ask the engine, which reads the text when it has to.
 */
export class TextSourceCode extends TextSourceCodeBase<{
  LangOptions: Record<string, unknown>;
  RootNode: TextNode;
  SyntaxElementWithLoc: TextNode;
  ConfigNode: TextNode;
}> {
  readonly #file: SourceFile;
  readonly #project: Project;
  #comments: readonly TextNode[] | undefined;

  constructor(path: string, text: string) {
    const file = new SourceFile(path, text);
    super({ text, ast: nodeOf("Document", file, 0, text.length), lineEndingPattern });
    this.#file = file;
    this.#project = new Project({
      readText: (asked) => (asked === path ? { text } : undefined),
      exists: (asked) => asked === path,
    });
  }

  /** The comments of a file in which one may speak to ESLint. */
  get comments(): readonly TextNode[] {
    this.#comments ??= commentsOf(this.#project, this.#file).comments.map(({ text, span }) =>
      nodeOf("Comment", this.#file, span.start, span.end, text),
    );
    return this.#comments;
  }

  readonly parserServices = noTypes;
  readonly scopeManager = noScopes;
  readonly tokensAndComments: readonly TextNode[] = [];

  getAllComments(): readonly TextNode[] {
    return [];
  }

  getScope(): typeof noScope {
    return noScope;
  }

  override getParent(node: TextNode): TextNode | undefined {
    return node === this.ast ? undefined : this.ast;
  }

  override getAncestors(node: TextNode): TextNode[] {
    return node === this.ast ? [] : [this.ast];
  }

  override *traverse(): Iterable<VisitNodeStep> {
    yield new VisitNodeStep({ target: this.ast, phase: 1, args: [this.ast] });
    yield new VisitNodeStep({ target: this.ast, phase: 2, args: [this.ast] });
  }

  getInlineConfigNodes(): TextNode[] {
    // Most files need not be read for this.
    if (!/\beslint[-\s]/.test(this.text)) return [];
    return this.comments.filter(({ value = "" }) =>
      /^eslint(?:-(?:disable|enable)[\w-]*)?(?:\s|$)/.test(value),
    );
  }

  getDisableDirectives(): { directives: Directive[]; problems: DirectiveProblem[] } {
    const directives: Directive[] = [];
    const problems: DirectiveProblem[] = [];
    for (const comment of this.getInlineConfigNodes()) {
      const { label = "", value = "", justification = "" } = parse(comment);
      const type = directiveTypes[label];
      if (!type) continue;
      if (type === "disable-line" && comment.loc.start.line !== comment.loc.end.line) {
        problems.push({
          ruleId: null,
          message: `${label} comment should not span multiple lines.`,
          loc: comment.loc,
        });
        continue;
      }
      directives.push(new Directive({ type, node: comment, value, justification }));
    }
    return { directives, problems };
  }

  applyInlineConfig(): { configs: InlineConfig[]; problems: DirectiveProblem[] } {
    const configs: InlineConfig[] = [];
    const problems: DirectiveProblem[] = [];
    for (const comment of this.getInlineConfigNodes()) {
      const { label, value = "" } = parse(comment);
      if (label !== "eslint") continue;
      const parsed = commentParser.parseJSONLikeConfig(value);
      if (parsed.ok) configs.push({ config: { rules: parsed.config }, loc: comment.loc });
      else problems.push({ ruleId: null, message: parsed.error.message, loc: comment.loc });
    }
    return { configs, problems };
  }
}

function parse({ value = "" }: TextNode): { label?: string; value?: string; justification?: string } {
  return commentParser.parseDirective(value) ?? {};
}

function nodeOf(
  type: TextNode["type"],
  file: SourceFile,
  start: number,
  end: number,
  value?: string,
): TextNode {
  const placeOf = (offset: number): TextPlace => {
    const { line, column } = file.positionAt(offset);
    return { line, column: column - 1 };
  };
  const loc = { start: placeOf(start), end: placeOf(end) };
  return { type, range: [start, end], loc, ...(value !== undefined && { value }) };
}
