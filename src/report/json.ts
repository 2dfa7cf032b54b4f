import { filesOfFix, mergeEdits } from "../engine/apply-fixes.ts";
import type { LintResult } from "../engine/result.ts";
import type { Affected, Finding, TokenEstimate } from "../rule/finding.ts";
import type { Fix } from "../rule/fix.ts";
import type { CostEstimate, ExpectedReuse } from "../rule/price.ts";
import type { Problem } from "../source/problem.ts";
import type { Span } from "../source/source-file.ts";
import type { Confidence } from "../value/scope.ts";
import { byCodeUnit, byPlace, placeOf, type Place } from "./place.ts";
import type { CellPlace, ReportContext, Reporter } from "./report.ts";

/** One file of the JSON report. The shape is ESLint's, with keys of ours added to the messages. */
export interface JsonFile {
  readonly filePath: string;
  readonly messages: readonly JsonMessage[];
  readonly errorCount: number;
  readonly warningCount: number;
  readonly fixableErrorCount: number;
  readonly fixableWarningCount: number;
  /** The text of the file as fixed; only of a dry run, and only where it differs. */
  readonly output?: string;
}

/** A finding, or with `ruleId: null` a problem. `cell` and `cellLine` are there in notebooks only. */
export interface JsonMessage extends JsonPlace {
  readonly ruleId: string | null;
  /** 1: warning, 2: error. */
  readonly severity: 1 | 2;
  readonly message: string;
  readonly endLine: number;
  readonly endColumn: number;
  readonly confidence?: Confidence;
  readonly related?: readonly (JsonPlace & { readonly filePath: string; readonly message: string })[];
  readonly tokens?: JsonTokens;
  readonly cost?: JsonCost;
  /** How many requests, by the calls that send them, and how many checkpoints suffer from it. */
  readonly affects?: Affected;
  /** What `--fix` would do. */
  readonly fix?: JsonFix;
  readonly suggestions?: readonly { readonly desc: string; readonly fix: JsonFix }[];
}

/** One replacement in the file of the message: offsets count UTF-16 units, a byte order mark left out. */
export interface JsonFix {
  readonly range: readonly [start: number, end: number];
  readonly text: string;
}

export interface JsonPlace {
  readonly line: number;
  readonly column: number;
  readonly cell?: number;
  readonly cellLine?: number;
}

/** What a finding costs in US dollars. The prices are those of a million tokens. */
export interface JsonCost {
  /** For 1,000 requests, above what they would cost if the cache were read. */
  readonly usdPer1000Requests: JsonTokens;
  readonly prices: { readonly input: number; readonly write: number; readonly read: number };
  readonly source: string;
  readonly asOf: string;
  /** What the prices are for, such as "global endpoint"; absent where there is one price only. */
  readonly scope?: string;
  /** Only where settings say how often a prefix is sent: from which of its requests on a write pays. */
  readonly breakEven?: { readonly requests: number | null; readonly ttl: string | null } & ExpectedReuse;
}

/** `high` is null where nobody knows how many tokens there can be. */
export interface JsonTokens {
  readonly low: number;
  readonly best: number;
  readonly high: number | null;
}

/** An array of files in ESLint's shape. */
export const json: Reporter = (result, context) => {
  const messages = new Map<string, { place: Place; message: JsonMessage }[]>();
  const add = (span: Span, message: (place: Place) => JsonMessage): void => {
    const place = placeOf(span, result.files);
    let list = messages.get(place.file);
    if (!list) messages.set(place.file, (list = []));
    list.push({ place, message: message(place) });
  };
  for (const file of [...(context.allFiles ?? []), ...(context.outputs?.keys() ?? [])])
    messages.set(file, []);
  const unread = context.failures.flatMap(({ path, message }): Problem[] =>
    path === undefined ? [] : [{ span: { file: path, start: 0, end: 0 }, message, severity: "error" }],
  );
  for (const problem of [...unread, ...result.problems])
    add(problem.span, (place) => fromProblem(problem, place, result, context));
  for (const finding of result.findings)
    add(finding.at, (place) => fromFinding(finding, place, result, context));

  const files = [...messages]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([filePath, list]) =>
      toFile(
        filePath,
        list.sort((a, b) => byPlace(a.place, b.place)).map(({ message }) => message),
        context.outputs?.get(filePath),
      ),
    );
  return `${JSON.stringify(files, undefined, 2)}\n`;
};

