import type { Span } from "../source/source-file.ts";
import { constant, listElement, record, recordEntry, text } from "../value/construct.ts";
import { asDefault } from "../value/defaults.ts";
import { literalText } from "../value/inspect.ts";
import type {
  ClassValue,
  FunctionValue,
  ListValue,
  OpaqueValue,
  RecordEntryValue,
  RecordValue,
  Value,
} from "../value/value.ts";
import { bounds } from "./bounds.ts";
import { callFunction, callMember, positional } from "./calls.ts";
import { bindMethod, classMember, findMember, findSetter, instanceMember } from "./class-members.ts";
import { fillTable, noteOrder } from "./iteration.ts";
import { noteGrouped } from "./grouped-items.ts";
import { lengthOf } from "./chunks.ts";
import { isDecidedText } from "./conditions.ts";
import { chooseEntry, isChoiceOfTexts, memberOfChosen } from "./chosen-entries.ts";
import { entryUnder } from "./copied-entries.ts";
import { isEnumeration, memberOfMember } from "./enumerations.ts";
import { givenMember } from "./given-values.ts";
import { hasUnknownKey, isFilledByKey, placeOf } from "./keys.ts";
import { pathMember } from "./library/files.ts";
import { isPattern } from "./library/regular-expressions.ts";
import { noteOption } from "./library/settings.ts";
import {
  derivedValue,
  listOf,
  materialise,
  opaqueIndex,
  opaqueMember,
  unknownValue,
  type SourceFacts,
} from "./opaques.ts";
import type { Run } from "./run.ts";
import { replaceSlice } from "./slices.ts";
import { sliceText } from "./texts.ts";
import { typedObject } from "./typed-values.ts";

/** `object.name`. */
export function getMember(run: Run, object: Value, name: string, span: Span): Value {
  const known = object.type === "record" ? undefined : memberOfMember(run, object, name, span);
  if (known) return known;
  switch (object.type) {
    case "record":
      return recordMember(run, object, name, span);
    case "opaque":
      if (name === "length" && isWords(object)) return derivedValue(run, "length", [object], span);
      if (name === "length" && object.list) return lengthOf(materialise(run, object.list));
      if (name === "length" && !isTextual(object) && !isDecidedText(run, object))
        return lengthOf(materialise(run, listOf(run, object, span)));
      return (
        memberOfChosen(run, object, name, span) ??
        typedMember(run, object, name, span) ??
        givenMember(object, name) ??
        optionOf(opaqueMember(run, object, name, span), object, name)
      );
    case "list":
      if (name === "length" || name === "size") return lengthOf(materialise(run, object));
      return unknownValue(run, `.${name}`, span);
    case "text": {
      if (name === "length") {
        const literal = literalText(object);
        return literal === undefined ? derivedValue(run, "length", [object], span) : constant(literal.length);
      }
      return pathMember(run, object, name, span) ?? enumMember(run, object, name, span);
    }
    case "class":
      return classMember(run, object, name, span) ?? unknownValue(run, `.${name}`, span);
    case "function": {
      const own = functionField(object, name);
      if (own) return own;
      if (name === "__name__" || name === "name") return text(object.node.name, object.node.nameSpan);
      return unknownValue(run, `.${name}`, span);
    }
    case "constant":
      return object.value == null ? constant(undefined) : enumMember(run, object, name, span);
  }
}

/** What a getter of the class gives that an unknown object is said to be of. */
function typedMember(run: Run, object: OpaqueValue, name: string, span: Span): Value | undefined {
  const typed = object.fields.has(name) ? undefined : typedObject(run, object, name);
  return typed && recordMember(run, typed, name, span);
}

function optionOf(field: Value, object: OpaqueValue, name: string): Value {
  noteOption(field, object, name);
  return field;
}

/** Members of a Python `Enum` are their values here, so `Role.USER.value` is `Role.USER`. */
function enumMember(run: Run, object: Value, name: string, span: Span): Value {
  const isEnum = name === "value" && run.modules.languageOf(span.file) === "python";
  return isEnum ? object : unknownValue(run, `.${name}`, span);
}

/** Operations that give a text; those named after methods of texts begin with a dot. */
const textOperations = new Set(
  "json String str repr print format join replace re.sub pad repeat base64".split(" "),
);

