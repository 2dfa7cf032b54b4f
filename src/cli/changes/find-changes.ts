import { join } from "node:path";
import type { Changes, LineRange } from "../../engine/changes.ts";
import { shownPath } from "../discover-files.ts";
import { git } from "./git.ts";

/** What is compared with what: the files as they are with a commit, or the staged ones with the last commit. */
export type ComparedWith =
  { readonly kind: "since"; readonly reference: string } | { readonly kind: "staged" };

/** Comparing must not depend on settings, and must not run the filters a repository can name. */
const diffFlags = [
  "--unified=0",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--no-renames",
  "--src-prefix=a/",
  "--dst-prefix=b/",
];

/**
 * The files that differ, with their changed lines, by path relative to `cwd`. A comparison with a branch is one with
 * the commit at which this one left it, so what happened there since is no change of ours. New files count as a whole.
 * @throws UsageError where there is no repository or no such commit
 */
export function findChanges(compared: ComparedWith, cwd: string): Changes {
  const root = git(cwd, ["rev-parse", "--show-toplevel"]).trimEnd();
  const toPath = (path: string): string => shownPath(join(root, path), cwd);
  const changes = new Map<string, LineRange[]>();
  if (compared.kind === "staged") {
    compare(root, ["--cached"], toPath, changes);
    return changes;
  }
  const commit = git(root, [
    "rev-parse",
    "--verify",
    "--end-of-options",
    `${compared.reference}^{commit}`,
  ]).trim();
  const base = commonAncestor(root, commit) ?? commit;
  compare(root, [base], toPath, changes);
  for (const path of git(root, ["ls-files", "-z", "--others", "--exclude-standard"]).split("\0")) {
    if (path !== "") changes.set(toPath(path), [{ first: 1, last: Infinity }]);
  }
  return changes;
}

function compare(
  root: string,
  what: readonly string[],
  toPath: (path: string) => string,
  changes: Map<string, LineRange[]>,
): void {
  readDiff(git(root, ["diff", ...diffFlags, ...what, "--"]), toPath, changes);
  // Empty and binary files have no lines to show.
  for (const path of git(root, [
    "diff",
    "-z",
    "--name-only",
    "--no-renames",
    "--no-ext-diff",
    ...what,
    "--",
  ]).split("\0")) {
    if (path !== "" && !changes.has(toPath(path))) changes.set(toPath(path), [{ first: 1, last: Infinity }]);
  }
}

/** Undefined where histories have nothing in common, or too little of them was fetched. */
function commonAncestor(root: string, commit: string): string | undefined {
  try {
    return git(root, ["merge-base", commit, "HEAD"]).trim();
  } catch {
    return undefined;
  }
}

function readDiff(diff: string, toPath: (path: string) => string, changes: Map<string, LineRange[]>): void {
  let ranges: LineRange[] = [];
  let before = "";
  /** Lines of content still to come: these can look like anything. */
  let content = 0;
  for (const line of diff.split("\n")) {
    if (content > 0) {
      if (!line.startsWith("\\")) content--;
      continue;
    }
    // Of new and deleted files only one of the two lines has a name.
    const [, side, quoted, plain] =
      /^(---|\+\+\+) (?:"[ab]\/(.*)"|[ab]\/(.*?)\t?|\/dev\/null)$/.exec(line) ?? [];
    if (side === "---") before = unquote(quoted) ?? plain ?? "";
    if (side === "+++") {
      ranges = [];
      changes.set(toPath(unquote(quoted) ?? plain ?? before), ranges);
    }
    const [, taken = "1", first, added = "1"] = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (first === undefined) continue;
    content = Number(taken) + Number(added);
    const start = Number(first);
    // Where lines were only taken out, those around the gap have changed.
    ranges.push({ first: start, last: added === "0" ? start + 1 : start + Number(added) - 1 });
  }
}

/** A name with quotes, tabs or line ends in it is written as in C. */
function unquote(text: string | undefined): string | undefined {
  const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", '"': '"', "\\": "\\" };
  return text?.replaceAll(/\\(.)/g, (whole, character: string) => escapes[character] ?? whole);
}
