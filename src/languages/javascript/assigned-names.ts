import { childOf, isNode, withoutWrappers, wordOf } from "./es-node.ts";
import type { EsNode } from "./es-node.ts";

/** Where a node of each type keeps what it binds or assigns. */
const targetKeys: ReadonlyMap<string, string> = new Map([
  ["AssignmentExpression", "left"],
  ["ClassDeclaration", "id"],
  ["ForInStatement", "left"],
  ["ForOfStatement", "left"],
  ["FunctionDeclaration", "id"],
  ["UpdateExpression", "argument"],
  ["VariableDeclarator", "id"],
]);

/**
 * The names a piece of code may assign, each once, in no order that matters: what to distrust when the code itself is
 * not understood. Names that are only bound inside of it are among them. Needs no stack, however deep the tree is.
 */
export function assignedNames(root: EsNode): readonly string[] {
  const names = new Set<string>();
  const waiting: { readonly node: EsNode; readonly isTarget: boolean }[] = [{ node: root, isTarget: false }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, isTarget } = next;
    if (node.type === "Identifier") {
      if (isTarget) names.add(wordOf(node, "name"));
      continue;
    }
    const key = targetKeys.get(node.type);
    const target = key === undefined ? undefined : withoutWrappers(childOf(node, key));
    const keepsTarget = isTarget && patternTypes.has(node.type);
    for (const child of childNodes(node)) {
      const inner = withoutWrappers(child);
      waiting.push({ node: inner, isTarget: keepsTarget || inner === target });
    }
  }
  return [...names];
}

const patternTypes: ReadonlySet<string> = new Set([
  "ArrayPattern",
  "AssignmentPattern",
  "ObjectPattern",
  "Property",
  "RestElement",
]);

function childNodes(node: EsNode): EsNode[] {
  return Object.entries(node)
    .filter(([key]) => key !== "parent")
    .flatMap(([, value]) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));
}
