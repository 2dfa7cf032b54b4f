/**
 * How many brackets and conditional operators may stand inside one another. The parser recurses in native code and
 * takes the whole process down when its stack is full. With a stack of 1 MB oxc-parser 0.154.0 held 566 nested object
 * literals, 605 templates, 644 arrays, 1,424 conditional operators, and more of everything else (measured 2026-11-22
 * on Linux with Node 20).
 */
export const maximumNesting = 400;

interface Bracket {
  readonly closer: string;
  /** The conditional operators around it. */
  readonly conditions: number;
}

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Whether a character of this code counts: most do not, and a look into this table is quick. */
const counts = Uint8Array.from({ length: 128 }, (_, code) =>
  "()[]{}\"',;?\n".includes(String.fromCharCode(code)) ? 1 : 0,
);

/**
 * Finds the first place that is nested more than `maximumNesting` deep: its offset, or undefined. It counts without a
 * grammar, in one pass: a stray bracket in a comment or a template is forgotten when the bracket around it closes, and
 * conditional operators count up to the end of their statement, list element or line.
 */
export function findDeepNesting(text: string): number | undefined {
  if (!hasManyOpeners(text)) return undefined;
  const opened: Bracket[] = [];
  let conditions = 0;
  for (let at = 0; at < text.length; at++) {
    if (counts[text.charCodeAt(at)] !== 1) continue;
    const character = text.charAt(at);
    switch (character) {
      case '"':
      case "'":
        at = endOfString(text, at, character);
        break;
      case ")":
      case "]":
      case "}":
        conditions = close(opened, character) ?? conditions;
        break;
      case ",":
      case ";":
        conditions = opened.at(-1)?.conditions ?? 0;
        break;
      case "\n":
        if (conditions > 0 && !continuesCondition(text, at)) conditions = opened.at(-1)?.conditions ?? 0;
        break;
      case "?":
        // `?.`, `??`, and the `?` of optional names are no conditions.
        if ("?.:,)".includes(text.charAt(at + 1))) at++;
        else conditions++;
        break;
      default:
        opened.push({ closer: closers[character]!, conditions });
    }
    if (opened.length + conditions > maximumNesting) return at;
  }
  return undefined;
}

/** Whether there are enough openers to nest that deep at all. Most files have fewer, and searching is quick. */
function hasManyOpeners(text: string): boolean {
  let count = 0;
  for (const opener of "([{?") {
    for (let at = text.indexOf(opener); at >= 0; at = text.indexOf(opener, at + 1)) {
      if (++count > maximumNesting) return true;
    }
  }
  return false;
}

/** Closes up to the nearest bracket that this one fits, and gives the conditions that were pending in front of it. */
function close(opened: Bracket[], closer: string): number | undefined {
  let last = opened.length - 1;
  while (last >= 0 && opened[last]!.closer !== closer) last--;
  const bracket = opened[last];
  if (bracket) opened.length = last;
  return bracket?.conditions;
}

/** The offset of the quote that ends a string; that of the first one where no other follows on its line. */
function endOfString(text: string, start: number, quote: string): number {
  const code = quote.charCodeAt(0);
  for (let at = start + 1; at < text.length; at++) {
    const next = text.charCodeAt(at);
    if (next === code) return at;
    if (next === newline) return start;
    if (next === backslash) at++;
  }
  return start;
}

const newline = 0x0a;
const backslash = 0x5c;

/** Whether the line behind a line end goes on with a conditional operator. */
function continuesCondition(text: string, lineEnd: number): boolean {
  let at = lineEnd + 1;
  while (text.charAt(at) === " " || text.charAt(at) === "\t") at++;
  return text.charAt(at) === "?" || text.charAt(at) === ":";
}
