import { executors } from "./executors.ts";
import { trimMessages } from "./message-windows.ts";
import { race } from "./races.ts";
import { constant, list, listElement, record, recordEntry, text } from "../../value/construct.ts";
import { literalText } from "../../value/inspect.ts";
import { isFresh } from "../../value/scope.ts";
import type { ListValue, Value } from "../../value/value.ts";
import { bounds } from "../bounds.ts";
import { callValue, positional } from "../calls.ts";
import { decideType, truth } from "../conditions.ts";
import { copyEntries, deepCopy, sortIntegerKeys } from "../copies.ts";
import { isOneByOne, runOneByOne, startPending } from "../fan-out.ts";
import { iterable, mappedList, orderOf, pair } from "../iteration.ts";
import { keyOf } from "../keys.ts";
import { getIndex } from "../members.ts";
import { nativeFunction } from "../natives.ts";
import { derivedValue, holesIn, listOf, materialise, opaqueMember } from "../opaques.ts";
import { addToSet } from "../operations.ts";
import { concatenate, partsOf, printedValue, stripText, unstableWithin } from "../texts.ts";
import { derive, first, firstList, sameAsFirst } from "./arguments.ts";
import { roundClock } from "./clocks.ts";
import { parseText } from "./data-files.ts";
import { produce } from "./drafts.ts";
import { folderOf, joinPath, readBytes, readFile } from "./files.ts";
import { dedentText } from "./indentation.ts";
import { javascriptDates } from "./javascript-dates.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";
import { mapElements } from "./list-methods.ts";
import { lodashFunctions } from "./lodash.ts";
import { mapBeside, promise } from "./promises.ts";
import { listEntries } from "./record-methods.ts";

const nothing = constant(undefined);

/** `Object.keys`, `values` and `entries`. */
const entriesOf =
  (gives: "keys" | "values" | "pairs"): LibraryFunction =>
  (call) => {
    const argument = first(call);
    if (!argument) return undefined;
    const { value } = argument;
    if (value.type === "record" && !value.class) sortIntegerKeys(value);
    if (value.type === "record") return listEntries(call, value, gives);
    if (value.type === "list") {
      return gives === "values" ? value : callListEntries(call, value, gives);
    }
    return value.type === "opaque"
      ? listOf(call.run, opaqueChild(call, value, gives), argument.span)
      : undefined;
  };

function opaqueChild(call: LibraryCall, value: Extract<Value, { type: "opaque" }>, gives: string) {
  const child = opaqueMember(call.run, value, `${gives}()`, call.span);
  return child.type === "opaque" ? child : derivedValue(call.run, gives, [value], call.span);
}

function callListEntries(
  call: LibraryCall,
  value: Extract<Value, { type: "list" }>,
  gives: "keys" | "pairs",
): Value {
  const elements = materialise(call.run, value).map((element, index) => {
    const key = text(String(index), element.span);
    return listElement(
      gives === "keys" ? key : pair(key, element.value, element.span),
      element.span,
      element.frame,
    );
  });
  return mappedList(value, elements, call.span, orderOf(value, call.span, call.run));
}

const fromEntries: LibraryFunction = (call) => {
  const result = record(call.span);
  const source = firstList(call);
  if (source) copyEntries(call.run, result, { ...source, elements: [...materialise(call.run, source)] });
  return result;
};

/** The class of an object, whatever the object holds. */
const prototypeOf: LibraryFunction = ({ args }) => {
  const object = args[0]?.value;
  return object?.type === "record" ? object.class : undefined;
};

const assignObject: LibraryFunction = ({ run, args }) => {
  const [target, ...sources] = args;
  if (target?.value.type !== "record") return target?.value;
  for (const source of sources) {
    if (source.value.type !== "constant" && source.value.type !== "text")
      copyEntries(run, target.value, source.value);
  }
  return target.value;
};

const isArray: LibraryFunction = (call) => {
  const value = first(call)?.value;
  if (!value) return constant(false);
  if (value.type === "opaque") return constant(decideType(call.run, value, "list", "array", call.span));
  return constant(value.type === "list" && value.shape !== "set");
};

