import type { Span } from "../source/source-file.ts";
import type { LoweredRequest, MarkFault } from "./request.ts";

/** Marks in a list or record that the code makes and does not use. */
export interface DroppedMarks {
  /** The expression whose result is dropped. */
  readonly span: Span;
  readonly marks: readonly Span[];
  /** What its texts come from: a request with one of these sends what was marked. See `sourceOf...`. */
  readonly sources: ReadonlySet<string>;
  /** Where the texts stand: a tool is printed as a whole, from its first character to its last. */
  readonly literals: readonly Span[];
}

/** Names an evaluated value, the same wherever it stands. */
export function sourceOfValue(id: number): string {
  return `#${id}`;
}

/** Names a literal by its place. */
export function sourceOfLiteral({ file, start, end }: Span): string {
  return `${file}:${start}:${end}`;
}

/**
 * The faults of dropped marks, for each of the requests of one run: of those that send the same texts without them.
 * A mark that reaches one of the requests is not lost, whatever becomes of the copy.
 */
export function faultsOfDroppedMarks(
  requests: readonly LoweredRequest[],
  dropped: readonly DroppedMarks[],
): readonly (readonly MarkFault[])[] {
  const sent = new Set(
    requests.flatMap(({ checkpoints, faults }) =>
      [...checkpoints, ...faults].map(({ span }) => sourceOfLiteral(span)),
    ),
  );
  const lost = dropped.filter(({ marks }) => !marks.some((mark) => sent.has(sourceOfLiteral(mark))));
  return requests.map(({ segments }) =>
    lost.flatMap(({ span, sources, literals }): MarkFault[] => {
      const after = segments.findLastIndex(({ kind, parts }) =>
        parts.some((part) => {
          if (part.kind === "hole") return sources.has(sourceOfValue(part.hole.id));
          if (kind === "tool" && literals.some((literal) => isInside(literal, part.span))) return true;
          return sources.has(sourceOfLiteral(part.span));
        }),
      );
      return after < 0 ? [] : [{ kind: "ignored", span, after, isUnmarked: true, ...complaint }];
    }),
  );
}

function isInside(inner: Span, outer: Span): boolean {
  return inner.file === outer.file && outer.start <= inner.start && inner.end <= outer.end;
}

const complaint = {
  reason: "Nothing uses this marked copy: the request sends the original, which has no mark.",
  remedy: "Send the copy instead.",
};
