import type { TextEdit } from "./edit.ts";
import type { Stretch } from "./separated-items.ts";

/** Any line end of a file. */
const lineEnds = /\r\n|\n|\r/g;

/** The lines of a file that a stretch stands in, their line end included; undefined for the last one without. */
export function fileLinesAround(text: string, { start, end }: Stretch): Stretch | undefined {
  const before = [...text.slice(0, start).matchAll(lineEnds)].at(-1);
  const next = [...text.slice(end).matchAll(lineEnds)][0];
  if (!next) return undefined;
  return {
    start: before ? before.index + before[0].length : 0,
    end: end + next.index + next[0].length,
  };
}

/**
 * Moves lines to the end of the text they stand in, in front of what only indents its closing quotes. The empty line
 * that set them off from what follows sets them off from what is in front of them then.
 * @param content the text; @param lineEnd how a line end is written in it
 */
export function moveLinesToEnd(
  text: string,
  lines: Stretch,
  content: Stretch,
  lineEnd: RegExp = lineEnds,
): readonly TextEdit[] | undefined {
  const moved = text.slice(lines.start, lines.end);
  const lineBreak = [...moved.matchAll(lineEnd)].at(-1)?.[0];
  const rest = text.slice(lines.end, content.end);
  if (lineBreak === undefined || rest.trim() === "") return undefined;
  const isFirst = text.slice(content.start, lines.start).trim() === "";
  const isSetOff = isFirst && rest.startsWith(lineBreak);
  const removal = { start: lines.start, end: lines.end + (isSetOff ? lineBreak.length : 0), text: "" };
  const lead = isSetOff ? lineBreak : "";
  const last = [...rest.matchAll(lineEnd)].at(-1);
  const tail = last ? rest.slice(last.index + last[0].length) : rest;
  if (last && tail.trim() === "") {
    const at = lines.end + last.index + last[0].length;
    return [removal, { start: at, end: at, text: lead + moved }];
  }
  return [
    removal,
    { start: content.end, end: content.end, text: lineBreak + lead + moved.slice(0, -lineBreak.length) },
  ];
}
