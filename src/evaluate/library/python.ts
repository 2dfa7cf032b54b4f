import { constant, list, listElement, record, recordEntry, text, textOf } from "../../value/construct.ts";
import { fieldOf, literalText } from "../../value/inspect.ts";
import { isUnstable } from "../../value/scope.ts";
import type { Span } from "../../source/source-file.ts";
import type { ArgumentValue, ListElement, OpaqueValue, RecordValue, Value } from "../../value/value.ts";
import { bounds } from "../bounds.ts";
import { callMember, callValue, positional } from "../calls.ts";
import { decideType, truth } from "../conditions.ts";
import { concurrentCall, iterable, loopOver, mappedList, orderOf, pair } from "../iteration.ts";
import { keyOf } from "../keys.ts";
import { classLine, copyEntries, deepCopy, getMember, itemFactories, reversed, setItem } from "../members.ts";
import { nativeFunction } from "../natives.ts";
import { derivedValue, listOf, materialise, sourceValue } from "../opaques.ts";
import { addToSet } from "../operations.ts";
import { concatenate, formattedParts, orderWithin, partsOf, printedParts, stripText } from "../texts.ts";
import { clockFacts, cutClock, strftimeResolution } from "./clocks.ts";
import { folderOf, joinPath, readFile } from "./files.ts";
import { dedentText, indentText } from "./indentation.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";
import { listMethods } from "./list-methods.ts";
import { plainRecord } from "./record-methods.ts";
import { sortedOrder, sortElements } from "./sorting.ts";
import { pythonPattern, replacePattern } from "./regular-expressions.ts";
import { replacementFor } from "./text-methods.ts";

const nothing = constant(null);

function first(call: LibraryCall): ArgumentValue | undefined {
  return call.args[0];
}

/** The first argument as a list. */
function firstList(call: LibraryCall) {
  const argument = first(call);
  return argument && iterable(call.run, argument.value, argument.span);
}

/** A value made from all arguments by an operation that is not looked into. */
const derive =
  (operator: string): LibraryFunction =>
  ({ run, args, span }) =>
    derivedValue(
      run,
      operator,
      args.map((argument) => argument.value),
      span,
    );

const sameAsFirst: LibraryFunction = (call) => first(call)?.value;

const toText: LibraryFunction = (call) => {
  const argument = first(call);
  if (!argument) return text("", call.span);
  if (argument.value.type === "opaque")
    return derivedValue(call.run, "str", [argument.value], call.span, textFacts(argument.value));
  return concatenate(call.run, [partsOf(call.run, argument.value, argument.span)]);
};

/** `str()` of a clock still is a clock: ISO-like text. */
function textFacts(value: OpaqueValue) {
  return { order: value.order, ...(value.clock ? { clock: { ...value.clock, form: "iso" as const } } : {}) };
}

const toList =
  (shape: "list" | "tuple"): LibraryFunction =>
  (call) => {
    const argument = first(call);
    if (!argument) return list([], call.span, shape);
    const source = iterable(call.run, argument.value, argument.span);
    if (!source) return derivedValue(call.run, "list", [argument.value], call.span);
    const result = list(source.elements.slice(), call.span, shape);
    result.order = orderOf(argument.value, argument.span, call.run);
    result.cuts = source.cuts;
    return result;
  };

const toSet: LibraryFunction = (call) => {
  const source = firstList(call);
  return addToSet(call.run, list([], call.span, "set"), source?.elements ?? [], call.span);
};

const toDict: LibraryFunction = (call) => {
  const result = record(call.span);
  const argument = first(call);
  if (argument) copyEntries(call.run, result, argument.value);
  for (const [name, given] of call.named) {
    result.entries.set(name, {
      value: given.value,
      span: given.span,
      entrySpan: given.entrySpan,
      frame: call.run.frame,
    });
  }
  return result;
};

const sorted: LibraryFunction = (call) => {
  const source = firstList(call);
  if (!source)
    return derivedValue(
      call.run,
      "sorted",
      call.args.map((argument) => argument.value),
      call.span,
    );
  const result = list(sortElements(materialise(call.run, source), call), call.span);
  const argument = first(call)!;
  result.order = sortedOrder(call, orderOf(argument.value, argument.span, call.run));
  return result;
};

