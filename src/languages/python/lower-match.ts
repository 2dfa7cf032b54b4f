import type { Expression, Pattern, Statement, SwitchCase, SwitchStatement } from "../../program/program.ts";
import type { Identifier, Match, MatchCase, MatchPattern } from "./ast.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerBlock } from "./lower-statement.ts";
import type { Lowering } from "./lowering.ts";

/** Python's `match`: patterns become values to compare with where they can, and unknown conditions where not. */
export function lowerMatch(lowering: Lowering, node: Match): SwitchStatement {
  return {
    kind: "switch",
    subject: lowerExpression(lowering, node.subject),
    cases: node.cases.map((one) => lowerCase(lowering, one)),
    fallsThrough: false,
    span: lowering.span(node),
  };
}

function lowerCase(lowering: Lowering, node: MatchCase): SwitchCase {
  const pattern = node.pattern && lowerCasePattern(lowering, node.pattern);
  const isUnknown = !pattern?.tests;
  const condition = node.guard && lowerExpression(lowering, node.guard);
  const place = node.pattern ?? { start: node.start, end: node.start };
  const guard = isUnknown ? joinGuards(lowering.unknown("match pattern", place), condition) : condition;
  return {
    tests: pattern?.tests ?? [],
    ...(guard && { guard }),
    ...(pattern?.binds && { binds: pattern.binds }),
    body: [...(pattern?.unknowns ?? []), ...lowerBlock(lowering, node.body)],
    span: lowering.span(node),
  };
}

function joinGuards(left: Expression, right: Expression | undefined): Expression {
  if (!right) return left;
  const span = { ...left.span, end: Math.max(left.span.end, right.span.end) };
  return { kind: "logical", operator: "and", left, right, span };
}

interface CasePattern {
  /** Values that match; empty when everything does; missing when no list of values says it. */
  readonly tests?: readonly Expression[];
  readonly binds?: Pattern;
  /** Declares names whose values cannot be named. */
  readonly unknowns: readonly Statement[];
}

function lowerCasePattern(lowering: Lowering, pattern: MatchPattern): CasePattern {
  const inner = pattern.type === "MatchAs" && pattern.pattern ? pattern.pattern : pattern;
  const tests = toTests(lowering, inner);
  const name = pattern.type === "MatchAs" ? pattern.name : undefined;
  if (tests) return { tests, ...(name && { binds: toName(lowering, name) }), unknowns: [] };
  const bound = new Set<string>();
  // A name in front of the parts: one pattern can't bind the subject and its parts at once.
  const binds = name ? toName(lowering, name) : toBinding(lowering, inner, bound);
  const names = capturedNames(inner).filter((captured) => !bound.has(captured));
  const unknowns: Statement[] =
    names.length === 0
      ? []
      : [{ kind: "unknown", reason: "match pattern", assigns: names, span: lowering.span(pattern) }];
  return { ...(binds && { binds }), unknowns };
}

/** The values a pattern compares with; undefined when it asks for more than equality. */
function toTests(lowering: Lowering, pattern: MatchPattern): Expression[] | undefined {
  if (pattern.type === "MatchValue") return [lowerExpression(lowering, pattern.value)];
  if (pattern.type === "MatchAs" && !pattern.pattern) return [];
  if (pattern.type !== "MatchOr") return undefined;
  const tests: Expression[] = [];
  for (const alternative of pattern.patterns) {
    const more = toTests(lowering, alternative);
    if (!more) return undefined;
    if (more.length === 0) return [];
    tests.push(...more);
  }
  return tests;
}

function toName(lowering: Lowering, { name, start, end }: Identifier): Pattern {
  return { kind: "namePattern", name, span: lowering.span({ start, end }) };
}

/** What the parts of a pattern bind, found by taking the subject apart. Adds the names it covers to `bound`. */
function toBinding(lowering: Lowering, pattern: MatchPattern, bound: Set<string>): Pattern | undefined {
  const span = lowering.span(pattern);
  switch (pattern.type) {
    case "MatchAs":
    case "MatchStar":
      if (!pattern.name) return undefined;
      bound.add(pattern.name.name);
      return toName(lowering, pattern.name);
    case "MatchSequence": {
      const elements = pattern.patterns.map((element) => {
        const part = toBinding(lowering, element, bound);
        const rest = element.type === "MatchStar";
        return part
          ? { pattern: part, rest }
          : rest
            ? { pattern: ignored(lowering, element), rest }
            : undefined;
      });
      return elements.some((element) => element) ? { kind: "listPattern", elements, span } : undefined;
    }
    case "MatchMapping": {
      const entries = pattern.patterns.flatMap((value, index) => {
        const part = toBinding(lowering, value, bound);
        return part ? [{ key: lowerExpression(lowering, pattern.keys[index]!), pattern: part }] : [];
      });
      return entries.length > 0 ? { kind: "recordPattern", entries, span } : undefined;
    }
    default:
      return undefined;
  }
}

/** `*_` takes any number of elements and names none of them. */
function ignored(lowering: Lowering, pattern: MatchPattern): Pattern {
  return { kind: "listPattern", elements: [], span: lowering.span(pattern) };
}

function capturedNames(pattern: MatchPattern): string[] {
  switch (pattern.type) {
    case "MatchValue":
      return [];
    case "MatchAs":
      return [
        ...(pattern.name ? [pattern.name.name] : []),
        ...(pattern.pattern ? capturedNames(pattern.pattern) : []),
      ];
    case "MatchStar":
      return pattern.name ? [pattern.name.name] : [];
    case "MatchMapping":
      return [...pattern.patterns.flatMap(capturedNames), ...(pattern.rest ? [pattern.rest.name] : [])];
    default:
      return pattern.patterns.flatMap(capturedNames);
  }
}