/** Methods and functions that give the tokens of a text. */
const tokenizers = /^(?:encode|encode_ordinary|tokeni[sz]e)$/;

/** True for what is surely a text, or the tokens of one. */
export function isTextual({ origin }: OpaqueValue): boolean {
  if (origin.kind === "operation")
    return origin.operator.startsWith(".") || textOperations.has(origin.operator);
  if (origin.kind === "call") {
    const made = origin.callee.type === "opaque" ? origin.callee.origin : undefined;
    return (made?.kind === "member" || made?.kind === "import") && tokenizers.test(made.name);
  }
  if (origin.kind !== "parameter") return false;
  const { annotation, name } = origin;
  return annotation === undefined ? namesText.test(name) : /^(?:str|string)\b/.test(annotation);
}

/** True for the words of a text, `text.split()`: nobody knows how many there are. */
function isWords({ origin }: OpaqueValue): boolean {
  if (origin.kind !== "call" || origin.callee.type !== "opaque") return false;
  const { callee, arguments: args } = origin;
  if (callee.origin.kind !== "member" || callee.origin.name !== "split") return false;
  const [separator] = args;
  if (!separator) return true;
  const { value } = separator;
  return literalText(value)?.trim() === "" || (value.type === "opaque" && isPattern(value));
}

/** Names that only texts have: nothing else counts the characters of a `question`. */
const namesText =
  /(?:^|_|[a-z](?=[A-Z]))(?:text|question|query|sentence|title|description|summary|utterance)$/i;

function recordMember(run: Run, object: RecordValue, name: string, span: Span): Value {
  const own = object.entries.get(name);
  if (own) return readEntry(run, object, own, span);
  if (object.class) {
    const inherited = instanceMember(run, object, object.class, name, span);
    if (inherited) return inherited;
  }
  if (object.removed.has(name)) return constant(undefined);
  const rest = object.rest.at(-1);
  if (rest) {
    return opaqueMember(run, rest, name, span);
  }
  // Maps are records too.
  if (name === "size" && !object.class && run.modules.languageOf(span.file) === "javascript")
    return constant(object.entries.size);
  if (!object.class && object.entries.size > 0 && isFilledByKey(object))
    return derivedValue(run, "index", [object, text(name, span)], span);
  return object.class ? unknownValue(run, `.${name}`, span) : constant(undefined);
}

/** Functions in records that are called when their field is read: `get name() { ... }`. */
export const getters = new WeakSet<Value>();

/** What gives a record's missing items their first value: `defaultdict(list)`. */
export const itemFactories = new WeakMap<RecordValue, (span: Span) => Value>();

export function readEntry(
  run: Run,
  self: RecordValue,
  { value, overridable }: RecordEntryValue,
  span: Span,
): Value {
  if (value.type === "function" && getters.has(value)) return callFunction(run, { ...value, self }, [], span);
  return overridable ? asDefault(value) : value;
}

/** What was written to functions: `provider.chat = createChatModel`. */
const functionFields = new WeakMap<FunctionValue, RecordValue>();

/** What was written to a function under a name. */
export function functionField(target: FunctionValue, name: string): Value | undefined {
  return functionFields.get(target)?.entries.get(name)?.value;
}

