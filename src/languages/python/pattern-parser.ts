import type { Expr, Identifier, MatchPattern } from "./ast.ts";
import { parsePatternValue } from "./expression-parser.ts";
import type { TokenCursor } from "./token-cursor.ts";

/** The pattern of a `case`; a comma makes it a sequence. */
export function parseCasePattern(cursor: TokenCursor): MatchPattern {
  const { start } = cursor;
  const first = parsePattern(cursor);
  if (!cursor.is(",")) {
    if (first.type !== "MatchStar") return first;
    return cursor.fail("expected ','");
  }
  const patterns = [first];
  while (cursor.eat(",")) {
    if (cursor.is(":") || cursor.is("if")) break;
    patterns.push(parsePattern(cursor));
  }
  return { type: "MatchSequence", patterns, start, end: cursor.lastEnd };
}

function parsePattern(cursor: TokenCursor): MatchPattern {
  return cursor.nested(readPattern);
}

function readPattern(cursor: TokenCursor): MatchPattern {
  const { start } = cursor;
  let pattern = parseClosedPattern(cursor);
  if (cursor.is("|")) {
    const patterns = [pattern];
    while (cursor.eat("|")) patterns.push(parseClosedPattern(cursor));
    pattern = { type: "MatchOr", patterns, start, end: cursor.lastEnd };
  }
  if (!cursor.eat("as")) return pattern;
  const name = cursor.expectName();
  return { type: "MatchAs", pattern, name, start, end: cursor.lastEnd };
}

function parseClosedPattern(cursor: TokenCursor): MatchPattern {
  const { start } = cursor;
  if (cursor.eat("*")) {
    const name = captured(cursor.expectName());
    return { type: "MatchStar", ...(name && { name }), start, end: cursor.lastEnd };
  }
  if (cursor.eat("[")) return parseSequence(cursor, start, "]");
  if (cursor.eat("(")) return parseSequence(cursor, start, ")");
  if (cursor.eat("{")) return parseMapping(cursor, start);
  if (cursor.kind === "name") return parseNamePattern(cursor);
  const value = parsePatternValue(cursor);
  return { type: "MatchValue", value, start, end: cursor.lastEnd };
}

/** `_` captures nothing. */
function captured(name: Identifier): Identifier | undefined {
  return name.name === "_" ? undefined : name;
}

function parseSequence(cursor: TokenCursor, start: number, close: ")" | "]"): MatchPattern {
  const patterns: MatchPattern[] = [];
  let hasComma = false;
  while (!cursor.is(close)) {
    patterns.push(parsePattern(cursor));
    if (!cursor.eat(",")) break;
    hasComma = true;
  }
  cursor.expect(close);
  const [only] = patterns;
  // Parentheses around one pattern only group it.
  if (only && close === ")" && !hasComma) return only;
  return { type: "MatchSequence", patterns, start, end: cursor.lastEnd };
}

function parseMapping(cursor: TokenCursor, start: number): MatchPattern {
  const keys: Expr[] = [];
  const patterns: MatchPattern[] = [];
  let rest: Identifier | undefined;
  while (!cursor.is("}")) {
    if (cursor.eat("**")) rest = cursor.expectName();
    else {
      keys.push(parsePatternValue(cursor));
      cursor.expect(":");
      patterns.push(parsePattern(cursor));
    }
    if (!cursor.eat(",")) break;
  }
  cursor.expect("}");
  return { type: "MatchMapping", keys, patterns, ...(rest && { rest }), start, end: cursor.lastEnd };
}

/** A capture, a dotted constant, or a class with patterns for its attributes. */
function parseNamePattern(cursor: TokenCursor): MatchPattern {
  const identifier = cursor.expectName();
  const { start } = identifier;
  let value: Expr = { type: "Name", id: identifier.name, start, end: identifier.end };
  while (cursor.eat(".")) {
    const { name: attr, end } = cursor.expectName();
    value = { type: "Attribute", value, attr, start, end };
  }
  if (cursor.eat("(")) {
    const patterns: MatchPattern[] = [];
    while (!cursor.is(")")) {
      if (cursor.kind === "name" && cursor.peek().value === "=") {
        cursor.next();
        cursor.next();
      }
      patterns.push(parsePattern(cursor));
      if (!cursor.eat(",")) break;
    }
    cursor.expect(")");
    return { type: "MatchClass", cls: value, patterns, start, end: cursor.lastEnd };
  }
  if (value.type === "Attribute") return { type: "MatchValue", value, start, end: cursor.lastEnd };
  const name = captured(identifier);
  return { type: "MatchAs", ...(name && { name }), start, end: cursor.lastEnd };
}
