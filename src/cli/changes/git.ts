import { spawnSync } from "node:child_process";
import { UsageError } from "../usage-error.ts";

/**
 * What a git command prints in a folder. Nothing that the repository's own settings name is executed.
 * @throws UsageError with what git says
 */
export function git(cwd: string, args: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(
    "git",
    ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", ...args],
    {
      cwd,
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
      maxBuffer: 2 ** 30,
      ...(input !== undefined && { input }),
    },
  );
  if (error) throw new UsageError("git can't be started, and without it nobody knows what has changed.");
  if (status !== 0) {
    const [line = ""] = stderr.trim().split("\n");
    throw new UsageError(`git says: ${line.replace(/^fatal: /, "")}`);
  }
  return stdout;
}
