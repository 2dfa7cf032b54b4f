import type {
  Block,
  ExceptHandler,
  Expr,
  If,
  Located,
  Match,
  MatchCase,
  Skipped,
  Stmt,
  WithItem,
} from "./ast.ts";
import {
  AUGMENTED_ASSIGNMENTS,
  checkTarget,
  parseArguments,
  parseExpression,
  parseExpressionList,
  parseNamed,
  parseParameters,
  parseStar,
  parseTarget,
  parseTargetList,
} from "./expression-parser.ts";
import { parseCasePattern } from "./pattern-parser.ts";
import { parseSimpleLine } from "./simple-statement-parser.ts";
import { PythonSyntaxError } from "./token-cursor.ts";
import type { TokenCursor } from "./token-cursor.ts";
import type { TokenKind } from "./tokenizer.ts";

/** All statements up to the end of the text. Statements with syntax errors come out as `Skipped`. */
export function parseStatements(cursor: TokenCursor): Block {
  const statements: Stmt[] = [];
  while (cursor.kind !== "end") {
    if (cursor.kind === "newline" || cursor.kind === "dedent") cursor.next();
    else parseStatement(cursor, statements);
  }
  return statements;
}

/** Reads one line or one compound statement, and adds what it holds to `into`. */
function parseStatement(cursor: TokenCursor, into: Stmt[]): void {
  const first = cursor.position;
  const { start, sawYield } = cursor;
  const error = cursor.attempt(() => {
    if (cursor.kind === "indent") cursor.fail("unexpected indentation");
    const compound = parseCompound(cursor);
    if (compound) into.push(compound);
    else parseSimpleLine(cursor, into);
  });
  if (!(error instanceof PythonSyntaxError)) return;
  cursor.sawYield = sawYield;
  into.push(skipStatement(cursor, first, start, error));
}

const LINE_ENDS: ReadonlySet<TokenKind> = new Set(["newline", "end", "indent", "dedent"]);

/** Goes past the line of an error, and reads what stands indented under it. */
function skipStatement(cursor: TokenCursor, first: number, start: number, error: PythonSyntaxError): Skipped {
  const errorAt = cursor.position;
  cursor.position = first;
  const assigns = findAssigned(cursor);
  cursor.position = errorAt;
  // An error at the start of a line is that of the line before: a block or a definition is missing.
  if (cursor.position === first || !cursor.isAfterNewline) {
    while (!LINE_ENDS.has(cursor.kind)) cursor.next();
    cursor.eatKind("newline");
  }
  const end = Math.max(start, cursor.lastEnd);
  const body: Stmt[] = [];
  if (cursor.kind === "indent") {
    const nested = cursor.attempt(() => parseIndented(cursor, body));
    if (nested instanceof PythonSyntaxError) skipIndented(cursor);
  }
  const { message } = error;
  return {
    type: "Skipped",
    message,
    errorStart: error.start,
    errorEnd: error.end,
    assigns,
    body,
    start,
    end,
  };
}

/** Names in front of the `=` of a line that could not be read. */
function findAssigned(cursor: TokenCursor): string[] {
  const names: string[] = [];
  for (; cursor.kind !== "newline" && cursor.kind !== "end"; cursor.next()) {
    const { value } = cursor;
    if (value === "=" || AUGMENTED_ASSIGNMENTS.has(value)) return names;
    if (value === "(" || value === ":") return [];
    if (cursor.kind === "name") names.push(value);
  }
  return [];
}

/** Goes past a block that is too deep to be read. */
function skipIndented(cursor: TokenCursor): void {
  let depth = 0;
  do {
    if (cursor.kind === "indent") depth += 1;
    else if (cursor.kind === "dedent") depth -= 1;
    cursor.next();
  } while (depth > 0 && cursor.kind !== "end");
}

