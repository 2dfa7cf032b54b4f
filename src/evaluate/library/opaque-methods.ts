import { constant, list, listElement, record } from "../../value/construct.ts";
import { literalText } from "../../value/inspect.ts";
import type { OpaqueValue, Value } from "../../value/value.ts";
import { copyEntries, deleteItem, getIndex, getSlice, setItem } from "../members.ts";
import { derivedValue, listOf, opaqueMember } from "../opaques.ts";
import { joinTexts } from "../texts.ts";
import { iterable } from "../iteration.ts";
import { cutClock, patternResolution, strftimeResolution } from "./clocks.ts";
import type { LibraryCall } from "./library.ts";
import { listMethods } from "./list-methods.ts";

type OpaqueCall = LibraryCall<OpaqueValue>;

/** Methods only lists have: whoever calls them treats the value as a list. */
const onlyOfLists = new Set(
  "append extend insert push unshift pop shift map filter forEach flatMap reduce findLast findLastIndex findIndex sort toSorted reverse toReversed splice some every flat".split(
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
  if (name === "slice") return getSlice(run, receiver, args[0]?.value, args[1]?.value, undefined, span);
  if (onlyOfLists.has(name) || (receiver.list && Object.hasOwn(listMethods, name))) {
    const isKeyed = name === "pop" && args[0] && literalText(args[0].value) !== undefined;
    if (isKeyed) return recordLike(call, "pop");
    return listMethods[name]!({ ...call, receiver: listOf(run, receiver, span) });
  }
  if (name === "join" && args[0] && call.isPython) {
    const source = iterable(run, args[0].value, args[0].span);
    if (source)
      return joinTexts(run, source, [{ kind: "hole", hole: receiver, span, frame: run.frame }], span);
  }
  if (keepsText.has(name))
    return derivedValue(run, `.${name}`, [receiver, ...args.map((arg) => arg.value)], span);
  return recordLike(call, name);
}

/** Methods of dicts on a value that may be one. */
function recordLike(call: OpaqueCall, name: string): Value | undefined {
  const { run, receiver, args, span } = call;
  const [key, value] = args;
  const known = key ? literalText(key.value) : undefined;
  switch (name) {
    case "get":
      // `client.get("/path")` of an HTTP client looks the same; a dict is asked for a plain name.
      return known !== undefined && /^[\w-]+$/.test(known) && args.length <= 2
        ? opaqueMember(run, receiver, known, span)
        : undefined;
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
    case "copy":
    case "model_dump":
    case "dict": {
      if (args.length > 0) return undefined;
      const copy = record(span);
      copyEntries(run, copy, receiver);
      return copy;
    }
    default:
      return undefined;
  }
}

/** Methods that print or cut a clock. */
function clockMethod(call: OpaqueCall, name: string): Value | undefined {
  const { run, receiver, args, named, span } = call;
  const clock = receiver.clock!;
  const format = literalText(args[0]?.value);
  switch (name) {
    case "strftime":
    case "__format__":
      return format === undefined
        ? undefined
        : cutClock(run, name, receiver, "text", strftimeResolution(format), span);
    case "format":
    case "toFormat":
      return cutClock(
        run,
        name,
        receiver,
        "text",
        format === undefined ? "second" : patternResolution(format),
        span,
      );
    case "isoformat": {
      const unit = literalText(named.get("timespec")?.value);
      const resolution = unit === "hours" ? "hour" : unit === "minutes" ? "minute" : "second";
      return cutClock(run, name, receiver, "iso", resolution, span);
    }
    case "toISOString":
    case "toJSON":
    case "toISO":
      return cutClock(run, name, receiver, "iso", "second", span);
    case "date":
    case "toDateString":
    case "toISODate":
    case "toordinal":
      return cutClock(run, name, receiver, name === "date" ? "object" : "text", "day", span);
    case "toLocaleDateString":
      return cutClock(run, name, receiver, "text", hasTimeOption(call) ? "second" : "day", span);
    case "getFullYear":
    case "getUTCFullYear":
      return cutClock(run, name, receiver, "number", "year", span);
    case "getMonth":
    case "getUTCMonth":
      return cutClock(run, name, receiver, "number", "month", span);
    case "getDate":
    case "getUTCDate":
    case "getDay":
    case "getUTCDay":
    case "weekday":
    case "isoweekday":
      return cutClock(run, name, receiver, "number", "day", span);
    case "getHours":
    case "getUTCHours":
      return cutClock(run, name, receiver, "number", "hour", span);
    case "replace": {
      const zeroed = ["hour", "minute", "second"].find((unit) => isZero(named.get(unit)?.value));
      const resolution =
        zeroed === "hour" ? "day" : zeroed === "minute" ? "hour" : zeroed === "second" ? "minute" : "second";
      return cutClock(run, name, receiver, "object", resolution, span);
    }
    case "split":
      return clock.form === "iso" ? splitIso(call, format) : undefined;
    case "startOf":
      return format === undefined
        ? undefined
        : cutClock(run, name, receiver, "object", unitResolution(format), span);
    case "getTime":
    case "timestamp":
    case "valueOf":
      return cutClock(run, name, receiver, "number", "second", span);
    case "astimezone":
    case "setZone":
    case "tz":
    case "utc":
    case "local":
    case "toString":
    case "toLocaleString":
    case "toUTCString":
    case "toLocaleTimeString":
    case "ctime":
      return derivedValue(run, `.${name}`, [receiver], span, {
        clock: name.startsWith("to") || name === "ctime" ? { ...clock, form: "text" } : clock,
      });
    default:
      return undefined;
  }
}

/** `toISOString().split("T")`: the date, and the time of day. */
function splitIso({ run, receiver, span }: OpaqueCall, separator: string | undefined): Value | undefined {
  if (separator !== "T" && separator !== " " && separator !== ".") return undefined;
  const first = separator === "." ? receiver : cutClock(run, "split", receiver, "iso", "day", span);
  const second = derivedValue(run, "time of day", [receiver], span);
  return list([listElement(first, span), listElement(second, span)], span);
}

function isZero(value: Value | undefined): boolean {
  return value?.type === "constant" && value.value === 0;
}

function unitResolution(unit: string) {
  const name = unit.replace(/s$/, "");
  return name === "day" || name === "month" || name === "year" || name === "hour" || name === "minute"
    ? name
    : "second";
}

/** `toLocaleDateString(locale, { hour: ... })` shows the time as well. */
function hasTimeOption({ args }: OpaqueCall): boolean {
  const options = args[1]?.value;
  return (
    options?.type === "record" &&
    ["hour", "minute", "second", "timeStyle"].some((name) => options.entries.has(name))
  );
}
