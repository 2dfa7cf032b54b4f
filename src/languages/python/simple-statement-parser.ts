import type { Alias, Expr, Stmt } from "./ast.ts";
import {
  AUGMENTED_ASSIGNMENTS,
  checkTarget,
  parseExpression,
  parseExpressionList,
} from "./expression-parser.ts";
import type { TokenCursor } from "./token-cursor.ts";

/** Statements of one line, up to its end, joined by semicolons. Adds what was read to `into`. */
export function parseSimpleLine(cursor: TokenCursor, into: Stmt[]): void {
  for (;;) {
    const statement = parseSimple(cursor);
    const hasSemicolon = cursor.eat(";");
    const isLast = cursor.eatKind("newline") || cursor.kind === "end";
    if (!isLast && !hasSemicolon) cursor.fail("expected the end of the statement");
    into.push(statement);
    if (isLast) return;
  }
}

function parseSimple(cursor: TokenCursor): Stmt {
  const { start } = cursor;
  if (cursor.kind === "keyword") {
    const statement = parseSimpleKeyword(cursor, start);
    if (statement) return statement;
  }
  return parseAssignmentOrExpression(cursor, start);
}

function parseSimpleKeyword(cursor: TokenCursor, start: number): Stmt | undefined {
  switch (cursor.value) {
    case "return": {
      cursor.next();
      const value = endsSimple(cursor) ? undefined : parseExpressionList(cursor);
      return { type: "Return", ...(value && { value }), start, end: cursor.lastEnd };
    }
    case "raise": {
      cursor.next();
      const exc = endsSimple(cursor) ? undefined : parseExpression(cursor);
      const cause = cursor.eat("from") ? parseExpression(cursor) : undefined;
      return { type: "Raise", ...(exc && { exc }), ...(cause && { cause }), start, end: cursor.lastEnd };
    }
    case "assert": {
      cursor.next();
      const test = parseExpression(cursor);
      const msg = cursor.eat(",") ? parseExpression(cursor) : undefined;
      return { type: "Assert", test, ...(msg && { msg }), start, end: cursor.lastEnd };
    }
    case "del": {
      cursor.next();
      const target = parseExpressionList(cursor);
      checkTarget(target);
      const targets = target.type === "Tuple" || target.type === "List" ? target.elts : [target];
      return { type: "Delete", targets, start, end: cursor.lastEnd };
    }
    case "pass":
      cursor.next();
      return { type: "Pass", start, end: cursor.lastEnd };
    case "break":
      cursor.next();
      return { type: "Break", start, end: cursor.lastEnd };
    case "continue":
      cursor.next();
      return { type: "Continue", start, end: cursor.lastEnd };
    case "global":
    case "nonlocal":
      return parseScope(cursor, start);
    case "import":
      return parseImport(cursor, start);
    case "from":
      return parseImportFrom(cursor, start);
    default:
      return undefined;
  }
}

function endsSimple(cursor: TokenCursor): boolean {
  return cursor.kind === "newline" || cursor.kind === "end" || cursor.is(";");
}

function parseScope(cursor: TokenCursor, start: number): Stmt {
  const type = cursor.is("global") ? "Global" : "Nonlocal";
  const names: string[] = [];
  do {
    cursor.next();
    names.push(cursor.expectName().name);
  } while (cursor.is(","));
  return { type, names, start, end: cursor.lastEnd };
}

function parseImport(cursor: TokenCursor, start: number): Stmt {
  const names: Alias[] = [];
  do {
    cursor.next();
    const aliasStart = cursor.start;
    names.push(parseAlias(cursor, parseDottedName(cursor), aliasStart));
  } while (cursor.is(","));
  return { type: "Import", names, start, end: cursor.lastEnd };
}

function parseAlias(cursor: TokenCursor, name: string, start: number): Alias {
  const asname = cursor.eat("as") ? cursor.expectName().name : undefined;
  return { name, ...(asname !== undefined && { asname }), start, end: cursor.lastEnd };
}

function parseDottedName(cursor: TokenCursor): string {
  const names = [cursor.expectName().name];
  while (cursor.eat(".")) names.push(cursor.expectName().name);
  return names.join(".");
}

function parseImportFrom(cursor: TokenCursor, start: number): Stmt {
  cursor.next();
  let module = "";
  while (cursor.is(".") || cursor.is("...")) {
    module += cursor.value;
    cursor.next();
  }
  if (module === "" || !cursor.is("import")) module += parseDottedName(cursor);
  cursor.expect("import");
  if (cursor.is("*")) {
    const star = { name: "*", start: cursor.start, end: cursor.end };
    cursor.next();
    return { type: "ImportFrom", module, names: [star], start, end: cursor.lastEnd };
  }
  const names: Alias[] = [];
  const isParenthesized = cursor.eat("(");
  do {
    if (isParenthesized && cursor.is(")")) break;
    const { name, start: aliasStart } = cursor.expectName();
    names.push(parseAlias(cursor, name, aliasStart));
  } while (cursor.eat(","));
  if (isParenthesized) cursor.expect(")");
  return { type: "ImportFrom", module, names, start, end: cursor.lastEnd };
}

function parseAssignmentOrExpression(cursor: TokenCursor, start: number): Stmt {
  const first = parseExpressionList(cursor);
  if (cursor.eat(":")) {
    checkTarget(first);
    const annotation = parseExpression(cursor);
    const value = cursor.eat("=") ? parseExpressionList(cursor) : undefined;
    return {
      type: "AnnAssign",
      target: first,
      annotation,
      ...(value && { value }),
      start,
      end: cursor.lastEnd,
    };
  }
  if (cursor.is("=")) {
    const targets: Expr[] = [];
    let value = first;
    while (cursor.eat("=")) {
      checkTarget(value);
      targets.push(value);
      value = parseExpressionList(cursor);
    }
    return { type: "Assign", targets, value, start, end: cursor.lastEnd };
  }
  const op = AUGMENTED_ASSIGNMENTS.get(cursor.value);
  if (op !== undefined) {
    checkTarget(first);
    cursor.next();
    return {
      type: "AugAssign",
      target: first,
      op,
      value: parseExpressionList(cursor),
      start,
      end: cursor.lastEnd,
    };
  }
  return { type: "Expr", value: first, start, end: cursor.lastEnd };
}
