import type { BinaryOperator } from "../program/expression.ts";
import type { Span } from "../source/source-file.ts";
import { constant, list, record, textOf } from "../value/construct.ts";
import { libraryName, literalText } from "../value/inspect.ts";
import { isFresh, isUnstable } from "../value/scope.ts";
import type { ListElement, ListValue, LiteralPart, TextPart, Value } from "../value/value.ts";
import { bounds } from "./bounds.ts";
import { classLine } from "./class-members.ts";
import { areDifferent, compareKnown, decideType } from "./conditions.ts";
import { copyEntries } from "./copies.ts";
import { formatOfDirective } from "./formats.ts";
import { appendAll, fillTable, iterable, orderOf, weaken } from "./iteration.ts";
import { isGrouped } from "./grouped-items.ts";
import { hasUnknownKey, keyOf, placeOf } from "./keys.ts";
import { cutClock, divisionResolution } from "./library/clocks.ts";
import { joinPath } from "./library/files.ts";
import { derivedValue, holesIn, unknownValue } from "./opaques.ts";
import type { Run } from "./run.ts";
import { cutLiteral, fillPlace } from "./text-places.ts";
import { concatenate, enteringParts, formattedParts, holePart, partsOf, printedParts } from "./texts.ts";

/** `left operator right`. */
export function binary(
  run: Run,
  operator: BinaryOperator,
  left: Value,
  right: Value,
  span: Span,
  leftSpan: Span,
  rightSpan: Span,
): Value {
  const isPython = run.modules.languageOf(span.file) === "python";
  switch (operator) {
    case "+":
      return add(run, left, right, span, leftSpan, rightSpan, isPython);
    case "in":
    case "not in":
      return contains(run, operator, left, right, span);
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=": {
      const known = compareKnown(operator, left, right);
      return known === undefined ? derivedValue(run, operator, [left, right], span) : constant(known);
    }
    case "%":
      if (left.type === "text" && isPython) return percentFormat(run, left, right, span, rightSpan);
      break;
    case "/":
      if (isPython && (left.type === "text" || right.type === "text"))
        return joinPath(run, [left, right], span);
      break;
    case "*": {
      const times = right.type === "constant" && typeof right.value === "number" ? right.value : undefined;
      if (times !== undefined && left.type === "text" && isPython) {
        const literal = literalText(left);
        if (literal !== undefined && literal.length * times <= bounds.text && left.parts[0]) {
          return textOf(
            times > 0 ? [{ kind: "literal", text: literal.repeat(times), span: left.parts[0].span }] : [],
          );
        }
      }
      if (
        times !== undefined &&
        left.type === "list" &&
        isPython &&
        left.elements.length * times <= bounds.elements
      ) {
        return list(Array.from({ length: Math.max(0, times) }, () => left.elements).flat(), span);
      }
      break;
    }
    case "|":
      if (isLibraryObject(left) || isLibraryObject(right)) break;
      if (left.type === "record" || right.type === "record") {
        const merged = record(span);
        copyEntries(run, merged, left);
        copyEntries(run, merged, right);
        return merged;
      }
      if (left.type === "list" && right.type === "list") {
        return addToSet(run, list([], span, "set"), [...left.elements, ...right.elements], span);
      }
      break;
    case "&":
    case "-":
      // Of the lists that Python knows, only views of keys and items can be cut with others.
      if (left.type === "list" && (left.shape === "set" || isPython))
        return setDifference(run, operator, left, right, span);
      break;
    case "instanceof":
      return instanceOf(run, left, right, span);
    default:
      break;
  }
  return arithmetic(run, operator, left, right, span, isPython);
}

/** `x instanceof C`; of a class outside of view one asks by its name. */
function instanceOf(run: Run, left: Value, right: Value, span: Span): Value {
  const name = right.type === "class" ? right.node.name : right.type === "opaque" ? right.key : "";
  if (left.type === "opaque") {
    const kind = name === "Array" ? "list" : name === "String" ? "text" : "other";
    return constant(decideType(run, left, kind, name, span));
  }
  if (right.type === "class")
    return constant(
      left.type === "record" && left.class !== undefined && classLine(left.class).includes(right),
    );
  if (name === "Array") return constant(left.type === "list" && left.shape !== "set");
  if (name === "Set") return constant(left.type === "list" && left.shape === "set");
  if (name === "Map" || name === "Object") return constant(left.type === "record");
  return left.type === "record" && left.class
    ? derivedValue(run, "instanceof", [left, right], span)
    : constant(false);
}

/** True for what a class outside of view made, which is no dict: `Prompt(...)`, `Prompt.from_text(...)`. */
function isLibraryObject(value: Value): boolean {
  if (value.type !== "opaque" || value.origin.kind !== "call" || value.origin.callee.type !== "opaque")
    return false;
  const name = libraryName(value.origin.callee)?.split(".");
  return name?.slice(-2).some((step) => /^[A-Z][a-z]/.test(step) && !/Dict$|^Counter$/.test(step)) ?? false;
}