const enumerate: LibraryFunction = (call) => {
  const source = firstList(call);
  const argument = first(call);
  if (!source || !argument) return undefined;
  const start = call.args[1] ?? call.named.get("start");
  const from =
    start?.value.type === "constant" && typeof start.value.value === "number" ? start.value.value : 0;
  const elements = materialise(call.run, source).map((element, index) =>
    listElement(pair(constant(index + from), element.value, element.span), element.span, element.frame),
  );
  return mappedList(source, elements, call.span, orderOf(argument.value, argument.span, call.run));
};

const zip: LibraryFunction = (call) => {
  const sources = call.args.map((argument) => iterable(call.run, argument.value, argument.span));
  if (sources.some((source) => !source) || sources.length === 0) return undefined;
  const all = sources.map((source) => materialise(call.run, source!));
  const length = Math.min(...all.map((elements) => elements.length));
  const rows = Array.from({ length }, (_, index) => {
    const row = list(
      all.map((elements) => elements[index]!),
      call.span,
      "tuple",
    );
    return listElement(row, call.span, call.run.frame);
  });
  return mappedList(sources[0]!, rows, call.span, orderOf(call.args[0]!.value, call.args[0]!.span, call.run));
};

const range: LibraryFunction = (call) => {
  const numbers = call.args.map((argument) =>
    argument.value.type === "constant" && typeof argument.value.value === "number"
      ? argument.value.value
      : undefined,
  );
  const [start, end, step] =
    numbers.length === 1 ? [0, numbers[0], 1] : [numbers[0], numbers[1], numbers[2] ?? 1];
  const { span, run } = call;
  const elements: ListElement[] = [];
  if (start === undefined || end === undefined || !step) {
    // How often is unknown: a few rounds show what each adds.
    for (let index = 0; index < bounds.openRounds; index++)
      elements.push(listElement(constant(index + (start ?? 0)), span));
    return list(elements, span);
  }
  for (let at = start; step > 0 ? at < end : at > end; at += step) {
    if (elements.length >= bounds.rounds) {
      run.reach("rounds");
      break;
    }
    elements.push(listElement(constant(at), span));
  }
  return list(elements, span);
};

const length: LibraryFunction = (call) => {
  const argument = first(call);
  if (!argument) return undefined;
  const { value } = argument;
  if (value.type === "record")
    return value.rest.length === 0
      ? constant(value.entries.size)
      : derivedValue(call.run, "len", [value], call.span);
  return getMember(call.run, value, "length", call.span);
};

/** `isinstance(x, str)`; several types are asked one after the other. */
const isInstance: LibraryFunction = (call) => {
  const [subject, type] = call.args;
  if (!subject || !type) return undefined;
  const types =
    type.value.type === "list" ? type.value.elements.map((element) => element.value) : [type.value];
  return constant(types.some((each) => isOfType(call, subject.value, each)));
};

const typeKinds: Readonly<Record<string, "text" | "list" | "record">> = {
  str: "text",
  bytes: "text",
  list: "list",
  tuple: "list",
  set: "list",
  dict: "record",
};

function isOfType(call: LibraryCall, value: Value, type: Value): boolean {
  if (type.type === "class") {
    if (value.type === "record") return value.class !== undefined && classLine(value.class).includes(type);
    return value.type === "opaque" && decideType(call.run, value, "other", type.node.name, call.span);
  }
  if (type.type !== "opaque") return false;
  const name = type.origin.kind === "global" || type.origin.kind === "import" ? type.origin.name : type.key;
  const kind = typeKinds[name];
  if (value.type === "opaque") return decideType(call.run, value, kind ?? "other", name, call.span);
  if (kind === "text") return value.type === "text";
  if (kind === "list")
    return value.type === "list" && (name === "list" ? value.shape === "list" : value.shape !== "list");
  if (kind === "record") return value.type === "record" && !value.class;
  if (name === "bool") return value.type === "constant" && typeof value.value === "boolean";
  if (name === "int" || name === "float") return value.type === "constant" && typeof value.value === "number";
  return false;
}

