import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { Ajv } from "ajv";
import type { Log } from "sarif";
import { describe, expect, test } from "vitest";
import type { LintResult } from "../../src/engine/result.ts";
import { explainJson } from "../../src/report/explain-json.ts";
import { json } from "../../src/report/json.ts";
import type { ReportContext } from "../../src/report/report.ts";
import { sarif } from "../../src/report/sarif.ts";
import { SourceFile } from "../../src/source/source-file.ts";
import { agentFile, contextWith, emptyResult, sampleResult, spanOf } from "./sample-result.ts";

/** Puts the places of the agent's file into the third cell of a notebook. */
const inCells = contextWith({
  cellAt: (file, offset) =>
    file === agentFile ? { cell: 3, cellLine: file.positionAt(offset).line - 2 } : undefined,
});

describe("json", () => {
  test("is ESLint's shape", () => {
    expect(JSON.parse(json(sampleResult, contextWith()))).toEqual([
      {
        filePath: "src/agent.py",
        messages: [
          {
            ruleId: "valid-ttl",
            severity: 1,
            message: "This checkpoint says nothing of how long it lives.",
            line: 9,
            column: 44,
            endLine: 9,
            endColumn: 82,
            confidence: "likely",
            related: [],
          },
        ],
        errorCount: 0,
        warningCount: 1,
        fixableErrorCount: 0,
        fixableWarningCount: 0,
      },
      {
        filePath: "src/prompt.py",
        messages: [
          {
            ruleId: null,
            severity: 1,
            message: "Expected an expression.",
            line: 2,
            column: 1,
            endLine: 2,
            endColumn: 1,
          },
          {
            ruleId: "no-dynamic-prefix",
            severity: 2,
            message: sampleResult.findings[1]!.message,
            line: 4,
            column: 21,
            endLine: 4,
            endColumn: 35,
            confidence: "certain",
            related: [
              { filePath: "src/agent.py", line: 8, column: 34, message: "it enters the system text here" },
              {
                filePath: "src/agent.py",
                line: 9,
                column: 44,
                message: "no request can read what this checkpoint writes",
              },
            ],
            tokens: { low: 1180, best: 1310, high: 1450 },
          },
        ],
        errorCount: 1,
        warningCount: 1,
        fixableErrorCount: 0,
        fixableWarningCount: 0,
      },
    ]);
  });

  test("is an empty array where nothing was found", () => {
    expect(json(emptyResult, contextWith())).toBe("[]\n");
  });

  test("lists files without messages when asked to, in path order", () => {
    const files = JSON.parse(
      json(sampleResult, contextWith({ allFiles: ["src/b.py", "src/Z.py", "src/agent.py"] })),
    );
    expect(files.map((file: { filePath: string }) => file.filePath)).toEqual([
      "src/Z.py",
      "src/agent.py",
      "src/b.py",
      "src/prompt.py",
    ]);
  });

  test("a path that can't be read is an error without a rule", () => {
    const failures = [{ path: "nope.py", message: "No such file or folder." }];
    expect(JSON.parse(json(emptyResult, contextWith({ failures })))).toMatchObject([
      { filePath: "nope.py", messages: [{ ruleId: null, severity: 2, line: 1, column: 1 }], errorCount: 1 },
    ]);
  });

  test("places in notebooks carry their cell", () => {
    const [first, second] = JSON.parse(json(sampleResult, inCells));
    expect(first.messages[0]).toMatchObject({ line: 9, cell: 3, cellLine: 7 });
    expect(second.messages[1].related[0]).toMatchObject({ line: 8, cell: 3, cellLine: 6 });
    expect(second.messages[1]).not.toHaveProperty("cell");
  });

  test("a price has its range, its source and its date", () => {
    const [, finding] = sampleResult.findings;
    const prices = {
      input: 3,
      write: 3.75,
      read: 0.3,
      source: "https://example.org",
      asOf: "2026-10-10",
      scope: "global",
    };
    const cost = {
      usdPer1000Requests: { low: 4.07123, best: 4.5195, high: Infinity },
      prices,
      breakEven: { requests: 2, ttl: "5m", ttlSeconds: 300, expected: { requestsPerPrefix: 12 } },
    };
    const findings = [{ ...finding!, cost, affects: { requests: 2, checkpoints: 3 } }];
    const [file] = JSON.parse(json({ ...sampleResult, findings, problems: [] }, contextWith())) as [
      { messages: [object] },
    ];
    expect(file.messages[0]).toMatchObject({
      cost: {
        usdPer1000Requests: { low: 4.0712, best: 4.5195, high: null },
        prices: { input: 3, write: 3.75, read: 0.3 },
        source: "https://example.org",
        asOf: "2026-10-10",
        scope: "global",
        breakEven: { requests: 2, ttl: "5m", requestsPerPrefix: 12 },
      },
      affects: { requests: 2, checkpoints: 3 },
    });
  });

  test("a comment that suppresses nothing is an error without a rule", () => {
    const problem = {
      kind: "directive" as const,
      severity: "error" as const,
      message: "This comment suppresses nothing.",
      span: spanOf(agentFile, "client"),
    };
    const result = { ...emptyResult, files: sampleResult.files, problems: [problem] };
    expect(JSON.parse(json(result, contextWith()))).toMatchObject([
      {
        errorCount: 1,
        messages: [{ ruleId: null, severity: 2, message: "This comment suppresses nothing." }],
      },
    ]);
  });

  test("tokens nobody can count are null", () => {
    const findings = [{ ...sampleResult.findings[1]!, tokens: { low: 10, best: 50, high: Infinity } }];
    const [file] = JSON.parse(json({ ...sampleResult, problems: [], findings }, contextWith()));
    expect(file.messages[0].tokens).toEqual({ low: 10, best: 50, high: null });
  });
});

