import { presentEntry, viewRecord } from "../dialects/record-view.ts";
import type { FunctionNode } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { identityId, list, listElement, opaque, record, recordEntry, text } from "../value/construct.ts";
import { asList, literalText } from "../value/inspect.ts";
import { earlierTurnsOfAgent } from "../value/reasons.ts";
import type {
  FunctionValue,
  ListElement,
  ListValue,
  OpaqueValue,
  RecordEntryValue,
  RecordValue,
  Value,
} from "../value/value.ts";

/**
 * A request as chat frameworks hold it, before it is turned into a provider's body: messages are records with `role`
 * (`system`, `user`, `assistant`, `tool`), `content` (a text, or blocks) and perhaps `tool_calls`; a value that is
 * none stands for itself.
 */
export interface ChatRequest {
  readonly messages: ListValue;
  /** The list of tools. */
  readonly tools: RecordEntryValue | undefined;
  /** Further keys of the body in the provider's spelling. */
  readonly options: readonly (readonly [string, RecordEntryValue])[];
  /** The call that sends it. */
  readonly span: Span;
}

/** A chat message. */
export function chatMessage(role: string, content: RecordEntryValue | undefined, span: Span): RecordValue {
  const message = record(span, [["role", recordEntry(text(role, span), span)]]);
  if (content) message.entries.set("content", content);
  return message;
}

/** The messages of earlier turns and steps that an agent sends along. */
export function earlierTurns(span: Span): ListElement {
  const reason = earlierTurnsOfAgent;
  const key = `history@${span.file}:${span.start}`;
  const value = opaque({ origin: { kind: "unknown", reason }, key, span }, { id: identityId(key), reason });
  return listElement(value, span, undefined, true);
}

/** The body of a Messages request. */
export function anthropicBody(request: ChatRequest): RecordValue {
  const { system, others } = splitMessages(request);
  const body = record(request.span, request.options);
  const tools = mappedList(request.tools, (element) => ({ ...element, value: toolRecord(element.value) }));
  if (tools) body.entries.set("tools", tools);
  const [first, ...more] = system;
  if (first && more.length === 0) body.entries.set("system", first);
  else if (first) {
    const blocks = system.flatMap((content) => asBlocks(content, textBlock));
    body.entries.set("system", recordEntry(list(blocks, first.span), first.span));
  }
  setMessages(body, request, others, (message) => anthropicMessage(message));
  return body;
}

/** The body of a Converse request. */
export function converseBody(request: ChatRequest): RecordValue {
  const { system, others } = splitMessages(request);
  const body = record(
    request.span,
    request.options.filter(([key]) => key !== "toolChoice"),
  );
  const tools = mappedList(request.tools, (element) => ({ ...element, value: converseTool(element.value) }));
  if (tools) {
    const config = record(tools.span, [["tools", tools]]);
    const choice = request.options.find(([key]) => key === "toolChoice");
    if (choice) config.entries.set(...choice);
    body.entries.set("toolConfig", recordEntry(config, tools.span, tools.entrySpan));
  }
  const [first] = system;
  if (first) {
    const blocks = system.flatMap((content) => asBlocks(content, taggedText).map(converseElement));
    body.entries.set("system", recordEntry(list(blocks, first.span), first.span));
  }
  setMessages(body, request, others, (message) => converseMessage(message));
  return body;
}

/** The body of a Chat Completions request. */
export function chatCompletionsBody(request: ChatRequest): RecordValue {
  const body = record(request.span, request.options);
  const tools = mappedList(request.tools, (element) => ({ ...element, value: toolRecord(element.value) }));
  if (tools) body.entries.set("tools", tools);
  body.entries.set("messages", recordEntry(request.messages, request.span));
  return body;
}

/** The body of a Gemini request. */
export function geminiBody(request: ChatRequest): RecordValue {
  const { system, others } = splitMessages(request);
  const body = record(request.span, request.options);
  const tools = mappedList(request.tools, (element) => ({ ...element, value: toolRecord(element.value) }));
  if (tools) body.entries.set("tools", tools);
  const [first] = system;
  if (first) {
    const parts = system.flatMap((content) => asBlocks(content, taggedText).map(geminiPart));
    body.entries.set("system_instruction", recordEntry(list(parts, first.span), first.span));
  }
  setMessages(body, request, others, (message) => geminiMessage(message));
  const contents = body.entries.get("messages");
  body.entries.delete("messages");
  if (contents) body.entries.set("contents", contents);
  return body;
}

function geminiMessage(message: RecordValue): Value {
  const { role, content } = messageParts(message);
  if (!content) return message;
  const parts = asBlocks(content, taggedText).map(geminiPart);
  const name = text(role === "assistant" ? "model" : role === "tool" ? "function" : "user", message.span);
  return record(message.span, [
    ["role", recordEntry(name, message.span)],
    ["parts", recordEntry(list([...parts], content.span), content.span)],
  ]);
}

