import type { BinaryOperator } from "../../program/program.ts";
import type { CallArgument, Expr, Param } from "./ast.ts";
import {
  finishComprehension,
  parseBraces,
  parseListDisplay,
  parseParentheses,
  startsComprehension,
} from "./display-parser.ts";
import { parseStrings } from "./string-parser.ts";
import { PythonSyntaxError } from "./token-cursor.ts";
import type { TokenCursor } from "./token-cursor.ts";

/** Binary operators and how tightly they bind; comparisons, `not`, `and` and `or` have functions of their own. */
const BINARY_OPERATORS = new Map<string, { readonly op: BinaryOperator; readonly precedence: number }>();
const BY_PRECEDENCE: readonly (readonly BinaryOperator[])[] = [
  ["|"],
  ["^"],
  ["&"],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "//", "%", "@"],
];
for (const [precedence, operators] of BY_PRECEDENCE.entries()) {
  for (const op of operators) BINARY_OPERATORS.set(op, { op, precedence });
}
const LOWEST_PRECEDENCE = 0;
const SUM_PRECEDENCE = 4;

const COMPARISONS = new Map<string, BinaryOperator>([
  ["<", "<"],
  [">", ">"],
  ["==", "=="],
  [">=", ">="],
  ["<=", "<="],
  ["!=", "!="],
  ["<>", "!="],
]);

/** Augmented assignments with their operators. */
export const AUGMENTED_ASSIGNMENTS: ReadonlyMap<string, BinaryOperator> = new Map(
  [...BY_PRECEDENCE.flat(), "**" as const].map((op) => [`${op}=`, op]),
);

/** Where an expression list with a comma at its end stops. */
const LIST_ENDS = new Set([")", "]", "}", ":", "=", ";", "!", "in", ...AUGMENTED_ASSIGNMENTS.keys()]);

/** `a, *b` and `yield`: what may stand on the right of `=`, behind `return` and as a statement of its own. */
export function parseExpressionList(cursor: TokenCursor): Expr {
  if (cursor.is("yield")) return parseYield(cursor);
  return parseTupleOf(cursor, parseStarOrNamed);
}

/** `target` or `target, *target` of `for` loops and comprehensions, up to `in`. */
export function parseTargetList(cursor: TokenCursor): Expr {
  const target = parseTupleOf(cursor, parseTarget);
  checkTarget(target);
  return target;
}

/** One target, which stops in front of `in`; not yet checked to be one that can be assigned to. */
export function parseTarget(cursor: TokenCursor): Expr {
  return cursor.is("*") ? parseStar(cursor) : parseBinary(cursor, LOWEST_PRECEDENCE);
}

/** A number, string or attribute of a `case` pattern, signs and sums (`-1 + 2j`) included; stops in front of `|`. */
export function parsePatternValue(cursor: TokenCursor): Expr {
  return parseBinary(cursor, SUM_PRECEDENCE);
}

/** Throws a syntax error unless an expression can be assigned to. */
export function checkTarget(target: Expr): void {
  if (target.type === "Name" || target.type === "Attribute" || target.type === "Subscript") return;
  if (target.type === "Starred") return checkTarget(target.value);
  if (target.type === "Tuple" || target.type === "List") {
    for (const element of target.elts) checkTarget(element);
    return;
  }
  throw new PythonSyntaxError("this can't be assigned to", target.start, target.end);
}

/** An expression that may be followed by `:=`. */
export function parseNamed(cursor: TokenCursor): Expr {
  return parseWalrus(cursor, parseExpression(cursor));
}

/** The rest of an assignment expression behind its target, if `:=` follows. */
export function parseWalrus(cursor: TokenCursor, target: Expr): Expr {
  if (!cursor.is(":=")) return target;
  if (target.type !== "Name") cursor.fail("unexpected ':='");
  cursor.next();
  const value = parseExpression(cursor);
  return { type: "NamedExpr", target, value, start: target.start, end: cursor.lastEnd };
}

/** A conditional expression, a lambda, or anything that binds more tightly. */
export function parseExpression(cursor: TokenCursor): Expr {
  return cursor.nested(readExpression);
}

