/** What has found out something that it keeps for another process. */
export interface Storing {
  /** Writes it down. Never throws. */
  store(): void;
}

/** A time without work, in milliseconds, after which something is written down: editors are often killed, not closed. */
const idle = 5_000;

const waiting = new Set<Storing>();
let timer: NodeJS.Timeout | undefined;
let isListening = false;

/** Has something written down once there is no more work, at the latest when the process or its thread ends. */
export function storeLater(one: Storing): void {
  waiting.add(one);
  if (!isListening) process.on("exit", storeAll);
  isListening = true;
  timer ??= setTimeout(storeAll, idle).unref();
  timer.refresh();
}

/** Writes down now what waits for it. */
export function storeAll(): void {
  clearTimeout(timer);
  timer = undefined;
  for (const one of waiting) one.store();
  waiting.clear();
}
