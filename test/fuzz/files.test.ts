import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { json } from "../../src/report/json.ts";
import { lintTexts } from "../support/lint-texts.ts";
import { contextWith } from "../report/sample-result.ts";
import { corpus, mutatedText, runsOf, seed } from "./mutated-files.ts";

/** Several hundred times what a file of this size takes; a hang takes for ever. */
const longest = 20_000;

/** How much of all inputs each kind of file gets. */
const shares: Readonly<Record<string, number>> = {
  ".py": 0.28,
  ".ts": 0.28,
  ".mjs": 0.06,
  ".ipynb": 0.06,
  ".json": 0.12,
  ".yaml": 0.06,
  ".j2": 0.05,
  ".hbs": 0.04,
  ".prompt": 0.02,
  ".md": 0.02,
};

const handbook = "Return the goods within thirty days, in the box they came in. ".repeat(200);

describe("a mutated file", () => {
  test("there are files of every kind", () => {
    expect([...corpus.keys()]).toEqual(expect.arrayContaining(Object.keys(shares)));
  });

  test.each(Object.entries(shares))(
    "%s never crashes, hangs, breaks a rule or points outside of a file",
    (extension, share) => {
      const name = extension === ".prompt" ? "a.prompt" : `a${extension}`;
      let slowest = 0;
      fc.assert(
        fc.property(mutatedText(extension), (text) => {
          const started = performance.now();
          const files = { [name]: text, "handbook.md": handbook };
          const result = lintTexts(files, { lint: [name], preset: "strict", minimumConfidence: "possible" });
          slowest = Math.max(slowest, performance.now() - started);
          expect(result.failures).toEqual([]);
          const spans = [
            ...result.findings.flatMap(({ at, related }) => [at, ...related.map(({ span }) => span)]),
            ...result.problems.map(({ span }) => span),
            ...result.requests.map(({ at }) => at),
          ];
          for (const { file, start, end } of spans) {
            expect(start >= 0 && start <= end && end <= (files[file]?.length ?? 0)).toBe(true);
          }
          JSON.parse(json(result, contextWith()));
        }),
        { seed, numRuns: runsOf(Math.ceil(400 * share), share) },
      );
      expect(slowest).toBeLessThan(longest);
    },
    3_600_000,
  );
});
