import type { ClassMember, ClassNode } from "../../program/program.ts";
import {
  childOf,
  childrenOf,
  findChild,
  hasFlag,
  propertyOf,
  startOf,
  withoutWrappers,
  wordOf,
} from "./es-node.ts";
import type { EsNode } from "./es-node.ts";
import type { Lowering } from "./lowering.ts";
import { lowerOptional } from "./lower-expression.ts";
import { annotationOf, hasBody, lowerDecorators, lowerFunction } from "./lower-function.ts";
import { lowerStatements } from "./lower-statement.ts";

/** Lowers a class declaration or expression. Members without a body or a run-time meaning are left out. */
export function lowerClass(node: EsNode, lowering: Lowering): ClassNode {
  const id = findChild(node, "id");
  const start = startOf(node);
  const base = lowerOptional(node, "superClass", lowering);
  return {
    name: id ? wordOf(id, "name") : "",
    bases: base ? [base] : [],
    members: childrenOf(childOf(node, "body"), "body").flatMap(
      (member) => lowerMember(member, lowering) ?? [],
    ),
    decorators: lowerDecorators(node, lowering),
    span: lowering.span(node),
    nameSpan: id ? lowering.span(id) : lowering.spanOf(start, start),
  };
}

function lowerMember(member: EsNode, lowering: Lowering): ClassMember | undefined {
  switch (member.type) {
    case "MethodDefinition":
      return lowerMethod(member, lowering);
    case "PropertyDefinition":
    case "AccessorProperty":
      return hasFlag(member, "declare") ? undefined : lowerField(member, lowering);
    case "StaticBlock":
      return lowerStaticBlock(member, lowering);
    default:
      return undefined;
  }
}

function lowerMethod(member: EsNode, lowering: Lowering): ClassMember | undefined {
  const value = childOf(member, "value");
  if (!hasBody(value)) return undefined;
  const name = memberName(member, lowering);
  const isConstructor = wordOf(member, "kind") === "constructor";
  const method = lowerFunction(value, lowering, { keyed: member, name, isConstructor });
  const isStatic = hasFlag(member, "static");
  const span = lowering.span(member);
  switch (wordOf(member, "kind")) {
    case "get":
      return { kind: "getter", name, function: method, isStatic, span };
    case "set":
      return { kind: "setter", name, function: method, isStatic, span };
    default:
      return { kind: "method", name, function: method, isStatic, isClassMethod: false, span };
  }
}

function lowerField(member: EsNode, lowering: Lowering): ClassMember {
  const value = lowerOptional(member, "value", lowering);
  const annotation = annotationOf(member, lowering);
  return {
    kind: "field",
    name: memberName(member, lowering),
    ...(value && { value }),
    ...(annotation !== undefined && { annotation }),
    isStatic: hasFlag(member, "static"),
    span: lowering.span(member),
  };
}

/** `static { ... }` runs once, with the static fields around it: a field no name can reach, whose value calls the block. */
function lowerStaticBlock(member: EsNode, lowering: Lowering): ClassMember {
  const span = lowering.span(member);
  const nameSpan = lowering.spanOf(span.start, span.start);
  const block = {
    name: "",
    parameters: [],
    body: lowerStatements(childrenOf(member, "body"), lowering),
    isAsync: false,
    isGenerator: false,
    isArrow: true,
    decorators: [],
    span,
    nameSpan,
  };
  const callee = { kind: "functionExpression", function: block, span } as const;
  const value = { kind: "call", callee, arguments: [], isNew: false, optional: false, span } as const;
  return { kind: "field", name: "static {}", value, isStatic: true, span };
}

/** Private names keep their `#`; a computed key that is no literal stands in brackets, as written. */
function memberName(member: EsNode, lowering: Lowering): string {
  const key = withoutWrappers(childOf(member, "key"));
  if (key.type === "PrivateIdentifier") return `#${wordOf(key, "name")}`;
  if (key.type === "Identifier" && !hasFlag(member, "computed")) return wordOf(key, "name");
  if (key.type === "Literal") return String(propertyOf(key, "value"));
  return `[${lowering.textOf(key)}]`;
}
