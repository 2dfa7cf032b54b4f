import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { github } from "../../src/report/github.ts";
import { gitlab } from "../../src/report/gitlab.ts";
import { junit } from "../../src/report/junit.ts";
import { SourceFile } from "../../src/source/source-file.ts";
import type { LintResult } from "../../src/engine/result.ts";
import { agentFile, contextWith, emptyResult, promptFile, sampleResult } from "./sample-result.ts";

/** The sample with another message in its last finding. */
function saying(message: string): LintResult {
  return { ...sampleResult, findings: sampleResult.findings.map((finding) => ({ ...finding, message })) };
}

const failed = contextWith({ failures: [{ path: "gone.py", message: "No such file or folder." }] });

describe("github", () => {
  test("a command for each failure, problem and finding", () => {
    expect(github(sampleResult, failed).split("\n")).toEqual([
      "::error file=gone.py,title=promptlint::No such file or folder.",
      "::notice file=src/prompt.py,title=promptlint::Expected an expression.",
      "::warning file=src/agent.py,line=9,endLine=9,col=44,endColumn=82,title=promptlint%3A valid-ttl::" +
        "This checkpoint says nothing of how long it lives.",
      `::error file=src/prompt.py,line=4,endLine=4,col=21,endColumn=35,title=promptlint%3A no-dynamic-prefix::${sampleResult.findings[1]!.message}`,
      "",
    ]);
  });

  test("no text ends a command or begins another one", () => {
    const [, , line] = github(saying("100%\n::error::gone, or so: %0A"), contextWith()).split("\n");
    expect(line).toMatch(/::100%25\ufffd::error::gone, or so: %250A$/);
  });

  test("a place of several lines has no columns", () => {
    const at = { file: agentFile.path, start: 0, end: 60 };
    const report = github(
      { ...sampleResult, findings: [{ ...sampleResult.findings[0]!, at }] },
      contextWith(),
    );
    expect(report).toContain("file=src/agent.py,line=1,endLine=4,title=");
  });

  test("nothing found is nothing said", () => {
    expect(github(emptyResult, contextWith())).toBe("");
  });
});

describe("gitlab", () => {
  test("an issue for each finding and problem", () => {
    expect(JSON.parse(gitlab(sampleResult, contextWith()))).toEqual([
      {
        description: "This checkpoint says nothing of how long it lives.",
        check_name: "valid-ttl",
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}:1$/),
        severity: "minor",
        location: { path: "src/agent.py", lines: { begin: 9, end: 9 } },
      },
      expect.objectContaining({ check_name: "no-dynamic-prefix", severity: "major" }),
      expect.objectContaining({
        check_name: "promptlint",
        severity: "info",
        description: "Expected an expression.",
      }),
    ]);
  });

  test("a finding keeps its fingerprint when lines come in above it", () => {
    const moved = new SourceFile(promptFile.path, `import os\n\n${promptFile.text}`);
    const finding = sampleResult.findings[1]!;
    const at = { ...finding.at, start: finding.at.start + 11, end: finding.at.end + 11 };
    const later: LintResult = {
      ...emptyResult,
      findings: [{ ...finding, at }],
      files: new Map([[moved.path, moved]]),
    };
    const fingerprintIn = (result: LintResult): string =>
      (JSON.parse(gitlab(result, contextWith())) as { fingerprint: string; check_name: string }[]).find(
        ({ check_name }) => check_name === "no-dynamic-prefix",
      )!.fingerprint;
    expect(fingerprintIn(later)).toBe(fingerprintIn(sampleResult));
  });
});

describe("junit", () => {
  const parse = (xml: string): unknown => {
    expect(XMLValidator.validate(xml)).toBe(true);
    return new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" }).parse(xml);
  };

  test("a suite for each file, a failed test for each finding, an error for what was not read", () => {
    expect(parse(junit(sampleResult, failed))).toMatchObject({
      testsuites: {
        name: "promptlint",
        tests: "3",
        failures: "2",
        errors: "1",
        testsuite: [
          { name: "gone.py", testcase: { error: { message: "No such file or folder." } } },
          {
            name: "src/agent.py",
            failures: "1",
            testcase: { name: "valid-ttl at line 9", failure: { type: "warning" } },
          },
          {
            name: "src/prompt.py",
            testcase: {
              classname: "src/prompt.py",
              failure: { type: "error", "#text": expect.stringMatching(/^src\/prompt\.py:4:21: /) },
            },
          },
        ],
      },
    });
  });

  test("a clean run has a test that passes", () => {
    expect(parse(junit(emptyResult, contextWith()))).toMatchObject({
      testsuites: { tests: "1", failures: "0", testsuite: { testcase: { name: "promptlint" } } },
    });
  });

  test("clean files are listed where all are to be", () => {
    expect(parse(junit(emptyResult, contextWith({ allFiles: ["a.py", "b.py"] })))).toMatchObject({
      testsuites: { tests: "2", testsuite: [{ name: "a.py" }, { name: "b.py" }] },
    });
  });

  test.each([
    ["markup", '<a href="x">&amp;</a> ]]> \' '],
    ["controls", "a\u0000b\u001bc\u0008\tend\nof it\r"],
    ["halves of characters", "\ud83d and \udc00, \ufffe"],
  ])("%s in a message is well-formed", (_, message) => {
    const xml = junit(saying(message), contextWith());
    parse(xml);
    // oxlint-disable-next-line no-control-regex -- These are what XML can't hold.
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\p{Cs}\ufffe]/u);
  });
});
