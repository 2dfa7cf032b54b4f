import type {
  Argument,
  AssignExpression,
  BinaryOperator,
  CallExpression,
  Expression,
  IndexExpression,
  ListElement,
  LogicalExpression,
  MemberExpression,
  UnaryExpression,
} from "../../program/program.ts";
import {
  childOf,
  childrenOf,
  findChild,
  hasFlag,
  propertyOf,
  slotsOf,
  withoutWrappers,
  wordOf,
} from "./es-node.ts";
import type { EsNode } from "./es-node.ts";
import { literal, name, unknownExpression } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";
import { lowerClass } from "./lower-class.ts";
import { lowerFunction } from "./lower-function.ts";
import { lowerJsx } from "./lower-jsx.ts";
import { lowerPattern } from "./lower-pattern.ts";
import { lowerRecord } from "./lower-record.ts";
import { lowerTemplate } from "./lower-template.ts";

type Lower = (node: EsNode, lowering: Lowering) => Expression;

const lowerers: ReadonlyMap<string, Lower> = new Map<string, Lower>([
  ["ArrayExpression", lowerArray],
  ["ArrowFunctionExpression", lowerFunctionExpression],
  ["AssignmentExpression", lowerAssignment],
  ["AwaitExpression", lowerAwait],
  ["BinaryExpression", lowerBinary],
  ["CallExpression", lowerCall],
  ["ClassExpression", lowerClassExpression],
  ["ConditionalExpression", lowerConditional],
  ["FunctionExpression", lowerFunctionExpression],
  ["Identifier", lowerIdentifier],
  ["ImportExpression", lowerImportCall],
  ["JSXElement", lowerJsx],
  ["JSXFragment", lowerJsx],
  ["Literal", lowerLiteral],
  ["LogicalExpression", lowerLogical],
  ["MemberExpression", lowerMember],
  ["MetaProperty", lowerMetaProperty],
  ["NewExpression", lowerCall],
  ["ObjectExpression", lowerRecord],
  ["PrivateIdentifier", (node, lowering) => literal(`#${wordOf(node, "name")}`, lowering.span(node))],
  ["SequenceExpression", lowerSequence],
  ["Super", (node, lowering) => name("super", lowering.span(node))],
  ["TSQualifiedName", lowerQualifiedName],
  ["TaggedTemplateExpression", lowerTemplate],
  ["TemplateLiteral", lowerTemplate],
  ["ThisExpression", (node, lowering) => name("this", lowering.span(node))],
  ["UnaryExpression", lowerUnary],
  ["UpdateExpression", lowerUpdate],
  ["YieldExpression", lowerYield],
]);

/** Lowers any expression. Casts and parentheses around it are looked through: the span is that of what they hold. */
export function lowerExpression(wrapped: EsNode, lowering: Lowering): Expression {
  const node = withoutWrappers(wrapped);
  if (!lowering.enter(node)) return unknownExpression("nested too deeply", lowering.span(node));
  const lower = lowerers.get(node.type);
  const expression = lower ? lower(node, lowering) : unknownExpression(node.type, lowering.span(node));
  lowering.leave();
  return expression;
}

/** Lowers the expression under `key`, or gives undefined where there is none. */
export function lowerOptional(node: EsNode, key: string, lowering: Lowering): Expression | undefined {
  const child = findChild(node, key);
  return child && lowerExpression(child, lowering);
}

/** Lowers the key of a property, a class member or a pattern: plain keys become text or number literals. */
export function lowerKey(node: EsNode, lowering: Lowering): Expression {
  const key = childOf(node, "key");
  if (key.type === "Identifier" && !hasFlag(node, "computed")) {
    return literal(wordOf(key, "name"), lowering.span(key));
  }
  return lowerExpression(key, lowering);
}

