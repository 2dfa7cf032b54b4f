import type { Span } from "../../source/source-file.ts";
import { fitMessages, trimMessages } from "./message-windows.ts";
import { filesOf, readResource } from "./resources.ts";
import { constant, list, record, text } from "../../value/construct.ts";
import { noteDefault } from "../../value/defaults.ts";
import { fieldOf, literalText } from "../../value/inspect.ts";
import type { OpaqueValue, RecordValue, Value } from "../../value/value.ts";
import { callMember, callValue, positional } from "../calls.ts";
import { truth } from "../conditions.ts";
import { copyEntries, deepCopy } from "../copies.ts";
import { appendAll, lengthLimits, iterable, loopOver, orderOf, weaken } from "../iteration.ts";
import { itemFactories } from "../members.ts";
import { nativeFunction } from "../natives.ts";
import { derivedValue, listOf, materialise, sourceValue } from "../opaques.ts";
import { getSlice, reversed } from "../slices.ts";
import { cutLiteral, fillPlace } from "../text-places.ts";
import {
  addressOf,
  concatenate,
  holdsAddress,
  partsOf,
  printedValue,
  stripText,
  unstableWithin,
} from "../texts.ts";
import { derive, first, firstList, isTrue, sameAsFirst } from "./arguments.ts";
import { clockFacts, cutClock, roundClock, strftimeResolution } from "./clocks.ts";
import { parseFile, parseText } from "./data-files.ts";
import { folderOf, joinPath, readFile } from "./files.ts";
import { dedentText, indentText } from "./indentation.ts";
import { dataclassFields } from "./dataclass-fields.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";
import { listMethods } from "./list-methods.ts";
import {
  bound,
  enumerate,
  format,
  fromKeys,
  getAttribute,
  isInstance,
  length,
  mapOver,
  next,
  printed,
  quantify,
  range,
  setAttribute,
  sorted,
  sum,
  chainMaps,
  toDict,
  toInteger,
  toList,
  toSet,
  toText,
  zip,
} from "./python-builtins.ts";
import {
  asCompleted,
  createTask,
  gather,
  makeThread,
  mapBeside,
  submit,
  waitFor,
} from "./python-concurrency.ts";
import { plainRecord } from "./record-methods.ts";
import { substituteCompiled, substitutePattern } from "./substitutions.ts";
import { threads } from "./threads.ts";

export const nothing = constant(null);

/** A generator of random numbers with a seed draws the same from its beginning on. */
const seeded: LibraryFunction = (call) => (call.args.length > 0 ? derive("random")(call) : undefined);

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
  // `default=str` prints what JSON has no form for as the program would.
  if (isPrinter(call.named.get("default")?.value) && holdsAddress(argument.value))
    return addressOf(call.run, argument.value, call.span);
  // Keys are sorted at all depths, lists are not.
  if (isSorted && argument.value.type === "opaque")
    return derivedValue(call.run, "json", operands, call.span, { order: "fixed" });
  return printedValue(
    call.run,
    "json",
    operands,
    call.span,
    unstableWithin(argument.value, call.span, isSorted),
  );
};

function isPrinter(value: Value | undefined): boolean {
  return (
    value?.type === "opaque" && value.origin.kind === "global" && /^(?:str|repr)$/.test(value.origin.name)
  );
}

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

const environmentVariable: LibraryFunction = ({ run, args, named, span }) => {
  const [name, fallback = named.get("default")] = args;
  const scope = run.cap === "static" ? ("static" as const) : ("deploy" as const);
  const facts = { scope, reason: "the environment" };
  const setting = derivedValue(run, "environment", name ? [name.value] : [], span, facts);
  noteDefault(setting, fallback?.value);
  return setting;
};

const fromTimestamp: LibraryFunction = (call) => {
  const value = first(call)?.value;
  return value?.type === "opaque" && value.clock
    ? cutClock(call.run, "fromtimestamp", value, "object", "second", call.span)
    : derive("datetime")(call);
};

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
    let end = 0;
    return part.text
      .split(/(\$\$|\$\w+|\$\{\w+\})/)
      .map((piece) => {
        const start = end;
        end += piece.length;
        if (piece === "$$") return cutLiteral(run, part, start, start + 1);
        const name = /^\$\{?(\w+)\}?$/.exec(piece)?.[1];
        const value = name === undefined ? undefined : (named.get(name)?.value ?? fieldOf(mapping, name));
        if (name === undefined || !value) return cutLiteral(run, part, start, end);
        const place = named.get(name)?.span ?? span;
        return fillPlace(run, part, start, end, partsOf(run, value, place));
      })
      .flat();
  });
  return concatenate(run, pieces);
};

const chain: LibraryFunction = (call) => {
  const result = list([], call.span);
  for (const argument of call.args) {
    const source = iterable(call.run, argument.value, argument.span);
    if (!source) continue;
    appendAll(call.run, result, source.elements);
    if (source.elements.length > 1 || source.elements.some(({ stretch }) => stretch))
      weaken(result, orderOf(argument.value, argument.span, call.run));
    result.cuts = [...result.cuts, ...source.cuts];
  }
  return result;
};

