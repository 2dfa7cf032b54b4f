import { literalText } from "../../value/inspect.ts";
import { derivedValue, sourceValue } from "../opaques.ts";
import { derive, first } from "./arguments.ts";
import { shownBy } from "./clock-methods.ts";
import { clockFacts, cutClock, patternResolution } from "./clocks.ts";
import type { LibraryFunction } from "./library.ts";

/** `new Date()` reads the clock (a source); `new Date(x)` is made from x. */
const date: LibraryFunction = (call) => {
  const argument = first(call);
  if (!argument) return undefined;
  const { value } = argument;
  if (value.type === "opaque" && value.clock)
    return cutClock(call.run, "Date", value, "object", "second", call.span);
  return derivedValue(
    call.run,
    "Date",
    call.args.map((each) => each.value),
    call.span,
  );
};

/** date-fns `format(date, "yyyy-MM-dd")`. */
const formatDate: LibraryFunction = (call) => {
  const [value, pattern] = call.args;
  if (value?.value.type !== "opaque" || !value.value.clock) return derive("format")(call);
  const literal = literalText(pattern?.value);
  const resolution = literal === undefined ? "second" : patternResolution(literal);
  return cutClock(call.run, `format ${literal ?? ""}`, value.value, "text", resolution, call.span);
};

const dateText: LibraryFunction = (call) => {
  const argument = first(call);
  // `Date()` without `new` prints the clock.
  return argument || call.isNew ? date(call) : undefined;
};

/** `new Intl.DateTimeFormat(locale, options).format(date)`: without time options it shows the date alone. */
const intlFormat: LibraryFunction = (call) => {
  const { run, receiver, span } = call;
  const made =
    receiver.type === "opaque" && receiver.origin.kind === "member"
      ? receiver.origin.object.origin
      : undefined;
  const options = made?.kind === "call" ? made.arguments[1]?.value : undefined;
  const given = first(call)?.value;
  const now = () => sourceValue(run, { kind: "global", name: "clock" }, "clock", span, clockFacts(finest));
  const source = given ?? now();
  if (source.type !== "opaque" || !source.clock) return derive("format")(call);
  return cutClock(run, "Intl", source, "text", shownBy(options, "day"), span);
};

const finest = { form: "object", resolution: "second" } as const;

const startOfDay: LibraryFunction = (call) => {
  const value = first(call)?.value;
  return value?.type === "opaque" && value.clock
    ? cutClock(call.run, "startOfDay", value, "object", "day", call.span)
    : derive("startOfDay")(call);
};

const formatIso: LibraryFunction = (call) => {
  const options = call.args[1]?.value;
  const shape =
    options?.type === "record" ? literalText(options.entries.get("representation")?.value) : undefined;
  const value = first(call)?.value;
  if (value?.type !== "opaque" || !value.clock) return derive("format")(call);
  return cutClock(call.run, "formatISO", value, "iso", shape === "date" ? "day" : "second", call.span);
};

/** Functions that read, cut and print clocks, by dotted name. */
export const javascriptDates: Readonly<Record<string, LibraryFunction>> = {
  Date: (call) => dateText(call),
  moment: (call) => nowDerived(call),
  dayjs: (call) => nowDerived(call),
  "Intl.DateTimeFormat().format": intlFormat,
  "date-fns.format": formatDate,
  "date-fns.formatISO": formatIso,
  "date-fns.startOfDay": startOfDay,
};

const nowDerived: LibraryFunction = (call) =>
  call.args.length === 0
    ? undefined
    : derivedValue(
        call.run,
        "date",
        call.args.map((argument) => argument.value),
        call.span,
      );
