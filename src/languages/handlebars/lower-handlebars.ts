import type { Argument, Comment, Expression, Pattern, Statement } from "../../program/program.ts";
import type { MappedText } from "../../source/mapped-text.ts";
import type { Span } from "../../source/source-file.ts";
import { assignName, TemplateWriter } from "../template-writer.ts";
import type {
  BlockStatement,
  ContentStatement,
  HandlebarsExpression,
  HandlebarsNode,
  Hash,
  Location,
  MustacheStatement,
  PartialBlockStatement,
  PartialStatement,
  PathExpression,
  Program,
} from "./handlebars-ast.ts";

/** What a lowering works with. */
export interface HandlebarsContext {
  readonly source: MappedText;
  /** `from` is the offset in the source. */
  spanOf(location: Location): Span & { readonly from: number };
  /** Variables that are read are added. */
  readonly names: Set<string>;
  readonly comments: Comment[];
  /** Partials that templates define themselves, and the blocks handed to partials, by name. */
  readonly inline: Map<string, () => Statement[]>;
  /** The statements of a partial; undefined: it is not in view. */
  partial(name: string): Statement[] | undefined;
}

/** What plain names belong to: `undefined` at the top, the element of a loop, or the object of a section. */
interface Scope {
  readonly variable: string | undefined;
  /** A section's value may also be a plain condition: names are then those from outside. */
  readonly isSection: boolean;
  readonly blockParams: readonly string[];
}

/** Helpers of Dotprompt that are calls and not printed as what they are made of. */
const markers = new Set(["role", "media", "section", "history"]);

/** How deep partials that a template defines may use each other. */
const maximumInlineDepth = 8;

/** What a partial prints its block with. */
const blockName = "@partial-block";

/** Lowers the tree of a template. */
export class HandlebarsLowering {
  readonly #context: HandlebarsContext;
  readonly #scopes: Scope[] = [{ variable: undefined, isSection: false, blockParams: [] }];
  #loops = 0;
  #inlineDepth = 0;

  constructor(context: HandlebarsContext) {
    this.#context = context;
  }

  program(program: Program | undefined): Statement[] {
    const writer = new TemplateWriter();
    for (const node of program?.body ?? []) this.#node(node, writer);
    return writer.finish();
  }

