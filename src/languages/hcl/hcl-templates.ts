import type { Span } from "../../source/source-file.ts";
import type { TextPart, Value } from "../../value/value.ts";
import type { HclReading } from "./hcl-reading.ts";

/** Reads the expression between two tokens; the second one is not a part of it. */
export type ReadExpression = (index: number, end: number) => Value;

/** A piece of a template on the way to a part of the text. */
type Piece =
  | { readonly kind: "literal"; readonly span: Span; text: string }
  | { readonly kind: "value"; readonly span: Span; readonly value: Value };

/**
 * The value of a text in quotes or of a heredoc. A text that is nothing but one `${...}` is the value of that; values in
 * text are holes, and so is a stretch between `%{ if }` or `%{ for }` and its end, because what remains of it is unknown.
 * @param open the token that opens the text
 */
export function readTemplate(reading: HclReading, open: number, read: ReadExpression): Value {
  const { text } = reading.at(open);
  const isQuoted = text === '"';
  const pieces = piecesOf(reading, open, read);
  const [only] = pieces;
  if (isQuoted && pieces.length === 1 && only?.kind === "value") return only.value;
  if (text.startsWith("<<-")) dropIndentation(reading, pieces);
  trimAtMarkers(reading, pieces);
  const parts = pieces.flatMap((piece): readonly TextPart[] => {
    if (piece.kind === "value") return partsOf(reading, piece.value, piece.span);
    const literal = isQuoted ? unescaped(piece.text) : piece.text;
    const cooked = literal.replaceAll(/([$%])\1\{/g, "$1{");
    return cooked === "" ? [] : [{ kind: "literal", text: cooked, span: piece.span }];
  });
  return { type: "text", parts };
}

function piecesOf(reading: HclReading, open: number, read: ReadExpression): Piece[] {
  const { close } = reading.at(open);
  const pieces: Piece[] = [];
  let index = open + 1;
  while (index < close) {
    const token = reading.at(index);
    const behind = reading.behind(index);
    if (token.kind === "text")
      pieces.push({ kind: "literal", span: reading.span(index, index), text: token.text });
    else if (token.text.startsWith("%")) {
      const end = directiveEnd(reading, index, close);
      const span = reading.span(index, end - 1);
      pieces.push({ kind: "value", span, value: reading.unknown(undefined, span) });
      index = end;
      continue;
    } else if (token.kind === "open" && token.close >= 0) {
      pieces.push({
        kind: "value",
        span: reading.span(index, token.close),
        value: read(index + 1, token.close),
      });
    }
    index = behind;
  }
  return pieces;
}

/** Behind the directive that ends this one, or behind this one where it stands alone. */
function directiveEnd(reading: HclReading, index: number, limit: number): number {
  let open = 0;
  for (let at = index; at < limit; at = reading.behind(at)) {
    if (!reading.at(at).text.startsWith("%{") || !reading.is(at, "open")) continue;
    const { text: word } = reading.at(reading.behindLines(at + 1));
    if (word === "if" || word === "for") open++;
    if (word === "endif" || word === "endfor") open--;
    if (open <= 0) return reading.behind(at);
  }
  reading.problemAt("Nothing ends this directive.", index);
  return limit;
}

function partsOf(reading: HclReading, value: Value, span: Span): readonly TextPart[] {
  if (value.type === "text") return value.parts;
  if (value.type === "constant") return [{ kind: "literal", text: String(value.value), span }];
  const hole = value.type === "opaque" ? value : reading.unknown(undefined, span);
  return [{ kind: "hole", hole, span, frame: undefined }];
}

/** `<<-` takes the indentation of the line that has least of it from all lines; empty lines do not count. */
function dropIndentation({ file }: HclReading, pieces: readonly Piece[]): void {
  const isAtLineStart = ({ span }: Piece): boolean => file.text[span.start - 1] === "\n";
  const linesOf = ({ text }: Extract<Piece, { kind: "literal" }>): readonly string[] => text.split(/(?<=\n)/);
  let least = Infinity;
  for (const piece of pieces) {
    if (piece.kind === "value") {
      if (isAtLineStart(piece)) least = 0;
      continue;
    }
    for (const line of linesOf(piece).slice(isAtLineStart(piece) ? 0 : 1)) {
      if (line.trim() !== "" || !line.endsWith("\n"))
        least = Math.min(least, /^[ \t]*/.exec(line)![0].length);
    }
  }
  if (least === Infinity) return;
  for (const piece of pieces) {
    if (piece.kind === "value") continue;
    const first = isAtLineStart(piece) ? 0 : 1;
    piece.text = linesOf(piece)
      .map((line, index) =>
        index < first || (line.trim() === "" && line.endsWith("\n")) ? line : line.slice(least),
      )
      .join("");
  }
}

/** `${~ x ~}` takes the white space in front of it and behind it away. */
function trimAtMarkers({ file }: HclReading, pieces: readonly Piece[]): void {
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === "literal") continue;
    const written = file.text.slice(piece.span.start, piece.span.end);
    const [before, after] = [pieces[index - 1], pieces[index + 1]];
    if (/^.\{~/.test(written) && before?.kind === "literal") before.text = before.text.trimEnd();
    if (written.endsWith("~}") && after?.kind === "literal") after.text = after.text.trimStart();
  }
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescaped(raw: string): string {
  return raw.replaceAll(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs, (_, short, long, sign: string) => {
    const digits = (short ?? long) as string | undefined;
    if (digits === undefined) return escapes[sign] ?? sign;
    const code = Number.parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "\uFFFD";
  });
}
