import type { Span } from "../source/source-file.ts";
import type { Start } from "./host.ts";
import { libraryName } from "../value/inspect.ts";
import type { Value } from "../value/value.ts";
import type { Run } from "./run.ts";

/** Runs a call that nobody waits for: its requests are on their way while the program goes on. */
export function runInBackground<T>(run: Run, body: () => T): T {
  const first = run.sent.length;
  try {
    return body();
  } finally {
    // The outermost of such calls is the one that goes on beside others.
    for (let index = first; index < run.sent.length; index++) run.pending.set(index, first);
  }
}

/** Runs an expression whose end the program waits for, with all it started. */
export function runToEnd<T>(run: Run, body: () => T): T {
  const first = run.sent.length;
  const { waitingLoops } = run;
  run.waitingLoops = run.loops.length;
  try {
    return body();
  } finally {
    run.waitingLoops = waitingLoops;
    for (let index = first; index < run.sent.length; index++) run.pending.delete(index);
  }
}

/** Runs what only one call at a time may run: what stands under a lock, or in a pool with one worker. */
export function runOneByOne<T>(run: Run, body: () => T): T {
  const first = run.sent.length;
  try {
    return body();
  } finally {
    for (let index = first; index < run.sent.length; index++) run.serialized.add(index);
  }
}

/** True for locks, and for semaphores, pools and limits of one. */
export function isOneByOne(value: Value): boolean {
  if (value.type !== "opaque" || value.origin.kind !== "call" || value.origin.callee.type !== "opaque")
    return false;
  const name = libraryName(value.origin.callee) ?? "";
  if (/(?:^|\.)R?Lock$|(?:^|\.)Mutex$/.test(name)) return true;
  if (!/(?:Semaphore|ThreadPool|Pool|PoolExecutor|Limiter|p-limit|pLimit|Sema)$/.test(name)) return false;
  const limits = /^(?:max_workers|value|processes|total_tokens|initial_value)$/;
  const { arguments: args } = value.origin;
  const limit = args.find((each) => each.name === undefined || limits.test(each.name))?.value;
  if (limit === undefined) return /Semaphore$/.test(name);
  return limit.type === "constant" && limit.value === 1;
}

/**
 * Notes that a call starts requests together: those on their way that nobody waits for yet, and those of its own
 * arguments.
 */
export function startPending(run: Run, span: Span): void {
  for (let index = run.argumentsFrom; index < run.sent.length; index++) {
    if (!run.pending.has(index)) run.pending.set(index, index);
  }
  for (const [index, branch] of run.pending) noteStart(run, span, index, branch);
  run.pending.clear();
}

/** Notes that a call starts what `body` sends beside what it starts in other rounds. */
export function startBeside<T>(run: Run, span: Span, body: () => T): T {
  const first = run.sent.length;
  try {
    return body();
  } finally {
    for (let index = first; index < run.sent.length; index++) noteStart(run, span, index, first);
  }
}

function noteStart(run: Run, span: Span, index: number, branch: number): void {
  const sent = run.sent[index];
  if (!sent || run.serialized.has(index)) return;
  const key = `${run.call} ${span.file}:${span.start}`;
  const start: Start = run.starts.get(key) ?? { span };
  run.starts.set(key, start);
  run.sent[index] = { ...sent, start, branch };
}
