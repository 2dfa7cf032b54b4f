import type { FunctionNode } from "../program/expression.ts";
import type { Environment } from "./environment.ts";

const cachingDecorator =
  /^(?:cache|lru_cache|cached|memoize|once|cached_property|cache_data|cache_resource|alru_cache)$/;

/** True where a decorator makes a function run once and give the same result from then on. */
export function isCached(node: FunctionNode, environment: Environment): boolean {
  return node.decorators.some((decorator) => {
    const callee = decorator.kind === "call" ? decorator.callee : decorator;
    if (callee.kind === "member") return cachingDecorator.test(callee.name);
    if (callee.kind !== "name") return false;
    if (cachingDecorator.test(callee.name)) return true;
    const bound = environment.find(callee.name)?.binding.value;
    return (
      bound?.type === "opaque" && bound.origin.kind === "import" && cachingDecorator.test(bound.origin.name)
    );
  });
}