const dumps: LibraryFunction = (call) => {
  const argument = first(call);
  if (!argument) return undefined;
  const isSorted = isTrue(call.named.get("sort_keys")?.value);
  const step = call.named.get("indent")?.value;
  const indent =
    step?.type === "constant" && typeof step.value === "number"
      ? " ".repeat(Math.max(0, Math.min(step.value, 16)))
      : (literalText(step) ?? "");
  const keepsUnicode = call.named.get("ensure_ascii");
  const isAscii = !(keepsUnicode?.value.type === "constant" && keepsUnicode.value.value === false);
  const operands = [argument.value, text(indent, call.span), constant(!isAscii), constant(isSorted)];
  return derivedValue(call.run, "json", operands, call.span, {
    order: isSorted ? "fixed" : orderWithin(argument.value),
  });
};

function isTrue(value: Value | undefined): boolean {
  return value?.type === "constant" && value.value === true;
}

/** `map(f, xs)` of the builtins, and of executors. */
function mapOver(
  call: LibraryCall,
  callback: ArgumentValue | undefined,
  items: ArgumentValue | undefined,
  gives: "map" | "filter",
): Value | undefined {
  const source = items && iterable(call.run, items.value, items.span);
  if (!source || !items) return undefined;
  const method = listMethods[gives]!;
  const isIdentity = callback?.value.type === "constant";
  if (isIdentity) {
    const kept = materialise(call.run, source).filter((element) =>
      truth(call.run, element.value, element.span),
    );
    return mappedList(source, kept, call.span, orderOf(items.value, items.span, call.run));
  }
  return method({ ...call, receiver: source, args: callback ? [callback] : [] });
}

const quantify =
  (every: boolean): LibraryFunction =>
  (call) => {
    const source = firstList(call);
    if (!source) return undefined;
    const found = materialise(call.run, source).some(
      (element) => truth(call.run, element.value, element.span) !== every,
    );
    return constant(found !== every);
  };

/** `pool.submit(f, x)`: runs beside the others; its result is reached through the future. */
const submit: LibraryFunction = (call) => {
  const [callback, ...args] = call.args;
  if (!callback) return undefined;
  const invoke = () => callValue(call.run, callback.value, args, call.span);
  return call.run.loops.length > 0
    ? call.run.withLoop(concurrentCall(call.run, call.span, true), invoke)
    : invoke();
};

const asCompleted: LibraryFunction = (call) => {
  const source = firstList(call);
  if (!source) return undefined;
  const result = list(source.elements.slice(), call.span);
  const many = source.elements.length > 1 || source.elements.some((element) => element.stretch);
  if (many) result.order = { order: "race", span: call.span, frame: call.run.frame };
  return result;
};

const gather: LibraryFunction = (call) => {
  const elements = call.args.map((argument) =>
    listElement(argument.value, argument.span, call.run.frame, argument.stretch),
  );
  return list(elements, call.span);
};

/** A file opened by name: `open(path)`, read later. */
const readOpened: LibraryFunction = ({ run, receiver, span }) => {
  const opened = openedPath(receiver);
  return opened ? readFile(run, opened, span) : undefined;
};

function openedPath(callee: Value): Value | undefined {
  if (callee.type !== "opaque" || callee.origin.kind !== "member") return undefined;
  const { origin } = callee.origin.object;
  return origin.kind === "call" ? origin.arguments[0]?.value : undefined;
}

const environmentVariable: LibraryFunction = ({ run, args, span }) =>
  derivedValue(
    run,
    "environment",
    args.slice(0, 1).map((argument) => argument.value),
    span,
    {
      scope: run.cap === "static" ? "static" : "deploy",
      reason: "the environment",
    },
  );

const strftime: LibraryFunction = (call) => {
  const format = literalText(first(call)?.value);
  const resolution = format === undefined ? "second" : strftimeResolution(format);
  const clock = unknownClock(call);
  return cutClock(call.run, `strftime ${format ?? ""}`, clock, "text", resolution, call.span);
};

/** The clock a function reads by itself. */
function unknownClock({ run, span }: LibraryCall): OpaqueValue {
  const origin = { kind: "global" as const, name: "clock" };
  return sourceValue(run, origin, "clock", span, clockFacts({ form: "object", resolution: "second" }));
}

const dedent: LibraryFunction = ({ args: [argument] }) =>
  argument?.value.type === "text" ? dedentText(argument.value) : argument?.value;

const clean: LibraryFunction = ({ args: [argument] }) =>
  argument?.value.type === "text" ? stripText(dedentText(argument.value, true), "both") : argument?.value;

