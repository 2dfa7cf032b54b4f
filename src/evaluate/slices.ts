import type { Expression } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { list } from "../value/construct.ts";
import type { ListValue, OpaqueValue, Value } from "../value/value.ts";
import { pieceBehind } from "./chunks.ts";
import { sliceAtPlaces } from "./found-places.ts";
import { cutOf, cutsOfReversed } from "./iteration.ts";
import { isTextual } from "./members.ts";
import { derivedValue, listOf, materialise, unknownValue } from "./opaques.ts";
import type { Run } from "./run.ts";
import { sliceOpaque, sliceText } from "./texts.ts";

/** `object[start:end]`, `slice`. */
export function getSlice(
  run: Run,
  object: Value,
  start: Value | undefined,
  end: Value | undefined,
  step: Value | undefined,
  span: Span,
): Value {
  const stride =
    step?.type === "constant" && typeof step.value === "number" ? Math.trunc(step.value) : undefined;
  if (stride !== undefined && stride !== 0 && stride !== 1) {
    const stepped = steppedSlice(
      run,
      object,
      position(start, undefined),
      position(end, undefined),
      stride,
      span,
    );
    if (stepped) return stepped;
  }
  const between = object.type === "text" && !step ? sliceAtPlaces(object, start, end) : undefined;
  if (between) return between;
  const from = position(start, 0);
  const to = position(end, undefined);
  if (from === "unknown" || to === "unknown" || (step && !(step.type === "constant" && step.value === 1))) {
    return derivedValue(
      run,
      "slice",
      [object, ...[start, end, step].filter((part) => part !== undefined)],
      span,
    );
  }
  if (object.type === "text") return sliceText(run, object, from ?? 0, to, span);
  if (object.type === "opaque" && (object.clock || isTextual(object)))
    return sliceOpaque(run, object, from ?? 0, to, span);
  if (object.type !== "list" && object.type !== "opaque") return unknownValue(run, "slice", span);
  const source = object.type === "list" ? object : listOf(run, object, span);
  const whole = (from ?? 0) === 0 && to === undefined;
  const elements = whole ? source.elements : materialise(run, source);
  const piece = whole ? undefined : pieceBehind(run, elements, start);
  if (piece) return list(piece, span, source.shape === "tuple" ? "tuple" : "list");
  const result = list(elements.slice(from ?? 0, to), span, source.shape === "tuple" ? "tuple" : "list");
  result.order = source.order;
  const dropped =
    from === undefined || from === 0
      ? 0
      : from < 0
        ? Math.max(0, elements.length + from)
        : Math.min(from, elements.length);
  result.cuts = dropped > 0 ? [...source.cuts, cutOf(run, span, dropped)] : source.cuts;
  return result;
}

/** `xs[a:b:c]` with a step that is not 1. */
function steppedSlice(
  run: Run,
  object: Value,
  start: number | undefined | "unknown",
  end: number | undefined | "unknown",
  step: number,
  span: Span,
): Value | undefined {
  if (start === "unknown" || end === "unknown") return undefined;
  if (object.type !== "list" && object.type !== "opaque") return undefined;
  const source = object.type === "list" ? object : listOf(run, object, span);
  const elements = materialise(run, source);
  const place = (at: number) => (at < 0 ? elements.length + at : at);
  const from =
    start === undefined
      ? step > 0
        ? 0
        : elements.length - 1
      : Math.min(place(start), step > 0 ? elements.length : elements.length - 1);
  const to = end === undefined ? (step > 0 ? elements.length : -1) : place(end);
  const kept: ListValue["elements"] = [];
  for (let at = Math.max(from, step > 0 ? 0 : -1); step > 0 ? at < to : at > to && at >= 0; at += step) {
    const element = elements[at];
    if (element) kept.push(element);
    else break;
  }
  const result = list(kept, span, source.shape === "tuple" ? "tuple" : "list");
  result.order = source.order;
  return result;
}

function position<T>(value: Value | undefined, absent: T): number | T | "unknown" {
  if (value === undefined || (value.type === "constant" && value.value == null)) return absent;
  return value.type === "constant" && typeof value.value === "number" ? Math.trunc(value.value) : "unknown";
}

/** A list from its end to its beginning. */
export function reversed(run: Run, object: ListValue | OpaqueValue, span: Span): ListValue {
  const source = object.type === "list" ? object : listOf(run, object, span);
  const result = list(materialise(run, source).toReversed(), span);
  result.order = source.order;
  result.cuts = cutsOfReversed(source);
  return result;
}

/** Replaces a part of a list: `xs[1:2] = ys`, `splice`. Returns what was removed. */
export function replaceSlice(
  run: Run,
  target: ListValue,
  start: number,
  count: number,
  inserted: readonly ListValue["elements"][number][],
  span: Span,
): ListValue {
  const elements = materialise(run, target);
  const from = start < 0 ? Math.max(0, elements.length + start) : Math.min(start, elements.length);
  // However small a budget is, something is sent.
  const isLast = from === 0 && count >= elements.length && inserted.length === 0;
  if (isLast && run.loops.at(-1)?.until) return list([], span);
  run.willChangeList(target);
  const removed = target.elements.splice(from, count, ...inserted);
  if (from === 0 && removed.length > 0 && inserted.length === 0 && target.elements.length > 0) {
    target.cuts = [...target.cuts, cutOf(run, span, removed.length)];
  }
  const result = list(removed, span);
  return result;
}

/** Whether a call takes elements out of a list: what nobody wants any more is no copy that somebody forgot. */
export function takesOut(expression: Expression): boolean {
  if (expression.kind !== "call" || expression.callee.kind !== "member") return false;
  return /^(?:splice|pop|shift|popleft)$/.test(expression.callee.name);
}
