import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { counted } from "../../report/text-layout.ts";
import { analyze } from "../analyze.ts";
import type { Arguments } from "../arguments.ts";
import { configsIn, repositoryRoot } from "../config/find-configs.ts";
import type { Linter } from "../linter.ts";
import { codeOf, reasonOf } from "../read-file.ts";
import { UsageError } from "../usage-error.ts";
import { configText, gitlabText, preCommitText, workflowText, type Repository } from "./init-files.ts";

/** How `init` talks to the user. */
export interface InitPlace {
  readonly cwd: string;
  readonly version: string;
  write(text: string): unknown;
  /** Asks whether a file is to be written; undefined where nobody is there to answer. */
  readonly ask?: ((question: string) => Promise<boolean>) | undefined;
}

/**
 * Looks at what the folder holds, then writes a config, the hook of pre-commit and a workflow, whichever are not there
 * yet. What is there is never changed: its new lines are printed.
 * @throws UsageError where a file can't be written
 */
export async function init(args: Arguments, place: InitPlace, linter: Linter): Promise<void> {
  const { cwd, version, write } = place;
  const repository = await lookAt(args, cwd, version, linter);
  write(describe(repository));

  const existing = configsIn(cwd, true);
  if (existing[0] !== undefined) write(`${existing[0].slice(cwd.length + 1)} is there already.\n`);
  else await offer("promptlint.yaml", configText(repository), place);

  if (repositoryRoot(cwd) !== cwd) return;
  if (existsSync(join(cwd, ".pre-commit-config.yaml"))) {
    write(`\nFor .pre-commit-config.yaml, below "repos:":\n\n${preCommitText(repository, false)}`);
  } else {
    await offer(".pre-commit-config.yaml", preCommitText(repository, true), place);
  }
  if (existsSync(join(cwd, ".gitlab-ci.yml"))) {
    write(`\nFor .gitlab-ci.yml:\n\n${gitlabText(repository)}`);
  } else {
    await offer(".github/workflows/promptlint.yml", workflowText(repository), place);
  }
}

async function lookAt(args: Arguments, cwd: string, version: string, linter: Linter): Promise<Repository> {
  const { result, files } = await analyze(args, { cwd, identity: "" }, linter);
  const sdks = new Map<string, number>();
  for (const { sdk } of result.requests) sdks.set(sdk, (sdks.get(sdk) ?? 0) + 1);
  const extensions = new Map<string, number>();
  for (const file of files) {
    const extension = extname(file).toLowerCase();
    extensions.set(extension, (extensions.get(extension) ?? 0) + 1);
  }
  const withoutModel = result.requests.filter(({ model }) => model === undefined).length;
  return {
    sdks,
    extensions,
    withoutModel,
    version,
    isInstalled: existsSync(join(cwd, "node_modules/promptlint")),
  };
}

function describe({ sdks, extensions, withoutModel }: Repository): string {
  const list = (counts: ReadonlyMap<string, number>): string =>
    [...counts]
      .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .map(([name, count]) => `${name} (${count})`)
      .join(", ");
  const requests = [...sdks.values()].reduce((sum, count) => sum + count, 0);
  return [
    `Files: ${extensions.size > 0 ? list(extensions) : "none that promptlint reads"}.`,
    `${counted(requests, "request")}${requests > 0 ? `: ${list(sdks)}` : ""}.`,
    ...(withoutModel > 0
      ? [`The model of ${counted(withoutModel, "request")} is not known: the config can name one.`]
      : []),
    "",
  ].join("\n");
}

async function offer(name: string, text: string, { cwd, write, ask }: InitPlace): Promise<void> {
  const path = join(cwd, name);
  if (existsSync(path)) {
    write(`${name} is there already.\n`);
    return;
  }
  if (ask && !(await ask(`Write ${name}?`))) return;
  try {
    mkdirSync(dirname(path), { recursive: true });
    // Never over a file that has come in the meantime.
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw new UsageError(`${name} can't be written. ${reasonOf(error)}`);
  }
  write(`Wrote ${name}.\n`);
}
