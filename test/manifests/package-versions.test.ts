import { describe, expect, test } from "vitest";
import { PackageVersions } from "../../src/manifests/package-versions.ts";
import { admits, type PackageName } from "../../src/manifests/stated-version.ts";

type Files = Readonly<Record<string, string>>;

/** What is stated of a package, as `version (file)`. */
function stated(files: Files, { registry, name }: PackageName, from = "src/agent.ts"): string {
  const paths = Object.keys(files);
  const host = {
    readText: (path: string) => files[path],
    exists: (path: string) => paths.some((one) => one === path || one.startsWith(`${path}/`)),
  };
  const version = new PackageVersions(host).stated({ registry, name }, from);
  return version ? `${version.text} (${version.file})` : "newest";
}

const ai: PackageName = { registry: "npm", name: "ai" };
const anthropic: PackageName = { registry: "pypi", name: "langchain-anthropic" };

const manifest = (dependencies: object, more: object = {}): string =>
  JSON.stringify({ dependencies, ...more });

const npmCases: readonly (readonly [string, Files, string])[] = [
  ["no manifest", {}, "newest"],
  ["a range", { "package.json": manifest({ ai: "^5.0.0" }) }, "^5.0.0 (package.json)"],
  ["a package that is not named", { "package.json": manifest({ openai: "^5.0.0" }) }, "newest"],
  [
    "development dependencies",
    { "package.json": JSON.stringify({ devDependencies: { ai: "6.0.1" } }) },
    "6.0.1 (package.json)",
  ],
  ["a tag", { "package.json": manifest({ ai: "latest" }) }, "newest"],
  ["a project of the same workspace", { "package.json": manifest({ ai: "workspace:*" }) }, "newest"],
  ["another name", { "package.json": manifest({ ai: "npm:ai@^4.1.0" }) }, "^4.1.0 (package.json)"],
  ["a broken manifest", { "package.json": "{" }, "newest"],
  [
    "the nearest of two",
    { "package.json": manifest({ ai: "^4.0.0" }), "src/package.json": manifest({ ai: "^6.0.0" }) },
    "^6.0.0 (src/package.json)",
  ],
  [
    "a nearer one that does not name it",
    { "package.json": manifest({ ai: "^4.0.0" }), "src/package.json": manifest({}) },
    "^4.0.0 (package.json)",
  ],
  [
    "package-lock.json",
    {
      "package.json": manifest({ ai: "^5.0.0" }),
      "package-lock.json": JSON.stringify({ packages: { "node_modules/ai": { version: "5.0.12" } } }),
    },
    "5.0.12 (package-lock.json)",
  ],
  [
    "a lock file at the head of a workspace",
    {
      "src/package.json": manifest({ ai: "^5.0.0" }),
      "package-lock.json": JSON.stringify({
        packages: { "node_modules/ai": { version: "4.3.0" }, "src/node_modules/ai": { version: "5.0.3" } },
      }),
    },
    "5.0.3 (package-lock.json)",
  ],
  [
    "a lock file that is out of date",
    {
      "package.json": manifest({ ai: "^5.0.0" }),
      "package-lock.json": JSON.stringify({ packages: { "node_modules/ai": { version: "4.3.0" } } }),
    },
    "^5.0.0 (package.json)",
  ],
  [
    "pnpm-lock.yaml",
    {
      "src/package.json": manifest({ ai: "^5.0.0" }),
      "pnpm-lock.yaml": [
        "importers:",
        "",
        "  .:",
        "    dependencies:",
        "      ai:",
        "        specifier: ^4.0.0",
        "        version: 4.3.16(zod@3.25.0)",
        "",
        "  src:",
        "    dependencies:",
        "      '@ai-sdk/anthropic':",
        "        specifier: ^2.0.0",
        "        version: 2.0.4",
        "      ai:",
        "        specifier: ^5.0.0",
        "        version: 5.0.8(zod@3.25.0)",
        "",
        "packages:",
        "",
        "  ai@4.3.16:",
        "    resolution: {integrity: x}",
      ].join("\n"),
    },
    "5.0.8 (pnpm-lock.yaml)",
  ],
  [
    "yarn.lock",
    {
      "package.json": manifest({ ai: "^5.0.0" }),
      "yarn.lock":
        'ai@^4.0.0:\n  version "4.3.0"\n\n"ai@^5.0.0, ai@^5.0.1":\n  version "5.0.7"\n  resolved "x"\n',
    },
    "5.0.7 (yarn.lock)",
  ],
  [
    "yarn.lock of later versions",
    { "package.json": manifest({ ai: "^5.0.0" }), "yarn.lock": '"ai@npm:^5.0.0":\n  version: 5.0.7\n' },
    "5.0.7 (yarn.lock)",
  ],
  [
    "bun.lock",
    { "package.json": manifest({ ai: "*" }), "bun.lock": '{"packages": {"ai": ["ai@6.0.2", "", {}]}}' },
    "6.0.2 (bun.lock)",
  ],
  [
    "the package as it is installed",
    { "package.json": manifest({ ai: "^5.0.0" }), "node_modules/ai/package.json": '{"version": "5.0.9"}' },
    "5.0.9 (node_modules/ai/package.json)",
  ],
  [
    "a manifest above the working folder, inside of the repository",
    { "../package.json": manifest({ ai: "^5.0.0" }), "../.git/HEAD": "ref" },
    "^5.0.0 (../package.json)",
  ],
  [
    "a manifest above the working folder that belongs to nobody",
    { "../package.json": manifest({ ai: "^5.0.0" }) },
    "newest",
  ],
  [
    "a manifest outside of the repository",
    { "package.json": manifest({ ai: "^5.0.0" }), "src/.git/HEAD": "ref" },
    "newest",
  ],
];

