import type { Span } from "../../source/source-file.ts";
import type { ClockFacet, ClockResolution, OpaqueValue } from "../../value/value.ts";
import type { SourceFacts } from "../opaques.ts";
import { derivedValue } from "../opaques.ts";
import type { Run } from "../run.ts";

/** Units from the finest to the coarsest. */
const ranks: readonly ClockResolution[] = ["second", "minute", "hour", "day", "month", "year"];

/** What a clock that shows no more than the resolution is: fresh until it is cut to the day. */
export function clockFacts(clock: ClockFacet): SourceFacts {
  const isDate = ranks.indexOf(clock.resolution) >= ranks.indexOf("day");
  return { scope: isDate ? "day" : "request", reason: isDate ? "the date" : "the clock", clock };
}

/** The coarser of two resolutions. */
function coarser(a: ClockResolution, b: ClockResolution): ClockResolution {
  return ranks.indexOf(a) >= ranks.indexOf(b) ? a : b;
}

/** A value cut from a clock. A clock that is not fresh (read once per process) keeps its scope. */
export function cutClock(
  run: Run,
  operator: string,
  source: OpaqueValue,
  form: ClockFacet["form"],
  resolution: ClockResolution,
  span: Span,
): OpaqueValue {
  const clock: ClockFacet = { form, resolution: coarser(source.clock?.resolution ?? "second", resolution) };
  const facts = clockFacts(clock);
  return derivedValue(run, `${operator}:${form}:${resolution}`, [source], span, {
    ...facts,
    scope: source.scope === "request" ? facts.scope : source.scope,
    confidence: source.confidence,
  });
}

/** The resolution of ISO text of which the first characters are kept; undefined: none of it is. */
export function isoPrefixResolution(characters: number): ClockResolution {
  if (characters <= 4) return "year";
  if (characters <= 7) return "month";
  if (characters <= 10) return "day";
  if (characters <= 13) return "hour";
  return characters <= 16 ? "minute" : "second";
}

/** The finest unit a `strftime` format shows. */
export function strftimeResolution(format: string): ClockResolution {
  const directives = [...format.matchAll(/%[-#]?([A-Za-z])/g)].map((match) => match[1]!);
  if (directives.some((directive) => /[SfscXTr]/.test(directive))) return "second";
  if (directives.some((directive) => /[MR]/.test(directive))) return "minute";
  if (directives.some((directive) => /[HIp]/.test(directive))) return "hour";
  if (directives.some((directive) => /[djaAwuxDFeUWV]/.test(directive))) return "day";
  return directives.some((directive) => /[mbBh]/.test(directive)) ? "month" : "year";
}

/**
 * The finest unit a format shows.
 * @param family whose letters it is written in: those of Unicode, as in date-fns and Luxon, or those of Moment, which
 *   Day.js, Arrow and Pendulum share
 */
export function patternResolution(pattern: string, family: "moment" | "unicode"): ClockResolution {
  const plain = pattern.replace(/\[[^\]]*\]|'[^']*'/g, "");
  const showsAll = family === "moment" ? /[sSXx]|LT|L{3,4}|l{3,4}/ : /[sSTXxtpfF]/;
  if (showsAll.test(plain)) return "second";
  if (/m/.test(plain)) return "minute";
  if (/[hHkKaA]/.test(plain)) return "hour";
  const showsDay = family === "moment" ? /[dDEeLlQwW]/ : /[dDEePQqwcI]/;
  if (showsDay.test(plain)) return "day";
  return /[ML]/.test(plain) ? "month" : "year";
}

const units: readonly (readonly [name: RegExp, resolution: ClockResolution])[] = [
  [/^(?:m|minutes?)$/, "minute"],
  [/^(?:h|hours?)$/, "hour"],
  [/^(?:d|D|days?|dates?|w|W|weeks?|isoweeks?)$/, "day"],
  [/^(?:M|months?|Q|quarters?)$/, "month"],
  [/^(?:y|years?|decades?)$/, "year"],
];

/** What is left of a moment that is set back to the beginning of a unit, or on to its end. */
export function unitResolution(unit: string): ClockResolution {
  const name = unit.length > 1 ? unit.toLowerCase() : unit;
  return units.find(([pattern]) => pattern.test(name))?.[1] ?? "second";
}

/** Fields of date objects, by the finest unit they show. */
const clockFields: Readonly<Record<string, ClockResolution>> = {
  year: "year",
  month: "month",
  quarter: "month",
  week: "day",
  weekNumber: "day",
  day: "day",
  weekday: "day",
  dayOfWeek: "day",
  ordinal: "day",
  hour: "hour",
  minute: "minute",
  tm_year: "year",
  tm_mon: "month",
  tm_mday: "day",
  tm_yday: "day",
  tm_wday: "day",
  tm_hour: "hour",
  tm_min: "minute",
};

/** `datetime.now().year` and its kin. */
export function clockMember(
  run: Run,
  source: OpaqueValue,
  name: string,
  span: Span,
): OpaqueValue | undefined {
  if (source.clock?.form !== "object" || !Object.hasOwn(clockFields, name)) return undefined;
  return cutClock(run, `.${name}`, source, "number", clockFields[name]!, span);
}

/** Rounding cuts an epoch that was divided: `Math.floor(Date.now() / 86_400_000)`, `int(time.time() / 86400)`. */
export function roundClock(run: Run, value: OpaqueValue, isPython: boolean, span: Span): OpaqueValue {
  const { origin, clock } = value;
  const [, divisor] = origin.kind === "operation" ? (/^\/(\d+)$/.exec(origin.operator) ?? []) : [];
  if (clock?.form !== "number" || divisor === undefined)
    return derivedValue(run, "round", [value], span, { clock });
  const unit = isPython ? "seconds" : "milliseconds";
  return cutClock(run, "round", value, "number", divisionResolution(Number(divisor), unit), span);
}

/** The unit an epoch is cut to by an integer division. */
export function divisionResolution(divisor: number, unit: "seconds" | "milliseconds"): ClockResolution {
  const seconds = unit === "seconds" ? divisor : divisor / 1000;
  if (seconds >= 86_400) return "day";
  if (seconds >= 3_600) return "hour";
  return seconds >= 60 ? "minute" : "second";
}
