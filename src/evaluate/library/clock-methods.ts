import { list, listElement } from "../../value/construct.ts";
import { literalText } from "../../value/inspect.ts";
import type { ClockResolution, OpaqueValue, Value } from "../../value/value.ts";
import { derivedValue } from "../opaques.ts";
import { getSlice } from "../slices.ts";
import { cutClock, patternResolution, strftimeResolution, unitResolution } from "./clocks.ts";
import type { OpaqueCall } from "./opaque-methods.ts";
import { literalPattern } from "./regular-expressions.ts";

/** Dates that were set back to the beginning of a unit, with what they are since. */
const setDates = new WeakMap<OpaqueValue, OpaqueValue>();

/** Units below the hour, below the minute and below the second, that the method of a date sets. */
const settersOfDates: Readonly<Record<string, readonly [units: number, left: ClockResolution]>> = {
  setHours: [4, "day"],
  setUTCHours: [4, "day"],
  setMinutes: [3, "hour"],
  setUTCMinutes: [3, "hour"],
  setSeconds: [2, "minute"],
  setUTCSeconds: [2, "minute"],
};

/** `date.setHours(0, 0, 0, 0)`: from now on the date shows no more than its day, wherever it is held. */
function setDate({ run, receiver, args, span }: OpaqueCall, name: string): Value | undefined {
  const [units, left] = Object.hasOwn(settersOfDates, name) ? settersOfDates[name]! : [];
  const isFixed = args.every(({ value }) => value.type === "constant");
  if (left === undefined || args.length !== units || !isFixed) return undefined;
  const before = setDates.get(receiver);
  setDates.set(receiver, cutClock(run, name, before ?? receiver, "object", left, span));
  run.undoLater(() => (before ? setDates.set(receiver, before) : setDates.delete(receiver)));
  return cutClock(run, `${name} returned`, receiver, "number", left, span);
}

/** Methods that print or cut a clock. */
export function clockMethod(given: OpaqueCall, name: string): Value | undefined {
  const call = { ...given, receiver: setDates.get(given.receiver) ?? given.receiver };
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
        format === undefined ? "second" : patternResolution(format, name === "format" ? "moment" : "unicode"),
        span,
      );
    case "substring":
    case "substr":
      return getSlice(run, receiver, args[0]?.value, args[1]?.value, undefined, span);
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
    case "to_date_string":
    case "to_formatted_date_string":
    case "toPlainDate":
    case "toISODate":
    case "toordinal":
    case "isocalendar":
      return cutClock(
        run,
        name,
        receiver,
        /^(?:date|isocalendar)$/.test(name) ? "object" : "text",
        "day",
        span,
      );
    case "toLocaleDateString":
      return cutClock(run, name, receiver, "text", shownBy(args[1]?.value, "day"), span);
    case "toLocaleString":
      return cutClock(run, name, receiver, "text", shownByPreset(args[0]?.value, args[1]?.value), span);
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
      if (clock.form === "iso") return replaceInIso(call);
      const zeroed = ["hour", "minute", "second"].find((unit) => isZero(named.get(unit)?.value));
      const resolution =
        zeroed === "hour" ? "day" : zeroed === "minute" ? "hour" : zeroed === "second" ? "minute" : "second";
      return cutClock(run, name, receiver, "object", resolution, span);
    }
    case "split":
      // Python prints a moment with a blank in front of the time of day.
      return clock.form === "iso"
        ? splitIso(call, call.isPython && args.length === 0 ? " " : format)
        : undefined;
    case "startOf":
    case "endOf":
      return format === undefined
        ? undefined
        : cutClock(run, name, receiver, "object", unitResolution(format), span);
    case "hour":
    case "hours":
      return cutClock(run, name, receiver, "number", "hour", span);
    case "getTime":
    case "timestamp":
    case "valueOf":
    case "unix":
    case "toMillis":
    case "toSeconds":
      return cutClock(run, name, receiver, "number", "second", span);
    case "astimezone":
    case "setZone":
    case "tz":
    case "utc":
    case "local":
    case "toString":
    case "toUTCString":
    case "toLocaleTimeString":
    case "ctime":
      return derivedValue(run, `.${name}`, [receiver], span, {
        clock: name.startsWith("to") || name === "ctime" ? { ...clock, form: "text" } : clock,
      });
    default:
      if (movesDate.test(name)) return derivedValue(run, `.${name}`, [receiver], span, { clock });
      return setDate(given, name);
  }
}

/** Methods that give another moment, or the same one for another place, as exact as it was. */
const movesDate =
  /^(?:add|plus|subtract|minus|shift|to|in_timezone|in_tz|locale|setLocale|reconfigure|toUTC|toLocal|utcOffset|withTimeZone|toZonedDateTimeISO|toPlainDateTime|toZonedDateTime|clone|toDate|toJSDate|to_pydatetime)$/;

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

/** Replacing all from the `T` on in `toISOString()` cuts the time of day off. */
function replaceInIso({ run, receiver, args, span }: OpaqueCall): Value | undefined {
  const pattern = literalPattern(run, args[0]?.value, 0);
  if (pattern && /^T[.[(]/.test(pattern.source))
    return cutClock(run, "replace", receiver, "iso", "day", span);
  return derivedValue(run, ".replace", [receiver, ...args.map((argument) => argument.value)], span);
}

/** Luxon's ready-made options, as in `toLocaleString(DateTime.DATE_FULL)`; else those of `Intl`, the second argument. */
function shownByPreset(preset: Value | undefined, options: Value | undefined): "day" | "second" {
  const name = preset?.type === "opaque" && preset.origin.kind === "member" ? preset.origin.name : "";
  if (/^DATE_/.test(name)) return "day";
  return preset?.type === "record" ? shownBy(preset, "second") : shownBy(options, "second");
}

const timeOptions = ["hour", "minute", "second", "timeStyle", "dayPeriod", "fractionalSecondDigits"];
const dateOptions = ["dateStyle", "weekday", "era", "year", "month", "day"];

/** The finest unit that the options of `Intl.DateTimeFormat` show; `otherwise`: without any of them. */
export function shownBy(options: Value | undefined, otherwise: "day" | "second"): "day" | "second" {
  if (options?.type === "opaque") return "second";
  if (options?.type !== "record") return otherwise;
  const has = (names: readonly string[]) => names.some((name) => options.entries.has(name));
  if (has(timeOptions) || options.rest.length > 0) return "second";
  return has(dateOptions) ? "day" : otherwise;
}
