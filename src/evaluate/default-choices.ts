import type { FunctionNode } from "../program/program.ts";
import type { Decision } from "../value/value.ts";

/*
 * Where nobody in view calls a function, what its callers leave at its default is a choice: each is tried both ways.
 */

/** The key of the choice whether a caller leaves a parameter at its default. */
export function defaultKey({ span }: FunctionNode, name: string): string {
  return `default:${span.file}:${span.start}:${name}`;
}

/** The parameter a decision leaves at its default; undefined for all other decisions. */
export function defaultedParameter({ key }: Pick<Decision, "key">): string | undefined {
  return key.startsWith("default:") ? key.slice(key.lastIndexOf(":") + 1) : undefined;
}

/** The choice whether callers pass options beyond those that are named, as `**kwargs` takes them. */
export const furtherOptions = "further options";
