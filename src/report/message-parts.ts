/** A message of a rule in two parts: what is wrong and why it costs, and what to do. */
export interface MessageParts {
  readonly problem: string;
  /** The last sentence, where there is more than one. */
  readonly help: string | undefined;
}

/** Splits a message in front of its last sentence: rules say there what to do. Code and quotations stay whole. */
export function messageParts(message: string): MessageParts {
  const parts = message.match(/`[^`]*`|"[^"]*"|[^`"]+|[`"]/g) ?? [];
  let at = 0;
  let last: number | undefined;
  for (const [index, part] of parts.entries()) {
    // A sentence ends with a full stop, or with a quotation behind a full stop, and the next one begins in upper case.
    const isPlain = !/^[`"]./.test(part);
    if (isPlain) {
      for (const end of part.matchAll(/[.!?] +(?=[A-Z]|$)/g)) {
        const isOpen = end.index + end[0].length < part.length || parts[index + 1]?.startsWith("`");
        if (isOpen) last = at + end.index + end[0].length;
      }
    }
    at += part.length;
  }
  if (last === undefined) return { problem: message, help: undefined };
  return { problem: message.slice(0, last).trimEnd(), help: message.slice(last) };
}
