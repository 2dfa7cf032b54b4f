import type { Expression } from "../../program/program.ts";
import { childOf, childrenOf, findChild } from "./es-node.ts";
import type { EsNode } from "./es-node.ts";
import { unknownExpression } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";
import { lowerExpression } from "./lower-expression.ts";

/** Lowers an element or a fragment to an unknown value; the expressions in its attributes and children are its parts. */
export function lowerJsx(node: EsNode, lowering: Lowering): Expression {
  const attributes = childrenOf(childOf(node, "openingElement"), "attributes");
  const parts = [...attributes, ...childrenOf(node, "children")]
    .map(expressionIn)
    .filter((part) => part !== undefined)
    .map((part) => lowerExpression(part, lowering));
  return unknownExpression("JSX", lowering.span(node), parts);
}

/** The expression that an attribute or a child holds; undefined for text and for `{}`. */
function expressionIn(node: EsNode): EsNode | undefined {
  switch (node.type) {
    case "JSXElement":
    case "JSXFragment":
      return node;
    case "JSXAttribute": {
      const value = findChild(node, "value");
      return value && expressionIn(value);
    }
    case "JSXSpreadAttribute":
      return childOf(node, "argument");
    case "JSXExpressionContainer":
    case "JSXSpreadChild": {
      const expression = childOf(node, "expression");
      return expression.type === "JSXEmptyExpression" ? undefined : expression;
    }
    default:
      return undefined;
  }
}