/** A block with a `type` as a part: a picture or a document becomes data. */
function geminiPart(element: ListElement): ListElement {
  const view = element.value.type === "record" ? viewRecord(element.value) : undefined;
  const type = literalText(presentEntry(view, "type")?.value);
  const content = presentEntry(view, "text");
  if (type === "text" && content) return { ...element, value: record(element.span, [["text", content]]) };
  const source = presentEntry(view, "source") ?? presentEntry(view, "image_url");
  if (!source) return element;
  const inner = viewRecord(source.value);
  const data = ["data", "url"].map((key) => presentEntry(inner, key)).find((found) => found) ?? source;
  const mime = recordEntry(
    text(type?.startsWith("image") ? "image/*" : "application/*", element.span),
    element.span,
  );
  const blob = record(element.span, [
    ["data", data],
    ["mime_type", mime],
  ]);
  return { ...element, value: record(element.span, [["inline_data", recordEntry(blob, element.span)]]) };
}

/** The system messages of a list, as their contents, and all others. */
function splitMessages({ messages }: ChatRequest): {
  readonly system: readonly RecordEntryValue[];
  readonly others: readonly ListElement[];
} {
  const system: RecordEntryValue[] = [];
  const others: ListElement[] = [];
  for (const element of messages.elements) {
    const view = element.stretch || element.value.type !== "record" ? undefined : viewRecord(element.value);
    const role = literalText(presentEntry(view, "role")?.value);
    if (role !== "system" && role !== "developer") others.push(element);
    else {
      const content = presentEntry(view, "content");
      if (content) system.push(content);
    }
  }
  return { system, others };
}

function setMessages(
  body: RecordValue,
  { messages, span }: ChatRequest,
  others: readonly ListElement[],
  convert: (message: RecordValue) => Value,
): void {
  const elements = others.map((element) =>
    element.value.type === "record" && !element.stretch
      ? { ...element, value: convert(element.value) }
      : element,
  );
  const converted: ListValue = {
    ...list(elements, messages.span),
    order: messages.order,
    cuts: messages.cuts,
  };
  body.entries.set("messages", recordEntry(converted, span));
}

function anthropicMessage(message: RecordValue): RecordValue {
  const { role, content, calls } = messageParts(message);
  if (role === "tool" && content) {
    const result = record(content.span, [
      ["type", recordEntry(text("tool_result", content.span), content.span)],
      ["content", content],
    ]);
    return withContent(message, "user", [listElement(result, content.span)], content);
  }
  if (!calls || calls.elements.length === 0 || !content) return message;
  const uses = calls.elements.map((call) => ({ ...call, value: toolUse(call.value, call.span) }));
  const text_ = literalText(content.value) === "" ? [] : asBlocks(content, textBlock);
  return withContent(message, role ?? "assistant", [...text_, ...uses], content);
}

function converseMessage(message: RecordValue): RecordValue {
  const { role, content, calls } = messageParts(message);
  if (!content) return message;
  // What an unknown answer holds is a list of blocks, which stays what it is.
  const isOpaqueAnswer = content.value.type === "opaque" && role !== "user" && role !== "tool";
  if (isOpaqueAnswer && !asList(content.value)) return message;
  const blocks = asBlocks(content, taggedText).map(converseElement);
  if (role === "tool") {
    const isPoint = ({ value }: ListElement) => presentEntry(viewRecord(value), "cachePoint") !== undefined;
    const inner = list(
      blocks.filter((block) => !isPoint(block)),
      content.span,
    );
    const result = record(content.span, [["content", recordEntry(inner, content.span)]]);
    const block = record(content.span, [["toolResult", recordEntry(result, content.span)]]);
    return withContent(
      message,
      "user",
      [listElement(block, content.span), ...blocks.filter(isPoint)],
      content,
    );
  }
  const uses = (calls?.elements ?? []).map((call) => {
    const use = toolUse(call.value, call.span);
    if (use.type !== "record") return call;
    const block = record(call.span, [["toolUse", recordEntry(use, call.span)]]);
    return { ...call, value: block };
  });
  return withContent(message, role ?? "user", [...blocks, ...uses], content);
}

function messageParts(message: RecordValue): {
  readonly role: string | undefined;
  readonly content: RecordEntryValue | undefined;
  readonly calls: ListValue | undefined;
} {
  const view = viewRecord(message);
  return {
    role: literalText(presentEntry(view, "role")?.value),
    content: presentEntry(view, "content"),
    calls: asList(presentEntry(view, "tool_calls")?.value),
  };
}

function withContent(
  message: RecordValue,
  role: string,
  blocks: readonly ListElement[],
  { span, entrySpan }: RecordEntryValue,
): RecordValue {
  const { elements: _, ...shape } = list([], span);
  return chatMessage(role, recordEntry({ ...shape, elements: [...blocks] }, span, entrySpan), message.span);
}

