import { describe, expect, test } from "vitest";
import { rules } from "../../rules/index.ts";
import { createLinter } from "../../src/cli/create-linter.ts";
import { javascript } from "../../src/languages/javascript/javascript.ts";
import { notebook } from "../../src/languages/notebook/notebook.ts";
import { python } from "../../src/languages/python/python.ts";
import { SourceFile } from "../../src/source/source-file.ts";
import { lintWords } from "./run-command.ts";

const linter = createLinter(lintWords);

describe("createLinter", () => {
  test("describes every rule with its page", () => {
    expect(linter.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    for (const { id, description, url } of linter.rules) {
      expect(description).not.toBe("");
      expect(url).toMatch(new RegExp(`^https://.*/${id}\\.md$`));
    }
  });

  test("what is recommended is strict, too, and strict is all", () => {
    const { recommended, strict } = linter.presets;
    expect([...strict.severities.keys()]).toEqual(rules.map(({ id }) => id));
    for (const [id, severity] of recommended.severities) expect(strict.severities.get(id)).toBe(severity);
    expect(recommended.severities.get("no-dynamic-prefix")).toBe("error");
  });

  test("strict sets what the rules say it sets", () => {
    expect(linter.presets.recommended.options.size).toBe(0);
    for (const { id, meta } of rules) {
      expect(linter.presets.strict.options.get(id)).toEqual(meta.options?.strict);
    }
  });

  test("knows the models of the catalog, by any of their names", () => {
    expect(linter.isModel("claude-sonnet-4-5")).toBe(true);
    expect(linter.isModel("us.anthropic.claude-sonnet-4-5-20250929-v1:0")).toBe(true);
    expect(linter.isModel("claude-sonnet-99")).toBe(false);
    expect([...linter.modelIds()].filter((id) => !linter.isModel(id))).toEqual([]);
  });

  test.each([javascript, python, notebook])("looks for the files of $name", ({ extensions }) => {
    expect(extensions.filter((extension) => !linter.fileKinds.has(extension))).toEqual([]);
  });

  test("tells the cell of a notebook, counted from 1", async () => {
    const cells = [
      { cell_type: "markdown", source: ["# Title"], metadata: {} },
      { cell_type: "code", source: ["x = 1\n", "y = 2"], metadata: {}, outputs: [] },
    ];
    const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const offset = text.indexOf("y = 2");
    const cellAt = await linter.loadCellFinder();
    expect(cellAt(new SourceFile("a.ipynb", text), offset)).toMatchObject({ cell: 2, cellLine: 2 });
    expect(cellAt(new SourceFile("a.ipynb", text), 0)).toBeUndefined();
    expect(cellAt(new SourceFile("a.py", text), offset)).toBeUndefined();
  });
});