function readExpression(cursor: TokenCursor): Expr {
  if (cursor.is("lambda")) return parseLambda(cursor);
  const { start } = cursor;
  const body = parseDisjunction(cursor);
  if (!cursor.is("if")) return body;
  const before = cursor.position;
  cursor.next();
  const test = parseDisjunction(cursor);
  if (!cursor.eat("else")) {
    // `[x for x in y if z]`: the condition belongs to the comprehension.
    cursor.position = before;
    return body;
  }
  const orelse = parseExpression(cursor);
  return { type: "IfExp", test, body, orelse, start, end: cursor.lastEnd };
}

/** An element of a list, tuple or set. */
export function parseStarOrNamed(cursor: TokenCursor): Expr {
  return cursor.is("*") ? parseStar(cursor) : parseNamed(cursor);
}

/** `*value` */
export function parseStar(cursor: TokenCursor): Expr {
  const { start } = cursor;
  cursor.next();
  const value = parseSpreadValue(cursor);
  return { type: "Starred", value, start, end: cursor.lastEnd };
}

/** What `*` and `**` of a display spread: anything that binds more tightly than a comparison. */
export function parseSpreadValue(cursor: TokenCursor): Expr {
  return parseBinary(cursor, LOWEST_PRECEDENCE);
}

/** One element, or a tuple without parentheses as soon as there is a comma. */
function parseTupleOf(cursor: TokenCursor, parseElement: (cursor: TokenCursor) => Expr): Expr {
  const { start } = cursor;
  const first = parseElement(cursor);
  if (!cursor.is(",")) return first;
  const elts = [first];
  while (cursor.eat(",")) {
    if (endsList(cursor)) break;
    elts.push(parseElement(cursor));
  }
  return { type: "Tuple", elts, start, end: cursor.lastEnd };
}

function endsList(cursor: TokenCursor): boolean {
  const { kind } = cursor;
  return kind === "operator" || kind === "keyword" ? LIST_ENDS.has(cursor.value) : !startsExpression(cursor);
}

function startsExpression({ kind }: TokenCursor): boolean {
  return kind === "name" || kind === "number" || kind === "string" || kind === "fStart";
}

/** `yield`, with what it yields, without parentheses. */
export function parseYield(cursor: TokenCursor): Expr {
  const { start } = cursor;
  cursor.next();
  cursor.sawYield = true;
  const from = cursor.eat("from");
  if (from) return { type: "Yield", value: parseExpression(cursor), from, start, end: cursor.lastEnd };
  if (endsList(cursor)) return { type: "Yield", from, start, end: cursor.lastEnd };
  return { type: "Yield", value: parseExpressionList(cursor), from, start, end: cursor.lastEnd };
}

function parseLambda(cursor: TokenCursor): Expr {
  const { start, sawYield } = cursor;
  cursor.next();
  cursor.sawYield = false;
  const args = parseParameters(cursor, ":");
  cursor.expect(":");
  const body = parseExpression(cursor);
  const isGenerator = cursor.sawYield;
  cursor.sawYield = sawYield;
  return { type: "Lambda", args, body, isGenerator, start, end: cursor.lastEnd };
}

/**
 * Parameters up to the token that closes them, which is left standing. Those of a lambda, closed by `:`, have no
 * annotations.
 */
export function parseParameters(cursor: TokenCursor, close: ")" | ":"): Param[] {
  let parameters: Param[] = [];
  let afterStar = false;
  while (!cursor.is(close)) {
    const { start } = cursor;
    if (cursor.eat("/")) {
      parameters = parameters.map((one) =>
        one.kind === "positional" ? { ...one, kind: "positionalOnly" } : one,
      );
    } else if (cursor.eat("**")) {
      parameters.push(parseParameter(cursor, start, "namedRest", close));
    } else if (cursor.eat("*")) {
      afterStar = true;
      if (!cursor.is(",")) parameters.push(parseParameter(cursor, start, "rest", close));
    } else {
      parameters.push(parseParameter(cursor, start, afterStar ? "keywordOnly" : "positional", close));
    }
    if (!cursor.eat(",")) break;
  }
  return parameters;
}

