import type { Pattern } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { constant, list, record, text } from "../value/construct.ts";
import { defaultOf, noteDefault } from "../value/defaults.ts";
import { accessPath, literalText } from "../value/inspect.ts";
import type { Value } from "../value/value.ts";
import { choose } from "./conditions.ts";
import type { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import { iterable } from "./iteration.ts";
import { copyEntries } from "./copies.ts";
import { getIndex, getMember, setItem } from "./members.ts";
import { replaceSlice } from "./slices.ts";
import { listOf, materialise } from "./opaques.ts";
import type { Run } from "./run.ts";

export type Declaration = "const" | "let" | "var" | "parameter" | undefined;

/** Binds a value to a pattern. `valueSpan`: the expression the value comes from; `entrySpan`: the assignment. */
export function assign(
  run: Run,
  pattern: Pattern,
  value: Value,
  environment: Environment,
  declare: Declaration,
  valueSpan: Span,
  entrySpan: Span = pattern.span,
): void {
  run.step();
  switch (pattern.kind) {
    case "namePattern":
      bindName(run, environment, pattern.name, value, declare);
      return;
    case "placePattern":
      assignPlace(run, pattern, value, environment, valueSpan, entrySpan);
      return;
    case "listPattern":
      assignList(run, pattern, value, environment, declare, valueSpan);
      return;
    case "recordPattern": {
      const taken = new Set<string>();
      for (const entry of pattern.entries) {
        const key = evaluate(run, entry.key, environment);
        const name = literalText(key);
        if (name !== undefined) taken.add(name);
        const part =
          name === undefined
            ? getIndex(run, value, key, valueSpan)
            : getMember(run, value, name, entry.pattern.span);
        assign(run, entry.pattern, part, environment, declare, valueSpan);
      }
      if (pattern.rest) {
        const rest = record(pattern.span);
        copyEntries(run, rest, value);
        for (const name of taken) {
          rest.entries.delete(name);
          rest.removed.add(name);
        }
        assign(run, pattern.rest, rest, environment, declare, valueSpan);
      }
      return;
    }
    case "defaultPattern": {
      const isMissing =
        (value.type === "constant" && value.value === undefined) || mayBeLeftOut(run, pattern, value);
      const used = isMissing ? evaluate(run, pattern.default, environment) : value;
      if (!isMissing) noteTextOfDefault(run, pattern, value, environment);
      assign(run, pattern.pattern, used, environment, declare, isMissing ? pattern.default.span : valueSpan);
      return;
    }
  }
}

/**
 * Whether an option that a caller out of view may leave out is left out in this run, as with defaults of parameters.
 * Only for objects: of a text or a number it is enough to know that it may be another one.
 */
function mayBeLeftOut(
  run: Run,
  { default: fallback }: Pattern & { kind: "defaultPattern" },
  value: Value,
): boolean {
  if (fallback.kind !== "record" || value.type !== "opaque") return false;
  const { root, steps } = accessPath(value);
  if (root.kind !== "parameter" || steps.length !== 1) return false;
  return choose(run, `default:${fallback.span.file}:${fallback.span.start}`, fallback.span);
}

/** Remembers the text an option is worth where a caller leaves it out: `({ model = DEFAULT_MODEL })`. */
function noteTextOfDefault(
  run: Run,
  { default: fallback }: Pattern & { kind: "defaultPattern" },
  value: Value,
  environment: Environment,
): void {
  const isPlain = fallback.kind === "literal" || fallback.kind === "name" || fallback.kind === "member";
  if (!isPlain || value.type !== "opaque" || accessPath(value).root.kind !== "parameter") return;
  const otherwise = evaluate(run, fallback, environment);
  if (otherwise.type === "text" && !defaultOf(value)) noteDefault(value, otherwise);
}

/** Binds a name where the language puts it. */
export function bindName(
  run: Run,
  environment: Environment,
  name: string,
  value: Value,
  declare: Declaration,
): void {
  if (declare === "var") {
    run.bind(environment.home, name, value);
  } else if (declare) {
    run.bind(environment, name, value);
  } else if (run.modules.languageOf(environment.file) === "python") {
    const lent = environment.home.lent?.get(name);
    run.bind(lent ?? environment.home, name, value);
  } else {
    const found = environment.find(name);
    run.bind(found?.environment ?? environment.module, name, value);
  }
}

function assignPlace(
  run: Run,
  pattern: Extract<Pattern, { kind: "placePattern" }>,
  value: Value,
  environment: Environment,
  valueSpan: Span,
  entrySpan: Span,
): void {
  const { place } = pattern;
  const object = evaluate(run, place.object, environment);
  if (place.kind === "member") {
    setItem(run, object, text(place.name, place.span), value, valueSpan, entrySpan);
  } else if (place.kind === "index") {
    setItem(run, object, evaluate(run, place.index, environment), value, valueSpan, entrySpan);
  } else if (object.type === "list" || object.type === "opaque") {
    const target = object.type === "list" ? object : listOf(run, object, place.span);
    const source = iterable(run, value, valueSpan);
    const start = place.start ? evaluate(run, place.start, environment) : constant(0);
    const end = place.end ? evaluate(run, place.end, environment) : undefined;
    const from = start.type === "constant" && typeof start.value === "number" ? start.value : undefined;
    const to =
      end === undefined
        ? target.elements.length
        : end.type === "constant" && typeof end.value === "number"
          ? end.value
          : undefined;
    if (source && from !== undefined && to !== undefined) {
      replaceSlice(run, target, from, Math.max(0, to - from), source.elements, entrySpan);
    }
  }
}

function assignList(
  run: Run,
  pattern: Extract<Pattern, { kind: "listPattern" }>,
  value: Value,
  environment: Environment,
  declare: Declaration,
  valueSpan: Span,
): void {
  const source = iterable(run, value, valueSpan);
  const count = pattern.elements.length;
  const restAt = pattern.elements.findIndex((element) => element?.rest);
  // An unknown value that is taken apart has as many elements as there are names, unless one takes the rest.
  const elements =
    source && value.type === "opaque" && restAt < 0
      ? undefined
      : source
        ? materialise(run, source)
        : undefined;
  pattern.elements.forEach((element, index) => {
    if (!element) return;
    if (!elements) {
      const part = getIndex(run, value, constant(index), valueSpan);
      assign(run, element.pattern, part, environment, declare, valueSpan);
    } else if (element.rest) {
      const rest = list(elements.slice(index, elements.length - (count - 1 - index)), pattern.span);
      if (source) {
        rest.order = source.order;
        rest.cuts = source.cuts;
      }
      assign(run, element.pattern, rest, environment, declare, valueSpan);
    } else {
      const at = restAt >= 0 && index > restAt ? elements.length - (count - index) : index;
      const found = elements[at];
      assign(
        run,
        element.pattern,
        found?.value ?? constant(undefined),
        environment,
        declare,
        found?.span ?? valueSpan,
      );
    }
  });
}