describe("sarif", () => {
  const schema = structuredClone(sarifSchema) as Record<string, unknown>;
  // The schema is of draft 4; of what it uses, only these two keys are named otherwise by now.
  delete schema.$schema;
  delete schema.id;
  const validate = new Ajv({
    strict: false,
    validateFormats: false,
    unicodeRegExp: false,
    allErrors: true,
  }).compile(schema);

  const logOf = (result: LintResult, changes: Partial<ReportContext> = {}): Log =>
    JSON.parse(sarif(result, contextWith(changes)));

  test.each<{ name: string; result: LintResult; changes?: Partial<ReportContext> }>([
    { name: "findings with a story, and problems", result: sampleResult },
    { name: "nothing found", result: emptyResult },
    {
      name: "a run that failed",
      result: emptyResult,
      changes: {
        failures: [
          { path: "nope", message: "No such file." },
          { path: undefined, message: "A rule failed." },
        ],
      },
    },
    {
      name: "files without results",
      result: sampleResult,
      changes: { allFiles: ["src/a b#c.py", "../x.py"] },
    },
    { name: "a rule that is not described", result: sampleResult, changes: { rules: [] } },
  ])("keeps to the schema: $name", ({ result, changes }) => {
    validate(logOf(result, changes));
    expect(validate.errors).toBeNull();
  });

  test("the schema is one that refuses", () => {
    expect(validate({ ...logOf(emptyResult), version: "2.0.0" })).toBe(false);
  });

  test("a result has its place, its rule and its story", () => {
    const [run] = logOf(sampleResult).runs;
    const result = run!.results![1]!;
    expect(run!.tool.driver.rules![result.ruleIndex!]!.id).toBe("no-dynamic-prefix");
    expect(result).toMatchObject({
      ruleId: "no-dynamic-prefix",
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "src/prompt.py", uriBaseId: "%SRCROOT%", index: 1 },
            region: { startLine: 4, startColumn: 21, endLine: 4, endColumn: 35 },
          },
        },
      ],
      properties: { confidence: "certain", tokens: { low: 1180, best: 1310, high: 1450 } },
    });
    expect(result.relatedLocations!.map(({ id, message }) => [id, message!.text])).toEqual([
      [0, "it enters the system text here"],
      [1, "no request can read what this checkpoint writes"],
    ]);
    const steps = result.codeFlows![0]!.threadFlows[0]!.locations;
    expect(steps.map(({ location }) => location!.physicalLocation!.region!.startLine)).toEqual([4, 8, 9]);
  });

  test("a suppressed finding is a result with the reason of the comment", () => {
    const [first, second] = sampleResult.findings;
    const by = spanOf(agentFile, "client");
    const result: LintResult = {
      ...sampleResult,
      findings: [first!],
      suppressed: [{ finding: second!, reason: "shown to the user", by }],
    };
    const { runs } = JSON.parse(sarif(result, contextWith())) as Log;
    expect(runs[0]!.results!.map(({ ruleId, suppressions }) => ({ ruleId, suppressions }))).toEqual([
      { ruleId: "valid-ttl", suppressions: undefined },
      {
        ruleId: "no-dynamic-prefix",
        suppressions: [{ kind: "inSource", status: "accepted", justification: "shown to the user" }],
      },
    ]);
    expect(validate(JSON.parse(sarif(result, contextWith())))).toBe(true);
  });

  test("what could not be read is a notification", () => {
    const failures = [{ path: "nope", message: "No such file." }];
    const invocation = logOf(sampleResult, { failures }).runs[0]!.invocations![0]!;
    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications!.map(({ level, message }) => [level, message.text])).toEqual(
      [
        ["error", "No such file."],
        ["note", "Expected an expression."],
      ],
    );
  });

  test.each([
    { path: "src/a b#c%.py", uri: "src/a%20b%23c%25.py", base: "%SRCROOT%" },
    { path: "../up.py", uri: "../up.py", base: "%SRCROOT%" },
    { path: "/tmp/x.py", uri: "file:///tmp/x.py", base: undefined },
    { path: "D:/a b/x.py", uri: "file:///D:/a%20b/x.py", base: undefined },
  ])("$path is $uri", ({ path, uri, base }) => {
    const location = logOf(emptyResult, { allFiles: [path] }).runs[0]!.artifacts![0]!.location!;
    expect(location).toEqual(base === undefined ? { uri } : { uri, uriBaseId: base });
  });

  test("a fingerprint outlives lines that are added above, and tells equal lines apart", () => {
    const fingerprints = (text: string): string[] => {
      const file = new SourceFile("src/agent.py", text);
      const findings = [...text.matchAll(/MARK/g)].map(({ index }) => ({
        ...sampleResult.findings[0]!,
        at: { file: file.path, start: index, end: index + 4 },
      }));
      const log = logOf({ ...emptyResult, findings, files: new Map([[file.path, file]]) });
      return log.runs[0]!.results!.map((result) => result.partialFingerprints!.primaryLocationLineHash!);
    };
    const before = fingerprints("a = MARK\nb = MARK\na = MARK\n");
    expect(fingerprints("# new\n\n  a = MARK\nb = MARK\na = MARK\n")).toEqual(before);
    expect(new Set(before).size).toBe(3);
  });
});