  #node(node: HandlebarsNode, writer: TemplateWriter): void {
    switch (node.type) {
      case "ContentStatement":
        return this.#content(node, writer);
      case "MustacheStatement":
        return writer.value(this.#mustache(node), this.#span(node.loc));
      case "BlockStatement":
        return writer.add(...this.#block(node));
      case "PartialStatement":
        return this.#partial(node, writer);
      case "CommentStatement": {
        const { comments } = this.#context;
        comments.push({ text: node.value.trim(), span: this.#span(node.loc) });
        return undefined;
      }
      case "PartialBlockStatement":
        return this.#partialBlock(node, writer);
      case "DecoratorBlock": {
        const [name] = node.params;
        if (name?.type === "StringLiteral") {
          this.#context.inline.set(String(name.value), () => this.program(node.program));
        }
        return undefined;
      }
      case "Decorator":
        return undefined;
    }
  }

  /** The block is what `@partial-block` prints, and what is printed where the partial is not in view. */
  #partialBlock(node: PartialBlockStatement, writer: TemplateWriter): void {
    const { inline } = this.#context;
    const outer = inline.get(blockName);
    const block = this.program(node.program);
    inline.set(blockName, () => block);
    if (!this.#printPartial(node, writer)) writer.add(...block);
    if (outer) inline.set(blockName, outer);
    else inline.delete(blockName);
  }

  #span(location: Location): Span {
    const { file, start, end } = this.#context.spanOf(location);
    return { file, start, end };
  }

  #content({ value, original, loc }: ContentStatement, writer: TemplateWriter): void {
    if (value === "") return;
    const { source } = this.#context;
    const { from } = this.#context.spanOf(loc);
    const start = from + Math.max(0, original.indexOf(value));
    const isVerbatim = source.text.startsWith(value, start);
    // An escaped brace is printed without its backslash.
    writer.text(
      isVerbatim ? source.slice(start, start + value.length) : [{ text: value, span: this.#span(loc) }],
    );
  }

  #mustache({ path, params, hash, loc }: MustacheStatement): Expression {
    if (params.length === 0 && !hash?.pairs.length) return this.#expression(path);
    return this.#helper(path, params, hash, this.#span(loc));
  }

  #helper(
    path: HandlebarsExpression,
    params: readonly HandlebarsExpression[],
    hash: Hash | undefined,
    span: Span,
  ): Expression {
    const name = path.type === "PathExpression" ? path.original : "";
    const operands = [...params, ...(hash?.pairs ?? []).map(({ value }) => value)].map((value) =>
      this.#expression(value),
    );
    const [first, second] = operands;
    if (markers.has(name)) {
      this.#context.names.add(name);
      return call({ kind: "name", name, span }, operands, span);
    }
    if (/^(?:json|stringify|toJSON)$/i.test(name) && first) {
      return call({ kind: "name", name: "JSON.stringify", span }, [first], span);
    }
    if (name === "lookup" && first && second) {
      return { kind: "index", object: first, index: second, optional: true, span };
    }
    const operator = comparisonHelpers.get(name);
    if (operator && first && second) {
      return { kind: "binary", operator, left: first, right: second, span };
    }
    if (name === "not" && first) return { kind: "unary", operator: "not", operand: first, span };
    if ((name === "and" || name === "or") && first && second) {
      return { kind: "logical", operator: name, left: first, right: second, span };
    }
    // A helper of the program makes something of its operands.
    const named: Expression = { kind: "literal", value: name, span };
    return call({ kind: "name", name: "template filter", span }, [...operands, named], span);
  }

  #block(node: BlockStatement): Statement[] {
    const { path, params, hash, loc } = node;
    const name = path.type === "PathExpression" ? path.original : "";
    const span = this.#span(loc);
    const [operand] = params;
    if (name === "if" && operand) return [this.#if(node, this.#expression(operand), span)];
    if (name === "unless" && operand) {
      const test = this.#expression(operand);
      return [this.#if(node, { kind: "unary", operator: "not", operand: test, span: test.span }, span)];
    }
    if (name === "each" && operand) return this.#loop(node, this.#expression(operand), span);
    if (name === "with" && operand) return this.#with(node, this.#expression(operand), span);
    if (params.length > 0 || hash?.pairs.length) {
      const operator = comparisonHelpers.get(name);
      const test = this.#helper(path, params, hash, span);
      if (operator) return [this.#if(node, test, span)];
      // A block helper of the program: what stands inside is printed.
      return this.program(node.program);
    }
    const value = this.#expression(path);
    if (!node.program) return [this.#if(node, value, span)];
    const source = call({ kind: "name", name: "template section", span }, [value], value.span);
    return this.#loop(node, source, span, true);
  }

  #if({ program, inverse }: BlockStatement, test: Expression, span: Span): Statement {
    return { kind: "if", test, then: this.program(program), else: this.program(inverse), span };
  }

  #with(node: BlockStatement, value: Expression, span: Span): Statement[] {
    const variable = this.#newVariable();
    const body = this.#within(node.program, { variable, isSection: false });
    const test: Expression = { kind: "name", name: variable, span: value.span };
    const choice: Statement = { kind: "if", test, then: body, else: this.program(node.inverse), span };
    return [assignName(variable, value, value.span), choice];
  }

  #loop(node: BlockStatement, iterable: Expression, span: Span, isSection = false): Statement[] {
    const variable = this.#newVariable();
    const body = this.#within(node.program, { variable, isSection });
    const pattern: Pattern = { kind: "namePattern", name: variable, span };
    const source = isSection
      ? iterable
      : call({ kind: "name", name: "template items", span }, [iterable], iterable.span);
    const loop: Statement = {
      kind: "forEach",
      target: pattern,
      iterable: source,
      over: "values",
      body,
      else: [],
      span,
    };
    if (!node.inverse?.body.length) return [loop];
    const isEmpty: Expression = {
      kind: "unary",
      operator: "not",
      operand: iterable,
      span: iterable.span,
    };
    return [{ kind: "if", test: isEmpty, then: this.program(node.inverse), else: [loop], span }];
  }

  #newVariable(): string {
    return `this ${++this.#loops}`;
  }

