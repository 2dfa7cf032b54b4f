import type { ArgumentValue, Value } from "../../value/value.ts";
import { iterable } from "../iteration.ts";
import { derivedValue } from "../opaques.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";

/** The first argument. */
export function first(call: LibraryCall): ArgumentValue | undefined {
  return call.args[0];
}

/** The first argument as a list. */
export function firstList(call: LibraryCall) {
  const argument = first(call);
  return argument && iterable(call.run, argument.value, argument.span);
}

/** A value made from all arguments by an operation that is not looked into. */
export const derive =
  (operator: string): LibraryFunction =>
  ({ run, args, named, span }) =>
    derivedValue(
      run,
      operator,
      [...args, ...named.values()].map((argument) => argument.value),
      span,
    );

/** A call that gives its first argument. */
export const sameAsFirst: LibraryFunction = (call) => first(call)?.value;

/** Whether a value is surely `true`. */
export function isTrue(value: Value | undefined): boolean {
  return value?.type === "constant" && value.value === true;
}
