import type { Edit } from "../../source/edit.ts";
import type { SourceFile, Span } from "../../source/source-file.ts";
import type { DataContent } from "../../value/data-content.ts";
import type { RecordValue } from "../../value/value.ts";
import type { Data, SyntaxEditor } from "../edit.ts";
import { ListEditor, type DataSyntax } from "../list-editor.ts";
import type { SeparatedItems } from "../separated-items.ts";
import { findDataItem, findDataText, findRecord, itemsOfData, type FoundItem } from "./find-data.ts";

const syntax: DataSyntax = {
  comment: /\/\/[^\r\n]*|\/\*[\s\S]*?\*\//y,
  print,
  printEntry: (key, value, near) => `${JSON.stringify(key)}:${space(near)}${print(value, near)}`,
  wrap: (entries, near) => (/^\{[ \t]/.test(near) ? `{ ${entries} }` : `{${entries}}`),
};

/** An editor of JSON, of JSON with comments, and of JSON lines. @param content what was read of the file */
export function editJson(file: SourceFile, content: DataContent): SyntaxEditor {
  const { path, text } = file;
  const lists = new ListEditor(
    text,
    {
      item(at) {
        const found = findDataItem(content.values, at);
        return (
          found && {
            kind: found.holder.type === "record" ? "entry" : "element",
            list: separateData(found.holder),
            index: found.index,
          }
        );
      },
      record(at) {
        const record = findRecord(content.values, at);
        return record && separateData(record);
      },
    },
    syntax,
  );
  return {
    remove(at) {
      // An element without its only entry would be empty.
      const found = findDataItem(content.values, at);
      const isAlone = found && itemsOfData(found.holder).length === 1;
      const outer = isAlone ? findDataItem(content.values, found.holder.span) : undefined;
      return lists.remove(outer?.holder.type === "list" ? found!.holder.span : at);
    },
    addMark: (block, form, key, value) => lists.addMark(block, form, key, value),
    moveMark: (mark, block) => lists.moveMark(mark, block),
    moveBehind: (element, block, mark) => lists.moveBehind(element, block, mark),
    isolate: (entry) => lists.isolate(entry),
    setText(at: Span, value: string): readonly Edit[] | undefined {
      const span = findDataText(content.values, at);
      return span && [{ span: { ...span, file: path }, text: JSON.stringify(value) }];
    },
  };
}

/** The items of a record or a list between its brackets. */
export function separateData(holder: FoundItem["holder"] | RecordValue): SeparatedItems {
  const { start, end } = holder.span;
  return {
    start: start + 1,
    end: end - 1,
    items: itemsOfData(holder).map(({ place }) => ({ start: place.start, end: place.end })),
    owner: { start, end },
  };
}

function print(value: Data, near: string): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value))
    return `[${value.map((each: Data) => print(each, near)).join(`,${space(near)}`)}]`;
  const entries = Object.entries(value as Readonly<Record<string, Data>>).map(
    ([key, each]) => `${JSON.stringify(key)}:${space(near)}${print(each, near)}`,
  );
  return syntax.wrap(entries.join(`,${space(near)}`), near);
}

/** Written as densely as what stands near. */
function space(near: string): string {
  return /":\S/.test(near) ? "" : " ";
}
