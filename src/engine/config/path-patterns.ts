import { createRequire } from "node:module";
import type { Ignore } from "ignore";

/** Tells whether a path, relative to the folder of the patterns, is named by them. */
export type PathMatcher = (path: string) => boolean;

/**
 * Patterns as in `.gitignore`: without a slash they match at any depth, a folder stands for all that is in it, and `!`
 * takes back. A path outside of the folder is never named.
 */
export function pathMatcher(patterns: readonly string[]): PathMatcher {
  if (patterns.length === 0) return () => false;
  // Loaded at its first use: most runs have no patterns.
  const ignore = createRequire(import.meta.url)("ignore") as typeof import("ignore");
  const matcher: Ignore = ignore({ ignorecase: false, allowRelativePaths: true }).add([...patterns]);
  return (path) => isInside(path) && matcher.ignores(path);
}

/** Patterns that match none of these paths. One that takes back is held against what it would match by itself. */
export function unusedPatterns(patterns: readonly string[], paths: readonly string[]): readonly number[] {
  return patterns.flatMap((pattern, index) => {
    const matches = pathMatcher([pattern.replace(/^!/, "")]);
    return paths.some(matches) ? [] : [index];
  });
}

function isInside(path: string): boolean {
  return (
    path !== "" && path !== "." && !path.startsWith("../") && path !== ".." && !/^(?:[A-Za-z]:)?\//.test(path)
  );
}
