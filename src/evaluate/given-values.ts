import type { Span } from "../source/source-file.ts";
import { list, recordEntry } from "../value/construct.ts";
import { accessPath } from "../value/inspect.ts";
import type { ArgumentValue, ListElement, OpaqueValue, RecordEntryValue, Value } from "../value/value.ts";
import type { Run } from "./run.ts";

/** Methods by which an object of a library is put together. */
const builders = /^(?:add|connect)(?:_|[A-Z]|$)/;

/** Functions by which a library as a whole is told what to use. */
const settings = /^(?:configure|context)$/;

/** Most values of one method that are remembered: a loop may give one in each round. */
const maximumGiven = 100;

/** Lets an object know what one of its methods was given: a list under the method's name with an `@` in front. */
export function noteGiven(
  run: Run,
  object: OpaqueValue,
  method: string,
  given: ListElement,
  span: Span,
): void {
  const field = `@${method}`;
  const before = object.fields.get(field)?.value;
  const elements = before?.type === "list" ? before.elements : [];
  if (elements.length >= maximumGiven) return;
  run.willChangeEntries(object);
  object.fields.set(field, recordEntry(list([...elements, given], span), span, span, run.frame));
}

/**
 * Remembers a call that adds to an object a library made, as `chat.add_message(...)` and `pipeline.add_component(...)`
 * do, or sets up the library: `dspy.configure(...)`.
 */
export function noteBuilding(run: Run, receiver: OpaqueValue, method: string, call: Value, span: Span): void {
  const { root } = accessPath(receiver);
  const isKept =
    receiver.origin.kind === "call" ? builders.test(method) : root.kind === "import" && settings.test(method);
  if (!isKept) return;
  noteGiven(run, receiver, method, { value: call, span, frame: run.frame, stretch: false }, span);
}

/**
 * A base class outside of view keeps what its constructor is given somewhere: named arguments, and the entries of an
 * options object, become fields of the instance where it has none of that name.
 */
export function keepGiven(run: Run, self: Value | undefined, args: readonly ArgumentValue[]): void {
  if (self?.type !== "record") return;
  const entries = args.flatMap((argument): (readonly [string, RecordEntryValue])[] => {
    const { name, value, span, entrySpan, stretch } = argument;
    if (name !== undefined) return stretch ? [] : [[name, recordEntry(value, span, entrySpan, run.frame)]];
    return value.type === "record" && !value.class ? [...value.entries] : [];
  });
  if (entries.length === 0) return;
  run.willChangeEntries(self);
  for (const [name, entry] of entries) if (!self.entries.has(name)) self.entries.set(name, entry);
}

/**
 * What an object of a library was given under a name when its class made it: `message.content` of
 * `Message(content=...)`. Undefined where it was not, or something else has been written since.
 */
export function givenMember({ origin, fields, removed }: OpaqueValue, name: string): Value | undefined {
  if (origin.kind !== "call" || fields.has(name) || removed.has(name)) return undefined;
  const made = origin.callee.type === "opaque" ? origin.callee.origin : undefined;
  const isClass = (made?.kind === "member" || made?.kind === "import") && /^[A-Z]\w*[a-z]/.test(made.name);
  if (!isClass) return undefined;
  const named = origin.arguments.find((argument) => argument.name === name && !argument.stretch);
  const [first] = origin.arguments;
  const options = first?.name === undefined && first?.value.type === "record" ? first.value : undefined;
  return named?.value ?? (options?.class ? undefined : options?.entries.get(name)?.value);
}
