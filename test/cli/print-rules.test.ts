import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createLinter } from "../../src/cli/create-linter.ts";
import { printRules, type RulesOptions } from "../../src/cli/print-rules.ts";
import { run } from "../../src/cli/run.ts";

const pages = join(import.meta.dirname, "../../rules");
const linter = createLinter(() => {
  throw new Error("nothing is linted");
});
const text: RulesOptions = { format: "text", color: false, width: 80, pages };
const ids = readdirSync(pages)
  .filter((name) => name.endsWith(".md"))
  .map((name) => name.replace(/\.md$/, ""));

async function runRules(argv: readonly string[]) {
  let stdout = "";
  let stderr = "";
  const code = await run(
    ["rules", ...argv],
    {
      stdout: { write: (part: string) => (stdout += part) },
      stderr: { write: (part: string) => (stderr += part) },
      cwd: pages,
      env: {},
      isTTY: false,
      version: "1.2.3",
      pages,
    },
    async () => linter,
  );
  return { code, stdout, stderr };
}

describe("the list", () => {
  test("names every rule with its description, and says which ones are strict", () => {
    const list = printRules(linter, undefined, text);
    const named = [...list.matchAll(/^([a-z]+(?:-[a-z]+)+) {2,}[A-Z]/gm)].map(([, id]) => id);
    expect(named).toEqual(ids);
    expect(list).toMatch(/^no-conditional-prefix .*\n(?: .*\n)?.*\(strict only\)/m);
    expect(list.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("is data with --format json", async () => {
    const { code, stdout } = await runRules(["--format", "json"]);
    const rules = JSON.parse(stdout) as { id: string; presets: string[]; options: object | null }[];
    expect(code).toBe(0);
    expect(rules.map(({ id }) => id)).toEqual(ids);
    expect(rules.find(({ id }) => id === "valid-ttl")).toMatchObject({ presets: ["recommended", "strict"] });
    expect(rules.find(({ id }) => id === "no-low-benefit-checkpoint")).toMatchObject({
      presets: ["strict"],
      options: { type: "object" },
    });
  });
});

describe("a page", () => {
  test.each(ids)("%s fits the terminal and leaves no signs of Markdown", (id) => {
    const page = printRules(linter, id, text);
    expect(page.startsWith(`${id}\n\n`)).toBe(true);
    expect(page).toContain("\nWhy it costs\n");
    // Code is printed as it is, and an address can't be broken.
    const prose = page.split("\n").filter((line) => !line.startsWith("    ") && !line.includes("https://"));
    expect(prose.filter((line) => line.length > 80)).toEqual([]);
    expect(prose.filter((line) => /^#|^```|\]\(|<http|\*\*/.test(line))).toEqual([]);
  });

  test("sets code in and keeps lists", () => {
    const page = printRules(linter, "no-dynamic-prefix", text);
    expect(page).toContain("\n    client = anthropic.Anthropic()\n");
    expect(page).toMatch(/\n- `scopes` \(default .*\n {2}\S/);
  });

  test("colours only where they are wanted", () => {
    const page = printRules(linter, "valid-ttl", { ...text, color: true });
    expect(page).toContain("\u001b[1mvalid-ttl\u001b[22m");
    expect(printRules(linter, "valid-ttl", text)).not.toContain("\u001b");
  });

  test("a prefix as in ESLint is no part of the id", () => {
    expect(printRules(linter, "promptlint/valid-ttl", text)).toBe(printRules(linter, "valid-ttl", text));
  });

  test("is Markdown within --format json", async () => {
    const { stdout } = await runRules(["valid-ttl", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      id: "valid-ttl",
      page: expect.stringMatching(/^# valid-ttl\n/),
    });
  });
});

test.each([
  { argv: ["no-dynamic-prefx"], said: 'Unknown rule "no-dynamic-prefx": did you mean no-dynamic-prefix?' },
  { argv: ["qqq"], said: 'Unknown rule "qqq"; promptlint rules lists all.' },
  { argv: ["valid-ttl", "min-prefix-tokens"], said: "promptlint rules takes one rule, or none for all." },
  { argv: ["valid-ttl", "--format", "sarif"], said: '--format takes text or json, but was given "sarif".' },
])("ends with 2 and one line: $argv", async ({ argv, said }) => {
  expect(await runRules(argv)).toEqual({ code: 2, stdout: "", stderr: `promptlint: ${said}\n` });
});

test("a page that is not there is told with its address", () => {
  expect(() => printRules(linter, "valid-ttl", { ...text, pages: "/nowhere" })).toThrow(
    /^The page of valid-ttl is not installed; it is at https:/,
  );
});
