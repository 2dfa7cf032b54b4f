// Characters that take two columns in a terminal: East Asian wide forms and emoji shown as pictures.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const combining = /\p{Mn}|\p{Me}/u;
const ascii = /^[\x20-\x7e]*$/;

/** Columns a text takes in a terminal; it must not hold control characters. */
export function columnsOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += wide.test(character) ? 2 : combining.test(character) ? 0 : 1;
  return columns;
}

/** The text, filled up with blanks to a number of columns; longer text is returned as it is. */
export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

/** As `padEnd`, with the blanks in front. */
export function padStart(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - columnsOf(text))) + text;
}

/** The beginning of a text that fits into some columns, with `…` where something was cut. */
export function clip(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = "";
  let used = 0;
  for (const character of text) {
    used += columnsOf(character);
    if (used > columns - 1) break;
    kept += character;
  }
  return columns < 1 ? "" : kept.trimEnd() + "…";
}

/**
 * Breaks text at blanks into lines of at most `width` columns; the first line may be narrower by `firstIndent`. A
 * word that is longer than a line gets one of its own.
 */
export function wrap(text: string, width: number, firstIndent = 0): string[] {
  const lines: string[] = [];
  let line = "";
  let used = firstIndent;
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const columns = columnsOf(word);
    if (line === "") {
      line = word;
      used += columns;
    } else if (used + 1 + columns <= width) {
      line += ` ${word}`;
      used += 1 + columns;
    } else {
      lines.push(line);
      line = word;
      used = columns;
    }
  }
  return [...lines, line];
}

/** `1 file`, `2 files`; numbers have a comma before each group of three digits. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}

/** A whole number with a comma before each group of three digits. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}