describe("explainJson", () => {
  test("is version 1 of the shape", () => {
    expect(JSON.parse(explainJson(sampleResult, contextWith()))).toEqual({
      version: 1,
      requests: [
        {
          filePath: "src/agent.py",
          line: 5,
          column: 1,
          sdk: "anthropic-python",
          dialect: "anthropic",
          platform: "anthropic",
          model: "claude-sonnet-4-5",
          modelId: "claude-sonnet-4-5-20250929",
          otherModelIds: [],
          isDefaultModel: false,
          anyModelOf: null,
          modelChosenBy: null,
          segments: [
            {
              region: "tools",
              role: null,
              kind: "tool",
              scope: "deploy",
              order: "server",
              tokens: { low: 0, best: 300, high: null },
              filePath: "src/agent.py",
              line: 4,
            },
            {
              region: "system",
              role: "system",
              kind: "text",
              scope: "request",
              order: "fixed",
              tokens: { low: 12, best: 12, high: 12 },
              filePath: "src/prompt.py",
              line: 4,
            },
            {
              region: "system",
              role: "system",
              kind: "text",
              scope: "static",
              order: "fixed",
              tokens: { low: 1168, best: 1298, high: 1438 },
              filePath: "src/agent.py",
              line: 9,
            },
            {
              region: "messages",
              role: "user",
              kind: "text",
              scope: "turn",
              order: "fixed",
              tokens: { low: 0, best: 40, high: null },
              filePath: "src/agent.py",
              line: 11,
            },
          ],
          checkpoints: [
            {
              filePath: "src/agent.py",
              line: 9,
              afterSegment: 2,
              ttl: "5m",
              origin: "explicit",
              prefixTokens: { low: 1180, best: 1310, high: 1450 },
              reusable: false,
              reason: "The second segment is new in every request.",
            },
          ],
          unresolved: [
            { filePath: "src/agent.py", line: 4, reason: "the tools come from a server that is not in view" },
          ],
          versions: [],
        },
      ],
    });
  });

  test("places in notebooks carry their cell", () => {
    const { requests } = JSON.parse(explainJson(sampleResult, inCells));
    expect(requests[0]).toMatchObject({ line: 5, cell: 3, cellLine: 3 });
    expect(requests[0].checkpoints[0]).toMatchObject({ line: 9, cell: 3, cellLine: 7 });
    expect(requests[0].segments[1]).not.toHaveProperty("cell");
  });

  test("what is not known is null", () => {
    const [request] = sampleResult.requests;
    const unknown = { ...request!, at: spanOf(agentFile, "client"), platform: undefined, model: undefined };
    const { requests } = JSON.parse(
      explainJson({ ...sampleResult, requests: [{ ...unknown, modelId: undefined }] }, contextWith()),
    );
    expect(requests[0]).toMatchObject({ platform: null, model: null, modelId: null });
  });
});
