import type { CheckpointSummary, RequestSummary } from "../engine/result.ts";
import type { Finding } from "../rule/finding.ts";
import { html, type Html } from "./html-text.ts";
import { segmentRuns, type SegmentRun } from "./segment-runs.ts";
import { counted } from "./text-layout.ts";

/** What the next request does with a stretch of this one. */
export type Fate = "read" | "written" | "open" | "paid";

/** Each fate as a report says it. */
export const fates: Readonly<Record<Fate, string>> = {
  read: "read again",
  written: "written, not read",
  open: "not known",
  paid: "paid in full",
};

/** What happens to a segment in the next request: the widest prefix that is read counts, then the widest written. */
export function fateOf(segment: number, { checkpoints }: RequestSummary): Fate | undefined {
  if (checkpoints.length === 0) return undefined;
  const covering = checkpoints.filter(({ afterSegment }) => afterSegment >= segment);
  if (covering.length === 0) return "paid";
  if (covering.some(({ reusable }) => reusable === true)) return "read";
  return covering.some(({ reusable }) => reusable === undefined) ? "open" : "written";
}

export function fateOfMark({ reusable }: CheckpointSummary): Fate {
  return reusable === undefined ? "open" : reusable ? "read" : "written";
}

/** One row of segments with what is drawn behind it. */
export interface Entry {
  readonly run: SegmentRun;
  readonly findings: readonly Finding[];
  readonly marks: readonly CheckpointSummary[];
}

/** Entries that are not drawn because they look like those around them. */
export interface Fold {
  readonly left: readonly Entry[];
}

/** The rows of a request, in render order. */
export function entriesOf(
  request: RequestSummary,
  findings: ReadonlyMap<number, readonly Finding[]>,
): readonly Entry[] {
  let first = 0;
  return segmentRuns(request).map((run) => {
    const indices = Array.from({ length: run.last - first + 1 }, (_, offset) => first + offset);
    first = run.last + 1;
    return {
      run,
      findings: indices.flatMap((index) => findings.get(index) ?? []),
      marks: request.checkpoints.filter(({ afterSegment }) => afterSegment === run.last),
    };
  });
}

/** Of the many messages of a made-up history, the first and the last ones. */
export function foldAlike(entries: readonly Entry[]): readonly (Entry | Fold)[] {
  const look = ({ run: { segment }, marks, findings }: Entry): string =>
    JSON.stringify([
      findings.length > 0 ? segment.at : segment.region,
      [segment.kind, segment.scope, segment.order, segment.preview],
      marks.map(fateOfMark),
    ]);
  const folded: (Entry | Fold)[] = [];
  for (let from = 0; from < entries.length;) {
    let to = from + 1;
    while (to < entries.length && look(entries[to]!) === look(entries[from]!)) to++;
    const alike = entries.slice(from, to);
    folded.push(
      ...(alike.length > 6
        ? [...alike.slice(0, 2), { left: alike.slice(2, -2) }, ...alike.slice(-2)]
        : alike),
    );
    from = to;
  }
  return folded;
}

/** What a fold leaves out, in words. */
export function leftText(left: readonly Entry[]): string {
  const segments = left.reduce((sum, { run }) => sum + run.times, 0);
  const marks = left.reduce((sum, one) => sum + one.marks.length, 0);
  return `… ${counted(segments, "segment")} more like these${marks > 0 ? `, with ${counted(marks, "checkpoint")}` : ""}`;
}

/** The segments as blocks, as wide as they have tokens; those of unknown length are hatched. */
export function bar(
  entries: readonly (Entry | Fold)[],
  marksInFront: readonly CheckpointSummary[],
  request: RequestSummary,
): Html {
  const upright = (marks: readonly CheckpointSummary[]): Html[] =>
    marks.map((mark) => html`<i class="mark-${fateOfMark(mark)}"></i>`);
  const block = ({ run: { segment, times, last }, marks }: Entry): Html => {
    const isOpen = !Number.isFinite(segment.tokens.high);
    const width = Math.max(1, Math.round((isOpen ? segment.tokens.low : segment.tokens.best) * times));
    const fate = fateOf(last, request);
    const classes = [...(isOpen ? ["endless"] : []), ...(fate ? [fate] : [])].join(" ");
    const look = `--scope:var(--${segment.scope});flex:${width} 0 0`;
    return html`<span class="${classes}" style="${look}"></span>${upright(marks)}`;
  };
  const blocks = entries.map((entry) => ("left" in entry ? html`<b>…</b>` : block(entry)));
  return html`<div class="bar" aria-hidden="true">${upright(marksInFront)}${blocks}</div>`;
}
