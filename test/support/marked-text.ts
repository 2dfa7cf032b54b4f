/** A stretch of text with a word about it. */
export interface Mark {
  readonly label: string;
  readonly text: string;
  /** Offset into the text without the marks. */
  readonly start: number;
}

/** Takes lines like `    ^^^^ label` out of a text; the carets mean what stands above them. */
export function readMarks(marked: string): { readonly text: string; readonly marks: readonly Mark[] } {
  const kept: string[] = [];
  const marks: Mark[] = [];
  let offset = 0;
  let lineStart = 0;
  for (const line of marked.split("\n")) {
    const mark = /^( *)(\^+) (\w+)$/.exec(line);
    if (mark) {
      const [, indent, carets, label] = mark as unknown as [string, string, string, string];
      const start = lineStart + indent.length;
      const above = kept.at(-1) ?? "";
      marks.push({ label, text: above.slice(indent.length, indent.length + carets.length), start });
    } else {
      kept.push(line);
      lineStart = offset;
      offset += line.length + 1;
    }
  }
  return { text: kept.join("\n"), marks };
}
