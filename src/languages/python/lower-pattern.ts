import type { IndexExpression, MemberExpression, Pattern, SliceExpression } from "../../program/program.ts";
import type { Expr } from "./ast.ts";
import { lowerExpression } from "./lower-expression.ts";
import type { Lowering } from "./lowering.ts";

/** What an expression on the left of an assignment binds; the parser has let through only those that can stand there. */
export function lowerTarget(lowering: Lowering, target: Expr): Pattern {
  const span = lowering.span(target);
  switch (target.type) {
    case "Name":
      return { kind: "namePattern", name: target.id, span };
    case "Tuple":
    case "List":
      return {
        kind: "listPattern",
        elements: target.elts.map((element) => lowerElement(lowering, element)),
        span,
      };
    case "Starred":
      return { kind: "listPattern", elements: [lowerElement(lowering, target)], span };
    default: {
      const place = lowerExpression(lowering, target);
      // Only a tree that is too deep makes anything else of it; then nothing in reach is assigned.
      return isPlace(place)
        ? { kind: "placePattern", place, span }
        : { kind: "listPattern", elements: [], span };
    }
  }
}

function lowerElement(
  lowering: Lowering,
  element: Expr,
): { readonly pattern: Pattern; readonly rest: boolean } {
  const rest = element.type === "Starred";
  return { pattern: lowerTarget(lowering, rest ? element.value : element), rest };
}

function isPlace(value: {
  readonly kind: string;
}): value is MemberExpression | IndexExpression | SliceExpression {
  return value.kind === "member" || value.kind === "index" || value.kind === "slice";
}
