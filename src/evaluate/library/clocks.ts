import type { ClockFacet, ClockResolution, OpaqueValue } from "../../value/value.ts";
import type { Run } from "../run.ts";
import type { Span } from "../../source/source-file.ts";
import { derivedValue, type SourceFacts } from "../opaques.ts";

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

/** The finest unit a `date-fns`, Luxon, Day.js or Moment format shows. */
export function patternResolution(pattern: string): ClockResolution {
  const plain = pattern.replace(/\[[^\]]*\]|'[^']*'/g, "");
  if (/[sSTXx]|LT|PP?p|L{3,4}/.test(plain)) return "second";
  if (/m/.test(plain)) return "minute";
  if (/[hHkK]/.test(plain)) return "hour";
  if (/[dDEePLQwW]/.test(plain)) return "day";
  return /M/.test(plain) ? "month" : "year";
}

/** The unit an epoch is cut to by an integer division. */
export function divisionResolution(divisor: number, unit: "seconds" | "milliseconds"): ClockResolution {
  const seconds = unit === "seconds" ? divisor : divisor / 1000;
  if (seconds >= 86_400) return "day";
  if (seconds >= 3_600) return "hour";
  return seconds >= 60 ? "minute" : "second";
}