const arrayFrom: LibraryFunction = (call) => {
  const { run, span } = call;
  const [items, callback] = call.args;
  if (!items) return undefined;
  const source = counted(call, items.value) ?? iterable(run, items.value, items.span);
  if (!source) return derivedValue(run, "Array.from", [items.value], span);
  const order = orderOf(items.value, items.span, run);
  if (!callback) return mappedList(source, source.elements.slice(), span, order);
  return mapElements({ ...call, receiver: source }, callback, order);
};

/** `{ length: n }`: as many elements of nothing; a few show what each adds where it is not known how many. */
function counted({ span }: LibraryCall, items: Value): ListValue | undefined {
  const count = items.type === "record" ? items.entries.get("length")?.value : undefined;
  const isKnown = count?.type === "constant" && typeof count.value === "number" && count.value <= 1000;
  if (!isKnown && count?.type !== "opaque") return undefined;
  const length = isKnown ? Number(count.value) : bounds.openRounds;
  return list(
    Array.from({ length }, () => listElement(nothing, span)),
    span,
  );
}

const newMap: LibraryFunction = (call) => {
  const result = record(call.span);
  const argument = first(call);
  if (argument && argument.value.type !== "constant") copyEntries(call.run, result, argument.value);
  return result;
};

const newSet: LibraryFunction = (call) => {
  const source = firstList(call);
  const result = addToSet(call.run, list([], call.span, "set"), source?.elements ?? [], call.span);
  const argument = first(call);
  if (argument) result.order = orderOf(argument.value, argument.span, call.run);
  return result;
};

const newArray: LibraryFunction = (call) => {
  const [count] = call.args;
  if (call.args.length === 1 && count?.value.type === "constant" && typeof count.value.value === "number") {
    const length = Math.min(count.value.value, 1000);
    return list(
      Array.from({ length }, () => listElement(nothing, call.span)),
      call.span,
    );
  }
  return list(
    call.args.map((argument) => listElement(argument.value, argument.span, call.run.frame)),
    call.span,
  );
};

const stringify =
  (isSorted: boolean): LibraryFunction =>
  ({ run, args, span }) => {
    const [argument, , step] = args;
    if (!argument) return undefined;
    const indent =
      step?.value.type === "constant" && typeof step.value.value === "number"
        ? " ".repeat(Math.max(0, Math.min(step.value.value, 10)))
        : (literalText(step?.value) ?? "");
    const operands = [argument.value, text(indent, span), constant(true), constant(isSorted)];
    return printedValue(run, "json", operands, span, unstableWithin(argument.value, span, isSorted));
  };

const toText: LibraryFunction = (call) => {
  const argument = first(call);
  if (!argument) return text("", call.span);
  if (argument.value.type === "opaque")
    return derivedValue(call.run, "String", [argument.value], call.span, { clock: argument.value.clock });
  return concatenate(call.run, [partsOf(call.run, argument.value, argument.span)]);
};

const toBoolean: LibraryFunction = (call) => {
  const argument = first(call);
  return constant(argument ? truth(call.run, argument.value, call.span) : false);
};

const round =
  (cut: (number: number) => number): LibraryFunction =>
  (call) => {
    const value = first(call)?.value;
    if (value?.type === "constant" && typeof value.value === "number") return constant(cut(value.value));
    return value?.type === "opaque" ? roundClock(call.run, value, false, call.span) : derive("round")(call);
  };

const choose =
  (pick: (...numbers: number[]) => number): LibraryFunction =>
  (call) => {
    const numbers = call.args.map(({ value }) =>
      value.type === "constant" && typeof value.value === "number" ? value.value : undefined,
    );
    return numbers.every((number) => number !== undefined)
      ? constant(pick(...numbers))
      : derive("bound")(call);
  };

const path: LibraryFunction = ({ run, args, span }) =>
  joinPath(
    run,
    args.map((argument) => argument.value),
    span,
  );

const dirname: LibraryFunction = (call) => {
  const literal = literalText(first(call)?.value);
  return literal === undefined ? derive("dirname")(call) : text(folderOf(literal), call.span);
};

/** `new URL("./x.md", import.meta.url)`: the path of a file beside this one. */
const url: LibraryFunction = (call) => {
  const [target, base] = call.args;
  const literal = literalText(target?.value);
  const from = literalText(base?.value);
  if (literal === undefined || from === undefined) return derive("URL")(call);
  return joinPath(call.run, [text(folderOf(from), call.span), text(literal, call.span)], call.span);
};