/** The statements of an indented block, from its indent to its dedent. */
function parseIndented(cursor: TokenCursor, into: Stmt[]): void {
  cursor.nested(() => {
    cursor.next();
    while (cursor.kind !== "dedent" && cursor.kind !== "end") {
      if (!cursor.eatKind("newline")) parseStatement(cursor, into);
    }
    cursor.eatKind("dedent");
  });
}

/** `:` and what follows it: an indented block, or simple statements on the same line. */
function parseBlock(cursor: TokenCursor): Block {
  cursor.expect(":");
  const statements: Stmt[] = [];
  if (!cursor.eatKind("newline")) {
    parseSimpleLine(cursor, statements);
    return statements;
  }
  if (cursor.kind !== "indent") cursor.fail("expected an indented block");
  parseIndented(cursor, statements);
  return statements;
}

function parseCompound(cursor: TokenCursor): Stmt | undefined {
  const { kind, start, value } = cursor;
  if (value === "@" && kind === "operator") return parseDecorated(cursor);
  if (kind === "keyword") return parseCompoundKeyword(cursor, start);
  if (kind !== "name") return undefined;
  if (value === "match") return parseMatch(cursor);
  if (value === "type" && cursor.peek().kind === "name") return parseTypeAlias(cursor);
  return undefined;
}

function parseCompoundKeyword(cursor: TokenCursor, start: number): Stmt | undefined {
  switch (cursor.value) {
    case "if":
      return parseIf(cursor);
    case "while":
      return parseWhile(cursor);
    case "for":
      return parseFor(cursor, start);
    case "try":
      return parseTry(cursor);
    case "with":
      return parseWith(cursor, start);
    case "def":
      return parseFunction(cursor, start, []);
    case "class":
      return parseClass(cursor, []);
    case "async":
      return parseAsync(cursor, []);
    default:
      return undefined;
  }
}

function parseAsync(cursor: TokenCursor, decorators: readonly Expr[]): Stmt {
  const { start } = cursor;
  cursor.expect("async");
  if (cursor.is("def")) return parseFunction(cursor, start, decorators);
  if (cursor.is("for") && decorators.length === 0) return parseFor(cursor, start);
  if (cursor.is("with") && decorators.length === 0) return parseWith(cursor, start);
  return cursor.fail("expected 'def'");
}

function parseDecorated(cursor: TokenCursor): Stmt {
  const decorators: Expr[] = [];
  while (cursor.eat("@")) {
    decorators.push(parseNamed(cursor));
    if (!cursor.eatKind("newline")) cursor.fail("expected the end of the line");
  }
  if (cursor.is("class")) return parseClass(cursor, decorators);
  if (cursor.is("async")) return parseAsync(cursor, decorators);
  if (cursor.is("def")) return parseFunction(cursor, cursor.start, decorators);
  return cursor.fail("expected 'def' or 'class'");
}

function parseFunction(cursor: TokenCursor, start: number, decorators: readonly Expr[]): Stmt {
  const isAsync = cursor.start !== start;
  const { sawYield } = cursor;
  cursor.expect("def");
  const name = cursor.expectName();
  skipTypeParameters(cursor);
  cursor.expect("(");
  const args = parseParameters(cursor, ")");
  cursor.expect(")");
  if (cursor.eat("->")) parseExpressionList(cursor);
  cursor.sawYield = false;
  const body = parseBlock(cursor);
  const isGenerator = cursor.sawYield;
  cursor.sawYield = sawYield;
  return {
    type: "FunctionDef",
    name,
    args,
    body,
    decorators,
    isAsync,
    isGenerator,
    start,
    end: endOf(body, cursor),
  };
}

function parseClass(cursor: TokenCursor, decorators: readonly Expr[]): Stmt {
  const { start } = cursor;
  cursor.expect("class");
  const name = cursor.expectName();
  skipTypeParameters(cursor);
  const args = cursor.eat("(") ? parseArguments(cursor) : [];
  const body = parseBlock(cursor);
  return { type: "ClassDef", name, args, body, decorators, start, end: endOf(body, cursor) };
}

