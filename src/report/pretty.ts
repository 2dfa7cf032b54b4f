import type { LintResult } from "../engine/result.ts";
import type { Finding, RelatedPlace } from "../rule/finding.ts";
import type { Span } from "../source/source-file.ts";
import { affectsPhrase, breakEvenPhrase, costPhrase, stakePhrase } from "./cost-text.ts";
import { excerptOf } from "./excerpt.ts";
import { messageParts } from "./message-parts.ts";
import { paletteFor, type Palette } from "./palette.ts";
import { cellText, placeOf, placeText, printable } from "./place.ts";
import type { CellFinder, ReportContext, Reporter } from "./report.ts";
import { padStart, wrap } from "./text-layout.ts";

/** Each finding with its source and the places that tell its story, for people. */
export const pretty: Reporter = (result, context) => {
  const palette = paletteFor(context.color);
  const urls = new Map(context.rules.map((rule) => [rule.id, rule.url]));
  return result.findings
    .map(
      (finding) =>
        `${findingLines(finding, result, context, palette, urls.get(finding.ruleId)).join("\n")}\n`,
    )
    .join("\n");
};

function findingLines(
  finding: Finding,
  { files }: LintResult,
  { width, cellAt }: ReportContext,
  palette: Palette,
  url: string | undefined,
): string[] {
  const style = finding.severity === "error" ? palette.error : palette.warning;
  const label = finding.severity === "error" ? "error" : "warning";
  const heading = `${label}[${finding.ruleId}]:`;
  const { problem, help } = messageParts(printable(finding.message));
  const [first, ...rest] = wrap(problem, width, heading.length + 1);

  // All line numbers of a finding share one gutter, so that the excerpts stand below each other.
  const spans = [finding.at, ...finding.related.map(({ span }) => span)];
  const lineOf = (span: Span): number => excerptOf(span, files, width, cellAt)?.line ?? 1;
  const gutter = Math.max(...spans.map((span) => String(lineOf(span)).length));
  const blank = " ".repeat(gutter);
  const look = { gutter, width: width - gutter - 3, palette, cellAt };

  const lines = [
    `${style(heading)} ${palette.strong(first!)}`,
    ...rest.map((line) => palette.strong(line)),
    `${blank}${palette.place("-->")} ${placeText(placeOf(finding.at, files))}${cellText(finding.at, files, cellAt)}`,
    ...excerptLines(finding.at, files, { ...look, caret: "^", style }),
  ];
  for (const related of finding.related) {
    lines.push(
      ...relatedHeading(related, files, blank, width, palette, cellAt),
      ...excerptLines(related.span, files, { ...look, caret: "-", style: palette.place }),
    );
  }
  const indent = `${blank} ${palette.place("=")} `;
  const helpLines = help === undefined ? [] : wrap(`help: ${help}`, width - gutter - 3);
  lines.push(
    ...helpLines.map((line, index) =>
      index === 0 ? indent + styleHelp(line, palette) : `${blank}   ${line}`,
    ),
    ...footnotes(finding, url).map((note) => indent + note),
  );
  return lines;
}

function styleHelp(line: string, palette: Palette): string {
  return line.replace(/^help:/, (word) => palette.strong(word));
}

function relatedHeading(
  { span, message }: RelatedPlace,
  files: LintResult["files"],
  blank: string,
  width: number,
  palette: Palette,
  cellAt: CellFinder | undefined,
): string[] {
  const at = placeText(placeOf(span, files)) + cellText(span, files, cellAt);
  const text = printable(message);
  const lead = blank.length + 4;
  // The label stands beside the place where both fit on one line.
  if (lead + at.length + 2 + text.length <= width) return [`${blank}${palette.place(":::")} ${at}: ${text}`];
  return [
    `${blank}${palette.place(":::")} ${at}:`,
    ...wrap(text, width - lead).map((line) => `${" ".repeat(lead)}${line}`),
  ];
}

interface ExcerptStyle {
  readonly gutter: number;
  readonly width: number;
  readonly caret: string;
  readonly style: (text: string) => string;
  readonly palette: Palette;
  readonly cellAt: CellFinder | undefined;
}

function excerptLines(
  span: Span,
  files: LintResult["files"],
  { gutter, width, caret, style, palette, cellAt }: ExcerptStyle,
): string[] {
  const excerpt = excerptOf(span, files, width, cellAt);
  if (!excerpt) return [];
  const number = palette.place(`${padStart(String(excerpt.line), gutter)} |`);
  const empty = palette.place(`${" ".repeat(gutter)} |`);
  const carets = style(caret.repeat(excerpt.carets) + (excerpt.continues ? "…" : ""));
  return [`${number} ${excerpt.text}`, `${empty} ${" ".repeat(excerpt.indent)}${carets}`];
}

function footnotes(
  { tokens, cost, affects, confidence, fix, suggestions = [] }: Finding,
  url: string | undefined,
): string[] {
  const notes: string[] = [];
  const amount = tokens && stakePhrase(tokens);
  if (amount !== undefined) notes.push(amount);
  const costs = cost && costPhrase(cost);
  if (costs) notes.push(costs);
  const breakEven = cost && breakEvenPhrase(cost);
  if (breakEven !== undefined) notes.push(breakEven);
  const affected = affects && affectsPhrase(affects);
  if (affected !== undefined) notes.push(affected);
  if (confidence !== "certain") notes.push(`confidence: ${confidence}`);
  if (fix) notes.push(`--fix: ${fix.description}`);
  notes.push(...suggestions.map(({ description }) => `--fix --fix-type suggestion: ${description}`));
  if (url) notes.push(url);
  return notes;
}
