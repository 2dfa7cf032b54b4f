import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rules } from "../../rules/index.ts";
import { readSettings } from "../../src/eslint/plugin-settings.ts";
import { ReferenceIndex } from "../../src/eslint/reference-index.ts";
import { Workspace } from "../../src/eslint/workspace.ts";
import { handbook } from "../support/handbook.ts";

const enabled = new Map(rules.map(({ id }) => [id, {}]));
const clock = `from datetime import datetime


def opening():
    return f"It is {datetime.now()}."
`;
const fixed = `def opening():
    return "Good day."
`;
const agent = `import anthropic
from clock import opening

HANDBOOK = """${handbook}"""


def answer(turns):
    return anthropic.Anthropic().messages.create(
        model="claude-sonnet-4-5",
        max_tokens=100,
        system=[
            {"type": "text", "text": opening()},
            {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
        ],
        messages=turns,
    )
`;
/** The same, with a text that is as shared as the config says. */
const clockless = agent
  .replace("from clock import opening\n", "")
  .replace("def answer(turns)", "def answer(turn_style, turns)")
  .replace('"text": opening()', '"text": f"Answer in this style: {turn_style}."');

let folder: string;
let workspace: Workspace;
let now = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "promptlint-"));
  vi.spyOn(performance, "now").mockImplementation(() => now);
  workspace = new Workspace(folder, readSettings(undefined), new ReferenceIndex(folder));
  write("agent.py", agent);
  write("clock.py", clock);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text);
}

/** As long as it takes until files are looked at again. */
function wait(): void {
  now += 3_600_000;
}

function lint(path: string, text: string): readonly string[] {
  const { findings, failures } = workspace.lint({ path, text, readProgram: () => undefined }, enabled);
  expect(failures).toEqual([]);
  return findings.map(({ ruleId, at }) => `${at.file} ${ruleId}`);
}

const inClock = "clock.py no-dynamic-prefix";

test("a file is told what it does to the request of another", () => {
  expect(lint("clock.py", clock)).toEqual([inClock]);
  expect(lint("agent.py", agent)).toEqual([]);
});

test("an unsaved change counts in its own file, and in no other", () => {
  expect(lint("clock.py", fixed)).toEqual([]);
  expect(lint("agent.py", agent)).toEqual([]);
  expect(lint("clock.py", clock)).toEqual([inClock]);
});

test("a file that is edited again and again is judged as at first", () => {
  for (const text of [clock, fixed, clock, `${fixed}\n`, `${clock}\n`]) {
    expect(lint("clock.py", text)).toEqual(text.includes("datetime") ? [inClock] : []);
  }
});

test("a change of another file on disk is noticed", () => {
  expect(lint("clock.py", clock)).toEqual([inClock]);
  write("agent.py", agent.replace("opening()", '"Good day."'));
  expect(lint("clock.py", clock)).toEqual([inClock]);
  wait();
  expect(lint("clock.py", clock)).toEqual([]);
});

test("a file that is new on disk is noticed", () => {
  rmSync(join(folder, "clock.py"));
  expect(lint("agent.py", agent)).toEqual([]);
  write("clock.py", clock);
  wait();
  expect(lint("clock.py", clock)).toEqual([inClock]);
});

test("a file that is gone is noticed", () => {
  expect(lint("clock.py", clock)).toEqual([inClock]);
  rmSync(join(folder, "agent.py"));
  wait();
  expect(lint("clock.py", clock)).toEqual([]);
});

test("a config that comes, changes and goes is noticed", () => {
  expect(lint("agent.py", clockless)).toEqual([]);
  write("promptlint.yaml", "variables: { turn_style: turn }\n");
  wait();
  expect(lint("agent.py", clockless)).toEqual(["agent.py no-dynamic-prefix"]);
  write("promptlint.yaml", "variables: { turn_style: static } # for now\n");
  wait();
  expect(lint("agent.py", clockless)).toEqual([]);
  write("promptlint.yaml", "extends: ./base.yaml\n");
  write("base.yaml", "variables: { turn_style: turn }\n");
  wait();
  expect(lint("agent.py", clockless)).toEqual(["agent.py no-dynamic-prefix"]);
  write("base.yaml", "{}\n");
  wait();
  expect(lint("agent.py", clockless)).toEqual([]);
  rmSync(join(folder, "promptlint.yaml"));
  write("promptlint.json", '{ "variables": { "turn_style": "turn" } }');
  wait();
  expect(lint("agent.py", clockless)).toEqual(["agent.py no-dynamic-prefix"]);
});

test("a file that nobody uses and that sends nothing is not read", () => {
  expect(lint("other.py", clock)).toEqual([]);
});
