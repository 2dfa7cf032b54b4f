import { accessPath } from "../../value/inspect.ts";
import type { ArgumentValue, OpaqueValue, Value } from "../../value/value.ts";

/** Names of functions that give back what they were given, with something around it: tracing, logging, retries. */
const wrapperName = /^(?:wrap|instrument|patch|trace|observe|monitor|with)(?:$|_|[A-Z])/;

/**
 * What a wrapper that is not in view gives: `tracer.wrap_llm(litellm)` is used like `litellm` itself. Undefined where
 * the callee is no wrapper, or what it is given is neither a function nor something a library made.
 */
export function unwrapped({ origin }: OpaqueValue, args: readonly ArgumentValue[]): Value | undefined {
  if (origin.kind !== "member" && origin.kind !== "import" && origin.kind !== "global") return undefined;
  if (!wrapperName.test(origin.name)) return undefined;
  // `model.withStructuredOutput(schema)` gives the model with something more, not its argument.
  if (origin.kind === "member" && origin.name.startsWith("with") && isMade(origin.object)) return undefined;
  const value = args.find((argument) => argument.name === undefined && !argument.stretch)?.value;
  if (value?.type === "function" || (value?.type === "record" && value.class)) return value;
  return value?.type === "opaque" && accessPath(value).root.kind === "import" ? value : undefined;
}

/** Whether something came from a call, as an object of a class does. */
function isMade(value: OpaqueValue): boolean {
  return accessPath(value).steps.includes("()");
}
