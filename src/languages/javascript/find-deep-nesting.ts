/**
 * How many brackets and conditional operators may stand inside one another. The parser recurses in native code and
 * takes the whole process down when its stack is full. With a stack of 1 MB oxc-parser 0.154.0 held 566 nested object
 * literals, 605 templates, 644 arrays, 1,424 conditional operators, and more of everything else (measured 2026-11-22
 * on Linux with Node 20).
 */
export const maximumNesting = 400;

interface Bracket {
  readonly closer: number;
  /** The conditional operators around it. */
  readonly conditions: number;
}

/**
 * Finds the first place that is nested more than `maximumNesting` deep: its offset, or undefined. It counts without a
 * grammar, in one pass: a stray bracket in a comment or a template is forgotten when the bracket around it closes, and
 * conditional operators count up to the end of their statement, list element or line.
 */
export function findDeepNesting(text: string): number | undefined {
  const opened: Bracket[] = [];
  let conditions = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    switch (code) {
      case character.doubleQuote:
      case character.singleQuote:
        at = endOfString(text, at, code);
        break;
      case character.openParenthesis:
        opened.push({ closer: character.closeParenthesis, conditions });
        break;
      case character.openBracket:
        opened.push({ closer: character.closeBracket, conditions });
        break;
      case character.openBrace:
        opened.push({ closer: character.closeBrace, conditions });
        break;
      case character.closeParenthesis:
      case character.closeBracket:
      case character.closeBrace:
        conditions = close(opened, code) ?? conditions;
        break;
      case character.comma:
      case character.semicolon:
        conditions = opened.at(-1)?.conditions ?? 0;
        break;
      case character.newline:
        if (!continuesCondition(text, at)) conditions = opened.at(-1)?.conditions ?? 0;
        break;
      case character.question:
        if (/[?.:,)]/.test(text.charAt(at + 1))) at++;
        else conditions++;
        break;
      default:
        continue;
    }
    if (opened.length + conditions > maximumNesting) return at;
  }
  return undefined;
}

const character = {
  newline: 0x0a,
  doubleQuote: 0x22,
  singleQuote: 0x27,
  openParenthesis: 0x28,
  closeParenthesis: 0x29,
  comma: 0x2c,
  semicolon: 0x3b,
  question: 0x3f,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** Closes up to the nearest bracket that this one fits, and gives the conditions that were pending in front of it. */
function close(opened: Bracket[], closer: number): number | undefined {
  const index = opened.findLastIndex((bracket) => bracket.closer === closer);
  if (index < 0) return undefined;
  const pending = opened[index]!.conditions;
  opened.length = index;
  return pending;
}

/** The offset of the quote that ends a string; that of the first one where no other follows on its line. */
function endOfString(text: string, start: number, quote: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === character.newline) return start;
    if (code === character.backslash) at++;
  }
  return start;
}

/** Whether the line behind a line end goes on with a conditional operator. */
function continuesCondition(text: string, newline: number): boolean {
  let at = newline + 1;
  while (text.charAt(at) === " " || text.charAt(at) === "\t") at++;
  return text.charAt(at) === "?" || text.charAt(at) === ":";
}