const pythonCases: readonly (readonly [string, Files, string])[] = [
  ["no manifest", {}, "newest"],
  [
    "dependencies of a project",
    {
      "pyproject.toml":
        '[project]\ndependencies = ["openai", "langchain_anthropic[x] >=1.3, <1.4 ; python_version > \'3\'"]',
    },
    ">=1.3,<1.4 (pyproject.toml)",
  ],
  [
    "optional dependencies",
    { "pyproject.toml": '[project.optional-dependencies]\nllm = ["langchain-anthropic~=1.3.0"]' },
    "~=1.3.0 (pyproject.toml)",
  ],
  [
    "a group",
    { "pyproject.toml": '[dependency-groups]\ndev = ["langchain-anthropic==1.2.0"]' },
    "==1.2.0 (pyproject.toml)",
  ],
  [
    "a caret of poetry",
    { "pyproject.toml": '[tool.poetry.dependencies]\nLangChain-Anthropic = "^0.3.1"' },
    ">=0.3.1,<0.4 (pyproject.toml)",
  ],
  [
    "a tilde of poetry in a table",
    {
      "pyproject.toml":
        '[tool.poetry.group.llm.dependencies]\nlangchain-anthropic = {version = "~1.2.3", extras = ["x"]}',
    },
    ">=1.2.3,<1.3 (pyproject.toml)",
  ],
  [
    "requirements",
    { "requirements.txt": "# pinned\nopenai\nlangchain-anthropic==1.3.2  # why\n" },
    "==1.3.2 (requirements.txt)",
  ],
  ["a requirement without a version", { "requirements.txt": "langchain-anthropic\n" }, "newest"],
  [
    "the requirements of an installation with hashes",
    { "requirements.txt": "langchain-anthropic==1.3.2 \\\n    --hash=sha256:0" },
    "==1.3.2 (requirements.txt)",
  ],
  ["Pipfile", { Pipfile: '[packages]\nlangchain-anthropic = "==1.1.*"' }, "==1.1.* (Pipfile)"],
  [
    "setup.cfg",
    { "setup.cfg": "[options]\ninstall_requires =\n    langchain-anthropic>=1.4\n" },
    ">=1.4 (setup.cfg)",
  ],
  [
    "uv.lock",
    {
      "pyproject.toml": '[project]\ndependencies = ["langchain-anthropic>=1"]',
      "uv.lock":
        '[[package]]\nname = "langchain"\nversion = "1.1.0"\n\n[[package]]\nname = "langchain-anthropic"\nversion = "1.3.9"\n',
    },
    "1.3.9 (uv.lock)",
  ],
  [
    "poetry.lock alone",
    { "poetry.lock": '[[package]]\nname = "langchain-anthropic"\nversion = "1.3.9"\ndescription = ""\n' },
    "1.3.9 (poetry.lock)",
  ],
  [
    "Pipfile.lock",
    { "Pipfile.lock": '{"default": {"langchain-anthropic": {"hashes": [], "version": "==1.3.1"}}}' },
    "1.3.1 (Pipfile.lock)",
  ],
  ["a broken pyproject.toml", { "pyproject.toml": "[project" }, "newest"],
];

describe("the version that is stated for a file", () => {
  test.each(npmCases)("npm: %s", (_name, files, expected) => {
    expect(stated(files, ai)).toBe(expected);
  });

  test.each(pythonCases)("Python: %s", (_name, files, expected) => {
    expect(stated(files, anthropic, "src/agent.py")).toBe(expected);
  });
});

const ranges: readonly (readonly [PackageName["registry"], string, string, boolean])[] = [
  ["npm", "^5.0.0", "6.0.0", false],
  ["npm", "^5.0.0", "5.9.0", true],
  ["npm", ">=4", "7.0.0", true],
  ["npm", "5.0.12", "5.0.12", true],
  ["npm", "5.0.12", "5.0.13", false],
  ["npm", "7.0.0-beta.12", "7.0.0", true],
  ["npm", "^4.1.0 || ^6.0.0", "5.0.0", true],
  ["npm", "4.x", "4.3.0", true],
  ["pypi", ">=1.2,<2", "1.9", true],
  ["pypi", ">=1.2,<2", "2.0", false],
  ["pypi", "==1.2.*", "1.3.0", false],
  ["pypi", "==1.2.*", "1.2.5", true],
  ["pypi", "~=1.2.0", "1.3", false],
  ["pypi", "~=1.2", "1.9", true],
  ["pypi", ">1.4", "1.4.0", true],
  ["pypi", "<=1.4.0", "1.4.0", true],
  ["pypi", "<1.4.0", "1.4.0", false],
  ["pypi", "1.3.9", "1.4.0", false],
  ["pypi", ">=1.5", "1.4.0", true],
];

test.each(ranges)("%s: %s admits %s or later: %s", (registry, text, version, expected) => {
  expect(admits({ registry, text, file: "" }, version)).toBe(expected);
});
