import type { Expression, Parameter, Pattern } from "../../program/program.ts";
import type { TemplateOptions } from "../../program/template.ts";
import type { MappedText } from "../../source/mapped-text.ts";
import type { Problem } from "../../source/problem.ts";
import type { Span } from "../../source/source-file.ts";
import { JinjaChunks, type JinjaChunk } from "./jinja-chunks.ts";
import { JinjaExpressions } from "./jinja-expressions.ts";
import type { JinjaNode } from "./jinja-nodes.ts";
import { JinjaTokens } from "./jinja-tokens.ts";

/** A parsed template. */
export interface JinjaTree {
  readonly source: MappedText;
  readonly nodes: readonly JinjaNode[];
  readonly comments: JinjaChunks["comments"];
  readonly problems: readonly Problem[];
  /** Names it reads. */
  readonly reads: ReadonlySet<string>;
  /** Names it sets itself: with `set`, as loop variables, macros and imports. */
  readonly sets: ReadonlySet<string>;
}

/** Deepest nesting of blocks that is read. */
const maximumDepth = 60;

/** Parses a template. What is not understood is left out, with a problem. */
export function parseJinja(source: MappedText, options: TemplateOptions = {}): JinjaTree {
  return new JinjaParser(source, options).parse();
}

/** A tag with its name and a reader for the rest of it. */
interface Tag {
  readonly name: string;
  readonly tokens: JinjaTokens;
  readonly expressions: JinjaExpressions;
  readonly span: Span;
  readonly chunk: JinjaChunk;
}

class JinjaParser {
  readonly #source: MappedText;
  readonly #cut: JinjaChunks;
  readonly #reads = new Set<string>();
  readonly #sets = new Set<string>();
  readonly #problems: Problem[] = [];
  #at = 0;
  #depth = 0;
  /** The tag that ended the last body. */
  #closing: Tag | undefined;

  constructor(source: MappedText, options: TemplateOptions) {
    this.#source = source;
    this.#cut = new JinjaChunks(source, options);
  }

  parse(): JinjaTree {
    for (const start of this.#cut.unclosed) {
      this.#problem("A tag is not closed, so the rest of the template is not read.", start, start + 2);
    }
    const nodes = this.#body([]);
    const { comments } = this.#cut;
    return {
      source: this.#source,
      nodes,
      comments,
      problems: this.#problems,
      reads: this.#reads,
      sets: this.#sets,
    };
  }

