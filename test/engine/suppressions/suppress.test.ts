import { describe, expect, test } from "vitest";
import type { LintResult } from "../../../src/engine/result.ts";
import { dedent } from "../../support/dedent.ts";
import { handbook } from "../../support/handbook.ts";
import { lintTexts } from "../../support/lint-texts.ts";

/** A clock in front of a checkpoint, with lines for comments around it. */
function python({ head = "", above = "", behind = "", below = "" }): string {
  return dedent(`
    import anthropic
    from datetime import datetime
    ${head}
    HANDBOOK = open("handbook.md").read()
    def ask(question):
        client = anthropic.Anthropic()
        return client.messages.create(model="claude-sonnet-4-5", max_tokens=99, system=[
            ${above}
            {"type": "text", "text": f"It is {datetime.now()}"}, ${behind}
            ${below}
            {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
        ], messages=[{"role": "user", "content": question}])
    `);
}

function typescript({ head = "", above = "", behind = "" }): string {
  return dedent(`
    import Anthropic from "@anthropic-ai/sdk";
    import { readFileSync } from "node:fs";
    ${head}
    const handbook = readFileSync("handbook.md", "utf8");
    export async function ask(question: string) {
      const client = new Anthropic();
      return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 99, system: [
        ${above}
        { type: "text", text: \`It is \${new Date().toISOString()}\` }, ${behind}
        { type: "text", text: handbook, cache_control: { type: "ephemeral" } },
      ], messages: [{ role: "user", content: question }] });
    }
    `);
}

const only = ["no-dynamic-prefix"];

function lint(texts: Readonly<Record<string, string>>, reportUnusedDirectives = false): LintResult {
  return lintTexts({ "handbook.md": handbook, ...texts }, { only, reportUnusedDirectives });
}

/** What is left, and for what reasons the rest is suppressed. */
function outcome({ findings, suppressed }: LintResult) {
  return { left: findings.length, reasons: suppressed.map(({ reason }) => reason) };
}

const next = "promptlint-disable-next-line no-dynamic-prefix -- shown to the user";
const here = "promptlint-disable-line no-dynamic-prefix -- shown to the user";
const from = "promptlint-disable no-dynamic-prefix -- shown to the user";
const gone = { left: 0, reasons: ["shown to the user"] };
const kept = { left: 1, reasons: [] };

type Case = { readonly name: string; readonly text: Readonly<Record<string, string>> };

