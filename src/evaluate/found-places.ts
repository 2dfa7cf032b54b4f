import type { BinaryOperator } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { constant, textOf } from "../value/construct.ts";
import { literalText } from "../value/inspect.ts";
import type { OpaqueValue, TextPart, TextValue, Value } from "../value/value.ts";
import { identityOf } from "./keys.ts";
import { derivedValue } from "./opaques.ts";
import type { Run } from "./run.ts";

/** A place in the literals of a text that has holes, too: how far it is from the start, nobody knows. */
interface FoundPlace {
  readonly text: TextValue;
  /** The literal part, and the position in it. */
  readonly part: number;
  readonly offset: number;
}

/** The operator of an opaque value that is the place of one text in another. */
const operator = "find";

/** Where a text stands first in another one: a number where both are literals. */
export function findText(run: Run, text: TextValue, args: readonly Value[], span: Span): Value {
  const [whole, wanted] = [literalText(text), literalText(args[0])];
  if (whole !== undefined && wanted !== undefined) return constant(whole.indexOf(wanted));
  return derivedValue(run, operator, [text, ...args], span);
}

/** The place that a value is: `prompt.indexOf(BOUNDARY)`, `prompt.indexOf(BOUNDARY) + BOUNDARY.length`. */
function foundPlace({ origin }: OpaqueValue): FoundPlace | undefined {
  if (origin.kind !== "operation") return undefined;
  const [first, second] = origin.operands;
  if (origin.operator === "+" && first?.type === "opaque") {
    const place = foundPlace(first);
    const step = second?.type === "constant" && typeof second.value === "number" ? second.value : undefined;
    return place && step !== undefined ? { ...place, offset: place.offset + step } : undefined;
  }
  if (origin.operator !== operator || origin.operands.length !== 2 || first?.type !== "text")
    return undefined;
  const wanted = literalText(second);
  if (!wanted) return undefined;
  const part = first.parts.findIndex((each) => each.kind === "literal" && each.text.includes(wanted));
  const found = first.parts[part];
  return found?.kind === "literal" ? { text: first, part, offset: found.text.indexOf(wanted) } : undefined;
}

/**
 * What the place of something that is surely there says to a comparison with -1 or 0; undefined: it says nothing, or the
 * value is no such place.
 */
export function comparePlace(compared: BinaryOperator, left: Value, right: Value): boolean | undefined {
  if (left.type !== "opaque" || right.type !== "constant" || !foundPlace(left)) return undefined;
  if (right.value === -1) return compared === "!=" || compared === ">" || compared === ">=";
  if (right.value === 0 && compared === ">=") return true;
  return right.value === 0 && compared === "<" ? false : undefined;
}

/**
 * The part of a text from one place of it to another, its start and its end where none is given; undefined: the text has
 * no such places.
 */
export function sliceAtPlaces(
  text: TextValue,
  start: Value | undefined,
  end: Value | undefined,
): Value | undefined {
  const from = placeIn(text, start, { text, part: 0, offset: 0 });
  const to = placeIn(text, end, { text, part: text.parts.length, offset: 0 });
  if (!from || !to || (from.part === 0 && from.offset === 0 && to.part === text.parts.length))
    return undefined;
  const kept = text.parts.slice(from.part, to.part + 1).flatMap((part, index): readonly TextPart[] => {
    const at = from.part + index;
    if (part.kind === "hole") return at === to.part ? [] : [part];
    const cut = part.text.slice(at === from.part ? from.offset : 0, at === to.part ? to.offset : undefined);
    return cut === "" ? [] : [{ ...part, text: cut }];
  });
  return textOf(kept);
}

function placeIn(text: TextValue, value: Value | undefined, absent: FoundPlace): FoundPlace | undefined {
  if (!value || (value.type === "constant" && value.value == null)) return absent;
  if (value.type === "constant") return value.value === 0 ? { text, part: 0, offset: 0 } : undefined;
  const place = value.type === "opaque" ? foundPlace(value) : undefined;
  return place && identityOf(place.text) === identityOf(text) ? place : undefined;
}
