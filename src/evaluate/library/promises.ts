import { constant } from "../../value/construct.ts";
import type { Span } from "../../source/source-file.ts";
import type { FunctionValue, Value } from "../../value/value.ts";
import { callFunction, callValue, positional } from "../calls.ts";
import { runOneByOne, startPending } from "../fan-out.ts";
import { concurrentCall, iterable, orderOf } from "../iteration.ts";
import { nativeFunction } from "../natives.ts";
import { unknownValue } from "../opaques.ts";
import { ProgramThrow, type Run } from "../run.ts";
import type { LibraryFunction } from "./library.ts";
import { mapElements } from "./list-methods.ts";

const nothing = constant(undefined);

/** `new Promise((resolve) => ...)`: what it is resolved with, at once or by what its executor leaves behind. */
export const promise: LibraryFunction = ({ run, args: [executor], span }) => {
  if (executor?.value.type !== "function") return undefined;
  const { value } = executor;
  let result: Value | undefined;
  const resolve = nativeFunction("resolve", span, (_run, [given]) => {
    result ??= given?.value ?? nothing;
    return nothing;
  });
  const reject = nativeFunction("reject", span, () => nothing);
  const start = () => {
    const known = run.escaped.length;
    callValue(run, value, [positional(resolve, span), positional(reject, span)], span);
    if (result === undefined) runLater(run, run.escaped.slice(known), span);
  };
  // Rounds that do not wait for it go on beside it.
  if (run.loops.length > run.waitingLoops) run.withLoop(concurrentCall(run, span, false), start);
  else start();
  return result ?? unknownValue(run, "promise", span);
};

/**
 * Whoever waits for the promise goes on after one of the functions that its executor has handed to others, as the
 * handlers of an event: what they fill is filled by then. An async one is there for more than that.
 */
function runLater(run: Run, callbacks: readonly FunctionValue[], span: Span): void {
  for (const loop of run.loops) if (loop.concurrent) loop.waited = true;
  for (const callback of callbacks) {
    const { node } = callback;
    if (node.isAsync) continue;
    const args = node.parameters.map(({ span: at }, index) =>
      positional(unknownValue(run, `parameter ${index + 1}`, at), at),
    );
    try {
      callFunction(run, callback, args, span);
    } catch (error) {
      if (!(error instanceof ProgramThrow)) throw error;
    }
  }
}

/** `pMap(items, call, { concurrency })`: what each call gives, in the order of the items. */
export const mapBeside: LibraryFunction = (call) => {
  const { run, args, span } = call;
  const [items, mapper, options] = args;
  const source = items && iterable(run, items.value, items.span);
  if (!source || !mapper) return undefined;
  const order = orderOf(items.value, items.span, run);
  const from = run.sent.length;
  const all = (): Value => mapElements({ ...call, receiver: source }, mapper, order);
  const limit =
    options?.value.type === "record" ? options.value.entries.get("concurrency")?.value : undefined;
  if (limit?.type === "constant" && limit.value === 1) return runOneByOne(run, all);
  const result = all();
  run.argumentsFrom = from;
  startPending(run, span);
  return result;
};
