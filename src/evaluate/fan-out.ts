import type { Span } from "../source/source-file.ts";
import type { Start } from "./host.ts";
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
  try {
    return body();
  } finally {
    for (let index = first; index < run.sent.length; index++) run.pending.delete(index);
  }
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
  if (!sent) return;
  const key = `${run.call} ${span.file}:${span.start}`;
  const start: Start = run.starts.get(key) ?? { span };
  run.starts.set(key, start);
  run.sent[index] = { ...sent, start, branch };
}
