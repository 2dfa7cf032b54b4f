import type { CallExpression, Expression } from "../program/expression.ts";
import type { AssignStatement, Comment } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { opaque, identityId } from "../value/construct.ts";
import { accessPath, libraryName } from "../value/inspect.ts";
import { isFresh, scopes, type Scope } from "../value/scope.ts";
import type { OpaqueValue, TextValue, Value } from "../value/value.ts";
import type { Run } from "./run.ts";

/** What the comments of a template state about its placeholders. */
export interface StatedComments {
  /** `promptlint-scope: question=turn, brand=static`. */
  readonly named: ReadonlyMap<string, Scope>;
  /** `promptlint-scope: turn` speaks of the placeholder that follows. */
  readonly following: readonly { readonly span: Span; readonly scope: Scope }[];
}

/** The scopes that comments state. */
export function readStatedComments(comments: readonly Comment[]): StatedComments {
  const named = new Map<string, Scope>();
  const following: { readonly span: Span; readonly scope: Scope }[] = [];
  for (const { text, span } of comments) {
    const stated = /\bpromptlint-scope:\s*([^\r\n]+)/.exec(text)?.[1] ?? "";
    for (const item of stated.split(/[,;]|\s--\s/)) {
      const [, name, word] = /^\s*(?:([\w.]+)\s*=\s*)?([a-z]+)\s*$/.exec(item) ?? [];
      const scope = scopes.find((each) => each === word);
      if (scope && name !== undefined) named.set(name, scope);
      else if (scope) following.push({ span, scope });
    }
  }
  return { named, following };
}

/** Gives the placeholders of a rendered text the scopes that comments state. */
export function withStatedScopes(text: TextValue, { named, following }: StatedComments): TextValue {
  if (named.size === 0 && following.length === 0) return text;
  const used = new Set<(typeof following)[number]>();
  return {
    type: "text",
    parts: text.parts.map((part) => {
      if (part.kind === "literal") return part;
      const { hole, span } = part;
      const own = following.findLast(
        (stated) => stated.span.file === span.file && stated.span.end <= span.start && !used.has(stated),
      );
      if (own) used.add(own);
      const scope = own?.scope ?? namesOf(hole).flatMap((name) => named.get(name) ?? [])[0];
      return scope === undefined ? part : { ...part, hole: restateHole(hole, scope, "the placeholder") };
    }),
  };
}

/** The names of a placeholder: `user.name` and `name`. */
function namesOf(hole: OpaqueValue): readonly string[] {
  const { root, steps } = accessPath(hole);
  const path = root.kind === "parameter" || root.kind === "import" ? [root.name, ...steps] : steps;
  const last = path.at(-1);
  return last === undefined ? [] : [path.join("."), last];
}

/**
 * A value with a scope that somebody stated. What is known as text stays: there is nothing to state about it.
 * @param what it is, for messages.
 */
export function restate(value: Value, scope: Scope, what: string): Value {
  if (value.type === "opaque") return restateHole(value, scope, what);
  if (value.type !== "text") return value;
  return {
    type: "text",
    parts: value.parts.map((part) =>
      part.kind === "hole" ? { ...part, hole: restateHole(part.hole, scope, what) } : part,
    ),
  };
}

function restateHole(hole: OpaqueValue, scope: Scope, what: string): OpaqueValue {
  const { origin, key, span, order, frame } = hole;
  const restated = opaque(
    { origin, key, span },
    {
      scope,
      confidence: "certain",
      reason: what,
      order,
      frame,
      ...(isFresh(scope) ? {} : { id: identityId(key) }),
    },
  );
  restated.list = hole.list;
  for (const [name, entry] of hole.fields) restated.fields.set(name, entry);
  return restated;
}

/** What an assignment gives, with the scope that a comment at the assignment states. */
export function restateAssigned(run: Run, { target, span }: AssignStatement, value: Value): Value {
  const name = target.kind === "namePattern" ? target.name : undefined;
  const stated = run.host.commentedScope?.(span, name);
  return stated
    ? restate(value, stated, name === undefined ? "the value" : `the value of \`${name}\``)
    : value;
}

/** What a placeholder of a template in code holds, with the scope that a comment in its line states. */
export function restatePlaceholder(run: Run, value: Value, span: Span): Value {
  const name = value.type === "opaque" ? namesOf(value)[0] : undefined;
  const stated = run.host.commentedScope?.(span, name);
  return stated ? restate(value, stated, "the placeholder") : value;
}

/** What a call gives, with the scope that the settings state about calls of this name. */
export function restateResult(
  run: Run,
  call: CallExpression,
  callee: Value | undefined,
  result: Value,
): Value {
  const { statedScope } = run.host;
  if (!statedScope || (result.type !== "opaque" && result.type !== "text")) return result;
  const stated = statedScope.call(run.host, "source", call.span.file, () => calledNames(call.callee, callee));
  return stated ? restate(result, stated, `what \`${dottedPath(call.callee).join(".")}()\` returns`) : result;
}

/** What a callee is called: `self.db.load`, `db.load`, `load`, and its full name where it is imported. */
function calledNames(expression: Expression, callee: Value | undefined): readonly string[] {
  const path = dottedPath(expression);
  const names = path.map((_, index) => path.slice(index).join("."));
  const full = callee?.type === "opaque" ? libraryName(callee) : undefined;
  return full === undefined ? names : [full, ...names];
}

function dottedPath(expression: Expression): readonly string[] {
  if (expression.kind === "name") return [expression.name];
  if (expression.kind === "member") return [...dottedPath(expression.object), expression.name];
  if (expression.kind === "call") return dottedPath(expression.callee);
  return [];
}
