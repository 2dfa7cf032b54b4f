import { alignText, MappedText } from "../source/mapped-text.ts";
import type { Span } from "../source/source-file.ts";
import type { LiteralPart, TextPart } from "../value/value.ts";
import type { Run } from "./run.ts";

const code = /\.(?:pyi?|ipynb|[cm]?[jt]sx?)$/i;

const places = new WeakMap<LiteralPart, MappedText>();

/** Where a stretch of a literal stands in its file; all of the literal where that cannot be told. */
export function placeInLiteral(run: Run, part: LiteralPart, start: number, end: number): Span {
  const { span, text } = part;
  if (span.end - span.start === text.length) {
    return { file: span.file, start: span.start + start, end: span.start + end };
  }
  // Literals in code have escapes and quotes; whoever reads a finding there knows the literal.
  if (code.test(span.file)) return span;
  let mapped = places.get(part);
  if (!mapped) {
    const source = run.host.readText(span.file, span.file)?.text;
    mapped = new MappedText(source === undefined ? [part] : alignText(text, source, span));
    places.set(part, mapped);
  }
  return mapped.spanOf(start, end);
}

/** A stretch of a literal as a literal of its own. */
export function cutLiteral(run: Run, part: LiteralPart, start: number, end: number): LiteralPart {
  const text = part.text.slice(start, end);
  return code.test(part.span.file)
    ? { ...part, text }
    : { ...part, text, span: placeInLiteral(run, part, start, end) };
}

/**
 * What fills a placeholder of a text. In a file that holds no code, its holes stand at the placeholder; in code, where
 * they are given: the call that fills the text is as near.
 */
export function fillPlace(
  run: Run,
  part: LiteralPart,
  start: number,
  end: number,
  given: readonly TextPart[],
): readonly TextPart[] {
  if (code.test(part.span.file) || !given.some(({ kind }) => kind === "hole")) return given;
  const span = placeInLiteral(run, part, start, end);
  return given.map((each) => (each.kind === "hole" ? { ...each, span } : each));
}