const readText: LibraryFunction = (call) => {
  const [target, options] = call.args;
  if (!target) return undefined;
  const encoding =
    literalText(options?.value) ??
    literalText(options?.value.type === "record" ? options.value.entries.get("encoding")?.value : undefined);
  if (encoding !== undefined && !/^utf-?8$/i.test(encoding))
    return readBytes(call.run, target.value, call.span);
  return readFile(call.run, target.value, call.span);
};

const settle: LibraryFunction = (call) => {
  startPending(call.run, call.span);
  const source = firstList(call);
  const argument = first(call);
  if (!source || !argument) return undefined;
  return mappedList(
    source,
    source.elements.slice(),
    call.span,
    orderOf(argument.value, argument.span, call.run),
  );
};

const settleAll: LibraryFunction = (call) => {
  const settled = settle(call);
  if (settled?.type !== "list") return settled;
  const elements = materialise(call.run, settled).map((element) => {
    const outcome = record(element.span, [
      ["status", recordEntry(text("fulfilled", element.span), element.span)],
      ["value", recordEntry(element.value, element.span)],
    ]);
    return { ...element, value: outcome };
  });
  return { ...settled, elements };
};

const sortBy: LibraryFunction = (call) => {
  const source = firstList(call);
  if (!source) return undefined;
  const result = list(materialise(call.run, source).slice(), call.span);
  result.order = { order: "fixed", span: call.span, frame: call.run.frame };
  return result;
};

/** `dedent("...")`, and the tag of the same name, whose text is assembled already. */
const dedentCall: LibraryFunction = ({ args: [argument] }) =>
  argument?.value.type === "text" ? stripText(dedentText(argument.value, true), "both") : argument?.value;

/** A function that runs once for the same arguments, and once per process where it was made once per process. */
const once: LibraryFunction = ({ run, args: [target], span }) => {
  if (!target) return undefined;
  const cap = run.siteCap;
  return nativeFunction("once", span, (later, given, at) => {
    const key = `once@${span.file}:${span.start}(${given.map(({ value }) => keyOf(value)).join()})`;
    const before = later.memo.get(key);
    if (before) return before;
    const isKeyed = given.some(({ value }) => holesIn([value]).some(({ scope }) => isFresh(scope)));
    const call = () => callValue(later, target.value, given, at);
    const result = cap && !isKeyed ? later.withCap(cap, call) : call();
    later.memo.set(key, result);
    return result;
  });
};

/** `limit(() => ask(x))` of `const limit = pLimit(n)`: the call, beside others unless `n` is 1. */
const limited: LibraryFunction = ({ run, receiver, args: [callback, ...args], span }) => {
  if (!callback) return undefined;
  const isAlone = isOneByOne(receiver);
  const call = () => callValue(run, callback.value, args, span, false, isAlone);
  return isAlone ? runOneByOne(run, call) : call();
};

/** `queue.add(() => ask(x))` of `const queue = new PQueue()`: the call, beside others unless one at a time may run. */
const queued: LibraryFunction = ({ run, receiver, args: [callback], span }) => {
  if (callback?.value.type !== "function") return undefined;
  const isAlone = hasOneWorker(receiver);
  const call = () => callValue(run, callback.value, [], span, false, isAlone);
  return isAlone ? runOneByOne(run, call) : call();
};

function hasOneWorker(add: Value): boolean {
  const queue = add.type === "opaque" && add.origin.kind === "member" ? add.origin.object.origin : undefined;
  const options = queue?.kind === "call" ? queue.arguments[0]?.value : undefined;
  const limit = options?.type === "record" ? options.entries.get("concurrency")?.value : undefined;
  return limit?.type === "constant" && limit.value === 1;
}

