import { literalText } from "../../value/inspect.ts";
import { derivedValue } from "../opaques.ts";
import { derive, first } from "./arguments.ts";
import { cutClock, patternResolution } from "./clocks.ts";
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
export const formatDate: LibraryFunction = (call) => {
  const [value, pattern] = call.args;
  if (value?.value.type !== "opaque" || !value.value.clock) return derive("format")(call);
  const literal = literalText(pattern?.value);
  const resolution = literal === undefined ? "second" : patternResolution(literal);
  return cutClock(call.run, `format ${literal ?? ""}`, value.value, "text", resolution, call.span);
};

export const dateText: LibraryFunction = (call) => {
  const argument = first(call);
  // `Date()` without `new` prints the clock.
  return argument || call.isNew ? date(call) : undefined;
};

export const nowDerived: LibraryFunction = (call) =>
  call.args.length === 0
    ? undefined
    : derivedValue(
        call.run,
        "date",
        call.args.map((argument) => argument.value),
        call.span,
      );
