import type { TemplateExpression, TemplatePart } from "../../program/program.ts";
import { childOf, childrenOf, endOf, findChild, propertyOf, startOf } from "./es-node.ts";
import type { EsNode } from "./es-node.ts";
import type { Lowering } from "./lowering.ts";
import { lowerExpression } from "./lower-expression.ts";

/**
 * Lowers a template literal, tagged or not. A text part spans its own characters, a value part spans `${` to `}`.
 * Empty texts are left out.
 */
export function lowerTemplate(node: EsNode, lowering: Lowering): TemplateExpression {
  const tag = findChild(node, "tag");
  const quasi = tag ? childOf(node, "quasi") : node;
  const loweredTag = tag && lowerExpression(tag, lowering);
  const texts = textsOf(quasi, lowering);
  const parts: TemplatePart[] = [];
  const values = childrenOf(quasi, "expressions");
  for (const [index, text] of texts.entries()) {
    if (text.text !== "") parts.push(text);
    const value = values[index];
    const next = texts[index + 1];
    if (!value || !next) continue;
    const span = lowering.spanOf(text.span.end, next.span.start);
    parts.push({ kind: "value", value: lowerExpression(value, lowering), span });
  }
  return { kind: "template", parts, ...(loweredTag && { tag: loweredTag }), span: lowering.span(node) };
}

/**
 * The texts between the values. Some parsers count the delimiters (a backtick, `}` in front, `${` behind) to the
 * range of an element and some do not: the first element tells, since a backtick always stands in front of it.
 */
function textsOf(quasi: EsNode, lowering: Lowering): Extract<TemplatePart, { kind: "text" }>[] {
  const elements = childrenOf(quasi, "quasis");
  const withDelimiters = elements[0] !== undefined && startOf(elements[0]) === startOf(quasi);
  return elements.map((element, index) => {
    const isLast = index === elements.length - 1;
    const start = startOf(element) + (withDelimiters ? 1 : 0);
    const end = endOf(element) - (withDelimiters ? (isLast ? 1 : 2) : 0);
    return { kind: "text", text: elementText(element), span: lowering.spanOf(start, end) };
  });
}

/** A tagged template may hold escapes that have no meaning; their text is then as written. */
function elementText(element: EsNode): string {
  const value = propertyOf(element, "value") as { cooked?: unknown; raw?: unknown } | undefined;
  if (typeof value?.cooked === "string") return value.cooked;
  return typeof value?.raw === "string" ? value.raw : "";
}
