import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import { record, recordEntry } from "../../value/construct.ts";
import { asList, literalText } from "../../value/inspect.ts";
import type { CallEvent, ListElement, OpaqueValue, RecordEntryValue } from "../../value/value.ts";

/** What a model of the AI SDK has besides its name, by which agents of one's own and middleware send. */
const methods = /^do(?:Generate|Stream)$/;

/**
 * The options of `model.doStream({ prompt, tools })` in the form that `streamText` takes them: the prompt is a list of
 * messages, and the tools are a list of definitions with their names.
 * https://github.com/vercel/ai packages/provider/src/language-model, read 2026-11-23.
 */
export function optionsOfModelCall(callee: OpaqueValue, call: CallEvent): RecordView | undefined {
  const { origin } = callee;
  if (origin.kind !== "member" || !methods.test(origin.name)) return undefined;
  const options = viewRecord(call.arguments[0]?.value);
  const prompt = presentEntry(options, "prompt");
  if (!options || !prompt || !asList(prompt.value)) return undefined;
  const entries = new Map(options.entries);
  entries.set("model", recordEntry(origin.object, call.span));
  const tools = presentEntry(options, "tools");
  const named = tools && namedTools(tools);
  if (named) entries.set("tools", named);
  return { entries, rest: options.rest };
}

/** A list of tools as a record by their names; undefined where it is no list that is in view. */
function namedTools(tools: RecordEntryValue): RecordEntryValue | undefined {
  const elements = asList(tools.value)?.elements;
  if (!elements || elements.some(({ stretch }) => stretch)) return undefined;
  const set = record(tools.span);
  elements.forEach((element, index) => {
    const { value, span, frame } = element;
    set.entries.set(nameOf(element) ?? `tool ${index + 1}`, recordEntry(value, span, span, frame));
  });
  return { ...tools, value: set };
}

function nameOf({ value }: ListElement): string | undefined {
  return literalText(presentEntry(viewRecord(value), "name")?.value);
}
