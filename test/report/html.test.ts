import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { html } from "../../src/report/html.ts";
import type { LintResult } from "../../src/engine/result.ts";
import { agentFile, contextWith, emptyResult, sampleResult, spanOf } from "./sample-result.ts";

const page = html(sampleResult, contextWith());
/** What is read of a page: its text, without tags. */
const textOf = (markup: string): string =>
  markup
    .replace(/<style>[\s\S]*?<\/style>/, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");

describe("the page", () => {
  test("needs nothing beside it and runs nothing", () => {
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|\son\w+=/i);
    expect(page).toContain("default-src 'none'");
  });

  test("shows the segments in render order, with scope and tokens", () => {
    const rows = [...page.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row]) => textOf(row!).trim()).slice(1);
    expect(rows.slice(0, 3)).toEqual([
      expect.stringMatching(/^tools tool deploy 0-\? .*server order$/),
      expect.stringMatching(/^system system text request 12 .*It is \{datetime\.now\(\)\}\.$/),
      expect.stringMatching(/^system system text static ~1,298 /),
    ]);
  });

  test("shows a checkpoint behind its last segment, and what the next request does", () => {
    const text = textOf(page);
    const [mark] = /Checkpoint [^.]*\./.exec(text)!;
    expect(mark).toMatch(/written, not read|read again|not known/);
    expect(text.indexOf(mark)).toBeGreaterThan(text.indexOf("You answer questions"));
  });

  test("shows a finding behind the segment it stands in, with its page", () => {
    const text = textOf(page);
    const finding = text.indexOf("error no-dynamic-prefix src/prompt.py:4:21");
    expect(finding).toBeGreaterThan(text.indexOf("It is {datetime.now()}."));
    expect(finding).toBeLessThan(text.indexOf("You answer questions"));
    expect(page).toMatch(/<a href="https:[^"]*no-dynamic-prefix\.md"/);
  });

  test("leads to the requests with findings", () => {
    const [, target] = /<nav[^]*?href="#([^"]+)"/.exec(page)!;
    expect(page).toContain(`id="${target}"`);
  });

  test("shows findings outside of all requests, and problems", () => {
    const [finding] = sampleResult.findings;
    const at = spanOf(agentFile, "import anthropic");
    const text = textOf(
      html({ ...sampleResult, findings: [{ ...finding!, at, related: [] }] }, contextWith()),
    );
    expect(text).toMatch(/Findings outside of these requests warning valid-ttl src\/agent\.py:1:1/);
    expect(text).toContain("What could not be read src/prompt.py:2:1 : Expected an expression.");
  });

  test("shows the first and the last of many messages that are alike", () => {
    const [request] = sampleResult.requests;
    const message = request!.segments.at(-1)!;
    const segments = [
      ...request!.segments,
      ...Array.from({ length: 40 }, (_, index) => ({
        ...message,
        role: index % 2 ? ("user" as const) : ("assistant" as const),
      })),
    ];
    const text = textOf(
      html({ ...sampleResult, findings: [], requests: [{ ...request!, segments }] }, contextWith()),
    );
    expect(text).toMatch(/… \d+ segments more like these/);
  });

  test("text of files stays text", () => {
    const [request] = sampleResult.requests;
    const hostile = '</style><script>alert(1)</script>"\u202e<img src=x onerror=alert(1)>';
    const segments = request!.segments.map((segment) => ({ ...segment, preview: hostile }));
    const result: LintResult = {
      ...sampleResult,
      requests: [{ ...request!, sdk: hostile, modelId: hostile, segments }],
      findings: sampleResult.findings.map((finding) => ({ ...finding, message: hostile })),
    };
    expect(html(result, contextWith())).not.toMatch(/<script|<img|\u202e/);
  });

  test("of a run without requests says so", () => {
    expect(textOf(html(emptyResult, contextWith()))).toContain("0 requests");
  });
});

/** A browser, where there is one: `CHROMIUM` names it, or it stands in the path. */
const browser = [process.env["CHROMIUM"], "chromium", "chromium-browser", "google-chrome"].find(
  (name) => name !== undefined && spawnSync(name, ["--version"]).status === 0,
);

describe.skipIf(browser === undefined)("in Chromium", () => {
  /** Opens the page with a script behind it and returns what the script leaves in the title. */
  function evaluate(script: string, isDark: boolean): unknown {
    const folder = mkdtempSync(join(tmpdir(), "promptlint-html-"));
    try {
      const open = page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
      const file = join(folder, "page.html");
      writeFileSync(
        file,
        open.replace("</body>", () => `<script>${script}</script></body>`),
      );
      const flags = [
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
        ["--disable-background-networking", "--disable-component-update", "--disable-sync"],
        [
          `--user-data-dir=${join(folder, "profile")}`,
          "--virtual-time-budget=20000",
          "--window-size=1000,800",
        ],
        [`--blink-settings=preferredColorScheme=${isDark ? 0 : 1}`, "--dump-dom", pathToFileURL(file).href],
      ].flat();
      const dom = execFileSync(browser!, flags, {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        maxBuffer: 2 ** 26,
      });
      const [, result] = /<title>([^]*?)<\/title>/.exec(dom)!;
      return JSON.parse(result!.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"));
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  test.each([
    ["light", false],
    ["dark", true],
  ])("has no accessibility fault in %s colours", (_, isDark) => {
    const axe = readFileSync(join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js"), "utf8");
    const script = `${axe.replaceAll("</script", "<\\/script")};
      axe.run().then(({ violations, passes }) => {
        const faults = violations.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 80)]);
        document.title = JSON.stringify({ faults, isContrastChecked: passes.some(({ id }) => id === "color-contrast"),
          isDark: matchMedia("(prefers-color-scheme: dark)").matches });
      });`;
    expect(evaluate(script, isDark)).toEqual({ faults: [], isContrastChecked: true, isDark });
  });

  test("draws blocks as wide as they have tokens", () => {
    const script = `document.title = JSON.stringify(
      [...document.querySelectorAll(".bar span")].map((block) => Math.round(block.getBoundingClientRect().width)));`;
    const widths = evaluate(script, false) as number[];
    const known = [widths[1]!, widths[2]!];
    // 12 and about 1,298 tokens; a block is never so small that it can't be seen.
    expect(known[0]).toBeLessThan(12);
    expect(known[1]! / Math.max(...widths)).toBe(1);
  });

  test("can be walked with the keyboard, and is no wider than the window", () => {
    const script = `const focusable = [...document.querySelectorAll("a[href], summary, [tabindex='0']")];
      document.title = JSON.stringify({
        reached: focusable.filter((one) => { one.focus(); return document.activeElement === one; }).length === focusable.length,
        count: focusable.length > 3, isWide: document.documentElement.scrollWidth > innerWidth });`;
    expect(evaluate(script, false)).toEqual({ reached: true, count: true, isWide: false });
  });
});