describe("comments that suppress findings in code", () => {
  test.each<Case>([
    { name: "Python, above", text: { "a.py": python({ above: `# ${next}` }) } },
    { name: "Python, behind", text: { "a.py": python({ behind: `# ${here}` }) } },
    {
      name: "Python, behind the comment of another tool",
      text: { "a.py": python({ behind: `# noqa  # ${here}` }) },
    },
    { name: "Python, from the top of the file on", text: { "a.py": python({ head: `# ${from}` }) } },
    {
      name: "Python, the whole file from below",
      text: { "a.py": python({ below: `# ${from.replace("disable", "disable-file")}` }) },
    },
    { name: "TypeScript, above", text: { "a.ts": typescript({ above: `// ${next}` }) } },
    { name: "TypeScript, above in a block", text: { "a.ts": typescript({ above: `/* ${next} */` }) } },
    {
      name: "TypeScript, above in a block of several lines",
      text: { "a.ts": typescript({ above: `/*\n * ${next}\n */` }) },
    },
    { name: "TypeScript, behind", text: { "a.ts": typescript({ behind: `/* ${here} */` }) } },
    {
      name: "TypeScript, from the top of the file on",
      text: { "a.ts": typescript({ head: `/* ${from} */` }) },
    },
    {
      name: "all rules",
      text: { "a.py": python({ above: "# promptlint-disable-next-line -- shown to the user" }) },
    },
    {
      name: "one rule of several, with a prefix as in ESLint",
      text: { "a.py": python({ above: `# ${next.replace("no-dyn", "valid-ttl, promptlint/no-dyn")}` }) },
    },
    {
      name: "two comments above each other",
      text: {
        "a.py": python({ above: `# ${next}\n            # promptlint-disable-next-line valid-ttl -- x` }),
      },
    },
  ])("$name", ({ text }) => {
    expect(outcome(lint(text))).toEqual(gone);
  });

  test.each<Case>([
    { name: "another rule", text: { "a.py": python({ above: "# promptlint-disable-next-line valid-ttl" }) } },
    { name: "another line", text: { "a.py": python({ head: `# ${next}` }) } },
    { name: "the line of the comment, which stands above", text: { "a.py": python({ above: `# ${here}` }) } },
    {
      name: "a string that only looks like a comment",
      text: { "a.py": python({ head: `NOTE = "# ${from}"` }) },
    },
    {
      name: "a string of TypeScript",
      text: { "a.ts": typescript({ head: `const note = "/* ${from} */";` }) },
    },
    { name: "a block that begins behind it", text: { "a.py": python({ below: `# ${from}` }) } },
    {
      name: "a block that ends in front of it",
      text: { "a.py": python({ head: `# ${from}`, above: "# promptlint-enable" }) },
    },
    {
      name: "a block that ends for its rule",
      text: {
        "a.py": python({ head: "# promptlint-disable", above: "# promptlint-enable no-dynamic-prefix" }),
      },
    },
    {
      name: "a word that goes on",
      text: { "a.py": python({ head: "# promptlint-disabled no-dynamic-prefix" }) },
    },
  ])("does not speak of it: $name", ({ text }) => {
    expect(outcome(lint(text))).toEqual(kept);
  });

  test("a block that ends for another rule goes on", () => {
    const text = python({ head: `# ${from}`, above: "# promptlint-enable valid-ttl" });
    expect(outcome(lint({ "a.py": text }))).toEqual(gone);
  });

  test.each([
    { name: "above", before: `# ${next}\n`, after: "" },
    { name: "behind", before: "", after: ` # ${here}` },
  ])("a string of several lines is one place: $name", ({ before, after }) => {
    const text = [
      "import anthropic",
      "from datetime import datetime",
      'HANDBOOK = open("handbook.md").read()',
      "def ask(question):",
      before && `    ${before.trim()}`,
      '    system = f"""You help.',
      "    It is {datetime.now()}.",
      `    {HANDBOOK}"""${after}`,
      "    return anthropic.Anthropic().messages.create(model='claude-sonnet-4-5', max_tokens=9, system=[",
      '        {"type": "text", "text": system, "cache_control": {"type": "ephemeral"}}],',
      '        messages=[{"role": "user", "content": question}])',
      "",
    ].join("\n");
    expect(outcome(lint({ "a.py": text }))).toEqual(gone);
  });

  test("a comment in the file that holds the text, not in the one that sends it", () => {
    const sender = [
      "import anthropic",
      "from prompt import greet",
      'HANDBOOK = open("handbook.md").read()',
      "# promptlint-disable no-dynamic-prefix",
      "def ask(question):",
      "    return anthropic.Anthropic().messages.create(model='claude-sonnet-4-5', max_tokens=9, system=[",
      '        {"type": "text", "text": greet()},',
      '        {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}}],',
      '        messages=[{"role": "user", "content": question}])',
      "",
    ].join("\n");
    const greet = (comment: string): string =>
      ["import time", "def greet():", `    return f"It is {time.time()}"  ${comment}`, ""].join("\n");
    expect(outcome(lint({ "a.py": sender, "prompt.py": greet("") }))).toEqual(kept);
    expect(outcome(lint({ "a.py": sender, "prompt.py": greet(`# ${here}`) }))).toEqual(gone);
  });
});

describe("notebooks", () => {
  const notebook = (lines: readonly string[], source: string | readonly string[]): string =>
    JSON.stringify(
      {
        cells: [
          { cell_type: "code", metadata: {}, outputs: [], execution_count: null, source: lines },
          { cell_type: "code", metadata: {}, outputs: [], execution_count: null, source },
        ],
        metadata: { kernelspec: { name: "python3", language: "python", display_name: "Python 3" } },
        nbformat: 4,
        nbformat_minor: 5,
      },
      undefined,
      1,
    );
  const head = ["import anthropic, time\n", 'HANDBOOK = open("handbook.md").read()'];
  const cell = (comment: string): string =>
    [
      "client = anthropic.Anthropic()",
      "for question in questions:",
      "    client.messages.create(model='claude-sonnet-4-5', max_tokens=9, system=[",
      `        # ${comment}`,
      '        {"type": "text", "text": f"It is {time.time()}"},',
      '        {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}}],',
      '        messages=[{"role": "user", "content": question}])',
    ].join("\n");

  test.each([
    { name: "a string for each line", source: cell(next).split(/(?<=\n)/) },
    { name: "a string for the whole cell", source: cell(next) },
  ])("$name", ({ source }) => {
    expect(outcome(lint({ "a.ipynb": notebook(head, source) }))).toEqual(gone);
  });

  test("a line of another cell is another line", () => {
    expect(
      outcome(lint({ "a.ipynb": notebook([...head, `\n# ${next}`], cell("").split(/(?<=\n)/)) })),
    ).toEqual(kept);
  });
});

