import { describe, expect, test } from "vitest";
import { analyze, defineConfig, defineRule, lint, rules, type LintOptions } from "../src/index.ts";
import { handbook } from "./support/handbook.ts";

const text = `
import anthropic
from datetime import datetime
from pathlib import Path

client = anthropic.Anthropic()
HANDBOOK = Path("prompts/handbook.md").read_text()


def answer(turns):
    return client.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=100,
        system=[
            {"type": "text", "text": f"It is {datetime.now()}."},
            {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
        ],
        messages=turns,
    )
`;
const filePath = "desk/answer.py";
const files = { "prompts/handbook.md": handbook };

describe("lint", () => {
  test("finds what the command finds, with its place", () => {
    const { findings, files: sources, failures } = lint(text, { filePath, files });
    const [finding] = findings;
    expect(findings.map(({ ruleId, severity }) => [ruleId, severity])).toEqual([
      ["no-dynamic-prefix", "error"],
    ]);
    expect(sources.get(filePath)?.positionAt(finding!.at.start).line).toBe(15);
    expect(failures).toEqual([]);
  });

  test("asks a function for other files", () => {
    const asked: string[] = [];
    const give = (path: string) => {
      asked.push(path);
      return path === "prompts/handbook.md" ? handbook : undefined;
    };
    expect(lint(text, { filePath, files: give }).findings).toHaveLength(1);
    expect(asked).toContain("prompts/handbook.md");
  });

  test("takes severities from `rules`", () => {
    const severityWith = (severity: "warn" | "off") =>
      lint(text, { filePath, files, rules: { "no-dynamic-prefix": severity } }).findings.map(
        (each) => each.severity,
      );
    expect(severityWith("warn")).toEqual(["warn"]);
    expect(severityWith("off")).toEqual([]);
  });

  test("takes a config, which other options beat", () => {
    const config = defineConfig({
      rules: { "no-dynamic-prefix": "warn" },
      overrides: [{ files: "tests/", rules: { "no-dynamic-prefix": "off" } }],
    });
    const severities = (options: Partial<LintOptions>): string[] =>
      lint(text, { filePath, files, config, ...options }).findings.map(({ severity }) => severity);
    expect(severities({})).toEqual(["warn"]);
    expect(severities({ rules: { "no-dynamic-prefix": "error" } })).toEqual(["error"]);
    expect(severities({ filePath: "tests/a.py", files: { ...files, "tests/handbook.md": "" } })).toEqual([]);
    expect(severities({ config: { extends: "promptlint:strict" } })).toContain("error");
  });

  test.each<[config: object, message: string]>([
    [{ modle: 1 }, "config: modle there is no such key."],
    [{ rules: { "valid-ttl": "loud" } }, 'config: rules.valid-ttl takes error, warn or off, but is "loud".'],
    [{ model: "gpt-0" }, 'config: model is "gpt-0", which the catalog does not have.'],
    [{ extends: "./a.yaml" }, 'config: extends is "./a.yaml", where only presets can be read.'],
  ])("refuses the config %j", (config, message) => {
    expect(() => lint("", { filePath, config })).toThrow(new TypeError(message));
  });

  test("runs rules of the user", () => {
    const noRequests = defineRule({
      id: "acme-no-requests",
      meta: {
        type: "suggestion",
        docs: { description: "Disallow requests", strict: true },
        messages: { found: "Here is one for {{model}}." },
      },
      holds: "somewhere",
      check: (view, report) => report({ messageId: "found", at: view.site, data: { model: view.modelName } }),
    });
    const { findings } = lint(text, { filePath, files, additionalRules: [noRequests] });
    expect(findings.map(({ message }) => message)).toContain("Here is one for Claude Sonnet 4.5.");
  });

  test("makes a problem of a text that can't be parsed", () => {
    const { findings, problems } = lint("const = ;", { filePath: "a.ts" });
    expect(findings).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  test("refuses rules and models that do not exist", () => {
    expect(() => lint("", { filePath, rules: { "no-such-rule": "warn" } })).toThrow('no rule "no-such-rule"');
    expect(() => lint("", { filePath, model: "claude-99" })).toThrow('no model "claude-99"');
  });
});

test("analyze shows the requests of a text", () => {
  const { requests, problems } = analyze(text, { filePath, files });
  expect(problems).toEqual([]);
  expect(requests.map(({ dialect, model, checkpoints }) => [dialect, model, checkpoints.length])).toEqual([
    ["anthropic", "claude-sonnet-4-5", 1],
  ]);
  expect(requests[0]!.checkpoints[0]!.reusable).toBe(false);
});

test("the library offers the rules of the command", () => {
  expect(rules.map(({ id }) => id)).toContain("no-dynamic-prefix");
});
