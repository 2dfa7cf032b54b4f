import { constant, record } from "../../value/construct.ts";
import { literalText } from "../../value/inspect.ts";
import type { Value } from "../../value/value.ts";
import { positional } from "../calls.ts";
import { truth } from "../conditions.ts";
import { copyEntries } from "../copies.ts";
import { mappedList, orderOf } from "../iteration.ts";
import { materialise } from "../opaques.ts";
import { getSlice } from "../slices.ts";
import { firstList } from "./arguments.ts";
import type { LibraryFunction } from "./library.ts";
import { listMethods } from "./list-methods.ts";

/** A function that is a method of lists with the list as its first argument. */
function asMethod(name: string, given?: Value): LibraryFunction {
  return (call) => {
    const receiver = firstList(call);
    const args = given ? [positional(given, call.span)] : call.args.slice(1);
    return receiver && listMethods[name]!({ ...call, receiver, args });
  };
}

/** A part of a list whose ends follow from a number, which is one unless it is given. */
function part(ends: (count: number) => readonly [start: number, end?: number]): LibraryFunction {
  return (call) => {
    const [items, count] = call.args;
    const given = count?.value ?? constant(1);
    if (!items || given.type !== "constant" || typeof given.value !== "number") return undefined;
    const [start, end] = ends(given.value);
    const until = end === undefined ? undefined : constant(end);
    return getSlice(call.run, items.value, constant(start), until, undefined, call.span);
  };
}

/** `compact(xs)`: what is not empty. */
const compact: LibraryFunction = (call) => {
  const source = firstList(call);
  if (!source) return undefined;
  const kept = materialise(call.run, source).filter(({ value }) => truth(call.run, value, call.span));
  return mappedList(source, kept, call.span, orderOf(source, call.span, call.run));
};

/** `omit(block, "cache_control")`, `pick(block, ["type", "text"])`: a copy with some of the entries. */
function entries(isKept: (isNamed: boolean) => boolean): LibraryFunction {
  return (call) => {
    const [object, ...keys] = call.args;
    if (object?.value.type !== "record") return undefined;
    const named = new Set(keys.flatMap(({ value }) => namesIn(value)));
    // What is left out cannot be told where the names are not in view.
    if (named.has(undefined)) return undefined;
    const copy = record(call.span);
    copyEntries(call.run, copy, object.value);
    for (const key of copy.entries.keys()) if (!isKept(named.has(key))) copy.entries.delete(key);
    return copy;
  };
}

function namesIn(value: Value): readonly (string | undefined)[] {
  return value.type === "list"
    ? value.elements.flatMap((element) => namesIn(element.value))
    : [literalText(value)];
}

const functions: Readonly<Record<string, LibraryFunction>> = {
  ...Object.fromEntries(
    "map filter reduce reduceRight forEach flatMap find findLast findIndex findLastIndex some every concat join"
      .split(" ")
      .map((name) => [name, asMethod(name)]),
  ),
  each: asMethod("forEach"),
  flatten: asMethod("flat"),
  head: asMethod("at", constant(0)),
  first: asMethod("at", constant(0)),
  last: asMethod("at", constant(-1)),
  nth: asMethod("at"),
  initial: part(() => [0, -1]),
  tail: part(() => [1]),
  take: part((count) => [0, count]),
  takeRight: part((count) => [-count]),
  drop: part((count) => [count]),
  dropRight: part((count) => [0, -count]),
  compact,
  omit: entries((isNamed) => !isNamed),
  pick: entries((isNamed) => isNamed),
};

/** Functions on lists that several libraries have under the same names. */
export const lodashFunctions: Readonly<Record<string, LibraryFunction>> = Object.fromEntries(
  ["lodash", "underscore", "es-toolkit", "es-toolkit.compat", "remeda"].flatMap((library) =>
    Object.entries(functions).map(([name, make]) => [`${library}.${name}`, make]),
  ),
);
