import { presentEntry, viewRecord, writtenEntry } from "../../dialects/record-view.ts";
import type { FaultDraft } from "../../dialects/request-draft.ts";
import type { Span } from "../../source/source-file.ts";
import { list, listElement, record, recordEntry, text, textOf } from "../../value/construct.ts";
import { accessPath, asList, literalText, textParts } from "../../value/inspect.ts";
import type {
  ListElement,
  ListValue,
  RecordEntryValue,
  RecordValue,
  TextPart,
  Value,
} from "../../value/value.ts";
import { chatMessage } from "../chat-body.ts";
import { constructionOf, findArgument, type Construction } from "../construction.ts";
import { cachePointElement, mediaBlock, plainMark, textBlock, type Wire } from "../lower-chat.ts";
import type { PlacedFault } from "../placed-faults.ts";
import { placedMark } from "../placed-mark.ts";

/** A message with its blocks; cache points are still elements of their own. */
interface Message {
  readonly role: string;
  readonly blocks: readonly ListElement[];
  /** The mark in `additional_kwargs` (Python) or `options` (TypeScript). */
  readonly mark: RecordEntryValue | undefined;
  readonly element: ListElement;
  /** True: an object of TypeScript. */
  readonly isScript: boolean;
}

/** What a model sends of a list of messages. */
export interface LlamaMessages {
  readonly messages: ListValue;
  readonly faults: readonly PlacedFault[];
}

const roles: Readonly<Record<string, string>> = {
  system: "system",
  developer: "system",
  user: "user",
  assistant: "assistant",
  chatbot: "assistant",
  model: "assistant",
  tool: "tool",
  function: "tool",
};

/** Roles under which a message may stand in TypeScript, where messages are plain objects. */
const scriptRoles = new Set(["system", "user", "assistant", "developer"]);

/**
 * The messages a model sends. A `CachePoint` marks the block in front of it (Anthropic) or becomes a cache point without
 * its TTL (Bedrock). `cache_control` in `additional_kwargs` marks the last block of its message, for Anthropic only;
 * `cacheUntil`, the `cache_idx` of the model, does so for every message up to an index, -1 for all of them.
 *
 * https://github.com/run-llama/llama_index/tree/main/llama-index-integrations/llms: llama-index-llms-anthropic,
 * llama-index-llms-bedrock-converse (.../utils.py of each), and `@llamaindex/anthropic` 0.3.26, read 2026-11-22. Before
 * https://github.com/run-llama/llama_index/issues/20854 every block of the message was marked.
 */
export function convertMessages(
  given: ListValue,
  { dialect }: Wire,
  cacheUntil: { readonly index: number; readonly mark: RecordEntryValue } | undefined,
): LlamaMessages {
  const faults: PlacedFault[] = [];
  const elements = given.elements.map((element, index): ListElement => {
    const message = element.stretch ? undefined : messageOf(element);
    if (!message) return element;
    const isCounted = cacheUntil && (cacheUntil.index === -1 || index <= cacheUntil.index);
    const mark = isCounted ? cacheUntil.mark : message.mark;
    const note = (fault: FaultDraft) => faults.push({ fault, of: element.span });
    return { ...element, value: written({ ...message, mark }, dialect, note) };
  });
  return { messages: { ...list(elements, given.span), order: given.order, cuts: given.cuts }, faults };
}

/** A message; undefined for what was made elsewhere. */
function messageOf(element: ListElement): Message | undefined {
  const made = constructionOf(element.value);
  if (made && /^ChatMessage(?:\.from_str)?$/.test(made.name)) return messageOfClass(made, element);
  const view = element.value.type === "record" ? viewRecord(element.value) : undefined;
  const role = literalText(presentEntry(view, "role")?.value);
  const content = presentEntry(view, "content");
  if (role === undefined || !scriptRoles.has(role) || !content) return undefined;
  const mark = presentEntry(viewRecord(presentEntry(view, "options")?.value), "cache_control");
  return { role: roles[role]!, blocks: blocksOf(content), mark, element, isScript: true };
}

function messageOfClass(made: Construction, element: ListElement): Message {
  const content = findArgument(made, ["blocks"]) ?? findArgument(made, ["content"], 0);
  const extras = findArgument(made, ["additional_kwargs"]) ?? made.value.fields.get("additional_kwargs");
  const added = asList(made.value.fields.get("blocks")?.value)?.elements ?? [];
  const blocks = [
    ...(content ? blocksOf(content) : []),
    ...added.flatMap((block) => (block.stretch ? [] : [blockOf(block)])),
  ];
  const written = writtenEntry(viewRecord(extras?.value), "cache_control");
  const mark = written && extras && placedMark(written, extras);
  return { role: roleOf(findArgument(made, ["role"])), blocks, mark, element, isScript: false };
}

/** A text, or a member of `MessageRole`. */
function roleOf(entry: RecordEntryValue | undefined): string {
  const value = entry?.value;
  const name = value?.type === "opaque" ? accessPath(value).steps.at(-1)?.toLowerCase() : literalText(value);
  return name !== undefined && Object.hasOwn(roles, name) ? roles[name]! : "user";
}

function blocksOf(content: RecordEntryValue): readonly ListElement[] {
  const known = asList(content.value);
  if (known) return known.elements.map((block) => (block.stretch ? block : blockOf(block)));
  return [listElement(textBlock(content), content.span, content.frame)];
}