/** `object[index]`. */
export function getIndex(run: Run, object: Value, index: Value, span: Span): Value {
  const key = literalText(index);
  if (object.type === "record") fillTable(run, object);
  if (object.type === "record" && object.class && findMember(object.class, "__getitem__")) {
    return callMember(run, object, "__getitem__", [positional(index, span)], span, span);
  }
  if (key !== undefined) {
    if (object.type === "record") return recordItem(run, object, key, span);
    if (object.type === "opaque")
      return (
        memberOfChosen(run, object, key, span) ??
        givenMember(object, key) ??
        opaqueMember(run, object, key, span)
      );
    if (object.type === "class") return classMember(run, object, key, span) ?? typedClass(run, object, span);
    if (object.type === "list" && key === "length") return constant(object.elements.length);
  }
  const position = index.type === "constant" && typeof index.value === "number" ? index.value : undefined;
  if (position !== undefined) {
    if (object.type === "list" || object.type === "opaque") return itemAt(run, object, position, span);
    if (object.type === "text") {
      return sliceText(run, object, position, position === -1 ? undefined : position + 1, span);
    }
    if (object.type === "record") return recordItem(run, object, String(position), span);
  }
  if (object.type === "opaque")
    return isTypedClass(run, object, index, span) ? object : opaqueIndex(run, object, index, span);
  const place = placeOf(index);
  if (object.type === "record" && (object.entries.has(place) || itemFactories.has(object))) {
    return recordItem(run, object, place, span);
  }
  if (object.type === "record" || object.type === "list") {
    const values =
      object.type === "record"
        ? [...object.entries.values()].map((entry) => entry.value)
        : object.elements.map((element) => element.value);
    // Whoever asks knows that something is there: of one thing, a choice at random takes that.
    if (values.length === 1 && !isOpenEnded(object)) return values[0]!;
    const chosen = object.type === "record" ? chooseEntry(run, object, index, span) : undefined;
    if (chosen) return chosen;
    return derivedValue(run, "index", [object, index], span, scopeOfChoice(object, index));
  }
  if (object.type !== "class") return unknownValue(run, "index", span);
  const isPython = run.modules.languageOf(span.file) === "python";
  return isPython ? typedClass(run, object, span) : derivedValue(run, "index", [object, index], span);
}

/** Whether a record or a list may hold more than what is in view. */
function isOpenEnded(value: RecordValue | ListValue): boolean {
  return value.type === "record" ? value.rest.length > 0 : value.elements.some(({ stretch }) => stretch);
}

/** `Service[Adapter]`: a generic class of Python is the same class, whatever types it is given. */
function typedClass(run: Run, object: ClassValue, span: Span): Value {
  const isPython = run.modules.languageOf(span.file) === "python";
  return isPython && !isEnumeration(object) ? object : unknownValue(run, "index", span);
}

/** `Agent[Context]`, `deque[str]`: the same of a class of a library. */
function isTypedClass(run: Run, { origin }: OpaqueValue, index: Value, span: Span): boolean {
  if (run.modules.languageOf(span.file) !== "python") return false;
  const isClass =
    (origin.kind === "import" && isClassName(origin.name) && !/^typing/.test(origin.module)) ||
    (origin.kind === "member" && isClassName(origin.name) && origin.object.origin.kind === "import") ||
    (origin.kind === "import" && origin.module === "collections");
  return isClass && isType(index);
}

function isClassName(name: string): boolean {
  return /^[A-Z]\w*[a-z]/.test(name) && !name.includes("_");
}

/** True for a class, or several. */
function isType(value: Value): boolean {
  if (value.type === "list")
    return value.elements.length > 0 && value.elements.every((each) => isType(each.value));
  if (value.type === "constant") return value.value === null;
  if (value.type !== "opaque") return value.type === "class";
  const { origin } = value;
  return origin.kind === "global" || origin.kind === "import" || origin.kind === "index";
}

/** One of several known values, chosen by an unknown index, is as narrow as the index. */
function scopeOfChoice(object: Value, index: Value): SourceFacts {
  if (isChoiceOfTexts(object, index)) return { scope: "unknown", reason: "" };
  return index.type === "opaque" ? { scope: index.scope, confidence: index.confidence } : {};
}

function recordItem(run: Run, object: RecordValue, key: string, span: Span): Value {
  const own = object.entries.get(key);
  if (own) return readEntry(run, object, own, span);
  const factory = itemFactories.get(object);
  if (factory) {
    const value = factory(span);
    noteGrouped(value, key);
    run.willChangeEntries(object);
    object.entries.set(key, recordEntry(value, span, span, run.frame));
    return value;
  }
  if (object.removed.has(key)) return constant(undefined);
  if (object.rest.length > 0) return opaqueMember(run, object.rest.at(-1)!, key, span);
  if (object.class) return recordMember(run, object, key, span);
  return hasUnknownKey(object)
    ? derivedValue(run, "index", [object, text(key, span)], span)
    : constant(undefined);
}

