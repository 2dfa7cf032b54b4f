import { presentEntry, viewRecord, writtenEntry, type RecordView } from "../../dialects/record-view.ts";
import type { MarkFault, Region } from "../../request/request.ts";
import type { Span } from "../../source/source-file.ts";
import { list, listElement, record, recordEntry } from "../../value/construct.ts";
import { accessPath, asList, literalText } from "../../value/inspect.ts";
import type {
  ListElement,
  ListValue,
  OpaqueValue,
  RecordEntryValue,
  RecordValue,
  Value,
} from "../../value/value.ts";
import { geminiBody } from "./gemini-body.ts";
import { dropReason, maximumMarks, ownOptions, providerNames, wireKeys, type Carrier } from "./mark-rules.ts";
import type { ModelTarget, Translation } from "./model-target.ts";
import { writePart } from "./parts.ts";
import { callOption, readMarks } from "./provider-options.ts";
import { entryOfList, entryOfValue, fields, shapeOf, unknownPart, word } from "./shapes.ts";
import { toolList, unwrapSchema, writeTools } from "./tool-set.ts";

/** A fault with the region, and the message in it, that the mark stands in. */
export interface PlacedFault extends Omit<MarkFault, "after"> {
  readonly region: Region;
  readonly message: number | undefined;
}

/** Where a mark stands, as far as the provider's rules depend on it. */
interface MarkPlace {
  readonly region: Region;
  readonly message: number | undefined;
  readonly kind: Carrier;
}

/**
 * Writes the body a provider of the AI SDK sends for a call, and notes the marks it leaves out.
 *
 * Sources: https://github.com/vercel/ai packages/{ai,anthropic,amazon-bedrock,openai}/src and
 * https://github.com/OpenRouterTeam/ai-sdk-provider src/chat, read 2026-11-22.
 */
export class BodyWriter {
  readonly faults: PlacedFault[] = [];
  readonly #target: ModelTarget;
  readonly #span: Span;
  /** Marks so far, counted as the Anthropic provider does: system, messages, then tools. */
  #marks = 0;

  constructor(target: ModelTarget, span: Span) {
    this.#target = target;
    this.#span = span;
  }

  write(call: RecordView): RecordValue {
    const body = record(this.#span);
    body.rest = [...call.rest];
    const system = systemMessages(presentEntry(call, "instructions") ?? presentEntry(call, "system"));
    const { leading, messages } = splitMessages(messagesEntry(call));
    this.#system(body, [...system, ...leading]);
    if (messages) this.#messages(body, messages);
    this.#tools(body, call);
    this.#callOptions(body, call);
    return this.#translation === "gemini" ? geminiBody(body) : body;
  }

  get #translation(): Translation {
    return this.#target.translation;
  }

