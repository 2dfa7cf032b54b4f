import { readCacheControl } from "../../dialects/marks.ts";
import { presentEntry, viewRecord } from "../../dialects/record-view.ts";
import type { FaultDraft } from "../../dialects/request-draft.ts";
import type { Span } from "../../source/source-file.ts";
import { list, listElement, record, recordEntry, textOf } from "../../value/construct.ts";
import { asList, literalText, textParts } from "../../value/inspect.ts";
import type { ListElement, ListValue, RecordEntryValue, RecordValue, TextPart } from "../../value/value.ts";
import { chatMessage } from "../chat-body.ts";
import { constructionOf, findArgument } from "../construction.ts";
import { plainMark, textBlock } from "../lower-chat.ts";
import type { PlacedFault } from "../placed-faults.ts";
import type { CrewModel } from "./models.ts";

const flag = "cache_breakpoint";

/** A message with the place of its flag. */
interface Message {
  readonly role: string | undefined;
  readonly content: RecordEntryValue | undefined;
  readonly value: RecordValue;
  /** `mark_cache_breakpoint(...)`, or the key that it sets. */
  readonly mark: Span | undefined;
  readonly element: ListElement;
}

/** What CrewAI sends of a list of messages. */
export interface CrewMessages {
  readonly messages: ListValue;
  readonly faults: readonly PlacedFault[];
}

/**
 * The messages a model is given. For Anthropic, system messages are joined to one block, which is marked if one of
 * them is; a flag on a message of the user marks the message if its content is one text; flags on all others are
 * dropped.
 * https://github.com/crewAIInc/crewAI/blob/f4731f502/lib/crewai/src/crewai/llms/providers/anthropic/completion.py, read
 * 2026-11-22.
 */
export function convertMessages(given: ListValue, { marks }: CrewModel): CrewMessages {
  const faults: PlacedFault[] = [];
  const messages = given.elements.map((element) =>
    element.stretch ? element : (messageOf(element) ?? element),
  );
  const isRead = (each: ListElement | Message): each is Message => "element" in each;
  if (marks !== "stamped") {
    const elements = messages.map((each) => {
      if (!isRead(each)) return each;
      if (each.mark && marks === "lost") faults.push({ fault: lostMark(each.mark), of: each.element.span });
      return { ...each.element, value: each.value };
    });
    return { messages: copyOf(given, elements), faults };
  }
  const system = messages.filter((each): each is Message => isRead(each) && each.role === "system");
  for (const message of system) withoutForeignMark(message, faults);
  const joined = joinSystem(system);
  const first = system[0];
  const elements = messages.flatMap((each): readonly ListElement[] => {
    if (!isRead(each)) return [each];
    if (joined && each.role === "system") {
      return each === first ? [listElement(joined, each.element.span, each.element.frame)] : [];
    }
    const { element, mark } = each;
    if (each.role === "system") return [{ ...element, value: withoutForeignMark(each, []) }];
    const value = withoutForeignMark(each, faults);
    if (!mark) return [{ ...element, value }];
    const problem = whyDropped(each);
    if (!problem) return [{ ...element, value: stamped({ ...each, value }, mark) }];
    faults.push({ fault: { ...problem, kind: "ignored", span: mark }, of: element.span });
    return [{ ...element, value }];
  });
  return { messages: copyOf(given, elements), faults };
}

function copyOf(given: ListValue, elements: ListElement[]): ListValue {
  return { ...list(elements, given.span), order: given.order, cuts: given.cuts };
}

/** A dict with a role, or one that `mark_cache_breakpoint` was called with. */
function messageOf(element: ListElement): Message | undefined {
  const made = constructionOf(element.value);
  const marked = made?.name === "mark_cache_breakpoint" ? findArgument(made, ["message"], 0) : undefined;
  const value = marked?.value ?? element.value;
  if (value.type !== "record") return undefined;
  const view = viewRecord(value);
  const own = presentEntry(view, flag);
  const isOn = own && !(own.value.type === "constant" && !own.value.value);
  const entries = new Map(value.entries);
  entries.delete(flag);
  return {
    role: literalText(presentEntry(view, "role")?.value),
    content: presentEntry(view, "content"),
    value: { ...value, entries },
    mark: marked ? made!.span : isOn ? own.entrySpan : undefined,
    element,
  };
}

/** Several system messages, or a marked one, as one; undefined where they stay as they are. */
function joinSystem(messages: readonly Message[]): RecordValue | undefined {
  const mark = messages.find((message) => message.mark)?.mark;
  const [first] = messages;
  if (!first || (messages.length < 2 && !mark)) return undefined;
  const parts = messages.flatMap(({ content }, index): readonly TextPart[] => [
    ...(index > 0 && content ? [{ kind: "literal", text: "\n\n", span: content.span } as const] : []),
    ...(content ? (textParts(content.value, content.span) ?? []) : []),
  ]);
  const { span } = first.element;
  const block = textBlock(recordEntry(textOf(parts), first.content?.span ?? span), span);
  if (mark) block.entries.set("cache_control", recordEntry(plainMark("ephemeral", mark), mark));
  return chatMessage("system", recordEntry(list([listElement(block, span)], span), span), span);
}

/** A message without `cache_control` beside its content, of which CrewAI takes nothing along. */
function withoutForeignMark({ value, element }: Message, faults: PlacedFault[]): RecordValue {
  const mark = readCacheControl(viewRecord(value));
  if (!mark) return value;
  const fault: FaultDraft = {
    kind: "ignored",
    span: mark.span,
    reason:
      "CrewAI takes the role and the content of a message along and nothing else, so this mark is dropped.",
    remedy: "Wrap the message in `mark_cache_breakpoint(...)`.",
  };
  faults.push({ fault, of: element.span });
  const entries = new Map(value.entries);
  entries.delete("cache_control");
  return { ...value, entries };
}

function whyDropped({ role, content }: Message): Pick<FaultDraft, "reason" | "remedy"> | undefined {
  if (role !== "user") {
    const reason = "CrewAI marks system messages and messages of the user only, so this mark is dropped.";
    return { reason, remedy: "Mark the last message of the user in front of it." };
  }
  const blocks = asList(content?.value)?.elements;
  const texts = blocks?.filter(({ value }) => presentEntry(viewRecord(value), "text") !== undefined);
  if (!texts || texts.length === 1) return undefined;
  return {
    reason:
      "CrewAI finds a marked message by its one text, and this one has none or several, so the mark is dropped.",
    remedy: "Put `cache_control` on the block itself.",
  };
}

/** The mark stands on the last block. */
function stamped({ value, content, element }: Message, mark: Span): RecordValue {
  if (!content) return value;
  const known = asList(content.value)?.elements ?? [
    listElement(textBlock(content), content.span, content.frame),
  ];
  const last = known.at(-1);
  if (last?.value.type !== "record") return value;
  const control = recordEntry(plainMark("ephemeral", mark), mark);
  const block = record(last.value.span, new Map(last.value.entries).set("cache_control", control));
  const blocks = list([...known.slice(0, -1), { ...last, value: block }], content.span);
  return { ...value, entries: new Map(value.entries).set("content", recordEntry(blocks, element.span)) };
}

function lostMark(span: Span): FaultDraft {
  return {
    kind: "ignored",
    span,
    reason: "CrewAI places no cache points for Amazon Bedrock, so this mark is dropped.",
    remedy: "Ask Anthropic's own API, or call Converse without CrewAI.",
  };
}
