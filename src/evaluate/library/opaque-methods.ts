import type { Span } from "../../source/source-file.ts";
import { constant, record, restated, text } from "../../value/construct.ts";
import { noteDefault } from "../../value/defaults.ts";
import { accessPath, literalText } from "../../value/inspect.ts";
import { isFresh, isUnstable } from "../../value/scope.ts";
import type { OpaqueValue, Value } from "../../value/value.ts";
import { copyEntries } from "../copies.ts";
import { iterable } from "../iteration.ts";
import { deleteItem, getIndex, setItem } from "../members.ts";
import { derivedValue, listOf, opaqueMember } from "../opaques.ts";
import { getSlice } from "../slices.ts";
import { joinTexts } from "../texts.ts";
import { clockMethod } from "./clock-methods.ts";
import { readBytes, readFile } from "./files.ts";
import type { LibraryCall } from "./library.ts";
import { listMethods } from "./list-methods.ts";
import { isPattern, literalPattern } from "./regular-expressions.ts";
import { parseBySchema } from "./schemas.ts";
import { loopMethods } from "./threads.ts";

export type OpaqueCall = LibraryCall<OpaqueValue>;

/** Methods only lists have: whoever calls them treats the value as a list. */
const onlyOfLists = new Set(
  "append extend insert push unshift pop shift map filter forEach flatMap reduce reduceRight findLast findLastIndex findIndex sort toSorted reverse toReversed splice toSpliced some every flat".split(
    " ",
  ),
);

/** Methods that change the text but not what it depends on. */
const keepsText = new Set(
  "strip lstrip rstrip trim trimStart trimEnd upper lower toUpperCase toLowerCase title capitalize encode decode replace replaceAll toString padStart padEnd zfill normalize removeprefix removesuffix hex toLocaleUpperCase toWellFormed substring charAt repeat".split(
    " ",
  ),
);

/** Calls a method of a value nothing more is known about. */
export function opaqueMethod(call: OpaqueCall, name: string): Value | undefined {
  const { run, receiver, args, span } = call;
  if (receiver.clock) {
    const cut = clockMethod(call, name);
    if (cut) return cut;
  }
  const isLibrary = receiver.origin.kind === "import" || receiver.origin.kind === "global";
  if (isLibrary) return undefined;
  const parsed = parseBySchema(call, name) ?? (name === "getName" ? className(receiver, span) : undefined);
  if (parsed) return parsed;
  if (name === "slice") return getSlice(run, receiver, args[0]?.value, args[1]?.value, undefined, span);
  // A collection of a database is asked for with a record, a list with a function.
  const isSearch = name === "find" && args[0]?.value.type === "function";
  if (isSearch || onlyOfLists.has(name) || (receiver.list && Object.hasOwn(listMethods, name))) {
    const isKeyed = name === "pop" && args[0] && literalText(args[0].value) !== undefined;
    if (isKeyed) return recordLike(call, "pop");
    return listMethods[name]!({ ...call, receiver: listOf(run, receiver, span) });
  }
  // Texts have `at()`, too.
  if (name === "at" && (isArray(receiver) || isCalledList(receiver)))
    return listMethods["at"]!({ ...call, receiver: listOf(run, receiver, span) });
  if (name === "entries" && args.length === 0 && isArray(receiver))
    return listMethods["entries"]!({ ...call, receiver: listOf(run, receiver, span) });
  if (name === "join" && args[0] && call.isPython) {
    const source = iterable(run, args[0].value, args[0].span);
    if (source)
      return joinTexts(run, source, [{ kind: "hole", hole: receiver, span, frame: run.frame }], span);
  }
  // What is listed in some order is a list, whose join has that order.
  if (name === "join" && !call.isPython && isUnstable(receiver.order))
    return listMethods["join"]!({ ...call, receiver: listOf(run, receiver, span) });
  if (receiver.origin.kind === "operation" && receiver.origin.operator === "open file" && name === "read") {
    return readFile(run, receiver.origin.operands[0]!, span);
  }
  if (call.isPython && /^read_(?:text|bytes)$/.test(name) && isFresh(receiver.scope))
    return name === "read_text" ? readFile(run, receiver, span) : readBytes(run, receiver, span);
  if (name === "test" && args[0] && isPattern(receiver)) {
    const asked = literalText(args[0].value);
    const pattern = asked === undefined ? undefined : literalPattern(run, receiver, asked.length);
    return pattern
      ? constant(pattern.test(asked!))
      : derivedValue(run, "test", [args[0].value, receiver], span);
  }
  if (receiver.origin.kind === "operation" && receiver.origin.operator === "hash") {
    return derivedValue(run, "hash", [receiver, ...args.map((arg) => arg.value)], span);
  }
  if (Object.hasOwn(loopMethods, name)) return loopMethods[name]!(call);
  if (keepsText.has(name))
    return derivedValue(run, `.${name}`, [receiver, ...args.map((arg) => arg.value)], span);
  return recordLike(call, name);
}

