import { literalText } from "../../value/inspect.ts";
import type { ClockFacet, ClockResolution } from "../../value/value.ts";
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
  const resolution = literal === undefined ? "second" : patternResolution(literal, "unicode");
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

/** `formatInTimeZone(date, zone, "yyyy-MM-dd")`. */
const formatInZone: LibraryFunction = (call) =>
  formatDate({ ...call, args: [call.args[0], call.args[2]].filter((argument) => argument !== undefined) });

/** A function of date-fns whose result is no more exact than this, whatever moment it is given. */
const cut =
  (form: ClockFacet["form"], resolution: ClockResolution): LibraryFunction =>
  (call) => {
    const value = first(call)?.value;
    if (value?.type !== "opaque" || !value.clock) return derive("date")(call);
    return cutClock(call.run, resolution, value, form, resolution, call.span);
  };

/** A function that reads the clock itself and is told a moment that stays. */
const sinceThen =
  (form: ClockFacet["form"], resolution: ClockResolution): LibraryFunction =>
  ({ run, span }) =>
    sourceValue(run, { kind: "global", name: "clock" }, "clock", span, clockFacts({ form, resolution }));

function each(names: string, make: LibraryFunction): Record<string, LibraryFunction> {
  return Object.fromEntries(names.split(" ").map((name) => [`date-fns.${name}`, make]));
}

/** Functions of date-fns. */
const dateFns: Readonly<Record<string, LibraryFunction>> = {
  ...each("format lightFormat formatDate", formatDate),
  ...each("formatISO formatISO9075", (call) => formatIso(call)),
  ...each("formatRFC3339 formatRFC7231", cut("text", "second")),
  ...each("startOfDay endOfDay startOfWeek endOfWeek startOfISOWeek", cut("object", "day")),
  ...each("startOfMonth endOfMonth startOfQuarter", cut("object", "month")),
  ...each("startOfYear endOfYear", cut("object", "year")),
  ...each("startOfHour endOfHour roundToNearestHours", cut("object", "hour")),
  ...each("startOfMinute endOfMinute roundToNearestMinutes", cut("object", "minute")),
  ...each("addDays addWeeks addMonths addYears addHours addMinutes addSeconds add", cut("object", "second")),
  ...each("subDays subWeeks subMonths subYears subHours subMinutes subSeconds sub", cut("object", "second")),
  ...each("addBusinessDays toDate", cut("object", "second")),
  ...each("getDay getDate getDayOfYear getISODay getWeek getISOWeek", cut("number", "day")),
  ...each("getMonth getQuarter", cut("number", "month")),
  ...each("getYear", cut("number", "year")),
  ...each("getHours", cut("number", "hour")),
  ...each("getMinutes", cut("number", "minute")),
  ...each("getSeconds getTime getUnixTime getMilliseconds", cut("number", "second")),
  ...each("formatDistanceToNow formatDistanceToNowStrict", sinceThen("text", "minute")),
  ...each("startOfToday startOfTomorrow startOfYesterday", sinceThen("object", "day")),
  ...each("formatDistance formatRelative differenceInDays differenceInHours", derive("difference")),
  ...each("differenceInMinutes differenceInSeconds", derive("difference")),
};

const zones: Readonly<Record<string, LibraryFunction>> = Object.fromEntries(
  "toZonedTime utcToZonedTime fromZonedTime zonedTimeToUtc"
    .split(" ")
    .map((name) => [`date-fns-tz.${name}`, cut("object", "second")]),
);

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
  "Intl.RelativeTimeFormat().format": derive("format"),
  "Intl.NumberFormat().format": derive("format"),
  "Intl.DateTimeFormat().formatToParts": intlFormat,
  "luxon.DateTime.fromJSDate": cut("object", "second"),
  ...dateFns,
  ...zones,
  "date-fns-tz.format": formatDate,
  "date-fns-tz.formatInTimeZone": formatInZone,
};

/** `moment(x)`: the clock for nothing, and as exact as `x` else. */
const nowDerived: LibraryFunction = (call) => {
  const value = first(call)?.value;
  if (!value) return undefined;
  if (value.type === "opaque" && value.clock) return cut("object", "second")(call);
  return derivedValue(
    call.run,
    "date",
    call.args.map((argument) => argument.value),
    call.span,
  );
};