function itemAt(run: Run, object: ListValue | OpaqueValue, position: number, span: Span): Value {
  const source = object.type === "list" ? object : listOf(run, object, span);
  const { elements } = source;
  // Behind an unknown stretch the known end can still be counted from the end.
  if (
    position < 0 &&
    elements.slice(position).length === -position &&
    !elements.slice(position).some((e) => e.stretch)
  ) {
    return elements.at(position)!.value;
  }
  const all = materialise(run, source);
  const isPython = run.modules.languageOf(span.file) === "python";
  const element = isPython ? all.at(position) : all[position];
  // Python has no item behind the end: what a program asks for by its number is there, however few were made up.
  const isMadeUp = isPython && !element && object.type === "opaque" && position > 0;
  return (
    element?.value ?? (isMadeUp ? opaqueIndex(run, object, constant(position), span) : constant(undefined))
  );
}

/** `object.name = value`, `object[key] = value`. `entrySpan`: the assignment. */
export function setItem(
  run: Run,
  object: Value,
  key: Value,
  value: Value,
  span: Span,
  entrySpan: Span,
): void {
  const name = literalText(key) ?? (key.type === "constant" ? String(key.value) : undefined);
  if (
    object.type === "list" &&
    name === "length" &&
    value.type === "constant" &&
    typeof value.value === "number"
  ) {
    replaceSlice(run, object, value.value, Infinity, [], entrySpan);
    return;
  }
  if ((object.type === "list" || (object.type === "opaque" && object.list)) && key.type === "constant") {
    const target = object.type === "list" ? object : object.list!;
    if (typeof key.value === "number") {
      const elements = materialise(run, target);
      const at = key.value < 0 ? elements.length + key.value : key.value;
      if (at >= 0 && at <= elements.length && at < bounds.elements) {
        run.willChangeList(target);
        target.elements[at] = listElement(value, span, run.frame);
        noteOrder(run, target, entrySpan, true);
      }
    }
    return;
  }
  if (object.type === "opaque" && key.type === "constant" && typeof key.value === "number") {
    setItem(run, listOf(run, object, span), key, value, span, entrySpan);
    return;
  }
  if (name === undefined) {
    if (object.type === "record") {
      run.willChangeEntries(object);
      if (run.loops.length > 0) noteOrder(run, object, entrySpan);
      object.entries.set(placeOf(key), recordEntry(value, span, entrySpan, run.frame));
    }
    return;
  }
  setField(run, object, name, entryUnder(key, value, span, entrySpan, run.frame));
}

function setField(run: Run, object: Value, name: string, entry: RecordEntryValue): void {
  if (object.type === "record") {
    const setter = object.class ? findSetter(object.class, name) : undefined;
    if (setter) {
      callFunction(
        run,
        bindMethod(setter.node, setter.owner, object),
        [
          {
            name: undefined,
            value: entry.value,
            span: entry.span,
            entrySpan: entry.entrySpan,
            stretch: false,
          },
        ],
        entry.span,
      );
      return;
    }
    run.willChangeEntries(object);
    if (run.loops.length > 0 && !object.entries.has(name)) noteOrder(run, object, entry.entrySpan);
    object.entries.set(name, entry);
    object.removed.delete(name);
  } else if (object.type === "opaque") {
    run.willChangeEntries(object);
    object.fields.set(name, entry);
    object.removed.delete(name);
  } else if (object.type === "function") {
    const fields = functionFields.get(object) ?? record(entry.entrySpan);
    functionFields.set(object, fields);
    run.willChangeEntries(fields);
    fields.entries.set(name, entry);
  } else if (object.type === "class") {
    const old = object.statics.get(name);
    run.undoLater(() => (old ? object.statics.set(name, old) : object.statics.delete(name)));
    object.statics.set(name, entry);
  }
}

/** `del object[key]`, `delete object.key`. */
export function deleteItem(run: Run, object: Value, key: Value, span: Span): void {
  const name = literalText(key);
  if (name !== undefined && (object.type === "record" || object.type === "opaque")) {
    run.willChangeEntries(object);
    (object.type === "record" ? object.entries : object.fields).delete(name);
    object.removed.add(name);
    return;
  }
  if (object.type === "record" && object.entries.has(placeOf(key))) {
    run.willChangeEntries(object);
    object.entries.delete(placeOf(key));
    return;
  }
  const at = key.type === "constant" && typeof key.value === "number" ? key.value : undefined;
  if (at === undefined || (object.type !== "list" && object.type !== "opaque")) return;
  replaceSlice(run, object.type === "list" ? object : listOf(run, object, span), at, 1, [], span);
}
