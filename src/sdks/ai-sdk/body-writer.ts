import { presentEntry, viewRecord, writtenEntry, type RecordView } from "../../dialects/record-view.ts";
import type { MarkFault, Region } from "../../request/request.ts";
import type { Span } from "../../source/source-file.ts";
import { list, listElement, record, recordEntry } from "../../value/construct.ts";
import { asList, literalText } from "../../value/inspect.ts";
import type {
  ListElement,
  ListValue,
  OpaqueValue,
  RecordEntryValue,
  RecordValue,
} from "../../value/value.ts";
import type { CallContext } from "../sdk.ts";
import { geminiBody } from "./gemini-body.ts";
import { dropReason, maximumMarks, ownOptions, providerNames, wireKeys, type Carrier } from "./mark-rules.ts";
import type { ModelTarget, Translation } from "./model-target.ts";
import { writePart } from "./parts.ts";
import { messagesEntry, splitMessages, systemMessages, type SystemMessage } from "./prompt.ts";
import {
  callOption,
  optionNames,
  readMarks,
  type ForeignOption,
  type OptionNames,
} from "./provider-options.ts";
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

/** How the options of a call are to be read. */
export interface CallForm {
  /** True: the messages are in the form in which providers get them, as middleware writes it. */
  readonly hasModelPrompt: boolean;
  /** True: marks under keys of no provider may have been read on their way to it. */
  readonly mayTranslate?: boolean;
  /** True: the options of an agent and of its call. */
  readonly isAgent: boolean;
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
  readonly #context: CallContext;
  readonly #names: OptionNames;
  readonly #form: CallForm;
  /** Marks so far, counted as the Anthropic provider does: system, messages, then tools. */
  #marks = 0;

  constructor(target: ModelTarget, span: Span, context: CallContext, form: CallForm) {
    this.#target = target;
    this.#span = span;
    this.#context = context;
    this.#names = optionNames(context, form.hasModelPrompt);
    this.#form = form;
  }

