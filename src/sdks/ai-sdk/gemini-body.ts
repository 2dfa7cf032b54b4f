import { presentEntry, viewRecord } from "../../dialects/record-view.ts";
import { list, record, recordEntry } from "../../value/construct.ts";
import { asList, literalText } from "../../value/inspect.ts";
import type { ListElement, ListValue, RecordEntryValue, RecordValue } from "../../value/value.ts";
import { entryOfList, entryOfValue, fields, word } from "./shapes.ts";

/** Turns a body with `messages` into one with `contents` and a system instruction, as the Gemini API takes it. */
export function geminiBody(body: RecordValue): RecordValue {
  const entry = body.entries.get("messages");
  const messages = asList(entry?.value);
  body.entries.delete("messages");
  if (!entry || !messages) {
    if (entry) body.entries.set("contents", entry);
    return body;
  }
  const roles = messages.elements.map(({ value, stretch }) =>
    stretch ? undefined : literalText(presentEntry(viewRecord(value), "role")?.value),
  );
  const end = roles.findIndex((role) => role !== "system");
  const count = end < 0 ? messages.elements.length : end;
  if (count > 0) {
    const parts = messages.elements.slice(0, count).flatMap(({ value, span }): ListElement[] => {
      const content = presentEntry(viewRecord(value), "content");
      return content ? partsOf(content) : [{ value, span, frame: undefined, stretch: false }];
    });
    const instruction = fields(entry.span, { parts: entryOfList(parts, entry.span) });
    body.entries.set("system_instruction", entryOfValue(instruction, entry.span));
  }
  const contents: ListValue = {
    ...list(
      messages.elements.slice(count).map((element, index) => contentOf(element, roles[count + index])),
      messages.span,
      messages.shape,
    ),
    order: messages.order,
    cuts: messages.cuts,
  };
  body.entries.set("contents", recordEntry(contents, entry.span));
  return body;
}

const names: Readonly<Record<string, string>> = { assistant: "model", tool: "function" };

function contentOf(element: ListElement, role: string | undefined): ListElement {
  const { value, span, stretch } = element;
  const view = viewRecord(value);
  const content = presentEntry(view, "content");
  if (stretch || value.type !== "record" || !content) return element;
  const written = record(span, [["parts", entryOfList(partsOf(content), content.span)]]);
  if (role !== undefined) written.entries.set("role", word(names[role] ?? role, span));
  else written.rest = [...value.rest];
  return { ...element, value: written };
}

function partsOf(content: RecordEntryValue): ListElement[] {
  const parts = asList(content.value)?.elements;
  if (parts) return parts;
  const { span, frame } = content;
  return [{ value: fields(span, { text: content }), span, frame, stretch: false }];
}