  #within(program: Program | undefined, scope: Omit<Scope, "blockParams">): Statement[] {
    this.#scopes.push({ ...scope, blockParams: program?.blockParams ?? [] });
    const body = this.program(program);
    this.#scopes.pop();
    return body;
  }

  #partial(node: PartialStatement, writer: TemplateWriter): void {
    if (this.#printPartial(node, writer)) return;
    const span = this.#span(node.loc);
    const reason = "a partial that is not in view";
    writer.value({ kind: "unknownExpression", reason, parts: [], span }, span);
  }

  /** False where the partial is not in view. */
  #printPartial(
    { name, params, hash, loc }: Pick<PartialStatement, "name" | "params" | "hash" | "loc">,
    writer: TemplateWriter,
  ): boolean {
    const span = this.#span(loc);
    const literal =
      name.type === "PathExpression"
        ? name.original
        : name.type === "StringLiteral"
          ? String(name.value)
          : "";
    const statements = params.length === 0 ? this.#statementsOf(literal) : undefined;
    if (!statements) return false;
    for (const { key, value } of hash?.pairs ?? [])
      writer.add(assignName(key, this.#expression(value), span));
    writer.add(...statements);
    return true;
  }

  #statementsOf(name: string): Statement[] | undefined {
    const inline = this.#context.inline.get(name);
    if (!inline) return this.#context.partial(name);
    if (this.#inlineDepth >= maximumInlineDepth) return undefined;
    this.#inlineDepth++;
    const statements = inline();
    this.#inlineDepth--;
    return statements;
  }

  #expression(node: HandlebarsExpression): Expression {
    const span = this.#span(node.loc);
    switch (node.type) {
      case "PathExpression":
        return this.#path(node, span);
      case "SubExpression":
        return this.#helper(node.path, node.params, undefined, span);
      case "StringLiteral":
      case "NumberLiteral":
      case "BooleanLiteral":
        return { kind: "literal", value: node.value, span };
      default:
        return { kind: "literal", value: undefined, span };
    }
  }

  #path({ data, depth, parts, original }: PathExpression, span: Span): Expression {
    const names = parts.filter((part): part is string => typeof part === "string");
    const [head, ...tail] = names;
    if (data && head !== "root") return { kind: "unknownExpression", reason: `@${head}`, parts: [], span };
    if (data) return members(this.#name(tail[0] ?? "", span), tail.slice(1), span);
    const holder = this.#scopes.findLast(({ blockParams }) => head !== undefined && blockParams[0] === head);
    if (holder?.variable !== undefined)
      return members({ kind: "name", name: holder.variable, span }, tail, span);
    const scope = this.#scopes[Math.max(0, this.#scopes.length - 1 - depth)]!;
    if (head === undefined) {
      return { kind: "name", name: scope.variable ?? "this", span };
    }
    if (scope.variable === undefined) return members(this.#name(head, span), tail, span);
    const object: Expression = { kind: "name", name: scope.variable, span };
    if (!scope.isSection || /^(?:this\b|\.\.?\/)/.test(original)) return members(object, names, span);
    const key: Expression = { kind: "literal", value: head, span };
    const found = call(
      { kind: "name", name: "template lookup", span },
      [object, key, this.#name(head, span)],
      span,
    );
    return members(found, tail, span);
  }

  #name(name: string, span: Span): Expression {
    this.#context.names.add(name);
    return { kind: "name", name, span };
  }
}

const comparisonHelpers: ReadonlyMap<string, "==" | "!=" | "<" | ">"> = new Map([
  ["eq", "=="],
  ["ifEquals", "=="],
  ["ne", "!="],
  ["unlessEquals", "!="],
  ["lt", "<"],
  ["gt", ">"],
]);

function members(object: Expression, names: readonly string[], span: Span): Expression {
  return names.reduce<Expression>(
    (value, name) => ({ kind: "member", object: value, name, optional: true, span }),
    object,
  );
}

function call(callee: Expression, operands: readonly Expression[], span: Span): Expression {
  const args = operands.map((value): Argument => ({ kind: "positional", value, span: value.span }));
  return { kind: "call", callee, arguments: args, isNew: false, optional: false, span };
}
