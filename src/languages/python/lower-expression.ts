import type {
  Argument,
  ComprehensionExpression,
  Expression,
  ListElement,
  Parameter,
  RecordEntry,
  TemplatePart,
} from "../../program/program.ts";
import type {
  CallArgument,
  Compare,
  Comprehension,
  DictEntry,
  Expr,
  Lambda,
  Param,
  StringPiece,
} from "./ast.ts";
import { lowerTarget } from "./lower-pattern.ts";
import { MAX_DEPTH } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";

/** Lowers one expression; where the tree is too deep, to an unknown one. */
export function lowerExpression(lowering: Lowering, node: Expr): Expression {
  return (
    lowering.nested(node, () => lowerNode(lowering, node)) ?? lowering.unknown("nested too deeply", node)
  );
}

function lowerNode(lowering: Lowering, node: Expr): Expression {
  const span = lowering.span(node);
  switch (node.type) {
    case "Name":
      return { kind: "name", name: node.id, span };
    case "Constant":
      if (node.value === undefined) return lowering.unknown("number", node);
      return { kind: "literal", value: node.value, span };
    case "JoinedStr":
      return { kind: "template", parts: lowerPieces(lowering, node.values), span };
    case "Attribute": {
      const object = lowerExpression(lowering, node.value);
      return { kind: "member", object, name: node.attr, optional: false, span };
    }
    case "Subscript":
      return lowerSubscript(lowering, node.value, node.slice, node);
    case "Slice":
      return lowering.unknown("slice", node, lowerAll(lowering, [node.lower, node.upper, node.step]));
    case "Call": {
      const callee = lowerExpression(lowering, node.func);
      const args = node.args.map((argument) => lowerArgument(lowering, argument));
      return { kind: "call", callee, arguments: args, isNew: false, optional: false, span };
    }
    case "List":
    case "Tuple": {
      const elements = lowerElements(lowering, node.elts);
      return { kind: "list", elements, isTuple: node.type === "Tuple", span };
    }
    case "Set":
      return { kind: "set", elements: lowerElements(lowering, node.elts), span };
    case "Dict":
      return { kind: "record", entries: node.entries.map((entry) => lowerEntry(lowering, entry)), span };
    case "Starred":
      return lowering.unknown("starred expression", node, [lowerExpression(lowering, node.value)]);
    case "IfExp": {
      const test = lowerExpression(lowering, node.test);
      const body = lowerExpression(lowering, node.body);
      return { kind: "conditional", test, then: body, else: lowerExpression(lowering, node.orelse), span };
    }
    case "BoolOp":
      return joinLogical(lowering, node.op, lowerAll(lowering, node.values), node.values);
    case "UnaryOp":
      return { kind: "unary", operator: node.op, operand: lowerExpression(lowering, node.operand), span };
    case "BinOp": {
      const left = lowerExpression(lowering, node.left);
      return { kind: "binary", operator: node.op, left, right: lowerExpression(lowering, node.right), span };
    }
    case "Compare":
      return lowerCompare(lowering, node);
    case "Lambda":
      return lowerLambda(lowering, node);
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      return lowerComprehension(lowering, node);
    case "Await":
      return { kind: "await", value: lowerExpression(lowering, node.value), span };
    case "Yield": {
      const value = node.value && lowerExpression(lowering, node.value);
      return { kind: "yield", ...(value && { value }), all: node.from, span };
    }
    case "NamedExpr": {
      const value = lowerExpression(lowering, node.value);
      return {
        kind: "assignExpression",
        target: lowerTarget(lowering, node.target),
        value,
        returnsOld: false,
        span,
      };
    }
  }
}

function lowerAll(lowering: Lowering, nodes: readonly (Expr | undefined)[]): Expression[] {
  return nodes.flatMap((node) => (node ? [lowerExpression(lowering, node)] : []));
}

/** The parts of an f-string. `{x=}` prints its own text, then the value as `repr` does. */
function lowerPieces(lowering: Lowering, pieces: readonly StringPiece[]): TemplatePart[] {
  return pieces.flatMap((piece): TemplatePart[] => {
    const span = lowering.span(piece);
    if (piece.type === "Text") return [{ kind: "text", text: piece.text, span }];
    const { debug, format } = piece;
    const conversion = piece.conversion ?? (debug && !format ? "r" : undefined);
    const part: TemplatePart = {
      kind: "value",
      value: lowerExpression(lowering, piece.value),
      ...(format && { format: lowerPieces(lowering, format) }),
      ...(conversion && { conversion }),
      span,
    };
    return debug ? [{ kind: "text", text: debug.text, span: lowering.span(debug) }, part] : [part];
  });
}

function lowerSubscript(lowering: Lowering, value: Expr, slice: Expr, node: Expr): Expression {
  const span = lowering.span(node);
  const object = lowerExpression(lowering, value);
  if (slice.type !== "Slice") {
    return { kind: "index", object, index: lowerExpression(lowering, slice), optional: false, span };
  }
  const start = slice.lower && lowerExpression(lowering, slice.lower);
  const end = slice.upper && lowerExpression(lowering, slice.upper);
  const step = slice.step && lowerExpression(lowering, slice.step);
  return { kind: "slice", object, ...(start && { start }), ...(end && { end }), ...(step && { step }), span };
}

