import { list, listElement } from "../../value/construct.ts";
import { callValue, positional } from "../calls.ts";
import { concurrentCall } from "../iteration.ts";
import { isOneByOne, runOneByOne, startBeside, startPending } from "../fan-out.ts";
import { first, firstList } from "./arguments.ts";
import { mapOver } from "./python-builtins.ts";
import { asList } from "../../value/inspect.ts";
import type { ArgumentValue, Value } from "../../value/value.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";

/** The pool a method is called on: library functions are given the method. */
function poolOf({ receiver }: LibraryCall): Value {
  return receiver.type === "opaque" && receiver.origin.kind === "member" ? receiver.origin.object : receiver;
}

/** `pool.submit(f, x)`: runs beside the others; its result is reached through the future. */
export const submit: LibraryFunction = (call) => {
  const [callback, ...others] = call.args;
  if (!callback) return undefined;
  const args = [...others, ...call.named.values()];
  if (isOneByOne(poolOf(call)))
    return runOneByOne(call.run, () => callValue(call.run, callback.value, args, call.span));
  return callBeside(call, callback.value, args);
};

/** `Thread(target=f, args=(x,))`: runs beside the others once it is started; nobody is given its result. */
export const makeThread: LibraryFunction = (call) => {
  const target = call.named.get("target")?.value ?? call.args[1]?.value;
  if (target?.type !== "function") return undefined;
  const given = call.named.get("args") ?? call.args[3];
  const options = call.named.get("kwargs")?.value;
  const args = (asList(given?.value)?.elements ?? []).map(({ value, span }) => positional(value, span));
  const named = options?.type === "record" ? [...options.entries] : [];
  const rest = named.map(([name, entry]): ArgumentValue => ({ ...entry, name, stretch: false }));
  callBeside(call, target, [...args, ...rest]);
  return undefined;
};

function callBeside({ run, span }: LibraryCall, callback: Value, args: readonly ArgumentValue[]): Value {
  const invoke = () => startBeside(run, span, () => callValue(run, callback, args, span));
  return run.loops.length > 0 ? run.withLoop(concurrentCall(run, span, true), invoke) : invoke();
}

/** `pool.map(f, xs)`: calls beside each other whose results keep the order of their arguments. */
export const mapBeside: LibraryFunction = (call) => {
  const { run, span } = call;
  const first = run.sent.length;
  if (isOneByOne(poolOf(call)))
    return runOneByOne(run, () => mapOver(call, call.args[0], call.args[1], "map"));
  const result = mapOver(call, call.args[0], call.args[1], "map");
  run.argumentsFrom = first;
  startPending(run, span);
  return result;
};

/** `group.create_task(f(x))`: the call is among the arguments. */
export const createTask: LibraryFunction = (call) => {
  startPending(call.run, call.span);
  return first(call)?.value;
};

export const asCompleted: LibraryFunction = (call) => {
  startPending(call.run, call.span);
  const source = firstList(call);
  if (!source) return undefined;
  const result = list(source.elements.slice(), call.span);
  const many = source.elements.length > 1 || source.elements.some((element) => element.stretch);
  if (many) result.order = { order: "race", span: call.span, frame: call.run.frame };
  return result;
};

/** `done, pending = await asyncio.wait(tasks)`: two sets, whose members come as they are done. */
export const waitFor: LibraryFunction = (call) => {
  const { run, span } = call;
  const done = asCompleted(call);
  if (done?.type !== "list") return undefined;
  const sets = [{ ...done, shape: "set" as const }, list([], span, "set")];
  return list(
    sets.map((each) => listElement(each, span, run.frame)),
    span,
    "tuple",
  );
};

export const gather: LibraryFunction = (call) => {
  startPending(call.run, call.span);
  const elements = call.args.map((argument) =>
    listElement(argument.value, argument.span, call.run.frame, argument.stretch),
  );
  return list(elements, call.span);
};
