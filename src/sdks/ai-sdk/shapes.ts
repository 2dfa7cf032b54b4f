import type { Span } from "../../source/source-file.ts";
import { constant, list, listElement, record, recordEntry, text } from "../../value/construct.ts";
import type { ListElement, OpaqueValue, RecordEntryValue, RecordValue, Value } from "../../value/value.ts";
import type { Translation } from "./model-target.ts";

type Entry = RecordEntryValue | undefined;

/** A record of the entries that are given. */
export function fields(span: Span, entries: Readonly<Record<string, Entry>>): RecordValue {
  const given = Object.entries(entries).flatMap(([key, entry]) => (entry ? [[key, entry] as const] : []));
  return record(span, given);
}

/** The entry of a literal. */
export function word(literal: string, span: Span): RecordEntryValue {
  return recordEntry(text(literal, span), span);
}

export function entryOfValue(value: Value, span: Span): RecordEntryValue {
  return recordEntry(value, span);
}

export function entryOfList(elements: readonly ListElement[], span: Span): RecordEntryValue {
  return recordEntry(list([...elements], span), span);
}

/** The parts of a message, as each provider writes them on the wire. Undefined: it sends nothing of the kind. */
export interface Shape {
  text(text: Entry, span: Span): RecordValue;
  image(source: Entry, span: Span): RecordValue;
  document(source: Entry, name: Entry, span: Span): RecordValue;
  thinking(text: Entry, span: Span): RecordValue;
  toolCall(name: Entry, input: Entry, span: Span): RecordValue;
  /** `parts` of an output that is made of parts, else its one text or value. */
  toolResult(output: ToolOutput, span: Span): RecordValue;
  tool(name: Entry, description: Entry, schema: Entry, span: Span): RecordValue;
}

export interface ToolOutput {
  readonly parts?: readonly ListElement[];
  readonly value?: RecordEntryValue;
}

const anthropicShape: Shape = {
  text: (content, span) => fields(span, { type: word("text", span), text: content }),
  image: (source, span) =>
    fields(span, { type: word("image", span), source: source && nested("data", source) }),
  document: (source, name, span) =>
    fields(span, { type: word("document", span), title: name, source: source && nested("data", source) }),
  thinking: (content, span) => fields(span, { type: word("thinking", span), thinking: content }),
  toolCall: (name, input, span) => fields(span, { type: word("tool_use", span), name, input }),
  toolResult: ({ parts, value }, span) =>
    fields(span, { type: word("tool_result", span), content: parts ? entryOfList(parts, span) : value }),
  tool: (name, description, schema, span) => fields(span, { description, name, input_schema: schema }),
};

const bedrockShape: Shape = {
  text: (content, span) => fields(span, { text: content }),
  image: (source, span) => fields(span, { image: entryOfValue(media(source, undefined, span), span) }),
  document: (source, name, span) => fields(span, { document: entryOfValue(media(source, name, span), span) }),
  thinking: (content, span) => {
    const reasoning = fields(span, { reasoningText: content && nested("text", content) });
    return fields(span, { reasoningContent: entryOfValue(reasoning, span) });
  },
  toolCall: (name, input, span) =>
    fields(span, { toolUse: entryOfValue(fields(span, { name, input }), span) }),
  toolResult: ({ parts, value }, span) => {
    const single = value && [listElement(fields(span, { text: value }), span)];
    const content = entryOfList(parts ?? single ?? [], span);
    return fields(span, { toolResult: entryOfValue(fields(span, { content }), span) });
  },
  tool: (name, description, schema, span) => {
    const inputSchema = schema && nested("json", schema);
    return fields(span, { toolSpec: entryOfValue(fields(span, { name, description, inputSchema }), span) });
  },
};

const openAiShape: Shape = {
  text: (content, span) => fields(span, { type: word("text", span), text: content }),
  image: (source, span) =>
    fields(span, { type: word("image_url", span), image_url: source && nested("url", source) }),
  document: (source, name, span) => {
    const file = fields(span, { filename: name, file_data: source });
    return fields(span, { type: word("file", span), file: entryOfValue(file, span) });
  },
  thinking: (content, span) => fields(span, { type: word("thinking", span), thinking: content }),
  toolCall: (name, input, span) =>
    fields(span, { function: entryOfValue(fields(span, { name, arguments: input }), span) }),
  toolResult: ({ parts, value }, span) =>
    fields(span, { role: word("tool", span), content: parts ? entryOfList(parts, span) : value }),
  tool: (name, description, schema, span) => {
    const inner = fields(span, { name, description, parameters: schema });
    return fields(span, { type: word("function", span), function: entryOfValue(inner, span) });
  },
};

const geminiShape: Shape = {
  text: (content, span) => fields(span, { text: content }),
  image: (source, span) => {
    const data = fields(span, { mimeType: word("image/*", span), data: source });
    return fields(span, { inlineData: entryOfValue(data, span) });
  },
  document: (source, _name, span) => fields(span, { inlineData: source && nested("data", source) }),
  thinking: (content, span) => fields(span, { text: content, thought: recordEntry(constant(true), span) }),
  toolCall: (name, input, span) =>
    fields(span, { functionCall: entryOfValue(fields(span, { name, args: input }), span) }),
  toolResult: ({ parts, value }, span) => {
    const response = fields(span, { response: parts ? entryOfList(parts, span) : value });
    return fields(span, { functionResponse: entryOfValue(response, span) });
  },
  tool: (name, description, schema, span) => fields(span, { description, name, parameters: schema }),
};

function nested(key: string, entry: RecordEntryValue): RecordEntryValue {
  return { ...entry, value: record(entry.span, [[key, entry]]) };
}

function media(source: Entry, name: Entry, span: Span): RecordValue {
  return fields(span, { name, source: source && nested("bytes", source) });
}

/** The shape in which a provider writes parts. */
export function shapeOf(translation: Translation): Shape {
  if (translation === "anthropic") return anthropicShape;
  if (translation === "gemini") return geminiShape;
  return translation === "bedrock" ? bedrockShape : openAiShape;
}

/** A block nothing is known of, so that a mark can stand on it. */
export function unknownPart(value: OpaqueValue, span: Span): RecordValue {
  const part = record(span);
  part.rest = [value];
  return part;
}
