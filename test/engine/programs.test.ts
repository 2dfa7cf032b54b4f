import { describe, expect, it } from "vitest";
import { handbook } from "../support/handbook.ts";
import { lintTexts } from "../support/lint-texts.ts";

interface ProgramCase {
  readonly name: string;
  readonly texts: Readonly<Record<string, string>>;
  /** The rules that report, one entry a finding. */
  readonly finds: readonly string[];
}

const python = `import anthropic
client = anthropic.Anthropic()
HANDBOOK = open("handbook.md").read()
SYSTEM = [{"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}}]
`;
const typescript = `import Anthropic from "@anthropic-ai/sdk";
import { readFileSync } from "node:fs";
const client = new Anthropic();
const handbook = readFileSync("handbook.md", "utf8");
const system = [{ type: "text" as const, text: handbook, cache_control: { type: "ephemeral" as const } }];
const ask = (q: string) => client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 1, system, messages: [{ role: "user", content: q }] });
`;
const pythonAsk = `def ask(q):
    return client.messages.create(model="claude-sonnet-4-5", max_tokens=1, system=SYSTEM, messages=[{"role": "user", "content": q}])
`;

const cases: readonly ProgramCase[] = [
  {
    name: "a base class in another file sends what a subclass writes",
    texts: {
      "base.py": `${python}
class Base:
    def system(self):
        raise NotImplementedError
    def run(self, q):
        return client.messages.create(model="claude-sonnet-4-5", max_tokens=1, messages=[{"role": "user", "content": q}],
            system=[{"type": "text", "text": self.system(), "cache_control": {"type": "ephemeral"}}])
`,
      "desk.py": `from datetime import datetime
from base import Base, HANDBOOK
class Desk(Base):
    def system(self):
        return f"Now {datetime.now()} {HANDBOOK}"
`,
    },
    finds: ["no-dynamic-prefix"],
  },
  {
    name: "a subclass beside its base class",
    texts: {
      "main.ts": `${typescript}
abstract class Agent {
  protected abstract header(): string;
  run(q: string) {
    return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 1, messages: [{ role: "user", content: q }],
      system: [{ type: "text", text: this.header() + handbook, cache_control: { type: "ephemeral" } }] });
  }
}
export class Desk extends Agent { header() { return "Now " + new Date().toISOString(); } }
export class Plain extends Agent { header() { return "Be kind."; } }
`,
    },
    finds: ["no-dynamic-prefix"],
  },
  {
    name: "a window over a history of user texts alone",
    texts: {
      "main.py": `${python}
class Log:
    def __init__(self):
        self.lines = []
    def note(self, line: str):
        self.lines.append({"role": "user", "content": line})
        self.lines = self.lines[-12:]
        marked = self.lines[:-1] + [{"role": "user", "content": [{"type": "text", "text": line, "cache_control": {"type": "ephemeral"}}]}]
        return client.messages.create(model="claude-sonnet-4-5", max_tokens=1, system=HANDBOOK, messages=marked)
`,
    },
    finds: ["no-rewritten-history"],
  },
  {
    name: "a default of a setting that is read while the module is loaded",
    texts: {
      "main.ts": `${typescript}
const config = { model: process.env.MODEL ?? "claude-3-haiku-20240307" };
export const short = (q: string) => client.messages.create({ model: config.model, max_tokens: 1,
  system: [{ type: "text", text: "Be kind.", cache_control: { type: "ephemeral" } }], messages: [{ role: "user", content: q }] });
`,
    },
    finds: ["min-prefix-tokens"],
  },
  {
    name: "a pool of several workers",
    texts: {
      "main.py": `from concurrent.futures import ThreadPoolExecutor
${python}${pythonAsk}
def all(qs):
    with ThreadPoolExecutor(max_workers=4) as pool:
        return list(pool.map(ask, qs))
`,
    },
    finds: ["no-uncached-fan-out"],
  },
  {
    name: "a pool of one worker",
    texts: {
      "main.py": `from concurrent.futures import ThreadPoolExecutor
${python}${pythonAsk}
def all(qs):
    with ThreadPoolExecutor(1) as pool:
        return list(pool.map(ask, qs)) + [pool.submit(ask, q) for q in qs]
`,
    },
    finds: [],
  },
  {
    name: "a semaphore that lets one through",
    texts: {
      "main.py": `import asyncio
${python}${pythonAsk}
gate = asyncio.Semaphore(1)
async def one(q):
    async with gate:
        return await ask(q)
async def all(qs):
    return await asyncio.gather(*(one(q) for q in qs))
`,
    },
    finds: [],
  },
  {
    name: "a limit of several",
    texts: {
      "main.ts": `${typescript}import pLimit from "p-limit";
const limit = pLimit(5);
export const all = (qs: string[]) => Promise.all(qs.map((q) => limit(() => ask(q))));
`,
    },
    finds: ["no-uncached-fan-out"],
  },
  {
    name: "a limit of one",
    texts: {
      "main.ts": `${typescript}import pLimit from "p-limit";
const limit = pLimit(1);
export const all = (qs: string[]) => Promise.all(qs.map((q) => limit(() => ask(q))));
`,
    },
    finds: [],
  },
  {
    name: "a converter that hands on the marks of its blocks",
    texts: {
      "convert.ts": `export function convert(messages: any[]) {
  return messages.map((message) => ({ role: message.role, content: message.content.map((part: any) => ({
    type: "text", text: part.text, cache_control: part.providerOptions?.anthropic?.cacheControl ?? message.providerOptions?.cacheControl })) }));
}
`,
    },
    finds: [],
  },
  {
    name: "a converter that puts the mark it is given on every block",
    texts: {
      "convert.ts": `export function convert(messages: any[], options: { cacheControl: object }) {
  return messages.map((message) => ({ role: message.role, content: message.content.map((part: any) => ({
    type: "text", text: part.text, cache_control: options.cacheControl })) }));
}
`,
    },
    finds: ["max-checkpoints"],
  },
];

describe("programs as people write them", () => {
  it.each(cases)("$name", ({ texts, finds }) => {
    const { findings } = lintTexts({ ...texts, "handbook.md": handbook }, { preset: "strict" });
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(finds);
  });
});
