import type { Expression, LiteralExpression } from "../program/expression.ts";
import type { ForEachStatement, IfStatement, Statement, SwitchStatement } from "../program/statement.ts";
import { isFresh } from "../value/scope.ts";
import type { ListElement } from "../value/value.ts";

/**
 * Loops over the events of a stream ask each event which kind it is of, and put together what the events say. A stream
 * has events of all kinds, most likely in the order in which the code asks for them: each round gets one kind.
 */
export interface EventLoop {
  /** Which kind a test asks for, from 0. */
  readonly tests: ReadonlyMap<IfStatement, number>;
  readonly choice: SwitchStatement | undefined;
  readonly kinds: number;
}

/** The event that a round of a loop has. */
export interface EventRound {
  readonly loop: EventLoop;
  readonly kind: number;
}

/** Fewer kinds are no stream: a block of an answer is a text or a call, and both are tried. */
const fewestKinds = 3;

const known = new WeakMap<ForEachStatement, EventLoop | "none">();

/** How a loop tells kinds apart, if it goes over events that are not in view. */
function eventLoop(statement: ForEachStatement, elements: readonly ListElement[]): EventLoop | undefined {
  const isOpen = elements.every(
    ({ value }) => value.type === "opaque" && value.origin.kind === "element" && isFresh(value.scope),
  );
  if (!isOpen || elements.length === 0) return undefined;
  let loop = known.get(statement);
  if (loop === undefined) {
    loop = readLoop(statement) ?? "none";
    known.set(statement, loop);
  }
  return loop === "none" ? undefined : loop;
}

/** The rounds of a loop: one for each element, or, over events, one for each kind. */
export function roundsOver(
  statement: ForEachStatement,
  elements: readonly ListElement[],
): readonly { readonly element: ListElement; readonly event: EventRound | undefined }[] {
  const loop = eventLoop(statement, elements);
  if (!loop) return elements.map((element) => ({ element, event: undefined }));
  return Array.from({ length: loop.kinds }, (_, kind) => ({
    element: elements[kind % elements.length]!,
    event: { loop, kind },
  }));
}

function readLoop({ target, body }: ForEachStatement): EventLoop | undefined {
  if (target.kind !== "namePattern") return undefined;
  const statements = withoutWrapping(body);
  const own = new Set([target.name]);
  for (const statement of statements) {
    if (statement.kind === "assign" && statement.target.kind === "namePattern")
      own.add(statement.target.name);
  }
  const choice = statements.find((statement) => statement.kind === "switch");
  const asked = choice?.cases.filter(({ tests }) => tests.length > 0) ?? [];
  if (choice && asked.length >= fewestKinds && choice.cases.every(({ binds, guard }) => !binds && !guard))
    return { tests: new Map(), choice, kinds: choice.cases.length };
  const bySubject = new Map<string, IfStatement[]>();
  for (const statement of statements.flatMap(chained)) {
    const subject = subjectOf(firstPart(statement.test));
    if (subject === undefined || !own.has(subject.root)) continue;
    bySubject.set(subject.name, [...(bySubject.get(subject.name) ?? []), statement]);
  }
  for (const tests of bySubject.values()) {
    if (tests.length < fewestKinds) continue;
    const kinds = new Map(tests.map((test, kind) => [test, kind]));
    return { tests: kinds, choice: undefined, kinds: tests.length };
  }
  return undefined;
}

/** What stands in a `try` or `with` around all of the body belongs to it. */
function withoutWrapping(body: readonly Statement[]): readonly Statement[] {
  return body.flatMap((statement) =>
    statement.kind === "try" || statement.kind === "with" || statement.kind === "block"
      ? withoutWrapping(statement.body)
      : [statement],
  );
}

/** An `if` with those in its `else`. */
function chained(statement: Statement): readonly IfStatement[] {
  if (statement.kind !== "if") return [];
  const [next, ...others] = withoutWrapping(statement.else);
  return next && others.length === 0 ? [statement, ...chained(next)] : [statement];
}

/** The part of a test that asks for the kind: `event.type === "delta" && event.delta`. */
function firstPart(test: Expression): Expression {
  return test.kind === "logical" && test.operator === "and" ? firstPart(test.left) : test;
}

/** What is asked about a kind: it says nothing of that where it is unknown, though what asks may take one to be true. */
export function askedAbout(test: Expression): Expression {
  const first = firstPart(test);
  return instanceIn(first) ?? first;
}

/** The subject of `isinstance(event, Delta)` and `event instanceof Delta`. */
function instanceIn(test: Expression): Expression | undefined {
  if (test.kind === "binary" && test.operator === "instanceof") return test.left;
  const isTypeTest = test.kind === "call" && test.callee.kind === "name" && test.callee.name === "isinstance";
  return isTypeTest ? test.arguments[0]?.value : undefined;
}

/** What a test asks, and the name that this begins with. */
interface Subject {
  readonly name: string;
  readonly root: string;
}

/**
 * What a test asks for the kind of something asks about, in a way of its own: `"delta" in event`,
 * `event.type == "delta"`, `event.delta`, `event.get("delta")`, `isinstance(event, Delta)`. Undefined for other tests.
 */
function subjectOf(test: Expression): Subject | undefined {
  if (test.kind === "assignExpression") return subjectOf(test.value);
  if (test.kind === "binary" && test.operator === "in" && isText(test.left)) return named("in", test.right);
  const instance = instanceIn(test);
  if (instance) return named("isinstance", instance);
  if (test.kind === "binary" && test.operator === "==") {
    const [subject, kind] = isText(test.right) ? [test.left, test.right] : [test.right, test.left];
    return isText(kind) ? named("==", subject) : undefined;
  }
  // `event.delta?.text` asks whether there is a delta first.
  const root = partOf(test) && pathOf(test)?.[0];
  return root === undefined ? undefined : { name: `. ${root}`, root };
}

function named(way: string, subject: Expression): Subject | undefined {
  const path = pathOf(subject);
  return path?.[0] === undefined ? undefined : { name: [way, ...path].join(" "), root: path[0] };
}

/** The steps of `event`, `event.type`, `event["type"]`, `event.get("type")`. */
function pathOf(subject: Expression): readonly string[] | undefined {
  if (subject.kind === "name") return [subject.name];
  const part = partOf(subject);
  const owner = part && pathOf(part.owner);
  return owner && [...owner, part.name];
}

function partOf(expression: Expression): { readonly owner: Expression; readonly name: string } | undefined {
  if (expression.kind === "member") return { owner: expression.object, name: expression.name };
  if (expression.kind === "index")
    return isText(expression.index) ? { owner: expression.object, name: expression.index.value } : undefined;
  if (expression.kind !== "call" || expression.callee.kind !== "member") return undefined;
  const [key] = expression.arguments;
  const isGet = expression.callee.name === "get" && key !== undefined && isText(key.value);
  return isGet && isText(key.value) ? { owner: expression.callee.object, name: key.value.value } : undefined;
}

function isText(expression: Expression): expression is LiteralExpression & { readonly value: string } {
  return expression.kind === "literal" && typeof expression.value === "string";
}
