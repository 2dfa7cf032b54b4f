import type { Span } from "../source/source-file.ts";
import type { TextPart, Value } from "./value.ts";

/** Plain data with other places: that of a text in another one, for example. */
export function movedData(value: Value, place: (span: Span) => Span): Value {
  switch (value.type) {
    case "text":
      return {
        type: "text",
        parts: value.parts.map((part): TextPart => ({ ...part, span: place(part.span) })),
      };
    case "list":
      return {
        ...value,
        span: place(value.span),
        elements: value.elements.map((element) => ({
          ...element,
          value: movedData(element.value, place),
          span: place(element.span),
        })),
      };
    case "record":
      return {
        ...value,
        span: place(value.span),
        entries: new Map(
          [...value.entries].map(([key, entry]) => [
            key,
            {
              ...entry,
              value: movedData(entry.value, place),
              span: place(entry.span),
              entrySpan: place(entry.entrySpan),
            },
          ]),
        ),
      };
    default:
      return value;
  }
}
