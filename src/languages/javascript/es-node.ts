/**
 * A node of an ESTree or TS-ESTree syntax tree, as ESLint, typescript-eslint, espree or oxc-parser give it. Children
 * are read by name, since the parsers differ in which optional fields they leave out and which they set to `null`.
 */
export interface EsNode {
  readonly type: string;
  /** UTF-16 offsets; `start` and `end` stand in when it is missing. */
  readonly range?: readonly [number, number] | undefined;
}

/** A comment of such a tree: `Line`, `Block`, or a hashbang under one of its names. */
export interface EsComment extends EsNode {
  readonly value: string;
}

/** Any property of a node, untyped. */
export function propertyOf(node: EsNode, key: string): unknown {
  return (node as unknown as Record<string, unknown>)[key];
}

/** Where a node starts: a UTF-16 offset. */
export function startOf(node: EsNode): number {
  return node.range?.[0] ?? offset(propertyOf(node, "start"));
}

/** Where a node ends: a UTF-16 offset, exclusive. */
export function endOf(node: EsNode): number {
  return node.range?.[1] ?? offset(propertyOf(node, "end"));
}

function offset(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

/** The child node under `key`, if there is one. */
export function findChild(node: EsNode, key: string): EsNode | undefined {
  const value = propertyOf(node, key);
  return isNode(value) ? value : undefined;
}

/** The child node under `key`; where a broken tree has none, a node of type `Missing` in its place. */
export function childOf(node: EsNode, key: string): EsNode {
  return findChild(node, key) ?? { type: "Missing", range: [startOf(node), endOf(node)] };
}

/** The child nodes under `key`; `undefined` stands for the holes of arrays and array patterns. */
export function slotsOf(node: EsNode, key: string): readonly (EsNode | undefined)[] {
  const value = propertyOf(node, key);
  return Array.isArray(value) ? value.map((item) => (isNode(item) ? item : undefined)) : [];
}

/** The child nodes under `key`, without holes. */
export function childrenOf(node: EsNode, key: string): readonly EsNode[] {
  const value = propertyOf(node, key);
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The text under `key`, such as a name or an operator; empty when there is none. */
export function wordOf(node: EsNode, key: string): string {
  const value = propertyOf(node, key);
  return typeof value === "string" ? value : "";
}

/** Whether the flag under `key` is set. */
export function hasFlag(node: EsNode, key: string): boolean {
  return propertyOf(node, key) === true;
}

/** Whether a value is a node at all. */
export function isNode(value: unknown): value is EsNode {
  return (
    typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string"
  );
}

const transparentTypes: ReadonlySet<string> = new Set([
  "ChainExpression",
  "ParenthesizedExpression",
  "TSAsExpression",
  "TSInstantiationExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
  "TypeCastExpression",
]);

/** The expression inside casts, non-null assertions, parentheses and chains, none of which change a value. */
export function withoutWrappers(node: EsNode): EsNode {
  let inner = node;
  while (transparentTypes.has(inner.type)) inner = childOf(inner, "expression");
  return inner;
}
