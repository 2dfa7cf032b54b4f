import { describe, expect, test } from "vitest";
import { handbook } from "../support/handbook.ts";
import { lintTexts } from "../support/lint-texts.ts";

interface Guard {
  readonly name: string;
  readonly py: string;
  readonly ts: string;
}

const py = (before: string, system: string, messages: string, rest = ""): string => `
import json, logging, uuid
from datetime import date, datetime
from pathlib import Path
import anthropic

client = anthropic.Anthropic()
HANDBOOK = Path("handbook.md").read_text()
MARK = {"cache_control": {"type": "ephemeral"}}

def ask(turns, question, manual):
${before}
    return client.messages.create(model="claude-sonnet-4-5", max_tokens=500, system=${system}, messages=${messages}${rest})
`;

const ts = (before: string, system: string, messages: string, rest = ""): string => `
import { readFileSync } from "node:fs";
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();
const handbook = readFileSync("handbook.md", "utf8");
const mark = { cache_control: { type: "ephemeral" } } as const;

export async function ask(turns: Anthropic.MessageParam[], question: string, manual: string) {
${before}
  return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, system: ${system}, messages: ${messages}${rest} });
}
`;

const markedPy = '[{"type": "text", "text": HANDBOOK, **MARK}]';
const markedTs = '[{ type: "text", text: handbook, ...mark }]';
const askedPy = '[*turns, {"role": "user", "content": question}]';
const askedTs = '[...turns, { role: "user", content: question }]';

/** Clean shapes of real code in which a linter that goes by names and places alone sees a defect. */
const guards: readonly Guard[] = [
  {
    name: "constants and files at literal paths in templates",
    py: py(
      '    rules = "Shop: {shop}.\\n{book}".format(shop="Mill", book=HANDBOOK)',
      '[{"type": "text", "text": rules, **MARK}]',
      askedPy,
    ),
    ts: ts(
      '  const rules = `Shop: ${"Mill"}.\\n${handbook}`;',
      '[{ type: "text", text: rules, ...mark }]',
      askedTs,
    ),
  },
  {
    name: "clocks and ids that are logged, sent as metadata, or part of the output",
    py: py(
      '    run = uuid.uuid4().hex\n    logging.info("%s %s", run, datetime.now())',
      markedPy,
      askedPy,
      ', metadata={"user_id": run}, extra_headers={"x-run": run}',
    ),
    ts: ts(
      "  const run = crypto.randomUUID();\n  console.log(run, Date.now());",
      markedTs,
      askedTs,
      ", metadata: { user_id: run }",
    ),
  },
  {
    name: "anything behind the last checkpoint",
    py: py(
      "",
      '[{"type": "text", "text": HANDBOOK, **MARK}, {"type": "text", "text": f"{datetime.now()} {uuid.uuid4()}"}]',
      askedPy,
    ),
    ts: ts(
      "",
      '[{ type: "text", text: handbook, ...mark }, { type: "text", text: `${new Date()} ${Math.random()}` }]',
      askedTs,
    ),
  },
  {
    name: "a mark on the newest message of a growing conversation",
    py: py(
      "",
      markedPy,
      '[*turns, {"role": "user", "content": [{"type": "text", "text": question, **MARK}]}]',
    ),
    ts: ts(
      "",
      markedTs,
      '[...turns, { role: "user", content: [{ type: "text", text: question, ...mark }] }]',
    ),
  },
  {
    name: "exactly four checkpoints",
    py: py(
      '    tools = [{"name": "look_up", "description": HANDBOOK, "input_schema": {"type": "object"}, **MARK}]',
      '[{"type": "text", "text": HANDBOOK, **MARK}, {"type": "text", "text": manual, **MARK}]',
      '[*turns, {"role": "user", "content": [{"type": "text", "text": question, **MARK}]}]',
      ", tools=tools",
    ),
    ts: ts(
      '  const tools = [{ name: "look_up", description: handbook, input_schema: { type: "object" as const }, ...mark }];',
      '[{ type: "text", text: handbook, ...mark }, { type: "text", text: manual, ...mark }]',
      '[...turns, { role: "user", content: [{ type: "text", text: question, ...mark }] }]',
      ", tools",
    ),
  },
  {
    name: "an hour in front of five minutes",
    py: py(
      "",
      '[{"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral", "ttl": "1h"}}, {"type": "text", "text": manual, "cache_control": {"type": "ephemeral", "ttl": "5m"}}]',
      askedPy,
    ),
    ts: ts(
      "",
      '[{ type: "text", text: handbook, cache_control: { type: "ephemeral", ttl: "1h" } }, { type: "text", text: manual, cache_control: { type: "ephemeral", ttl: "5m" } }]',
      askedTs,
    ),
  },
  {
    name: "a document that is handed in and cached on purpose",
    py: py("", '[{"type": "text", "text": HANDBOOK}, {"type": "text", "text": manual, **MARK}]', askedPy),
    ts: ts("", '[{ type: "text", text: handbook }, { type: "text", text: manual, ...mark }]', askedTs),
  },
  {
    name: "a date cut to the day",
    py: py("", '[{"type": "text", "text": f"{date.today()}\\n{HANDBOOK}", **MARK}]', askedPy),
    ts: ts(
      "",
      '[{ type: "text", text: `${new Date().toISOString().slice(0, 10)}\\n${handbook}`, ...mark }]',
      askedTs,
    ),
  },
  {
    name: "parameters nothing is known about",
    py: py("    style = load_style()", '[{"type": "text", "text": style}, *' + markedPy + "]", askedPy),
    ts: ts("  const style = loadStyle();", '[{ type: "text", text: style }, ...' + markedTs + "]", askedTs),
  },
  {
    name: "a mark that is taken away again",
    py: py(
      '    blocks = [{"type": "text", "text": f"{datetime.now()}", **MARK}, *' +
        markedPy +
        ']\n    blocks.reverse()\n    del blocks[1]["cache_control"]',
      "blocks",
      askedPy,
    ),
    ts: ts(
      '  const blocks: any[] = [{ type: "text", text: `${new Date()}`, ...mark }, ...' +
        markedTs +
        "];\n  blocks.reverse();\n  delete blocks[1].cache_control;",
      "blocks",
      askedTs,
    ),
  },
];

