import type { Artifact, ArtifactLocation, Location, Log, Notification, Result, Suppression } from "sarif";
import type { LintResult } from "../engine/result.ts";
import { filesOfFix } from "../engine/apply-fixes.ts";
import type { Finding } from "../rule/finding.ts";
import type { Span } from "../source/source-file.ts";
import { fingerprints } from "./fingerprints.ts";
import { byCodeUnit, placeOf } from "./place.ts";
import { jsonCost, jsonTokens } from "./json.ts";
import type { ReportContext, Reporter, RuleDescription } from "./report.ts";

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** Paths in the report are relative to this base, which the reader of the report sets. */
const root = "%SRCROOT%";

/** SARIF 2.1.0, for code scanning. Problems are notifications of the run, findings its results. */
export const sarif: Reporter = (result, context) => {
  const artifacts = artifactsOf(result, context);
  const ruleIndexes = new Map(context.rules.map((rule, index) => [rule.id, index]));
  const fingerprint = fingerprints(result);
  const log: Log = {
    $schema: schema,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "promptlint", semanticVersion: context.version, rules: context.rules.map(toRule) },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: {
          [root]: { description: { text: "The folder in which promptlint was started." } },
        },
        invocations: [
          {
            executionSuccessful: context.failures.length === 0,
            toolExecutionNotifications: notificationsOf(result, context, artifacts),
          },
        ],
        artifacts: [...artifacts.keys()].map((path): Artifact => ({ location: locationOfFile(path) })),
        results: everyFinding(result).map(({ finding, suppressions }): Result => ({
          ruleId: finding.ruleId,
          ...(ruleIndexes.has(finding.ruleId) && { ruleIndex: ruleIndexes.get(finding.ruleId)! }),
          level: finding.severity === "error" ? "error" : "warning",
          message: { text: finding.message },
          locations: [toLocation(finding.at, result, artifacts)],
          partialFingerprints: { primaryLocationLineHash: fingerprint(finding) },
          ...(suppressions && { suppressions }),
          ...story(finding, result, artifacts),
          ...fixesOf(finding, result, artifacts),
          properties: {
            confidence: finding.confidence,
            ...(finding.tokens && { tokens: jsonTokens(finding.tokens) }),
            ...(finding.cost && { cost: jsonCost(finding.cost) }),
            ...(finding.affects && { affects: { ...finding.affects } }),
          },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

/** What was found, and behind it what comments suppress. */
function everyFinding({
  findings,
  suppressed,
}: LintResult): readonly { readonly finding: Finding; readonly suppressions?: Suppression[] }[] {
  return [
    ...findings.map((finding) => ({ finding })),
    ...suppressed.map(({ finding, reason }) => {
      const suppression: Suppression = {
        kind: "inSource",
        status: "accepted",
        ...(reason !== undefined && { justification: reason }),
      };
      return { finding, suppressions: [suppression] };
    }),
  ];
}

type Artifacts = ReadonlyMap<string, number>;

function artifactsOf(result: LintResult, { allFiles, failures }: ReportContext): Artifacts {
  const spans = [
    ...everyFinding(result).flatMap(({ finding: { at, related } }) => [
      at,
      ...related.map(({ span }) => span),
    ]),
    ...result.findings.flatMap(({ fix, suggestions = [] }) =>
      [...(fix ? [fix] : []), ...suggestions].flatMap(({ edits }) => edits.map(({ span }) => span)),
    ),
    ...result.problems.map(({ span }) => span),
  ];
  const unread = failures.flatMap(({ path }) => path ?? []);
  const paths = new Set([...(allFiles ?? []), ...unread, ...spans.map(({ file }) => file)]);
  return new Map([...paths].sort(byCodeUnit).map((path, index) => [path, index]));
}

function toRule({
  id,
  description,
  url,
}: RuleDescription): NonNullable<Log["runs"][number]["tool"]["driver"]["rules"]>[number] {
  const text = `${description}.`;
  return {
    id,
    shortDescription: { text },
    helpUri: url,
    help: { text: `${text} See ${url}`, markdown: `${text} [What it means and what to do](${url})` },
  };
}

function toLocation(span: Span, { files }: LintResult, artifacts: Artifacts, message?: string): Location {
  const { file, start, end } = placeOf(span, files);
  const known = files.has(file);
  return {
    physicalLocation: {
      artifactLocation: { ...locationOfFile(file), index: artifacts.get(file) ?? -1 },
      ...(known && {
        region: {
          startLine: start.line,
          startColumn: start.column,
          endLine: end.line,
          endColumn: end.column,
        },
      }),
    },
    ...(message !== undefined && { message: { text: message } }),
  };
}

function wholeFile(path: string, artifacts: Artifacts): Location {
  return {
    physicalLocation: { artifactLocation: { ...locationOfFile(path), index: artifacts.get(path) ?? -1 } },
  };
}

function locationOfFile(path: string): ArtifactLocation {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  // A path that can't be told from here, such as one on another drive, is absolute.
  if (/^[A-Za-z]:\//.test(path))
    return { uri: `file:///${path.slice(0, 2)}${encoded.slice(encoded.indexOf("/"))}` };
  if (path.startsWith("/")) return { uri: `file://${encoded}` };
  return { uri: encoded, uriBaseId: root };
}

/** The places that tell the finding's story, as a list and as the way to walk them. */
function story({ at, message, related }: Finding, result: LintResult, artifacts: Artifacts): Partial<Result> {
  if (related.length === 0) return {};
  const places = related.map((place) => toLocation(place.span, result, artifacts, place.message));
  const steps = [toLocation(at, result, artifacts, message), ...places];
  return {
    relatedLocations: places.map((place, id) => ({ id, ...place })),
    codeFlows: [{ threadFlows: [{ locations: steps.map((location) => ({ location })) }] }],
  };
}

/** The fix and the suggestions, each of which a person may choose. */
function fixesOf(
  { fix, suggestions = [] }: Finding,
  result: LintResult,
  artifacts: Artifacts,
): Pick<Result, "fixes"> {
  const fixes = [...(fix ? [fix] : []), ...suggestions].map((one) => ({
    description: { text: one.description },
    artifactChanges: filesOfFix(one).map((path) => ({
      artifactLocation: { ...locationOfFile(path), index: artifacts.get(path) ?? -1 },
      replacements: one.edits
        .filter(({ span }) => span.file === path)
        .map(({ span, text }) => ({
          deletedRegion: toLocation(span, result, artifacts).physicalLocation!.region!,
          ...(text !== "" && { insertedContent: { text } }),
        })),
    })),
  }));
  return fixes.length > 0 ? { fixes } : {};
}

function notificationsOf(
  result: LintResult,
  { failures }: ReportContext,
  artifacts: Artifacts,
): Notification[] {
  return [
    ...failures.map(({ path, message }): Notification => ({
      level: "error",
      message: { text: message },
      ...(path !== undefined && { locations: [wholeFile(path, artifacts)] }),
    })),
    ...result.problems.map(({ span, message, severity }): Notification => ({
      level: severity === "error" ? "error" : "note",
      message: { text: message },
      locations: [toLocation(span, result, artifacts)],
    })),
  ];
}