/** `islice(items, stop)`, `islice(items, start, stop, step)`. */
const islice: LibraryFunction = ({ run, args, span }) => {
  const [items, first, second, step] = args.map(({ value }) => value);
  const source = items && iterable(run, items, span);
  if (!source) return undefined;
  const known = (value: Value | undefined) =>
    value?.type === "constant" && value.value === null ? undefined : value;
  return args.length === 2
    ? getSlice(run, source, undefined, known(first), undefined, span)
    : getSlice(run, source, known(first), known(second), known(step), span);
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

const deque: LibraryFunction = (call) => {
  const result = toList("list")(call);
  const limit = (call.named.get("maxlen") ?? call.args[1])?.value;
  if (result?.type === "list" && limit?.type === "constant" && typeof limit.value === "number") {
    lengthLimits.set(result, limit.value);
  }
  return result;
};

function withFactory(target: RecordValue, factory: (span: Span) => Value): RecordValue {
  itemFactories.set(target, factory);
  return target;
}

/** Functions and classes of Python and its libraries, by dotted name. */
/** `importlib.import_module("m")`; a relative name needs the package, which is seldom written as a literal. */
const importModule: LibraryFunction = ({ run, args, span }) => {
  const name = literalText(args[0]?.value);
  if (name === undefined || name === "" || name.startsWith(".")) return undefined;
  return run.modules.moduleValue(run, span.file, name, span);
};

export const pythonFunctions: Readonly<Record<string, LibraryFunction>> = {
  str: toText,
  repr: printed,
  format,
  int: toInteger,
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
  "decouple.config": environmentVariable,
  "environs.Env().str": environmentVariable,
  "importlib.import_module": importModule,
  __import__: importModule,
  "json.dumps": dumps,
  "orjson.dumps": dumps,
  "ujson.dumps": dumps,
  "json.loads": (call) => parseText(call) ?? derive("json.loads")(call),
  "orjson.loads": (call) => parseText(call) ?? derive("json.loads")(call),
  "json.load": parseFile,
  "yaml.safe_load": parseFile,
  "yaml.full_load": parseFile,
  "yaml.load": parseFile,
  "copy.copy": (call) => callCopy(call),
  "copy.deepcopy": (call) => first(call) && deepCopy(first(call)!.value),
  "textwrap.dedent": dedent,
  "inspect.cleandoc": clean,
  "textwrap.indent": indent,
  "string.Template().substitute": substitute,
  "string.Template().safe_substitute": substitute,
  "re.sub": substitutePattern,
  "re.compile().sub": substituteCompiled,
  "time.strftime": strftime,
  "typing.cast": ({ args }) => args[1]?.value,
  cast: ({ args }) => args[1]?.value,
  "functools.partial": partial,
  "functools.reduce": reduceList,
  "itertools.chain": chain,
  "itertools.islice": islice,
  "itertools.chain.from_iterable": (call) => {
    const source = firstList(call);
    return source && listMethods.flat!({ ...call, receiver: source, args: [] });
  },
  "dataclasses.fields": dataclassFields,
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
  "collections.ChainMap": chainMaps,
  "collections.defaultdict": (call) =>
    withFactory(toDict({ ...call, args: call.args.slice(1) }) as RecordValue, (span) => {
      const factory = first(call);
      return factory ? callValue(call.run, factory.value, [], span) : nothing;
    }),
  "collections.Counter": (call) => withFactory(record(call.span), () => constant(0)),
  "dict.fromkeys": fromKeys,
  "collections.deque": deque,
  "types.SimpleNamespace": toDict,
  "types.MappingProxyType": sameAsFirst,
  "importlib.resources.files": filesOf,
  "importlib_resources.files": filesOf,
  "importlib.resources.read_text": readResource,
  "importlib.resources.open_text": readResource,
  "importlib.resources.read_binary": readResource,
  "pkgutil.get_data": readResource,
  "langchain_core.messages.trim_messages": trimMessages,
  "langchain_core.messages.utils.trim_messages": trimMessages,
  "langchain.messages.trim_messages": trimMessages,
  "litellm.utils.trim_messages": fitMessages,
  "asyncio.gather": gather,
  "asyncio.TaskGroup().create_task": createTask,
  ...threads,
  "asyncio.as_completed": asCompleted,
  "asyncio.wait": waitFor,
  "concurrent.futures.wait": waitFor,
  "concurrent.futures.as_completed": asCompleted,
  "threading.Thread": makeThread,
  "concurrent.futures.ThreadPoolExecutor().submit": submit,
  "concurrent.futures.ProcessPoolExecutor().submit": submit,
  "multiprocessing.pool.ThreadPool().map": mapBeside,
  "multiprocessing.pool.ThreadPool().imap": mapBeside,
  "multiprocessing.Pool().map": mapBeside,
  "concurrent.futures.ThreadPoolExecutor().map": mapBeside,
  "concurrent.futures.ProcessPoolExecutor().map": mapBeside,
  "random.shuffle": shuffle,
  "base64.b64encode": derive("base64"),
  "base64.standard_b64encode": derive("base64"),
  "base64.urlsafe_b64encode": derive("base64"),
  "hashlib.sha256": derive("hash"),
  "hashlib.md5": derive("hash"),
  "hashlib.sha1": derive("hash"),
  "hashlib.blake2b": derive("hash"),
  "hashlib.new": derive("hash"),
  "datetime.datetime": derive("datetime"),
  "datetime.datetime.fromisoformat": derive("datetime"),
  "datetime.datetime.strptime": derive("datetime"),
  "datetime.datetime.fromtimestamp": fromTimestamp,
  "datetime.date.fromisoformat": derive("date"),
  "datetime.datetime.combine": (call) => {
    const day = first(call)?.value;
    return day?.type === "opaque" && day.clock
      ? cutClock(call.run, "combine", day, "object", "day", call.span)
      : derive("datetime")(call);
  },
  "datetime.date": derive("date"),
  "datetime.timedelta": derive("timedelta"),
  "math.floor": (call) => {
    const value = first(call)?.value;
    return value?.type === "opaque" ? roundClock(call.run, value, true, call.span) : derive("floor")(call);
  },
  "random.Random": seeded,
  "numpy.random.default_rng": seeded,
  "numpy.random.RandomState": seeded,
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