function add(
  run: Run,
  left: Value,
  right: Value,
  span: Span,
  leftSpan: Span,
  rightSpan: Span,
  isPython: boolean,
): Value {
  if (!isPython && (left.type === "list" || right.type === "list")) {
    const [first, second] = [cutText(run, left, leftSpan), cutText(run, right, rightSpan)];
    return concatenate(run, [partsOf(run, first, leftSpan), enteringParts(run, second, rightSpan)]);
  }
  const areListings = isPython && right.type === "opaque" && (isListing(left) || isListing(right));
  if (left.type === "list" || (left.type === "opaque" && (right.type === "list" || areListings))) {
    const result = list([], span);
    for (const [side, sideSpan] of [
      [left, leftSpan],
      [right, rightSpan],
    ] as const) {
      const source = iterable(run, side, sideSpan);
      if (!source) continue;
      appendAll(run, result, source.elements);
      weaken(result, orderOf(side, sideSpan, run));
      if (source.cuts.length > 0) result.cuts = [...result.cuts, ...source.cuts];
    }
    return result;
  }
  const isText = left.type === "text" || right.type === "text";
  if (isText) return concatenate(run, [partsOf(run, left, leftSpan), enteringParts(run, right, rightSpan)]);
  return arithmetic(run, "+", left, right, span, isPython);
}

/** What a call lists in an order of its own, such as the files of a folder: one adds lists to it. */
function isListing(value: Value): boolean {
  return value.type === "opaque" && value.origin.kind === "call" && isUnstable(value.order);
}

function arithmetic(
  run: Run,
  operator: BinaryOperator,
  left: Value,
  right: Value,
  span: Span,
  isPython: boolean,
): Value {
  const a = left.type === "constant" && left.value !== undefined ? Number(left.value) : undefined;
  const b = right.type === "constant" && right.value !== undefined ? Number(right.value) : undefined;
  if (a !== undefined && b !== undefined) {
    const result = calculate(operator, a, b, isPython);
    if (result !== undefined) return constant(result);
  }
  if (left.type === "opaque" && left.clock) {
    if (operator === "//" && b !== undefined && left.clock.form === "number") {
      return cutClock(run, "//", left, "number", divisionResolution(b, "seconds"), span);
    }
    if (operator === "/" && b !== undefined && left.clock.form === "number") {
      // Only rounding cuts it; until then it is as fine as before.
      return derivedValue(run, `/${b}`, [left], span, { clock: left.clock });
    }
    if (operator === "+" || operator === "-") {
      return derivedValue(run, operator, [left, right], span, { clock: left.clock });
    }
  }
  const sum = runningSum(operator, left, right);
  return derivedValue(run, operator, [sum ?? left, right], span);
}

/**
 * What a sum begins with to which something new of the same source is added once more, as what each step costs: the sum
 * is what it was made of, however often that was.
 */
function runningSum(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (operator !== "+" && operator !== "-") return undefined;
  if (left.type !== "opaque" || right.type !== "opaque" || !isFresh(right.scope)) return undefined;
  if (left.origin.kind !== "operation" || left.origin.operator !== operator) return undefined;
  const [start, added] = left.origin.operands;
  return added?.type === "opaque" && added.key === right.key ? start : undefined;
}

function calculate(operator: BinaryOperator, a: number, b: number, isPython: boolean): number | undefined {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0 ? undefined : a / b;
    case "//":
      return b === 0 ? undefined : Math.floor(a / b);
    case "%":
      if (b === 0) return undefined;
      return isPython ? a - b * Math.floor(a / b) : a % b;
    case "**":
      return a ** b;
    case "&":
      return a & b;
    case "|":
      return a | b;
    case "^":
      return a ^ b;
    case "<<":
      return a << b;
    case ">>":
      return a >> b;
    default:
      return undefined;
  }
}

/**
 * In JavaScript nothing is added to a list, so a slice of what is not in view that is added to is one of a text:
 * `host.slice(0, -1) + path`.
 */
function cutText(run: Run, value: Value, span: Span): Value {
  const element = value.type === "list" ? value.elements[0] : undefined;
  if (element?.value.type !== "opaque") return value;
  const { origin } = element.value;
  const whole = element.stretch ? element.value : origin.kind === "element" ? origin.of : undefined;
  return whole ? derivedValue(run, "slice", [whole], span) : value;
}

