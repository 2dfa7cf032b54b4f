import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import packageJson from "../../package.json" with { type: "json" };
import { gitlabText, workflowText, type Repository } from "../../src/cli/init/init-files.ts";
import { loadLinter } from "../../src/cli/load-linter.ts";
import { makeFolder, runCommand } from "./run-command.ts";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/ci.md"), "utf8");

/** The first snippet below a heading of the page. */
function snippet<Shape>(heading: string): Shape {
  const [, section] = page.split(`\n## ${heading}\n`);
  return parse(/```yaml\n([\s\S]*?)```/.exec(section!)![1]!) as Shape;
}

interface ActionStep {
  readonly uses: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly ActionStep[] }>>;
}

const gitlab = snippet<{
  promptlint: { script: string[]; artifacts: { when: string; reports: { codequality: string } } };
}>("GitLab").promptlint;
const bitbucket = snippet<{ pipelines: { default: { step: { script: string[] } }[] } }>("Bitbucket");
const circle = snippet<{
  jobs: Record<string, { steps: ("checkout" | { run?: string; store_test_results?: { path: string } })[] }>;
}>("CircleCI");
const circleSteps = circle.jobs["promptlint"]!.steps.flatMap((step) => (step === "checkout" ? [] : [step]));

const services = [
  { service: "GitLab", script: gitlab.script, collects: [gitlab.artifacts.reports.codequality] },
  // Folders in which it looks: https://support.atlassian.com/bitbucket-cloud/docs/test-reporting-in-pipelines/
  { service: "Bitbucket", script: bitbucket.pipelines.default[0]!.step.script, collects: ["test-results"] },
  {
    service: "CircleCI",
    script: circleSteps.flatMap(({ run }) => run ?? []),
    collects: circleSteps.flatMap(({ store_test_results: stored }) => stored?.path ?? []),
  },
];

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => (folder = makeFolder()));
afterEach(() => folder.remove());

const short = `import anthropic

anthropic.Anthropic().messages.create(
    model="claude-sonnet-4-5",
    max_tokens=100,
    system=[{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}],
    messages=[{"role": "user", "content": "Hello"}],
)
`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder.path, path)), { recursive: true });
  writeFileSync(join(folder.path, path), text);
}

/** Runs a line of a script, which takes the released package, with the command as it is here. */
function runLine(line: string) {
  const [, argv] = /^npx --yes promptlint@\S+ (.+)$/.exec(line)!;
  return runCommand(argv!.split(" "), folder.path, { linter: loadLinter() });
}

describe.each(services)("$service", ({ script, collects }) => {
  test("runs this version, and nothing else", () => {
    expect(script.map((line) => line.split(" ", 3))).toEqual([
      ["npx", "--yes", `promptlint@${packageJson.version}`],
    ]);
  });

  test.each([
    ["fails for a finding", short, 1],
    ["passes without one", short.replace(', "cache_control": {"type": "ephemeral"}', ""), 0],
  ])("%s, and leaves a report where it is collected", async (_, text, code) => {
    write("agent.py", text);
    const outcome = await runLine(script[0]!);
    expect(outcome.code, outcome.stderr).toBe(code);
    const [, report] = /--output-file (\S+)/.exec(script[0]!)!;
    expect(collects.some((path) => report === path || report!.startsWith(`${path}/`))).toBe(true);
    const written = readFileSync(join(folder.path, report!), "utf8");
    expect(written.includes("min-prefix-tokens")).toBe(code === 1);
  });
});

test("GitLab is given what it documents, also after a failure", async () => {
  write("agent.py", short);
  await runLine(gitlab.script[0]!);
  const report = readFileSync(join(folder.path, gitlab.artifacts.reports.codequality), "utf8");
  // https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
  expect(JSON.parse(report)).toEqual([
    {
      description: expect.any(String),
      check_name: "min-prefix-tokens",
      fingerprint: expect.any(String),
      severity: expect.stringMatching(/^(?:info|minor|major|critical|blocker)$/),
      location: { path: "agent.py", lines: { begin: 6, end: 6 } },
    },
  ]);
  expect(gitlab.artifacts.when).toBe("always");
});

describe("GitHub", () => {
  const workflow = snippet<Workflow>("GitHub Actions");
  const { steps } = workflow.jobs["promptlint"]!;
  const own = steps.find(({ uses }) => uses.startsWith("promptlint/"))!;

  test("sets inputs that the action of this version has", () => {
    const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as { inputs: object };
    expect(own.uses).toBe(`promptlint/promptlint@v${packageJson.version}`);
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(own.with!)));
  });

  test("may send what it is told to send, and has the commits that it compares", () => {
    expect(own.with).toMatchObject({ sarif: true, since: expect.stringContaining("origin/") });
    expect(workflow.permissions).toEqual({ contents: "read", "security-events": "write" });
    expect(steps[0]).toMatchObject({ uses: expect.stringMatching(/^actions\/checkout@v\d+$/) });
    expect(steps[0]!.with).toEqual({ "fetch-depth": 0 });
  });
});

describe("`promptlint init` writes", () => {
  const repository: Repository = {
    sdks: new Map(),
    extensions: new Map(),
    withoutModel: 0,
    version: packageJson.version,
    isInstalled: false,
  };

  test("the same actions", () => {
    const made = parse(workflowText(repository)) as Workflow;
    const usesOf = ({ jobs }: Workflow) => jobs["promptlint"]!.steps.map(({ uses }) => uses);
    expect(usesOf(made)).toEqual(usesOf(snippet("GitHub Actions")));
  });

  test("the same job for GitLab", () => {
    expect(parse(gitlabText(repository))).toEqual(snippet("GitLab"));
  });
});

test("pre-commit is told hooks that there are, of this version", () => {
  const { repos } = snippet<{ repos: { rev: string; hooks: { id: string }[] }[] }>("pre-commit");
  const hooks = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8")) as { id: string }[];
  expect(repos[0]!.rev).toBe(`v${packageJson.version}`);
  expect(hooks.map(({ id }) => id)).toEqual(expect.arrayContaining(repos[0]!.hooks.map(({ id }) => id)));
});