  get #isChat(): boolean {
    return this.#translation !== "anthropic" && this.#translation !== "bedrock";
  }

  #system(body: RecordValue, messages: readonly SystemMessage[]): void {
    const [first] = messages;
    if (!first) return;
    const blocks: ListElement[] = [];
    for (const { content, view, span, stretch } of messages) {
      const mark = this.#markOf(view, { region: "system", message: undefined, kind: "part" });
      if (stretch && content.value.type === "opaque") {
        blocks.push(listElement(content.value, span, undefined, true));
        continue;
      }
      const marked = this.#withMark(shapeOf(this.#translation).text(content, span), mark, span);
      if (!this.#isChat) blocks.push(...marked);
      else {
        const parts = mark ? entryOfList(marked, span) : content;
        blocks.push(listElement(fields(span, { role: word("system", span), content: parts }), span));
      }
    }
    if (this.#isChat) body.entries.set("messages", entryOfList(blocks, first.span));
    else if (messages.length === 1 && blocks.length === 1 && !first.view)
      body.entries.set("system", first.content);
    else body.entries.set("system", entryOfList(blocks, first.span));
  }

  #messages(body: RecordValue, entry: RecordEntryValue): void {
    const { value, span } = entry;
    const source = asList(value);
    const system = asList(body.entries.get("messages")?.value)?.elements ?? [];
    if (!source) {
      const isText = value.type === "text";
      const user = fields(span, { role: word("user", span), content: entry });
      const own =
        value.type === "opaque" ? listElement(value, span, value.frame, true) : listElement(user, span);
      if (!isText && value.type !== "opaque") return;
      const all = system.length === 0 && !isText ? entry : entryOfList([...system, own], span);
      body.entries.set("messages", all);
      return;
    }
    const elements = source.elements.flatMap((element, index) =>
      element.stretch ? [element] : this.#message(element, index),
    );
    const written: ListValue = {
      ...list([...system, ...elements], source.span, source.shape),
      order: source.order,
      cuts: source.cuts,
    };
    body.entries.set("messages", { ...entry, value: written });
  }

  #message(element: ListElement, message: number): ListElement[] {
    const { value, span } = element;
    const view = viewRecord(value);
    if (!view || (value.type === "opaque" && !writtenEntry(view, "providerOptions"))) return [element];
    const role = presentEntry(view, "role");
    const roleText = literalText(role?.value);
    const content = presentEntry(view, "content") ?? presentEntry(view, "parts");
    const isWhole = roleText === "system" || (roleText === "assistant" && this.#translation === "compatible");
    const kind = isWhole ? "part" : "message";
    const mark = this.#markOf(view, { region: "messages", message, kind });
    const parts = asList(content?.value);
    const blocks: ListElement[] = parts
      ? this.#parts(parts, mark, message)
      : this.#unknownContent(content, view.rest[0], mark, span);
    const isPlain = !parts && !mark && content;
    const wireRole = roleText === "tool" && !this.#isChat ? word("user", role!.span) : role;
    const written = record(span, isPlain ? [["content", content]] : []);
    if (wireRole) written.entries.set("role", wireRole);
    if (!isPlain) written.entries.set("content", entryOfBlocks(blocks, parts, content?.span ?? span));
    // What is not known of a copied message may bring a role.
    if (!role) written.rest = [...view.rest];
    return this.#isChat && this.#translation !== "gemini"
      ? chatMessages(element, written, blocks, roleText, parts !== undefined)
      : [{ ...element, value: written }];
  }

  /** A text, or a content that is not in view, with the mark of its message. */
  #unknownContent(
    content: RecordEntryValue | undefined,
    rest: OpaqueValue | undefined,
    mark: RecordEntryValue | undefined,
    span: Span,
  ): ListElement[] {
    const value = content?.value ?? rest;
    if (!value) return [];
    const part =
      value.type === "opaque" && (!content || value.list || isMember(value))
        ? unknownPart(value, span)
        : shapeOf(this.#translation).text(content, span);
    return this.#withMark(part, mark, content?.span ?? span);
  }

  #parts(parts: ListValue, messageMark: RecordEntryValue | undefined, message: number): ListElement[] {
    const last = this.#lastCarrier(parts);
    const written: ListElement[] = [];
    parts.elements.forEach((element, index) => {
      const part = element.stretch ? undefined : writePart(element.value, element.span, this.#translation);
      const place = { region: "messages", message, kind: part?.isThinking ? "thinking" : "part" } as const;
      const own = part && this.#markOf(part.view, place, part.output);
      const inherited = index === last && this.#translation !== "bedrock" ? messageMark : undefined;
      const mark = own ?? (part?.isThinking ? undefined : inherited);
      if (!part) written.push(element);
      else
        written.push(
          ...this.#withMark(part.value, mark, element.span).map((each) => ({ ...element, ...each })),
        );
    });
    // The Bedrock provider ends the message with the mark of the message, whatever its parts have.
    if (messageMark && this.#translation === "bedrock") written.push(this.#cachePoint(messageMark));
    return written;
  }

  /** Index of the part that gets the mark of its message. */
  #lastCarrier({ elements }: ListValue): number {
    if (this.#translation !== "openrouter") return elements.length - 1;
    return elements.findLastIndex(
      ({ value, stretch }) =>
        !stretch && literalText(presentEntry(viewRecord(value), "type")?.value) === "text",
    );
  }

  #tools(body: RecordValue, call: RecordView): void {
    const tools = writeTools(call, this.#translation);
    if (tools.length === 0) return;
    const place = { region: "tools", message: undefined, kind: "tool" } as const;
    for (const { element, view } of tools) {
      const mark = this.#markOf(view, place);
      if (mark && element.value.type === "record")
        element.value.entries.set(wireKeys[this.#translation], mark);
    }
    const { span } = presentEntry(call, "tools")!;
    const entry = recordEntry(toolList(tools, span), span);
    const choice = presentEntry(call, "toolChoice");
    if (this.#translation === "bedrock") {
      const config = fields(span, { tools: entry, toolChoice: choice });
      body.entries.set("toolConfig", entryOfValue(config, span));
      return;
    }
    body.entries.set("tools", entry);
    if (choice) body.entries.set("tool_choice", choice);
  }

  #callOptions(body: RecordValue, call: RecordView): void {
    const target = this.#target;
    const set = (key: string, entry: RecordEntryValue | undefined) => entry && body.entries.set(key, entry);
    const place = { region: "messages", message: undefined } as const;
    const { own, foreign } = readMarks(call, target);
    for (const { path, entry } of foreign) this.#foreign(path, entry, place);
    switch (this.#translation) {
      case "anthropic":
        set("cache_control", own);
        set("thinking", callOption(call, target, "thinking"));
        set("speed", callOption(call, target, "speed"));
        break;
      case "openrouter": {
        const direct = { ...target, optionKeys: ["openrouter"] };
        const marked = readMarks(call, direct).own;
        set("cache_control", marked);
        if (own && !marked) this.#foreign("anthropic.cacheControl", own, place);
        break;
      }
      case "openai":
      case "plain":
        set("prompt_cache_key", callOption(call, target, "promptCacheKey"));
        set("prompt_cache_options", callOption(call, target, "promptCacheOptions"));
        set("response_format", this.#schema(presentEntry(call, "schema")));
        if (own) this.#ignored(own, place, "reads a mark on a part or a system message only");
        break;
      case "bedrock":
      case "alibaba":
      case "compatible":
        if (own) this.#ignored(own, place, "reads a mark on a message or a part only");
        break;
      case "gemini":
        set("cached_content", callOption(call, target, "cachedContent"));
        break;
    }
  }

  #schema(schema: RecordEntryValue | undefined): RecordEntryValue | undefined {
    if (!schema) return undefined;
    const { span } = schema;
    return recordEntry(fields(span, { type: word("json_schema", span), schema: unwrapSchema(schema) }), span);
  }

  /** The mark an object carries, if the provider sends it. */
  #markOf(view: RecordView | undefined, place: MarkPlace, output?: RecordView): RecordEntryValue | undefined {
    const marks = readMarks(view, this.#target);
    for (const { path, entry } of marks.foreign) this.#foreign(path, entry, place);
    const mark = marks.own ?? (output && readMarks(output, this.#target).own);
    if (!mark) return undefined;
    if (this.#translation === "anthropic" && place.kind !== "thinking") this.#marks++;
    const reason = dropReason(this.#translation, place.kind, this.#marks);
    if (reason !== undefined) this.#ignored(mark, place, reason);
    return reason === undefined ? mark : undefined;
  }

  #foreign(
    path: string,
    { entrySpan }: RecordEntryValue,
    place: Pick<MarkPlace, "region" | "message">,
  ): void {
    const { region, message } = place;
    this.faults.push({
      kind: "ignored",
      span: entrySpan,
      region,
      message,
      reason: `${providerNames[this.#translation]} never looks at \`${path}\`, so this mark is dropped.`,
      remedy: `Write ${ownOptions[this.#translation]} instead.`,
    });
  }

  #ignored(
    { entrySpan }: RecordEntryValue,
    place: Pick<MarkPlace, "region" | "message">,
    what: string,
  ): void {
    const { region, message } = place;
    this.faults.push({
      kind: "ignored",
      span: entrySpan,
      region,
      message,
      reason: `${providerNames[this.#translation]} ${what}.`,
      remedy:
        this.#marks > maximumMarks
          ? "Remove one that is needed less."
          : "Put the mark on the message or part that ends the stable prefix.",
    });
  }

  /** A block with its mark, in the way of the provider: a key of the block, or an element behind it. */
  #withMark(block: RecordValue, mark: RecordEntryValue | undefined, span: Span): ListElement[] {
    const element = listElement(block, span);
    if (!mark) return [element];
    if (this.#translation === "bedrock") return [element, this.#cachePoint(mark)];
    block.entries.set(wireKeys[this.#translation], mark);
    return [element];
  }

  #cachePoint(mark: RecordEntryValue): ListElement {
    return listElement(record(mark.entrySpan, [["cachePoint", mark]]), mark.entrySpan);
  }
}

interface SystemMessage {
  readonly content: RecordEntryValue;
  /** What may have `providerOptions`; a text has none. */
  readonly view: RecordView | undefined;
  readonly span: Span;
  readonly stretch: boolean;
}

/** Instructions are a text, a message, or a list of messages. */
function systemMessages(entry: RecordEntryValue | undefined): readonly SystemMessage[] {
  if (!entry) return [];
  const elements = asList(entry.value)?.elements ?? [listElement(entry.value, entry.span, entry.frame)];
  return elements.map((element) => systemMessage(element));
}

function systemMessage({ value, span, stretch }: ListElement): SystemMessage {
  const view = stretch ? undefined : viewRecord(value);
  const content = presentEntry(view, "content");
  return content
    ? { content, view, span, stretch }
    : { content: recordEntry(value, span), view: undefined, span, stretch };
}

/** What is sent as messages: `messages`, or `prompt`, which is one text of the user or a list as well. */
function messagesEntry(call: RecordView): RecordEntryValue | undefined {
  const messages = presentEntry(call, "messages") ?? presentEntry(call, "uiMessages");
  if (messages) return { ...messages, value: unconverted(messages.value) };
  const prompt = presentEntry(call, "prompt");
  if (prompt?.value.type !== "opaque" || prompt.value.list) return prompt;
  const { span, value } = prompt;
  const user = fields(span, { role: word("user", span), content: recordEntry(value, span) });
  return { ...prompt, value: list([listElement(user, span)], span) };
}

const conversions = new Set(["convertToModelMessages", "convertToCoreMessages"]);

/** `convertToModelMessages(x)` keeps the messages of `x` and their order. */
function unconverted(value: Value): Value {
  if (value.type !== "opaque" || value.origin.kind !== "call" || value.origin.callee.type !== "opaque")
    return value;
  const { root, steps } = accessPath(value.origin.callee);
  const name = steps.at(-1) ?? (root.kind === "import" ? root.name : "");
  const first = value.origin.arguments[0]?.value;
  return conversions.has(name) && first && !value.list && (first.type === "opaque" || first.type === "list")
    ? first
    : value;
}

/** System messages at the head of the messages belong to the instructions. */
function splitMessages(entry: RecordEntryValue | undefined): {
  readonly leading: readonly SystemMessage[];
  readonly messages: RecordEntryValue | undefined;
} {
  const source = asList(entry?.value);
  if (!entry || !source) return { leading: [], messages: entry };
  const isSystem = ({ value, stretch }: ListElement): boolean =>
    !stretch && literalText(presentEntry(viewRecord(value), "role")?.value) === "system";
  const end = source.elements.findIndex((element) => !isSystem(element));
  const count = end < 0 ? source.elements.length : end;
  const others: ListValue = {
    ...list(source.elements.slice(count), source.span, source.shape),
    order: source.order,
    cuts: source.cuts,
  };
  return {
    leading: source.elements.slice(0, count).map((element) => systemMessage(element)),
    messages: { ...entry, value: others },
  };
}

function entryOfBlocks(blocks: ListElement[], source: ListValue | undefined, span: Span): RecordEntryValue {
  const written = list(blocks, span);
  return recordEntry(source ? { ...written, order: source.order, cuts: source.cuts } : written, span);
}

/** Contents of messages out of view are texts or lists of parts. */
function isMember({ origin }: OpaqueValue): boolean {
  return origin.kind === "member" && origin.name === "content";
}

/** A message of Chat Completions has its tool calls beside its content, and each tool result is a message. */
function chatMessages(
  element: ListElement,
  message: RecordValue,
  blocks: readonly ListElement[],
  role: string | undefined,
  hasParts: boolean,
): ListElement[] {
  if (!hasParts) return [{ ...element, value: message }];
  if (role === "tool") return blocks.map((block) => ({ ...block, stretch: block.stretch }));
  const isCall = ({ value, stretch }: ListElement): boolean =>
    !stretch && presentEntry(viewRecord(value), "function") !== undefined;
  const calls = blocks.filter(isCall);
  if (calls.length > 0) {
    const { span } = message;
    message.entries.set(
      "content",
      entryOfList(
        blocks.filter((block) => !isCall(block)),
        span,
      ),
    );
    message.entries.set("tool_calls", entryOfList(calls, span));
  }
  return [{ ...element, value: message }];
}
