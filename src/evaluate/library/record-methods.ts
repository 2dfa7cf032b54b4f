import { constant, list, listElement, record, recordEntry } from "../../value/construct.ts";
import { literalText } from "../../value/inspect.ts";
import type { RecordValue, Value } from "../../value/value.ts";
import { callFunction, positional } from "../calls.ts";
import { fillTable, loopOver, mappedList, pair } from "../iteration.ts";
import { keyOfEntry } from "../copied-entries.ts";
import { copyEntries, deepCopy } from "../copies.ts";
import { noteGrouped } from "../grouped-items.ts";
import { hasUnknownKey, isFilledByKey, placeOf } from "../keys.ts";
import { deleteItem, getIndex, setItem } from "../members.ts";
import { derivedValue, opaqueMember } from "../opaques.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";

type RecordFunction = LibraryFunction<RecordValue>;

/** The keys, values or pairs of a record, as a list in key order; unknown keys are one stretch. */
export function listEntries(call: LibraryCall, source: RecordValue, gives: "keys" | "values" | "pairs") {
  const { span, run } = call;
  const elements = [...source.entries].map(([key, entry]) => {
    const name = keyOfEntry(key, entry);
    const value =
      gives === "keys" ? name : gives === "values" ? entry.value : pair(name, entry.value, entry.entrySpan);
    return listElement(value, entry.span, entry.frame);
  });
  for (const rest of source.rest)
    elements.push(listElement(opaqueMember(run, rest, `${gives}()`, span), span, run.frame, true));
  const order = source.order ?? { order: "insertion", span, frame: run.frame };
  return mappedList(list([], span), elements, span, order);
}

const get: RecordFunction = ({ run, receiver, args, span, isPython }) => {
  const [key, fallback] = args;
  if (!key) return undefined;
  const value = getIndex(run, receiver, key.value, span);
  // A table that is looked up with an unknown key, under which nothing was put.
  const isChoice = value.type === "opaque" && value.origin.kind === "operation";
  if (isChoice && fallback && !receiver.entries.has(placeOf(key.value)))
    return derivedValue(run, "index", [receiver, key.value, fallback.value], span, { scope: value.scope });
  const isMissing = value.type === "constant" && value.value === undefined;
  return isMissing ? (fallback?.value ?? constant(isPython ? null : undefined)) : value;
};

const set: RecordFunction = ({ run, receiver, args, span }) => {
  const [key, value] = args;
  if (key && value) setItem(run, receiver, key.value, value.value, value.span, span);
  return receiver;
};

const has: RecordFunction = ({ run, receiver, args }) => {
  fillTable(run, receiver);
  const name = literalText(args[0]?.value);
  if (name === undefined && args[0] && receiver.entries.has(placeOf(args[0].value))) return constant(true);
  if (name === undefined || receiver.rest.length > 0) return undefined;
  const isThere = receiver.entries.has(name);
  return isThere || !hasUnknownKey(receiver) ? constant(isThere) : undefined;
};

const update: RecordFunction = ({ run, receiver, args, named }) => {
  for (const argument of args) {
    if (argument.value.type !== "constant" && argument.value.type !== "text")
      copyEntries(run, receiver, argument.value);
  }
  run.willChangeEntries(receiver);
  for (const [name, argument] of named) {
    receiver.entries.set(name, recordEntry(argument.value, argument.span, argument.entrySpan, run.frame));
  }
  return constant(null);
};

const pop: RecordFunction = (call) => {
  const { run, receiver, args, span } = call;
  const [key, fallback] = args;
  if (!key) return undefined;
  const name = literalText(key.value);
  const value = name === undefined ? undefined : receiver.entries.get(name)?.value;
  deleteItem(run, receiver, key.value, span);
  return value ?? fallback?.value ?? constant(null);
};

const forEach: RecordFunction = ({ run, receiver, args, span }) => {
  const [callback] = args;
  if (callback?.value.type !== "function") return undefined;
  const target = callback.value;
  run.withLoop(loopOver({ order: "insertion", span, frame: run.frame }), () => {
    for (const [key, entry] of receiver.entries) {
      callFunction(
        run,
        target,
        [positional(entry.value, entry.span), positional(keyOfEntry(key, entry), entry.span)],
        span,
      );
    }
  });
  return constant(undefined);
};

const entries =
  (gives: "keys" | "values" | "pairs"): RecordFunction =>
  (call) =>
    listEntries(call, call.receiver, gives);

const shallowCopy: RecordFunction = ({ run, receiver, span }): Value => {
  const copy: RecordValue = { ...record(span), class: receiver.class };
  copyEntries(run, copy, receiver);
  return copy;
};

/** Methods of dicts, Maps and plain objects. */
export const recordMethods: Readonly<Record<string, RecordFunction>> = {
  get,
  set,
  has,
  hasOwnProperty: has,
  setdefault: ({ run, receiver, args, span }) => {
    const [key, value] = args;
    if (!key) return undefined;
    const name = literalText(key.value);
    // A table of sessions has one for each key that is asked for; one of a few known entries may be any of them.
    const place = name ?? (isFilledByKey(receiver) ? placeOf(key.value) : undefined);
    if (place === undefined) return undefined;
    // What callers out of view may pass by name is seldom passed where there is a default for it.
    const isOpen = receiver.rest.some(({ origin }) => origin.kind !== "parameter");
    if (!receiver.entries.has(place) && !isOpen) {
      if (value) noteGrouped(value.value, place);
      setItem(run, receiver, key.value, value?.value ?? constant(null), value?.span ?? span, span);
    }
    return getIndex(run, receiver, key.value, span);
  },
  update,
  pop,
  delete: ({ run, receiver, args, span }) => {
    if (args[0]) deleteItem(run, receiver, args[0].value, span);
    return constant(true);
  },
  items: entries("pairs"),
  entries: entries("pairs"),
  keys: entries("keys"),
  values: entries("values"),
  copy: shallowCopy,
  model_copy: (call) => {
    const copy = shallowCopy(call) as RecordValue;
    const changes = call.named.get("update");
    if (changes && changes.value.type === "record") copyEntries(call.run, copy, changes.value);
    return copy;
  },
  _replace: (call) => {
    const copy = shallowCopy(call) as RecordValue;
    update({ ...call, receiver: copy });
    return copy;
  },
  _asdict: (call) => plainRecord(call, call.receiver),
  model_dump: (call) => plainRecord(call, call.receiver),
  dict: (call) => plainRecord(call, call.receiver),
  forEach,
};

/** A model as a plain dict. */
export function plainRecord(call: LibraryCall, source: RecordValue): Value {
  const copy = record(call.span);
  copyEntries(call.run, copy, source);
  return deepCopy(copy);
}
