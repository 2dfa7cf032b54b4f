import type { Pattern } from "../../program/program.ts";
import type { Span } from "../../source/source-file.ts";
import {
  childOf,
  childrenOf,
  endOf,
  findChild,
  slotsOf,
  startOf,
  withoutWrappers,
  wordOf,
} from "./es-node.ts";
import type { EsNode } from "./es-node.ts";
import { literal, unknownExpression } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";
import { lowerExpression, lowerKey, lowerMember } from "./lower-expression.ts";

/** Lowers what a declaration, an assignment, a parameter or a loop binds. */
export function lowerPattern(wrapped: EsNode, lowering: Lowering): Pattern {
  const node = withoutWrappers(wrapped);
  if (!lowering.enter(node)) return unknownPattern("nested too deeply", node, lowering);
  const pattern = lowerEntered(node, lowering);
  lowering.leave();
  return pattern;
}

function lowerEntered(node: EsNode, lowering: Lowering): Pattern {
  const span = lowering.span(node);
  switch (node.type) {
    case "Identifier":
      return { kind: "namePattern", name: wordOf(node, "name"), span: boundSpan(node, lowering) };
    case "MemberExpression":
      return { kind: "placePattern", place: lowerMember(node, lowering), span };
    case "AssignmentPattern":
      return {
        kind: "defaultPattern",
        pattern: lowerPattern(childOf(node, "left"), lowering),
        default: lowerExpression(childOf(node, "right"), lowering),
        span,
      };
    case "ArrayPattern":
      return {
        kind: "listPattern",
        elements: slotsOf(node, "elements").map((element) => element && lowerElement(element, lowering)),
        span: boundSpan(node, lowering),
      };
    case "ObjectPattern":
      return lowerRecordPattern(node, lowering);
    default:
      return unknownPattern(node.type, node, lowering);
  }
}

function lowerElement(element: EsNode, lowering: Lowering): { pattern: Pattern; rest: boolean } {
  const rest = element.type === "RestElement";
  return { pattern: lowerPattern(rest ? childOf(element, "argument") : element, lowering), rest };
}

function lowerRecordPattern(node: EsNode, lowering: Lowering): Pattern {
  const properties = childrenOf(node, "properties");
  const rest = properties.find((property) => property.type !== "Property");
  return {
    kind: "recordPattern",
    entries: properties
      .filter((property) => property.type === "Property")
      .map((property) => ({
        key: lowerKey(property, lowering),
        pattern: lowerPattern(childOf(property, "value"), lowering),
      })),
    ...(rest && { rest: lowerPattern(childOf(rest, "argument"), lowering) }),
    span: boundSpan(node, lowering),
  };
}

/** What is bound, without the `?`, the `!` and the type annotation that parsers count to a name or a pattern. */
function boundSpan(node: EsNode, lowering: Lowering): Span {
  const annotation = findChild(node, "typeAnnotation");
  const start = startOf(node);
  const text = lowering.text.slice(start, annotation ? startOf(annotation) : endOf(node));
  return lowering.spanOf(start, start + text.trimEnd().replace(/\s*[?!]$/, "").length);
}

/** Assigns to a place nobody can read. */
function unknownPattern(reason: string, node: EsNode, lowering: Lowering): Pattern {
  const span = lowering.span(node);
  const index = literal(undefined, span);
  const object = unknownExpression(reason, span);
  return { kind: "placePattern", place: { kind: "index", object, index, optional: false, span }, span };
}
