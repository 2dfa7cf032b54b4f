import type { WhileStatement } from "../program/statement.ts";
import { constant } from "../value/construct.ts";
import type { ConstantValue, ListElement, OpaqueValue, Value } from "../value/value.ts";
import { bounds } from "./bounds.ts";
import type { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import { elementOf } from "./opaques.ts";
import type { Run } from "./run.ts";

/*
 * Loops that take a list of unknown length in pieces, as `for start in range(0, len(rows), 50)`: its made-up length is
 * hardly ever as long as two pieces, and yet there are further ones.
 */

/** Lengths that are made up for a run, and places behind such a length. */
const madeUpLengths = new WeakSet<Value>();
const placesBehind = new WeakSet<Value>();

/** The number of elements of a list. */
export function lengthOf(elements: readonly ListElement[]): ConstantValue {
  const length = constant(elements.length);
  if (madeUpElement(elements)) madeUpLengths.add(length);
  return length;
}

/** The list of which the last of these elements is made up. */
function madeUpElement(elements: readonly ListElement[]): OpaqueValue | undefined {
  const last = elements.at(-1)?.value;
  return last?.type === "opaque" && last.origin.kind === "element" ? last.origin.of : undefined;
}

/** Pieces smaller than this one go through pairs of elements, by their places. */
const smallestPiece = 5;

/** Where the pieces begin that lie behind the made-up end of a list, for as many rounds as any loop without an end. */
export function startsBehind(
  { end, step, rounds }: { readonly end: Value | undefined; readonly step: number; readonly rounds: number },
  last: number,
): readonly ConstantValue[] {
  if (!end || !madeUpLengths.has(end) || step < smallestPiece || rounds !== 1) return [];
  return Array.from({ length: bounds.openRounds - rounds }, (_, index) =>
    behind(constant(last + (index + 1) * step)),
  );
}

function behind(place: ConstantValue): ConstantValue {
  placesBehind.add(place);
  return place;
}

/** Whether a loop such as `for (let i = 0; i < rows.length; i += 50)` has another round although its test fails. */
export function hasNextPiece(
  run: Run,
  { test, update }: WhileStatement,
  environment: Environment,
  round: number,
): boolean {
  if (round === 0 || round >= bounds.openRounds || !update) return false;
  if (test?.kind !== "binary" || !/^<=?$/.test(test.operator) || test.left.kind !== "name") return false;
  const place = evaluate(run, test.left, environment);
  const end = evaluate(run, test.right, environment);
  if (place.type !== "constant" || end.type !== "constant" || !madeUpLengths.has(end)) return false;
  const step = Number(place.value) / round;
  if (!(step >= smallestPiece && step >= Number(end.value))) return false;
  placesBehind.add(place);
  return true;
}

/** Most elements that a piece behind the made-up end of a list has. */
const pieceLength = 3;

/** The elements of a piece that begins behind the made-up end of a list. */
export function pieceBehind(
  run: Run,
  elements: readonly ListElement[],
  start: Value | undefined,
): ListElement[] | undefined {
  if (start?.type !== "constant" || !placesBehind.has(start)) return undefined;
  const of = madeUpElement(elements);
  const span = elements.at(-1)?.span;
  if (!of || !span) return undefined;
  return Array.from({ length: Math.min(elements.length, pieceLength) }, (_, index) =>
    elementOf(run, of, Number(start.value) + index, elements.length, span),
  );
}
