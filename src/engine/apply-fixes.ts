import type { Fix } from "../rule/fix.ts";
import type { Edit } from "../source/edit.ts";

/** One replacement of a stretch of a text, by offsets. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The files of a fix, without repetition. */
export function filesOfFix({ edits }: Fix): readonly string[] {
  return [...new Set(edits.map(({ span }) => span.file))];
}

/**
 * What a fix does to one file as a single replacement, from its first edit to its last.
 * @param text the text of that file; the fix must have an edit of it
 */
export function mergeEdits(fix: Fix, file: string, text: string): Replacement {
  const edits = editsOf(fix, file);
  const start = edits[0]?.span.start ?? 0;
  let at = start;
  let merged = "";
  for (const { span, text: replacement } of edits) {
    merged += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return { start, end: at, text: merged };
}

/**
 * Applies fixes to texts: a fix as a whole or not at all. One that touches what an earlier one has changed waits for
 * the next pass.
 * @returns the texts that changed, by path, and how many fixes were applied
 */
export function applyFixes(
  fixes: readonly Fix[],
  textOf: (path: string) => string | undefined,
): { readonly texts: ReadonlyMap<string, string>; readonly applied: readonly Fix[] } {
  const taken = new Map<string, Replacement[]>();
  const applied: Fix[] = [];
  for (const fix of fixes) {
    const made: [string, Replacement][] = [];
    for (const path of filesOfFix(fix)) {
      const text = textOf(path);
      if (text !== undefined) made.push([path, mergeEdits(fix, path, text)]);
    }
    const isFree = made.every(([path, one]) => !taken.get(path)?.some((other) => touch(one, other)));
    if (!isFree || made.length < filesOfFix(fix).length || made.length === 0) continue;
    for (const [path, one] of made) taken.set(path, [...(taken.get(path) ?? []), one]);
    applied.push(fix);
  }
  const texts = [...taken].map(
    ([path, replacements]) => [path, replaceAll(textOf(path)!, replacements)] as const,
  );
  return { texts: new Map(texts), applied };
}

function editsOf({ edits }: Fix, file: string): readonly Edit[] {
  return edits
    .filter(({ span }) => span.file === file)
    .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function touch(a: Replacement, b: Replacement): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function replaceAll(text: string, replacements: readonly Replacement[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, text: replacement } of replacements.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}
