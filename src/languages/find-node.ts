import type {
  CallExpression,
  Expression,
  ListExpression,
  Module,
  RecordExpression,
  SetExpression,
  Statement,
} from "../program/program.ts";
import type { Span } from "../source/source-file.ts";

/** What holds items between brackets. */
export type ItemHolder = CallExpression | ListExpression | RecordExpression | SetExpression;

/** What stands at a place of a program. */
export type FoundNode =
  { readonly kind: "item"; readonly holder: ItemHolder; readonly index: number } | FoundStatement;

/** A statement with those it stands among. */
export interface FoundStatement {
  readonly kind: "statement";
  readonly statement: Statement;
  readonly siblings: readonly Statement[];
}

/** A node of a program, of whichever kind. */
export interface AnyNode {
  readonly kind: string;
  readonly span: Span;
}

/**
 * The item or the assignment at exactly this place of a program; undefined where there is none, or more than one, as
 * where one assignment of the source became several of the program.
 */
export function findNode(module: Module, at: Span): FoundNode | undefined {
  const found: FoundNode[] = [];
  visit(module.body, (node, siblings) => {
    const holder = holderOf(node);
    if (holder) {
      const index = itemsOf(holder).findIndex(({ span }) => isAt(span, at));
      if (index >= 0) found.push({ kind: "item", holder, index });
    }
    if (siblings && isAssignment(node) && isAt(node.span, at)) {
      found.push({ kind: "statement", statement: node, siblings: siblings as readonly Statement[] });
    }
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The innermost expression of some kind at exactly this place, or undefined. */
export function findExpression<Kind extends Expression["kind"]>(
  module: Module,
  at: Span,
  kind: Kind,
): Extract<Expression, { kind: Kind }> | undefined {
  let found: Extract<Expression, { kind: Kind }> | undefined;
  visit(module.body, (node) => {
    if (node.kind === kind && isAt(node.span, at)) found = node as Extract<Expression, { kind: Kind }>;
  });
  return found;
}

/** The statement that is nothing but the call at this place. */
export function findCallStatement(module: Module, call: Span): FoundStatement | undefined {
  let found: FoundStatement | undefined;
  visit(module.body, (node, siblings) => {
    if (node.kind !== "expression" || !siblings) return;
    const { expression } = node as Extract<Statement, { kind: "expression" }>;
    if (expression.kind !== "call" || !isAt(expression.span, call)) return;
    found = {
      kind: "statement",
      statement: node as Extract<Statement, { kind: "expression" }>,
      siblings: siblings as readonly Statement[],
    };
  });
  return found;
}

/** True where an element of a list begins at this place and holds more of the source, such as a cast. */
export function isElementOfList(module: Module, at: Span): boolean {
  let isFound = false;
  walk(module.body, (node, parent) => {
    if (isAt(node.span, at) && parent?.node["kind"] === "element") isFound = true;
  });
  return isFound;
}

/** True where an expression stands at exactly this place that is no short form of an entry, as in `{ system }`. */
export function hasExpression(module: Module, at: Span): boolean {
  let isFound = false;
  let isShort = false;
  walk(module.body, (node, parent) => {
    if (!isAt(node.span, at)) return;
    if (node.kind === "entry") isShort = true;
    else if (parent?.key === "value") isFound = true;
  });
  return isFound && !isShort;
}

/** True where the value of an entry stands at exactly this place, and the entry is not short for it. */
export function isValueOfEntry(module: Module, at: Span): boolean {
  let isFound = false;
  walk(module.body, (node, parent) => {
    if (isAt(node.span, at) && parent?.node["kind"] === "entry" && parent.key === "value") isFound = true;
  });
  return isFound && hasExpression(module, at);
}

/** The value of the entry, the argument or the element at exactly this place; undefined where there is none. */
export function findItemValue(module: Module, at: Span): Expression | undefined {
  const found = findNode(module, at);
  if (found?.kind !== "item") return undefined;
  const item = itemsOf(found.holder)[found.index]!;
  return "value" in item ? item.value : undefined;
}

/** Where the strings of a program stand, whatever is written into them. */
export function findTexts(module: Module): Span[] {
  const spans: Span[] = [];
  visit(module.body, (node) => {
    const isString = node.kind === "literal" && typeof (node as { value?: unknown }).value === "string";
    if (isString || node.kind === "template") spans.push(node.span);
  });
  return spans;
}

/** The items of a list, a record, a set or of arguments. */
export function itemsOf(
  holder: ItemHolder,
): readonly (
  | ListExpression["elements"][number]
  | RecordExpression["entries"][number]
  | CallExpression["arguments"][number]
)[] {
  if (holder.kind === "call") return holder.arguments;
  return holder.kind === "record" ? holder.entries : holder.elements;
}

function holderOf(node: AnyNode): ItemHolder | undefined {
  switch (node.kind) {
    case "call":
    case "list":
    case "record":
    case "set":
      return node as ItemHolder;
    default:
      return undefined;
  }
}

function isAssignment(node: AnyNode): node is Extract<Statement, { kind: "assign" }> {
  return node.kind === "assign" && !(node as { declare?: string }).declare;
}

function isAt(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end && a.file === b.file;
}

/** What a node stands in: the object and its key, with what that stands in. Lists are looked through. */
export interface Parent {
  readonly node: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly above: Parent | undefined;
}

/** Calls back for each node with what it stands in. */
export function walk(
  value: unknown,
  callback: (node: AnyNode, parent: Parent | undefined) => void,
  parent?: Parent,
): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const element of value) walk(element, callback, parent);
    return;
  }
  if (isNode(value)) callback(value, parent);
  for (const [key, child] of Object.entries(value)) {
    if (key !== "span") walk(child, callback, { node: value as Parent["node"], key, above: parent });
  }
}

/** Calls back for each node, with the list of statements it stands in, if it stands in one. */
function visit(
  value: unknown,
  callback: (node: AnyNode, siblings: readonly AnyNode[] | undefined) => void,
  siblings?: readonly AnyNode[],
): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const element of value) visit(element, callback, value as readonly AnyNode[]);
    return;
  }
  if (isNode(value)) callback(value, siblings);
  for (const child of Object.values(value)) visit(child, callback);
}

function isNode(value: object): value is AnyNode {
  return "kind" in value && typeof value.kind === "string" && "span" in value;
}
