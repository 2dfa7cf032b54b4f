import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import type { Span } from "../../source/source-file.ts";
import { asList, literalText } from "../../value/inspect.ts";
import type { RecordEntryValue, RecordValue, Value } from "../../value/value.ts";
import type { Translation } from "./model-target.ts";
import { shapeOf, unknownPart, type Shape, type ToolOutput } from "./shapes.ts";

/** A part of a message as a provider writes it. */
export interface WrittenPart {
  readonly value: RecordValue;
  /** The part as it is written in the code. */
  readonly view: RecordView;
  /** The output of a tool result, which may have options of its own. */
  readonly output: RecordView | undefined;
  readonly isThinking: boolean;
}

/** Writes a part of a message; undefined for a value that is no part. */
export function writePart(value: Value, span: Span, translation: Translation): WrittenPart | undefined {
  const view = viewRecord(value);
  if (!view) return undefined;
  const type = literalText(presentEntry(view, "type")?.value);
  const output = type === "tool-result" ? viewRecord(presentEntry(view, "output")?.value) : undefined;
  const written = shapePart(value, view, type, span, shapeOf(translation));
  return { value: written, view, output, isThinking: type === "reasoning" };
}

function shapePart(
  value: Value,
  view: RecordView,
  type: string | undefined,
  span: Span,
  shape: Shape,
): RecordValue {
  const entry = (key: string): RecordEntryValue | undefined => presentEntry(view, key);
  switch (type) {
    case "text":
      return shape.text(entry("text"), span);
    case "image":
      return shape.image(entry("image"), span);
    case "file": {
      const media = literalText((entry("mediaType") ?? entry("mimeType"))?.value) ?? "";
      const source = entry("data") ?? entry("url");
      return media.startsWith("image")
        ? shape.image(source, span)
        : shape.document(source, entry("filename"), span);
    }
    case "reasoning":
      return shape.thinking(entry("text"), span);
    case "tool-call":
      return shape.toolCall(entry("toolName"), entry("input") ?? entry("args"), span);
    case "tool-result":
      return shape.toolResult(readOutput(view, shape), span);
    default:
      if (value.type === "opaque") return unknownPart(value, span);
      return value.type === "record" ? copyOf(value) : shape.text(undefined, span);
  }
}

function readOutput(view: RecordView, shape: Shape): ToolOutput {
  const output = presentEntry(view, "output") ?? presentEntry(view, "result");
  const inner = viewRecord(output?.value);
  const content = presentEntry(inner, "value") ?? output;
  if (literalText(presentEntry(inner, "type")?.value) !== "content") return content ? { value: content } : {};
  const parts = asList(content?.value)?.elements;
  if (!parts) return content ? { value: content } : {};
  return {
    parts: parts.map((element) => {
      const part = viewRecord(element.value);
      const written = part
        ? shapePart(element.value, part, literalText(presentEntry(part, "type")?.value), element.span, shape)
        : element.value;
      return { ...element, value: written };
    }),
  };
}

/** A part of another kind, without the options that are the provider's. */
function copyOf(value: RecordValue): RecordValue {
  const entries = [...value.entries].filter(([key]) => key !== "providerOptions");
  return { ...value, entries: new Map(entries), rest: [...value.rest] };
}
