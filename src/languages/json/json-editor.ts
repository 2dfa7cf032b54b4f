import type { Edit } from "../../source/edit.ts";
import type { SourceFile, Span } from "../../source/source-file.ts";
import type { DataContent } from "../../value/data-content.ts";
import type { SyntaxEditor, TextEdit } from "../edit.ts";
import { removeItem, type ListSyntax, type SeparatedItems } from "../separated-items.ts";
import { findDataItem, findDataText, itemsOfData, type FoundItem } from "./find-data.ts";

const syntax: ListSyntax = { comment: /\/\/[^\r\n]*|\/\*[\s\S]*?\*\//y };

/** An editor of JSON, of JSON with comments, and of JSON lines. @param content what was read of the file */
export function editJson(file: SourceFile, content: DataContent): SyntaxEditor {
  const { path, text } = file;
  const edits = (list: readonly TextEdit[] | undefined): readonly Edit[] | undefined =>
    list?.map((edit) => ({ span: { file: path, start: edit.start, end: edit.end }, text: edit.text }));
  return {
    remove(at: Span) {
      const found = findDataItem(content.values, at);
      return found && edits(removeItem(text, separateData(found), found.index, syntax));
    },
    setText(at: Span, value: string) {
      const span = findDataText(content.values, at);
      return span && edits([{ start: span.start, end: span.end, text: JSON.stringify(value) }]);
    },
  };
}

/** The items of a record or a list between its brackets. */
export function separateData({ holder }: FoundItem): SeparatedItems {
  return {
    start: holder.span.start + 1,
    end: holder.span.end - 1,
    items: itemsOfData(holder).map(({ place: { start, end } }) => ({ start, end })),
  };
}
