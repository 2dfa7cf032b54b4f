import { describe, expect, test } from "vitest";
import { closingLine, countFindings, statisticsLines } from "../../src/report/closing-line.ts";
import { compact } from "../../src/report/compact.ts";
import { messageParts } from "../../src/report/message-parts.ts";
import { explainText } from "../../src/report/explain-text.ts";
import { pretty } from "../../src/report/pretty.ts";
import { problemLines } from "../../src/report/problem-lines.ts";
import type { CellFinder } from "../../src/report/report.ts";
import { findCell } from "../../src/languages/notebook/notebook.ts";
import type { CheckpointSummary, SegmentSummary } from "../../src/engine/result.ts";
import type { Finding } from "../../src/rule/finding.ts";
import { SourceFile } from "../../src/source/source-file.ts";
import { contextWith, emptyResult, sampleResult } from "./sample-result.ts";

// eslint-disable-next-line no-control-regex
const styles = /\u001b\[\d+m/g;

describe("pretty", () => {
  test("shows each finding with its source, its story and its cost", () => {
    expect(pretty(sampleResult, contextWith())).toMatchInlineSnapshot(`
      "warning[valid-ttl]: This checkpoint says nothing of how long it lives.
       --> src/agent.py:9:44
      9 | {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}}…
        |                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        = confidence: likely
        = https://example.org/rules/valid-ttl.md

      error[no-dynamic-prefix]: The clock at line 4 changes on every request, so the
      1,310 tokens in front of the checkpoint at line 9 are written each time (1.25x)
      and never read (0.1x).
       --> src/prompt.py:4:21
      4 |     return f"It is {datetime.now()}."
        |                     ^^^^^^^^^^^^^^
       ::: src/agent.py:8:34: it enters the system text here
      8 |         {"type": "text", "text": greeting()},
        |                                  ----------
       ::: src/agent.py:9:44: no request can read what this checkpoint writes
      9 | {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}}…
        |                                    --------------------------------------
        = help: Move it after the checkpoint.
        = at stake: about 1,310 tokens (1,180 to 1,450) in each request
        = https://example.org/rules/no-dynamic-prefix.md
      "
    `);
  });

  test("says the same with colours", () => {
    const plain = pretty(sampleResult, contextWith());
    const colored = pretty(sampleResult, contextWith({ color: true }));
    expect(colored).not.toBe(plain);
    expect(colored.replace(styles, "")).toBe(plain);
  });

  test("is empty where nothing was found", () => {
    expect(pretty(emptyResult, contextWith())).toBe("");
  });

  test.each([80, 100])("fits into %i columns", (width) => {
    const lines = pretty(sampleResult, contextWith({ width })).split("\n");
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  });
});

describe("footnotes of pretty", () => {
  const [, finding] = sampleResult.findings;
  const notesOf = (facts: Partial<Finding>): string[] =>
    pretty({ ...sampleResult, findings: [{ ...finding!, ...facts }] }, contextWith())
      .split("\n")
      .filter((line) => line.startsWith("  = "))
      .map((line) => line.slice(4));
  const prices = {
    input: 3,
    write: 3.75,
    read: 0.3,
    source: "https://example.org",
    asOf: "2026-10-10",
    scope: undefined,
  };
  const expected = { requestsPerPrefix: 12, secondsBetweenRequests: 30 };

  test("tell the price with its range and its date", () => {
    const usdPer1000Requests = { low: 4.071, best: 4.5195, high: 5.0025 };
    expect(notesOf({ cost: { usdPer1000Requests, prices, breakEven: undefined } })).toContain(
      "costs about $4.52 ($4.07 to $5.00) in 1,000 requests, at prices of 2026-10-10",
    );
  });

  test("tell the least it costs where there is no upper end", () => {
    const usdPer1000Requests = { low: 0.03, best: 1, high: Infinity };
    expect(notesOf({ cost: { usdPer1000Requests, prices, breakEven: undefined } })).toContain(
      "costs at least $0.03 in 1,000 requests, at prices of 2026-10-10",
    );
  });

  test("say nothing of a price that may as well be nothing", () => {
    const usdPer1000Requests = { low: 0, best: 1, high: Infinity };
    const notes = notesOf({ cost: { usdPer1000Requests, prices, breakEven: undefined } });
    expect(notes.filter((note) => note.startsWith("costs"))).toEqual([]);
  });

  test("tell from when on a write pays, where the settings say how often a prefix is sent", () => {
    const usdPer1000Requests = { low: 1, best: 1, high: 1 };
    const breakEven = { requests: 3, ttl: "1h", ttlSeconds: 3600, expected };
    expect(notesOf({ cost: { usdPer1000Requests, prices, breakEven } })).toContain(
      "a write for 1h pays from the third request of a prefix on; reuse expects 12, one every 30 s",
    );
  });

  test("tell how much is affected where it is more than one", () => {
    expect(notesOf({ affects: { requests: 3, checkpoints: 5 } })).toContain(
      "affects 3 requests and 5 checkpoints",
    );
    expect(notesOf({ affects: { requests: 1, checkpoints: 1 } }).join()).not.toContain("affects");
  });

  test("say nothing of a handful of tokens that may be many", () => {
    expect(notesOf({ tokens: { low: 4, best: 4, high: Infinity } }).join()).not.toContain("tokens");
  });
});

describe("messageParts", () => {
  test.each([
    { message: "One sentence.", problem: "One sentence.", help: undefined },
    { message: "It is so. Do that.", problem: "It is so.", help: "Do that." },
    { message: "It is so. Why not. Do that.", problem: "It is so. Why not.", help: "Do that." },
    { message: "It is so. `x` must go.", problem: "It is so.", help: "`x` must go." },
    { message: "`a. B` is so. Do that.", problem: "`a. B` is so.", help: "Do that." },
    { message: 'It says "no. Never". Do that.', problem: 'It says "no. Never".', help: "Do that." },
    {
      message: "Claude Sonnet 4.5 is so. Write `5m`.",
      problem: "Claude Sonnet 4.5 is so.",
      help: "Write `5m`.",
    },
    { message: "An odd ` is so. Do that.", problem: "An odd ` is so.", help: "Do that." },
  ])("$message", ({ message, problem, help }) => {
    expect(messageParts(message)).toEqual({ problem, help });
  });
});

test("a notebook shows the lines of its cells without the escapes of JSON", () => {
  const source = ["import x\n", 'y = f("a")\n', "z = 1"];
  const text = JSON.stringify({ cells: [{ cell_type: "code", source }] });
  const file = new SourceFile("a.ipynb", text);
  const at = { file: "a.ipynb", start: text.indexOf("f("), end: text.indexOf(")") + 1 };
  const [finding] = sampleResult.findings;
  const files = new Map([["a.ipynb", file]]);
  const cellAt: CellFinder = (of, offset) => {
    const found = findCell(of, offset);
    return (
      found && {
        cell: found.cell + 1,
        cellLine: found.line,
        source: { text: found.lineText, column: found.column },
      }
    );
  };
  const printed = pretty({ ...emptyResult, files, findings: [{ ...finding!, at }] }, contextWith({ cellAt }));
  expect(printed).toContain('(cell 1, line 2)\n2 | y = f("a")\n  |     ^^^^^^\n');
});

test("places in notebooks are told with their cell, to people too", () => {
  const context = contextWith({ cellAt: () => ({ cell: 3, cellLine: 2 }) });
  expect(pretty(sampleResult, context)).toContain("--> src/agent.py:9:44 (cell 3, line 2)\n");
  expect(explainText(sampleResult, context)).toContain("src/agent.py:5 (cell 3, line 2)\n");
});

describe("compact", () => {
  test("prints one finding a line", () => {
    expect(compact(sampleResult, contextWith()).split("\n")).toEqual([
      "src/agent.py:9:44: warning: This checkpoint says nothing of how long it lives. [valid-ttl]",
      expect.stringMatching(/^src\/prompt\.py:4:21: error: The clock .* checkpoint\. \[no-dynamic-prefix\]$/),
      "",
    ]);
  });

  test("a line break in a message or a path makes no second line", () => {
    const [finding] = sampleResult.findings;
    const findings = [{ ...finding!, message: "one\ntwo", at: { file: "a\nb.py", start: 0, end: 0 } }];
    expect(compact({ ...sampleResult, findings }, contextWith())).toBe(
      "a\ufffdb.py:1:1: warning: one\ufffdtwo [valid-ttl]\n",
    );
  });
});

describe("problemLines", () => {
  test("points into files that are known and names the others", () => {
    const problems = [
      ...sampleResult.problems,
      {
        span: { file: "locked", start: 0, end: 0 },
        message: "Permission denied.",
        severity: "error" as const,
      },
    ];
    expect(problemLines({ ...sampleResult, problems }, contextWith())).toBe(
      "src/prompt.py:2:1: note: Expected an expression.\nlocked: cannot read: Permission denied.\n",
    );
  });
});

describe("closingLine", () => {
  const line = (changes: Partial<typeof sampleResult>): string => {
    const result = { ...emptyResult, ...changes };
    return closingLine(result, countFindings(result));
  };

  test("says what was looked at, found and not understood", () => {
    expect(closingLine(sampleResult, countFindings(sampleResult))).toBe(
      "12 files, 1 request: 1 error, 1 warning. " +
        "1 request was understood only in part (promptlint explain shows where).\n",
    );
  });

  test.each([
    [1, "1 request gets its model when the program runs: --model ID judges its limits by one.\n"],
    [3, "3 requests get their model when the program runs: --model ID judges their limits by one.\n"],
  ])("says what to do where %i requests name no model", (openModels, sentence) => {
    expect(line({ statistics: { ...emptyResult.statistics, openModels } })).toBe(
      `0 files, 0 requests: no findings. ${sentence}`,
    );
  });

  test("says nothing of findings below a drawing", () => {
    expect(closingLine(sampleResult, undefined)).toBe(
      "12 files, 1 request. 1 request was understood only in part.\n",
    );
  });

  test("says so where nothing was found", () => {
    const statistics = { ...emptyResult.statistics, files: 12_345, requests: 2 };
    expect(line({ statistics })).toBe("12,345 files, 2 requests: no findings.\n");
  });

  test("counts a file that could not be read once", () => {
    const problem = { span: { file: "a.py", start: 0, end: 0 }, message: "No.", severity: "error" as const };
    expect(line({ problems: [problem, problem] })).toBe(
      "0 files, 0 requests: no findings. 1 file could not be read.\n",
    );
  });

  test("statistics name the limits that were reached", () => {
    expect(statisticsLines(sampleResult, 1234)).toBe(
      "2 files parsed in 1.23 s.\nLimits of the analysis reached: steps 2.\n",
    );
    expect(statisticsLines(emptyResult, 0)).toContain("No limit of the analysis was reached.");
  });
});

describe("explainText", () => {
  test("draws a request", () => {
    expect(explainText(sampleResult, contextWith())).toMatchInlineSnapshot(`
      "src/agent.py:5
        anthropic-python, anthropic dialect, claude-sonnet-4-5
        ("claude-sonnet-4-5-20250929") on anthropic

        region   role      kind       scope      tokens  text
        tools              tool       deploy        0-?  {await session…  server order
        system   system    text       request        12  It is {datetime.now()}.
                 system    text       static     ~1,298  You answer questions about t…
        ── checkpoint 5m: about 1,310 tokens (1,180 to 1,450), never read ───────────
           The second segment is new in every request.
        messages user      text       turn          0-?  {question}

        not understood
        - src/agent.py:4:1: the tools come from a server that is not in view
      "
    `);
  });

  test("says the same with colours", () => {
    const colored = explainText(sampleResult, contextWith({ color: true }));
    expect(colored.replace(styles, "")).toBe(explainText(sampleResult, contextWith()));
  });

  test.each([80, 100])("fits into %i columns", (width) => {
    const drawing = explainText(sampleResult, contextWith({ width })).split("\n");
    expect(drawing.filter((line) => line.length > width)).toEqual([]);
  });

  test("segments that look alike are one line, but for a checkpoint between them", () => {
    const [request] = sampleResult.requests;
    const [tool] = request!.segments;
    const checkpoint = { ...request!.checkpoints[0]!, afterSegment: 2 };
    const alike = { ...request!, segments: Array(5).fill(tool), checkpoints: [checkpoint], unresolved: [] };
    const drawing = explainText({ ...sampleResult, requests: [alike] }, contextWith());
    const lines = drawing.split("\n").filter((line) => /tool|──/.test(line));
    expect(lines).toEqual([
      expect.stringMatching(/^  tools .* 3 times, server order$/),
      expect.stringMatching(/^  ── checkpoint/),
      expect.stringMatching(/^    .* tool .* 2 times, server order$/),
    ]);
  });

  test("a request of which nothing is known says so", () => {
    const [request] = sampleResult.requests;
    const unknown = { ...request!, model: undefined, modelId: undefined, platform: undefined };
    const requests = [{ ...unknown, segments: [], checkpoints: [], unresolved: [] }];
    expect(explainText({ ...sampleResult, requests }, contextWith())).toBe(`\
src/agent.py:5
  anthropic-python, anthropic dialect, unknown model

  region   role      kind       scope      tokens  text
  nothing of this request is known
  no checkpoint
`);
  });

  test("a model that nothing in view names says who names it", () => {
    const [request] = sampleResult.requests;
    const open = { ...request!, model: undefined, modelId: undefined, anyModelOf: "Claude" };
    const requests = [{ ...open, modelChosenBy: "the parameter `model`" }];
    expect(explainText({ ...sampleResult, requests }, contextWith({ width: 120 })).split("\n")[1]).toBe(
      "  anthropic-python, anthropic dialect, any Claude model (the parameter `model` names it) on anthropic",
    );
  });

  test("the versions that were assumed are named", () => {
    const [request] = sampleResult.requests;
    const stated = { registry: "npm", name: "ai", version: "^5.0.0", file: "package.json" } as const;
    const newest = { registry: "npm", name: "@ai-sdk/openai", version: undefined, file: undefined } as const;
    const requests = [{ ...request!, versions: [stated, newest] }];
    const text = explainText({ ...sampleResult, requests }, contextWith());
    expect(text).toContain("\n  versions: ai ^5.0.0 (package.json), @ai-sdk/openai (newest assumed)\n");
  });

  test.each([
    { reusable: true, verdict: "read again" },
    { reusable: undefined, verdict: "not known whether it is read" },
  ])("a checkpoint in front of everything, $verdict", ({ reusable, verdict }) => {
    const [request] = sampleResult.requests;
    const checkpoint = {
      ...request!.checkpoints[0]!,
      afterSegment: -1,
      origin: "automatic" as const,
      reusable,
    };
    const requests = [{ ...request!, checkpoints: [checkpoint] }];
    const lines = explainText({ ...sampleResult, requests }, contextWith({ width: 100 })).split("\n");
    expect(lines[4]).toMatch(
      new RegExp(`^  ── automatic checkpoint 5m: about 1,310 tokens .*, ${verdict} ─+$`),
    );
  });
});

describe("explainText folds what was made up", () => {
  const [request] = sampleResult.requests;
  const message = (index: number): SegmentSummary => ({
    ...request!.segments.at(-1)!,
    region: "messages",
    role: index % 2 === 0 ? "user" : "assistant",
    kind: "text",
    scope: "unknown",
    order: "fixed",
    tokens: { low: 0, best: 0, high: Infinity },
    message: index,
    sampled: true,
    preview: "{text}",
  });
  const markBehind = (afterSegment: number): CheckpointSummary => ({
    at: request!.at,
    afterSegment,
    ttl: "5m",
    origin: "explicit",
    prefixTokens: { low: 9, best: 9, high: 9 },
    reusable: true,
    reason: "Why.",
  });
  const drawn = (count: number, marks: readonly number[]): string[] =>
    explainText(
      {
        ...sampleResult,
        requests: [
          {
            ...request!,
            segments: Array.from({ length: count }, (_, index) => message(index)),
            checkpoints: marks.map(markBehind),
          },
        ],
      },
      contextWith(),
    )
      .split("\n")
      .filter((line) => /messages|text}|checkpoint/.test(line))
      .map((line) => line.replaceAll(/ {2,}|─+/g, " ").trim());

  test("a conversation is one line", () => {
    expect(drawn(31, [])).toEqual([
      expect.stringMatching(/^messages history unknown 0-\? 31 messages, made up to try/),
      "no checkpoint",
    ]);
  });

  test("the last two messages stay in view where they are marked", () => {
    expect(drawn(31, [28, 30])).toEqual([
      expect.stringMatching(/^messages history unknown 0-\? 28 messages/),
      "user text unknown 0-? {text}",
      "checkpoint 5m: 9 tokens, read again",
      "assistant text unknown 0-? {text}",
      "user text unknown 0-? {text}",
      "checkpoint 5m: 9 tokens, read again",
    ]);
  });

  test("a mark on every message is told once", () => {
    expect(drawn(6, [0, 1, 2, 3, 4, 5])).toEqual([
      expect.stringMatching(/^messages history unknown 0-\? 6 messages/),
      "6 checkpoints 5m: 9 tokens, read again",
    ]);
  });

  test("three messages are shown one by one", () => {
    expect(drawn(3, [])).toHaveLength(4);
  });
});

test("explain tells once what the provider adds to the tools", () => {
  const [request] = sampleResult.requests;
  const requests = [{ ...request!, toolPreambleTokens: { low: 300, best: 346, high: 400 } }];
  const lines = explainText({ ...sampleResult, requests }, contextWith()).split("\n");
  const at = lines.findIndex((line) => line.includes("preamble"));
  expect(lines[at]).toMatch(/^ {2}tools +preamble +static +~346 {2}added by the provider/);
  expect(lines[at + 1]).toMatch(/^ {11,}tool /);
});
