/** Code units that mean something to the tokenizer. */
export const TAB = 9;
export const LF = 10;
export const FORM_FEED = 12;
export const CR = 13;
export const SPACE = 32;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const SINGLE_QUOTE = 39;
export const OPEN_PAREN = 40;
export const CLOSE_PAREN = 41;
export const PLUS = 43;
export const MINUS = 45;
export const DOT = 46;
export const COLON = 58;
export const EQUALS = 61;
export const AT = 64;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const UNDERSCORE = 95;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;
export const EXCLAMATION = 33;
export const BYTE_ORDER_MARK = 0xfeff;

/**
 * Where a string that begins with quotes at `quoteAt` ends, exclusive. A string that is not closed ends with its line,
 * or with the text when it has three quotes.
 */
export function findStringEnd(text: string, quoteAt: number, quoteLength: 1 | 3): number {
  const quote = text.charCodeAt(quoteAt);
  let at = quoteAt + quoteLength;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) {
      at += quoteLength === 1 && text.charCodeAt(at + 1) === CR && text.charCodeAt(at + 2) === LF ? 2 : 1;
    } else if (code === quote) {
      if (quoteLength === 1) return at + 1;
      if (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) return at + 3;
    } else if (quoteLength === 1 && (code === LF || code === CR)) return at;
  }
  return text.length;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Letters beyond ASCII are not told apart from other characters: a wrong one is a wrong name, not a wrong token. */
export function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === UNDERSCORE || code > 127;
}

export function isNamePart(code: number): boolean {
  return isNameStart(code) || isDigit(code);
}