const indent: LibraryFunction = ({ args: [argument, prefix] }) => {
  const added = literalText(prefix?.value);
  return argument?.value.type === "text" && added !== undefined
    ? indentText(argument.value, added)
    : argument?.value;
};

const substitute: LibraryFunction = ({ run, receiver, named, args, span }) => {
  const template = openedPath(receiver);
  if (template?.type !== "text") return undefined;
  const mapping = args[0]?.value;
  const pieces = template.parts.map((part) => {
    if (part.kind === "hole") return [part];
    return part.text
      .split(/(\$\$|\$\w+|\$\{\w+\})/)
      .map((piece) => {
        if (piece === "$$") return { ...part, text: "$" };
        const name = /^\$\{?(\w+)\}?$/.exec(piece)?.[1];
        const value = name === undefined ? undefined : (named.get(name)?.value ?? fieldOf(mapping, name));
        if (name === undefined || !value) return { ...part, text: piece };
        const place = named.get(name)?.span ?? span;
        return partsOf(run, value, place);
      })
      .flat();
  });
  return concatenate(run, pieces);
};

/** `setattr(x, "name", v)`. */
const setAttribute: LibraryFunction = ({ run, args, span }) => {
  const [object, name, value] = args;
  if (object && name && value) setItem(run, object.value, name.value, value.value, value.span, span);
  return nothing;
};

const getAttribute: LibraryFunction = ({ run, args, span }) => {
  const [object, name, fallback] = args;
  const key = literalText(name?.value);
  if (!object || key === undefined) return undefined;
  const value = getMember(run, object.value, key, span);
  const isMissing = value.type === "opaque" && value.origin.kind === "unknown";
  return isMissing && fallback ? fallback.value : value;
};

const chain: LibraryFunction = (call) => {
  const result = list([], call.span);
  for (const argument of call.args) {
    const source = iterable(call.run, argument.value, argument.span);
    if (source) result.elements.push(...source.elements);
  }
  return result;
};

const partial: LibraryFunction = ({ args, named, span }) => {
  const [target, ...bound] = args;
  if (!target) return undefined;
  return nativeFunction("partial", span, (run, more, at) => {
    const given = new Set(more.map((argument) => argument.name));
    const kept = [...named.values()].filter((argument) => !given.has(argument.name));
    return callValue(run, target.value, [...bound, ...more, ...kept], at);
  });
};

const shuffle: LibraryFunction = (call) => {
  const argument = first(call);
  if (!argument) return undefined;
  const target =
    argument.value.type === "list"
      ? argument.value
      : argument.value.type === "opaque"
        ? listOf(call.run, argument.value, call.span)
        : undefined;
  if (!target) return nothing;
  call.run.willChangeList(target);
  target.order = { order: "random", span: call.span, frame: call.run.frame };
  return nothing;
};

const reduceList: LibraryFunction = (call) => {
  const [callback, items, start] = call.args;
  const source = items && iterable(call.run, items.value, items.span);
  if (!callback || !source) return undefined;
  let value = start?.value;
  call.run.withLoop(loopOver(orderOf(items.value, items.span, call.run)), () => {
    for (const element of materialise(call.run, source)) {
      value = value
        ? callValue(
            call.run,
            callback.value,
            [positional(value, call.span), positional(element.value, element.span)],
            call.span,
          )
        : element.value;
    }
  });
  return value;
};

const next: LibraryFunction = (call) => {
  const source = firstList(call);
  const [, fallback] = call.args;
  if (!source) return undefined;
  const element = materialise(call.run, source)[0];
  return element?.value ?? fallback?.value ?? derivedValue(call.run, "next", [source], call.span);
};

const printed: LibraryFunction = ({ run, args: [argument] }) =>
  argument && textOf(printedParts(run, argument.value, argument.span));

const format: LibraryFunction = ({ run, args: [argument, specification] }) =>
  argument &&
  textOf(
    formattedParts(run, argument.value, specification && literalText(specification.value), argument.span),
  );

