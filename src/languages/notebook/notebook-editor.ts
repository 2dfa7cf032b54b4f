import type { Edit } from "../../source/edit.ts";
import type { SourceFile, Span } from "../../source/source-file.ts";
import type { SyntaxEditor } from "../edit.ts";
import { editPython } from "../python/python-editor.ts";
import { readPython } from "../python/python.ts";
import type { CellSource } from "./cell-source.ts";
import { blankMagics } from "./magics.ts";
import { pythonCellsOf } from "./notebook.ts";

/** An editor of the Python cells of a notebook: edits the source of a cell and writes it back as JSON. */
export function editNotebook(file: SourceFile): SyntaxEditor {
  const inCell = (
    places: readonly Span[],
    edit: (editor: SyntaxEditor, ...local: Span[]) => readonly Edit[] | undefined,
  ): readonly Edit[] | undefined => {
    const cell = pythonCellsOf(file).find(({ source }) =>
      places.every(({ start, end }) => source.start <= start && end <= source.end),
    );
    if (!cell) return undefined;
    const { source } = cell;
    const local = places.map(({ file: path, start, end }) => ({
      file: path,
      start: source.toTextOffset(start),
      end: source.toTextOffset(end - 1) + 1,
    }));
    // What stands for magics has their length, so that all offsets are those of the source.
    const editor = editPython(source.text, readPython(blankMagics(source.text), file.path));
    return edit(editor, ...local)?.map((one) => toFile(file, source, one));
  };
  return {
    remove: (at) => inCell([at], (editor, local) => editor.remove(local!)),
    setText: (at, text) => inCell([at], (editor, local) => editor.setText(local!, text)),
    addMark: (block, form, key, value) =>
      inCell([block], (editor, local) => editor.addMark?.(local!, form, key, value)),
    moveMark: (mark, block) => inCell([mark, block], (editor, from, to) => editor.moveMark?.(from!, to!)),
    moveBehind: (element, block, mark) =>
      inCell([element, block, mark ?? block], (editor, from, to, end) =>
        editor.moveBehind?.(from!, to!, mark && end),
      ),
    isolate: (entry) => inCell([entry], (editor, local) => editor.isolate?.(local!)),
    split: (block, hole, end, marks, isTail) =>
      inCell([block, hole, end, ...marks], (editor, first, second, third, ...others) =>
        editor.split?.(first!, second!, third!, others, isTail),
      ),
    wrap: (at, data, slot) => inCell([at], (editor, local) => editor.wrap?.(local!, data, slot)),
    sort: (at, key, onlyTexts) => inCell([at], (editor, local) => editor.sort?.(local!, key, onlyTexts)),
    addArgument: (at, name, value) =>
      inCell([at], (editor, local) => editor.addArgument?.(local!, name, value)),
    moveToText: (block, hole, to, data, slot) =>
      inCell([block, hole ?? block, to], (editor, first, second, third) =>
        editor.moveToText?.(first!, hole && second, third!, data, slot),
      ),
    moveToEnd: (hole) => inCell([hole], (editor, local) => editor.moveToEnd?.(local!)),
  };
}

/** An edit of a cell's source as one of the file. Lines are strings of their own where the cell has them so. */
function toFile(file: SourceFile, source: CellSource, { span: { start, end }, text }: Edit): Edit {
  const at = (from: number, to: number): Edit["span"] => ({ file: file.path, start: from, end: to });
  const { strings } = source;
  const first = strings.findIndex(({ textStart }) => textStart === start);
  const last = strings.findLastIndex(({ textEnd }) => textEnd === end);
  // Lines that are dropped as a whole take their strings with them.
  if (text === "" && end > start && first >= 0 && last >= first) {
    const next = strings[last + 1];
    const previous = strings[first - 1];
    if (next) return { span: at(strings[first]!.fileStart, next.fileStart), text: "" };
    if (previous) return { span: at(previous.fileEnd, strings[last]!.fileEnd), text: "" };
  }
  const from = source.toFileStart(start);
  const lines = text.split(/(?<=\n)/).map((line) => JSON.stringify(line).slice(1, -1));
  return {
    span: at(from, end > start ? source.toFileEnd(end) : from),
    text: lines.join(breakOf(file, source)),
  };
}

/** What stands between the strings of two lines, with their quotes; nothing where the source is one string. */
function breakOf({ text }: SourceFile, { strings: [first, second] }: CellSource): string {
  if (!first) return "";
  if (second) return `"${text.slice(first.fileEnd, second.fileStart)}"`;
  const space = /\[(\s*)$/.exec(text.slice(0, first.fileStart))?.[1];
  return space === undefined ? "" : `",${space}"`;
}