/** `needle in haystack`, as far as both are known. */
function contains(run: Run, operator: "in" | "not in", needle: Value, haystack: Value, span: Span): Value {
  const answer = (found: boolean) => constant(operator === "in" ? found : !found);
  const literal = literalText(needle);
  if (haystack.type === "record") fillTable(run, haystack);
  if (haystack.type === "record" && literal !== undefined) {
    if (haystack.entries.has(literal)) return answer(true);
    const isKnown = haystack.rest.length === 0 && !hasUnknownKey(haystack);
    if (isKnown || haystack.removed.has(literal)) return answer(false);
  }
  // What was put there under the same unknown key, such as the history of this session.
  if (haystack.type === "record" && literal === undefined && haystack.entries.has(placeOf(needle)))
    return answer(true);
  if (haystack.type === "opaque" && literal !== undefined && haystack.removed.has(literal))
    return answer(false);
  const within = literalText(haystack);
  if (within !== undefined && literal !== undefined) return answer(within.includes(literal));
  if (haystack.type === "list" && !haystack.elements.some((element) => element.stretch)) {
    const wanted = keyOf(needle);
    if (haystack.elements.some((element) => keyOf(element.value) === wanted)) return answer(true);
    if (haystack.elements.every(({ value }) => areDifferent(needle, value))) return answer(false);
    const allKnown = haystack.elements.every((element) => element.value.type !== "opaque");
    if (allKnown && needle.type !== "opaque" && !(needle.type === "text" && literal === undefined))
      return answer(false);
  }
  const membership = derivedValue(run, "in", [needle, haystack], span);
  return operator === "in" ? membership : derivedValue(run, "not", [membership], span);
}

/** `"%s and %d" % (a, b)`. */
function percentFormat(run: Run, format: Value, argument: Value, span: Span, argumentSpan: Span): Value {
  const literal = literalText(format);
  if (literal === undefined || format.type !== "text") return unknownValue(run, "%", span);
  const values = argument.type === "list" ? argument.elements.map((element) => element) : undefined;
  let next = 0;
  const at = format.parts[0]?.span ?? span;
  const [whole] = format.parts;
  const isOne = format.parts.length === 1 && whole?.kind === "literal";
  const part: LiteralPart = isOne ? whole : { kind: "literal", text: literal, span: at };
  let end = 0;
  const pieces = literal.split(/(%(?:\([^)]*\))?[#0\- +]*\d*(?:\.\d+)?[sdrfFixXeEgG]|%%)/);
  return concatenate(
    run,
    pieces.map((piece): readonly TextPart[] => {
      const start = end;
      end += piece.length;
      const fill = (given: readonly TextPart[]) => fillPlace(run, part, start, end, given);
      if (piece === "%%") return [cutLiteral(run, part, start, start + 1)];
      if (!/^%./.test(piece)) return piece === "" ? [] : [cutLiteral(run, part, start, end)];
      const name = /^%\(([^)]*)\)/.exec(piece)?.[1];
      if (name !== undefined) {
        const entry = argument.type === "record" ? argument.entries.get(name) : undefined;
        if (entry) return fill(directiveParts(run, entry.value, piece, entry.span));
        return fill([holePart(derivedValue(run, `%(${name})`, [argument], span), argumentSpan, run.frame)]);
      }
      const element = values
        ? values[next++]
        : next++ === 0
          ? { value: argument, span: argumentSpan }
          : undefined;
      return element ? fill(directiveParts(run, element.value, piece, element.span)) : [];
    }),
  );
}

function directiveParts(run: Run, value: Value, directive: string, span: Span): readonly TextPart[] {
  if (directive.endsWith("r")) return printedParts(run, value, span);
  return formattedParts(run, value, formatOfDirective(directive), span);
}

/** Adds elements to a set: known duplicates once; a Python set of several elements has the order of its hashes. */
export function addToSet(
  run: Run,
  target: ListValue,
  elements: readonly ListElement[],
  span: Span,
): ListValue {
  // What a stretch holds is there once, too: a set that is united with itself in a loop would double each time.
  const keyIn = ({ value, stretch }: ListElement): string => `${stretch ? "*" : ""}${keyOf(value)}`;
  const known = new Set(target.elements.map(keyIn));
  run.willChangeList(target);
  // A set may be put into itself.
  for (const element of elements.slice()) {
    const key = keyIn(element);
    if (known.has(key)) continue;
    known.add(key);
    target.elements.push(element);
  }
  const isPython = run.modules.languageOf(span.file) === "python";
  const isPart = isGrouped(target) && holesIn(elements.map(({ value }) => value)).length > 0;
  const severalHashed =
    target.elements.length > 1 || isPart || target.elements.some(({ stretch }) => stretch);
  // Small integers hash to themselves: their order is the same in every process.
  const allNumbers = target.elements.every((element) => element.value.type === "constant");
  if (isPython && severalHashed && !allNumbers && !isUnstable(target.order.order)) {
    target.order = { order: "process", span, frame: run.frame };
  }
  return target;
}

function setDifference(run: Run, operator: "&" | "-", left: ListValue, right: Value, span: Span): Value {
  if (right.type !== "list") return derivedValue(run, operator, [left, right], span, { order: "process" });
  // Of what both have in common more is known where the members of one are in view.
  const [source, other] =
    operator === "&" && isOpenSet(left) && !isOpenSet(right) ? [right, left] : [left, right];
  const others = new Set(other.elements.map((element) => keyOf(element.value)));
  const isOpen = operator === "&" && isOpenSet(other);
  const kept = source.elements.filter(
    (element) => isOpen || others.has(keyOf(element.value)) === (operator === "&"),
  );
  return addToSet(run, list([], span, "set"), kept, span);
}

/** Whether a set may have members that are not in view. */
function isOpenSet({ elements }: ListValue): boolean {
  return elements.some(({ value, stretch }) => stretch || value.type === "opaque");
}
