import type { Expr, FormattedValue, StringPiece, TextPiece } from "./ast.ts";
import { decodeFStringText, decodeStringContent, readStringShape } from "./string-literal.ts";
import type { TokenCursor } from "./token-cursor.ts";

type ParseField = (cursor: TokenCursor) => Expr;

/**
 * One or more string literals side by side: a constant, or a `JoinedStr` as soon as one of them is an f-string.
 * @param parseField reads the expression of a replacement field.
 */
export function parseStrings(cursor: TokenCursor, parseField: ParseField): Expr {
  const { start } = cursor;
  const values: StringPiece[] = [];
  let isPlain = true;
  for (;;) {
    if (cursor.kind === "string") values.push(parsePlain(cursor));
    else if (cursor.kind === "fStart") {
      isPlain = false;
      parseFString(cursor, values, parseField);
    } else break;
  }
  const end = cursor.lastEnd;
  if (!isPlain) return { type: "JoinedStr", values, start, end };
  return { type: "Constant", value: values.map((piece) => (piece as TextPiece).text).join(""), start, end };
}

function parsePlain(cursor: TokenCursor): TextPiece {
  const { text, start, end } = cursor;
  const shape = readStringShape(text, start, end);
  if (!shape.isClosed) cursor.fail("this string is not closed");
  cursor.next();
  const content = text.slice(shape.contentStart, shape.contentEnd);
  return {
    type: "Text",
    text: decodeStringContent(content, shape),
    start: shape.contentStart,
    end: shape.contentEnd,
  };
}

function parseFString(cursor: TokenCursor, values: StringPiece[], parseField: ParseField): void {
  const { start, end } = cursor;
  const isRaw = /r/i.test(cursor.text.slice(start, end));
  cursor.next();
  parsePieces(cursor, values, isRaw, parseField);
  if (cursor.kind !== "fEnd") cursor.fail("this f-string is not closed");
  if (cursor.end === cursor.start) cursor.fail("this f-string is not closed");
  cursor.next();
}

function parsePieces(
  cursor: TokenCursor,
  values: StringPiece[],
  isRaw: boolean,
  parseField: ParseField,
): void {
  for (;;) {
    const { kind, start, end } = cursor;
    if (kind === "fMiddle") {
      values.push({
        type: "Text",
        text: decodeFStringText(cursor.text.slice(start, end), isRaw),
        start,
        end,
      });
      cursor.next();
    } else if (cursor.is("{")) {
      values.push(cursor.nested(() => parseReplacement(cursor, isRaw, parseField)));
    } else return;
  }
}

function parseReplacement(cursor: TokenCursor, isRaw: boolean, parseField: ParseField): FormattedValue {
  const { start, end: afterBrace } = cursor;
  cursor.next();
  const value = parseField(cursor);
  let debug: TextPiece | undefined;
  if (cursor.eat("=")) {
    const end = cursor.start;
    debug = { type: "Text", text: cursor.text.slice(afterBrace, end), start: afterBrace, end };
  }
  const conversion = cursor.eat("!") ? parseConversion(cursor) : undefined;
  let format: StringPiece[] | undefined;
  if (cursor.eat(":")) {
    format = [];
    parsePieces(cursor, format, isRaw, parseField);
  }
  cursor.expect("}");
  return {
    type: "FormattedValue",
    value,
    ...(debug && { debug }),
    ...(conversion && { conversion }),
    ...(format && { format }),
    start,
    end: cursor.lastEnd,
  };
}

function parseConversion(cursor: TokenCursor): "r" | "s" | "a" {
  const { value } = cursor;
  if (value !== "r" && value !== "s" && value !== "a") cursor.fail("expected r, s or a behind '!'");
  cursor.next();
  return value;
}
