import type { LintResult } from "../engine/result.ts";
import type { Finding, RelatedPlace } from "../rule/finding.ts";
import type { Span } from "../source/source-file.ts";
import { affectsPhrase, breakEvenPhrase, costPhrase } from "./cost-text.ts";
import { excerptOf } from "./excerpt.ts";
import { paletteFor, type Palette } from "./palette.ts";
import { cellText, placeOf, placeText, printable } from "./place.ts";
import type { ReportContext, Reporter } from "./report.ts";
import { padStart, wrap } from "./text-layout.ts";
import { tokenPhrase } from "./token-text.ts";

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
  const [first, ...rest] = wrap(printable(finding.message), width, heading.length + 1);

  // All line numbers of a finding share one gutter, so that the excerpts stand below each other.
  const spans = [finding.at, ...finding.related.map(({ span }) => span)];
  const gutter = Math.max(...spans.map((span) => String(placeOf(span, files).start.line).length));
  const blank = " ".repeat(gutter);
  const excerptWidth = width - gutter - 3;

  const lines = [
    `${style(heading)} ${palette.strong(first!)}`,
    ...rest.map((line) => palette.strong(line)),
    `${blank}${palette.place("-->")} ${placeText(placeOf(finding.at, files))}${cellText(finding.at, files, cellAt)}`,
    ...excerptLines(finding.at, files, { gutter, width: excerptWidth, caret: "^", style, palette }),
  ];
  for (const related of finding.related) {
    lines.push(
      ...relatedHeading(related, files, blank, width, palette),
      ...excerptLines(related.span, files, {
        gutter,
        width: excerptWidth,
        caret: "-",
        style: palette.place,
        palette,
      }),
    );
  }
  lines.push(...footnotes(finding, url).map((note) => `${blank} ${palette.place("=")} ${note}`));
  return lines;
}

function relatedHeading(
  { span, message }: RelatedPlace,
  files: LintResult["files"],
  blank: string,
  width: number,
  palette: Palette,
): string[] {
  const at = placeText(placeOf(span, files));
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
}

function excerptLines(
  span: Span,
  files: LintResult["files"],
  { gutter, width, caret, style, palette }: ExcerptStyle,
): string[] {
  const excerpt = excerptOf(span, files, width);
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
  if (tokens) notes.push(`${tokenPhrase(tokens)} in each request${cost ? `: ${costPhrase(cost)}` : ""}`);
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