function parseParameter(cursor: TokenCursor, start: number, kind: Param["kind"], close: ")" | ":"): Param {
  const { name, start: nameStart } = cursor.expectName();
  let annotation: Expr | undefined;
  if (close === ")" && cursor.eat(":"))
    annotation = cursor.is("*") ? parseStar(cursor) : parseExpression(cursor);
  const initial = cursor.eat("=") ? parseExpression(cursor) : undefined;
  return {
    name,
    nameStart,
    kind,
    ...(annotation && { annotation }),
    ...(initial && { default: initial }),
    start,
    end: cursor.lastEnd,
  };
}

/** Operands joined by `or`, and anything that binds more tightly. */
export function parseDisjunction(cursor: TokenCursor): Expr {
  return parseBoolean(cursor, "or", parseConjunction);
}

function parseConjunction(cursor: TokenCursor): Expr {
  return parseBoolean(cursor, "and", parseNegation);
}

function parseBoolean(
  cursor: TokenCursor,
  op: "and" | "or",
  parseOperand: (cursor: TokenCursor) => Expr,
): Expr {
  const { start } = cursor;
  const first = parseOperand(cursor);
  if (!cursor.is(op)) return first;
  const values = [first];
  while (cursor.eat(op)) values.push(parseOperand(cursor));
  return { type: "BoolOp", op, values, start, end: cursor.lastEnd };
}

function parseNegation(cursor: TokenCursor): Expr {
  if (!cursor.is("not")) return parseComparison(cursor);
  const { start } = cursor;
  cursor.next();
  const operand = cursor.nested(parseNegation);
  return { type: "UnaryOp", op: "not", operand, start, end: cursor.lastEnd };
}

function parseComparison(cursor: TokenCursor): Expr {
  const { start } = cursor;
  const left = parseBinary(cursor, LOWEST_PRECEDENCE);
  let op = eatComparison(cursor);
  if (op === undefined) return left;
  const ops: BinaryOperator[] = [];
  const comparators: Expr[] = [];
  for (; op !== undefined; op = eatComparison(cursor)) {
    ops.push(op);
    comparators.push(parseBinary(cursor, LOWEST_PRECEDENCE));
  }
  return { type: "Compare", left, ops, comparators, start, end: cursor.lastEnd };
}

/** Identity is compared as equality: programs do not tell them apart. */
function eatComparison(cursor: TokenCursor): BinaryOperator | undefined {
  const { kind, value } = cursor;
  if (kind === "operator") {
    const op = COMPARISONS.get(value);
    if (op !== undefined) cursor.next();
    return op;
  }
  if (kind !== "keyword") return undefined;
  if (cursor.eat("in")) return "in";
  if (cursor.eat("is")) return cursor.eat("not") ? "!=" : "==";
  if (value !== "not" || cursor.peek().value !== "in") return undefined;
  cursor.next();
  cursor.next();
  return "not in";
}

function parseBinary(cursor: TokenCursor, lowest: number): Expr {
  const { start } = cursor;
  let left = parseUnary(cursor);
  for (;;) {
    if (cursor.kind !== "operator") return left;
    const operator = BINARY_OPERATORS.get(cursor.value);
    if (!operator || operator.precedence < lowest) return left;
    cursor.next();
    const right = parseBinary(cursor, operator.precedence + 1);
    left = { type: "BinOp", op: operator.op, left, right, start, end: cursor.lastEnd };
  }
}

function parseUnary(cursor: TokenCursor): Expr {
  const { start, value: op } = cursor;
  if (op !== "-" && op !== "+" && op !== "~") return parsePower(cursor);
  cursor.next();
  const operand = cursor.nested(parseUnary);
  return { type: "UnaryOp", op, operand, start, end: cursor.lastEnd };
}

function parsePower(cursor: TokenCursor): Expr {
  const { start } = cursor;
  let left: Expr;
  if (cursor.eat("await")) left = { type: "Await", value: parsePrimary(cursor), start, end: cursor.lastEnd };
  else left = parsePrimary(cursor);
  if (!cursor.eat("**")) return left;
  const right = cursor.nested(parseUnary);
  return { type: "BinOp", op: "**", left, right, start, end: cursor.lastEnd };
}

