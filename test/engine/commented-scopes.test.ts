import { describe, expect, test } from "vitest";
import { handbook } from "../support/handbook.ts";
import { lintTexts } from "../support/lint-texts.ts";

/** Linted as what it holds in front of a checkpoint; the rules about values that change report what is left. */
function findingsIn(path: string, text: string): readonly string[] {
  const { findings, requests } = lintTexts(
    { "handbook.md": handbook, [path]: text },
    { only: ["no-dynamic-prefix", "no-dynamic-checkpoint"] },
  );
  expect(requests.length).toBeGreaterThan(0);
  return findings.map(({ ruleId, confidence }) => `${ruleId} ${confidence}`);
}

const python = ({ above = "", behind = "", parameter = "", hole = "" }, value = "datetime.now()"): string =>
  [
    "import anthropic",
    "from datetime import datetime",
    "client = anthropic.Anthropic()",
    'HANDBOOK = open("handbook.md").read()',
    "def ask(",
    `    profile,${parameter}`,
    "    turns,",
    "):",
    `    ${above}`,
    `    start = ${value}${behind}`,
    '    return client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=turns, system=[',
    `        {"type": "text", "text": f"Since {start}"},${hole}`,
    '        {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}}])',
    "",
  ].join("\n");

const typescript = ({ above = "", behind = "", parameter = "", hole = "" }, value = "Date.now()"): string =>
  [
    'import Anthropic from "@anthropic-ai/sdk";',
    'import { readFileSync } from "node:fs";',
    'const handbook = readFileSync("handbook.md", "utf8");',
    "export function ask(",
    `  profile: string,${parameter}`,
    "  turns: Anthropic.MessageParam[],",
    ") {",
    `  ${above}`,
    `  const start = ${value};${behind}`,
    '  return new Anthropic().messages.create({ model: "claude-sonnet-4-5", max_tokens: 9, messages: turns, system: [',
    `    { type: "text", text: \`Since \${start}\` },${hole}`,
    '    { type: "text", text: handbook, cache_control: { type: "ephemeral" } }] });',
    "}",
    "",
  ].join("\n");

const languages = [
  { path: "a.py", write: python, sign: "#" },
  { path: "a.ts", write: typescript, sign: "//" },
];

describe.each(languages)("promptlint-scope in $path", ({ path, write, sign }) => {
  const found = ["no-dynamic-prefix certain"];
  const stated = `${sign} promptlint-scope: session`;

  test("a clock without a comment is a finding", () => {
    expect(findingsIn(path, write({}))).toEqual(found);
  });

  test.each([
    { name: "above an assignment", text: write({ above: stated }) },
    { name: "behind an assignment", text: write({ behind: ` ${stated}` }) },
    { name: "behind a placeholder", text: write({ hole: ` ${stated}` }) },
    { name: "by its name", text: write({ above: `${sign} promptlint-scope: start=session` }) },
    { name: "with a reason", text: write({ above: `${stated} -- read once per conversation` }) },
  ])("a value that is wider than it looks: $name", ({ text }) => {
    expect(findingsIn(path, text)).toEqual([]);
  });

  test.each([
    { name: "another name", text: write({ above: `${sign} promptlint-scope: end=session` }) },
    { name: "another line", text: write({ parameter: ` ${stated}` }) },
    { name: "a scope that does not exist", text: write({ above: `${sign} promptlint-scope: forever` }) },
  ])("says nothing of it: $name", ({ text }) => {
    expect(findingsIn(path, text)).toEqual(found);
  });

  test("a string is no comment", () => {
    expect(findingsIn(path, write({ above: `note = "${stated}";` }))).toEqual(found);
  });

  test("a parameter nothing is known about", () => {
    expect(findingsIn(path, write({}, "profile"))).toEqual([]);
    expect(findingsIn(path, write({ parameter: ` ${sign} promptlint-scope: turn` }, "profile"))).toEqual(
      found,
    );
  });
});
