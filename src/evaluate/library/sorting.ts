import { constant, list, opaque } from "../../value/construct.ts";
import { literalText } from "../../value/inspect.ts";
import { isFresh, isUnstable } from "../../value/scope.ts";
import type { ArgumentValue, ListElement, ListValue, Value } from "../../value/value.ts";
import { callValue, positional } from "../calls.ts";
import { materialise } from "../opaques.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";

/** Longest list that is put in order; longer ones keep theirs, since only its stability matters. */
const longestSorted = 200;

/** `sort` and `toSorted`. Sorting repairs any order, unless what it goes by is random itself. */
export function sortMethod(inPlace: boolean): LibraryFunction<ListValue> {
  return (call) => {
    const { run, receiver, span } = call;
    const target = inPlace ? receiver : list(receiver.elements.slice(), span);
    run.willChangeList(target);
    const { order } = receiver;
    target.order = sortedOrder(call, order);
    target.elements = sortElements(materialise(run, target), call);
    return call.isPython ? constant(null) : target;
  };
}

/** What a call sorts by: a comparison of two elements, or Python's key of one. */
function criterionOf(call: LibraryCall): ArgumentValue | undefined {
  const named = call.named.get("key");
  if (named) return named.value.type === "constant" ? undefined : named;
  return call.args.find((argument) => argument.value.type === "function");
}

/** The order after sorting: fixed, or as random as what was sorted by. */
export function sortedOrder(call: LibraryCall, before: ListValue["order"]): ListValue["order"] {
  const { run, span } = call;
  const criterion = criterionOf(call);
  if (criterion && isRandom(call, criterion))
    return { order: "random", span: criterion.span, frame: run.frame };
  // Elements of one length keep the order in which they came.
  const isPartial =
    criterion &&
    (criterion.value.type === "opaque" ? criterion.value.key === "len" : comparesLengths(criterion));
  return isPartial && isUnstable(before.order) ? before : { order: "fixed", span, frame: run.frame };
}

/** A criterion that gives something fresh for the same elements. */
function isRandom(call: LibraryCall, criterion: ArgumentValue): boolean {
  if (criterion.value.type !== "function") return false;
  const { run, span } = call;
  const sample = (key: string): Value =>
    opaque({ origin: { kind: "unknown", reason: key }, key, span }, { scope: "static" });
  const args = [positional(sample("left"), span), positional(sample("right"), span)];
  const count = call.isPython ? 1 : 2;
  const result = run.probe(() => callValue(run, criterion.value, args.slice(0, count), criterion.span));
  return result?.type === "opaque" && isFresh(result.scope);
}

/** `(a, b) => a.length - b.length`, going by how it is written: the length of what is not in view was made up. */
function comparesLengths({ value }: ArgumentValue): boolean {
  const [only] = value.type === "function" ? value.node.body : [];
  const compared = only?.kind === "return" ? only.value : undefined;
  return (
    compared?.kind === "binary" &&
    compared.operator === "-" &&
    [compared.left, compared.right].every((side) => side.kind === "member" && side.name === "length")
  );
}

/** Sorts elements where all that decides is known; others keep their place. */
export function sortElements(elements: readonly ListElement[], call: LibraryCall): ListElement[] {
  if (elements.length > longestSorted) return elements.slice();
  const criterion = criterionOf(call);
  const isReversed = call.named.get("reverse")?.value;
  const sorted =
    call.isPython || !criterion
      ? sortByKeys(elements, call, criterion)
      : sortByComparison(elements, call, criterion);
  return isReversed?.type === "constant" && isReversed.value === true ? sorted.toReversed() : sorted;
}

function sortByKeys(
  elements: readonly ListElement[],
  call: LibraryCall,
  criterion: ArgumentValue | undefined,
): ListElement[] {
  const rows = elements.map((element) => {
    const key = criterion
      ? call.run.probe(() =>
          callValue(call.run, criterion.value, [positional(element.value, element.span)], call.span),
        )
      : element.value;
    return { element, keys: key && comparableKeys(key, call.isPython) };
  });
  if (rows.some(({ keys }) => !keys)) return elements.slice();
  return rows.sort((a, b) => compareKeys(a.keys!, b.keys!)).map(({ element }) => element);
}

/** A known key, or the parts of a tuple of them; JavaScript compares everything as text. */
function comparableKeys(value: Value, isPython: boolean): (string | number)[] | undefined {
  const literal = literalText(value);
  if (literal !== undefined) return [literal];
  if (value.type === "constant" && typeof value.value !== "undefined" && value.value !== null) {
    return [isPython ? Number(value.value) : String(value.value)];
  }
  if (value.type !== "list") return undefined;
  const parts = value.elements.map((element) => comparableKeys(element.value, isPython));
  return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part!);
}

function compareKeys(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    if (a[at]! < b[at]!) return -1;
    if (a[at]! > b[at]!) return 1;
  }
  return a.length - b.length;
}

/** An insertion sort that stops at the first comparison whose outcome is not known. */
function sortByComparison(
  elements: readonly ListElement[],
  call: LibraryCall,
  criterion: ArgumentValue,
): ListElement[] {
  const sorted: ListElement[] = [];
  for (const element of elements) {
    let at = sorted.length;
    for (; at > 0; at--) {
      const before = sorted[at - 1]!;
      const args = [positional(before.value, before.span), positional(element.value, element.span)];
      const outcome = call.run.probe(() => callValue(call.run, criterion.value, args, criterion.span));
      if (outcome?.type !== "constant") return elements.slice();
      if (!(Number(outcome.value) > 0)) break;
    }
    sorted.splice(at, 0, element);
  }
  return sorted;
}
