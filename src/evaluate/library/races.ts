import type { Span } from "../../source/source-file.ts";
import { isUnstable } from "../../value/scope.ts";
import type { ListElement } from "../../value/value.ts";
import { derive, firstList } from "./arguments.ts";
import type { LibraryFunction } from "./library.ts";

/**
 * `Promise.race(xs)`, `Promise.any(xs)`: one of them. A loop that asks the same promises again and again goes through
 * them in the order in which they are done; one that races its own call against a timeout does not.
 */
export const race: LibraryFunction = (call) => {
  const { run, span } = call;
  const source = firstList(call);
  const elements = source?.elements ?? [];
  const loop = run.loops.at(-1);
  if (loop && !isUnstable(loop.order.order) && elements.some((element) => !isWithin(element, span))) {
    run.loops[run.loops.length - 1] = { ...loop, order: { order: "race", span, frame: run.frame } };
  }
  const [first] = elements;
  return first && !first.stretch ? first.value : derive("race")(call);
};

/** True for a promise that is made in the call itself. */
function isWithin({ span, stretch }: ListElement, call: Span): boolean {
  return !stretch && span.file === call.file && span.start >= call.start && span.end <= call.end;
}
