import { spawnSync } from "node:child_process";
import { UsageError } from "../usage-error.ts";

/**
 * What a git command prints in a folder. Nothing that the repository's own settings name is executed.
 * @throws UsageError with what git says
 */
export function git(cwd: string, args: readonly string[]): string {
  return runGit(cwd, args).toString("utf8");
}

/** As `git`, but gives bytes and takes some on standard input. */
export function runGit(cwd: string, args: readonly string[], input?: string): Buffer {
  const settings = ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false"];
  const { status, stdout, stderr, error } = spawnSync("git", [...settings, ...args], {
    cwd,
    env: { ...process.env, LC_ALL: "C" },
    maxBuffer: 2 ** 30,
    ...(input !== undefined && { input }),
  });
  if (error) throw new UsageError("git can't be started, and without it nobody knows what has changed.");
  if (status !== 0) {
    const [line = ""] = stderr.toString("utf8").trim().split("\n");
    throw new UsageError(`git says: ${line.replace(/^fatal: /, "")}`);
  }
  return stdout;
}
