import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, extname, join, posix } from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../rules/index.ts";
import { help } from "../src/cli/help.ts";
import { loadLinter } from "../src/cli/load-linter.ts";
import { run } from "../src/cli/run.ts";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** Folders whose files are not the project's own text. */
const foreign = new Set(["node_modules", "dist", "coverage", ".git", "test/cases", "test/fixtures"]);

/** Paths of all files below a folder, with forward slashes. */
function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (foreign.has(path)) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

const sources = ["src", "rules"].flatMap(filesBelow).filter((path) => extname(path) === ".ts");

interface Import {
  readonly from: string;
  /** A path of the project, or the name of a package or a part of Node. */
  readonly to: string;
}

const imports: readonly Import[] = sources.flatMap((from) => {
  const code = read(from).replaceAll(/^\s*(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm, "");
  const found = code.matchAll(
    /^(?:import|export)\b[^;"]*?\bfrom "([^"]+)"|^import "([^"]+)"|\b(?:import|require)\("([^"]+)"\)/gm,
  );
  return [...found].map(([, named, bare, called]) => {
    const to = (named ?? bare ?? called)!;
    return { from, to: to.startsWith(".") ? posix.join(posix.dirname(from), to) : to };
  });
});
const isOwn = ({ to }: Import): boolean => sources.includes(to) || /^(?:src|rules)\//.test(to);

/** The folder that stands for a file in the table: one of `src`, one of `src/languages`, or `rules`. */
function folderOf(path: string): string {
  return /^(?:src\/languages\/[^/]+|src\/[^/]+|rules)(?=\/)/.exec(path)?.[0].replace(/^src\//, "") ?? path;
}

/** What a folder of `src/languages` may import beside what all of them may. */
const languages: Readonly<Record<string, readonly string[]>> = {
  "languages/handlebars": ["languages/placeholders"],
  "languages/csv": ["value"],
  "languages/hcl": ["value"],
  "languages/json": ["value"],
  "languages/notebook": ["languages/python"],
  "languages/yaml": ["value", "languages/json"],
};

/** Which folders a folder may import, beside itself. What is not in the table may import nothing. */
const table: Readonly<Record<string, readonly string[]>> = {
  source: [],
  program: ["source"],
  languages: ["source", "program"],
  value: ["source", "program"],
  request: ["source", "value"],
  evaluate: ["source", "program", "value", "request"],
  dialects: ["source", "value", "request"],
  sdks: ["source", "program", "value", "request", "dialects"],
  catalog: [],
  manifests: [],
  tokens: [],
  rule: ["source", "value", "request"],
  rules: ["rule"],
  engine: [
    "source",
    "program",
    "value",
    "request",
    "evaluate",
    "sdks",
    "catalog",
    "manifests",
    "tokens",
    "rule",
    "languages",
  ],
  report: ["source", "value", "rule", "engine"],
  cli: [
    "source",
    "value",
    "catalog",
    "rule",
    "rules",
    "engine",
    "report",
    "languages/notebook",
    "package.json",
  ],
  eslint: [
    "source",
    "program",
    "value",
    "rule",
    "rules",
    "engine",
    "languages/javascript",
    "languages/python",
    "cli",
    "package.json",
  ],
  "src/index.ts": ["source", "value", "catalog", "rule", "rules", "engine"],
};

function mayImport(from: string, to: string): boolean {
  if (from.startsWith("languages/")) {
    return ["source", "program", "languages", ...(languages[from] ?? [])].includes(to);
  }
  return (table[from]?.includes(to) ?? false) || (from === "engine" && to.startsWith("languages/"));
}

/** Parts of Node that compute and touch nothing outside of the process. */
const pureParts = ["node:buffer", "node:crypto", "node:module", "node:path", "node:util"];

/** Where each package is named: one file a purpose, so that it can be replaced there. */
const packages: Readonly<Record<string, readonly string[]>> = {
  "@eslint/plugin-kit": ["src/eslint/text-source-code.ts"],
  "@handlebars/parser": ["src/languages/handlebars/handlebars.ts"],
  "@renovatebot/pep440": ["src/manifests/stated-version.ts"],
  diff: ["src/cli/print-diff.ts"],
  eslint: [
    "src/eslint/eslint-rule.ts",
    "src/eslint/eslint.ts",
    "src/eslint/file-run.ts",
    "src/eslint/presets.ts",
  ],
  "gpt-tokenizer": ["src/tokens/base-encoding.ts", "src/tokens/tool-tokens.ts"],
  "@cfworker/json-schema": ["src/engine/config/check-config.ts"],
  ignore: ["src/cli/walk-folder.ts", "src/engine/config/path-patterns.ts"],
  jiti: ["src/cli/config/import-config.ts"],
  "jsonc-parser": [
    "src/cli/config/config-text.ts",
    "src/cli/tsconfig-paths.ts",
    "src/languages/json/json.ts",
    "src/languages/notebook/notebook-file.ts",
  ],
  "oxc-resolver": ["src/cli/resolve-module.ts"],
  "oxc-parser": ["src/languages/javascript/parse.ts"],
  sarif: ["src/report/sarif.ts"],
  semver: ["src/manifests/stated-version.ts"],
  "smol-toml": ["src/manifests/python-packages.ts"],
  yaml: ["src/cli/config/config-text.ts", "src/languages/yaml/yaml.ts"],
};

describe("imports", () => {
  test("follow the arrows of the table", () => {
    const wrong = imports.filter((one) => {
      const [from, to] = [folderOf(one.from), folderOf(one.to)];
      return (isOwn(one) || to === "package.json") && from !== to && !mayImport(from, to);
    });
    expect(wrong).toEqual([]);
  });

  test("the table has no folder and no arrow that is not there", () => {
    const real = new Set(imports.map((one) => `${folderOf(one.from)} -> ${folderOf(one.to)}`));
    const claimed = Object.entries(table).flatMap(([from, targets]) =>
      targets.map((to) => `${from} -> ${to}`),
    );
    expect(claimed.filter((arrow) => !real.has(arrow))).toEqual([]);
    const folders = new Set(
      sources.map(folderOf).map((folder) => folder.replace(/^languages\/.*/, "languages")),
    );
    expect([...folders].toSorted()).toEqual(Object.keys(table).toSorted());
  });

  test("name a file with its extension", () => {
    expect(imports.filter((one) => isOwn(one) && !existsSync(join(root, one.to)))).toEqual([]);
  });

  test("only the command and the ESLint plugin touch files, processes or the network", () => {
    const outside = imports.filter(({ to }) => isBuiltin(to) && !pureParts.includes(to));
    expect(outside.filter(({ from }) => !/^src\/(?:cli|eslint)\//.test(from))).toEqual([]);
  });

  test("a package is named only where its purpose is", () => {
    const named = new Map<string, Set<string>>();
    const add = (name: string, from: string) => named.set(name, (named.get(name) ?? new Set()).add(from));
    for (const { from, to } of imports) {
      if (isBuiltin(to) || isOwn({ from, to }) || to === "package.json") continue;
      const name = /^(?:@[^/]+\/)?[^/]+/.exec(to)![0];
      add(name, from);
    }
    // Large packages are loaded at their first use, through `createRequire`.
    for (const from of sources) {
      for (const [, name] of read(from).matchAll(/"([a-z-]+)\/[\w/]+"/g))
        if (Object.hasOwn(packages, name!)) add(name!, from);
    }
    const found = Object.fromEntries([...named].map(([name, files]) => [name, [...files].toSorted()]));
    expect(found).toEqual(packages);
  });
});

test("no source file has more than 500 lines", () => {
  const long = sources.map((path) => ({ path, lines: read(path).split("\n").length - 1 }));
  expect(long.filter(({ lines }) => lines > 500)).toEqual([]);
});

describe("rules", () => {
  test.each(rules.map(({ id }) => id))("%s stands in a file of its name and has a test", (id) => {
    expect(read(`rules/${id}.ts`)).toContain(`id: "${id}"`);
    expect(existsSync(join(root, `test/rules/${id}.test.ts`))).toBe(true);
  });

  test("every rule is told about in the words of the glossary", () => {
    for (const { meta } of rules) {
      const text = [meta.docs.description, ...Object.values<string>(meta.messages)].join(" ");
      expect(text).not.toMatch(/break ?point|cache ?point|threshold/i);
    }
  });
});

/** Markdown files of the project, those of cases left out. */
const pages = filesBelow(".").filter((path) => extname(path) === ".md");

describe("pages", () => {
  test.each(pages)("%s names only paths that exist", (page) => {
    const text = read(page);
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target]) =>
      posix.join(posix.dirname(page), target!),
    );
    const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, "");
    const named = [...prose.matchAll(/`((?:src|rules|test|docs|examples|scripts|\.ci)\/[\w./-]*)`/g)].map(
      ([, path]) => path!,
    );
    // A page may also name a path from where it stands.
    const exists = (path: string) =>
      [root, join(root, dirname(page))].some((from) => existsSync(join(from, path)));
    expect([...links, ...named].filter((path) => !exists(path))).toEqual([]);
  });

  test("README is short enough to be read", () => {
    expect(read("README.md").split("\n").length).toBeLessThanOrEqual(150);
  });
});

/** Text of pages that is written by the code, by the page and the name in its marks. */
const generated: Readonly<Record<string, () => Promise<string> | string>> = {
  "README.md rules": () =>
    [
      "| rule | what it is for | preset |",
      "| --- | --- | --- |",
      ...rules.map(({ id, meta }) => {
        const preset = "recommended" in meta.docs ? "recommended" : "strict";
        return `| [\`${id}\`](rules/${id}.md) | ${meta.docs.description} | ${preset} |`;
      }),
    ].join("\n"),
  "README.md usage": () =>
    `\`\`\`text\n${/^ {2}promptlint .*(?:\n {2}promptlint .*)*/m.exec(help)![0]}\n\`\`\``,
  "docs/command.md help": () => `\`\`\`text\n${help}\`\`\``,
  "README.md finding": async () => `\`\`\`text\n${await printed(["examples/support_desk.py"])}\`\`\``,
};

describe("generated text", () => {
  // UPDATE=1 npx vitest run test/project.test.ts writes it anew.
  test.each(Object.keys(generated))("%s is what the code says", async (key) => {
    const [page, name] = key.split(" ") as [string, string];
    const before = read(page);
    const part = new RegExp(`(<!-- ${name} -->\n)([\\s\\S]*?)(\n<!-- /${name} -->)`);
    expect(before).toMatch(part);
    const text = await generated[key]!();
    if (process.env["UPDATE"]) {
      const updated = before.replace(part, (_, start, __, end) => `${start}\n${text}\n${end}`);
      const { format, resolveConfig } = await import("prettier");
      const style = await resolveConfig(join(root, page));
      writeFileSync(join(root, page), await format(updated, { ...style, parser: "markdown" }));
    } else {
      expect(withoutPadding(part.exec(before)![2]!.trim())).toBe(withoutPadding(text));
    }
  });
});

/** Tables are aligned by the formatter, which adds blanks and hyphens. */
function withoutPadding(text: string): string {
  return text.replaceAll(/^\|.*\|$/gm, (row) => row.replaceAll(/-{3,}/g, "---").replaceAll(/ {2,}/g, " "));
}

async function printed(argv: readonly string[]): Promise<string> {
  let report = "";
  const surroundings = {
    stdout: { write: (text: string) => (report += text) },
    stderr: { write: () => {} },
    cwd: root,
    env: {},
    isTTY: false,
    version: "0.0.0",
  };
  await run(argv, surroundings, async () => loadLinter());
  return report;
}

describe("examples", () => {
  test("each shows the defect its page names, and no other", async () => {
    const files = JSON.parse(await printed(["--format", "json", "--stats", "examples"])) as {
      filePath: string;
      messages: { ruleId: string | null }[];
    }[];
    const found = files
      .filter(({ filePath }) => extname(filePath) !== ".md")
      .map(
        ({ filePath, messages }) =>
          `${filePath}: ${messages.map(({ ruleId }) => ruleId).join(", ") || "nothing"}`,
      );
    const rows = read("examples/README.md").matchAll(
      /^\| \[`[^`]+`\]\(([^)]+)\) *\|.*\| (?:`([\w-]+)`|nothing) *\|$/gm,
    );
    const promised = [...rows].map(([, path, rule]) => `examples/${path}: ${rule ?? "nothing"}`);
    expect(found.toSorted()).toEqual(promised.toSorted());
  });
});
