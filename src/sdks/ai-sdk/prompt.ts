import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import type { Span } from "../../source/source-file.ts";
import { list, listElement, recordEntry } from "../../value/construct.ts";
import { accessPath, asList, literalText } from "../../value/inspect.ts";
import type { ListElement, ListValue, RecordEntryValue, Value } from "../../value/value.ts";
import { fields, word } from "./shapes.ts";

/** A message of the system text, or a text that is one. */
export interface SystemMessage {
  readonly content: RecordEntryValue;
  /** What may have `providerOptions`; a text has none. */
  readonly view: RecordView | undefined;
  readonly span: Span;
  readonly stretch: boolean;
}

/** Instructions are a text, a message, or a list of messages. */
export function systemMessages(entry: RecordEntryValue | undefined): readonly SystemMessage[] {
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
export function messagesEntry(call: RecordView): RecordEntryValue | undefined {
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
  const name = steps.at(-1) ?? (root.kind === "import" || root.kind === "global" ? root.name : "");
  const first = value.origin.arguments[0]?.value;
  return conversions.has(name) && first && !value.list && (first.type === "opaque" || first.type === "list")
    ? first
    : value;
}

/** System messages at the head of the messages belong to the instructions. */
export function splitMessages(entry: RecordEntryValue | undefined): {
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
