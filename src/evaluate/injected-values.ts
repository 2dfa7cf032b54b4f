import type { Expression } from "../program/program.ts";
import { accessPath } from "../value/inspect.ts";
import type { Value } from "../value/value.ts";

/** Names of what a function works with, not on: what is sent does not hang on them. */
const dependency = /(?:client|provider|llm|sdk|fetch(?:er|Fn|Impl)?|transport|api|gateway|adapter)$/i;

/** Classes of JavaScript whose objects are values like any others. */
const plainClasses =
  /^(?:Date|Map|Set|WeakMap|WeakSet|URL|URLSearchParams|Headers|Error|Array|AbortController|Promise)$/;

/**
 * Whether a value that a caller may hand over is best taken for left out, since what stands in for it is what it works
 * with otherwise: `deps.client ?? new Anthropic()`, `options.makeClient ?? (() => new Anthropic())`. Tests hand over
 * something else, and whoever else does hands over the like.
 */
export function isBestLeftOut(value: Value, instead: Expression): boolean {
  if (value.type !== "opaque") return false;
  const { root, steps } = accessPath(value);
  if (root.kind !== "parameter") return false;
  const made = objectOf(instead);
  switch (made.kind) {
    case "functionExpression":
      return true;
    case "call": {
      const { callee } = made;
      if (made.isNew) return callee.kind !== "name" || !plainClasses.test(callee.name);
      return dependency.test(steps.at(-1) ?? root.name);
    }
    case "name":
      return made.name === "fetch" || made.name === "globalThis";
    default:
      return false;
  }
}

/** `makeClient()` of `makeClient().messages`. */
function objectOf(expression: Expression): Expression {
  let at = expression;
  while (at.kind === "member") at = at.object;
  return at;
}