const substitutePattern: LibraryFunction = ({ run, args: [pattern, to, subject], span }) => {
  if (!pattern || !to || !subject) return undefined;
  const operands = [pattern.value, to.value, subject.value];
  const { value } = subject;
  const length =
    value.type === "text"
      ? value.parts.reduce((sum, part) => sum + (part.kind === "literal" ? part.text.length : 0), 0)
      : 0;
  const known =
    value.type === "text" && to.value.type !== "function" ? pythonPattern(pattern.value, length) : undefined;
  const replaced =
    known &&
    value.type === "text" &&
    replacePattern(run, value, known, (match, at) => replacementFor(run, to, match, at));
  return replaced || derivedValue(run, "re.sub", operands, span);
};

function withFactory(target: RecordValue, factory: (span: Span) => Value): RecordValue {
  itemFactories.set(target, factory);
  return target;
}

/** `dict.fromkeys(xs)`: the usual way to drop duplicates and keep the order. */
const fromKeys: LibraryFunction = (call) => {
  const source = firstList(call);
  const result = record(call.span);
  const value = call.args[1]?.value ?? nothing;
  if (!source) return undefined;
  if (isUnstable(source.order.order)) return source;
  for (const element of source.elements) {
    if (element.stretch && element.value.type === "opaque") result.rest = [...result.rest, element.value];
    else
      result.entries.set(
        literalText(element.value) ?? keyOf(element.value),
        recordEntry(value, element.span),
      );
  }
  return result;
};

const sum: LibraryFunction = (call) => {
  const source = firstList(call);
  const start = call.args[1]?.value;
  const values = [
    ...(start ? [start] : []),
    ...(source ? materialise(call.run, source).map((element) => element.value) : []),
  ];
  const numbers = values.map((value) => (value.type === "constant" ? Number(value.value) : NaN));
  if (source && !numbers.some(Number.isNaN))
    return constant(numbers.reduce((total, each) => total + each, 0));
  if (start?.type !== "list") return derivedValue(call.run, "sum", values, call.span);
  // `sum(lists, [])` joins lists.
  return listMethods.flat!({
    ...call,
    receiver: list(
      values.map((value) => listElement(value, call.span)),
      call.span,
    ),
    args: [],
  });
};

