import type { Expression } from "../program/expression.ts";
import type { Span } from "../source/source-file.ts";
import type { ArgumentValue, Value } from "../value/value.ts";
import { callValue, positional } from "./calls.ts";
import { nativeBody } from "./natives.ts";
import type { Run } from "./run.ts";

/** Methods of promises. */
export const promiseMethods = /^(?:then|catch|finally)$/;

/** Promises and futures are the values they give. */
export function callPromiseMethod(
  run: Run,
  receiver: Value,
  name: string,
  args: readonly ArgumentValue[],
  span: Span,
): Value | undefined {
  const [callback] = args;
  if (name === "result") return args.length === 0 && receiver.type !== "opaque" ? receiver : undefined;
  if (
    callback?.value.type !== "function" &&
    !(callback?.value.type === "opaque" && nativeBody(callback.value))
  )
    return undefined;
  if (name === "then") return callValue(run, callback.value, [positional(receiver, span)], callback.span);
  if (name === "finally") callValue(run, callback.value, [], callback.span);
  return receiver;
}

/** True for `load(name)` and `load(name).then(...)`, and not for `chain.then(...)`, which goes on with what is under way. */
export function startsPromise(expression: Expression): boolean {
  if (expression.kind !== "call") return false;
  const { callee } = expression;
  const isStep = callee.kind === "member" && promiseMethods.test(callee.name);
  return !isStep || startsPromise(callee.object);
}
