import { readCacheControl, readCachePoint } from "../dialects/marks.ts";
import { viewRecord } from "../dialects/record-view.ts";
import { sourceOfLiteral, sourceOfValue, type DroppedMarks } from "../request/dropped-marks.ts";
import type { Span } from "../source/source-file.ts";
import type { OpaqueValue, Value } from "../value/value.ts";

/** Values that are looked at; larger ones are seen in part. */
const maximumValues = 2000;

/** Deepest nesting that is looked at: messages, content, blocks, and what a block holds. */
const maximumDepth = 8;

/** Longest way from a value to the list it was taken from. */
const maximumHops = 6;

/** The marks in a value that is dropped at `span`, of whichever dialect; undefined where it has none. */
export function readDroppedMarks(value: Value, span: Span): DroppedMarks | undefined {
  const marks: Span[] = [];
  const sources = new Set<string>();
  const literals: Span[] = [];
  let count = 0;
  const visit = (each: Value, depth: number): void => {
    if (depth > maximumDepth || ++count > maximumValues) return;
    if (each.type === "text") {
      for (const part of each.parts) {
        if (part.kind === "hole") addOpaque(part.hole);
        else {
          sources.add(sourceOfLiteral(part.span));
          literals.push(part.span);
        }
      }
    } else if (each.type === "list") {
      for (const element of each.elements) visit(element.value, depth + 1);
    } else if (each.type === "record" || each.type === "opaque") {
      if (each.type === "opaque") {
        addOpaque(each);
        if (each.list) visit(each.list, depth + 1);
      }
      const view = viewRecord(each)!;
      const mark = readCacheControl(view) ?? readCachePoint(view);
      if (mark) marks.push(mark.span);
      for (const rest of view.rest) if (rest !== each) addOpaque(rest);
      for (const entry of view.entries.values()) visit(entry.value, depth + 1);
    }
  };
  const addOpaque = (opaque: OpaqueValue): void => {
    let current: OpaqueValue | undefined = opaque;
    for (let hops = 0; current && hops < maximumHops; hops++) {
      sources.add(sourceOfValue(current.id));
      const { origin }: OpaqueValue = current;
      current =
        origin.kind === "element"
          ? origin.of
          : origin.kind === "member" || origin.kind === "index"
            ? origin.object
            : undefined;
    }
  };
  visit(value, 0);
  return marks.length > 0 ? { span, marks, sources, literals } : undefined;
}
