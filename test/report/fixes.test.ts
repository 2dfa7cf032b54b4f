import { expect, test } from "vitest";
import type { LintResult } from "../../src/engine/result.ts";
import { json, type JsonFile } from "../../src/report/json.ts";
import { pretty } from "../../src/report/pretty.ts";
import { sarif } from "../../src/report/sarif.ts";
import type { Fix } from "../../src/rule/fix.ts";
import { agentFile, contextWith, promptFile, sampleResult, spanOf } from "./sample-result.ts";

const removal: Fix = {
  description: "Remove the checkpoint.",
  edits: [{ span: spanOf(agentFile, ', "cache_control": {"type": "ephemeral"}'), text: "" }],
};
/** Two edits of one line. */
const rewriting: Fix = {
  description: "Write it in another way.",
  edits: [
    { span: spanOf(agentFile, "HANDBOOK"), text: "RULES" },
    { span: spanOf(agentFile, '"ephemeral"'), text: '"persistent"' },
  ],
};
const elsewhere: Fix = {
  description: "Change another file.",
  edits: [{ span: spanOf(promptFile, "greeting"), text: "hello" }],
};

function resultWith(fix: Fix | undefined, suggestions: readonly Fix[]): LintResult {
  const [finding, ...others] = sampleResult.findings;
  return { ...sampleResult, findings: [{ ...finding!, ...(fix && { fix }), suggestions }, ...others] };
}

function jsonOf(result: LintResult, outputs?: ReadonlyMap<string, string>): JsonFile {
  const files = JSON.parse(json(result, contextWith(outputs ? { outputs } : {}))) as JsonFile[];
  return files.find(({ filePath }) => filePath === agentFile.path)!;
}

test("json has one replacement for a fix, as ESLint has, and counts it", () => {
  const file = jsonOf(resultWith(removal, []));
  const { start, end } = removal.edits[0]!.span;
  expect(file.messages[0]!.fix).toEqual({ range: [start, end], text: "" });
  expect([file.fixableErrorCount, file.fixableWarningCount]).toEqual([0, 1]);
  expect(file.messages[0]).not.toHaveProperty("suggestions");
});

test("json joins the edits of a suggestion", () => {
  const [suggestion] = jsonOf(resultWith(undefined, [rewriting])).messages[0]!.suggestions!;
  expect(suggestion!.desc).toBe("Write it in another way.");
  const { range, text } = suggestion!.fix;
  expect(agentFile.text.slice(...range)).toBe('HANDBOOK, "cache_control": {"type": "ephemeral"');
  expect(text).toBe('RULES, "cache_control": {"type": "persistent"');
});

test("json leaves out what changes another file", () => {
  const [message] = jsonOf(resultWith(elsewhere, [elsewhere])).messages;
  expect(message).not.toHaveProperty("fix");
  expect(message).not.toHaveProperty("suggestions");
});

test("json has the text that a dry run would write", () => {
  expect(jsonOf(sampleResult, new Map([[agentFile.path, "pass\n"]])).output).toBe("pass\n");
  expect(jsonOf(sampleResult)).not.toHaveProperty("output");
});

test("sarif has the fix and the suggestions with their replacements", () => {
  const log = JSON.parse(sarif(resultWith(removal, [elsewhere]), contextWith())) as {
    runs: { results: { fixes?: unknown[] }[] }[];
  };
  const fixes = log.runs[0]!.results.flatMap((result) => result.fixes ?? []);
  expect(fixes).toMatchObject([
    {
      description: { text: "Remove the checkpoint." },
      artifactChanges: [
        {
          artifactLocation: { uri: "src/agent.py" },
          replacements: [{ deletedRegion: { startLine: 9, startColumn: 42, endLine: 9, endColumn: 82 } }],
        },
      ],
    },
    { artifactChanges: [{ replacements: [{ insertedContent: { text: "hello" } }] }] },
  ]);
});

test("people are told what a fix would do", () => {
  const text = pretty(resultWith(removal, [rewriting]), contextWith());
  expect(text).toContain("--fix: Remove the checkpoint.");
  expect(text).toContain("--fix --fix-type suggestion: Write it in another way.");
});
