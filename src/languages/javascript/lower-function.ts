import type { Expression, FunctionNode, Parameter, Statement } from "../../program/program.ts";
import { childOf, childrenOf, findChild, hasFlag, startOf, wordOf } from "./es-node.ts";
import type { EsNode } from "./es-node.ts";
import { name } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerPattern } from "./lower-pattern.ts";
import { lowerStatements } from "./lower-statement.ts";

/** What a function does not know itself, when it is a method. */
export interface MethodPlace {
  /** The property or class member it belongs to: its key is the function's name span. */
  readonly keyed?: EsNode;
  /** The member's name; methods of object literals have none, since no name is bound inside of them. */
  readonly name?: string;
  /** Parameter properties become assignments. */
  readonly isConstructor?: boolean;
}

/** Lowers a function, arrow function or method. It has a body: see `hasBody`. */
export function lowerFunction(node: EsNode, lowering: Lowering, method: MethodPlace = {}): FunctionNode {
  const id = findChild(node, "id");
  const named = method.keyed ? childOf(method.keyed, "key") : id;
  const start = startOf(node);
  const parameters = childrenOf(node, "params").filter((parameter) => !isThisParameter(parameter));
  return {
    name: method.name ?? (id ? wordOf(id, "name") : ""),
    parameters: parameters.map((parameter) => lowerParameter(parameter, lowering)),
    body: [
      ...(method.isConstructor ? lowerParameterProperties(parameters, lowering) : []),
      ...lowerBody(childOf(node, "body"), lowering),
    ],
    isAsync: hasFlag(node, "async"),
    isGenerator: hasFlag(node, "generator"),
    isArrow: node.type === "ArrowFunctionExpression",
    decorators: method.keyed ? lowerDecorators(method.keyed, lowering) : [],
    span: lowering.span(method.keyed ?? node),
    nameSpan: named ? lowering.span(named) : lowering.spanOf(start, start),
  };
}

/** Whether a function does anything: overload signatures and abstract methods have no body. */
export function hasBody(node: EsNode): boolean {
  return findChild(node, "body") !== undefined;
}

/** Lowers the decorators of a class or a member. */
export function lowerDecorators(node: EsNode, lowering: Lowering): readonly Expression[] {
  return childrenOf(node, "decorators").map((decorator) =>
    lowerExpression(childOf(decorator, "expression"), lowering),
  );
}

/** The text of the type annotation of a name, pattern or field, without its colon. */
export function annotationOf(node: EsNode, lowering: Lowering): string | undefined {
  const annotation = findChild(node, "typeAnnotation");
  const type = annotation && (findChild(annotation, "typeAnnotation") ?? annotation);
  return type && lowering.textOf(type);
}

function lowerBody(body: EsNode, lowering: Lowering): readonly Statement[] {
  if (body.type === "BlockStatement") return lowerStatements(childrenOf(body, "body"), lowering);
  const value = lowerExpression(body, lowering);
  return [{ kind: "return", value, span: value.span }];
}

/** TypeScript's `function f(this: T)` only types `this`. */
function isThisParameter(node: EsNode): boolean {
  return node.type === "Identifier" && wordOf(node, "name") === "this";
}

function lowerParameter(outer: EsNode, lowering: Lowering): Parameter {
  const node = parameterIn(outer);
  const withDefault = node.type === "AssignmentPattern";
  const isRest = node.type === "RestElement";
  const bound = withDefault ? childOf(node, "left") : isRest ? childOf(node, "argument") : node;
  const annotation = annotationOf(bound, lowering) ?? annotationOf(node, lowering);
  return {
    pattern: lowerPattern(bound, lowering),
    ...(withDefault && { default: lowerExpression(childOf(node, "right"), lowering) }),
    kind: isRest ? "rest" : "positional",
    optional: hasFlag(bound, "optional"),
    ...(annotation !== undefined && { annotation }),
    span: lowering.span(outer),
  };
}

function parameterIn(node: EsNode): EsNode {
  return node.type === "TSParameterProperty" ? childOf(node, "parameter") : node;
}

/** `constructor(private x: X)` is `this.x = x`. */
function lowerParameterProperties(parameters: readonly EsNode[], lowering: Lowering): Statement[] {
  return parameters
    .filter((parameter) => parameter.type === "TSParameterProperty")
    .map((parameter) => {
      const inner = parameterIn(parameter);
      const bound = inner.type === "AssignmentPattern" ? childOf(inner, "left") : inner;
      const { span } = lowerPattern(bound, lowering);
      const text = wordOf(bound, "name");
      const place = {
        kind: "member",
        object: name("this", span),
        name: text,
        optional: false,
        span,
      } as const;
      return { kind: "assign", target: { kind: "placePattern", place, span }, value: name(text, span), span };
    });
}
