import type { Edit } from "../source/edit.ts";
import type { Span } from "../source/source-file.ts";
import type { Data, TextEdit } from "./edit.ts";
import {
  insertBehind,
  insertFirst,
  removeItem,
  type ListSyntax,
  type SeparatedItems,
} from "./separated-items.ts";

/** An item of a list that is written in the source. */
export interface OutlineItem {
  readonly kind: "entry" | "element" | "argument";
  readonly list: SeparatedItems;
  readonly index: number;
}

/** Where lists and records of a source stand. */
export interface Outline {
  /** The item at exactly this place; undefined where there is none, or more than one. */
  item(at: Span): OutlineItem | undefined;
  /** The entries of the record at exactly this place. */
  record(at: Span): SeparatedItems | undefined;
}

/** How data is written where lists stand. */
export interface DataSyntax extends ListSyntax {
  /** A value as an expression. @param near source whose quotes and spaces are taken over */
  print(value: Data, near: string): string;
  /** An entry of a record. */
  printEntry(key: string, value: Data, near: string): string;
  /** A record of entries that are written already. */
  wrap(entries: string, near: string): string;
}

/** Changes lists and records: in code, in JSON and in YAML's flow style. */
export class ListEditor {
  readonly #text: string;
  readonly #outline: Outline;
  readonly #syntax: DataSyntax;

  constructor(text: string, outline: Outline, syntax: DataSyntax) {
    this.#text = text;
    this.#outline = outline;
    this.#syntax = syntax;
  }

  /** Takes an item out. */
  remove(at: Span): readonly Edit[] | undefined {
    const item = this.#outline.item(at);
    return item && this.#edits(at, removeItem(this.#text, item.list, item.index, this.#syntax));
  }

  /** Puts a mark on a block: an entry of its own in it, or an element of its own behind it. */
  addMark(block: Span, form: "entry" | "element", key: string, value: Data): readonly Edit[] | undefined {
    const near = this.#source(block);
    if (form === "entry") return this.#append(block, this.#syntax.printEntry(key, value, near));
    return this.#insertBehind(block, this.#syntax.print({ [key]: value }, near));
  }

  /** Moves a mark to another block, in the form it has. */
  moveMark(mark: Span, block: Span): readonly Edit[] | undefined {
    const item = this.#outline.item(mark);
    const removed = this.remove(mark);
    if (!item || !removed) return undefined;
    const source = this.#source(mark);
    const added = item.kind === "element" ? this.#insertBehind(block, source) : this.#append(block, source);
    return added && [...removed, ...added];
  }

  /** Moves an element behind another one, or behind the mark that stands behind that. */
  moveBehind(element: Span, block: Span, mark: Span | undefined): readonly Edit[] | undefined {
    const end = mark ? this.endOf(block, [mark]) : block;
    if (!end || this.#outline.item(element)?.kind !== "element") return undefined;
    const removed = this.remove(element);
    const added = this.#insertBehind(end, this.#source(element));
    return removed && added && [...removed, ...added];
  }

  /**
   * The last element of a marked block: itself, or the mark behind it. Undefined where the mark is put on in another
   * way, so that it might come to stand on what is put behind the block.
   */
  endOf(block: Span, marks: readonly Span[]): Span | undefined {
    const item = this.#outline.item(block);
    const next = item?.kind === "element" ? item.list.items[item.index + 1] : undefined;
    const behind = next && marks.find(({ start, end }) => start === next.start && end === next.end);
    if (behind) return behind;
    return marks.some(({ start, end }) => block.start < start && end < block.end) ? block : undefined;
  }

  /** Makes an entry of an element an element of its own behind it. */
  isolate(entry: Span): readonly Edit[] | undefined {
    const item = this.#outline.item(entry);
    if (item?.kind !== "entry" || item.list.owner === undefined) return undefined;
    const owner = { ...entry, ...item.list.owner };
    const removed = this.remove(entry);
    const added = this.#insertBehind(owner, this.#syntax.wrap(this.#source(entry), this.#source(owner)));
    return removed && added && [...removed, ...added];
  }

  /** Puts an element that is written already behind another one. */
  insertSource(element: Span, source: string): readonly Edit[] | undefined {
    return this.#insertBehind(element, source);
  }

  /** Puts an element that is written already at the end of the list of another one. */
  insertLast(element: Span, source: string): readonly Edit[] | undefined {
    const item = this.#outline.item(element);
    if (item?.kind !== "element") return undefined;
    const last = item.list.items.length - 1;
    return this.#edits(element, insertBehind(this.#text, item.list, last, source, this.#syntax));
  }

  #insertBehind(element: Span, source: string): readonly Edit[] | undefined {
    const item = this.#outline.item(element);
    if (item?.kind !== "element") return undefined;
    return this.#edits(element, insertBehind(this.#text, item.list, item.index, source, this.#syntax));
  }

  #append(record: Span, source: string): readonly Edit[] | undefined {
    const list = this.#outline.record(record);
    if (!list) return undefined;
    const last = list.items.length - 1;
    const edits =
      last < 0
        ? insertFirst(this.#text, list, source)
        : insertBehind(this.#text, list, last, source, this.#syntax);
    return this.#edits(record, edits);
  }

  #source({ start, end }: Span): string {
    return this.#text.slice(start, end);
  }

  #edits({ file }: Span, edits: readonly TextEdit[] | undefined): readonly Edit[] | undefined {
    return edits?.map(({ start, end, text }) => ({ span: { file, start, end }, text }));
  }
}
