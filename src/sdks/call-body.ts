import { record, recordEntry } from "../value/construct.ts";
import type { CallEvent, Value } from "../value/value.ts";

/**
 * The body a call sends: its named arguments as a record, unknown ones (`**kwargs`) as the record's rest; or the
 * options object that stands first. Undefined for a call without either. Where `parameters` are given, arguments by
 * position go by those names, and there is no options object.
 */
export function callBody(call: CallEvent, parameters?: readonly string[]): Value | undefined {
  const isNamed = call.arguments.some(({ name, stretch }) => name !== undefined || stretch);
  if (!isNamed && !parameters) return call.arguments[0]?.value;
  const body = record(call.span);
  for (const [index, argument] of call.arguments.entries()) {
    const { value, span, entrySpan, stretch } = argument;
    const name = argument.name ?? (stretch ? undefined : parameters?.[index]);
    if (name !== undefined) body.entries.set(name, recordEntry(value, span, entrySpan, call.frame));
    else if (stretch && value.type === "opaque") body.rest.unshift(value);
  }
  // `extra_body` of the Python SDKs is merged into the body that is sent.
  const extra = body.entries.get("extra_body")?.value;
  if (extra?.type === "record") for (const [key, entry] of extra.entries) body.entries.set(key, entry);
  return body;
}
