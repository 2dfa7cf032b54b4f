import type {
  AssignStatement,
  Expression,
  FunctionNode,
  RecordEntry,
  RecordExpression,
  Statement,
} from "../../program/program.ts";
import type { Span } from "../../source/source-file.ts";
import { childOf, childrenOf, findChild, hasFlag, propertyOf, withoutWrappers, wordOf } from "./es-node.ts";
import type { EsNode } from "./es-node.ts";
import { exportedNames } from "./exported-names.ts";
import { literal, name, unknownExpression } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerStatements } from "./lower-statement.ts";

/** Lowers `enum E { ... }` to `const E = { ... }`; the way back from a number to its name is left out. */
export function lowerEnum(node: EsNode, lowering: Lowering): readonly Statement[] {
  if (hasFlag(node, "declare")) return [];
  const members = childrenOf(findChild(node, "body") ?? node, "members");
  let previous: Expression | undefined;
  const entries = members.map((member): RecordEntry => {
    const id = childOf(member, "id");
    const initializer = findChild(member, "initializer");
    previous = initializer
      ? lowerExpression(initializer, lowering)
      : memberAfter(previous, lowering.span(id));
    return { kind: "entry", key: memberKey(id, lowering), value: previous, span: lowering.span(member) };
  });
  return [declareRecord(node, { kind: "record", entries, span: lowering.span(node) }, lowering)];
}

/** The value of an enum's member without one: zero, or one more than the member in front of it. */
function memberAfter(previous: Expression | undefined, span: Span): Expression {
  if (!previous) return literal(0, span);
  const isNegative = previous.kind === "unary" && previous.operator === "-";
  const number = isNegative ? previous.operand : previous;
  if (number.kind !== "literal" || typeof number.value !== "number")
    return unknownExpression("enum member", span);
  return literal((isNegative ? -number.value : number.value) + 1, span);
}

function memberKey(id: EsNode, lowering: Lowering): Expression {
  const text = id.type === "Identifier" ? wordOf(id, "name") : propertyOf(id, "value");
  return typeof text === "string" ? literal(text, lowering.span(id)) : lowerExpression(id, lowering);
}

/**
 * Lowers `namespace N { ... }` to `const N = (() => { ...; return { exported names } })()`, which is what it does at
 * run time. Ambient ones and those that hold types only vanish.
 */
export function lowerNamespace(node: EsNode, lowering: Lowering): readonly Statement[] {
  const body = findChild(node, "body");
  if (!body || hasFlag(node, "declare")) return [];
  const statements = lowerStatements(childrenOf(body, "body"), lowering);
  if (statements.length === 0) return [];
  return [declareRecord(node, callOf(statements, lowering.span(body)), lowering)];
}

function callOf(statements: readonly Statement[], span: Span): Expression {
  const entries = exportedNames(statements).map((exported): RecordEntry => {
    return { kind: "entry", key: literal(exported, span), value: name(exported, span), span };
  });
  const record: RecordExpression = { kind: "record", entries, span };
  const body: FunctionNode = {
    name: "",
    parameters: [],
    body: [
      ...statements.map((statement) =>
        statement.kind === "export" ? (statement.declaration ?? statement) : statement,
      ),
      { kind: "return", value: record, span },
    ],
    isAsync: false,
    isGenerator: false,
    isArrow: true,
    decorators: [],
    span,
    nameSpan: { ...span, end: span.start },
  };
  const callee: Expression = { kind: "functionExpression", function: body, span };
  return { kind: "call", callee, arguments: [], isNew: false, optional: false, span };
}

/** `const A = value`, or for `namespace A.B` the record that holds it: `const A = { B: value }`. */
function declareRecord(node: EsNode, value: Expression, lowering: Lowering): AssignStatement {
  const [first, ...rest] = namesOf(childOf(node, "id"));
  const span = lowering.span(node);
  const nested = rest.reduceRight<Expression>((inner, id) => {
    const key = literal(wordOf(id, "name"), lowering.span(id));
    return { kind: "record", entries: [{ kind: "entry", key, value: inner, span }], span };
  }, value);
  const target = {
    kind: "namePattern",
    name: first ? wordOf(first, "name") : "",
    span: first ? lowering.span(first) : span,
  } as const;
  return { kind: "assign", target, value: nested, declare: "const", span };
}

/** The names of a qualified name, outermost first. */
function namesOf(id: EsNode): readonly EsNode[] {
  const names: EsNode[] = [];
  let rest = withoutWrappers(id);
  for (; rest.type === "TSQualifiedName"; rest = childOf(rest, "left")) names.unshift(childOf(rest, "right"));
  return [rest, ...names];
}