/** `[T: int = str, *Ts, **P]`: types are read to get past them. */
function skipTypeParameters(cursor: TokenCursor): void {
  if (!cursor.eat("[")) return;
  while (!cursor.is("]")) {
    if (!cursor.eat("*")) cursor.eat("**");
    cursor.expectName();
    if (cursor.eat(":")) parseExpression(cursor);
    if (cursor.eat("=")) {
      if (cursor.is("*")) parseStar(cursor);
      else parseExpression(cursor);
    }
    if (!cursor.eat(",")) break;
  }
  cursor.expect("]");
}

/** A compound statement ends with its last statement, and not with the blank lines and dedents behind it. */
function endOf(body: readonly Located[], cursor: TokenCursor): number {
  return body[body.length - 1]?.end ?? cursor.lastEnd;
}

function parseIf(cursor: TokenCursor): If {
  const { start } = cursor;
  const branches = [parseBranch(cursor)];
  let orelse: Block = [];
  while (cursor.is("elif") && orelse.length === 0) {
    const branch = parseOrSkip<Branch | Skipped>(
      cursor,
      () => parseBranch(cursor),
      (skipped) => skipped,
    );
    if ("type" in branch) orelse = [branch];
    else branches.push(branch);
  }
  if (orelse.length === 0) orelse = parseElse(cursor);
  return { type: "If", branches, orelse, start, end: endOf([...branches, ...orelse], cursor) };
}

type Branch = If["branches"][number];

function parseBranch(cursor: TokenCursor): Branch {
  const { start } = cursor;
  cursor.next();
  const test = parseNamed(cursor);
  const body = parseBlock(cursor);
  return { test, body, start, end: endOf(body, cursor) };
}

function parseElse(cursor: TokenCursor): Block {
  return parseClause(cursor, "else");
}

/** `else` or `finally`, if it stands here. An error in it leaves the clauses before it as they are. */
function parseClause(cursor: TokenCursor, keyword: "else" | "finally"): Block {
  if (!cursor.is(keyword)) return [];
  return parseOrSkip(
    cursor,
    () => {
      cursor.next();
      return parseBlock(cursor);
    },
    (skipped) => [skipped],
  );
}

/** Reads one clause of a statement; on an error only that clause is skipped. */
function parseOrSkip<T>(cursor: TokenCursor, read: () => T, recover: (skipped: Skipped) => T): T {
  const first = cursor.position;
  const { start } = cursor;
  const clause = cursor.attempt(read);
  return clause instanceof PythonSyntaxError ? recover(skipStatement(cursor, first, start, clause)) : clause;
}

function parseWhile(cursor: TokenCursor): Stmt {
  const { start } = cursor;
  cursor.next();
  const test = parseNamed(cursor);
  const body = parseBlock(cursor);
  const orelse = parseElse(cursor);
  return { type: "While", test, body, orelse, start, end: endOf([...body, ...orelse], cursor) };
}

function parseFor(cursor: TokenCursor, start: number): Stmt {
  cursor.expect("for");
  const target = parseTargetList(cursor);
  cursor.expect("in");
  const iter = parseExpressionList(cursor);
  const body = parseBlock(cursor);
  const orelse = parseElse(cursor);
  return { type: "For", target, iter, body, orelse, start, end: endOf([...body, ...orelse], cursor) };
}

function parseTry(cursor: TokenCursor): Stmt {
  const { start } = cursor;
  cursor.next();
  const body = parseBlock(cursor);
  const handlers: ExceptHandler[] = [];
  while (cursor.is("except")) handlers.push(parseHandler(cursor));
  const orelse = parseElse(cursor);
  const finalbody = parseClause(cursor, "finally");
  const end = endOf([...body, ...handlers, ...orelse, ...finalbody], cursor);
  return { type: "Try", body, handlers, orelse, finalbody, start, end };
}