/** A token estimate in JSON, which has no infinity. */
export function jsonTokens({ low, best, high }: TokenEstimate): JsonTokens {
  return { low, best, high: Number.isFinite(high) ? high : null };
}

/** A price in JSON; money is rounded to a hundredth of a cent. */
export function jsonCost({ usdPer1000Requests, prices, breakEven }: CostEstimate): JsonCost {
  const { input, write, read, source, asOf, scope } = prices;
  const { low, best, high } = usdPer1000Requests;
  return {
    usdPer1000Requests: jsonTokens({ low: rounded(low), best: rounded(best), high: rounded(high) }),
    prices: { input: rounded(input), write: rounded(write), read: rounded(read) },
    source,
    asOf,
    ...(scope !== undefined && { scope }),
    ...(breakEven && {
      breakEven: {
        requests: Number.isFinite(breakEven.requests) ? breakEven.requests : null,
        ttl: breakEven.ttl ?? null,
        ...breakEven.expected,
      },
    }),
  };
}

function rounded(usd: number): number {
  return Math.round(usd * 10_000) / 10_000;
}

/** Line and column of a span, with its cell where it lies in a notebook. */
export function jsonPlace(span: Span, { files }: LintResult, { cellAt }: ReportContext): JsonPlace {
  const file = files.get(span.file);
  const { line, column } = placeOf(span, files).start;
  const cell: CellPlace | undefined = file && cellAt?.(file, span.start);
  return { line, column, ...(cell && { cell: cell.cell, cellLine: cell.cellLine }) };
}

function toFile(filePath: string, messages: readonly JsonMessage[], output: string | undefined): JsonFile {
  const errorCount = messages.filter(({ severity }) => severity === 2).length;
  return {
    filePath,
    messages,
    errorCount,
    warningCount: messages.length - errorCount,
    fixableErrorCount: messages.filter(({ severity, fix }) => fix && severity === 2).length,
    fixableWarningCount: messages.filter(({ severity, fix }) => fix && severity === 1).length,
    ...(output !== undefined && { output }),
  };
}

function fromFinding(
  finding: Finding,
  { end }: Place,
  result: LintResult,
  context: ReportContext,
): JsonMessage {
  return {
    ruleId: finding.ruleId,
    severity: finding.severity === "error" ? 2 : 1,
    message: finding.message,
    ...jsonPlace(finding.at, result, context),
    endLine: end.line,
    endColumn: end.column,
    confidence: finding.confidence,
    related: finding.related.map(({ span, message }) => ({
      filePath: span.file,
      ...jsonPlace(span, result, context),
      message,
    })),
    ...(finding.tokens && { tokens: jsonTokens(finding.tokens) }),
    ...(finding.cost && { cost: jsonCost(finding.cost) }),
    ...(finding.affects && { affects: finding.affects }),
    ...fixesOf(finding, result),
  };
}

/** Fixes of a single file; ESLint's shape has no place for others. */
function fixesOf(
  { at, fix, suggestions = [] }: Finding,
  { files }: LintResult,
): Pick<JsonMessage, "fix" | "suggestions"> {
  const toJson = (one: Fix): JsonFix | undefined => {
    const text = files.get(at.file)?.text;
    if (text === undefined || filesOfFix(one).some((path) => path !== at.file)) return undefined;
    const { start, end, text: replacement } = mergeEdits(one, at.file, text);
    return { range: [start, end], text: replacement };
  };
  const own = fix && toJson(fix);
  const others = suggestions.flatMap((one) => {
    const made = toJson(one);
    return made ? [{ desc: one.description, fix: made }] : [];
  });
  return { ...(own && { fix: own }), ...(others.length > 0 && { suggestions: others }) };
}

function fromProblem(
  problem: Problem,
  { end }: Place,
  result: LintResult,
  context: ReportContext,
): JsonMessage {
  return {
    ruleId: null,
    severity: problem.severity === "error" ? 2 : 1,
    message: problem.message,
    ...jsonPlace(problem.span, result, context),
    endLine: end.line,
    endColumn: end.column,
  };
}
