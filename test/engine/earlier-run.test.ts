import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { precedence, rules } from "../../rules/index.ts";
import { lintFiles, type EngineResult } from "../../src/engine/lint-files.ts";
import { emptySettings } from "../../src/engine/settings.ts";
import type { StoredRun } from "../../src/engine/stored-run.ts";

type Files = Readonly<Record<string, string>>;

const settings = {
  ...emptySettings,
  rules: new Map(rules.map(({ id }) => [id, "error"] as const)),
};

const hashOf = (answer: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(answer) ?? "")
    .digest("hex");

/** Lints all code and templates; `parsed` are the files that had to be parsed for it. */
function lint(files: Files, memory?: { readonly earlier: StoredRun | undefined }) {
  const parsed: string[] = [];
  const folders = new Set(Object.keys(files).flatMap((path) => path.split("/").slice(0, -1)));
  const result = lintFiles(
    Object.keys(files)
      .filter((path) => /\.(?:py|ts|hbs)$/.test(path))
      .sort(),
    {
      readText: (path) => (Object.hasOwn(files, path) ? { text: files[path]! } : undefined),
      exists: (path) => Object.hasOwn(files, path) || folders.has(path),
      readProgram: (path) => {
        parsed.push(path);
        return undefined;
      },
    },
    { settingsOf: () => settings, minimumConfidence: "possible", reportUnusedDirectives: true },
    { rules, precedence },
    [],
    memory && { ...memory, hashOf },
  );
  return { result, parsed };
}

/** What users see of a result. */
function shown({ findings, suppressed, problems, requests, statistics, failures }: EngineResult): unknown {
  return {
    findings,
    suppressed,
    problems,
    requests,
    failures,
    statistics: { ...statistics, bounds: [...statistics.bounds].sort() },
  };
}

const sender = (system: string, imports: string): string =>
  [
    "import anthropic",
    imports,
    "def ask(question, note='none'):",
    "    return anthropic.Anthropic().messages.create(",
    '        model="claude-sonnet-4-5",',
    "        system=[",
    `            {"type": "text", "text": ${system}},`,
    '            {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},',
    "        ],",
    '        messages=[{"role": "user", "content": question}],',
    "    )",
    "",
  ].join("\n");
const clock = "from datetime import datetime\ndef opening():\n    return f'It is {datetime.now()}'\n";
const calm = "def opening():\n    return 'calm'\n";
const handbook = `HANDBOOK = ${JSON.stringify("Return the goods within thirty days. ".repeat(300))}\n`;
const importsOfSales = "from sales.prompts import opening\nfrom handbook import HANDBOOK";
const caller = (name: string): string =>
  `from datetime import datetime\nfrom sales.agent import ask\ndef ${name}(text):\n    return ask(text, note=str(datetime.now()))\n`;
const help = [
  'import Anthropic from "@anthropic-ai/sdk";',
  'import { opening } from "./opening";',
  "const client = new Anthropic();",
  "export const send = (body: any) => client.messages.create(body);",
  "export const ask = (question: string) => send({",
  '  model: "claude-sonnet-4-5", max_tokens: 99,',
  '  system: [{ type: "text", text: opening() + LONG, cache_control: { type: "ephemeral" } }],',
  '  messages: [{ role: "user", content: question }],',
  "});",
  `const LONG = "${"Be kind to those who ask, and to those who do not. ".repeat(300)}";`,
  "",
].join("\n");

/** Three groups of files that have only the handbook in common, and what each file may hold besides. */
const states: Readonly<Record<string, readonly [string | undefined, ...(string | undefined)[]]>> = {
  "handbook.py": [handbook, "HANDBOOK = 'short'\n", undefined, "def broken(:\n"],
  "sales/agent.py": [
    sender("opening()", importsOfSales),
    sender("note", importsOfSales),
    `# promptlint-disable-file no-dynamic-prefix -- known\n${sender("opening()", importsOfSales)}`,
    undefined,
  ],
  "sales/prompts.py": [clock, calm, undefined, "from sales.registry import opening\n"],
  "sales/registry.py": [undefined, "import sales.agent\nfrom sales.prompts import opening\n", clock],
  "sales/a.py": [caller("a"), undefined],
  "sales/b.py": [caller("b"), "from sales.agent import ask\nask('x')\n"],
  "sales/c.py": [caller("c"), undefined],
  "sales/d.py": [undefined, caller("d")],
  "desk/agent.py": [
    sender("opening()", "from desk.prompts import opening\nfrom handbook import HANDBOOK"),
    sender("note", "from desk.prompts import opening\nfrom handbook import HANDBOOK"),
    "nothing = 1\n",
  ],
  "desk/prompts.py": [calm, clock, undefined],
  "web/help.ts": [help, help.replace("opening() + LONG", "LONG"), undefined],
  "web/opening.ts": [
    "export const opening = () => `It is ${new Date()}. `;\n",
    'export const opening = () => "";\n',
  ],
  "web/use.ts": [
    undefined,
    'import { send } from "./help";\nexport const other = (id: string) => send({ model: "claude-haiku-4-5", messages: [{ role: "user", content: id }] });\n',
  ],
  "web/mail.hbs": ["You help {{name}}.\n", "You help.\n", undefined],
};