  /** Nodes up to one of the closing tags, or to the end of the template where there are none to look for. */
  #body(closing: readonly string[]): JinjaNode[] {
    const nodes: JinjaNode[] = [];
    this.#closing = undefined;
    const { chunks } = this.#cut;
    while (this.#at < chunks.length) {
      const chunk = chunks[this.#at++]!;
      if (chunk.kind === "text") {
        nodes.push({ kind: "text", start: chunk.start, end: chunk.end });
        continue;
      }
      const tag = this.#open(chunk);
      if (chunk.kind === "output") {
        const value = tag.expressions.parseTuple();
        if (!tag.tokens.isAtEnd) this.#notUnderstood(tag);
        nodes.push({ kind: "output", value, span: tag.span });
      } else if (closing.includes(tag.name)) {
        this.#closing = tag;
        return nodes;
      } else nodes.push(...this.#tag(tag));
    }
    return nodes;
  }

  #open(chunk: JinjaChunk): Tag {
    const tokens = new JinjaTokens(this.#source, chunk.innerStart, chunk.innerEnd);
    const span = this.#source.spanOf(chunk.start, chunk.end);
    const name = chunk.kind === "tag" ? (tokens.takeName()?.text ?? "") : "";
    return { name, tokens, expressions: new JinjaExpressions(tokens, this.#reads), span, chunk };
  }

  /** The body of a block up to its end tag; the problem of a missing one is told at the opening tag. */
  #inner(opening: Tag, ...closing: readonly string[]): JinjaNode[] {
    if (++this.#depth > maximumDepth) return [];
    const nodes = this.#body(closing);
    this.#depth--;
    if (!this.#closing) {
      const { start, end } = opening.chunk;
      this.#problem(`The block \`${opening.name}\` is not closed.`, start, end);
    }
    return nodes;
  }

  #tag(tag: Tag): readonly JinjaNode[] {
    const { name, tokens, expressions, span } = tag;
    switch (name) {
      case "if":
      case "unless":
        return [this.#if(tag)];
      case "for":
        return [this.#for(tag)];
      case "set":
      case "assign":
      case "capture":
        return this.#set(tag);
      case "block": {
        const blockName = tokens.takeName()?.text ?? "";
        return [{ kind: "block", name: blockName, body: this.#inner(tag, "endblock") }];
      }
      case "comment":
        this.#inner(tag, "endcomment");
        return [];
      case "include":
      case "render":
        return [{ kind: "include", names: namesIn(expressions.parse()), span }];
      case "extends":
        return [{ kind: "extends", name: expressions.parse() }];
      case "import":
      case "from":
        return [this.#import(tag)];
      case "macro":
        return [this.#macro(tag)];
      case "call": {
        const parameters = tokens.take("(") ? this.#parameters(tag) : [];
        const call = expressions.parse();
        return [{ kind: "callBlock", call, parameters, body: this.#inner(tag, "endcall"), span }];
      }
      case "filter": {
        const change = this.#filterChain(tag);
        return [{ kind: "capture", name: undefined, change, body: this.#inner(tag, "endfilter"), span }];
      }
      case "with":
        return this.#with(tag);
      case "do":
        return [{ kind: "do", value: expressions.parseTuple(), span }];
      case "now":
        return [{ kind: "output", value: this.#now(tag), span }];
      default:
        // Tags of extensions, such as `trans` and `autoescape`: what stands inside is printed.
        return [];
    }
  }

  /** `{% now "utc", "%Y-%m-%d" %}`: the last text, if it is no time zone, is the format. */
  #now({ tokens, expressions, span }: Tag): Expression {
    const callOf = (callee: Expression, ...operands: readonly Expression[]): Expression => ({
      kind: "call",
      callee,
      arguments: operands.map((value) => ({ kind: "positional", value, span })),
      isNew: false,
      optional: false,
      span,
    });
    const now = callOf({ kind: "name", name: "datetime.datetime.now", span });
    let format: Expression | undefined;
    while (!tokens.isAtEnd) {
      const operand = expressions.parse();
      if (operand.kind === "literal" && String(operand.value).includes("%")) format = operand;
      if (!tokens.take(",")) break;
    }
    return format
      ? callOf({ kind: "member", object: now, name: "strftime", optional: false, span }, format)
      : now;
  }

  #if(tag: Tag): JinjaNode {
    const branches: { test: Expression; body: JinjaNode[] }[] = [];
    let otherwise: JinjaNode[] = [];
    let current: Tag | undefined = tag;
    while (current) {
      if (current.name === "else") {
        otherwise = this.#inner(tag, "endif", "endunless");
        break;
      }
      const asked = current.expressions.parseTuple();
      if (!current.tokens.isAtEnd) this.#notUnderstood(current);
      const { span } = asked;
      const test: Expression =
        current.name === "unless" ? { kind: "unary", operator: "not", operand: asked, span } : asked;
      const body = this.#inner(tag, "elif", "elseif", "elsif", "else", "endif", "endunless");
      branches.push({ test, body });
      current = /^end/.test(this.#closing?.name ?? "end") ? undefined : this.#closing;
    }
    return { kind: "if", branches, otherwise, span: tag.span };
  }

  #for(tag: Tag): JinjaNode {
    const { tokens, expressions, span } = tag;
    const target = this.#targets(tag);
    tokens.take("in");
    const iterable = expressions.parseTuple(true);
    const condition = tokens.take("if") ? expressions.parse() : undefined;
    tokens.take("recursive");
    if (!tokens.isAtEnd) this.#notUnderstood(tag);
    const readBefore = this.#reads.has("loop");
    this.#reads.delete("loop");
    const body = this.#inner(tag, "else", "endfor");
    const otherwise = this.#closing?.name === "else" ? this.#inner(tag, "endfor") : [];
    const usesLoop = this.#reads.has("loop");
    if (!readBefore) this.#reads.delete("loop");
    return { kind: "for", target, iterable, condition, body, otherwise, usesLoop, span };
  }

  #set(tag: Tag): readonly JinjaNode[] {
    const { tokens, expressions, span } = tag;
    const target = this.#targets(tag);
    if (tokens.take("=")) {
      const value = expressions.parseTuple();
      if (!tokens.isAtEnd) this.#notUnderstood(tag);
      return [{ kind: "set", target, value, span }];
    }
    const change = this.#filterChain(tag);
    const name = target.kind === "namePattern" ? target.name : "";
    return [{ kind: "capture", name, change, body: this.#inner(tag, "endset", "endcapture"), span }];
  }

  /** `upper | trim` of a filter block, or what follows the name of a set block, as it changes a value. */
  #filterChain({ name, tokens, expressions }: Tag): (value: Expression) => Expression {
    const { start } = tokens.current;
    const filters = expressions.parseFilterCalls(name === "filter");
    return (value) =>
      filters.reduce((changed, apply) => apply(changed, tokens.source.spanOf(start, start)), value);
  }

  #with(tag: Tag): readonly JinjaNode[] {
    const { tokens, expressions, span } = tag;
    const nodes: JinjaNode[] = [];
    while (tokens.current.kind === "name") {
      const target = this.#target(tag);
      if (!tokens.take("=")) break;
      nodes.push({ kind: "set", target, value: expressions.parse(), span });
      tokens.take(",");
    }
    return [...nodes, ...this.#inner(tag, "endwith")];
  }

  #import({ name, tokens, expressions, span }: Tag): JinjaNode {
    const source = expressions.parse();
    if (name === "import") {
      tokens.take("as");
      const alias = tokens.takeName()?.text;
      if (alias !== undefined) this.#sets.add(alias);
      return { kind: "import", source, alias, names: [], span };
    }
    tokens.take("import");
    const names: { name: string; local: string }[] = [];
    for (let imported = tokens.takeName(); imported; imported = tokens.takeName()) {
      if (imported.text === "with" || imported.text === "without") break;
      const local = tokens.take("as") ? (tokens.takeName()?.text ?? imported.text) : imported.text;
      names.push({ name: imported.text, local });
      this.#sets.add(local);
      tokens.take(",");
    }
    return { kind: "import", source, alias: undefined, names, span };
  }

  #macro(tag: Tag): JinjaNode {
    const { tokens, span } = tag;
    const name = tokens.takeName()?.text ?? "";
    this.#sets.add(name);
    const parameters = tokens.take("(") ? this.#parameters(tag) : [];
    return { kind: "macro", name, parameters, body: this.#inner(tag, "endmacro"), span };
  }

  /** Parameters up to the closing parenthesis. */
  #parameters({ tokens, expressions }: Tag): Parameter[] {
    const parameters: Parameter[] = [];
    while (!tokens.isAtEnd && !tokens.take(")")) {
      const name = tokens.takeName();
      if (!name) {
        tokens.next();
        continue;
      }
      this.#sets.add(name.text);
      const span = this.#source.spanOf(name.start, name.end);
      const value = tokens.take("=") ? expressions.parse() : undefined;
      const pattern: Pattern = { kind: "namePattern", name: name.text, span };
      parameters.push({
        pattern,
        ...(value && { default: value }),
        kind: "positional",
        optional: false,
        span,
      });
      tokens.take(",");
    }
    return parameters;
  }

  /** `a` or `a, b`, with or without parentheses. */
  #targets(tag: Tag): Pattern {
    const { tokens, span } = tag;
    const isWrapped = tokens.take("(");
    const first = this.#target(tag);
    if (!tokens.is(",")) {
      if (isWrapped) tokens.take(")");
      return first;
    }
    const elements = [{ pattern: first, rest: false }];
    while (tokens.take(",")) elements.push({ pattern: this.#target(tag), rest: false });
    if (isWrapped) tokens.take(")");
    return { kind: "listPattern", elements, span };
  }

  /** A name, or the attribute of a namespace: `ns.found`. */
  #target(tag: Tag): Pattern {
    const { tokens, span: whole } = tag;
    if (tokens.take("(")) {
      const inner = this.#targets(tag);
      tokens.take(")");
      return inner;
    }
    const name = tokens.takeName();
    if (!name) return { kind: "namePattern", name: "", span: whole };
    const span = this.#source.spanOf(name.start, name.end);
    if (tokens.take(".")) {
      const attribute = tokens.takeName()?.text ?? "";
      const object = { kind: "name" as const, name: name.text, span };
      const place = { kind: "member" as const, object, name: attribute, optional: false, span };
      return { kind: "placePattern", place, span };
    }
    this.#sets.add(name.text);
    return { kind: "namePattern", name: name.text, span };
  }

  #notUnderstood({ chunk, tokens }: Tag): void {
    const found = tokens.current.text;
    this.#problem(
      `\`${found}\` was not expected here, so a part of the tag is not read.`,
      chunk.start,
      chunk.end,
    );
  }

  #problem(message: string, start: number, end: number): void {
    this.#problems.push({ severity: "note", message, span: this.#source.spanOf(start, end) });
  }
}

/** The candidates of `include ["a.j2", "b.j2"]`. */
function namesIn(value: Expression): readonly Expression[] {
  if (value.kind !== "list") return [value];
  return value.elements.map((element) => element.value);
}
