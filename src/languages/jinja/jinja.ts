import type {
  Argument,
  Expression,
  FunctionNode,
  Parameter,
  Pattern,
  Statement,
} from "../../program/program.ts";
import type { LoadInclude, Template, TemplateOptions } from "../../program/template.ts";
import { MappedText } from "../../source/mapped-text.ts";
import type { Problem } from "../../source/problem.ts";
import type { Span } from "../../source/source-file.ts";
import { assignName, capturing, TemplateWriter } from "../template-writer.ts";
import type { JinjaNode } from "./jinja-nodes.ts";
import { parseJinja, type JinjaTree } from "./jinja-parser.ts";

/** How deep templates may include others. */
const maximumIncludes = 12;

/** Names every template has. */
const globals = new Set([
  "range",
  "dict",
  "lipsum",
  "cycler",
  "joiner",
  "namespace",
  "loop",
  "caller",
  "super",
]);

/**
 * Reads a Jinja or Nunjucks template. Blocks of the template it extends, and templates it includes, become part of
 * it; one that is not in view prints something unknown. Never throws on bad input.
 * @param path of the file the template stands in.
 */
export function readJinja(
  source: MappedText,
  path: string,
  load: LoadInclude,
  options: TemplateOptions = {},
): Template {
  const tree = parseJinja(withoutLastLineEnd(source), options);
  const lowering = new JinjaLowering(load, path, options);
  const body = lowering.root(tree);
  const names = new Set([...lowering.reads].filter((name) => !lowering.sets.has(name) && !globals.has(name)));
  return {
    module: { path, language: "python", body, comments: lowering.comments, problems: lowering.problems },
    names,
    includes: [...lowering.includes],
  };
}

/** Jinja drops one line end at the end of a template. */
function withoutLastLineEnd(source: MappedText): MappedText {
  const end = /\r?\n$/.exec(source.text)?.index;
  return end === undefined ? source : new MappedText(source.slice(0, end));
}

/** A block with the templates it stands in, the outermost child first: `super()` prints the next one. */
interface BlockVersion {
  readonly tree: JinjaTree;
  readonly body: readonly JinjaNode[];
}

class JinjaLowering {
  readonly reads = new Set<string>();
  readonly sets = new Set<string>();
  readonly comments: JinjaTree["comments"][number][] = [];
  readonly problems: Problem[] = [];
  readonly includes = new Set<string>();
  readonly #load: LoadInclude;
  /** Ids of the templates that are being read, so that one that includes itself ends. */
  readonly #stack: string[];
  readonly #blocks = new Map<string, BlockVersion[]>();
  readonly #parents: BlockVersion[][] = [];

  readonly #options: TemplateOptions;

  constructor(load: LoadInclude, path: string, options: TemplateOptions) {
    this.#load = load;
    this.#options = options;
    this.#stack = [path];
  }

  root(tree: JinjaTree): Statement[] {
    this.#note(tree);
    const extended = tree.nodes.find((node) => node.kind === "extends");
    const base = extended && this.#enter(extended.name);
    if (!base) return this.#body(tree, tree.nodes);
    for (const { name, body } of blocksIn(tree.nodes)) {
      this.#blocks.set(name, [...(this.#blocks.get(name) ?? []), { tree, body }]);
    }
    // What a child sets outside of its blocks is known in the blocks.
    const settings = tree.nodes.filter(({ kind }) => kind === "set" || kind === "macro" || kind === "import");
    const statements = [...this.#body(tree, settings), ...this.root(base)];
    this.#stack.pop();
    return statements;
  }

  #note(tree: JinjaTree): void {
    for (const name of tree.reads) this.reads.add(name);
    for (const name of tree.sets) this.sets.add(name);
    this.comments.push(...tree.comments);
    this.problems.push(...tree.problems);
  }

