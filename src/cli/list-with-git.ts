import { spawnSync } from "node:child_process";
import type { FolderListing } from "./discover-files.ts";

// In a hook git names its own repository in the environment; the folder to list may belong to another one.
const repositoryVariables = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"];

/**
 * The files of a folder that git tracks or does not ignore; undefined where there is no git, no repository, or one
 * that git does not trust. Repositories inside, submodules or not, are listed with their own ignore files.
 */
export function listWithGit(folder: string): FolderListing | undefined {
  return list(folder, 0);
}

// Deeper than any checkout; a repository inside itself ends here.
const maximumDepth = 20;

function list(folder: string, depth: number): FolderListing | undefined {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: "C" };
  for (const name of repositoryVariables) delete env[name];
  // A file system monitor is a command from the repository's settings: nothing of what is analyzed may be executed.
  const args = [
    "-C",
    folder,
    "-c",
    "core.fsmonitor=false",
    "ls-files",
    "-z",
    "-s",
    "--cached",
    "--others",
    "--exclude-standard",
  ];
  const { status, stdout, stderr } = spawnSync("git", args, { env, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (status !== 0) return undefined;

  const files: string[] = [];
  const unreadable = [...stderr.matchAll(/could not open directory '(.*?)\/?': (.*)/g)].map(
    ([, path, reason]) => ({
      path: path!,
      message: `${reason!}.`,
    }),
  );
  for (const entry of stdout.split("\0")) {
    if (entry === "") continue;
    // Tracked files have their mode and object in front; submodules the mode 160000, other repositories a slash behind.
    const [, mode, tracked] = /^(\d{6}) [0-9a-f]+ \d\t(.*)$/s.exec(entry) ?? [];
    const path = tracked ?? entry;
    if (mode !== "160000" && !path.endsWith("/")) {
      files.push(path);
      continue;
    }
    const inside = depth < maximumDepth ? list(`${folder}/${path}`, depth + 1) : undefined;
    const prefix = path.replace(/\/?$/, "/");
    for (const file of inside?.files ?? []) files.push(prefix + file);
    for (const { path: inner, message } of inside?.unreadable ?? [])
      unreadable.push({ path: prefix + inner, message });
  }
  return { files, unreadable };
}
