/** What the prefix and the quotes of a string literal say. */
export interface StringShape {
  readonly isRaw: boolean;
  readonly isBytes: boolean;
  /** Offset of the first character behind the opening quotes. */
  readonly contentStart: number;
  /** Offset of the closing quotes, or of the end of the literal when it is not closed. */
  readonly contentEnd: number;
  readonly isClosed: boolean;
}

/** Takes a string token apart; `start` and `end` are its offsets in `text`. */
export function readStringShape(text: string, start: number, end: number): StringShape {
  let at = start;
  while (text[at] !== '"' && text[at] !== "'") at += 1;
  const prefix = text.slice(start, at).toLowerCase();
  const quote = text.charAt(at);
  const quotes = text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
  const contentStart = at + quotes.length;
  const isClosed = end - quotes.length >= contentStart && text.endsWith(quotes, end);
  return {
    isRaw: prefix.includes("r"),
    isBytes: prefix.includes("b"),
    contentStart,
    contentEnd: isClosed ? end - quotes.length : end,
    isClosed,
  };
}

/** Stands for `\N{NAME}`, since a table of all character names would be larger than this program. */
const NAMED_CHARACTER = "\uFFFD";

const SIMPLE_ESCAPES = new Map([
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

const ESCAPE =
  /\\(?:\r\n|[\r\n]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[0-7]{1,3}|[\\'"abfnrtv])|\r\n?/g;

const LINE_END = /\r\n?/g;

/**
 * Decodes the text between the quotes of a literal. Line ends become `\n`, as Python reads source. An escape that
 * Python does not know stays as it is written.
 */
export function decodeStringContent(
  content: string,
  { isRaw, isBytes }: { isRaw: boolean; isBytes: boolean },
): string {
  if (isRaw) return content.includes("\r") ? content.replace(LINE_END, "\n") : content;
  if (!content.includes("\\") && !content.includes("\r")) return content;
  return content.replace(ESCAPE, (escape) => {
    if (escape.startsWith("\r")) return "\n";
    const letter = escape.charAt(1);
    if (letter === "\n" || letter === "\r") return "";
    const simple = SIMPLE_ESCAPES.get(letter);
    if (simple !== undefined) return simple;
    if (letter === "x") return String.fromCharCode(parseInt(escape.slice(2), 16));
    if (isBytes && /[uUN]/.test(letter)) return escape;
    if (letter === "N") return NAMED_CHARACTER;
    if (letter === "u") return String.fromCharCode(parseInt(escape.slice(2), 16));
    if (letter === "U") return toCharacter(parseInt(escape.slice(2), 16)) ?? escape;
    return String.fromCharCode(parseInt(escape.slice(1), 8));
  });
}

/** Decodes a literal piece of an f-string: doubled braces stand for one. */
export function decodeFStringText(content: string, isRaw: boolean): string {
  const escapes = { isRaw, isBytes: false };
  if (!content.includes("{{") && !content.includes("}}")) return decodeStringContent(content, escapes);
  // A doubled brace ends no escape but `\N{...}`, and none but that one begins with a brace: so the pieces between
  // doubled braces can be decoded one by one, once names are out of the way.
  const names = isRaw ? content : content.replace(/(?<!\\)((?:\\\\)*)\\N\{[^}]*\}/g, `$1${NAMED_CHARACTER}`);
  return names
    .split(/(\{\{|\}\})/)
    .map((piece) =>
      piece === "{{" || piece === "}}" ? piece.charAt(0) : decodeStringContent(piece, escapes),
    )
    .join("");
}

function toCharacter(codePoint: number): string | undefined {
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : undefined;
}
