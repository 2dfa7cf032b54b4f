import type { LintResult } from "../../src/engine/result.ts";
import type { ReportContext } from "../../src/report/report.ts";
import { SourceFile, type Span } from "../../src/source/source-file.ts";

export const promptFile = new SourceFile(
  "src/prompt.py",
  ["from datetime import datetime", "", "def greeting():", '    return f"It is {datetime.now()}."', ""].join(
    "\n",
  ),
);

export const agentFile = new SourceFile(
  "src/agent.py",
  [
    "import anthropic",
    "from prompt import greeting",
    "",
    "client = anthropic.Anthropic()",
    "client.messages.create(",
    '    model="claude-sonnet-4-5",',
    "    system=[",
    '        {"type": "text", "text": greeting()},',
    '        {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},',
    "    ],",
    '    messages=[{"role": "user", "content": question}],',
    ")",
    "",
  ].join("\n"),
);

/** The span of some text, by its first occurrence. */
export function spanOf(file: SourceFile, text: string): Span {
  const start = file.text.indexOf(text);
  if (start < 0) throw new Error(`${file.path} holds no ${text}`);
  return { file: file.path, start, end: start + text.length };
}

const checkpoint = spanOf(agentFile, '"cache_control": {"type": "ephemeral"}');

/** A clock in one file, the checkpoint it breaks in another, and a file that could only be read in part. */
export const sampleResult: LintResult = {
  findings: [
    {
      ruleId: "valid-ttl",
      messageId: "unknown",
      at: checkpoint,
      message: "This checkpoint says nothing of how long it lives.",
      severity: "warn",
      confidence: "likely",
      related: [],
      tokens: undefined,
    },
    {
      ruleId: "no-dynamic-prefix",
      messageId: "fresh",
      at: spanOf(promptFile, "datetime.now()"),
      message:
        "The clock at line 4 changes on every request, so the 1,310 tokens in front of the checkpoint at line 9 are " +
        "written each time (1.25x) and never read (0.1x). Move it after the checkpoint.",
      severity: "error",
      confidence: "certain",
      related: [
        { span: spanOf(agentFile, "greeting()"), message: "it enters the system text here" },
        { span: checkpoint, message: "no request can read what this checkpoint writes" },
      ],
      tokens: { low: 1180, best: 1310, high: 1450 },
    },
  ],
  suppressed: [],
  problems: [
    {
      span: { file: "src/prompt.py", start: 30, end: 30 },
      message: "Expected an expression.",
      severity: "note",
    },
  ],
  requests: [
    {
      at: spanOf(agentFile, "client.messages.create("),
      sdk: "anthropic-python",
      dialect: "anthropic",
      platform: "anthropic",
      model: "claude-sonnet-4-5",
      modelId: "claude-sonnet-4-5-20250929",
      segments: [
        {
          region: "tools",
          role: undefined,
          kind: "tool",
          scope: "deploy",
          order: "server",
          tokens: { low: 0, best: 300, high: Infinity },
          at: spanOf(agentFile, "client"),
          preview: "{await session.list_tools()}",
        },
        {
          region: "system",
          role: "system",
          kind: "text",
          scope: "request",
          order: "fixed",
          tokens: { low: 12, best: 12, high: 12 },
          at: spanOf(promptFile, 'f"It is {datetime.now()}."'),
          preview: "It is {datetime.now()}.",
        },
        {
          region: "system",
          role: "system",
          kind: "text",
          scope: "static",
          order: "fixed",
          tokens: { low: 1168, best: 1298, high: 1438 },
          at: spanOf(agentFile, "HANDBOOK"),
          preview:
            "You answer questions about the handbook below.\n\nEvery answer names the section it rests on, and",
        },
        {
          region: "messages",
          role: "user",
          kind: "text",
          scope: "turn",
          order: "fixed",
          tokens: { low: 0, best: 40, high: Infinity },
          at: spanOf(agentFile, "question"),
          preview: "{question}",
        },
      ],
      checkpoints: [
        {
          at: checkpoint,
          afterSegment: 2,
          ttl: "5m",
          origin: "explicit",
          prefixTokens: { low: 1180, best: 1310, high: 1450 },
          reusable: false,
          reason: "The second segment is new in every request.",
        },
      ],
      versions: [],
      unresolved: [
        { at: spanOf(agentFile, "client"), reason: "the tools come from a server that is not in view" },
      ],
    },
  ],
  files: new Map([
    [agentFile.path, agentFile],
    [promptFile.path, promptFile],
  ]),
  statistics: {
    files: 12,
    parsedFiles: 2,
    requests: 1,
    partlyUnderstood: 1,
    openModels: 0,
    bounds: new Map([["steps", 2]]),
  },
};

/** A result in which nothing was found. */
export const emptyResult: LintResult = {
  findings: [],
  suppressed: [],
  problems: [],
  requests: [],
  files: new Map(),
  statistics: {
    files: 0,
    parsedFiles: 0,
    requests: 0,
    partlyUnderstood: 0,
    openModels: 0,
    bounds: new Map(),
  },
};

/** A context without colours, 80 columns wide. */
export function contextWith(changes: Partial<ReportContext> = {}): ReportContext {
  return {
    rules: [
      {
        id: "no-dynamic-prefix",
        description: "Disallow text that changes on every call in front of a cache checkpoint",
        url: "https://example.org/rules/no-dynamic-prefix.md",
      },
      {
        id: "valid-ttl",
        description: "Disallow TTLs that are not taken",
        url: "https://example.org/rules/valid-ttl.md",
      },
    ],
    version: "1.2.3",
    color: false,
    width: 80,
    failures: [],
    ...changes,
  };
}