function parsePrimary(cursor: TokenCursor): Expr {
  const { start } = cursor;
  let value = parseAtom(cursor);
  for (;;) {
    if (cursor.eat(".")) {
      const { name: attr, end } = cursor.expectName();
      value = { type: "Attribute", value, attr, start, end };
    } else if (cursor.eat("(")) {
      const args = parseArguments(cursor);
      value = { type: "Call", func: value, args, start, end: cursor.lastEnd };
    } else if (cursor.eat("[")) {
      const slice = parseSubscript(cursor);
      cursor.expect("]");
      value = { type: "Subscript", value, slice, start, end: cursor.lastEnd };
    } else {
      return value;
    }
  }
}

/** Arguments behind an opening parenthesis, and the closing one. */
export function parseArguments(cursor: TokenCursor): CallArgument[] {
  const found: CallArgument[] = [];
  while (!cursor.is(")")) {
    found.push(parseArgument(cursor));
    if (!cursor.eat(",")) break;
  }
  cursor.expect(")");
  return found;
}

function parseArgument(cursor: TokenCursor): CallArgument {
  const { start } = cursor;
  if (cursor.eat("*")) return { kind: "spread", value: parseExpression(cursor), start, end: cursor.lastEnd };
  if (cursor.eat("**"))
    return { kind: "namedSpread", value: parseExpression(cursor), start, end: cursor.lastEnd };
  if (cursor.kind === "name" && cursor.peek().value === "=") {
    const { name, end: nameEnd } = cursor.expectName();
    cursor.next();
    return { kind: "named", name, nameEnd, value: parseExpression(cursor), start, end: cursor.lastEnd };
  }
  const element = parseNamed(cursor);
  const value = startsComprehension(cursor)
    ? finishComprehension(cursor, "GeneratorExp", element, start)
    : element;
  return { kind: "positional", value, start, end: cursor.lastEnd };
}

function parseSubscript(cursor: TokenCursor): Expr {
  const { start } = cursor;
  const first = parseSlice(cursor);
  if (!cursor.is(",")) return first.type === "Starred" ? toTuple([first], start, first.end) : first;
  const elts = [first];
  while (cursor.eat(",")) {
    if (cursor.is("]")) break;
    elts.push(parseSlice(cursor));
  }
  return toTuple(elts, start, cursor.lastEnd);
}

function toTuple(elts: readonly Expr[], start: number, end: number): Expr {
  return { type: "Tuple", elts, start, end };
}

function parseSlice(cursor: TokenCursor): Expr {
  const { start } = cursor;
  if (cursor.is("*")) return parseStar(cursor);
  const lower = cursor.is(":") ? undefined : parseNamed(cursor);
  if (lower && !cursor.is(":")) return lower;
  cursor.expect(":");
  const endsPart = () => cursor.is(":") || cursor.is("]") || cursor.is(",");
  const upper = endsPart() ? undefined : parseExpression(cursor);
  const step = cursor.eat(":") && !endsPart() ? parseExpression(cursor) : undefined;
  return {
    type: "Slice",
    ...(lower && { lower }),
    ...(upper && { upper }),
    ...(step && { step }),
    start,
    end: cursor.lastEnd,
  };
}

const CONSTANTS = new Map([
  ["None", null],
  ["True", true],
  ["False", false],
]);

function parseAtom(cursor: TokenCursor): Expr {
  const { kind, start, end, value } = cursor;
  if (kind === "name") {
    cursor.next();
    return { type: "Name", id: value, start, end };
  }
  if (kind === "string" || kind === "fStart") return parseStrings(cursor, parseExpressionList);
  if (kind === "number") {
    cursor.next();
    return { type: "Constant", value: toNumber(cursor.text.slice(start, end)), start, end };
  }
  if (kind === "keyword") {
    const constant = CONSTANTS.get(value);
    if (constant === undefined) cursor.fail(`unexpected '${value}'`);
    cursor.next();
    return { type: "Constant", value: constant, start, end };
  }
  if (value === "(") return parseParentheses(cursor);
  if (value === "[") return parseListDisplay(cursor);
  if (value === "{") return parseBraces(cursor);
  if (value === "...") {
    cursor.next();
    return { type: "Name", id: "Ellipsis", start, end };
  }
  return cursor.fail(kind === "operator" ? `unexpected '${value}'` : "expected an expression");
}

/** The value of a number literal; undefined for imaginary ones and for what is no number. */
function toNumber(literal: string): number | undefined {
  const number = Number(literal.replaceAll("_", ""));
  return Number.isNaN(number) ? undefined : number;
}
