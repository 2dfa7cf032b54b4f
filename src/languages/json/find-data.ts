import type { Span } from "../../source/source-file.ts";
import type { DataValue } from "../../value/data-content.ts";
import type { ListValue, RecordValue, Value } from "../../value/value.ts";

/** An entry of a record or an element of a list, as data. */
export interface FoundItem {
  readonly holder: RecordValue | ListValue;
  readonly index: number;
  readonly value: Value;
  /** Of the value. */
  readonly span: Span;
}

/** The entry or element at exactly this place of some data; undefined where there is none, or more than one. */
export function findDataItem(values: readonly DataValue[], at: Span): FoundItem | undefined {
  const found: FoundItem[] = [];
  const visit = (value: Value): void => {
    for (const [index, item] of itemsOfData(value).entries()) {
      if (isAt(item.place, at)) {
        found.push({ holder: value as RecordValue | ListValue, index, value: item.value, span: item.span });
      }
      visit(item.value);
    }
  };
  for (const { value } of values) visit(value);
  return found.length === 1 ? found[0] : undefined;
}

/** The place of the text at exactly this place, or in the entry here. */
export function findDataText(values: readonly DataValue[], at: Span): Span | undefined {
  const item = findDataItem(values, at) ?? findDataValue(values, at);
  return item?.value.type === "text" ? item.span : undefined;
}

/** The place of the text that holds another place. */
export function findTextAround(values: readonly DataValue[], at: Span): Span | undefined {
  let found: Span | undefined;
  const visit = (value: Value): void => {
    for (const { value: inner, span } of itemsOfData(value)) {
      if (inner.type === "text" && span.start <= at.start && at.end <= span.end) found = span;
      visit(inner);
    }
  };
  for (const { value } of values) visit(value);
  return found;
}

/** The item whose value stands at exactly this place. */
export function findDataValue(values: readonly DataValue[], at: Span): FoundItem | undefined {
  const found: FoundItem[] = [];
  const visit = (value: Value): void => {
    for (const [index, item] of itemsOfData(value).entries()) {
      if (isAt(item.span, at)) {
        found.push({ holder: value as RecordValue | ListValue, index, value: item.value, span: item.span });
      }
      visit(item.value);
    }
  };
  for (const { value } of values) visit(value);
  return found.length === 1 ? found[0] : undefined;
}

/** The record at exactly this place; undefined where there is none, or more than one. */
export function findRecord(values: readonly DataValue[], at: Span): RecordValue | undefined {
  const found: RecordValue[] = [];
  const visit = (value: Value): void => {
    if (value.type === "record" && isAt(value.span, at)) found.push(value);
    for (const item of itemsOfData(value)) visit(item.value);
  };
  for (const { value } of values) visit(value);
  return found.length === 1 ? found[0] : undefined;
}

/** The entries or elements of a value, each with its own place and that of its value. */
export function itemsOfData(
  value: Value,
): readonly { readonly place: Span; readonly value: Value; readonly span: Span }[] {
  if (value.type === "record") {
    return [...value.entries.values()].map((entry) => ({
      place: entry.entrySpan,
      value: entry.value,
      span: entry.span,
    }));
  }
  if (value.type !== "list") return [];
  return value.elements.map((element) => ({ place: element.span, value: element.value, span: element.span }));
}

function isAt(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end && a.file === b.file;
}