function blockOf(block: ListElement): ListElement {
  const { value, span } = block;
  const made = constructionOf(value);
  if (!made) return value.type === "text" ? { ...block, value: textBlock(recordEntry(value, span)) } : block;
  if (made.name === "CachePoint") return pointElement(made, block);
  const content = made.name === "TextBlock" ? findArgument(made, ["text"], 0) : undefined;
  if (content) return { ...block, value: textBlock(content, span) };
  const kind = made.name === "ImageBlock" ? "image" : made.name === "DocumentBlock" ? "document" : undefined;
  const data = kind && findArgument(made, ["image", "data", "path", "url"], 0);
  return kind && data ? { ...block, value: mediaBlock(kind, data, span) } : block;
}

/** `CachePoint(cache_control=CacheControl(type=..., ttl=...))` as a cache point with what it was given. */
function pointElement(made: Construction, block: ListElement): ListElement {
  const control = findArgument(made, ["cache_control"], 0);
  const inner = constructionOf(control?.value);
  const source = inner ?? { arguments: control ? [{ ...control, name: undefined, stretch: false }] : [] };
  const point = record(block.span, [
    ["type", findArgument(source, ["type"]) ?? recordEntry(text("ephemeral", block.span), block.span)],
  ]);
  const ttl = findArgument(source, ["ttl"]);
  if (ttl) point.entries.set("ttl", ttl);
  return { ...block, value: record(block.span, [["cachePoint", recordEntry(point, block.span)]]) };
}

function pointOf(block: ListElement): RecordEntryValue | undefined {
  return block.stretch ? undefined : presentEntry(viewRecord(block.value), "cachePoint");
}

function written(message: Message, dialect: Wire["dialect"], note: (fault: FaultDraft) => void): RecordValue {
  const { role, element } = message;
  const { span } = element;
  const blocks =
    dialect === "anthropic"
      ? anthropicBlocks(message, note)
      : dialect === "converse"
        ? converseBlocks(message, note)
        : message.blocks.filter((block) => !pointOf(block));
  return chatMessage(role, recordEntry(list([...blocks], span), span), span);
}

function anthropicBlocks(
  { role, blocks, mark, isScript }: Message,
  note: (fault: FaultDraft) => void,
): readonly ListElement[] {
  const result: ListElement[] = [];
  for (const block of blocks) {
    const point = pointOf(block);
    if (!point) result.push(block);
    else if (result.length === 0) note(firstPoint(block.span));
    else result[result.length - 1] = marked(result.at(-1)!, point);
  }
  if (!mark) return result;
  if (isScript && role !== "system") note(scriptMark(mark));
  else if (result.length > 0) result[result.length - 1] = marked(result.at(-1)!, mark);
  return result;
}

/** System texts are joined by line breaks up to a cache point; the TTL of a cache point stays behind. */
function converseBlocks(
  { role, blocks, mark }: Message,
  note: (fault: FaultDraft) => void,
): readonly ListElement[] {
  if (mark) note(extraMark(mark));
  const points = blocks.map((block) => {
    const point = pointOf(block);
    if (!point) return block;
    return cachePointElement({ ...point, value: plainMark("default", block.span) });
  });
  return role === "system" ? joinTexts(points) : points;
}

function joinTexts(blocks: readonly ListElement[]): readonly ListElement[] {
  const result: ListElement[] = [];
  for (const block of blocks) {
    const own = textIn(block.value);
    const last = result.at(-1);
    const before = last && textIn(last.value);
    if (!own || !before || !last) {
      result.push(block);
      continue;
    }
    const glue: TextPart = { kind: "literal", text: "\n", span: block.span };
    const parts = [
      ...(textParts(before.value, before.span) ?? []),
      glue,
      ...(textParts(own.value, own.span) ?? []),
    ];
    result[result.length - 1] = { ...last, value: textBlock(recordEntry(textOf(parts), last.span)) };
  }
  return result;
}

function textIn(block: Value): RecordEntryValue | undefined {
  return block.type === "record" && !block.entries.has("cachePoint") ? block.entries.get("text") : undefined;
}

function marked(block: ListElement, mark: RecordEntryValue): ListElement {
  if (block.stretch || block.value.type !== "record") return block;
  return {
    ...block,
    value: { ...block.value, entries: new Map(block.value.entries).set("cache_control", mark) },
  };
}

function firstPoint(span: Span): FaultDraft {
  return {
    kind: "misplaced",
    span,
    reason:
      "A message cannot begin with a cache point: LlamaIndex raises `Cache point must be after at least one block`.",
    remedy: "Move it behind the block that ends the stable part.",
  };
}

function extraMark({ entrySpan }: RecordEntryValue): FaultDraft {
  return {
    kind: "ignored",
    span: entrySpan,
    reason: "For Bedrock, LlamaIndex reads cache points among the blocks only, so this mark is dropped.",
    remedy: "Put a `CachePoint` behind the last block of the message.",
  };
}

function scriptMark({ entrySpan }: RecordEntryValue): FaultDraft {
  return {
    kind: "ignored",
    span: entrySpan,
    reason:
      "LlamaIndex for TypeScript reads `cache_control` of system messages only, so this mark is dropped.",
    remedy: "Move what is to be cached into a system message.",
  };
}