/** Functions and classes of Python and its libraries, by dotted name. */
export const pythonFunctions: Readonly<Record<string, LibraryFunction>> = {
  str: toText,
  repr: printed,
  format,
  int: derive("int"),
  float: derive("float"),
  round: derive("round"),
  abs: derive("abs"),
  bool: (call) => (first(call) ? constant(truth(call.run, first(call)!.value, call.span)) : constant(false)),
  len: length,
  list: toList("list"),
  tuple: toList("tuple"),
  iter: toList("list"),
  set: toSet,
  frozenset: toSet,
  dict: toDict,
  sorted,
  reversed: (call) => {
    const source = firstList(call);
    return source && reversed(call.run, source, call.span);
  },
  enumerate,
  zip,
  range,
  map: (call) => mapOver(call, call.args[0], call.args[1], "map"),
  filter: (call) => mapOver(call, call.args[0], call.args[1], "filter"),
  any: quantify(false),
  all: quantify(true),
  next,
  max: bound(Math.max),
  min: bound(Math.min),
  sum,
  isinstance: isInstance,
  type: derive("type"),
  getattr: getAttribute,
  setattr: setAttribute,
  hasattr: derive("hasattr"),
  callable: (call) => {
    const value = first(call)?.value;
    if (!value || value.type === "opaque") return derive("callable")(call);
    return constant(value.type === "function" || value.type === "class");
  },
  print: () => nothing,
  "open().read": readOpened,
  "io.open().read": readOpened,
  "codecs.open().read": readOpened,
  "open().readlines": readOpened,
  "pathlib.Path": (call) =>
    call.args.length === 1
      ? first(call)!.value
      : joinPath(
          call.run,
          call.args.map((argument) => argument.value),
          call.span,
        ),
  "pathlib.PurePath": sameAsFirst,
  "os.path.join": ({ run, args, span }) =>
    joinPath(
      run,
      args.map((argument) => argument.value),
      span,
    ),
  "os.path.dirname": (call) => {
    const literal = literalText(first(call)?.value);
    return literal === undefined ? derive("dirname")(call) : text(folderOf(literal), call.span);
  },
  "os.path.abspath": sameAsFirst,
  "os.path.realpath": sameAsFirst,
  "os.path.normpath": sameAsFirst,
  "os.path.expanduser": sameAsFirst,
  "os.getenv": environmentVariable,
  "os.environ.get": environmentVariable,
  "importlib.resources.files().joinpath().read_text": () => undefined,
  "json.dumps": dumps,
  "orjson.dumps": dumps,
  "ujson.dumps": dumps,
  "json.loads": derive("json.loads"),
  "copy.copy": (call) => callCopy(call),
  "copy.deepcopy": (call) => first(call) && deepCopy(call.run, first(call)!.value),
  "textwrap.dedent": dedent,
  "inspect.cleandoc": clean,
  "textwrap.indent": indent,
  "string.Template().substitute": substitute,
  "string.Template().safe_substitute": substitute,
  "re.sub": substitutePattern,
  "time.strftime": strftime,
  "typing.cast": ({ args }) => args[1]?.value,
  cast: ({ args }) => args[1]?.value,
  "functools.partial": partial,
  "functools.reduce": reduceList,
  "itertools.chain": chain,
  "itertools.chain.from_iterable": (call) => {
    const source = firstList(call);
    return source && listMethods.flat!({ ...call, receiver: source, args: [] });
  },
  "dataclasses.asdict": (call) => {
    const value = first(call)?.value;
    return value?.type === "record" ? plainRecord(call, value) : undefined;
  },
  "dataclasses.replace": (call) => {
    const value = first(call)?.value;
    if (value?.type !== "record") return undefined;
    const copy = { ...record(call.span), class: value.class };
    copyEntries(call.run, copy, value);
    for (const [name, given] of call.named) {
      copy.entries.set(name, {
        value: given.value,
        span: given.span,
        entrySpan: given.entrySpan,
        frame: call.run.frame,
      });
    }
    return copy;
  },
  "collections.OrderedDict": toDict,
  "collections.defaultdict": (call) =>
    withFactory(record(call.span), (span) => {
      const factory = first(call);
      return factory ? callValue(call.run, factory.value, [], span) : nothing;
    }),
  "collections.Counter": (call) => withFactory(record(call.span), () => constant(0)),
  "dict.fromkeys": fromKeys,
  "collections.deque": toList("list"),
  "types.SimpleNamespace": toDict,
  "types.MappingProxyType": sameAsFirst,
  "asyncio.gather": gather,
  "asyncio.run": sameAsFirst,
  "asyncio.create_task": sameAsFirst,
  "asyncio.ensure_future": sameAsFirst,
  "asyncio.wait_for": sameAsFirst,
  "asyncio.to_thread": (call) => {
    const [callback, ...args] = call.args;
    return callback && callValue(call.run, callback.value, args, call.span);
  },
  "asyncio.as_completed": asCompleted,
  "concurrent.futures.as_completed": asCompleted,
  "concurrent.futures.ThreadPoolExecutor().submit": submit,
  "concurrent.futures.ProcessPoolExecutor().submit": submit,
  "concurrent.futures.ThreadPoolExecutor().map": (call) => mapOver(call, call.args[0], call.args[1], "map"),
  "concurrent.futures.ProcessPoolExecutor().map": (call) => mapOver(call, call.args[0], call.args[1], "map"),
  "random.shuffle": shuffle,
  "base64.b64encode": derive("base64"),
  "base64.standard_b64encode": derive("base64"),
  "base64.urlsafe_b64encode": derive("base64"),
  "hashlib.sha256": derive("hash"),
  "hashlib.md5": derive("hash"),
  "uuid.uuid5": derive("uuid5"),
  "uuid.uuid3": derive("uuid3"),
};

function callCopy(call: LibraryCall): Value | undefined {
  const argument = first(call);
  if (!argument) return undefined;
  if (argument.value.type === "list" || argument.value.type === "record") {
    return callMember(call.run, argument.value, "copy", [], argument.span, call.span);
  }
  return argument.value;
}

function bound(choose: (...numbers: number[]) => number): LibraryFunction {
  return (call) => {
    const values =
      call.args.length === 1
        ? firstList(call)?.elements.map((element) => element.value)
        : call.args.map((argument) => argument.value);
    const numbers = values?.map((value) =>
      value.type === "constant" && typeof value.value === "number" ? value.value : undefined,
    );
    if (numbers && numbers.length > 0 && numbers.every((number) => number !== undefined))
      return constant(choose(...numbers));
    return derive("bound")(call);
  };
}
