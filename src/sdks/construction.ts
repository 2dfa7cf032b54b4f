import { isAbsent, presentEntry, viewRecord } from "../dialects/record-view.ts";
import type { Span } from "../source/source-file.ts";
import { recordEntry } from "../value/construct.ts";
import { accessPath } from "../value/inspect.ts";
import { libraryObject } from "../value/library-object.ts";
import type { ArgumentValue, OpaqueValue, RecordEntryValue, Value } from "../value/value.ts";

/** How an object of a library was made: by a class, or by a function that gives one. */
export interface Construction {
  /** `ChatAnthropic`, `init_chat_model`; of a class method with its class: `ChatPromptTemplate.from_messages`. */
  readonly name: string;
  /** The module it comes from; undefined where it stands in the code as a global. */
  readonly module: string | undefined;
  readonly arguments: readonly ArgumentValue[];
  /** The call. */
  readonly span: Span;
  readonly value: OpaqueValue;
}

/**
 * The call that made an object; undefined for what no named class or function of a library made. An object of a class in
 * view counts as made by the class of a library that it inherits.
 */
export function constructionOf(given: Value | undefined): Construction | undefined {
  const value = given?.type === "record" ? libraryObject(given) : given;
  if (value?.type !== "opaque" || value.origin.kind !== "call") return undefined;
  const { callee, arguments: args } = value.origin;
  const named = callee.type === "opaque" ? exportedName(callee) : undefined;
  return named && { ...named, arguments: args, span: value.span, value };
}

interface ExportedName {
  readonly name: string;
  readonly module: string | undefined;
}

/** Names found so far: every SDK asks for the name of every call. */
const exportedNames = new WeakMap<OpaqueValue, ExportedName | "none">();

/** The name of a class or function of a library, with its class where it is a class method, and its module. */
export function exportedName(callee: OpaqueValue): ExportedName | undefined {
  let found = exportedNames.get(callee);
  if (!found) exportedNames.set(callee, (found = findExportedName(callee) ?? "none"));
  return found === "none" ? undefined : found;
}

function findExportedName(callee: OpaqueValue): ExportedName | undefined {
  const { root, steps } = accessPath(callee);
  if (steps.some((step) => step === "()" || step === "[]")) return undefined;
  const isModule = root.kind === "import" && (root.name === "*" || root.name === "default");
  const names =
    root.kind === "global" || (root.kind === "import" && !isModule) ? [root.name, ...steps] : steps;
  if (root.kind !== "global" && root.kind !== "import") return undefined;
  const last = names.at(-1);
  if (last === undefined) return undefined;
  const owner = names.at(-2);
  const name = owner !== undefined && /^[A-Z]/.test(owner) ? `${owner}.${last}` : last;
  return { name, module: root.kind === "import" ? root.module : undefined };
}

/** An argument as an entry. */
export function argumentEntry({ value, span, entrySpan }: ArgumentValue): RecordEntryValue {
  return recordEntry(value, span, entrySpan, value.type === "opaque" ? value.frame : undefined);
}

/**
 * The argument of one of these names: a named one, an entry of the options object, or the one at a position (counted
 * from 0 among the positional ones). Undefined where there is none, or where it says that nothing is given.
 */
export function findArgument(
  { arguments: args }: Pick<Construction, "arguments">,
  names: readonly string[],
  position?: number,
): RecordEntryValue | undefined {
  const named = args.find(({ name }) => name !== undefined && names.includes(name));
  if (named) return isAbsent(named.value) ? undefined : argumentEntry(named);
  const positional = args.filter(({ name, stretch }) => name === undefined && !stretch);
  for (const { value } of positional) {
    if (value.type !== "record") continue;
    const entry = names.map((name) => presentEntry(viewRecord(value), name)).find((found) => found);
    if (entry) return entry;
  }
  const placed = position === undefined ? undefined : positional[position];
  return placed && !isAbsent(placed.value) ? argumentEntry(placed) : undefined;
}

/** The object a method is called on, and the method's name. */
export function receiverOf(
  callee: Value,
): { readonly object: OpaqueValue; readonly method: string } | undefined {
  if (callee.type !== "opaque" || callee.origin.kind !== "member") return undefined;
  return { object: callee.origin.object, method: callee.origin.name };
}