  write(call: RecordView): RecordValue {
    const body = record(this.#span);
    body.rest = [...call.rest];
    const system = this.#systemMessages(call);
    const { leading, messages } = splitMessages(messagesEntry(call));
    if (!this.#form.hasModelPrompt) this.#refuseSystem(call, leading);
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

  /** The system text of a call; options that this version does not know are not sent. */
  #systemMessages(call: RecordView): readonly SystemMessage[] {
    const { instructions, system } = {
      instructions: presentEntry(call, "instructions"),
      system: presentEntry(call, "system"),
    };
    if (instructions && !this.#form.isAgent && !this.#context.holds("ai: takes instructions")) {
      for (const { view } of systemMessages(instructions)) {
        const mark = readMarks(view, this.#target, this.#names).own;
        if (mark) this.#fault("ignored", mark, systemPlace, unreadInstructions);
      }
      return systemMessages(system);
    }
    const messages = systemMessages(instructions ?? system);
    const takesMessages =
      messages.every(({ view }) => !view) || this.#context.holds("ai: takes system messages as system");
    if (takesMessages) return messages;
    for (const { view } of messages) {
      const mark = readMarks(view, this.#target, this.#names).own;
      if (mark) this.#fault("misplaced", mark, systemPlace, refusedSystem);
    }
    return messages.map((message) => ({ ...message, view: undefined }));
  }

  /** System messages among the messages, which newer versions refuse unless they are allowed. */
  #refuseSystem(call: RecordView, leading: readonly SystemMessage[]): void {
    if (leading.length === 0 || presentEntry(call, "allowSystemInMessages")) return;
    if (!this.#context.isStated("ai: refuses system messages")) return;
    for (const { view } of leading) {
      const mark = readMarks(view, this.#target, this.#names).own;
      if (mark) this.#fault("misplaced", mark, systemPlace, refusedMessages);
    }
  }

  #system(body: RecordValue, messages: readonly SystemMessage[]): void {
    const [first] = messages;
    if (!first) return;
    const blocks: ListElement[] = [];
    for (const { content, view, span, stretch } of messages) {
      const mark = this.#markOf(view, { region: "system", message: undefined, kind: "system" });
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
    const kind = isWhole ? "system" : "message";
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
    const tools = writeTools(call, this.#translation, this.#context);
    if (tools.length === 0) return;
    const place = { region: "tools", message: undefined } as const;
    for (const { element, view, isProviders } of tools) {
      const mark = this.#markOf(view, { ...place, kind: isProviders ? "providerTool" : "tool" });
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
        if (own && !this.#takesAutomaticMark) {
          this.#ignored(own, place, "sends no mark for the request as a whole before version 3.0.47");
        } else set("cache_control", own);
        set("thinking", callOption(call, target, "thinking"));
        set("speed", callOption(call, target, "speed"));
        set("output_config", this.#effort(callOption(call, target, "effort")));
        break;
      case "openrouter": {
        const direct = { ...target, optionKeys: ["openrouter"] };
        // Options of the call are fields of the body, whatever they are called.
        const field = callOption(call, direct, "cache_control");
        const marked = readMarks(call, direct).own ?? presentEntry(target.settings, "cache_control");
        const takesMark = this.#context.holds("ai-sdk-openrouter: marks the whole request");
        set("cache_control", takesMark ? marked : field);
        if (marked && !field && !takesMark)
          this.#ignored(marked, place, "sends no mark for the request as a whole before version 2.3.0");
        if (own && !marked) this.#foreign("anthropic.cacheControl", own, place);
        break;
      }
      case "openai":
      case "plain":
        set("prompt_cache_key", callOption(call, target, "promptCacheKey"));
        set("prompt_cache_options", callOption(call, target, "promptCacheOptions"));
        set("prompt_cache_retention", callOption(call, target, "promptCacheRetention"));
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

  get #takesAutomaticMark(): boolean {
    const isOwn = this.#target.package === "@ai-sdk/anthropic";
    return !isOwn || this.#context.holds("ai-sdk-anthropic: marks the whole request");
  }

  #effort(entry: RecordEntryValue | undefined): RecordEntryValue | undefined {
    return entry && recordEntry(fields(entry.span, { effort: entry }), entry.span, entry.entrySpan);
  }

  #schema(schema: RecordEntryValue | undefined): RecordEntryValue | undefined {
    if (!schema) return undefined;
    const { span } = schema;
    return recordEntry(fields(span, { type: word("json_schema", span), schema: unwrapSchema(schema) }), span);
  }

  /** The mark an object carries, if the provider sends it. */
  #markOf(view: RecordView | undefined, place: MarkPlace, output?: RecordView): RecordEntryValue | undefined {
    const marks = readMarks(view, this.#target, this.#names);
    if (!this.#form.mayTranslate)
      for (const { path, entry } of marks.foreign) this.#foreign(path, entry, place);
    if (marks.unread) this.#unread(marks.unread, place);
    if (marks.loose) this.#loose(marks.loose, place);
    const mark = marks.own ?? (output && readMarks(output, this.#target, this.#names).own);
    if (!mark) return undefined;
    const isSent = place.kind !== "thinking" && place.kind !== "providerTool";
    if (this.#translation === "anthropic" && isSent) this.#marks++;
    const reason = dropReason(this.#target, place.kind, this.#marks, this.#context);
    if (reason !== undefined) this.#ignored(mark, place, reason, isSent);
    return reason === undefined ? mark : undefined;
  }

  #foreign(path: string, entry: RecordEntryValue, place: Pick<MarkPlace, "region" | "message">): void {
    this.#fault("ignored", entry, place, {
      reason: `${providerNames[this.#translation]} never looks at \`${path}\`, so this mark is dropped.`,
      remedy: `Write ${ownOptions[this.#translation]} instead.`,
      isForOther: true,
    });
  }

  /** A mark under a key of another version. */
  #unread({ path, entry }: ForeignOption, place: Pick<MarkPlace, "region" | "message">): void {
    const [own] = this.#names.read;
    this.#fault("ignored", entry, place, {
      reason: `This version of the AI SDK reads no options under \`${path}\`, so this mark is dropped.`,
      remedy: `Write \`${own}\` instead.`,
    });
  }

  /** A mark beside the options. */
  #loose({ path, entry }: ForeignOption, place: Pick<MarkPlace, "region" | "message">): void {
    this.#fault("ignored", entry, place, {
      reason: `The AI SDK reads no \`${path}\` outside of \`${this.#names.read[0]}\`, so this mark is dropped.`,
      remedy: `Write ${ownOptions[this.#translation]} into \`${this.#names.read[0]}\` instead.`,
    });
  }

  #ignored(
    entry: RecordEntryValue,
    place: Pick<MarkPlace, "region" | "message">,
    what: string,
    isCounted = true,
  ): void {
    const remedy =
      isCounted && this.#marks > maximumMarks
        ? "Remove one that is needed less."
        : "Put the mark on the message or part that ends the stable prefix.";
    const isOfTool = !isCounted && place.region === "tools";
    this.#fault("ignored", entry, place, {
      reason: `${providerNames[this.#translation]} ${what}.`,
      remedy: isOfTool ? "Put the mark on the last tool that is a function." : remedy,
    });
  }

  #fault(
    kind: MarkFault["kind"],
    { entrySpan }: RecordEntryValue,
    { region, message }: Pick<MarkPlace, "region" | "message">,
    words: Pick<MarkFault, "reason" | "remedy" | "isForOther">,
  ): void {
    this.faults.push({ kind, span: entrySpan, region, message, ...words });
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
    const { value, entrySpan } = mark;
    const hasTtl = value.type === "record" && value.entries.has("ttl");
    const isKept =
      !hasTtl || this.#target.package === undefined || this.#context.holds("ai-sdk-bedrock: keeps the TTL");
    const plain = isKept || value.type !== "record" ? value : withoutTtl(value);
    return listElement(record(entrySpan, [["cachePoint", { ...mark, value: plain }]]), entrySpan);
  }
}

const systemPlace = { region: "system", message: undefined } as const;

const unreadInstructions = {
  reason:
    "Before version 7 the functions of the AI SDK read no `instructions`, so this mark is dropped with its text.",
  remedy: "Write `system` instead.",
};
const refusedSystem = {
  reason:
    "Before version 6 the AI SDK takes nothing but a text here and ends with `system must be a string`.",
  remedy: "Send the marked text as a message of the role `system` at the head of `messages`.",
};
const refusedMessages = {
  reason:
    "From version 7 on the AI SDK ends with `System messages are not allowed in the prompt or messages fields. Use the " +
    "instructions option instead.`",
  remedy: "Move the message with its mark to `instructions`.",
};

function withoutTtl(point: RecordValue): RecordValue {
  return { ...point, entries: new Map([...point.entries].filter(([key]) => key !== "ttl")) };
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