function lowerArgument(lowering: Lowering, argument: CallArgument): Argument {
  const value = lowerExpression(lowering, argument.value);
  const span = lowering.span(argument);
  if (argument.kind !== "named") return { kind: argument.kind, value, span };
  const nameSpan = lowering.span({ start: argument.start, end: argument.nameEnd });
  return { kind: "named", name: argument.name, nameSpan, value, span };
}

function lowerElements(lowering: Lowering, elements: readonly Expr[]): ListElement[] {
  return elements.map((element) => {
    const isSpread = element.type === "Starred";
    const value = lowerExpression(lowering, isSpread ? element.value : element);
    return { kind: isSpread ? "spread" : "element", value, span: lowering.span(element) };
  });
}

function lowerEntry(lowering: Lowering, entry: DictEntry): RecordEntry {
  const span = lowering.span(entry);
  const key = entry.key && lowerExpression(lowering, entry.key);
  const value = lowerExpression(lowering, entry.value);
  return key ? { kind: "entry", key, value, span } : { kind: "spread", value, span };
}

/**
 * Joins operands from left to right. A chain becomes as deep as it is long, so one that is too long stays a flat list of
 * operands of an unknown expression.
 */
function joinLogical(
  lowering: Lowering,
  operator: "and" | "or",
  operands: readonly Expression[],
  nodes: readonly { readonly start: number; readonly end: number }[],
): Expression {
  const start = nodes[0]?.start ?? 0;
  const whole = { start, end: nodes[nodes.length - 1]?.end ?? start };
  if (operands.length > MAX_DEPTH) {
    lowering.reportTooDeep(whole);
    return lowering.unknown("nested too deeply", whole, operands);
  }
  return operands.reduce((left, right, index) => {
    const end = nodes[index]?.end ?? whole.end;
    return { kind: "logical", operator, left, right, span: lowering.span({ start, end }) };
  });
}

/** `a < b < c` is `a < b and b < c`. */
function lowerCompare(lowering: Lowering, { left, ops, comparators }: Compare): Expression {
  const operands = [left, ...comparators];
  const lowered = lowerAll(lowering, operands);
  const pairs = ops.map((operator, index) => {
    const place = { start: operands[index]!.start, end: operands[index + 1]!.end };
    const pair: Expression = {
      kind: "binary",
      operator,
      left: lowered[index]!,
      right: lowered[index + 1]!,
      span: lowering.span(place),
    };
    return { pair, place };
  });
  return joinLogical(
    lowering,
    "and",
    pairs.map(({ pair }) => pair),
    pairs.map(({ place }) => place),
  );
}

function lowerLambda(lowering: Lowering, node: Lambda): Expression {
  const span = lowering.span(node);
  const value = lowerExpression(lowering, node.body);
  return {
    kind: "functionExpression",
    function: {
      name: "",
      parameters: lowerParameters(lowering, node.args),
      body: [{ kind: "return", value, span: value.span }],
      isAsync: false,
      isGenerator: node.isGenerator,
      isArrow: false,
      decorators: [],
      span,
      nameSpan: lowering.span({ start: node.start, end: node.start }),
    },
    span,
  };
}

/** Parameters of functions and lambdas; `self` is one like any other. */
export function lowerParameters(lowering: Lowering, parameters: readonly Param[]): Parameter[] {
  return parameters.map((parameter) => {
    const nameEnd = parameter.nameStart + parameter.name.length;
    const nameSpan = lowering.span({ start: parameter.nameStart, end: nameEnd });
    const initial = parameter.default && lowerExpression(lowering, parameter.default);
    return {
      pattern: { kind: "namePattern", name: parameter.name, span: nameSpan },
      ...(initial && { default: initial }),
      kind: parameter.kind,
      optional: false,
      ...(parameter.annotation && { annotation: lowering.source(parameter.annotation) }),
      span: lowering.span(parameter),
    };
  });
}

const COMPREHENSION_RESULTS = {
  ListComp: "list",
  SetComp: "set",
  DictComp: "record",
  GeneratorExp: "generator",
} as const satisfies Record<Comprehension["type"], ComprehensionExpression["result"]>;

function lowerComprehension(lowering: Lowering, node: Comprehension): Expression {
  const key = node.key && lowerExpression(lowering, node.key);
  return {
    kind: "comprehension",
    result: COMPREHENSION_RESULTS[node.type],
    element: lowerExpression(lowering, node.elt),
    ...(key && { key }),
    clauses: node.generators.map(({ target, iter, ifs }) => ({
      target: lowerTarget(lowering, target),
      iterable: lowerExpression(lowering, iter),
      conditions: lowerAll(lowering, ifs),
    })),
    span: lowering.span(node),
  };
}