function parseHandler(cursor: TokenCursor): ExceptHandler {
  const { start } = cursor;
  const read = (): ExceptHandler => {
    cursor.next();
    cursor.eat("*");
    const exc = cursor.is(":") ? undefined : parseExpressionList(cursor);
    const name = cursor.eat("as") ? cursor.expectName() : undefined;
    const body = parseBlock(cursor);
    return { ...(exc && { exc }), ...(name && { name }), body, start, end: endOf(body, cursor) };
  };
  return parseOrSkip(cursor, read, (skipped) => ({ body: [skipped], start, end: skipped.end }));
}

function parseWith(cursor: TokenCursor, start: number): Stmt {
  cursor.expect("with");
  const items = parseWithItems(cursor);
  const body = parseBlock(cursor);
  return { type: "With", items, body, start, end: endOf(body, cursor) };
}

/** A parenthesis may hold the list of items, or begin the expression of the first one: the first is tried first. */
function parseWithItems(cursor: TokenCursor): WithItem[] {
  if (cursor.is("(")) {
    const before = cursor.position;
    const items = cursor.attempt(() => {
      cursor.next();
      const found: WithItem[] = [];
      while (!cursor.is(")")) {
        found.push(parseWithItem(cursor));
        if (!cursor.eat(",")) break;
      }
      cursor.expect(")");
      if (!cursor.is(":")) cursor.fail("expected ':'");
      return found;
    });
    if (!(items instanceof PythonSyntaxError) && items.length > 0) return items;
    cursor.position = before;
  }
  const items = [parseWithItem(cursor)];
  while (cursor.eat(",")) items.push(parseWithItem(cursor));
  return items;
}

function parseWithItem(cursor: TokenCursor): WithItem {
  const { start } = cursor;
  const context = parseExpression(cursor);
  if (!cursor.eat("as")) return { context, start, end: cursor.lastEnd };
  const target = parseTarget(cursor);
  checkTarget(target);
  return { context, target, start, end: cursor.lastEnd };
}

/** `match` is a name everywhere else, so this looks as far as the first `case` before it decides. */
function parseMatch(cursor: TokenCursor): Match | undefined {
  const before = cursor.position;
  const { start } = cursor;
  const subject = cursor.attempt(() => {
    cursor.next();
    const value = parseExpressionList(cursor);
    cursor.expect(":");
    if (!cursor.eatKind("newline") || !cursor.eatKind("indent")) cursor.fail("expected an indented block");
    if (!cursor.is("case")) cursor.fail("expected 'case'");
    return value;
  });
  if (subject instanceof PythonSyntaxError) {
    cursor.position = before;
    return undefined;
  }
  const cases: MatchCase[] = [];
  cursor.nested(() => {
    while (cursor.kind !== "dedent" && cursor.kind !== "end") {
      if (!cursor.eatKind("newline")) cases.push(parseCase(cursor));
    }
    cursor.eatKind("dedent");
  });
  return { type: "Match", subject, cases, start, end: endOf(cases, cursor) };
}

function parseCase(cursor: TokenCursor): MatchCase {
  const { start } = cursor;
  const read = (): MatchCase => {
    cursor.expect("case");
    const pattern = parseCasePattern(cursor);
    const guard = cursor.eat("if") ? parseNamed(cursor) : undefined;
    const body = parseBlock(cursor);
    return { pattern, ...(guard && { guard }), body, start, end: endOf(body, cursor) };
  };
  return parseOrSkip(cursor, read, (skipped) => ({ body: [skipped], start, end: skipped.end }));
}

function parseTypeAlias(cursor: TokenCursor): Stmt | undefined {
  const { start } = cursor;
  const before = cursor.position;
  const alias = cursor.attempt((): Stmt => {
    cursor.next();
    const { name } = cursor.expectName();
    skipTypeParameters(cursor);
    cursor.expect("=");
    const value = parseExpression(cursor);
    return { type: "TypeAlias", name, value, start, end: cursor.lastEnd };
  });
  if (alias instanceof PythonSyntaxError) {
    cursor.position = before;
    return undefined;
  }
  return alias;
}
