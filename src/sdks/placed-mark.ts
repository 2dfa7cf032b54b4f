import type { RecordEntryValue } from "../value/value.ts";

/** A mark in an object that is kept under a name stands where that object is given to something: at `holder`. */
export function placedMark(mark: RecordEntryValue, holder: RecordEntryValue): RecordEntryValue {
  const { file, start, end } = mark.entrySpan;
  const { entrySpan } = holder;
  const isInline = file === entrySpan.file && start >= entrySpan.start && end <= entrySpan.end;
  return isInline ? mark : { ...mark, entrySpan };
}