/** Functions and classes of JavaScript and its libraries, by dotted name. */
export const javascriptFunctions: Readonly<Record<string, LibraryFunction>> = {
  String: toText,
  Number: derive("Number"),
  Boolean: toBoolean,
  parseInt: derive("int"),
  parseFloat: derive("float"),
  structuredClone: (call) => first(call) && deepCopy(first(call)!.value),
  "immer.produce": produce,
  immer: produce,
  "mutative.create": produce,
  ...lodashFunctions,
  "lodash.cloneDeep": (call) => first(call) && deepCopy(first(call)!.value),
  "lodash.sortBy": sortBy,
  "lodash.orderBy": sortBy,
  "Object.keys": entriesOf("keys"),
  "Object.values": entriesOf("values"),
  "Object.entries": entriesOf("pairs"),
  "Object.fromEntries": fromEntries,
  "Object.assign": assignObject,
  "Object.freeze": sameAsFirst,
  "Object.getPrototypeOf": prototypeOf,
  "Object.seal": sameAsFirst,
  "Array.isArray": isArray,
  "Array.from": arrayFrom,
  "Array.fromAsync": arrayFrom,
  "Array.of": newArray,
  Array: newArray,
  Map: newMap,
  WeakMap: newMap,
  WeakSet: newSet,
  Set: newSet,
  ...javascriptDates,
  "JSON.stringify": stringify(false),
  "safe-stable-stringify": stringify(true),
  "fast-json-stable-stringify": stringify(true),
  "json-stable-stringify": stringify(true),
  "JSON.parse": (call) => {
    // `JSON.parse(JSON.stringify(x))` copies x.
    const value = first(call)?.value;
    const isPrinted =
      value?.type === "opaque" && value.origin.kind === "operation" && value.origin.operator === "json";
    const [printed] = isPrinted && value.origin.kind === "operation" ? value.origin.operands : [];
    return printed ? deepCopy(printed) : (parseText(call) ?? derive("JSON.parse")(call));
  },
  "js-yaml.load": parseText,
  "js-yaml.default.load": parseText,
  "yaml.parse": parseText,
  "yaml.default.parse": parseText,
  "Math.max": choose(Math.max),
  "Math.min": choose(Math.min),
  "Math.floor": round(Math.floor),
  "Math.round": round(Math.round),
  "Math.trunc": round(Math.trunc),
  "Math.ceil": round(Math.ceil),
  "Math.abs": derive("abs"),
  Promise: promise,
  "Promise.all": settle,
  "Promise.allSettled": settleAll,
  "Promise.resolve": sameAsFirst,
  "Promise.race": race,
  "Promise.any": race,
  "path.join": path,
  "path.resolve": path,
  "path.posix.join": path,
  "path.dirname": dirname,
  "path.normalize": sameAsFirst,
  "path.default.join": path,
  "path.default.resolve": path,
  "url.fileURLToPath": sameAsFirst,
  URL: url,
  "fs.readFileSync": readText,
  "fs.readFile": readText,
  "fs.promises.readFile": readText,
  "fs.default.readFileSync": readText,
  "fs.promises.default.readFile": readText,
  "react.cache": once,
  dedent: dedentCall,
  outdent: dedentCall,
  "outdent.outdent": dedentCall,
  "ts-dedent": dedentCall,
  "ts-dedent.dedent": dedentCall,
  "common-tags.stripIndent": dedentCall,
  "common-tags.stripIndents": dedentCall,
  canonicalize: stringify(true),
  "lodash.once": once,
  "@langchain.core.messages.trimMessages": trimMessages,
  "langchain.trimMessages": trimMessages,
  "lodash.memoize": once,
  once,
  memoize: once,
  "p-limit()": limited,
  "p-queue().add": queued,
  "p-map": mapBeside,
  "bluebird.map": mapBeside,
  "p-memoize": once,
  memoizee: once,
  "next.cache.unstable_cache": once,
  encodeURIComponent: derive("encode"),
  "Buffer.from": derive("bytes"),
  "crypto.createHash": derive("hash"),
  "crypto.createHmac": derive("hash"),
  "uuid.v3": derive("uuid"),
  "uuid.v5": derive("uuid"),
  "TextEncoder().encode": (call) => first(call)?.value,
  queueMicrotask: (call) => {
    const callback = first(call);
    return callback && callValue(call.run, callback.value, [], call.span);
  },
  "console.log": () => nothing,
  "console.error": () => nothing,
  "console.warn": () => nothing,
  "console.info": () => nothing,
  "console.debug": () => nothing,
  "Reflect.get": (call) => {
    const [object, key] = call.args;
    return object && key ? getIndex(call.run, object.value, key.value, call.span) : undefined;
  },
  "util.promisify": (call) => first(call)?.value,
  setTimeout: callLater,
  setImmediate: callLater,
  ...executors,
};

function callLater(call: LibraryCall): Value {
  const callback = first(call);
  if (callback) callValue(call.run, callback.value, [positional(nothing, call.span)], call.span);
  return nothing;
}
