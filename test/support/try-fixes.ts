import type { EngineResult } from "../../src/engine/lint-files.ts";
import { codeLanguages } from "../../src/engine/project.ts";
import { applyTextEdits } from "../../src/languages/edit.ts";
import type { Finding } from "../../src/rule/finding.ts";
import type { Fix } from "../../src/rule/fix.ts";
import { SourceFile, type Span } from "../../src/source/source-file.ts";

/** One fix or suggestion of one finding, with what is wrong with it; nothing where it is right. */
export interface TriedFix {
  readonly ruleId: string;
  readonly kind: "fix" | "suggestion";
  readonly description: string;
  readonly faults: readonly string[];
  /** The files it changed, as they are afterwards. */
  readonly texts: Readonly<Record<string, string>>;
}

type Texts = Readonly<Record<string, string>>;

/**
 * Applies each fix and each suggestion of some findings by itself, and lints again: the finding has to be gone, no
 * other may have come, what comes out must parse, and all comments must still be there.
 */
export function tryFixes(
  texts: Texts,
  lint: (texts: Texts) => EngineResult,
  ruleId?: string,
): readonly TriedFix[] {
  const before = lint(texts);
  return before.findings
    .filter((finding) => ruleId === undefined || finding.ruleId === ruleId)
    .flatMap((finding) => {
      const offers = [
        ...(finding.fix ? [["fix", finding.fix] as const] : []),
        ...(finding.suggestions ?? []).map((one) => ["suggestion", one] as const),
      ];
      return offers.map(([kind, fix]): TriedFix => {
        const after = applyFix(texts, fix);
        const faults = faultsOf(finding, fix, texts, after, before, lint(after));
        const changed = Object.entries(after).filter(([path, text]) => text !== texts[path]);
        return {
          ruleId: finding.ruleId,
          kind,
          description: fix.description,
          faults,
          texts: Object.fromEntries(changed),
        };
      });
    });
}

/** The texts with a fix applied. */
export function applyFix(texts: Texts, { edits }: Fix): Texts {
  const result = { ...texts };
  for (const path of new Set(edits.map(({ span }) => span.file))) {
    const own = edits.filter(({ span }) => span.file === path);
    result[path] = applyTextEdits(
      texts[path]!,
      own.map(({ span, text }) => ({ start: span.start, end: span.end, text })),
    );
  }
  return result;
}

function faultsOf(
  finding: Finding,
  fix: Fix,
  texts: Texts,
  changed: Texts,
  before: EngineResult,
  after: EngineResult,
): string[] {
  const faults: string[] = [];
  const key = ({ ruleId }: Finding, { file, start }: Span): string => `${ruleId} ${file} ${start}`;
  const known = new Set(before.findings.map((one) => key(one, moved(one.at, fix))));
  const found = after.findings.map((one) => ({ one, name: key(one, one.at) }));
  const own = key(finding, moved(finding.at, fix));
  if (found.some(({ name }) => name === own)) faults.push(`The finding is still there: ${finding.message}`);
  for (const { one, name } of found) {
    if (!known.has(name)) faults.push(`A new finding of ${one.ruleId}: ${one.message}`);
  }
  if (after.problems.length > before.problems.length)
    faults.push(`It does not parse: ${after.problems.at(-1)!.message}`);
  for (const path of Object.keys(texts)) {
    const left = commentsOf(path, changed[path]!);
    const lost = commentsOf(path, texts[path]!).filter((comment) => {
      const at = left.indexOf(comment);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    if (lost.length > 0) faults.push(`Lost comments: ${lost.join(" / ")}`);
  }
  return faults;
}

/** Where a place has moved to; a place inside of an edit has moved to its beginning. */
function moved({ file, start, end }: Span, { edits }: Fix): Span {
  let shift = 0;
  for (const { span, text } of edits) {
    if (span.file !== file || span.start > start) continue;
    if (span.end <= start) shift += text.length - (span.end - span.start);
    else shift -= start - span.start;
  }
  return { file, start: start + shift, end: end + shift };
}

function commentsOf(path: string, text: string): string[] {
  const language = codeLanguages.find(({ extensions }) =>
    extensions.some((extension) => path.endsWith(extension)),
  );
  if (language) return language.read(new SourceFile(path, text)).comments.map((comment) => comment.text);
  if (/\.ya?ml$/.test(path)) return [...text.matchAll(/(?:^|\s)#.*/gm)].map(([comment]) => comment.trim());
  if (/\.(?:j2|jinja2?)$/.test(path))
    return [...text.matchAll(/\{#[\s\S]*?#\}/g)].map(([comment]) => comment);
  return [...text.matchAll(/\/\/.*|\{\{!.*?\}\}/g)].map(([comment]) => comment);
}
