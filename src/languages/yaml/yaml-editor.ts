import type { Edit } from "../../source/edit.ts";
import type { SourceFile, Span } from "../../source/source-file.ts";
import type { DataContent } from "../../value/data-content.ts";
import type { SyntaxEditor, TextEdit } from "../edit.ts";
import {
  findDataItem,
  findDataText,
  findTextAround,
  itemsOfData,
  type FoundItem,
} from "../json/find-data.ts";
import { separateData } from "../json/json-editor.ts";
import { fileLinesAround, moveLinesToEnd } from "../text-lines.ts";
import { removeItem, type ListSyntax, type Stretch } from "../separated-items.ts";

const syntax: ListSyntax = { comment: /#[^\r\n]*/y };

/** An editor of YAML, in block and in flow style. @param content what was read of the file */
export function editYaml(file: SourceFile, content: DataContent): SyntaxEditor {
  const { path, text } = file;
  const edits = (list: readonly TextEdit[] | undefined): readonly Edit[] | undefined =>
    list?.map((edit) => ({ span: { file: path, start: edit.start, end: edit.end }, text: edit.text }));
  return {
    remove(at: Span) {
      const found = findDataItem(content.values, at);
      if (!found) return undefined;
      const isFlow = /[[{]/.test(text.charAt(found.holder.span.start));
      return edits(
        isFlow ? removeItem(text, separateData(found.holder), found.index, syntax) : removeBlock(text, found),
      );
    },
    setText(at: Span, value: string) {
      const span = findDataText(content.values, at);
      const quoted = span && quote(value, text.slice(span.start, span.end));
      return quoted === undefined ? undefined : edits([{ start: span!.start, end: span!.end, text: quoted }]);
    },
    moveToEnd(hole: Span) {
      const scalar = findTextAround(content.values, hole);
      const header = scalar && /^\|[-+\d]*[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(scalar.start, scalar.end));
      const lines = fileLinesAround(text, hole);
      if (!header || !lines) return undefined;
      // The lines of a literal block stand there as they are, each with the indentation of all.
      const start = scalar!.start + header[0].length;
      const end = scalar!.end;
      return lines.start < start || lines.end > end
        ? undefined
        : edits(moveLinesToEnd(text, lines, { start, end }));
    },
  };
}

function quote(text: string, replaced: string): string | undefined {
  if (/["'\\\r\n]/.test(text)) return undefined;
  const quotes = /^["']/.exec(replaced)?.[0];
  if (quotes !== undefined) return quotes + text + quotes;
  // Block scalars and what a plain scalar may mean beside text are left alone.
  return /^[|>&*!]/.test(replaced) || !/^\w[\w.-]*$/.test(text) || /^[\d.]+$/.test(text) ? undefined : text;
}

/** Takes out an entry or an element that stands on lines of its own, together with its dash or its key. */
function removeBlock(text: string, { holder, index }: FoundItem): readonly TextEdit[] | undefined {
  const items = itemsOfData(holder);
  const item = items[index]!.place;
  // With nothing left there would be no list and no record any more, but nothing at all.
  if (items.length < 2) return undefined;
  const dash = holder.type === "list" ? /-[ \t]+$/.exec(text.slice(0, item.start)) : undefined;
  if (dash === null) return undefined;
  const start = item.start - (dash?.[0].length ?? 0);
  const end = item.start + text.slice(item.start, item.end).trimEnd().length;
  const isPlain = !/(?:^|\s)#/.test(text.slice(start, end));
  if (!isPlain) return undefined;
  const lead = /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(0, start));
  const rest = /^[ \t]*(#[^\r\n]*)?(?:\r\n|\n|\r|$)/.exec(text.slice(end));
  if (!rest) return undefined;
  if (!lead) return moveUp(text, { start, end }, items[index + 1]?.place, rest[1] !== undefined);
  // The comment behind it stays.
  if (rest[1] !== undefined) return [{ start, end: end + rest[0].indexOf("#"), text: "" }];
  return [{ start: start - lead[1]!.length, end: end + rest[0].length, text: "" }];
}

/** Takes out the first entry of an element, `- key: value`: the next one comes to stand behind the dash. */
function moveUp(
  text: string,
  { start, end }: Stretch,
  next: Stretch | undefined,
  hasComment: boolean,
): readonly TextEdit[] | undefined {
  if (!next || hasComment || !/-[ \t]+$/.test(text.slice(0, start))) return undefined;
  return /^\s*$/.test(text.slice(end, next.start)) ? [{ start, end: next.start, text: "" }] : undefined;
}
