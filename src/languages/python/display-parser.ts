import type { DictEntry, Expr, Generator } from "./ast.ts";
import {
  parseDisjunction,
  parseExpression,
  parseSpreadValue,
  parseStarOrNamed,
  parseTargetList,
  parseWalrus,
  parseYield,
} from "./expression-parser.ts";
import type { TokenCursor } from "./token-cursor.ts";

/** Whether `for` or `async for` follows, which makes what was just read the element of a comprehension. */
export function startsComprehension(cursor: TokenCursor): boolean {
  return cursor.is("for") || (cursor.is("async") && cursor.peek().value === "for");
}

function parseGenerators(cursor: TokenCursor): Generator[] {
  const generators: Generator[] = [];
  while (startsComprehension(cursor)) {
    const { start } = cursor;
    cursor.eat("async");
    cursor.expect("for");
    const target = parseTargetList(cursor);
    cursor.expect("in");
    // `if` begins a condition here, so no conditional expression can stand in front of it.
    const iter = parseDisjunction(cursor);
    const ifs: Expr[] = [];
    while (cursor.eat("if")) ifs.push(parseWalrus(cursor, parseDisjunction(cursor)));
    generators.push({ target, iter, ifs, start, end: cursor.lastEnd });
  }
  return generators;
}

/** The clauses behind the element of a comprehension whose brackets, if any, the caller reads. */
export function finishComprehension(
  cursor: TokenCursor,
  type: "ListComp" | "SetComp" | "DictComp" | "GeneratorExp",
  elt: Expr,
  start: number,
  key?: Expr,
): Expr {
  const generators = parseGenerators(cursor);
  return { type, ...(key && { key }), elt, generators, start, end: cursor.lastEnd };
}

/** Gives a node the place of the brackets around it, which end with the token that was just read. */
function within(cursor: TokenCursor, start: number, node: Expr): Expr {
  return { ...node, start, end: cursor.lastEnd };
}

/** Parentheses around an expression, a tuple, a generator or a `yield`. */
export function parseParentheses(cursor: TokenCursor): Expr {
  const { start } = cursor;
  cursor.next();
  if (cursor.eat(")")) return { type: "Tuple", elts: [], start, end: cursor.lastEnd };
  if (cursor.is("yield")) {
    const value = parseYield(cursor);
    cursor.expect(")");
    return value;
  }
  const first = parseStarOrNamed(cursor);
  if (startsComprehension(cursor)) {
    const generator = finishComprehension(cursor, "GeneratorExp", first, start);
    cursor.expect(")");
    return within(cursor, start, generator);
  }
  if (!cursor.is(",")) {
    if (first.type === "Starred") cursor.fail("expected ','");
    cursor.expect(")");
    return first;
  }
  const elts = parseElements(cursor, first, ")");
  return { type: "Tuple", elts, start, end: cursor.lastEnd };
}

/** The elements behind the first one, and the closing bracket. */
function parseElements(cursor: TokenCursor, first: Expr, close: string): Expr[] {
  const elements = [first];
  while (cursor.eat(",")) {
    if (cursor.is(close)) break;
    elements.push(parseStarOrNamed(cursor));
  }
  cursor.expect(close);
  return elements;
}

/** A list or a list comprehension. */
export function parseListDisplay(cursor: TokenCursor): Expr {
  const { start } = cursor;
  cursor.next();
  if (cursor.eat("]")) return { type: "List", elts: [], start, end: cursor.lastEnd };
  const first = parseStarOrNamed(cursor);
  if (startsComprehension(cursor)) {
    const comprehension = finishComprehension(cursor, "ListComp", first, start);
    cursor.expect("]");
    return within(cursor, start, comprehension);
  }
  const elts = parseElements(cursor, first, "]");
  return { type: "List", elts, start, end: cursor.lastEnd };
}

/** A dict, a set, or a comprehension of either. */
export function parseBraces(cursor: TokenCursor): Expr {
  const { start } = cursor;
  cursor.next();
  if (cursor.is("}") || cursor.is("**")) return parseDict(cursor, start, []);
  const first = parseStarOrNamed(cursor);
  if (cursor.eat(":")) {
    const value = parseExpression(cursor);
    if (!startsComprehension(cursor)) {
      const entry = { key: first, value, start: first.start, end: cursor.lastEnd };
      if (!cursor.is("}")) cursor.expect(",");
      return parseDict(cursor, start, [entry]);
    }
    const comprehension = finishComprehension(cursor, "DictComp", value, start, first);
    cursor.expect("}");
    return within(cursor, start, comprehension);
  }
  if (startsComprehension(cursor)) {
    const comprehension = finishComprehension(cursor, "SetComp", first, start);
    cursor.expect("}");
    return within(cursor, start, comprehension);
  }
  const elts = parseElements(cursor, first, "}");
  return { type: "Set", elts, start, end: cursor.lastEnd };
}

/** The rest of a dict behind the entries read so far and their comma. */
function parseDict(cursor: TokenCursor, start: number, entries: DictEntry[]): Expr {
  while (!cursor.is("}")) {
    entries.push(parseDictEntry(cursor));
    if (!cursor.eat(",")) break;
  }
  cursor.expect("}");
  return { type: "Dict", entries, start, end: cursor.lastEnd };
}

function parseDictEntry(cursor: TokenCursor): DictEntry {
  const { start } = cursor;
  if (cursor.eat("**")) return { value: parseSpreadValue(cursor), start, end: cursor.lastEnd };
  const key = parseExpression(cursor);
  cursor.expect(":");
  const value = parseExpression(cursor);
  return { key, value, start, end: cursor.lastEnd };
}
