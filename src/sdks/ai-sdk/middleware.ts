import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import { list, listElement, record, recordEntry } from "../../value/construct.ts";
import { asList } from "../../value/inspect.ts";
import type { CallEvent, ListElement, RecordEntryValue, RecordValue, Value } from "../../value/value.ts";
import { constructionOf } from "../construction.ts";
import { argument, conversationOf, knownRecord } from "./call-options.ts";
import { systemMessages } from "./prompt.ts";
import { fields, word } from "./shapes.ts";

/** The options of a call after the middleware its model is wrapped in, and what that did to the prompt. */
export interface Transformed {
  readonly view: RecordView;
  /** True: the messages are those of the provider, among which system messages have their place. */
  readonly hasModelPrompt: boolean;
  /** True: middleware of somebody's own may read options under any key, and write those of the provider. */
  readonly mayTranslate: boolean;
}

/**
 * Applies the middleware around the model of a call, the outermost first. Of the functions a middleware may have only
 * `transformParams` changes what is sent; of the SDK's own ones those for defaults are known.
 */
export function afterMiddleware(view: RecordView, call: CallEvent): Transformed {
  let result: Transformed = { view, hasModelPrompt: false, mayTranslate: false };
  for (const middleware of middlewareOf(presentEntry(view, "model")?.value)) {
    result = applied(middleware, result, call);
  }
  return result;
}

/** Models hardly are wrapped more often. */
const maximumWraps = 5;

function middlewareOf(model: Value | undefined): readonly Value[] {
  const found: Value[] = [];
  let current = model;
  for (let wraps = 0; wraps < maximumWraps; wraps++) {
    const made = constructionOf(current);
    if (!made || !/^(?:experimental_)?wrapLanguageModel$/.test(made.name)) return found;
    const options = viewRecord(made.arguments[0]?.value);
    const middleware = presentEntry(options, "middleware")?.value;
    if (middleware?.type === "list") found.push(...middleware.elements.map(({ value }) => value));
    else if (middleware) found.push(middleware);
    current = presentEntry(options, "model")?.value;
  }
  return found;
}

function applied(middleware: Value, before: Transformed, call: CallEvent): Transformed {
  const made = constructionOf(middleware);
  if (made?.name === "defaultSettingsMiddleware") {
    const options = viewRecord(made.arguments[0]?.value);
    const defaults = viewRecord(presentEntry(options, "settings")?.value);
    return { ...before, view: withDefault(before.view, defaults, ["providerOptions", "toolChoice"]) };
  }
  if (made?.name === "defaultInstructionsMiddleware") {
    const options = viewRecord(made.arguments[0]?.value);
    const hasOwn = ["instructions", "system"].some((key) => presentEntry(before.view, key) !== undefined);
    return hasOwn ? before : { ...before, view: withDefault(before.view, options, ["instructions"]) };
  }
  if (made?.module === "ai") return before;
  const written = viewRecord(middleware);
  const transform = presentEntry(written, "transformParams")?.value;
  const isOpen = written === undefined || written.rest.length > 0 || transform !== undefined;
  const after = { ...before, mayTranslate: before.mayTranslate || isOpen };
  if (transform?.type !== "function" || !call.run) return after;
  const params = paramsOf(before.view, call);
  const given = record(call.span, [["params", recordEntry(params, call.span)]]);
  const result = viewRecord(knownRecord(call.run(transform, [argument(given, call)])));
  if (!result) return after;
  const entries = new Map(before.view.entries);
  for (const key of ["instructions", "system", "prompt", "messages"]) entries.delete(key);
  const prompt = presentEntry(result, "prompt");
  if (prompt) entries.set("messages", prompt);
  for (const key of ["providerOptions", "toolChoice"]) {
    const entry = presentEntry(result, key);
    if (entry) entries.set(key, entry);
  }
  return { view: { entries, rest: before.view.rest }, hasModelPrompt: true, mayTranslate: true };
}

function withDefault(
  view: RecordView,
  defaults: RecordView | undefined,
  keys: readonly string[],
): RecordView {
  const entries = new Map(view.entries);
  for (const key of keys) {
    const entry = presentEntry(defaults, key);
    if (!entry) continue;
    const own = entries.get(key);
    entries.set(key, own ? merged(entry, own) : entry);
  }
  return { entries, rest: view.rest };
}

/** One object over another, key by key. */
function merged(below: RecordEntryValue, above: RecordEntryValue): RecordEntryValue {
  if (below.value.type !== "record" || above.value.type !== "record") return above;
  const result = record(above.value.span, below.value.entries);
  for (const [key, entry] of above.value.entries) {
    const under = result.entries.get(key);
    result.entries.set(key, under ? merged(under, entry) : entry);
  }
  result.rest = [...below.value.rest, ...above.value.rest];
  return { ...above, value: result };
}

/** The parameters as a provider gets them: one prompt whose messages have parts, the system messages in front. */
function paramsOf(view: RecordView, call: CallEvent): RecordValue {
  const { span } = call;
  const system = systemMessages(presentEntry(view, "instructions") ?? presentEntry(view, "system")).map(
    (message): ListElement => {
      const written = fields(message.span, { role: word("system", message.span), content: message.content });
      const options = presentEntry(message.view, "providerOptions");
      if (options) written.entries.set("providerOptions", options);
      return listElement(
        message.stretch ? message.content.value : written,
        message.span,
        undefined,
        message.stretch,
      );
    },
  );
  const messages = conversationOf(view);
  const known = asList(messages?.value);
  const rest = known
    ? known.elements.map(withParts)
    : messages
      ? [listElement(messages.value, messages.span, messages.frame, true)]
      : [];
  const prompt = list([...system, ...rest], messages?.span ?? span);
  const params = record(span, [["prompt", recordEntry(prompt, prompt.span)]]);
  for (const key of ["providerOptions", "toolChoice"]) {
    const entry = presentEntry(view, key);
    if (entry) params.entries.set(key, entry);
  }
  return params;
}

/** A message whose content is a text, with that text as its one part. */
function withParts(element: ListElement): ListElement {
  const { value, stretch } = element;
  const content = value.type === "record" ? value.entries.get("content") : undefined;
  const role = value.type === "record" ? value.entries.get("role")?.value : undefined;
  const isSystem =
    role?.type === "text" && role.parts[0]?.kind === "literal" && role.parts[0].text === "system";
  if (stretch || value.type !== "record" || !content || isSystem || content.value.type === "list")
    return element;
  if (content.value.type === "opaque" && content.value.list) return element;
  const { span } = content;
  const part = fields(span, { type: word("text", span), text: content });
  const parts = recordEntry(list([listElement(part, span)], span), span, content.entrySpan);
  const copy = record(value.span, value.entries);
  copy.rest = [...value.rest];
  copy.entries.set("content", parts);
  return { ...element, value: copy };
}
