import { list, listElement } from "../../value/construct.ts";
import { callValue } from "../calls.ts";
import { concurrentCall } from "../iteration.ts";
import { firstList } from "./arguments.ts";
import type { LibraryFunction } from "./library.ts";

/** `pool.submit(f, x)`: runs beside the others; its result is reached through the future. */
export const submit: LibraryFunction = (call) => {
  const [callback, ...args] = call.args;
  if (!callback) return undefined;
  const invoke = () => callValue(call.run, callback.value, args, call.span);
  return call.run.loops.length > 0
    ? call.run.withLoop(concurrentCall(call.run, call.span, true), invoke)
    : invoke();
};

export const asCompleted: LibraryFunction = (call) => {
  const source = firstList(call);
  if (!source) return undefined;
  const result = list(source.elements.slice(), call.span);
  const many = source.elements.length > 1 || source.elements.some((element) => element.stretch);
  if (many) result.order = { order: "race", span: call.span, frame: call.run.frame };
  return result;
};

export const gather: LibraryFunction = (call) => {
  const elements = call.args.map((argument) =>
    listElement(argument.value, argument.span, call.run.frame, argument.stretch),
  );
  return list(elements, call.span);
};
