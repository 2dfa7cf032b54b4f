import type { Stretch } from "./separated-items.ts";

/** A string of the source that is one token: what stands between its quotes, and what is written into it. */
export interface LiteralText {
  /** Prefix and opening quotes. */
  readonly open: string;
  readonly close: string;
  /** Between the quotes. */
  readonly content: Stretch;
  /** Interpolations, in order, with their braces. */
  readonly holes: readonly Stretch[];
  /** How a line end is written in it: itself, or its escape. */
  readonly lineEnd: RegExp;
}

/** Lines of a literal. */
export interface LiteralLines extends Stretch {
  /** What stands in front of them and behind them, within the literal. */
  readonly before: Stretch;
  readonly after: Stretch;
}

/**
 * The lines that hold an interpolation: from the line end in front of it to the one behind it, which belongs to them.
 * Undefined for an interpolation that is not in the literal.
 */
export function linesAround(
  text: string,
  { content, holes, lineEnd }: LiteralText,
  hole: Stretch,
): LiteralLines | undefined {
  const index = holes.findIndex(({ start, end }) => start <= hole.start && hole.end <= end);
  if (index < 0) return undefined;
  let start = content.start;
  for (let at = index; at >= 0; at--) {
    const from = holes[at - 1]?.end ?? content.start;
    const ends = [...text.slice(from, holes[at]!.start).matchAll(lineEnd)];
    const last = ends.at(-1);
    if (!last) continue;
    start = from + last.index + last[0].length;
    break;
  }
  let end = content.end;
  for (let at = index; at < holes.length; at++) {
    const from = holes[at]!.end;
    const next = [...text.slice(from, holes[at + 1]?.start ?? content.end).matchAll(lineEnd)][0];
    if (!next) continue;
    end = from + next.index + next[0].length;
    break;
  }
  return {
    start,
    end,
    before: { start: content.start, end: start },
    after: { start: end, end: content.end },
  };
}
