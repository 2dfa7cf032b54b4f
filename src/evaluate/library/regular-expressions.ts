import type { Span } from "../../source/source-file.ts";
import { literalText } from "../../value/inspect.ts";
import type { OpaqueValue, TextPart, TextValue, Value } from "../../value/value.ts";
import type { Run } from "../run.ts";
import { cutLiteral, fillPlace } from "../text-places.ts";
import { concatenate } from "../texts.ts";

/** Texts longer than this are searched for patterns without repetition only. */
const longestRepeated = 20_000;

/**
 * A pattern that cannot keep us busy: at most one open repetition, or one that looks for a placeholder, no repeated
 * group, no look around. Undefined for all others.
 */
function safePattern(source: string, flags: string, length: number): RegExp | undefined {
  const plain = source.replace(/\\./g, "_").replace(/\[[^\]]*\]/g, "_");
  const repetitions = plain.match(/[*+]|\{\d*,\d*\}/g)?.length ?? 0;
  if (repetitions > 0 && !isPlaceholder(source) && (repetitions > 1 || length > longestRepeated))
    return undefined;
  if (/\)[*+?{]|\(\?[=!]|\(\?<[=!]/.test(plain)) return undefined;
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

/**
 * Whether a pattern is that of a placeholder, `\{\{\s*(\w+)\s*\}\}`: it begins with a sign that is neither blank nor part of
 * a word, and repeats nothing but blanks and signs of words in turn. So it is tried at few places, and never goes back.
 */
function isPlaceholder(source: string): boolean {
  const atoms = source.match(/\\.[*+?]*|\[(?:\\.|[^\]\\])*\][*+?]*|\(\?<\w+>|[^\\[][*+?]?/g) ?? [];
  if (!/^(?:\\[^\w\s]|[^\w\s\\[(.^$])$/.test(atoms[0] ?? "")) return false;
  const repeated = atoms.filter((atom) => /.[*+]\??$/.test(atom)).map((atom) => atom.replace(/[*+]\??$/, ""));
  return repeated.every((atom, index) => {
    const isBlank = atom === "\\s" || atom === " ";
    const isWord = /^(?:\\[wd]|\[(?:\w-\w|[\w.]|\\[wd.-]|-(?=\]))+\])$/.test(atom);
    const wasBlank = index > 0 && /^(?:\\s| )$/.test(repeated[index - 1]!);
    return (isBlank && !wasBlank) || (isWord && (index === 0 || wasBlank));
  });
}

/** Whether a value is a regular expression that is written down. */
export function isPattern(value: Value): value is OpaqueValue {
  return (
    value.type === "opaque" && value.origin.kind === "unknown" && value.origin.reason === "regular expression"
  );
}

/** The pattern of a regular expression literal of JavaScript. */
export function literalPattern(run: Run, value: Value | undefined, length: number): RegExp | undefined {
  if (!value || !isPattern(value)) return undefined;
  const { file, start, end } = value.span;
  const match = /^\/(.*)\/([a-z]*)$/s.exec(run.host.readText(file, file)?.text.slice(start, end) ?? "");
  return match ? safePattern(match[1]!, match[2]!, length) : undefined;
}

/** A pattern of Python's, which is the same in JavaScript for what we let through. */
export function pythonPattern(value: Value | undefined, length: number): RegExp | undefined {
  const source = literalText(value);
  if (source === undefined || /\(\?(?!P<)|\\[AZbB]/.test(source)) return undefined;
  return safePattern(source.replaceAll("(?P<", "(?<"), "g", length);
}

/**
 * Replaces what a pattern matches in the literals of a text. `replacement` gives the parts for a match; undefined:
 * it can't be known, and so the whole can't.
 */
export function replacePattern(
  run: Run,
  value: TextValue,
  pattern: RegExp,
  replacement: (match: RegExpMatchArray, span: Span) => readonly TextPart[] | undefined,
): TextValue | undefined {
  const global = new RegExp(
    pattern.source,
    pattern.flags.includes("g") ? pattern.flags : `${pattern.flags}g`,
  );
  let done = false;
  let failed = false;
  const pieces = value.parts.map((part): readonly TextPart[] => {
    if (part.kind === "hole") return [part];
    const found: TextPart[] = [];
    let from = 0;
    for (const match of part.text.matchAll(global)) {
      if (done && !pattern.flags.includes("g")) break;
      const parts = replacement(match, part.span);
      if (!parts) failed = true;
      const end = match.index + match[0].length;
      if (match.index > from) found.push(cutLiteral(run, part, from, match.index));
      found.push(...fillPlace(run, part, match.index, end, parts ?? []));
      from = end;
      done = true;
    }
    if (from < part.text.length) found.push(cutLiteral(run, part, from, part.text.length));
    return found;
  });
  return failed ? undefined : concatenate(run, pieces);
}
