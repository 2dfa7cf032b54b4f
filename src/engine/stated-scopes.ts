import type { Scope } from "../value/scope.ts";
import type { StatedScope } from "./settings.ts";

const patterns = new Map<string, RegExp>();

/** The scope that the foremost pattern states which one of these names meets; `*` is any run of characters. */
export function findStatedScope(stated: readonly StatedScope[], names: readonly string[]): Scope | undefined {
  return stated.find(({ pattern }) => names.some((name) => matcherOf(pattern).test(name)))?.scope;
}

function matcherOf(pattern: string): RegExp {
  let matcher = patterns.get(pattern);
  if (!matcher) {
    const source = pattern
      .split(/\*+/)
      .map((literal) => literal.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"))
      .join(".*");
    patterns.set(pattern, (matcher = new RegExp(`^${source}$`, "s")));
  }
  return matcher;
}
