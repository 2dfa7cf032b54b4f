import type { CheckpointSummary, LintResult, RequestSummary, SegmentSummary } from "../engine/result.ts";
import type { Scope } from "../value/scope.ts";
import { isUnstable } from "../value/scope.ts";
import { paletteFor, type Palette } from "./palette.ts";
import { placeOf, placeText, printable } from "./place.ts";
import type { ReportContext, Reporter } from "./report.ts";
import { clip, columnsOf, padEnd, padStart, wrap } from "./text-layout.ts";
import { tokenPhrase, tokenText } from "./token-text.ts";

/** Draws each request as the provider reads it: a line a segment, a rule across for each checkpoint. */
export const explainText: Reporter = (result, context) => {
  const palette = paletteFor(context.color);
  return result.requests
    .map((request) => `${requestLines(request, result, context, palette).join("\n")}\n`)
    .join("\n");
};

const indent = "  ";
/** Width of the columns: region, role, kind, scope, tokens. What is left belongs to the preview. */
const columns = { region: 8, role: 9, kind: 10, scope: 7, tokens: 9 };
const previewColumn = indent.length + Object.values(columns).reduce((sum, width) => sum + width + 1, 0) + 1;

function requestLines(
  request: RequestSummary,
  result: LintResult,
  { width }: ReportContext,
  palette: Palette,
): string[] {
  const lines = [
    heading(request, result, palette),
    ...wrap(describe(request), width - indent.length).map((line) => indent + line),
    "",
  ];
  const draw = (after: number): void => {
    for (const checkpoint of request.checkpoints) {
      if (checkpoint.afterSegment === after) lines.push(...checkpointLines(checkpoint, width, palette));
    }
  };
  draw(-1);
  for (const [index, segment] of request.segments.entries()) {
    const before = request.segments[index - 1];
    lines.push(segmentLine(segment, before, width, palette));
    draw(index);
  }
  if (request.segments.length === 0)
    lines.push(`${indent}${palette.faint("nothing of this request is known")}`);
  if (request.checkpoints.length === 0) lines.push(`${indent}${palette.faint("no checkpoint")}`);
  if (request.unresolved.length > 0) {
    lines.push("", `${indent}${palette.warning("not understood")}`);
    for (const { at, reason } of request.unresolved) {
      const [first, ...rest] = wrap(
        `${placeText(placeOf(at, result.files))}: ${printable(reason)}`,
        width - 4,
      );
      lines.push(`${indent}- ${first}`, ...rest.map((line) => `${indent}  ${line}`));
    }
  }
  return lines;
}

function heading({ at }: RequestSummary, { files }: LintResult, palette: Palette): string {
  const place = placeOf(at, files);
  return palette.strong(`${printable(place.file)}:${place.start.line}`);
}

/** `anthropic-python, anthropic dialect, claude-sonnet-4-5 on bedrock` */
function describe({ sdk, dialect, model, modelId, platform }: RequestSummary): string {
  const written = modelId !== undefined && modelId !== model ? `"${printable(modelId)}"` : undefined;
  const name = model && written ? `${model} (${written})` : (model ?? written ?? "unknown model");
  return `${sdk}, ${dialect} dialect, ${name}${platform ? ` on ${platform}` : ""}`;
}

function segmentLine(
  { region, role, kind, scope, order, tokens, preview }: SegmentSummary,
  before: SegmentSummary | undefined,
  width: number,
  palette: Palette,
): string {
  const cells = [
    // A region is named once, at its first segment.
    padEnd(before?.region === region ? "" : region, columns.region),
    padEnd(role ?? "", columns.role),
    padEnd(kind, columns.kind),
    scopeStyle(scope, palette)(padEnd(scope, columns.scope)),
    padStart(tokenText(tokens), columns.tokens),
  ];
  const note = isUnstable(order) ? `${order} order` : "";
  const room = width - previewColumn - (note === "" ? 0 : note.length + 2);
  const shown = clip(printable(preview.replace(/\s+/g, " ").trim()), Math.max(10, room));
  const end = note === "" ? "" : `  ${palette.warning(note)}`;
  return `${indent}${cells.join(" ")}  ${palette.faint(shown)}${end}`.trimEnd();
}

function checkpointLines(checkpoint: CheckpointSummary, width: number, palette: Palette): string[] {
  const { ttl, origin, prefixTokens, reusable, reason } = checkpoint;
  const style = reusable === undefined ? palette.warning : reusable ? palette.good : palette.error;
  const verdict =
    reusable === undefined ? "not known whether it is read" : reusable ? "read again" : "never read";
  const kind = origin === "explicit" ? "checkpoint" : `${origin} checkpoint`;
  const title = `${kind}${ttl === undefined ? "" : ` ${printable(ttl)}`}: ${tokenPhrase(prefixTokens)}, ${verdict}`;
  const rule = "─".repeat(Math.max(3, width - indent.length - columnsOf(title) - 5));
  return [
    `${indent}${style(`── ${title} ${rule}`)}`,
    ...wrap(printable(reason), width - indent.length - 3)
      .filter((line) => line !== "")
      .map((line) => `${indent}   ${line}`),
  ];
}

function scopeStyle(scope: Scope, palette: Palette): (text: string) => string {
  switch (scope) {
    case "static":
    case "deploy":
    case "process":
    case "day":
      return palette.good;
    case "tenant":
    case "user":
    case "session":
    case "unknown":
      return palette.warning;
    case "turn":
    case "request":
      return palette.error;
  }
}