  /** Parses a template that another one names. To be followed by a pop of the stack. */
  #enter(name: Expression): JinjaTree | undefined {
    if (name.kind !== "literal" || typeof name.value !== "string") return undefined;
    if (this.#stack.length > maximumIncludes) return undefined;
    const found = this.#load(name.value);
    if (!found || this.#stack.includes(found.id)) return undefined;
    this.#stack.push(found.id);
    this.includes.add(found.path);
    return parseJinja(withoutLastLineEnd(found.source), this.#options);
  }

  #body(tree: JinjaTree, nodes: readonly JinjaNode[]): Statement[] {
    const writer = new TemplateWriter();
    for (const node of nodes) this.#node(tree, node, writer);
    return writer.finish();
  }

  #node(tree: JinjaTree, node: JinjaNode, writer: TemplateWriter): void {
    switch (node.kind) {
      case "text":
        return writer.text(tree.source.slice(node.start, node.end));
      case "output":
        if (isSuper(node.value)) return writer.add(...this.#parentBlock());
        return writer.value(mayBeMissing(node.value) ? printed(node.value) : node.value, node.span);
      case "if":
        return writer.add(this.#if(tree, node));
      case "for":
        return writer.add(...this.#for(tree, node));
      case "set":
        return writer.add({ kind: "assign", target: node.target, value: node.value, span: node.span });
      case "capture":
        return this.#capture(tree, node, writer);
      case "block":
        return writer.add(...this.#block(tree, node));
      case "include":
        return this.#include(node, writer);
      case "import":
        return writer.add(...this.#import(node));
      case "macro":
        return writer.add(this.#macro(tree, node));
      case "callBlock":
        return this.#callBlock(tree, node, writer);
      case "do":
        return writer.add({ kind: "expression", expression: node.value, span: node.span });
      case "extends":
        return undefined;
    }
  }

  #if(tree: JinjaTree, { branches, otherwise, span }: JinjaNode & { kind: "if" }): Statement {
    let rest = this.#body(tree, otherwise);
    for (const { test, body } of branches.toReversed()) {
      rest = [{ kind: "if", test, then: this.#body(tree, body), else: rest, span }];
    }
    return rest[0]!;
  }

  #for(tree: JinjaTree, node: JinjaNode & { kind: "for" }): Statement[] {
    const { iterable, condition, otherwise, usesLoop, span } = node;
    let body = this.#body(tree, node.body);
    if (condition) body = [{ kind: "if", test: condition, then: body, else: [], span: condition.span }];
    let { target } = node;
    let source = iterable;
    if (usesLoop) {
      const index: Pattern = { kind: "namePattern", name: "loop index", span };
      target = {
        kind: "listPattern",
        elements: [index, target].map((pattern) => ({ pattern, rest: false })),
        span,
      };
      source = callName("enumerate", [iterable], iterable.span);
      body = [assignName("loop", loopRecord(iterable, span), span), ...body];
    }
    const loop: Statement = {
      kind: "forEach",
      target,
      iterable: source,
      over: "values",
      body,
      else: [],
      span,
    };
    if (otherwise.length === 0) return [loop];
    const isEmpty: Expression = { kind: "unary", operator: "not", operand: iterable, span: iterable.span };
    return [{ kind: "if", test: isEmpty, then: this.#body(tree, otherwise), else: [loop], span }];
  }

  #capture(
    tree: JinjaTree,
    { name, change, body, span }: JinjaNode & { kind: "capture" },
    writer: TemplateWriter,
  ) {
    const maker = functionNode("", [], capturing(this.#body(tree, body), span), span);
    const callee: Expression = { kind: "functionExpression", function: maker, span };
    const value = change({ kind: "call", callee, arguments: [], isNew: false, optional: false, span });
    if (name === undefined) writer.value(value, span);
    else writer.add(assignName(name, value, span));
  }

  #block(tree: JinjaTree, { name, body }: JinjaNode & { kind: "block" }): Statement[] {
    const versions = [...(this.#blocks.get(name) ?? []), { tree, body }];
    return this.#version(versions);
  }

  #version([own, ...parents]: readonly BlockVersion[]): Statement[] {
    if (!own) return [];
    this.#parents.push(parents);
    const statements = this.#body(own.tree, own.body);
    this.#parents.pop();
    return statements;
  }

  #parentBlock(): Statement[] {
    return this.#version(this.#parents.at(-1) ?? []);
  }

  #include({ names, span }: JinjaNode & { kind: "include" }, writer: TemplateWriter): void {
    for (const name of names) {
      const tree = this.#enter(name);
      if (!tree) continue;
      writer.add(...this.#included(tree));
      this.#stack.pop();
      return;
    }
    writer.value(
      { kind: "unknownExpression", reason: "a template that is not in view", parts: [], span },
      span,
    );
  }

  /** What an included template prints. */
  #included(tree: JinjaTree): Statement[] {
    if (tree.nodes.some(({ kind }) => kind === "extends")) return this.root(tree);
    this.#note(tree);
    return this.#body(tree, tree.nodes);
  }

  #import({ source, alias, names, span }: JinjaNode & { kind: "import" }): Statement[] {
    const tree = this.#enter(source);
    const wanted = alias === undefined ? names.map(({ local }) => local) : [alias];
    if (!tree) return [{ kind: "unknown", reason: "a template that is not in view", assigns: wanted, span }];
    this.#note(tree);
    const kept = tree.nodes.filter(({ kind }) => kind === "macro" || kind === "set" || kind === "import");
    const statements = this.#body(tree, kept);
    this.#stack.pop();
    if (alias !== undefined) {
      const entries = [...tree.sets].map((name) => ({
        kind: "entry" as const,
        key: { kind: "literal" as const, value: name, span },
        value: { kind: "name" as const, name, span },
        span,
      }));
      statements.push(assignName(alias, { kind: "record", entries, span }, span));
    }
    for (const { name, local } of names) {
      if (name !== local) statements.push(assignName(local, { kind: "name", name, span }, span));
    }
    return statements;
  }

  #macro(tree: JinjaTree, { name, parameters, body, span }: JinjaNode & { kind: "macro" }): Statement {
    const printed = capturing(this.#body(tree, body), span);
    return { kind: "function", function: functionNode(name, parameters, printed, span), span };
  }

  #callBlock(tree: JinjaTree, node: JinjaNode & { kind: "callBlock" }, writer: TemplateWriter): void {
    const { call, parameters, body, span } = node;
    const caller = functionNode("caller", parameters, capturing(this.#body(tree, body), span), span);
    writer.add({ kind: "function", function: caller, span });
    writer.value(call, span);
  }
}

function functionNode(
  name: string,
  parameters: readonly Parameter[],
  body: readonly Statement[],
  span: Span,
): FunctionNode {
  const flags = { isAsync: false, isGenerator: false, isArrow: false, decorators: [] };
  return { name, parameters, body, ...flags, span, nameSpan: span };
}

function callName(name: string, operands: readonly Expression[], span: Span): Expression {
  const args = operands.map((value): Argument => ({ kind: "positional", value, span: value.span }));
  return {
    kind: "call",
    callee: { kind: "name", name, span },
    arguments: args,
    isNew: false,
    optional: false,
    span,
  };
}

/** `loop` inside of a loop. */
function loopRecord(iterable: Expression, span: Span): Expression {
  const index: Expression = { kind: "name", name: "loop index", span };
  const number = (value: number): Expression => ({ kind: "literal", value, span });
  const length = callName("len", [iterable], iterable.span);
  const binary = (operator: "+" | "-" | "==", left: Expression, right: Expression): Expression => ({
    kind: "binary",
    operator,
    left,
    right,
    span,
  });
  const fields: Readonly<Record<string, Expression>> = {
    index: binary("+", index, number(1)),
    index0: index,
    first: binary("==", index, number(0)),
    last: binary("==", index, binary("-", length, number(1))),
    length,
  };
  return {
    kind: "record",
    entries: Object.entries(fields).map(([key, value]) => ({
      kind: "entry",
      key: { kind: "literal", value: key, span },
      value,
      span,
    })),
    span,
  };
}

/** True for what may have no value at all, which Jinja prints as nothing and Python as `None`. */
function mayBeMissing({ kind }: Expression): boolean {
  return kind === "name" || kind === "member" || kind === "index";
}

function printed(value: Expression): Expression {
  return callName("template print", [value], value.span);
}

function isSuper(value: Expression): boolean {
  return value.kind === "call" && value.callee.kind === "name" && value.callee.name === "super";
}

/** The blocks of a template, nested ones included. */
function* blocksIn(nodes: readonly JinjaNode[]): Generator<JinjaNode & { kind: "block" }> {
  for (const node of nodes) {
    if (node.kind === "block") {
      yield node;
      yield* blocksIn(node.body);
    } else if (node.kind === "if") {
      for (const { body } of node.branches) yield* blocksIn(body);
      yield* blocksIn(node.otherwise);
    } else if (node.kind === "for") yield* blocksIn(node.body);
  }
}
