import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import { identityId, list, listElement, opaque, record, recordEntry } from "../../value/construct.ts";
import { asList } from "../../value/inspect.ts";
import type { ArgumentValue, CallEvent, OpaqueValue, RecordEntryValue, Value } from "../../value/value.ts";
import { messagesEntry } from "./prompt.ts";

/** The options of a call after `prepareCall` of its agent, which gives the options that are used instead. */
export function afterPrepareCall(view: RecordView, call: CallEvent): RecordView {
  const callback = presentEntry(view, "prepareCall")?.value;
  if (callback?.type !== "function" || !call.run) return view;
  const options = record(call.span, view.entries);
  options.rest = [...view.rest];
  return viewRecord(knownRecord(call.run(callback, [argument(options, call)]))) ?? view;
}

/** What `prepareStep` may give for a step instead of what the call has. */
const stepOptions = [
  "model",
  "toolChoice",
  "activeTools",
  "toolOrder",
  "instructions",
  "system",
  "messages",
  "providerOptions",
];

/**
 * The options of a step after `prepareStep`. The callback gets the messages of the first step; which step it is asked
 * for is not known, so its branches on that are tried both ways.
 */
export function afterPrepareStep(view: RecordView, call: CallEvent): RecordView {
  const callback = (presentEntry(view, "prepareStep") ?? presentEntry(view, "experimental_prepareStep"))
    ?.value;
  if (callback?.type !== "function" || !call.run) return view;
  const messages = conversationOf(view);
  const given = record(call.span, [
    ["stepNumber", recordEntry(unknownOf(call, "the number of the step"), call.span)],
    ["steps", recordEntry(unknownOf(call, "the earlier steps"), call.span)],
  ]);
  for (const key of ["model", "instructions"]) {
    const entry = presentEntry(view, key);
    if (entry) given.entries.set(key, entry);
  }
  if (messages) given.entries.set("messages", messages).set("initialMessages", messages);
  const result = viewRecord(knownRecord(call.run(callback, [argument(given, call)])));
  if (!result) return view;
  const entries = new Map(view.entries);
  for (const key of stepOptions) {
    const entry = presentEntry(result, key);
    if (!entry) continue;
    entries.set(key, entry);
    if (key === "messages") entries.delete("prompt");
    if (key === "system" && !presentEntry(result, "instructions")) entries.delete("instructions");
  }
  return { entries, rest: [...result.rest, ...view.rest] };
}

/** The messages of a call as a list of its own, which a callback may change. */
export function conversationOf(view: RecordView): RecordEntryValue | undefined {
  const entry = messagesEntry(view);
  if (!entry) return undefined;
  const known = asList(entry.value);
  if (known) {
    const copy = {
      ...list([...known.elements], known.span, known.shape),
      order: known.order,
      cuts: known.cuts,
    };
    return { ...entry, value: copy };
  }
  if (entry.value.type !== "text") return entry;
  const { span } = entry;
  const user = record(span, [
    ["role", recordEntry({ type: "text", parts: [{ kind: "literal", text: "user", span }] }, span)],
    ["content", entry],
  ]);
  return { ...entry, value: list([listElement(user, span)], span) };
}

export function argument(value: Value, { span }: CallEvent): ArgumentValue {
  return { name: undefined, value, span, entrySpan: span, stretch: false };
}

/** A callback that gives what is not in view, or nothing, changes nothing that we know of. */
export function knownRecord(value: Value | undefined): Value | undefined {
  return value?.type === "record" ? value : undefined;
}

function unknownOf({ span }: CallEvent, reason: string): OpaqueValue {
  const key = `${reason}@${span.file}:${span.start}`;
  const known = { id: identityId(key), scope: "turn", reason } as const;
  return opaque({ origin: { kind: "unknown", reason }, key, span }, known);
}