/** Lowers `a.b`, `a?.b`, `a.#b` and `a[b]`. */
export function lowerMember(node: EsNode, lowering: Lowering): MemberExpression | IndexExpression {
  const object = lowerExpression(childOf(node, "object"), lowering);
  const property = childOf(node, "property");
  const optional = hasFlag(node, "optional");
  const span = lowering.span(node);
  if (hasFlag(node, "computed")) {
    return { kind: "index", object, index: lowerExpression(property, lowering), optional, span };
  }
  const prefix = property.type === "PrivateIdentifier" ? "#" : "";
  return { kind: "member", object, name: prefix + wordOf(property, "name"), optional, span };
}

/** `A.B` where TypeScript wants a name and not an expression. */
function lowerQualifiedName(node: EsNode, lowering: Lowering): Expression {
  const object = lowerExpression(childOf(node, "left"), lowering);
  const property = wordOf(childOf(node, "right"), "name");
  return { kind: "member", object, name: property, optional: false, span: lowering.span(node) };
}

/** The operator of an assignment without its `=`; undefined for a plain one. */
export function assignmentOperator(node: EsNode): AssignExpression["operator"] {
  const operator = wordOf(node, "operator").slice(0, -1);
  return operator === "" ? undefined : (logicalOperators.get(operator) ?? (operator as BinaryOperator));
}

function lowerArray(node: EsNode, lowering: Lowering): Expression {
  const elements = slotsOf(node, "elements").map((element): ListElement => {
    if (!element)
      return { kind: "element", value: literal(undefined, lowering.span(node)), span: lowering.span(node) };
    const span = lowering.span(element);
    if (element.type === "SpreadElement") {
      return { kind: "spread", value: lowerExpression(childOf(element, "argument"), lowering), span };
    }
    return { kind: "element", value: lowerExpression(element, lowering), span };
  });
  return { kind: "list", elements, isTuple: false, span: lowering.span(node) };
}

function lowerFunctionExpression(node: EsNode, lowering: Lowering): Expression {
  return { kind: "functionExpression", function: lowerFunction(node, lowering), span: lowering.span(node) };
}

function lowerClassExpression(node: EsNode, lowering: Lowering): Expression {
  return { kind: "classExpression", class: lowerClass(node, lowering), span: lowering.span(node) };
}

function lowerAssignment(node: EsNode, lowering: Lowering): Expression {
  const operator = assignmentOperator(node);
  return {
    kind: "assignExpression",
    target: lowerPattern(childOf(node, "left"), lowering),
    value: lowerExpression(childOf(node, "right"), lowering),
    ...(operator && { operator }),
    returnsOld: false,
    span: lowering.span(node),
  };
}

function lowerUpdate(node: EsNode, lowering: Lowering): Expression {
  const span = lowering.span(node);
  return {
    kind: "assignExpression",
    target: lowerPattern(childOf(node, "argument"), lowering),
    value: literal(1, span),
    operator: wordOf(node, "operator") === "--" ? "-" : "+",
    returnsOld: !hasFlag(node, "prefix"),
    span,
  };
}

function lowerAwait(node: EsNode, lowering: Lowering): Expression {
  return {
    kind: "await",
    value: lowerExpression(childOf(node, "argument"), lowering),
    span: lowering.span(node),
  };
}

function lowerYield(node: EsNode, lowering: Lowering): Expression {
  const value = lowerOptional(node, "argument", lowering);
  return {
    kind: "yield",
    ...(value && { value }),
    all: hasFlag(node, "delegate"),
    span: lowering.span(node),
  };
}

function lowerBinary(node: EsNode, lowering: Lowering): Expression {
  const operator = wordOf(node, "operator");
  return {
    kind: "binary",
    operator: operator === "===" ? "==" : operator === "!==" ? "!=" : (operator as BinaryOperator),
    left: lowerExpression(childOf(node, "left"), lowering),
    right: lowerExpression(childOf(node, "right"), lowering),
    span: lowering.span(node),
  };
}

