import type { Span } from "../source/source-file.ts";
import { accessPath } from "../value/inspect.ts";
import type { ArgumentValue, FunctionValue, OpaqueValue, Value } from "../value/value.ts";
import { callFunction, positional } from "./calls.ts";
import { unknownValue } from "./opaques.ts";
import type { Run } from "./run.ts";

/** Names of functions that run what they are handed at once and give what it gives: spans, transactions, locks, steps. */
const runsAtOnce =
  /^(?:run|step|transaction|\$transaction|withTransaction|schedule|retry|p?[rR]etry|attempt)$|(?:Span|Exclusive|Lock|WithContext|WithRetry|WithRetries)$/;

/** Most parameters of a function that somebody hands over to be run at once: the span, the transaction, the attempt. */
const maximumParameters = 2;

/**
 * What a call outside of view gives that does nothing but run the function it is handed, with something around it:
 * `await retry(() => ask())`, `return tracer.startActiveSpan("ask", async (span) => ...)`. It is run here, where its
 * results are used, and not later as a callback. Undefined where the callee may do something else with it.
 */
export function runInline(
  run: Run,
  callee: OpaqueValue,
  args: readonly ArgumentValue[],
  span: Span,
  awaited: boolean,
): Value | undefined {
  const handed = args.filter(({ value }) => value.type === "function");
  const [only] = handed;
  if (only?.value.type !== "function" || handed.length > 1 || only.name !== undefined) return undefined;
  if (!isRunAtOnce(callee, args, only, awaited)) return undefined;
  const target: FunctionValue = only.value;
  const given = target.node.parameters.map((parameter, index) =>
    positional(unknownValue(run, `argument ${index + 1}`, parameter.span), parameter.span),
  );
  const result = callFunction(run, target, given, span);
  const isNothing = result.type === "constant" && result.value === undefined;
  return isNothing ? undefined : result;
}

function isRunAtOnce(
  callee: OpaqueValue,
  args: readonly ArgumentValue[],
  only: ArgumentValue,
  awaited: boolean,
): boolean {
  const { node } = only.value as FunctionValue;
  const isAtEnd = args.at(-1) === only || args[0] === only;
  if (!isAtEnd || node.parameters.length > maximumParameters || node.isGenerator) return false;
  const name = accessPath(callee).steps.at(-1) ?? (callee.origin.kind === "import" ? callee.origin.name : "");
  if (runsAtOnce.test(name)) return true;
  // A thunk that somebody waits for: nothing but its result can come back.
  return awaited && node.parameters.length === 0 && (node.isAsync || args[0] === only);
}
