import { list, listElement } from "../../value/construct.ts";
import { literalText } from "../../value/inspect.ts";
import type { Value } from "../../value/value.ts";
import { derivedValue } from "../opaques.ts";
import { cutClock, patternResolution, strftimeResolution } from "./clocks.ts";
import type { OpaqueCall } from "./opaque-methods.ts";

/** Methods that print or cut a clock. */
export function clockMethod(call: OpaqueCall, name: string): Value | undefined {
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
