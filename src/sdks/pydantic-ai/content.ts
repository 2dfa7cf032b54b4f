import type { Span } from "../../source/source-file.ts";
import { list, listElement, record, recordEntry, text } from "../../value/construct.ts";
import { asList } from "../../value/inspect.ts";
import type { ListElement, RecordEntryValue, RecordValue, Value } from "../../value/value.ts";
import { constructionOf, findArgument } from "../construction.ts";

/** The content of a user prompt: a text, or a list of texts, files and cache points, as blocks. */
export function contentOf(prompt: RecordEntryValue): RecordEntryValue {
  const known = asList(prompt.value);
  if (!known) {
    const block = textBlock(prompt.value, prompt.span);
    return { ...prompt, value: list([listElement(block, prompt.span, prompt.frame)], prompt.span) };
  }
  const elements = known.elements.map((element): ListElement =>
    element.stretch ? element : { ...element, value: blockOf(element.value, element.span) },
  );
  return { ...prompt, value: { ...list(elements, known.span), order: known.order, cuts: known.cuts } };
}

/** A text as a block of the Messages API. */
export function textBlock(value: Value, span: Span): RecordValue {
  return record(span, [
    ["type", recordEntry(text("text", span), span)],
    ["text", recordEntry(value, span)],
  ]);
}

const files: Readonly<Record<string, string>> = {
  ImageUrl: "image",
  DocumentUrl: "document",
  BinaryContent: "document",
  BinaryImage: "image",
};

function blockOf(value: Value, span: Span): Value {
  const made = constructionOf(value);
  if (made?.name === "CachePoint") {
    const type = recordEntry(text("default", span), span);
    const ttl = findArgument(made, ["ttl"]);
    const point = record(span, [["type", type], ...(ttl ? [["ttl", ttl] as const] : [])]);
    return record(span, [["cachePoint", recordEntry(point, span)]]);
  }
  const kind = made && Object.hasOwn(files, made.name) ? files[made.name] : undefined;
  const data = made && findArgument(made, ["url", "data"], 0);
  if (!kind || !data) return textBlock(value, span);
  const source = record(span, [["data", data]]);
  return record(span, [
    ["type", recordEntry(text(kind, span), span)],
    ["source", recordEntry(source, span)],
  ]);
}
