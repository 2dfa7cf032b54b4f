/** What a repository turned out to hold. */
export interface Repository {
  /** Requests by the SDK that sends them. */
  readonly sdks: ReadonlyMap<string, number>;
  /** Linted files by extension. */
  readonly extensions: ReadonlyMap<string, number>;
  /** Requests whose model is not known. */
  readonly withoutModel: number;
  readonly version: string;
  /** Whether `node_modules/promptlint` is where the schema would be looked for. */
  readonly isInstalled: boolean;
}

/** The text of `promptlint.yaml`. */
export function configText({ sdks, withoutModel, isInstalled }: Repository): string {
  const schema = isInstalled
    ? "./node_modules/promptlint/schema.json"
    : "https://raw.githubusercontent.com/promptlint/promptlint/main/schema.json";
  const found = [...sdks.keys()].toSorted().join(", ");
  return [
    `# yaml-language-server: $schema=${schema}`,
    "# Keys: https://github.com/promptlint/promptlint/blob/main/docs/configuration.md",
    ...(found === "" ? [] : [`# Requests were found of: ${found}`]),
    "extends: promptlint:recommended",
    ...(withoutModel > 0
      ? [
          "",
          "# The model of requests whose own is not known: minimums and limits depend on it.",
          "# model: claude-sonnet-4-5",
        ]
      : []),
    "",
    "# How often a prefix is sent: it decides which TTL pays.",
    "# reuse: { secondsBetweenRequests: 600, requestsPerPrefix: 20 }",
    "",
  ].join("\n");
}

/** The lines of `.pre-commit-config.yaml`, with its first key where it is a file of its own. */
export function preCommitText({ version }: Repository, isWhole: boolean): string {
  const lines = [
    "  - repo: https://github.com/promptlint/promptlint",
    `    rev: v${version}`,
    "    hooks:",
    "      - id: promptlint",
  ];
  return `${[...(isWhole ? ["repos:"] : []), ...lines].join("\n")}\n`;
}

/** A workflow of GitHub Actions. */
export function workflowText({ version }: Repository): string {
  return [
    "name: promptlint",
    "on: [push, pull_request]",
    "permissions:",
    "  contents: read",
    "jobs:",
    "  promptlint:",
    "    runs-on: ubuntu-latest",
    "    steps:",
    "      - uses: actions/checkout@v7",
    "      - uses: actions/setup-node@v7",
    "        with: { node-version: 22 }",
    `      - uses: promptlint/promptlint@v${version}`,
    "",
  ].join("\n");
}

/** The job of a GitLab pipeline. */
export function gitlabText({ version }: Repository): string {
  return [
    "promptlint:",
    "  image: node:22",
    "  script:",
    `    - npx --yes promptlint@${version} --format gitlab --output-file gl-code-quality-report.json`,
    "  artifacts:",
    "    when: always",
    "    reports:",
    "      codequality: gl-code-quality-report.json",
    "",
  ].join("\n");
}