const usual = Object.fromEntries(
  Object.entries(states).flatMap(([path, [text]]) => (text === undefined ? [] : [[path, text]])),
);

const change = fc.oneof(
  fc
    .constantFrom(...Object.keys(states))
    .chain((path) => fc.record({ path: fc.constant(path), text: fc.constantFrom(...states[path]!) })),
  fc.record({
    path: fc.constantFrom(...Object.keys(states)),
    to: fc.constantFrom("sales/e.py", "desk/prompts.py", "extra/agent.py", "web/more.ts"),
  }),
);

function apply(files: Files, one: { path: string; text?: string | undefined; to?: string }): Files {
  const { [one.path]: before, ...others } = files;
  if (one.to !== undefined) return before === undefined ? files : { ...others, [one.to]: before };
  return one.text === undefined ? others : { ...others, [one.path]: one.text };
}

describe("a run that takes of an earlier one what still holds", () => {
  test("finds after any edits, additions, removals and renames what a run without it finds", () => {
    let saved = 0;
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 3 }), { minLength: 2, maxLength: 6 }), (steps) => {
        let files: Files = usual;
        let earlier: StoredRun | undefined;
        for (const changes of [[], ...steps]) {
          files = changes.reduce(apply, files);
          const { result, parsed } = lint(files, { earlier });
          const cold = lint(files);
          expect(shown(result)).toEqual(shown(cold.result));
          if (parsed.length < cold.parsed.length) saved++;
          earlier = JSON.parse(JSON.stringify(result.learnt, encode), decode) as StoredRun;
        }
      }),
      { seed: 20261122, numRuns: Number(process.env["FUZZ_RUNS"] ?? 25) },
    );
    // Otherwise nothing would have been shown.
    expect(saved).toBeGreaterThan(20);
  }, 300_000);

  test.each<[name: string, path: string, text: string, parsed: readonly string[]]>([
    ["nothing", "sales/agent.py", usual["sales/agent.py"]!, []],
    ["a file that nothing needs", "web/mail.hbs", "You help.\n", []],
    ["what one group imports", "desk/prompts.py", clock, ["desk/agent.py", "desk/prompts.py", "handbook.py"]],
    ["a file of another language", "web/opening.ts", "export const opening = Date;\n", ["web/opening.ts"]],
  ])("runs only what hangs on the change of %s", (_, path, text, expected) => {
    const earlier = lint(usual, { earlier: undefined }).result.learnt;
    const files = { ...usual, [path]: text };
    const { result, parsed } = lint(files, { earlier });
    // Fixes are made anew each time.
    const fixed = new Set(["sales/agent.py", "web/help.ts"]);
    expect([...new Set(parsed)].filter((each) => !fixed.has(each)).sort()).toEqual(expected);
    expect(shown(result)).toEqual(shown(lint(files).result));
  });

  test("a run that does not fit the files it was made from is not taken", () => {
    const earlier = lint(usual, { earlier: undefined }).result.learnt!;
    const files = { ...usual, "desk/agent.py": states["desk/agent.py"]![1]! };
    const wrong: StoredRun = {
      ...earlier,
      calls: [],
      files: earlier.files.map((file) =>
        file.path === "sales/a.py" ? { ...file, outlines: file.outlines.slice(1) } : file,
      ),
    };
    expect(shown(lint(files, { earlier: wrong }).result)).toEqual(shown(lint(files).result));
  });
});

function encode(_: string, value: unknown): unknown {
  return value === Infinity ? { infinity: true } : value;
}

function decode(_: string, value: unknown): unknown {
  return typeof value === "object" && value !== null && "infinity" in value ? Infinity : value;
}
