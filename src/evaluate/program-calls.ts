import type { Span } from "../source/source-file.ts";
import type { Value } from "../value/value.ts";
import type { Run } from "./run.ts";

/**
 * Makes a call of a function in view. One that the top level of a program makes, and that sends a request, stands for
 * the calls of all who use the function, or who start the program again: it is made as often as an entry point is called
 * from outside, and what it reads on the way is new in each.
 * @param isGiven whether it is called with arguments
 */
export function callFromProgram(run: Run, span: Span, isGiven: boolean, call: () => Value): Value {
  if (!run.isProgram || run.frame || run.cap || run.loops.length > 0) return call();
  const place = `${span.file}:${span.start}`;
  const { sendingCalls } = run.modules;
  if (!sendingCalls.has(place)) {
    const from = run.sent.length;
    const result = call();
    if (!isWorthRepeating(run, from, isGiven)) return result;
    sendingCalls.add(place);
    forgetSent(run, from);
  }
  run.isProgram = false;
  const from = run.sent.length;
  let onTheirWay: readonly (readonly [number, number])[] = [];
  try {
    let result = call();
    onTheirWay = takePending(run, from);
    for (run.call = 1; run.mayCallAgain; run.call++) {
      result = call();
      takePending(run, from);
    }
    return result;
  } finally {
    run.call = 0;
    run.isProgram = true;
    for (const [index, branch] of onTheirWay) run.pending.set(index, branch);
  }
}

/** Takes away what a call has left on its way: what the next one starts has nothing to do with it. */
function takePending(run: Run, from: number): readonly (readonly [number, number])[] {
  const taken = [...run.pending].filter(([index]) => index >= from);
  for (const [index] of taken) run.pending.delete(index);
  return taken;
}

/** A script that sends once and marks nothing has no use for a cache. */
function isWorthRepeating(run: Run, from: number, isGiven: boolean): boolean {
  const sent = run.sent.slice(from).map(({ request }) => request);
  if (isGiven) return sent.length > 0;
  return sent.some(({ checkpoints }) => checkpoints.length > 0) && sent.every(({ use }) => use !== "cache");
}

function forgetSent(run: Run, from: number): void {
  run.sent.length = from;
  for (const index of [...run.pending.keys(), ...run.serialized]) {
    if (index < from) continue;
    run.pending.delete(index);
    run.serialized.delete(index);
  }
}