const logicalOperators: ReadonlyMap<string, LogicalExpression["operator"]> = new Map([
  ["&&", "and"],
  ["||", "or"],
  ["??", "nullish"],
]);

function lowerLogical(node: EsNode, lowering: Lowering): Expression {
  return {
    kind: "logical",
    operator: logicalOperators.get(wordOf(node, "operator")) ?? "and",
    left: lowerExpression(childOf(node, "left"), lowering),
    right: lowerExpression(childOf(node, "right"), lowering),
    span: lowering.span(node),
  };
}

function lowerUnary(node: EsNode, lowering: Lowering): Expression {
  const operator = wordOf(node, "operator");
  const operand = lowerExpression(childOf(node, "argument"), lowering);
  const span = lowering.span(node);
  if (operator === "delete") return unknownExpression("delete", span, [operand]);
  return {
    kind: "unary",
    operator: operator === "!" ? "not" : (operator as UnaryExpression["operator"]),
    operand,
    span,
  };
}

function lowerConditional(node: EsNode, lowering: Lowering): Expression {
  return {
    kind: "conditional",
    test: lowerExpression(childOf(node, "test"), lowering),
    then: lowerExpression(childOf(node, "consequent"), lowering),
    else: lowerExpression(childOf(node, "alternate"), lowering),
    span: lowering.span(node),
  };
}

function lowerCall(node: EsNode, lowering: Lowering): CallExpression {
  return {
    kind: "call",
    callee: lowerExpression(childOf(node, "callee"), lowering),
    arguments: childrenOf(node, "arguments").map((argument) => lowerArgument(argument, lowering)),
    isNew: node.type === "NewExpression",
    optional: hasFlag(node, "optional"),
    span: lowering.span(node),
  };
}

function lowerArgument(node: EsNode, lowering: Lowering): Argument {
  const span = lowering.span(node);
  if (node.type === "SpreadElement") {
    return { kind: "spread", value: lowerExpression(childOf(node, "argument"), lowering), span };
  }
  return { kind: "positional", value: lowerExpression(node, lowering), span };
}

function lowerImportCall(node: EsNode, lowering: Lowering): Expression {
  const span = lowering.span(node);
  const parts = [childOf(node, "source"), findChild(node, "options")].filter((part) => part !== undefined);
  return {
    kind: "call",
    callee: name("import", lowering.spanOf(span.start, span.start + "import".length)),
    arguments: parts.map((part) => lowerArgument(part, lowering)),
    isNew: false,
    optional: false,
    span,
  };
}

function lowerIdentifier(node: EsNode, lowering: Lowering): Expression {
  const text = wordOf(node, "name");
  return text === "undefined" ? literal(undefined, lowering.span(node)) : name(text, lowering.span(node));
}

function lowerLiteral(node: EsNode, lowering: Lowering): Expression {
  const span = lowering.span(node);
  if (propertyOf(node, "regex") != null) return unknownExpression("regular expression", span);
  const bigint = propertyOf(node, "bigint");
  if (typeof bigint === "string") {
    const value = Number(bigint);
    return Number.isSafeInteger(value) ? literal(value, span) : unknownExpression("large integer", span);
  }
  const value = propertyOf(node, "value");
  if (
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "boolean" ||
    value === null
  ) {
    return literal(value, span);
  }
  return unknownExpression("literal", span);
}

function lowerMetaProperty(node: EsNode, lowering: Lowering): Expression {
  const span = lowering.span(node);
  const meta = childOf(node, "meta");
  if (wordOf(meta, "name") !== "import") return unknownExpression("new.target", span);
  const property = wordOf(childOf(node, "property"), "name");
  return {
    kind: "member",
    object: name("import", lowering.span(meta)),
    name: property,
    optional: false,
    span,
  };
}

function lowerSequence(node: EsNode, lowering: Lowering): Expression {
  const expressions = childrenOf(node, "expressions").map((part) => lowerExpression(part, lowering));
  return { kind: "sequence", expressions, span: lowering.span(node) };
}