/** `{name, args, id}` as a block of the Messages API. */
function toolUse(call: Value, span: Span): Value {
  const view = viewRecord(call);
  const name = presentEntry(view, "name");
  if (!view || !name) return call;
  const input = presentEntry(view, "args") ?? presentEntry(view, "input");
  return record(span, [
    ["type", recordEntry(text("tool_use", span), span)],
    ["name", name],
    ...(input ? [["input", input] as const] : []),
  ]);
}

/** The elements of a content; a content that is a text becomes one block. */
function asBlocks(
  content: RecordEntryValue,
  block: (text: RecordEntryValue) => RecordValue,
): readonly ListElement[] {
  const known = asList(content.value);
  if (!known) return [listElement(block(content), content.span, content.frame)];
  return known.elements.map((element) =>
    element.value.type === "text"
      ? { ...element, value: block(recordEntry(element.value, element.span, element.span, element.frame)) }
      : element,
  );
}

function textBlock(content: RecordEntryValue): RecordValue {
  return record(content.span, [
    ["type", recordEntry(text("text", content.span), content.span)],
    ["text", content],
  ]);
}

function taggedText(content: RecordEntryValue): RecordValue {
  return record(content.span, [["text", content]]);
}

/** A block with a `type` as the block of Converse with the type as its key. */
function converseElement(element: ListElement): ListElement {
  const { value, span } = element;
  if (element.stretch || value.type !== "record") return element;
  const view = viewRecord(value)!;
  const type = literalText(presentEntry(view, "type")?.value);
  const keep = ["cache_control", "cacheControl", "cachePoint"].flatMap((key) => {
    const entry = value.entries.get(key);
    return entry ? [[key, entry] as const] : [];
  });
  const made = (...entries: readonly (readonly [string, RecordEntryValue])[]) => ({
    ...element,
    value: { ...record(value.span, [...entries, ...keep]), rest: value.rest },
  });
  const content = type === undefined ? undefined : presentEntry(view, type);
  if (type === "text" && content) return made(["text", content]);
  if (type === "image_url" || type === "image" || type === "document" || type === "file") {
    const source = presentEntry(view, "source") ?? presentEntry(view, "image_url") ?? content;
    if (!source) return element;
    const inner = viewRecord(source.value);
    const bytes =
      (inner && ["data", "url", "bytes"].map((key) => presentEntry(inner, key)).find((found) => found)) ??
      source;
    const media = record(span, [["source", recordEntry(record(span, [["bytes", bytes]]), span)]]);
    return made([type.startsWith("image") ? "image" : "document", recordEntry(media, span)]);
  }
  return element;
}

/** The mapped elements of a list under an entry; other values stay. */
function mappedList(
  entry: RecordEntryValue | undefined,
  convert: (element: ListElement) => ListElement,
): RecordEntryValue | undefined {
  const known = asList(entry?.value);
  if (!entry || !known) return entry;
  const elements = known.elements.map((element) => (element.stretch ? element : convert(element)));
  return { ...entry, value: { ...list(elements, known.span), order: known.order, cuts: known.cuts } };
}

/** A tool that is a function in view, as its name and description; its schema is static, and not worked out. */
export function toolRecord(tool: Value): Value {
  if (tool.type !== "function") return tool;
  const { node } = tool;
  const span = node.span;
  const entries: (readonly [string, RecordEntryValue])[] = [
    ["name", recordEntry(text(node.name, node.nameSpan), node.nameSpan)],
  ];
  const description = docstringOf(node);
  if (description) entries.push(["description", description]);
  entries.push(["input_schema", recordEntry(schemaOf(tool), span)]);
  return record(span, entries);
}

function converseTool(tool: Value): Value {
  if (tool.type !== "function") return tool;
  const plain = toolRecord(tool) as RecordValue;
  const { span } = plain;
  const schema = record(span, [["json", plain.entries.get("input_schema")!]]);
  const specification = record(
    span,
    [...plain.entries].filter(([key]) => key !== "input_schema"),
  );
  specification.entries.set("inputSchema", recordEntry(schema, span));
  return record(span, [["toolSpec", recordEntry(specification, span)]]);
}

function docstringOf({ body }: FunctionNode): RecordEntryValue | undefined {
  const [first] = body;
  if (first?.kind !== "expression" || first.expression.kind !== "literal") return undefined;
  const { value, span } = first.expression;
  return typeof value === "string" ? recordEntry(text(value, span), span) : undefined;
}

function schemaOf({ node }: FunctionValue): OpaqueValue {
  const reason = `the schema of \`${node.name}\``;
  const key = `schema@${node.span.file}:${node.span.start}`;
  const known = { id: identityId(key), scope: "static", reason } as const;
  return opaque({ origin: { kind: "unknown", reason }, key, span: node.nameSpan }, known);
}
