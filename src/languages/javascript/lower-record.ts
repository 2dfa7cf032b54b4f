import type { RecordEntry, RecordExpression } from "../../program/program.ts";
import { childOf, childrenOf, wordOf } from "./es-node.ts";
import type { EsNode } from "./es-node.ts";
import type { Lowering } from "./lowering.ts";
import { lowerExpression, lowerKey } from "./lower-expression.ts";
import { lowerFunction } from "./lower-function.ts";

/** Lowers an object literal. Setters are left out: reading an object never runs them. */
export function lowerRecord(node: EsNode, lowering: Lowering): RecordExpression {
  const entries = childrenOf(node, "properties")
    .filter((property) => wordOf(property, "kind") !== "set")
    .map((property) => lowerEntry(property, lowering));
  return { kind: "record", entries, span: lowering.span(node) };
}

function lowerEntry(property: EsNode, lowering: Lowering): RecordEntry {
  const span = lowering.span(property);
  if (property.type === "SpreadElement" || property.type === "ExperimentalSpreadProperty") {
    return { kind: "spread", value: lowerExpression(childOf(property, "argument"), lowering), span };
  }
  const key = lowerKey(property, lowering);
  const value = childOf(property, "value");
  if (wordOf(property, "kind") === "get") {
    return { kind: "getter", key, function: lowerFunction(value, lowering, { keyed: property }), span };
  }
  if (propertyIsMethod(property)) {
    const method = lowerFunction(value, lowering, { keyed: property });
    return {
      kind: "entry",
      key,
      value: { kind: "functionExpression", function: method, span: method.span },
      span,
    };
  }
  return { kind: "entry", key, value: lowerExpression(value, lowering), span };
}

function propertyIsMethod(property: EsNode): boolean {
  return (property as { readonly method?: unknown }).method === true;
}