/** Objects of LangChain are named after their classes. */
function className({ origin }: OpaqueValue, span: Span): Value | undefined {
  const made = origin.kind === "call" && origin.callee.type === "opaque" ? origin.callee.origin : undefined;
  const isOfLangChain = made?.kind === "import" && /^@?langchain\b/.test(made.module);
  return isOfLangChain && /^[A-Z]/.test(made.name) ? text(made.name, span) : undefined;
}

/** Whether an annotation says that a value is an array, or it is used as one: maps have `entries()`, too. */
function isArray({ origin, list }: OpaqueValue): boolean {
  if (list) return true;
  return origin.kind === "parameter" && /\[\]$|^(?:Readonly)?Array</.test(origin.annotation?.trim() ?? "");
}

/** Whether the name of a value is that of a list: `messages`, `message.content`, `store.history()`. */
function isCalledList(value: OpaqueValue): boolean {
  const { root, steps } = accessPath(value);
  const name = steps.findLast((step) => step !== "()" && step !== "[]") ?? ("name" in root ? root.name : "");
  return steps.at(-1) !== "[]" && /(?:[a-rt-z]s|content|history|conversation|transcript|list)$/i.test(name);
}

/** Methods of dicts on a value that may be one. */
function recordLike(call: OpaqueCall, name: string): Value | undefined {
  const { run, receiver, args, span } = call;
  const [key, value] = args;
  const known = key ? literalText(key.value) : undefined;
  switch (name) {
    case "get":
      // `client.get("/path")` of an HTTP client looks the same; a dict is asked for a plain name.
      if (known === undefined || !/^[\w.-]+$/.test(known) || args.length > 2) return undefined;
      {
        const field = opaqueMember(run, receiver, known, span);
        noteDefault(field, (value ?? call.named.get("default"))?.value);
        return field;
      }
    case "setdefault":
      return known === undefined ? undefined : opaqueMember(run, receiver, known, span);
    case "pop":
      if (!key) return undefined;
      {
        const old = getIndex(run, receiver, key.value, span);
        deleteItem(run, receiver, key.value, span);
        return old;
      }
    case "update":
      for (const argument of args) {
        if (argument.value.type !== "record") continue;
        for (const [field, entry] of argument.value.entries) {
          setItem(
            run,
            receiver,
            { type: "text", parts: [{ kind: "literal", text: field, span }] },
            entry.value,
            entry.span,
            entry.entrySpan,
          );
        }
      }
      for (const [field, argument] of call.named) {
        setItem(
          run,
          receiver,
          { type: "text", parts: [{ kind: "literal", text: field, span }] },
          argument.value,
          argument.span,
          argument.entrySpan,
        );
      }
      return key || call.named.size > 0 ? constant(null) : undefined;
    case "set":
      if (known !== undefined && value) {
        setItem(run, receiver, key!.value, value.value, value.span, span);
        return receiver;
      }
      return undefined;
    case "model_copy":
      return changedCopy(call);
    case "copy":
    case "model_dump":
    case "dict": {
      if (args.length > 0) return undefined;
      if (name === "copy" && call.named.has("update")) return changedCopy(call);
      const copy = record(span);
      copyEntries(run, copy, receiver);
      return copy;
    }
    default:
      return undefined;
  }
}

/** `message.model_copy(update={...})`: the same model, with what is written to the copy its own. */
function changedCopy({ receiver, named }: OpaqueCall): Value | undefined {
  if (receiver.list) return undefined;
  const copy = restated(receiver, {});
  const update = named.get("update")?.value;
  if (update?.type === "record") for (const [name, entry] of update.entries) copy.fields.set(name, entry);
  return copy;
}