describe("templates and data", () => {
  const lintAll = (texts: Readonly<Record<string, string>>): LintResult =>
    lintTexts(texts, {
      only: ["no-static-after-dynamic"],
      model: "claude-sonnet-4-5",
      minimumConfidence: "possible",
    });
  const id = "no-static-after-dynamic";
  const rest = `\n\n${handbook}`;

  test.each([
    { path: "prompts/a.j2", above: `{# promptlint-disable-next-line ${id} -- shown #}`, behind: "" },
    { path: "prompts/a.j2", above: "", behind: `{# promptlint-disable-line ${id} -- shown #}` },
    { path: "prompts/a.hbs", above: `{{! promptlint-disable-next-line ${id} -- shown }}`, behind: "" },
    { path: "prompts/a.hbs", above: `{{!-- promptlint-disable ${id} -- shown --}}`, behind: "" },
    {
      path: "a.prompty",
      above: `---\nname: a\n# promptlint-disable ${id} -- shown\n---\nsystem:\n`,
      behind: "",
    },
  ])("$path $above$behind", ({ path, above, behind }) => {
    const text = `${above}\nAnswer {{question}} ${behind}${rest}`;
    expect(
      outcome(lintAll({ [path]: text.replaceAll(/\{# promptlint[^#]*#\}|\{\{!.*?\}\}/g, "") })).left,
    ).toBe(path === "a.prompty" ? 0 : 1);
    expect(outcome(lintAll({ [path]: text }))).toEqual({ left: 0, reasons: ["shown"] });
  });

  const prompt = (comment: string, inside = ""): string =>
    [
      "prompts:",
      comment && `  ${comment}`,
      "  - |",
      "    Answer {{question}}",
      inside && `    ${inside}`,
      ...handbook.split("\n").map((line) => `    ${line}`),
      "providers: [anthropic:messages:claude-sonnet-4-5]",
      "tests: [{vars: {question: one}}, {vars: {question: two}}]",
      "",
    ].join("\n");

  test("a comment of YAML speaks of the text that begins in the next line", () => {
    const path = "promptfooconfig.yaml";
    expect(outcome(lintAll({ [path]: prompt("") })).left).toBe(1);
    expect(outcome(lintAll({ [path]: prompt(`# promptlint-disable-next-line ${id} -- shown`) }))).toEqual({
      left: 0,
      reasons: ["shown"],
    });
  });

  test("a line of a text of YAML is no comment", () => {
    const path = "promptfooconfig.yaml";
    expect(outcome(lintAll({ [path]: prompt("", `# promptlint-disable-file ${id}`) })).left).toBe(1);
  });

  test.each([
    { path: "request.jsonc", comment: "// promptlint-disable-file -- shown" },
    { path: "request.json", comment: "/* promptlint-disable-file -- shown */" },
  ])("a comment in $path", ({ path, comment }) => {
    const body = {
      model: "claude-haiku-4-5",
      max_tokens: 9,
      system: [{ type: "text", text: "Be brief.", cache_control: { type: "ephemeral" } }],
      messages: [{ role: "user", content: "Hello" }],
    };
    const text = JSON.stringify(body, undefined, 2);
    const run = (content: string) => lintTexts({ [path]: content }, { only: ["min-prefix-tokens"] });
    expect(outcome(run(text))).toEqual(kept);
    expect(outcome(run(`${comment}\n${text}`))).toEqual({ left: 0, reasons: ["shown"] });
    expect(outcome(run(JSON.stringify({ note: comment, ...body })))).toEqual(kept);
  });
});

describe("what is wrong with the comments", () => {
  const told = ({ problems }: LintResult) =>
    problems.map(({ kind, severity, message }) => ({ kind, severity, message }));

  test("a rule that does not exist", () => {
    const text = python({ above: "# promptlint-disable-next-line no-dynamic-prefx, no-dynamic-prefix" });
    expect(told(lint({ "a.py": text }))).toEqual([
      {
        kind: "directive",
        severity: "note",
        message: 'There is no rule "no-dynamic-prefx". What is no rule id stands behind " -- ".',
      },
    ]);
  });

  test.each([
    { comment: "promptlint-disable-line no-dynamic-prefix", message: "nothing of no-dynamic-prefix" },
    { comment: "promptlint-disable-line", message: "nothing" },
    { comment: "promptlint-disable-line no-dynamic-prefix, valid-ttl", message: "nothing" },
  ])("unused: $comment", ({ comment, message }) => {
    const text = python({ head: `# ${comment}` });
    expect(told(lint({ "a.py": text }))).toEqual([]);
    expect(told(lint({ "a.py": text }, true))).toEqual([
      { kind: "directive", severity: "error", message: `This comment suppresses ${message}.` },
    ]);
  });

  test("one of two rules is unused", () => {
    const text = python({ above: "# promptlint-disable-next-line no-dynamic-prefix, valid-ttl" });
    expect(told(lint({ "a.py": text }, true))).toEqual([
      { kind: "directive", severity: "error", message: "This comment suppresses nothing of valid-ttl." },
    ]);
  });

  test("an enable without a disable", () => {
    expect(told(lint({ "a.py": python({ head: "# promptlint-enable" }) }, true))).toEqual([
      {
        kind: "directive",
        severity: "error",
        message: "Nothing was disabled that this comment could enable again.",
      },
    ]);
  });

  test("a comment that is of use is not told", () => {
    const text = python({ head: "# promptlint-disable", below: "# promptlint-enable" });
    expect(told(lint({ "a.py": text }, true))).toEqual([]);
  });
});
