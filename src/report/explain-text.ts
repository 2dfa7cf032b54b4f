import type { CheckpointSummary, LintResult, RequestSummary, SegmentSummary } from "../engine/result.ts";
import type { Scope } from "../value/scope.ts";
import { isUnstable } from "../value/scope.ts";
import { describeRequest } from "./describe-request.ts";
import { paletteFor, type Palette } from "./palette.ts";
import { cellText, placeOf, placeText, printable } from "./place.ts";
import type { CellFinder, ReportContext, Reporter } from "./report.ts";
import { segmentRuns } from "./segment-runs.ts";
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
  { width, cellAt }: ReportContext,
  palette: Palette,
): string[] {
  const lines = [
    heading(request, result, cellAt, palette),
    ...wrap(printable(describeRequest(request)), width - indent.length).map((line) => indent + line),
    ...wrap(describeVersions(request), width - indent.length)
      .filter((line) => line !== "")
      .map((line) => indent + palette.faint(line)),
    "",
    `${indent}${palette.faint(cellsOf(header).join(" "))}  ${palette.faint("text")}`,
  ];
  const draw = (after: number): void => {
    for (const checkpoint of request.checkpoints) {
      if (checkpoint.afterSegment === after) lines.push(...checkpointLines(checkpoint, width, palette));
    }
  };
  draw(-1);
  let region: string | undefined;
  for (const { segment, times, last, inside } of segmentRuns(request)) {
    if (segment.region === "tools" && region === undefined) {
      lines.push(...preambleLine(request, palette));
      region = request.toolPreambleTokens && segment.region;
    }
    lines.push(segmentLine(segment, times, segment.region !== region, width, palette));
    region = segment.region;
    const end = inside.at(-1);
    if (end) lines.push(...checkpointLines(end, width, palette, inside.length));
    else draw(last);
  }
  if (request.segments.length === 0) lines.push(`${indent}nothing of this request is known`);
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

function heading(
  { at }: RequestSummary,
  { files }: LintResult,
  cellAt: CellFinder | undefined,
  palette: Palette,
): string {
  const place = placeOf(at, files);
  return palette.strong(`${printable(place.file)}:${place.start.line}`) + cellText(at, files, cellAt);
}

/** `versions: ai ^5.0.0 (package.json), @ai-sdk/anthropic (newest assumed)` */
function describeVersions({ versions }: RequestSummary): string {
  if (versions.length === 0) return "";
  const named = versions.map(({ name, version, file }) =>
    version === undefined ? `${name} (newest assumed)` : `${name} ${version} (${file})`,
  );
  return printable(`versions: ${named.join(", ")}`);
}

type Cells = Readonly<Record<keyof typeof columns, string>>;

const header: Cells = { region: "region", role: "role", kind: "kind", scope: "scope", tokens: "tokens" };

function cellsOf(cells: Cells): string[] {
  return [
    padEnd(cells.region, columns.region),
    padEnd(cells.role, columns.role),
    padEnd(cells.kind, columns.kind),
    padEnd(cells.scope, columns.scope),
    padStart(cells.tokens, columns.tokens),
  ];
}

function segmentLine(
  { region, role, kind, scope, order, tokens, preview }: SegmentSummary,
  times: number,
  opensRegion: boolean,
  width: number,
  palette: Palette,
): string {
  const cells = cellsOf({
    // A region is named once, at its first segment.
    region: opensRegion ? region : "",
    role: role ?? "",
    kind,
    scope,
    tokens: tokenText(tokens),
  }).map((cell, index) => (index === 3 ? scopeStyle(scope, palette)(cell) : cell));
  const repeated = times > 1 ? `${times} times` : "";
  const unstable = isUnstable(order) ? `${order} order` : "";
  const notes = [repeated, unstable].filter((note) => note !== "").join(", ");
  const room = width - previewColumn - (notes === "" ? 0 : notes.length + 2);
  const shown = clip(printable(preview.replace(/\s+/g, " ").trim()), Math.max(10, room));
  const end = notes === "" ? "" : `  ${unstable === "" ? notes : palette.warning(notes)}`;
  return `${indent}${cells.join(" ")}  ${palette.faint(shown)}${end}`.trimEnd();
}

/** What the provider puts in front of the tools, which no line of the code stands for. */
function preambleLine({ toolPreambleTokens }: RequestSummary, palette: Palette): string[] {
  if (!toolPreambleTokens) return [];
  const cells = cellsOf({
    region: "tools",
    role: "",
    kind: "preamble",
    scope: "static",
    tokens: tokenText(toolPreambleTokens),
  }).map((cell, index) => (index === 3 ? palette.good(cell) : cell));
  return [`${indent}${cells.join(" ")}  ${palette.faint("added by the provider where there are tools")}`];
}

/** @param times how many checkpoints alike there are, of which this is the last */
function checkpointLines(
  checkpoint: CheckpointSummary,
  width: number,
  palette: Palette,
  times = 1,
): string[] {
  const { ttl, origin, prefixTokens, reusable, reason } = checkpoint;
  const style = reusable === undefined ? palette.warning : reusable ? palette.good : palette.error;
  const verdict =
    reusable === undefined ? "not known whether it is read" : reusable ? "read again" : "never read";
  const kind = origin === "explicit" ? "checkpoint" : `${origin} checkpoint`;
  const title = `${times > 1 ? `${times} ${kind}s` : kind}${ttl === undefined ? "" : ` ${printable(ttl)}`}: ${tokenPhrase(prefixTokens)}, ${verdict}`;
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
