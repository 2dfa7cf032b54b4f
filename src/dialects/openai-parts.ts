import type { Span } from "../source/source-file.ts";
import { asList, literalText } from "../value/inspect.ts";
import type { RecordEntryValue, TextPart, Value } from "../value/value.ts";
import { renamed, without } from "./anthropic-blocks.ts";
import { blockText, entryText, sourceParts, unknownBlock, valueText, type BlockText } from "./block-text.ts";
import { printEntries, printValue } from "./print-value.ts";
import { holePart, presentEntry, viewRecord, type RecordView } from "./record-view.ts";

/** What the model reads of a content part of Chat Completions or of Responses. */
export function openAiPart(value: Value, view: RecordView, span: Span): BlockText {
  const type = literalText(presentEntry(view, "type")?.value);
  switch (type) {
    case "text":
    case "input_text":
    case "output_text":
      return { kind: "text", parts: blockText(view, "text", span) };
    case "refusal":
      return { kind: "text", parts: entryText(presentEntry(view, "refusal")) };
    case "image_url":
    case "input_image":
      return { kind: "image", parts: imageParts(view) };
    case "file":
    case "input_file":
      return { kind: "document", parts: fileParts(view) };
    case "input_audio":
      return { kind: "other", parts: sourceParts(presentEntry(view, "input_audio"), ["data"]) };
    case "thinking":
      return { kind: "thinking", parts: entryText(presentEntry(view, "thinking")) };
    default:
      // A part without a readable type is still text when the code gives it one.
      if (view.rest.length === 0 && presentEntry(view, "text")) {
        return { kind: "text", parts: entryText(presentEntry(view, "text")) };
      }
      return unknownBlock(value, view, span);
  }
}

function imageParts(view: RecordView): readonly TextPart[] {
  const image = presentEntry(view, "image_url") ?? presentEntry(view, "file_id");
  const detail = presentEntry(viewRecord(image?.value), "detail") ?? presentEntry(view, "detail");
  // How finely a picture is looked at decides which tokens it becomes.
  return [...sourceParts(image, ["url"]), ...entryText(detail)];
}

function fileParts(view: RecordView): readonly TextPart[] {
  const file = viewRecord(presentEntry(view, "file")?.value) ?? view;
  const source = ["file_data", "file_id", "file_url"].map((key) => presentEntry(file, key)).find(Boolean);
  return [...entryText(presentEntry(file, "filename")), ...entryText(source)];
}

/** What the model reads of a tool: `{type: "function", function: {...}}` of Chat Completions, or the flat form. */
export function openAiTool(value: Value, view: RecordView | undefined, span: Span): readonly TextPart[] {
  if (!view) return printValue(value, span);
  const inner = viewRecord(presentEntry(view, "function")?.value);
  const tool = inner ?? view;
  const known = renamed(tool, {
    description: "description",
    name: "name",
    parameters: "parameters",
    input_schema: "parameters",
  });
  if (known.length > 0 && presentEntry(tool, "name")) return printEntries(known, tool.rest, span);
  const entries = without(view, ["cache_control", "cachePoint", "prompt_cache_breakpoint"]);
  if (value.type === "opaque" && entries.length === 0) return [holePart(value, span)];
  return printEntries(entries, view.rest, span);
}

/** What the model reads of an element of `tool_calls`, or of a `function_call` item. */
export function openAiToolCall(value: Value, view: RecordView | undefined, span: Span): readonly TextPart[] {
  if (!view) return valueText(value, span);
  const call = viewRecord(presentEntry(view, "function")?.value) ?? view;
  const entries = renamed(call, { name: "name", arguments: "input" });
  if (value.type === "opaque" && entries.length === 0) return [holePart(value, span)];
  return printEntries(entries, call.rest, span);
}

/** The text of a tool's output: a string, or parts one after the other. */
export function openAiOutput(entry: RecordEntryValue | undefined): readonly TextPart[] {
  const list = asList(entry?.value);
  if (!list) return entryText(entry);
  return list.elements.flatMap(({ value, span }) => {
    const part = viewRecord(value);
    return part ? openAiPart(value, part, span).parts : valueText(value, span);
  });
}

/** The JSON schema the answer must follow: the model reads it in front of everything else. */
export function outputSchema(view: RecordView): RecordEntryValue | undefined {
  const text = viewRecord(presentEntry(view, "text")?.value);
  const format = presentEntry(view, "response_format") ?? presentEntry(text, "format");
  const typed = presentEntry(view, "text_format");
  if (!format) return typed;
  const record = viewRecord(format.value);
  const type = literalText(presentEntry(record, "type")?.value);
  if (type === "text" || type === "json_object") return undefined;
  const named = viewRecord(presentEntry(record, "json_schema")?.value);
  return presentEntry(named, "schema") ?? presentEntry(record, "schema") ?? format;
}