describe.each(guards)("guards against false alarms: $name", (guard) => {
  test.each(["py", "ts"] as const)("%s", (language) => {
    const { findings, requests, failures } = lintTexts({
      "handbook.md": handbook,
      [`app.${language}`]: guard[language],
    });
    expect(failures).toEqual([]);
    expect(findings.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
    // Silence about a request that was not seen would prove nothing.
    expect(requests).toHaveLength(1);
    expect(requests[0]!.checkpoints.length).toBeGreaterThan(0);
  });
});

describe("a demo that busts the cache on purpose", () => {
  test.each([
    {
      language: "py",
      text: py(
        "    nonce = uuid.uuid4().hex",
        '[{"type": "text", "text": nonce}, *' + markedPy + "]",
        askedPy,
      ),
    },
    {
      language: "ts",
      text: ts(
        "  const nonce = crypto.randomUUID();",
        '[{ type: "text", text: nonce }, ...' + markedTs + "]",
        askedTs,
      ),
    },
  ])("is one finding: $language", ({ language, text }) => {
    const { findings } = lintTexts({ "handbook.md": handbook, [`app.${language}`]: text });
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(["no-dynamic-prefix"]);
  });
});

describe("false friends", () => {
  test.each([
    {
      name: "HTTP headers",
      path: "app.ts",
      text: 'export const headers = { "Cache-Control": "no-store", cache_control: "max-age=60" };\nfetch("/x", { headers });',
    },
    {
      name: "objects of S3",
      path: "app.py",
      text: 'import boto3\nboto3.client("s3").put_object(Bucket="b", Key="k", Body=b"", CacheControl="max-age=60")',
    },
    {
      name: "a cache of functions",
      path: "app.py",
      text: "from functools import lru_cache\n@lru_cache(maxsize=4)\ndef cache_point(name):\n    return {'type': name}",
    },
  ])("$name", ({ path, text }) => {
    const { findings, requests } = lintTexts({ [path]: text });
    expect({ findings, requests }).toEqual({ findings: [], requests: [] });
  });
});
